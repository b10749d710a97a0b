package county

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/copies"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// again is 更正封账: what closing a closed month once more would make otherwise, the
// closings that it has had, and the reason that is typed before it is done. F2 asks once
// more, naming the numbers.
type again struct {
	app    *ui.App
	month  model.Month
	list   ui.Chooser
	reason *ui.Input

	seen    *county.Reclosing // nil until it is counted
	working string            // what is being done, "" for nothing
	done    bool              // the month was closed again: Enter reports it
	notes   []string
	fault   string
	w, h    int
}

var _ ui.Screen = (*again)(nil)

type (
	againRead struct {
		seen     *county.Reclosing
		closings []county.Closing
		err      error
	}
	againAsked struct{}
	againDone  struct {
		notes []string
		err   error
	}
)

func newAgain(app *ui.App, month model.Month) ui.Screen {
	s := &again{app: app, month: month, reason: ui.NewInput(app.Styles), working: "正在照现在的记录重新统计,请稍候…"}
	s.reason.Placeholder = "例如:石桥村补报"
	return s
}

// Title implements ui.Screen.
func (s *again) Title() string { return "更正封账" }

// Unsaved implements ui.Screen.
func (s *again) Unsaved() string {
	switch {
	case s.working != "" && s.seen != nil:
		return "正在更正封账"
	case s.asks() && s.reason.Value() != "":
		return "写了原因,还没有更正封账"
	}
	return ""
}

// Init implements ui.Screen.
func (s *again) Init() tea.Cmd {
	app, month := s.app, s.month
	return func() tea.Msg {
		closings, err := county.Closings(app.Ctx, app.Ledger, month)
		if err != nil {
			return againRead{err: err}
		}
		seen, err := county.LookAgain(app.Ctx, app.Ledger, month)
		return againRead{seen, closings, err}
	}
}

// asks tells that a reason can be typed.
func (s *again) asks() bool {
	return s.seen != nil && !s.seen.Same && s.working == "" && !s.app.Ledger.ReadOnly()
}

// Hints implements ui.Screen.
func (s *again) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	switch {
	case s.working != "" && s.seen != nil:
		return nil
	case s.asks():
		return []ui.Hint{{Action: ui.Save, Label: "更正封账"}, back}
	case s.done:
		return []ui.Hint{{Action: ui.Open, Label: "上报上级"}, back}
	}
	return []ui.Hint{back}
}

// Help implements ui.Screen.
func (s *again) Help() []string {
	return []string{
		"封过账的月份,后来又有迟报、更正的:照现在的记录再封一次。上面列着封账以后又收下了谁的报送包、合计里哪些数要变,从几变到几。",
		"在下面写明为什么更正,按 F2,再问一次才封。以前的封账都留着:谁、什么时候、为什么、改了哪些数,列在后面。",
		"报过上级的月份,更正以后要再报一次(封好以后按回车),上级按差额看得出改了哪些数。",
		"用 ↑ ↓ 看长的单子。按 Esc 返回,什么也不改。",
	}
}

// againHead and againFoot are the room above and below the list.
const againHead, againFoot = 2, 5

// SetSize implements ui.Screen.
func (s *again) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, max(h-againHead-againFoot, 1))
}

// Update implements ui.Screen.
func (s *again) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case againRead:
		s.working, s.seen = "", m.seen
		s.fill(m.closings)
		var cmd tea.Cmd
		s.fault, cmd = faultText(m.err)
		return cmd
	case againAsked:
		return s.close()
	case againDone:
		return s.closed(m)
	case tea.PasteMsg:
		if s.asks() {
			return s.reason.Update(m)
		}
	case tea.KeyPressMsg:
		return s.key(m)
	case tea.MouseClickMsg:
		s.list.Click(m.X, m.Y-againHead)
	case tea.MouseWheelMsg:
		s.list.Wheel(m)
	}
	return nil
}

func (s *again) key(m tea.KeyPressMsg) tea.Cmd {
	if s.working != "" && s.seen != nil {
		return nil
	}
	switch key := m.String(); {
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case key == "up", key == "down", key == "pgup", key == "pgdown":
		s.list.Update(m)
	case s.asks() && (ui.Is(m, ui.Save) || key == "enter"):
		return s.ask()
	case s.asks():
		s.fault = ""
		return s.reason.Update(m)
	case s.done && ui.Is(m, ui.Open):
		app, month := s.app, s.month
		return func() tea.Msg { return askUpward(app, month) }
	}
	return nil
}

// named is how many changes the question names.
const named = 5

// ask asks once more, with the numbers.
func (s *again) ask() tea.Cmd {
	if strings.TrimSpace(s.reason.Value()) == "" {
		s.fault = "请先写明为什么更正,例如:石桥村补报"
		return nil
	}
	lines := []string{fmt.Sprintf("%s要封第%d次账,%s。", s.month.Chinese(), s.seen.Stands.Number+1, s.seen.Gist())}
	for _, c := range s.seen.Changes[:min(len(s.seen.Changes), named)] {
		lines = append(lines, "  "+ui.Clean(c.Text()))
	}
	if n := len(s.seen.Changes); n > named {
		lines = append(lines, fmt.Sprintf("  等 %d 个", n))
	}
	lines = append(lines, "原因:"+ui.Clean(s.reason.Value()))
	if s.month.Last() >= s.app.Today() {
		lines = append(lines, "这个月还没有过完。")
	}
	lines = append(lines, "以前的封账留着,看得到;封账不能撤销。")
	return ui.Do(ui.Ask{Title: "更正封账", Text: strings.Join(lines, "\n"),
		Choices: []ui.Choice{{Label: "返回,先不封"}, {Label: s.month.Chinese() + "更正封账", Cmd: ui.Do(againAsked{})}}})
}

