// Package many does one thing to many records at once (design.md §12): the list of what
// can be done, what is made for each of them, and the screen that shows it before it is
// written. It knows no kind by name: kinds declare their acts.
package many

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// Most bounds the records that are taken at once: what is shown before it is written
// must be readable, and a slow machine must be done within seconds.
const Most = 5000

// Batch is what is taken: records of one kind in the order of their table.
type Batch struct {
	Kind    *model.Kind
	Records []*model.Record
	// View is the name of the view whose rows these are, all of them; "" for marked rows.
	View string
	// Done, where set, is called in Update once something has been written.
	Done func()
}

// Read reads the marked records, or where none is marked all rows of a query, whose view
// is named so. It runs in a command.
//
// Errors: E-MANY for none or more than Most, E-OTHER-ORG for another organisation's.
func Read(ctx context.Context, l *store.Ledger, q store.Query, view string, marked []string) (Batch, error) {
	b := Batch{Kind: l.Kinds().Kind(q.Kind), View: view}
	if len(marked) > 0 {
		q = store.Query{Kind: q.Kind, Sort: q.Sort, Conds: []model.Cond{model.Where("id", model.In, marked...)}}
		b.View = ""
	}
	n, err := l.Count(ctx, q)
	switch {
	case err != nil:
		return b, fmt.Errorf("count %s: %w", q.Kind, err)
	case n == 0:
		return b, model.Errorf("E-MANY", "这里没有可以一起办的记录")
	case n > Most:
		return b, model.Errorf("E-MANY", "这里有 %d 条,一次最多办 %d 条;请先按 F5 筛选,或标记其中的几条,分几次办", n, Most)
	}
	home := l.Home()
	err = l.Each(ctx, q, func(r *model.Record) error {
		if home != nil && r.OrgID != "" && r.OrgID != home.ID {
			return model.Errorf("E-OTHER-ORG", "“%s”是别的党组织的记录,这里只能看,不能一起办", r.Label())
		}
		b.Records = append(b.Records, r)
		return nil
	})
	return b, err
}

// unit is how records of a kind are counted.
func unit(k *model.Kind) string {
	if k.Unit != "" {
		return k.Unit
	}
	return "条"
}

// Count says how many are taken: 26 人, 标记的 5 人.
func (b Batch) Count() string { return fmt.Sprintf("%d %s", len(b.Records), unit(b.Kind)) }

// whom names those taken, for one line: 26 人:张三、李四….
func (b Batch) whom() string {
	text := b.Count() + ":"
	for i, r := range b.Records {
		if i > 0 {
			text += "、"
		}
		if ui.Width(text) > 200 {
			return text + ui.Ellipsis
		}
		text += nameOf(r)
	}
	return text
}

// nameOf gives the name by which a record is spoken of, without numbers that tables hide.
func nameOf(r *model.Record) string {
	return ui.Cut(r.MaskedLabel(), 40)
}

// Choose gives the list of what can be done to them: the kind's acts, then what can be
// done to records of any kind; more are the caller's.
func Choose(app *ui.App, b Batch, more []ui.Item) ui.Screen {
	var items []ui.Item
	for i := range b.Kind.Acts {
		a := &b.Kind.Acts[i]
		items = append(items, ui.Item{Key: a.Words, Label: a.Words, Note: a.Note, Run: func() tea.Cmd { return b.begin(app, a) }})
	}
	items = append(items, ui.Item{Key: "set", Label: "设一项", Note: "给每一条的同一项填同一个值", Run: func() tea.Cmd {
		return ui.Do(ui.Replace{Screen: b.fieldBox(app)})
	}})
	if ids := b.pending(); len(ids) > 0 {
		items = append(items, ui.Item{Key: "later", Label: "逐条填待填的", Note: fmt.Sprintf("有 %d 条", len(ids)), Run: func() tea.Cmd {
			return tea.Sequence(ui.Do(ui.Pop{}), fillNext(app, b.Kind, ids, 0))
		}})
	}
	box := ui.NewListBox(app, "一起办", append(items, more...), nil)
	box.Text = "标记的 " + b.Count() + ",要办什么?"
	if b.View != "" {
		box.Text = fmt.Sprintf("没有标记,就是“%s”的全部 %s。要办什么?", b.View, b.Count())
	}
	return box
}

// pending gives those of the records in which a note was left open.
func (b Batch) pending() []string {
	var ids []string
	for _, r := range b.Records {
		if r.FirstPending() != nil {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// fillNext opens one record after another at the note that was left open, each when the
// one before has been saved.
func fillNext(app *ui.App, k *model.Kind, ids []string, at int) tea.Cmd {
	if at == len(ids) {
		return ui.Do(ui.Status{Text: fmt.Sprintf("已保存。待填的 %d 条都填过了", len(ids))})
	}
	say := ui.Status{Text: fmt.Sprintf("待填的 %d 条:这是第 %d 条。填好按 F2 就到下一条,不填了按 Esc", len(ids), at+1)}
	if at > 0 {
		say.Text = "已保存。" + say.Text
	}
	field := ""
	if fields := k.LaterFields(); len(fields) > 0 {
		field = fields[0].Name
	}
	return tea.Batch(app.OpenForm(ui.FormOf{Kind: k.Name, ID: ids[at], Field: field, Picked: func(*model.Record) tea.Cmd {
		return fillNext(app, k, ids, at+1)
	}}), ui.Do(say))
}
