package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

const maxOffered = 100 // records that a picker lists at a time

// openFilter lists the conditions in force, the way to a new one, the views
// that were kept and the ready-made ones.
func (t *tableScreen) openFilter() tea.Cmd { return t.readSaved(true, "") }

func (t *tableScreen) filterBox() ui.Screen {
	items := []ui.Item{{Label: "按某一项筛选…", Note: "如 学历、出生日期", Key: "+", Run: func() tea.Cmd { return t.replace(t.fieldBox()) }}}
	if t.app.County {
		items = append(items, t.orgItem())
	}
	items = append(items, ui.Item{Label: "分类统计", Note: "按两项数一遍,也可按 " + ui.Tally.Key(), Key: "%",
		Run: func() tea.Cmd { return t.closing(t.openCrosstab()) }})
	for i, c := range t.conds {
		items = append(items, ui.Item{Label: "去掉:" + t.condText(c), Key: "-" + strconv.Itoa(i), Run: func() tea.Cmd {
			t.conds = slices.Delete(slices.Clone(t.conds), i, i+1)
			return t.closing(t.renew())
		}})
	}
	if len(t.conds) > 1 {
		items = append(items, ui.Item{Label: "去掉全部筛选", Key: "-", Run: func() tea.Cmd {
			t.conds = nil
			return t.closing(t.renew())
		}})
	}
	items = append(items, t.savedItems()...)
	items = append(items, ui.Item{Label: "现成的视图", Heading: true, Key: "#"})
	for _, v := range views(t.kind) {
		note := ""
		if v.Name == t.viewName() {
			note = "现在"
		}
		w := wouldBe{view: &v}
		items = append(items, ui.Item{Label: v.Name, Note: note, Key: "=" + v.Name, Value: w, Run: func() tea.Cmd {
			t.leaveOwn()
			return t.closing(t.apply(w))
		}})
	}
	items = append(items, t.quickItems()...)
	return t.withCount(ui.NewListBox(t.app, "视图和筛选", items, nil), byValue)
}

// views gives the kind's views, with one of all records among them.
func views(k *model.Kind) []model.View {
	all := slices.Clone(k.Views)
	if !slices.ContainsFunc(all, func(v model.View) bool { return v.Where == nil }) {
		all = append(all, model.View{Name: "全部"})
	}
	return all
}

// replace puts another box in the place of the one on top.
func (t *tableScreen) replace(s ui.Screen) tea.Cmd { return ui.Do(ui.Replace{Screen: s}) }

// closing takes the box on top off and goes on with the command.
func (t *tableScreen) closing(cmd tea.Cmd) tea.Cmd {
	return tea.Batch(ui.Do(ui.Pop{}), cmd)
}

// fieldBox asks by which field to filter.
func (t *tableScreen) fieldBox() *ui.ListBox {
	var items []ui.Item
	if len(t.kind.Derived) > 0 {
		items = append(items, ui.Item{Label: "算出来的", Heading: true, Key: "#*"})
	}
	for _, d := range t.kind.Derived {
		items = append(items, ui.Item{Label: d.Label, Key: d.Name})
	}
	for _, s := range t.kind.Sections {
		if s.Title != "" {
			items = append(items, ui.Item{Label: s.Title, Heading: true, Key: "#" + s.Title})
		}
		for _, f := range s.Fields {
			items = append(items, ui.Item{Label: f.Label, Key: f.Name})
		}
	}
	b := ui.NewListBox(t.app, "按哪一项筛选", items, func(chosen []ui.Item) tea.Cmd {
		return t.replace(t.comparisonBox(t.kind.Column(chosen[0].Key)))
	})
	b.OnBack = func() tea.Cmd { return t.replace(t.filterBox()) }
	return b
}

// comparisonBox asks how the field is to be compared.
func (t *tableScreen) comparisonBox(f *model.Field) ui.Screen {
	var items []ui.Item
	if f.Type.Storage() == model.StoreInteger {
		items = t.bandItems(f)
	}
	for i, c := range comparisons(f.Type) {
		it := ui.Item{Label: c.label, Key: strconv.Itoa(i), Run: func() tea.Cmd { return t.askValue(f, c) }}
		if c.op == model.Empty || c.op == model.Filled || c.fixed != nil {
			it.Value = wouldBe{conds: []model.Cond{model.Where(f.Name, c.op, c.fixed...)}}
		}
		items = append(items, it)
	}
	b := ui.NewListBox(t.app, f.Label, items, nil)
	b.OnBack = func() tea.Cmd { return t.replace(t.fieldBox()) }
	return t.withCount(b, byValue)
}

// bandItems are the field's bands as entries.
func (t *tableScreen) bandItems(f *model.Field) []ui.Item {
	items := make([]ui.Item, len(f.Bands))
	for i, b := range f.Bands {
		w := wouldBe{conds: b.Conds(f)}
		items[i] = ui.Item{Label: b.Name, Note: strings.Join(b.Values, "、"), Key: "=" + b.Name, Value: w,
			Run: func() tea.Cmd { return t.closing(t.apply(w)) }}
	}
	return items
}

