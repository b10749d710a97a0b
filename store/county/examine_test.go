package county_test

import (
	"database/sql"
	"os"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestReceiveOrder sends bundles that are wrong in two things: the reason is that of
// the check that comes first.
func TestReceiveOrder(t *testing.T) {
	o := newOffice(t)
	v, other := o.village(t, "990101101201", 100), o.village(t, "990101101202", 50)
	who, neighbour := v.person(t, "张三"), other.person(t, "李四")
	v.export(t)
	o.one(t, other.export(t).Path)
	o.one(t, v.export(t).Path) // the second; the first was never seen
	numbered := func(n int64, change func(tables map[string][][]string, rs []bundle.Resource)) string {
		return v.changed(t, v.export(t), func(tables map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Sequence = n
			m.Sent = slices.DeleteFunc(m.Sent, func(b bundle.Before) bool { return b.Sequence >= n })
			change(tables, rs)
			return rs
		})
	}
	foreignRow := func(tables map[string][][]string, rs []bundle.Resource) {
		set(tables, rs, "person", who.ID, "org_id", other.Home().ID)
	}
	foreignID := func(tables map[string][][]string, rs []bundle.Resource) {
		set(tables, rs, "person", who.ID, "id", neighbour.ID)
	}
	badRow := func(tables map[string][][]string, rs []bundle.Resource) {
		set(tables, rs, "person", who.ID, "sex", "未知")
	}
	for _, c := range []struct {
		name, verdict, want string
		path                string
	}{
		{"older, with another's row", county.Refused, "有别的党组织的人员记录", numbered(1, foreignRow)},
		{"older, with another's id", county.Refused, "可能是拷贝了别村的台账", numbered(1, foreignID)},
		{"older, with a row that fails", county.Refused, "序号 1 以前用过,内容不同", numbered(1, badRow)},
		{"the same number, with another's id", county.Refused, "可能是拷贝了别村的台账", numbered(2, foreignID)},
		{"the same number, with a row that fails", county.Refused, "序号 2 以前用过,内容不同", numbered(2, badRow)},
	} {
		if in := o.one(t, c.path); in.Verdict != c.verdict || !strings.Contains(in.Reason, c.want) {
			t.Errorf("%s: %s, %s", c.name, in.Verdict, in.Reason)
		}
	}
	must(t, o.l.SetUnits(ctx, []store.Unit{{Code: other.code, Name: "石桥村党支部"}}))
	sent := v.export(t)
	resignedBy(t, v, sent)
	if in := o.one(t, sent.Path); !strings.Contains(in.Reason, "不在本县的单位名单里") {
		t.Errorf("not listed, by another key: %s", in.Reason)
	}
}

// TestReceiveNewer refuses what a newer program made and answers it, if the known key
// has signed it.
func TestReceiveNewer(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	o.one(t, v.export(t).Path)
	o.receipts(t)
	sent := v.export(t)
	v.described(t, replaced(`"format": 2`, `"format": 3`))(t, sent)
	if in := o.one(t, sent.Path); in.Verdict != county.Refused || in.Code != v.code {
		t.Fatalf("got %+v", in)
	}
	if answers := o.receipts(t); answers["990101101201_2026-10_0002.receipt.json"] == nil {
		t.Errorf("no answer among %d", len(answers))
	}
}

// TestReceiveExamines has the county ask the rules itself: what it finds is named once,
// beside what only the village can know.
func TestReceiveExamines(t *testing.T) {
	o := newOffice(t)
	v, other := o.village(t, "990101101201", 100), o.village(t, "990101101202", 50)
	member := []string{"status", "正式党员", "joined_on", "2010-07-01", "birth_date", "1990-01-01", "id_number", "990101199001010019"}
	who := v.person(t, "张三", member...)
	other.person(t, "张三", member...) // an ID number is unique within an organisation
	o.one(t, other.export(t).Path)
	said := func(problems func(own bundle.Problems) bundle.Problems) []string {
		path := v.changed(t, v.export(t), func(_ map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Problems = problems(m.Problems)
			return rs
		})
		in := o.one(t, path)
		if in.Verdict != county.Accepted {
			t.Errorf("got %+v", in)
		}
		var all []string
		for _, p := range in.Problems {
			all = append(all, strings.Join([]string{p.ID, p.Field, p.Code, p.Label, p.Severity, p.Effect}, " "))
			if p.Message == "" {
				t.Errorf("%+v says nothing", p)
			}
		}
		slices.Sort(all)
		return all
	}
	pending := who.ID + " confirmed_on "
	all := said(func(own bundle.Problems) bundle.Problems { return own })
	if n := slices.IndexFunc(all, func(s string) bool { return strings.HasPrefix(s, pending) }); n < 0 || !slices.Equal(slices.Compact(slices.Clone(all)), all) {
		t.Errorf("both know: %q", all)
	}
	if alone := said(func(bundle.Problems) bundle.Problems { return bundle.Problems{} }); !slices.Equal(alone, all) {
		t.Errorf("the county alone: %q, both: %q", alone, all)
	}
	own := said(func(bundle.Problems) bundle.Problems {
		return bundle.Problems{Warnings: 1, List: []bundle.Problem{{Kind: "person", ID: who.ID, Code: "W-CLOSED-MONTH", Severity: "warning", Message: "请核对"}}}
	})
	if want := append(slices.Clone(all), who.ID+"  W-CLOSED-MONTH 张三 warning "); len(own) != len(want) || !slices.Contains(own, want[len(all)]) {
		t.Errorf("what only the village knows: %q", own)
	}
	var found []string
	must(t, o.l.CheckAll(ctx, func(p store.Problem) error {
		if p.Finding.Severity == model.Fault {
			found = append(found, p.Label+p.Finding.Message)
		}
		return nil
	}))
	if len(found) > 0 {
		t.Errorf("errors across organisations: %q", found)
	}
}

// TestReceiveSpells takes the township from the list.
func TestReceiveSpells(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	must(t, o.l.SetUnits(ctx, []store.Unit{{Code: v.code, Name: "石桥村党支部", Township: "云溪镇"}}))
	home := v.Home()
	home.Set("township", "云 溪")
	_, err := v.Save(ctx, model.AsRecorded, home)
	must(t, err)
	in := o.one(t, v.export(t).Path)
	if in.Verdict != county.Accepted || !slices.ContainsFunc(in.Problems, func(p county.Problem) bool {
		return p.Field == "township" && p.Effect == county.Spelt && strings.Contains(p.Message, "“云 溪”,县里按单位名单记为“云溪镇”")
	}) {
		t.Errorf("got %+v", in)
	}
	got, err := o.l.Get(ctx, "organization", home.ID)
	must(t, err)
	if got.Str("township") != "云溪镇" {
		t.Errorf("township %q", got.Str("township"))
	}
	if in := o.one(t, v.export(t).Path); len(in.Changes) != 0 {
		t.Errorf("the same again: %+v", in.Changes)
	}
}

// TestReceiveStickPulledOut takes the stick away after the first file: what is in
// stays in, and a second run completes. A few of those that follow have been read by then.
func TestReceiveStickPulledOut(t *testing.T) {
	o := newOffice(t)
	const files, readAhead = 8, 4
	t.Cleanup(county.WriteTogether(2))
	for i := range files {
		o.village(t, "99010110120"+string(rune('1'+i)), byte(20+30*i)).export(t)
	}
	away := o.stick + "-away"
	pulled := county.ReceiveOptions{Each: func(done, all int, i county.Intake) {
		if done == 1 {
			must(t, os.Rename(o.stick, away))
		}
	}}
	verdicts := func(paths string, opt county.ReceiveOptions) (all []string) {
		found, err := county.Receive(ctx, o.l, o.key, []string{paths}, opt)
		must(t, err)
		for _, in := range found {
			all = append(all, in.Verdict)
		}
		return all
	}
	in := 0
	for n, got := range verdicts(o.stick, pulled) {
		switch {
		case got == county.Accepted && n == in && n <= readAhead:
			in++
		case got != county.Unread:
			t.Errorf("pulled out, file %d: %s", n+1, got)
		}
	}
	if in == 0 {
		t.Error("not even the first is in")
	}
	must(t, os.Rename(away, o.stick))
	want := slices.Concat(slices.Repeat([]string{county.Already}, in), slices.Repeat([]string{county.Accepted}, files-in))
	if got := verdicts(o.stick, county.ReceiveOptions{}); !slices.Equal(got, want) {
		t.Errorf("put in again: %s", got)
	}
	if got := verdicts(o.stick, county.ReceiveOptions{}); !slices.Equal(got, slices.Repeat([]string{county.Already}, files)) {
		t.Errorf("and again: %s", got)
	}
	// A file that gives an error in the middle, as a stick without contact does.
	if in := o.one(t, "/proc/self/mem"); in.Verdict != county.Unread {
		t.Errorf("an error of reading: %+v", in)
	}
}

// TestReceiveNotesFigures writes the organisation's figures down with its rows, and the
// county's own; a month
// that has not begun by the county's clock has none, and is taken in all the same.
func TestReceiveNotesFigures(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	for _, month := range []model.Month{"2026-10", "2026-11"} {
		path := v.changed(t, v.export(t), func(_ map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Month = month
			return rs
		})
		if in := o.one(t, path); in.Verdict != county.Accepted || in.Month != month {
			t.Errorf("%s: %+v", month, in)
		}
	}
	db, err := sql.Open("sqlite", o.l.Path())
	must(t, err)
	defer func() { must(t, db.Close()) }()
	if got := texts(t, db, "SELECT DISTINCT org_id || ' ' || month FROM indicator_month ORDER BY org_id = '"+o.l.Home().ID+"'"); !slices.Equal(got, []string{v.Home().ID + " 2026-10", o.l.Home().ID + " 2026-10"}) {
		t.Errorf("figures of %q", got)
	}
}
