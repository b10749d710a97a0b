package paper

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/paper/page"
)

// generalLists are papers of every kind, made from the columns of its table: what can be
// printed where no form is prescribed. They stand behind all others.
var generalLists = listsOf(party.Kinds)

// listPrefix begins the name of a kind's general list: list-talk.
const listPrefix = "list-"

func listsOf(kinds *model.Catalog) []*page.Paper {
	var all []*page.Paper
	for _, k := range kinds.Kinds() {
		all = append(all, &page.Paper{Name: listPrefix + strings.ReplaceAll(k.Name, "_", "-"), Title: k.Title + "登记簿", Group: "各类登记簿",
			Over: page.OverRecords, Kind: k.Name, General: true, Whole: hasPrivate(k), Make: func(_ context.Context, q *page.Request) ([]page.Sheet, error) {
				t := listOf(q, k, q.Records)
				if len(t.Rows) == 0 && !q.Blank {
					return nil, nil
				}
				return []page.Sheet{listSheet(q, k.Title+"登记簿", t)}, nil
			}})
	}
	return all
}

// hasPrivate tells whether a kind's list shows what is hidden in part.
func hasPrivate(k *model.Kind) bool {
	return slices.ContainsFunc(k.Columns, func(name string) bool {
		f := k.Field(name)
		if f == nil {
			return false
		}
		_, masks := f.Type.(model.Masker)
		return masks || f.Private
	})
}

func listSheet(q *page.Request, title string, blocks ...page.Block) page.Sheet {
	return page.Sheet{Name: title, Title: title, Left: "党组织:" + q.Home(), Right: q.Day.Chinese(), Landscape: true,
		Blocks: append(blocks, page.Lines{Text: []string{signedOffBy}, Space: 10})}
}

// signedOffBy is the line below a list that is handed in.
const signedOffBy = "填表人:________________    审核人:________________    填表日期:______年____月____日"

// What a general list has room for: columns of a blank one, rows of it, and the widest
// that a text grows before it is wrapped.
const (
	blankColumns = 9
	blankRows    = 18
	longestText  = 26
)

// listOf makes a table of records with the columns of their kind's table. Of the columns
// that may be empty those that no record fills are left out, and of a blank list those
// that have no room.
func listOf(q *page.Request, k *model.Kind, records []*model.Record) *page.Table {
	env := *q.Env
	env.Today = q.Day // ages as of the day of the list
	t := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial()}}
	var values []func(*model.Record) any
	for _, name := range k.Columns {
		c, value := listColumn(q, &env, k, name)
		f := k.Field(name)
		kept := f != nil && f.Required || slices.ContainsFunc(records, func(r *model.Record) bool { v := value(r); return v != nil && v != "" })
		if len(records) == 0 {
			kept = len(values) < blankColumns
		}
		if kept {
			t.Columns, values = append(t.Columns, c), append(values, value)
		}
		if c.Sum && kept && len(records) > 1 {
			t.Total = "合计"
		}
	}
	for i, r := range records {
		row := []any{int64(i + 1)}
		for _, value := range values {
			row = append(row, value(r))
		}
		t.Rows = append(t.Rows, row)
	}
	if len(records) == 0 {
		t.Empty, t.Tall = blankRows, 22
	}
	return t
}

// listColumn gives a column of a general list and what of a record stands in it.
func listColumn(q *page.Request, env *model.Env, k *model.Kind, name string) (page.Column, func(*model.Record) any) {
	if d := k.DerivedValue(name); d != nil {
		return page.Column{Heading: []string{d.Label}, Min: 4, Max: longestText}, func(r *model.Record) any { return d.Value(env, r) }
	}
	f := k.MustField(name)
	c := page.Column{Heading: []string{f.Label}, Min: min(f.Type.Width(f), 10), Max: longestText}
	switch f.Type {
	case model.TypeDate:
		c.Format, c.Min = page.Date, 10
		return c, func(r *model.Record) any { return date(r, name) }
	case model.TypeMoney:
		c.Format, c.Sum, c.Heading = page.Money, true, []string{f.Label + "(元)"}
		return c, func(r *model.Record) any { return yuan(r, name) }
	case model.TypeInt, model.TypeYear:
		c.Align, c.Min = page.Centre, 4
		return c, func(r *model.Record) any { return r.Text(name) } // numbers of a term or of years are no sums
	case model.TypeRoll:
		return c, func(r *model.Record) any { return rollText(f, r) }
	}
	return c, func(r *model.Record) any { return q.Private(r, name) }
}

// rollText counts a roll by its states: 出席 26 人、请假 3 人.
func rollText(f *model.Field, r *model.Record) string {
	n := map[string]int{}
	for _, m := range r.Roll(f.Name) {
		n[m.State]++
	}
	var parts []string
	for _, state := range f.Choices {
		if n[state] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 人", state, n[state]))
		}
	}
	return strings.Join(parts, "、")
}

// recordForm makes a form of one record: each section's fields with a value, two beside
// each other, long texts over the whole width.
func recordForm(q *page.Request, r *model.Record) *page.Form {
	form := &page.Form{}
	var pair []any
	flush := func() {
		if len(pair) == 2 {
			pair = append(pair, "", nil)
		}
		if len(pair) > 0 {
			form.Rows = append(form.Rows, page.Pairs(pair...))
		}
		pair = nil
	}
	for _, f := range r.Kind.Fields() {
		if !r.Filled(f.Name) {
			continue
		}
		text := q.Private(r, f.Name)
		if f.Type == model.TypeNote || len([]rune(text)) > longestText {
			flush()
			form.Rows = append(form.Rows, page.Long(f.Label, text, 40))
			continue
		}
		if pair = append(pair, f.Label, text); len(pair) == 4 {
			flush()
		}
	}
	flush()
	return form
}
