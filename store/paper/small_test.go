package paper_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// smallBook is a village's ledger of a few records, on 31 October 2026.
type smallBook struct {
	t *testing.T
	l *store.Ledger
}

func newSmallBook(t *testing.T) *smallBook {
	t.Helper()
	l, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"),
		store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "柳河镇"}, store.Options{Source: source(7)})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	return &smallBook{t, l}
}

// put saves a record from pairs of field and typed text; refs are ids.
func (b *smallBook) put(kind string, pairs ...string) *model.Record {
	b.t.Helper()
	r, err := b.l.New(ctx, kind)
	must(b.t, err)
	for i := 0; i+1 < len(pairs); i += 2 {
		f := r.Kind.MustField(pairs[i])
		parse := f.Type.Parse
		if f.Target != "" {
			parse = f.Type.ParseCSV
		}
		v, err := parse(f, pairs[i+1])
		must(b.t, err)
		r.Set(pairs[i], v)
	}
	saved, err := b.l.Save(ctx, model.AsRecorded, r)
	must(b.t, err)
	got, err := b.l.Get(ctx, kind, saved.Records[0].ID)
	must(b.t, err)
	return got
}

// member is a full member on file since the book was opened in January 2026.
func (b *smallBook) member(name string, more ...string) *model.Record {
	b.t.Helper()
	p := b.put("person", append([]string{"name", name, "sex", "男", "birth_date", "1970-03-02", "status", "正式党员", "standing", "在册",
		"joined_on", "1999-07-01", "confirmed_on", "2000-07-01"}, more...)...)
	b.put("movement", "person", p.ID, "kind", "期初在册", "happened_on", "2025-12-31")
	return p
}

// request asks for what is on file at the end of October 2026, or for one record.
func (b *smallBook) request(set ...func(*page.Request)) *page.Request {
	q := &page.Request{Ledger: b.l, Env: b.l.Env(ctx), Day: "2026-10-31", Month: "2026-10", Year: 2026}
	for _, s := range set {
		s(q)
	}
	return q
}

func ofRecord(r *model.Record) func(*page.Request) {
	return func(q *page.Request) { q.Record, q.Records = r, []*model.Record{r} }
}

func (b *smallBook) made(name string, set ...func(*page.Request)) *paper.Made {
	b.t.Helper()
	p := paper.Find(name)
	if p == nil {
		b.t.Fatalf("no paper %s", name)
	}
	m, err := paper.Make(ctx, p, b.request(set...))
	must(b.t, err)
	return m
}

// lines gives the rows of a page as texts of their cells, those without a cell left out.
func linesOf(p *page.Page) [][]string {
	var all [][]string
	for _, r := range p.Rows {
		var line []string
		for _, c := range r.Cells {
			switch v := c.Value.(type) {
			case nil:
				line = append(line, "")
			case interface{ Format(string) string }:
				line = append(line, v.Format("2006-01-02"))
			default:
				line = append(line, fmt.Sprint(v))
			}
		}
		if len(line) > 0 {
			all = append(all, line)
		}
	}
	return all
}

// wantLine asks for a row of these cells on a page of the paper.
func (b *smallBook) wantLine(m *paper.Made, tab int, want ...string) {
	b.t.Helper()
	lines := linesOf(m.Pages[tab])
	if !slices.ContainsFunc(lines, func(l []string) bool { return slices.Equal(l, want) }) {
		b.t.Errorf("no line %q in", want)
		for _, l := range lines {
			b.t.Logf("%q", l)
		}
	}
}

// wantRows asks for so many rows of a table's body: those whose first cell is a number.
func (b *smallBook) wantRows(m *paper.Made, tab, want int) {
	b.t.Helper()
	n := 0
	for _, r := range m.Pages[tab].Rows {
		if len(r.Cells) > 1 {
			if _, ok := r.Cells[0].Value.(int64); ok {
				n++
			}
		}
	}
	if n != want {
		b.t.Errorf("%s has %d rows, want %d", m.Paper.Title, n, want)
	}
}
