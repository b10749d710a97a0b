package county_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// twin opens a copy of the office's ledger as it stands.
func (o *office) twin(tb testing.TB) *office {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "county.db")
	must(tb, o.l.Backup(ctx, path))
	l, err := book.Open(ctx, path, store.Options{Source: source()})
	must(tb, err)
	tb.Cleanup(func() { must(tb, l.Close()) })
	return &office{l: l, key: o.key, profile: o.profile, stick: o.stick}
}

// TestReceiveAheadIsTheSame receives two months of several villages with help and without:
// what is said of each file and every row of every table are the same. Among the bundles are
// those of which something is wrong, several of one unit, one that a later one changes the
// answers for, and things that are no bundles.
func TestReceiveAheadIsTheSame(t *testing.T) {
	o := newOffice(t)
	plain := o.twin(t)
	same := func(what string) {
		t.Helper()
		fast, err := county.Receive(ctx, o.l, o.key, []string{o.stick}, county.ReceiveOptions{})
		must(t, err)
		slow, err := county.ReceiveUnaided(ctx, plain.l, o.key, []string{o.stick})
		must(t, err)
		for i, in := range fast {
			if got, want := inWords(t, in), inWords(t, slow[i]); got != want {
				t.Errorf("%s: with help\n%s\nwithout\n%s", what, got, want)
			}
		}
		if len(fast) != len(slow) || len(fast) < 8 {
			t.Errorf("%s: %d files with help, %d without", what, len(fast), len(slow))
		}
		got, want := o.book(t), plain.book(t)
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("%s: the ledgers differ in line %d:\n%s\n%s", what, i, at(got, i), at(want, i))
			}
		}
	}
	must(t, os.WriteFile(filepath.Join(o.stick, "说明.txt"), []byte("x"), 0o600))
	must(t, os.WriteFile(filepath.Join(o.stick, "别的.tzb"), []byte("x"), 0o600))
	must(t, os.WriteFile(filepath.Join(o.stick, "空的.tzb"), nil, 0o600))
	var villages []*village
	for i := range 4 {
		v := o.village(t, fmt.Sprintf("9901011012%02d", i), byte(20+40*i))
		v.populate(t)
		villages = append(villages, v)
	}
	named := villages[1].person(t, "张三")
	villages[1].add(t, "skill", "person", named.ID, "technique", "果树嫁接")
	villages[1].export(t)
	bad := villages[2].person(t, "李四")
	villages[2].changed(t, villages[2].export(t), func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
		set(tables, rs, "person", bad.ID, "sex", "未知")
		return rs
	})
	villages[3].changed(t, villages[3].export(t), func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
		set(tables, rs, "person", tables["person"][0][0], "org_id", villages[0].Home().ID)
		return rs
	})
	same("first month")

	for i, v := range villages {
		v.changed(t, v.export(t), func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			for n, row := range tables["dues"] {
				if n%50 == i {
					set(tables, rs, "dues", row[0], "note", "补交")
				}
			}
			return rs
		})
	}
	named, err := villages[1].Get(ctx, "person", named.ID)
	must(t, err)
	named.Set("name", "张三丰")
	_, err = villages[1].Save(ctx, model.AsRecorded, named)
	must(t, err)
	must(t, villages[2].Delete(ctx, "person", bad.ID))
	for _, v := range villages[:3] {
		v.export(t)
	}
	must(t, os.Remove(filepath.Join(o.stick, "说明.txt")))
	same("second month")
	same("once more")
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(the end)"
}

func inWords(t *testing.T, in county.Intake) string {
	t.Helper()
	text, err := json.Marshal(in)
	must(t, err)
	return string(text)
}

// book gives every row of every table; the mark of the log is each file's own.
func (o *office) book(t *testing.T) []string {
	t.Helper()
	db, err := sql.Open("sqlite", o.l.Path())
	must(t, err)
	defer func() { must(t, db.Close()) }()
	var all []string
	for _, table := range texts(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
		columns := texts(t, db, `SELECT 'quote("' || name || '")' FROM pragma_table_info('`+table+"')")
		where := ""
		if table == "setting" {
			where = "WHERE name <> 'log_mark'"
		}
		line := ""
		for i, c := range columns {
			if i > 0 {
				line += " || '|' || "
			}
			line += c
		}
		for _, row := range texts(t, db, `SELECT `+line+` AS line FROM "`+table+`" `+where+` ORDER BY line`) {
			all = append(all, table+": "+row)
		}
	}
	return all
}

// TestReceiveStopped ends receiving from outside after each number of files, with things
// that are no bundles between them: it returns, and what was said to be in is in.
func TestReceiveStopped(t *testing.T) {
	t.Cleanup(county.WriteTogether(2))
	o := newOffice(t)
	for i := range 3 {
		v := o.village(t, fmt.Sprintf("9901011012%02d", i), byte(20+40*i))
		v.person(t, "张三")
		v.export(t)
	}
	for _, name := range []string{"a", "b", "c"} {
		must(t, os.WriteFile(filepath.Join(o.stick, name), []byte("x"), 0o600))
	}
	for stop := range 7 {
		fresh := o.twin(t)
		ctx, cancel := context.WithCancel(ctx)
		if stop == 0 {
			cancel()
		}
		said := 0
		var all []county.Intake
		err := errors.New("it has not returned")
		done := make(chan struct{})
		go func() {
			defer close(done)
			all, err = county.Receive(ctx, fresh.l, o.key, []string{o.stick}, county.ReceiveOptions{Each: func(n, _ int, _ county.Intake) {
				said = n
				if n == stop {
					cancel()
				}
			}})
		}()
		select {
		case <-done:
		case <-time.After(time.Minute):
			t.Fatalf("stopped after %d: it does not return", stop)
		}
		cancel()
		if said < 6 && !errors.Is(err, context.Canceled) || said == 6 && err != nil {
			t.Errorf("stopped after %d: %v", stop, err)
		}
		accepted := slices.DeleteFunc(slices.Clone(all), func(in county.Intake) bool { return in.Verdict != county.Accepted })
		in, err := county.Intakes(context.Background(), fresh.l, "")
		must(t, err)
		// What was written with it by then is said too.
		if said < stop || said > stop+1 || len(all) != said || len(in) != len(accepted) {
			t.Errorf("stopped after %d: %d said, %d given, %d accepted, %d in the book", stop, said, len(all), len(accepted), len(in))
		}
	}
}