// close closes the month again.
func (s *again) close() tea.Cmd {
	s.working, s.fault = "正在更正封账,请稍候…", ""
	app, seen, reason := s.app, s.seen, s.reason.Value()
	return func() tea.Msg {
		said, err := copies.Before(app.Ctx, app.Ledger, copies.Reseal)
		if err != nil {
			return againDone{err: err}
		}
		b, err := county.CloseAgain(app.Ctx, app.Ledger, seen, reason, true)
		if err != nil {
			return againDone{err: err}
		}
		notes := []string{fmt.Sprintf("%s已更正封账(第%d次):应报 %d 个,实报 %d 个", seen.Month.Chinese(), b.Sealed.Number, b.Returns.Due, b.Returns.In)}
		then, err := seen.After(app.Ctx, app.Ledger)
		for _, text := range []string{then, said} {
			if text != "" {
				notes = append(notes, text)
			}
		}
		return againDone{notes, err}
	}
}

func (s *again) closed(m againDone) tea.Cmd {
	s.working, s.notes = "", m.notes
	var cmd tea.Cmd
	s.fault, cmd = faultText(m.err)
	if m.notes == nil {
		return cmd
	}
	s.done = true
	s.reason.SetValue("")
	return tea.Batch(cmd, s.Init(), ui.Do(ui.Changed{}))
}

// fill lists what would change, and the closings, the last first.
func (s *again) fill(closings []county.Closing) {
	st := s.app.Styles
	s.list.Empty = "没有可以看的"
	var items []ui.Item
	head := func(text string) { items = append(items, ui.Item{Heading: true, Label: text}) }
	line := func(text string, style ui.Item) {
		style.Key, style.Label = fmt.Sprint(len(items)), ui.Clean(text)
		items = append(items, style)
	}
	if r := s.seen; r != nil && !r.Same {
		if n := len(r.Arrived); n > 0 {
			head(fmt.Sprintf("封账以后又收下 %d 个报送包", n))
			for _, a := range r.Arrived {
				line(a.Text()+"  收到 "+ui.LocalTime(a.At), ui.Item{})
			}
		}
		head("再封一次:" + r.Gist())
		for _, c := range r.Changes {
			line(c.Text(), ui.Item{Style: st.Warning})
		}
		if text := r.Less(); text != "" {
			line(text, ui.Item{Style: st.Fault})
		}
	}
	for i := len(closings) - 1; i >= 0; i-- {
		c := &closings[i]
		head(fmt.Sprintf("第%d次封账", c.Number))
		line(c.Brief(), ui.Item{})
		if c.Reason != "" {
			line("原因:"+c.Reason, ui.Item{})
		}
		for _, change := range c.Changes {
			line(change.Text(), ui.Item{Style: st.Muted})
		}
	}
	s.list.SetItems(items)
	s.list.Update(tea.KeyPressMsg{Code: tea.KeyHome})
}

// View implements ui.Screen.
func (s *again) View() (string, *tea.Cursor) {
	st := s.app.Styles
	head := s.month.Chinese() + "更正封账"
	switch {
	case s.working != "":
		head += ":" + s.working
	case s.seen != nil && s.seen.Same:
		head += fmt.Sprintf(":从第%d次封账以来没有变化,不用更正", s.seen.Stands.Number)
	case s.asks():
		head += ":看清要变哪些数,写明原因,按 " + st.KeyOf(ui.Save)
	}
	list, _ := s.list.View(st)
	lines := append([]string{" " + st.Title.Render(ui.Cut(head, s.w-2)), ""}, list...)
	for len(lines) < s.h-againFoot {
		lines = append(lines, "")
	}
	lines = append(lines, ui.Rule(st, "", s.w))
	var cursor *tea.Cursor
	if s.asks() {
		const label = "为什么更正 "
		s.reason.SetWidth(s.w - ui.Width(label) - 3)
		text, at := s.reason.View()
		if at != nil {
			cursor = tea.NewCursor(1+ui.Width(label)+at.X, len(lines))
		}
		lines = append(lines, " "+st.Label.Render(label)+text)
	}
	texts, render := s.notes, st.Good.Render
	switch {
	case s.fault != "":
		texts, render = []string{s.fault}, st.Fault.Render
	case s.asks():
		texts, render = []string{"用 ↑ ↓ 看全部;以前的封账列在最后"}, st.Muted.Render
	}
	foot := wrapped(texts, s.w, render)
	return joinLines(append(lines, foot[:min(len(foot), max(s.h-len(lines), 0))]...)), cursor
}
