package table

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

const maxOffered = 100 // records that a picker lists at a time

// openFilter lists the conditions in force, the way to a new one and the
// ready-made views.
func (t *tableScreen) openFilter() tea.Cmd {
	return ui.Do(ui.Push{Screen: t.filterBox()})
}

func (t *tableScreen) filterBox() *listBox {
	items := []item{{label: "按某一项筛选…", note: "如 学历、出生日期", value: "+", run: func() tea.Cmd { return t.replace(t.fieldBox()) }}}
	if t.app.County {
		items = append(items, t.orgItem())
	}
	for i, c := range t.conds {
		items = append(items, item{label: "去掉:" + t.condText(c), value: "-" + strconv.Itoa(i), run: func() tea.Cmd {
			t.conds = slices.Delete(slices.Clone(t.conds), i, i+1)
			return t.closing(t.renew())
		}})
	}
	if len(t.conds) > 1 {
		items = append(items, item{label: "去掉全部筛选", value: "-", run: func() tea.Cmd {
			t.conds = nil
			return t.closing(t.renew())
		}})
	}
	items = append(items, item{label: "视图", heading: true, value: "#"})
	for _, v := range views(t.kind) {
		note := ""
		if v.Name == t.view.Name {
			note = "现在"
		}
		items = append(items, item{label: v.Name, note: note, value: "=" + v.Name, run: func() tea.Cmd {
			t.view = v
			return t.closing(t.renew())
		}})
	}
	return pick(t.app, "视图和筛选", items, nil)
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
func (t *tableScreen) fieldBox() *listBox {
	var items []item
	for _, s := range t.kind.Sections {
		if s.Title != "" {
			items = append(items, item{label: s.Title, heading: true, value: "#" + s.Title})
		}
		for _, f := range s.Fields {
			items = append(items, item{label: f.Label, value: f.Name})
		}
	}
	b := pick(t.app, "按哪一项筛选", items, func(chosen []item) tea.Cmd {
		return t.replace(t.comparisonBox(t.kind.Field(chosen[0].value)))
	})
	b.back = func() tea.Cmd { return t.replace(t.filterBox()) }
	return b
}

// comparisonBox asks how the field is to be compared.
func (t *tableScreen) comparisonBox(f *model.Field) *listBox {
	all := comparisons(f.Type)
	items := make([]item, len(all))
	for i, c := range all {
		items[i] = item{label: c.label, value: strconv.Itoa(i), run: func() tea.Cmd { return t.askValue(f, c) }}
	}
	b := pick(t.app, f.Label, items, nil)
	b.back = func() tea.Cmd { return t.replace(t.fieldBox()) }
	return b
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
		t.conds = addConds(t.conds, conds...)
		return t.closing(t.renew()), nil
	})
	b.back = func() tea.Cmd { return t.replace(t.comparisonBox(f)) }
	return t.replace(b)
}

func valueHelp(f *model.Field, c comparison) string {
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
	t.conds = addConds(t.conds, conds...)
	return t.closing(t.renew())
}

// choicesBox lists the field's choices; several may be marked.
func (t *tableScreen) choicesBox(f *model.Field, c comparison) *listBox {
	var items []item
	for _, s := range f.Choices {
		if s != "" {
			items = append(items, item{label: s, value: s})
		}
	}
	b := pick(t.app, f.Label, items, func(chosen []item) tea.Cmd {
		values := make([]string, len(chosen))
		for i, it := range chosen {
			values[i] = it.value
		}
		t.conds = addConds(t.conds, model.Where(f.Name, c.op, values...))
		return t.closing(t.renew())
	})
	b.multi = true
	b.text = c.label + ":空格勾选,回车确定"
	b.back = func() tea.Cmd { return t.replace(t.comparisonBox(f)) }
	return b
}

// recordBox finds the record that a ref is to point at, by typing its name, or
// the organisation of a code.
func (t *tableScreen) recordBox(f *model.Field, c comparison) *listBox {
	b := pick(t.app, f.Label, nil, func(chosen []item) tea.Cmd {
		t.names[chosen[0].value] = chosen[0].label
		t.conds = addConds(t.conds, model.Where(f.Name, c.op, chosen[0].value))
		return t.closing(t.renew())
	})
	b.text = "打名称、拼音首字母来找,回车选定"
	b.back = func() tea.Cmd { return t.replace(t.comparisonBox(f)) }
	if f.Type == model.TypeOrgCode {
		b.source = t.units
	} else {
		b.source = func(typed string) ([]item, error) { return t.records(f.Target, typed) }
	}
	return b
}

func (t *tableScreen) records(kind, typed string) ([]item, error) {
	p, err := t.app.Ledger.Page(t.app.Ctx, store.Query{Kind: kind, Find: typed, Limit: maxOffered})
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", kind, err)
	}
	items := make([]item, len(p.Records))
	for i, r := range p.Records {
		items[i] = item{label: nameOf(r), note: distinction(r), value: r.ID}
	}
	// Records are found by any of their texts; those so named come first.
	slices.SortStableFunc(items, func(a, b item) int { return rank(a, typed) - rank(b, typed) })
	return items, nil
}

func rank(it item, typed string) int {
	if model.Matches(it.label, typed) {
		return 0
	}
	return 1
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

func (t *tableScreen) units(typed string) ([]item, error) {
	units, err := t.app.Ledger.Units(t.app.Ctx, typed, maxOffered)
	if err != nil {
		return nil, fmt.Errorf("find units: %w", err)
	}
	items := make([]item, len(units))
	for i, u := range units {
		items[i] = item{label: u.Name, note: u.Township, value: u.Code}
	}
	return items, nil
}
