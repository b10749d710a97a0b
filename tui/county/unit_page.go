package county

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/county"
	"taizhang/tui/ui"
)

// unitPage is a unit with its whole past on one page: bundles with their receipts, keys,
// codes and its end. From here it is retired, merged or given another code.
type unitPage struct {
	app  *ui.App
	unit county.UnitState
	list ui.Chooser
	w, h int
}

var _ ui.Screen = (*unitPage)(nil)

type (
	unitPastRead struct {
		unit county.UnitState
		past []county.PastEvent
	}
	// unitChanged tells that the unit has another code or state now.
	unitChanged struct{ code, text string }
)

func newUnitPage(app *ui.App, u county.UnitState) *unitPage {
	p := &unitPage{app: app, unit: u}
	p.list.Empty = "正在读取…"
	return p
}

func (p *unitPage) Title() string   { return "单位:" + shortName(p.app, p.unit.Life) }
func (p *unitPage) Unsaved() string { return "" }

func (p *unitPage) Init() tea.Cmd { return p.read(p.unit.Code) }

func (p *unitPage) read(code string) tea.Cmd {
	app := p.app
	return func() tea.Msg {
		units, err := county.Units(app.Ctx, app.Ledger)
		if err != nil {
			return ui.Failed{Err: err}
		}
		m := unitPastRead{unit: county.UnitState{Life: county.Life{Code: code}}}
		for _, u := range units {
			if u.Code == code {
				m.unit = u
			}
		}
		if m.past, err = county.PastOf(app.Ctx, app.Ledger, m.unit.Life); err != nil {
			return ui.Failed{Err: err}
		}
		return m
	}
}

func (p *unitPage) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Open, Label: "报送经过"}}
	switch {
	case p.app.Ledger.ReadOnly():
	case p.unit.RetiredOn != "":
		hints = append(hints, ui.Hint{Action: ui.Delete, Label: "撤回撤销"})
	default:
		hints = append(hints, ui.Hint{Action: ui.New, Label: "换代码"}, ui.Hint{Action: ui.Delete, Label: "撤销合并"})
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

func (p *unitPage) Help() []string {
	w := p.app.Words()
	retire := "按 F8 登记它撤销了,或者并入了别的单位:以前的数照旧算它,以后不再催报"
	if !w.Sums() {
		retire += ";它还在册的党员记为“待转接”"
	}
	return []string{
		"这里是一个单位的全部经过,最新的在前:收过的报送包和写出的回执、密钥、代码、撤销合并。下面是选中那一条的全文。",
		"按 F2 登记它换了代码:" + w.Kept + "、密钥、序号和以前的报送都跟着它;" + w.There + "还用旧代码报的照收,取入回执后自动改用新代码。",
		retire + "。",
		"登记错了的可以撤回。按回车看每次报送的退回原因,密钥变了的也在那里认可。",
	}
}

// pageHead is the room above the list.
const pageHead = 4

func (p *unitPage) SetSize(w, h int) {
	p.w, p.h = w, h
	p.list.SetSize(w, max(h-pageHead-ui.DetailRows, 1))
}

func (p *unitPage) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case unitPastRead:
		p.unit = m.unit
		p.fill(m.past)
	case unitChanged:
		p.unit.Code = m.code
		return tea.Batch(p.read(m.code), ui.Do(ui.Status{Text: m.text}))
	case ui.Changed:
		return p.Init()
	case tea.KeyPressMsg:
		return p.key(m)
	case tea.MouseClickMsg:
		p.list.Click(m.X, m.Y-pageHead)
	case tea.MouseWheelMsg:
		p.list.Wheel(m)
	}
	return nil
}

func (p *unitPage) key(m tea.KeyPressMsg) tea.Cmd {
	writable := !p.app.Ledger.ReadOnly()
	switch {
	case p.list.Update(m):
	case ui.Is(m, ui.Open):
		u := &p.unit
		return ui.Do(ui.Push{Screen: newUnitPast(p.app, county.UnitReport{Code: u.Code, Name: shortName(p.app, u.Life), Township: u.Township, Phone: u.Phone, OnList: true})})
	case writable && ui.Is(m, ui.Delete) && p.unit.RetiredOn != "":
		return p.takeBack()
	case writable && ui.Is(m, ui.Delete):
		return ui.Do(ui.Push{Screen: newRetireForm(p.app, p.unit.Life)})
	case writable && ui.Is(m, ui.New) && p.unit.RetiredOn == "":
		return ui.Do(ui.Push{Screen: newRecodeForm(p.app, p.unit.Life)})
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	}
	return nil
}

