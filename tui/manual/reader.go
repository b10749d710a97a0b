package manual

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// pages shows a chapter in a window of lines that moves over it.
type pages struct {
	app   *ui.App
	at    place
	drawn place // of which lines are
	lines []Line
	top   int
	w, h  int
}

func (p *pages) setSize(w, h int) {
	if w == p.w && h == p.h {
		return
	}
	p.w, p.h, p.lines = w, h, nil
	p.show(p.at)
}

// show goes to a part of a chapter, where it isn't shown already.
func (p *pages) show(at place) {
	if p.lines != nil && at == p.drawn {
		return
	}
	p.at, p.drawn = at, at
	p.lines = Chapters()[at.chapter].lines(max(p.w, TextWidth), styledLook(p.app.Styles))
	p.top = 0
	for i, l := range p.lines {
		if l.Part == at.part {
			p.top = i
			break
		}
	}
	p.scroll(0)
}

func (p *pages) scroll(by int) { p.top = max(0, min(p.top+by, len(p.lines)-p.h)) }

func (p *pages) wheel(m tea.MouseWheelMsg) {
	if m.Button == tea.MouseWheelUp {
		p.scroll(-3)
	} else {
		p.scroll(3)
	}
}

// more tells whether lines stand below the window.
func (p *pages) more() bool { return p.top+p.h < len(p.lines) }

func (p *pages) view() []string {
	var shown []string
	for _, l := range p.lines[min(p.top, len(p.lines)):min(p.top+p.h, len(p.lines))] {
		shown = append(shown, l.Text)
	}
	return shown
}

// reader is one chapter on the whole screen.
type reader struct {
	pages
	w, h int
}

var _ ui.Screen = (*reader)(nil)

func newReader(app *ui.App, at place) *reader {
	return &reader{pages: pages{app: app, at: at}}
}

func (r *reader) Init() tea.Cmd   { return nil }
func (r *reader) Unsaved() string { return "" }

func (r *reader) Title() string {
	return "手册:" + Chapters()[r.at.chapter].Title
}

func (r *reader) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Back, Label: "回到目录"}}
	if r.at.chapter+1 < len(Chapters()) {
		hints = append(hints, ui.Hint{Action: ui.Next, Label: "下一章"})
	}
	if r.at.chapter > 0 {
		hints = append(hints, ui.Hint{Action: ui.Previous, Label: "上一章"})
	}
	return hints
}

func (r *reader) Help() []string {
	return []string{
		"手册里的一章。↑ ↓ 一行一行看,PgUp、PgDn、空格一页一页看,Home 到开头,End 到末尾;滚动鼠标也行。",
		"按 Tab 看下一章,Shift+Tab 看上一章;按 Esc 回到目录,在那里打字可以找别的。",
		"章里的图是程序自己画的,人和地方都是编的,跟您屏幕上的只是人名和数字不同。",
	}
}

func (r *reader) SetSize(w, h int) {
	r.w, r.h = w, h
	r.setSize(min(w, 100), h-1)
}

func (r *reader) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.MouseWheelMsg:
		r.wheel(m)
	case tea.KeyPressMsg:
		return r.key(m)
	}
	return nil
}

func (r *reader) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Next):
		r.turn(1)
	case ui.Is(m, ui.Previous):
		r.turn(-1)
	}
	switch m.String() {
	case "up":
		r.scroll(-1)
	case "down", "enter":
		r.scroll(1)
	case "pgup":
		r.scroll(-r.pages.h + 1)
	case "pgdown", "space":
		r.scroll(r.pages.h - 1)
	case "home":
		r.scroll(-len(r.lines))
	case "end":
		r.scroll(len(r.lines))
	case "right":
		r.turn(1)
	case "left":
		r.turn(-1)
	}
	return nil
}

// turn goes to the next chapter, or back to the one before.
func (r *reader) turn(by int) {
	if n := r.at.chapter + by; n >= 0 && n < len(Chapters()) {
		r.lines = nil
		r.show(place{n, 0})
	}
}

func (r *reader) View() (string, *tea.Cursor) {
	lines := r.view()
	for len(lines) < r.pages.h {
		lines = append(lines, "")
	}
	st := r.app.Styles
	foot := " 这一章到这里为止"
	if r.more() {
		foot = " ↓ 下面还有,按 PgDn 看"
	}
	seen := min(r.top+r.pages.h, len(r.lines))
	foot = ui.Fit(foot, r.w-16) + ui.FitRight(fmt.Sprintf("%d/%d 行 ", seen, len(r.lines)), 16)
	return strings.Join(append(lines, st.Muted.Render(foot)), "\n"), nil
}
