package county

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// fork shows what would be lost by a bundle that does not follow on the last one accepted,
// kind by kind and with names, before the clerk lets its ledger go on.
type fork struct {
	app   *ui.App
	unit  county.UnitReport
	list  ui.Chooser
	f     *county.Forked
	fault string
	w, h  int
}

var _ ui.Screen = (*fork)(nil)

type (
	forkRead struct {
		f   *county.Forked
		err error
	}
	forkAllowed struct{ err error }
)

func newFork(app *ui.App, unit county.UnitReport) *fork {
	s := &fork{app: app, unit: unit}
	s.list.Empty = "正在读取…"
	return s
}

// Title implements ui.Screen.
func (s *fork) Title() string { return "放行:先看会少什么" }

// Unsaved implements ui.Screen.
func (s *fork) Unsaved() string { return "" }

// Init implements ui.Screen.
func (s *fork) Init() tea.Cmd {
	return func() tea.Msg {
		f, err := county.LastFork(s.app.Ctx, s.app.Ledger, s.unit.Code)
		return forkRead{f, err}
	}
}

// Hints implements ui.Screen.
func (s *fork) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	if s.f == nil {
		return []ui.Hint{back}
	}
	return []ui.Hint{{Action: ui.Save, Label: "问过了,放行"}, back}
}

// Help implements ui.Screen.
func (s *fork) Help() []string {
	w := s.app.Words()
	if w.Sums() {
		return []string{
			"这个包不是接着" + w.Here() + "最后收下的那一个做的:" + w.There + "的台账拷成了两份,两台电脑都在用;或者从旧备份恢复过。" + w.Here() + "没有收,原来的数字一点没动。",
			"请打电话问" + w.There + "是哪一种,定下用哪一份。定下用" + w.Here() + "已收下的那一份的,这里什么也不用做:那台电脑的下一个包照常收。",
			"确实用被退回的这一份的,按 F2 放行,再收一次这个包,或让" + w.There + "重新导出。放行只对这一份台账有效,只有一次。",
		}
	}
	return []string{
		"这个包不是接着县里最后收下的那一个做的:村里的台账拷成了两份,两台电脑都在记;或者从旧备份恢复过。县里没有收,原来的记录一点没动。",
		"请打电话问村里是哪一种。两台电脑的,定下只用一台,把另一台多记的补到这一台;旧备份的,有更新的备份就用它,没有的可以由县里恢复一份。",
		"下面列着县里有、这个包里没有或者更旧的记录,写着名字。村里定下用县里已收下的那一份的,这里什么也不用做:那台电脑的下一个包照常收。",
		"确实用被退回的这一份的,按 F2 放行,再收一次这个包,或让村里重新导出。放行只对这一份台账有效,只有一次。",
	}
}

// forkHead is the room above the list.
const forkHead = 5

// SetSize implements ui.Screen.
func (s *fork) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, max(h-forkHead-ui.DetailRows-1, 3))
}

// Update implements ui.Screen.
func (s *fork) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case forkRead:
		return s.fill(m)
	case forkAllowed:
		if m.err != nil {
			return s.complain(m.err)
		}
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Changed{}), ui.Do(ui.Status{Text: "已放行:请再收一次这个包,或让" + s.app.Words().There + "从这份台账重新导出再收"}))
	case tea.KeyPressMsg:
		switch {
		case ui.Is(m, ui.Save), ui.Is(m, ui.Open):
			return s.ask()
		case s.list.Update(m):
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		s.list.Click(m.X, m.Y-forkHead)
	case tea.MouseWheelMsg:
		s.list.Wheel(m)
	}
	return nil
}

func (s *fork) fill(m forkRead) tea.Cmd {
	s.f, s.list.Empty = m.f, "县里有的,这个包里都有,放行不会丢记录"
	if w := s.app.Words(); w.Sums() {
		s.list.Empty = w.Here() + "已收下的数字不动;放行以后收下的包,换掉它那个月的数字"
	}
	if m.err != nil {
		s.list.Empty = ""
		return s.complain(m.err)
	}
	lines := m.f.Fork.Loss.Lines(s.app.Ledger.Kinds())
	items := make([]ui.Item, len(lines))
	for i, text := range lines {
		items[i] = ui.Item{Key: fmt.Sprint(i), Label: ui.Clean(text)}
	}
	s.list.SetItems(items)
	return nil
}

// ask wants to know which of the two it is; to leave things as they are stands first.
func (s *fork) ask() tea.Cmd {
	if s.f == nil {
		return nil
	}
	let := func(as string) tea.Cmd {
		return func() tea.Msg { return forkAllowed{county.AllowFork(s.app.Ctx, s.app.Ledger, s.f, as)} }
	}
	w := s.app.Words()
	what := "放行后,县里的记录换成这份台账的,县里有而它没有的就没有了。"
	if w.Sums() {
		what = "放行后,以这份台账报来的数字为准。"
	}
	return ui.Do(ui.Ask{Title: "放行", Text: fmt.Sprintf("打电话问过了吗?%s是哪一种?(%s第 %d 号)", what, s.f.Month.Chinese(), s.f.Sequence),
		Choices: []ui.Choice{
			{Label: "先不放行"},
			{Label: "两台电脑:" + w.There + "定下用这一份", Cmd: let(county.ForkCopy)},
			{Label: "旧备份:只能用这一份", Cmd: let(county.ForkRestored)},
		}})
}

// complain shows what is to be known by the person here, and a fault as any other.
func (s *fork) complain(err error) tea.Cmd {
	var known *model.Error
	if errors.As(err, &known) {
		s.fault = known.Message
		return nil
	}
	return ui.Do(ui.Failed{Err: err})
}

// View implements ui.Screen.
func (s *fork) View() (string, *tea.Cursor) {
	st := s.app.Styles
	lines := []string{"", "", "", ""}
	if s.f != nil {
		lines[0] = " " + st.Title.Render(ui.Cut(fmt.Sprintf("%s  第 %d 号,%s 退回", model.BriefName(s.f.Name, s.app.Ledger.Home().Text("county")), s.f.Sequence, ui.LocalTime(s.f.At)), s.w-2))
		for i, l := range ui.Wrap(s.f.Story(), s.w-2) {
			if i < 2 {
				lines[1+i] = " " + l
			}
		}
		if s.unit.Phone != "" {
			lines[3] = " 电话 " + s.unit.Phone
		}
	}
	w := s.app.Words()
	lines = append(lines, ui.Rule(st, "放行后,"+w.Here()+"的"+w.Kept+"会这样变", s.w))
	list, _ := s.list.View(st)
	lines = append(lines, list...)
	for len(lines) < s.h-ui.DetailRows-1 {
		lines = append(lines, "")
	}
	text := ""
	if it, ok := s.list.Selected(); ok {
		text = it.Label
	}
	if s.fault != "" {
		text = s.fault
	}
	if text != "" {
		lines = append(lines, ui.Rule(st, "", s.w))
	}
	for i, l := range ui.Wrap(text, s.w-2) {
		switch {
		case i >= ui.DetailRows:
		case s.fault != "":
			lines = append(lines, " "+st.Fault.Render(l))
		default:
			lines = append(lines, " "+l)
		}
	}
	return joinLines(lines), nil
}
