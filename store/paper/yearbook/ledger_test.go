package yearbook_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/paper/page"
	"taizhang/store/paper/yearbook"
)

var ctx = context.Background()

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// dice are bytes that are the same in every run.
type dice struct{ state uint64 }

func (d *dice) Read(p []byte) (int, error) {
	for i := range p {
		d.state = d.state*6364136223846793005 + 1442695040888963407
		p[i] = byte(d.state >> 56)
	}
	return len(p), nil
}

// village is a made-up ledger whose day the test sets.
type village struct {
	t   *testing.T
	l   *store.Ledger
	now time.Time
	n   int
}

func newVillage(t *testing.T, day string) *village {
	t.Helper()
	v := &village{t: t}
	v.at(day)
	var err error
	v.l, err = book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"),
		store.Home{Code: "990101101201", Name: "东荷庄村党总支", Kind: "党总支", Domain: "行政村", Township: "芦溆镇", County: "澄安县"},
		store.Options{Source: &model.Source{Now: func() time.Time { v.now = v.now.Add(time.Second); return v.now }, Rand: &dice{5}}})
	must(t, err)
	t.Cleanup(func() { must(t, v.l.Close()) })
	return v
}

func (v *village) at(day string) {
	v.t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	must(v.t, err)
	v.now = at.Add(9 * time.Hour)
}

// add writes a record of field and value pairs as they would be recorded.
func (v *village) add(kind string, pairs ...any) *model.Record {
	v.t.Helper()
	r, err := v.l.New(ctx, kind)
	must(v.t, err)
	for i := 0; i < len(pairs); i += 2 {
		r.Set(pairs[i].(string), pairs[i+1])
	}
	_, err = v.l.Save(ctx, model.AsRecorded, r)
	must(v.t, err)
	return r
}

// member adds one who stood on the list when the ledger was begun: with more fields.
func (v *village) member(pairs ...any) *model.Record {
	v.t.Helper()
	v.n++
	return v.add("person", append([]any{"name", fmt.Sprintf("党员%c", '一'+rune(v.n)), "sex", "男", "birth_date", model.Date("1970-03-02"), "status", "正式党员", "standing", "在册",
		"joined_on", model.Date("1999-07-01"), "confirmed_on", model.Date("2000-07-01"), "education", "初中", "occupation", "务农"}, pairs...)...)
}

// applicant adds one who is no member yet.
func (v *village) applicant(pairs ...any) *model.Record {
	v.t.Helper()
	v.n++
	return v.add("person", append([]any{"name", fmt.Sprintf("青年%c", '一'+rune(v.n)), "sex", "女", "birth_date", model.Date("1998-05-04"), "status", "发展对象", "standing", "在册",
		"education", "大专", "occupation", "务农"}, pairs...)...)
}

// move saves a movement as its form does, so that the person follows.
func (v *village) move(p *model.Record, kind, day string, pairs ...any) {
	v.t.Helper()
	r, err := v.l.New(ctx, "movement")
	must(v.t, err)
	for i, all := 0, append([]any{"person", p.ID, "kind", kind, "happened_on", model.Date(day)}, pairs...); i < len(all); i += 2 {
		r.Set(all[i].(string), all[i+1])
	}
	_, err = v.l.Save(ctx, model.FromForm, r)
	must(v.t, err)
}

// sheet makes a paper of a year and gives its first sheet.
func (v *village) sheet(name string, year int) page.Sheet {
	v.t.Helper()
	return v.sheets(name, year)[0]
}

func (v *village) sheets(name string, year int) []page.Sheet {
	v.t.Helper()
	i := slices.IndexFunc(yearbook.Papers(), func(p *page.Paper) bool { return p.Name == name })
	if i < 0 {
		v.t.Fatalf("no paper %s", name)
	}
	q := &page.Request{Ledger: v.l, Env: v.l.Env(ctx), Year: year, Day: v.l.Source().Today()}
	sheets, err := yearbook.Papers()[i].Make(ctx, q)
	must(v.t, err)
	return sheets
}

// figures gives a sheet's first table as lines: the row's text without its indent, then
// its figures, "." for a blank.
func figures(t *testing.T, s page.Sheet) []string {
	t.Helper()
	var lines []string
	for _, b := range s.Blocks {
		table, ok := b.(*page.Table)
		if !ok {
			continue
		}
		for _, r := range table.Rows {
			words := []string{strings.TrimSpace(r[0].(string))}
			for _, v := range r[2:] {
				text := "."
				if n, ok := v.(int64); ok {
					text = strconv.FormatInt(n, 10)
				}
				words = append(words, text)
			}
			lines = append(lines, strings.Join(words, " "))
		}
		return lines
	}
	t.Fatal("no table")
	return nil
}

// below gives what stands below a sheet's table.
func below(s page.Sheet) string {
	var all []string
	for _, b := range s.Blocks {
		if l, ok := b.(page.Lines); ok {
			all = append(all, l.Text...)
		}
	}
	return strings.Join(all, "\n")
}

// want compares a table with what was counted by hand.
func want(t *testing.T, s page.Sheet, lines ...string) {
	t.Helper()
	got := figures(t, s)
	for i := range max(len(got), len(lines)) {
		switch {
		case i >= len(got):
			t.Errorf("row %d is not there, want %s", i+1, lines[i])
		case i >= len(lines):
			t.Errorf("row %d is %s, want none", i+1, got[i])
		case got[i] != lines[i]:
			t.Errorf("row %d is %s, want %s", i+1, got[i], lines[i])
		}
	}
}

// says wants texts below a table.
func says(t *testing.T, s page.Sheet, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(below(s), text) {
			t.Errorf("%s: no %q in\n%s", s.Name, text, below(s))
		}
	}
}

// names gives a list's names with the day in its eighth column.
func names(s page.Sheet) string {
	var all []string
	for _, b := range s.Blocks {
		if t, ok := b.(*page.Table); ok {
			for _, r := range t.Rows {
				if len(r) > 7 {
					all = append(all, r[1].(string)+" "+r[7].(time.Time).Format(time.DateOnly))
				}
			}
		}
	}
	return strings.Join(all, ";")
}