// askValue asks for the value that suits the type, where one is needed.
func (t *tableScreen) askValue(f *model.Field, c comparison) tea.Cmd {
	switch {
	case c.op == model.Empty || c.op == model.Filled || c.fixed != nil:
		return t.filterBy(f, c, "")
	case f.Type == model.TypeChoice || f.Type == model.TypeChoices:
		return t.replace(t.choicesBox(f, c))
	case c.label == isRecord.label:
		return t.replace(t.recordBox(f, c))
	}
	b := newLineBox(t.app, f.Label+c.label, valueHelp(f, c), "", func(typed string) (tea.Cmd, error) {
		conds, err := makeConds(f, c, typed)
		if err != nil {
			return nil, err
		}
		return t.closing(t.apply(wouldBe{conds: conds})), nil
	}, func() tea.Cmd { return t.replace(t.comparisonBox(f)) })
	b.live = &live{t: t}
	b.would = func(typed string) wouldBe {
		conds, err := makeConds(f, c, typed)
		if err != nil {
			return wouldBe{} // nothing to be counted yet
		}
		return wouldBe{conds: conds}
	}
	return t.replace(b)
}

func valueHelp(f *model.Field, c comparison) string {
	switch {
	case c.op == opBetween && f.Type == model.TypeDate:
		return "写起止两天,如 1990-01-01到1999-12-31;也可以只写年,如 1990到1999"
	case c.op == opBetween && f.Type == model.TypeMonth:
		return "写起止两个月,如 2026-01到2026-06"
	case c.op == opBetween:
		return "写两头的数,如 18到35"
	}
	switch f.Type {
	case model.TypeDate:
		return "写日期,如 1990-01-01、19900101;也可以只写年或年月,如 1990、1990-05"
	case model.TypeMonth:
		return "写月份,如 2026-07;也可以只写年"
	case model.TypeMoney:
		return "写金额,单位:元"
	case model.TypeYear:
		return "写年份,如 2026"
	}
	if c.op == model.Contains {
		return "写其中的几个字"
	}
	return ""
}

func (t *tableScreen) filterBy(f *model.Field, c comparison, typed string) tea.Cmd {
	conds, err := makeConds(f, c, typed)
	if err != nil {
		return ui.Do(ui.Failed{Err: err})
	}
	return t.closing(t.apply(wouldBe{conds: conds}))
}

// choicesBox lists the field's choices; several may be marked.
func (t *tableScreen) choicesBox(f *model.Field, c comparison) ui.Screen {
	var items []ui.Item
	if c.op == model.In {
		items = t.bandItems(f)
		for i := range items {
			items[i].Run = nil // it can be marked together with others
		}
	}
	for _, s := range f.Choices {
		if s != "" {
			items = append(items, ui.Item{Label: s, Key: s})
		}
	}
	b := ui.NewListBox(t.app, f.Label, items, func(chosen []ui.Item) tea.Cmd {
		return t.closing(t.apply(chosenOf(f, c, chosen)))
	})
	b.Multi = true
	b.Text = c.label + ":空格勾选,回车确定"
	b.OnBack = func() tea.Cmd { return t.replace(t.comparisonBox(f)) }
	return t.withCount(b, func(chosen []ui.Item) wouldBe { return chosenOf(f, c, chosen) })
}

// chosenOf makes one condition of the choices that were taken; a band among them stands
// for all its choices.
func chosenOf(f *model.Field, c comparison, chosen []ui.Item) wouldBe {
	var values []string
	for _, it := range chosen {
		add := []string{it.Key}
		if w, ok := it.Value.(wouldBe); ok {
			add = w.conds[0].Values
		}
		for _, v := range add {
			if !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
	}
	if values == nil {
		return wouldBe{}
	}
	return wouldBe{conds: []model.Cond{model.Where(f.Name, c.op, values...)}}
}

// recordBox finds the record that a ref is to point at, by typing its name, or
// the organisation of a code.
func (t *tableScreen) recordBox(f *model.Field, c comparison) *ui.ListBox {
	b := ui.NewListBox(t.app, f.Label, nil, func(chosen []ui.Item) tea.Cmd {
		t.names[chosen[0].Key] = chosen[0].Label
		t.conds = addConds(t.conds, model.Where(f.Name, c.op, chosen[0].Key))
		return t.closing(t.renew())
	})
	b.Text = "打名称、拼音首字母来找,回车选定"
	b.OnBack = func() tea.Cmd { return t.replace(t.comparisonBox(f)) }
	if f.Type == model.TypeOrgCode {
		b.Source = t.units
	} else {
		b.Source = func(typed string) ([]ui.Item, error) { return t.records(f.Target, typed) }
	}
	return b
}

func (t *tableScreen) records(kind, typed string) ([]ui.Item, error) {
	p, err := t.app.Ledger.Page(t.app.Ctx, store.Query{Kind: kind, Find: typed, Best: true, Limit: maxOffered})
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", kind, err)
	}
	items := make([]ui.Item, len(p.Records))
	for i, r := range p.Records {
		items[i] = ui.Item{Label: nameOf(r), Note: distinction(r), Key: r.ID}
	}
	return items, nil
}

// distinction tells records of one name apart: the first date that is filled.
func distinction(r *model.Record) string {
	for _, f := range r.Kind.Fields() {
		if f.Type == model.TypeDate && r.Filled(f.Name) && !slices.Contains(r.Kind.Label, f.Name) {
			return f.Label + " " + r.Text(f.Name)
		}
	}
	return ""
}

func (t *tableScreen) units(typed string) ([]ui.Item, error) {
	units, err := t.app.Ledger.Units(t.app.Ctx, typed, maxOffered)
	if err != nil {
		return nil, fmt.Errorf("find units: %w", err)
	}
	items := make([]ui.Item, len(units))
	for i, u := range units {
		items[i] = ui.Item{Label: u.Name, Note: u.Township, Key: u.Code}
	}
	return items, nil
}
