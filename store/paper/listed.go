package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/page"
)

// listing is a paper of one row a record, as most ledgers on the shelf are.
type listing struct {
	name, title, group string
	over               page.Over
	kind               string
	upright            bool
	sort               []string
	conds              func(q *page.Request) []model.Cond
	keep               func(q *page.Request, r *model.Record) bool // nil keeps all
	columns            []listed
	total              string // the word before the sums, "" for none
	notes              []string
	signed             string // the signature line
	posting            bool
	empty              int // rows of the blank form; 0 is 14
}

// listed is a column of a listing and what of a record stands in it.
type listed struct {
	page.Column
	value func(q *page.Request, r *model.Record) any
}

// paper declares the listing as a paper.
func (d *listing) paper() *page.Paper {
	return &page.Paper{Name: d.name, Title: d.title, Group: d.group, Over: d.over, Posting: d.posting, Make: d.make}
}

func (d *listing) make(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	t := &page.Table{Fixed: 2, Total: d.total, Columns: []page.Column{page.Serial()}}
	for _, c := range d.columns {
		t.Columns = append(t.Columns, c.Column)
	}
	if q.Blank {
		t.Empty, t.Tall = cmp.Or(d.empty, 14), 24
		for i := range t.Columns { // the sums are written by hand too
			t.Columns[i].Sum = false
		}
	} else {
		found, err := read(ctx, q, d.kind, d.sort, d.conds(q)...)
		if err != nil {
			return nil, err
		}
		if d.keep != nil {
			found = slices.DeleteFunc(found, func(r *model.Record) bool { return !d.keep(q, r) })
		}
		t.Rows, err = rowsOf(ctx, q, found, func(n int, r *model.Record) []any {
			row := []any{int64(n)}
			for _, c := range d.columns {
				row = append(row, c.value(q, r))
			}
			return row
		})
		if err != nil || len(t.Rows) == 0 {
			return nil, err
		}
	}
	s := page.Sheet{Name: d.title, Title: d.title, Left: "填报单位:" + q.Home(), Right: spanOf(q, d.over), Landscape: !d.upright, Blocks: []page.Block{t}}
	if len(d.notes) > 0 {
		s.Blocks = append(s.Blocks, page.Lines{Text: d.notes, Size: page.MinSize, Space: 4})
	}
	if d.signed != "" {
		s.Blocks = append(s.Blocks, page.Lines{Text: []string{d.signed}, Space: 10})
	}
	return []page.Sheet{s}, nil
}

// signLine is the usual line below a ledger.
const signLine = "填表人:                    审核人:                    填表日期:      年    月    日"

// spanOf says what time a paper is of.
func spanOf(q *page.Request, over page.Over) string {
	if q.Blank {
		return "      年    月    日"
	}
	switch over {
	case page.OverYear:
		return fmt.Sprintf("%d年度", q.Year)
	case page.OverMonth:
		return q.Month.Chinese()
	}
	return q.Day.Chinese()
}

// yearFrom is the first day of the year that is asked for.
func yearFrom(q *page.Request) model.Date { return model.Date(fmt.Sprintf("%04d-01-01", q.Year)) }

// withinYear asks for the records of the year by a date, up to the day.
func withinYear(field string) func(*page.Request) []model.Cond {
	return func(q *page.Request) []model.Cond {
		return []model.Cond{model.Where(field, model.Ge, string(yearFrom(q))), model.Where(field, model.Le, string(q.Day))}
	}
}

// begunBy asks for what had begun by the day.
func begunBy(field string) func(*page.Request) []model.Cond {
	return func(q *page.Request) []model.Cond { return []model.Cond{model.Where(field, model.Le, string(q.Day))} }
}

// openInYear keeps what had not ended before the year began.
func openInYear(field string) func(*page.Request, *model.Record) bool {
	return func(q *page.Request, r *model.Record) bool { return !r.Filled(field) || r.Date(field) >= yearFrom(q) }
}

// column shows a field under a heading: dates as dates, money in yuan and numbers as
// numbers, so that a spreadsheet reckons with them.
//
//go:noinline
func column(field, heading string, least int) listed {
	c := listed{Column: page.Head(heading, least)}
	c.value = func(_ *page.Request, r *model.Record) any { return valueOf(r, field) }
	return c
}

// dated is a column of a date.
func dated(field, heading string) listed {
	c := column(field, heading, 10)
	c.Format = page.Date
	return c
}

// numbered is a column of numbers that the total row adds up.
func numbered(field, heading string, least int) listed {
	c := column(field, heading, least)
	c.Format, c.Sum = page.Number, true
	return centred(c)
}

