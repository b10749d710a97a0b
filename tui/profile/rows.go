package profile

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// The widths of a row's columns; what was written down has the rest.
const (
	dayCells  = 10
	kindCells = 10
	roleCells = 17
)

// fill writes the list's rows in the width that there is.
func (p *profile) fill() {
	if p.who.rec == nil {
		return
	}
	p.list.Empty = "没有这样的记录,按 Esc 清除打的字"
	if p.total() == 0 {
		p.list.Empty = "还没有提到这个人的记录;按 F2 记一笔"
	}
	items := make([]ui.Item, 0, len(p.found.List)+1)
	for _, f := range p.found.List {
		items = append(items, p.row(f))
	}
	if n := len(p.found.List); n < p.total() {
		items = append(items, ui.Item{Key: "more", Label: fmt.Sprintf("…还有 %d 条更早的,按回车接着列", p.total()-n), Style: p.app.Styles.Muted,
			Run: func() tea.Cmd { p.limit += step; return p.Init() }})
	}
	p.list.SetItems(items)
}

func (p *profile) row(f store.Referrer) ui.Item {
	r := f.Record
	day, roles, what := r.Day(), rolesText(f.Roles), strings.Join(r.Brief(p.id), "  ")
	label := ui.Fit(day, dayCells) + "  " + ui.Fit(r.Kind.Title, kindCells) + "  " + ui.Fit(roles, roleCells) + "  " + ui.Clean(what)
	return ui.Item{Key: r.Kind.Name + "/" + r.ID, Label: label, Search: strings.Join([]string{day, r.Kind.Title, roles, what}, " "),
		Run: func() tea.Cmd { return p.app.OpenRecord(r.Kind.Name, r.ID) }}
}

// rolesText says what the person is in a record: 本人, 主持人、到会登记:请假.
func rolesText(roles []store.Role) string {
	texts := make([]string, len(roles))
	for i, r := range roles {
		texts[i] = roleName(r.Field)
		if r.State != "" {
			texts[i] = strings.TrimSuffix(texts[i], "登记") + ":" + r.State
		}
	}
	return strings.Join(texts, "、")
}

// roleName is a field's name without a step's number; of the field that only says whose
// record it is, 本人.
func roleName(f *model.Field) string {
	if f.Name == "person" && f.Label == "人员" {
		return "本人"
	}
	return strings.TrimLeft(f.Label, "0123456789 ")
}

// chooseKind asks which kind of records is to be listed.
func (p *profile) chooseKind() tea.Cmd {
	if p.who.rec == nil {
		return nil
	}
	all := 0
	for _, c := range p.found.Counts {
		all += c.N
	}
	pick := func(kind string) func() tea.Cmd {
		return func() tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), p.only(kind)) }
	}
	items := []ui.Item{{Key: "", Label: "全部记录", Note: fmt.Sprintf("%d 条", all), Run: pick("")}}
	for _, c := range p.found.Counts {
		items = append(items, ui.Item{Key: c.Kind.Name, Label: c.Kind.Title, Note: fmt.Sprintf("%d 条", c.N), Run: pick(c.Kind.Name)})
	}
	return ui.Do(ui.Push{Screen: ui.NewListBox(p.app, "看哪一类记录", items, nil)})
}

// only lists the records of one kind, or all for "".
func (p *profile) only(kind string) tea.Cmd {
	p.kind, p.limit = kind, step
	p.list.SetTyped("")
	return p.Init()
}
