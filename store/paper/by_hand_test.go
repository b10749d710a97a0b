package paper_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/storetest"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// byHand is a ledger so small that its papers can be counted by hand, at a clock that is
// set.
type byHand struct {
	t   *testing.T
	l   *store.Ledger
	now time.Time
}

func newByHand(t *testing.T, day string) *byHand {
	t.Helper()
	b := &byHand{t: t}
	b.at(day)
	b.l = storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Standard,
		Source: &model.Source{Now: func() time.Time { b.now = b.now.Add(time.Second); return b.now }, Rand: &storetest.Dice{State: 11}}})
	return b
}

// at moves the clock to the morning of a day.
func (b *byHand) at(day string) {
	b.t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	must(b.t, err)
	b.now = at.Add(9 * time.Hour)
}

// save writes one record as a form does.
func (b *byHand) save(kind string, set map[string]model.Value) *model.Record {
	b.t.Helper()
	r, err := b.l.New(ctx, kind)
	must(b.t, err)
	for name, v := range set {
		r.Set(name, v)
	}
	saved, err := b.l.Save(ctx, model.FromForm, r)
	must(b.t, err)
	return saved.Records[0]
}

// member writes a full member down who joined on a day.
func (b *byHand) member(name, joined string, more map[string]model.Value) *model.Record {
	b.t.Helper()
	set := map[string]model.Value{"name": name, "sex": "男", "birth_date": "1950-03-15", "status": "正式党员", "joined_on": joined,
		"confirmed_on": string(model.Date(joined).AddYears(1)), "monthly_dues": int64(200)}
	for k, v := range more {
		set[k] = v
	}
	return b.save("person", set)
}

// make makes a paper as of today.
func (b *byHand) make(name string, ask func(*page.Request)) *paper.Made {
	b.t.Helper()
	p := paper.Find(name)
	if p == nil {
		b.t.Fatalf("no paper %s", name)
	}
	today := b.l.Source().Today()
	q := &page.Request{Ledger: b.l, Env: b.l.Env(ctx), Day: today, Month: today.Month(), Year: today.Year()}
	if ask != nil {
		ask(q)
	}
	m, err := paper.Make(ctx, p, q)
	must(b.t, err)
	must(b.t, m.WriteXLSX(ctx, filepath.Join(b.t.TempDir(), name+".xlsx")))
	return m
}

// of asks for records.
func of(records ...*model.Record) func(*page.Request) {
	return func(q *page.Request) { q.Record, q.Records = records[0], records }
}

func blankForm(q *page.Request) { q.Blank = true }

// rowsWith gives the rows of all pages in which a cell is that text, each as texts
// parted by |.
func rowsWith(m *paper.Made, text string) []string {
	var all []string
	for _, p := range m.Pages {
		for _, r := range p.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, cellText(c))
			}
			if slices.Contains(cells, text) {
				all = append(all, strings.Join(cells, "|"))
			}
		}
	}
	return all
}

func cellText(c page.Cell) string {
	switch v := c.Value.(type) {
	case nil:
		return ""
	case float64:
		return fmt.Sprintf("%.2f", v)
	case time.Time:
		return v.Format(time.DateOnly)
	default:
		return fmt.Sprint(v)
	}
}

// wantRow looks for the only row with a text.
func wantRow(t *testing.T, m *paper.Made, text, want string) {
	t.Helper()
	if got := rowsWith(m, text); len(got) != 1 || got[0] != want {
		t.Errorf("%s, %s:\n got %q\nwant %q", m.Paper.Name, text, got, want)
	}
}

// holds tells whether a text stands somewhere in a cell.
func holds(m *paper.Made, text string) bool {
	for _, p := range m.Pages {
		for _, r := range p.Rows {
			if slices.ContainsFunc(r.Cells, func(c page.Cell) bool { return strings.Contains(cellText(c), text) }) {
				return true
			}
		}
	}
	return false
}
