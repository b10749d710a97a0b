package county_test

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestReceiveSecondMonth changes a few rows of many, by the digests kept of the first
// month's and without them: what stands on file in the end, what is found and what is said
// to have changed is the same.
func TestReceiveSecondMonth(t *testing.T) {
	want := ""
	for _, spoil := range []string{
		"",
		"DELETE FROM received_rows",
		"UPDATE received_rows SET bundle = 'of a bundle before one that an earlier program took in'",
		"DELETE FROM received_rows WHERE kind = 'person'",
	} {
		o := newOffice(t)
		v := o.village(t, "990101101201", 100)
		var ids []string
		for i := range 40 {
			ids = append(ids, v.person(t, fmt.Sprintf("张%d", i)).ID)
		}
		v.add(t, "skill", "person", ids[3], "technique", "果树嫁接")
		o.one(t, v.export(t).Path)
		db, err := sql.Open("sqlite", o.l.Path())
		must(t, err)
		if got := texts(t, db, "SELECT kind || ' ' || (length(rows) / 32) FROM received_rows WHERE kind IN ('person', 'skill', 'talk') ORDER BY kind"); !slices.Equal(got, []string{"person 40", "skill 1", "talk 0"}) {
			t.Errorf("kept: %q", got)
		}
		if spoil != "" {
			_, err = db.Exec(spoil)
			must(t, err)
		}
		p, err := v.Get(ctx, "person", ids[3])
		must(t, err)
		p.Set("name", "李四")
		_, err = v.Save(ctx, model.AsRecorded, p)
		must(t, err)
		v.person(t, "王五")
		must(t, v.Delete(ctx, "person", ids[5]))
		path := v.changed(t, v.export(t), func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			tables["person"] = slices.DeleteFunc(tables["person"], func(row []string) bool { return row[0] == ids[7] })
			return rs
		})
		in := o.one(t, path)
		if in.Verdict != county.Accepted || fmt.Sprint(in.Changes) != "map[person:{1 1 2 0}]" {
			t.Fatalf("%q: %+v", spoil, in)
		}
		must(t, o.l.Integrity(ctx))
		got := fmt.Sprint(texts(t, db, `SELECT p.name || p.rev || coalesce(p.deleted_at, '') || s.text FROM person p JOIN search s ON s.kind = 'person' AND s.id = p.id
			WHERE p.org_id = (SELECT org_id FROM known_key) ORDER BY p.name`),
			texts(t, db, "SELECT text FROM search WHERE kind = 'skill'"),
			texts(t, db, "SELECT kind || ' ' || (length(rows) / 32) FROM received_rows WHERE kind IN ('person', 'skill')"))
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%q: on file\n%s\nwant\n%s", spoil, got, want)
		}
		must(t, db.Close())
	}
}

// BenchmarkReceiveSecondMonth takes in bundles of which a hundredth of the rows is not last
// month's.
func BenchmarkReceiveSecondMonth(b *testing.B) {
	const n = 10
	for b.Loop() {
		b.StopTimer()
		o := newOffice(b)
		var villages []*village
		for i := range n {
			v := o.village(b, fmt.Sprintf("9901011%05d", i), byte(20+10*i))
			v.populate(b)
			villages = append(villages, v)
		}
		o.receive(b, o.stick)
		for _, v := range villages {
			v.changed(b, v.export(b), func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
				for i, row := range tables["dues"] {
					if i%100 == 0 {
						set(tables, rs, "dues", row[0], "note", "补交")
					}
				}
				return rs
			})
		}
		b.StartTimer()
		changed := 0
		for _, in := range o.receive(b, o.stick) {
			changed += in.Changes["dues"].Changed
		}
		if changed < 5*n {
			b.Fatalf("%d rows changed", changed)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(n*b.N), "ms/bundle")
}