// centred puts a column's short values in the middle, away from its neighbours'.
func centred(c listed) listed { c.Align = page.Centre; return c }

// paid is a column of money that the total row adds up.
func paid(field, heading string) listed {
	c := column(field, heading, 10)
	c.Format, c.Sum = page.Money, true
	return c
}

// said is a column of text that is put together.
func said(heading string, least int, text func(q *page.Request, r *model.Record) string) listed {
	return listed{Column: page.Head(heading, least), value: func(q *page.Request, r *model.Record) any { return text(q, r) }}
}

// long gives a column room for sentences.
func (c listed) long(most int) listed { c.Max = most; return c }

// valueOf gives a field for a cell, nil when it is empty.
func valueOf(r *model.Record, field string) any {
	if r == nil || !r.Filled(field) {
		return nil
	}
	switch f := r.Kind.MustField(field); f.Type {
	case model.TypeDate:
		return date(r, field)
	case model.TypeMoney:
		return yuan(r, field)
	case model.TypeInt:
		return r.Int(field)
	}
	return r.Text(field)
}

// textAt gives a field's text, "" of no record.
func textAt(r *model.Record, field string) string {
	if r == nil {
		return ""
	}
	return r.Text(field)
}

// firstOf gives the first text that is none.
func firstOf(r *model.Record, fields ...string) string {
	for _, f := range fields {
		if s := textAt(r, f); s != "" {
			return s
		}
	}
	return ""
}

// read gives all records of a kind that meet the conditions, sorted by the fields; nil is
// the order of the kind's table.
//
//go:noinline
func read(ctx context.Context, q *page.Request, kind string, sort []string, conds ...model.Cond) ([]*model.Record, error) {
	found, err := q.Ledger.Page(ctx, store.Query{Kind: kind, Conds: conds, Sort: sort})
	return found.Records, err
}

// rowsOf makes a row of each record, numbered from 1. In a ledger of many organisations
// they stand by organisation, its name above them, each numbered for itself.
func rowsOf(ctx context.Context, q *page.Request, records []*model.Record, row func(n int, r *model.Record) []any) ([][]any, error) {
	office, err := q.Ledger.IsCounty(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	if office {
		if names, err = q.Ledger.OrganisationNames(ctx); err != nil {
			return nil, err
		}
		slices.SortStableFunc(records, func(a, b *model.Record) int {
			return cmp.Or(cmp.Compare(names[a.OrgID], names[b.OrgID]), cmp.Compare(a.OrgID, b.OrgID))
		})
	}
	var rows [][]any
	n, last := 0, ""
	for _, r := range records {
		if office && (n == 0 || r.OrgID != last) {
			n, last = 0, r.OrgID
			rows = append(rows, []any{page.Span(names[r.OrgID])})
		}
		n++
		rows = append(rows, row(n, r))
	}
	return rows, nil
}

// branchOf names the organisation whose record it is.
func branchOf(ctx context.Context, q *page.Request, r *model.Record) (string, error) {
	if home := q.Ledger.Home(); r == nil || home != nil && (r.OrgID == "" || r.OrgID == home.ID) {
		return q.Home(), nil
	}
	all, err := q.Ledger.Organisations(ctx)
	return all[r.OrgID].Name, err
}

// personOf gives the person that a record is of, nil for none.
func personOf(q *page.Request, r *model.Record, field string) (*model.Record, error) {
	if r == nil || !r.Filled(field) {
		return nil, nil
	}
	return q.Env.Look.Get("person", r.Str(field))
}

// chosen gives the records that a paper is made of: those chosen, or the one.
func chosen(q *page.Request) []*model.Record {
	switch {
	case q.Blank:
		return []*model.Record{nil}
	case len(q.Records) > 0:
		return q.Records
	case q.Record != nil:
		return []*model.Record{q.Record}
	}
	return nil
}

// lettersOfRow bounds a text in one row of a form: a spreadsheet's row is 409 points high
// at most, and what is longer would be cut.
const lettersOfRow = 900

// longRows is page.Long for a text of any length: what one row can't hold goes on in
// the next.
func longRows(label, text string, tall float64) []page.FormRow {
	letters := []rune(text)
	if len(letters) <= lettersOfRow {
		return []page.FormRow{page.Long(label, text, tall)}
	}
	var rows []page.FormRow
	for len(letters) > 0 {
		n := min(len(letters), lettersOfRow)
		rows = append(rows, page.Long(label, string(letters[:n]), tall))
		letters, label = letters[n:], label+"(续)"
		if len(rows) > 1 {
			label = rows[1].Items[0].Value.(string)
		}
	}
	return rows
}