// takeBack asks before the unit's end is taken back.
func (p *unitPage) takeBack() tea.Cmd {
	app, code := p.app, p.unit.Code
	return ui.Do(ui.Ask{Title: "撤回撤销", Text: "撤回 " + shortName(app, p.unit.Life) + " 的撤销登记,重新列入单位名单吗?",
		Choices: []ui.Choice{{Label: "返回,不动"}, {Label: "撤回", Cmd: func() tea.Msg {
			if err := county.Unretire(app.Ctx, app.Ledger, code); err != nil {
				return ui.Failed{Err: err}
			}
			return unitChanged{code, "已撤回,单位重新列入名单;" + resign(app)}
		}}}})
}

func (p *unitPage) fill(past []county.PastEvent) {
	st := p.app.Styles
	p.list.Empty = "还没有收到过这个单位的报送包"
	var items []ui.Item
	for i := range past {
		e := &past[i]
		it := ui.Item{Key: fmt.Sprint(e.At, e.What, e.Text), Label: ui.LocalTime(e.At) + "  " + ui.Fit(e.What, 8) + ui.Clean(e.Text), Value: e}
		if e.Bad {
			it.Style = st.Fault
		}
		items = append(items, it)
	}
	p.list.SetItems(items)
}

func (p *unitPage) View() (string, *tea.Cursor) {
	st, u := p.app.Styles, &p.unit
	lines := []string{" " + ui.Cut(strings.TrimSpace(ui.Clean(u.Township+" "+u.Code+"  "+u.Name))+p.phone(), p.w-2),
		" " + ui.Cut(p.standing(), p.w-2), " " + ui.Cut(p.codes(), p.w-2), ui.Rule(st, "全部经过", p.w)}
	below := []string{ui.Rule(st, "这一条", p.w)}
	if it, ok := p.list.Selected(); ok {
		if e, is := it.Value.(*county.PastEvent); is {
			for _, l := range ui.Wrap(strings.TrimSpace(ui.Clean(e.What+" "+e.Text+";"+e.More)), p.w-2) {
				below = append(below, " "+strings.TrimSuffix(l, ";"))
			}
		}
	}
	foot := ui.FootRows(len(below), ui.DetailRows, p.h-pageHead, len(p.list.Items()))
	p.list.SetSize(p.w, max(p.h-pageHead-foot, 1))
	list, _ := p.list.View(st)
	lines = append(append(lines, list...), below...)
	if len(lines) > p.h && p.h > 0 {
		lines = append(lines[:p.h-1], st.Muted.Render("  …"))
	}
	return joinLines(lines), nil
}

func (p *unitPage) phone() string {
	if p.unit.Phone == "" {
		return ""
	}
	return "  电话 " + p.unit.Phone
}

// standing says how the unit stands.
func (p *unitPage) standing() string {
	u := &p.unit
	text := u.State()
	if u.RetiredOn != "" {
		text = "从 " + string(u.RetiredOn) + " 起" + u.Reason
		if u.Into != "" {
			text += "到 " + u.Into
		}
	}
	if u.Newest != "" {
		text += ",最近报 " + u.Newest.Chinese()
		if !p.app.Words().Sums() { // which knows no member
			text += fmt.Sprintf(",在册党员 %d 名", u.Members)
		}
	}
	if u.Digits != "" {
		text += ",密钥校验数字 " + u.Digits
	}
	return text
}

// codes says which codes the unit had.
func (p *unitPage) codes() string {
	if len(p.unit.Former) == 0 {
		return "没有换过代码"
	}
	var all []string
	for _, f := range p.unit.Former {
		all = append(all, f.Code+"(到 "+string(f.Until)+" 前)")
	}
	return "原来的代码:" + strings.Join(all, "、")
}
