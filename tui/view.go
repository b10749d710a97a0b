package tui

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"strings"

	tea "charm.land/bubbletea/v2"

	page "taizhang/tui/practice"
	"taizhang/tui/ui"
)

// View implements tea.Model. The cursor stands at the caret of the top screen's
// text field, since an input method shows its candidates there.
func (r *Root) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "台账"
	if home := r.homeName(); home != "" && r.covered() == nil {
		v.WindowTitle = "台账 " + ui.Clean(home)
		if r.app.Practice {
			v.WindowTitle = "台账 练习(编出来的村)"
		}
	}
	if r.width == 0 {
		return v
	}
	var text string
	if r.small() {
		text = r.tooSmall()
	} else {
		text, v.Cursor = r.frame()
	}
	if r.app.ASCII {
		text = ui.ASCII(text)
	}
	v.SetContent(text)
	return v
}

func (r *Root) tooSmall() string {
	how := cmp.Or(r.o.Enlarge, "请把窗口拉大")
	text := fmt.Sprintf("窗口太小了:现在宽 %d 格、高 %d 行,至少要宽 %d 格、高 %d 行。%s,填写的内容都还在。",
		r.width, r.height, minWidth, minHeight, how)
	lines := ui.Wrap(text, r.width)
	return strings.Join(lines[:min(len(lines), r.height)], "\n")
}

// frame draws head line, body, status line and key line.
func (r *Root) frame() (string, *tea.Cursor) {
	w, h := r.body()
	title, body, cursor, hints := r.draw(w, h)
	if r.hidden {
		for i, line := range body {
			body[i] = hideNumbers(line)
		}
	}
	var keys string
	if r.app.Practice && r.covered() == nil {
		title = "【练习】" + title
	}
	keys, r.regions = ui.KeyLine(r.app.Styles, hints, r.lastHints(), w)
	lines := make([]string, 0, h+frameRows)
	lines = append(lines, ui.HeadLine(r.app.Styles, title, r.headRight(), w))
	lines = append(lines, body...)
	lines = append(lines, r.statusLine(w), keys)
	return strings.Join(lines, "\n"), cursor
}

// draw draws the topmost full screen and the overlays above it. A panic in a
// screen's drawing leaves a plain body, from which one can go back.
func (r *Root) draw(w, h int) (title string, body []string, cursor *tea.Cursor, hints []ui.Hint) {
	defer func() {
		if p := recover(); p != nil {
			r.status = ui.Status{Text: r.explain(fmt.Errorf("panic in drawing: %v\n%s", p, debug.Stack())), Fault: true}
			title, cursor, hints = "画面出错", nil, []ui.Hint{{Action: ui.Back, Label: "返回"}}
			body = ui.Lines("\n  这个画面显示不出来。请按 Esc 返回;已保存的记录不受影响。", w, h)
		}
	}()
	if c := r.covered(); c != nil {
		return r.drawCovered(c, w, h)
	}
	base := len(r.stack) - 1
	for base > 0 {
		if _, ok := r.stack[base].screen.(ui.Overlay); !ok {
			break
		}
		base--
	}
	for i := max(base, 0); i < len(r.stack); i++ {
		s := r.stack[i].screen
		text, at := s.View()
		dx, dy := 0, 1
		if o, ok := s.(ui.Overlay); ok {
			x, y, bw, bh := r.box(o)
			if body == nil {
				body = ui.Lines("", w, h)
			}
			body = ui.Boxed(r.app.Styles, body, s.Title(), ui.Lines(text, bw-2, bh-2), x, y, bw, bh, w)
			dx, dy = x+1, y+2
		} else {
			body, title = ui.Lines(text, w, h), s.Title()
		}
		cursor, hints = nil, s.Hints()
		if at != nil {
			c := *at
			c.X, c.Y = min(c.X+dx, w-1), c.Y+dy
			cursor = &c
		}
	}
	if body == nil {
		body = ui.Lines("", w, h)
	}
	return title, body, cursor, hints
}

// homeName is what the ledger's organisation is called, the short name if it has one.
func (r *Root) homeName() string {
	if r.app.Ledger == nil {
		return ""
	}
	home := r.app.Ledger.Home()
	if home == nil {
		return ""
	}
	if short := home.Str("short_name"); short != "" {
		return short
	}
	return home.Str("name")
}

// headRight says whose ledger is open, that it can't be written, and the day.
func (r *Root) headRight() string {
	if r.covered() != nil {
		return string(r.app.Today())
	}
	parts := make([]string, 0, 3)
	if name := r.homeName(); name != "" {
		parts = append(parts, name)
	}
	if r.app.Ledger != nil && r.app.Ledger.Extract() != nil {
		return r.app.Ledger.Extract().Banner()
	}
	if r.app.Ledger != nil && r.app.Ledger.ReadOnly() {
		parts = append(parts, "(只读)")
	}
	return strings.Join(append(parts, string(r.app.Today())), "  ")
}

// lastHints are the keys that every screen has; a question has none of them.
func (r *Root) lastHints() []ui.Hint {
	switch {
	case r.leaving != nil:
		return nil
	case r.locked != nil:
		return []ui.Hint{{Action: ui.Help, Label: "帮助"}, {Action: ui.Quit, Label: "退出"}}
	}
	e, ok := r.top()
	if !ok {
		return nil
	}
	if _, asking := e.screen.(*ui.Question); asking {
		return nil
	}
	if r.app.Ledger == nil {
		return []ui.Hint{{Action: ui.Help, Label: "帮助"}, {Action: ui.Quit, Label: "退出"}}
	}
	return []ui.Hint{{Action: ui.Menu, Label: "菜单"}, {Action: ui.Help, Label: "帮助"}, {Action: ui.Quit, Label: "退出"}}
}

func (r *Root) statusLine(w int) string {
	if r.covered() != nil { // what screens below say is not for everybody
		return ui.Fit("", w)
	}
	switch {
	case !r.practising.on || r.status.Fault:
	case r.practising.news != "":
		return r.app.Styles.Good.Render(ui.Fit(" "+r.practising.news, w))
	case r.status.Text == "":
		return r.app.Styles.Warning.Render(ui.Fit(" "+page.Line(r.app.Styles, r.practising.done), w))
	}
	text := ui.Fit(" "+r.status.Text, w)
	if r.status.Fault {
		return r.app.Styles.Fault.Render(text)
	}
	return text
}
