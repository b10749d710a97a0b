package table

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// quickItems are the conditions that need nothing but a name: choices, bands, yes and
// no. They come up in the list of views when one types: 高中 finds 学历=高中及以上.
func (t *tableScreen) quickItems() []ui.Item {
	var items []ui.Item
	add := func(f *model.Field, name string, conds []model.Cond) {
		w := wouldBe{conds: conds}
		items = append(items, ui.Item{Label: f.Label + "=" + name, Search: name + " " + f.Label, Quiet: true, Value: w,
			Key: "?" + f.Name + "=" + name, Run: func() tea.Cmd { return t.closing(t.apply(w)) }})
	}
	for _, f := range filterable(t.kind) {
		for _, b := range f.Bands {
			add(f, b.Name, b.Conds(f))
		}
		switch f.Type {
		case model.TypeChoice, model.TypeChoices:
			for _, c := range f.Choices {
				if c != "" {
					add(f, c, []model.Cond{model.Where(f.Name, model.In, c)})
				}
			}
		case model.TypeBool:
			items = append(items, t.yesAndNo(f)...)
		}
	}
	return items
}

// yesAndNo are the two conditions on a yes or no, found by the field's name.
func (t *tableScreen) yesAndNo(f *model.Field) []ui.Item {
	var items []ui.Item
	for _, c := range []comparison{isYes, isNo} {
		w := wouldBe{conds: []model.Cond{model.Where(f.Name, c.op, c.fixed...)}}
		items = append(items, ui.Item{Label: f.Label + "=" + c.label, Search: f.Label + " " + c.label, Quiet: true, Value: w,
			Key: "?" + f.Name + "=" + c.label, Run: func() tea.Cmd { return t.closing(t.apply(w)) }})
	}
	return items
}

// filterable gives what rows can be filtered by: derived values, then the fields.
func filterable(k *model.Kind) []*model.Field {
	all := make([]*model.Field, 0, len(k.Derived))
	for i := range k.Derived {
		all = append(all, k.Derived[i].Field())
	}
	return append(all, k.Fields()...)
}

// sums gives the fields of columns that can be added up: money and numbers of things.
func sums(cols []column) []string {
	var names []string
	for _, c := range cols {
		if c.sums() {
			names = append(names, c.name)
		}
	}
	return names
}

func (c column) sums() bool {
	return c.field != nil && !c.field.NoSum && slices.Contains([]model.Type{model.TypeMoney, model.TypeInt}, c.field.Type)
}
