package stats

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

const (
	footRows = 2 // a rule, and the chosen row in words
	between  = 3 // cells between two pictures
	markCell = 2 // before the label
)

// View implements ui.Screen.
func (p *page) View() (string, *tea.Cursor) {
	if p.pictures == nil {
		text := "正在统计…"
		if p.fault != "" {
			text = p.fault
		}
		return "\n  " + text, nil
	}
	p.rows = p.rows[:0]
	lines := []string{p.names()}
	sheet := p.sheet()
	for n, s := range sheet {
		if n > 0 {
			lines = append(lines, ui.Fit("", p.w))
		}
		lines = append(lines, p.drawShelf(s, len(lines), len(sheet) == 1 && len(s.panels) == 1)...)
	}
	for len(lines) < p.h-footRows {
		lines = append(lines, ui.Fit("", p.w))
	}
	lines = append(lines, ui.Rule(p.app.Styles, "", p.w), p.foot())
	return strings.Join(lines, "\n"), nil
}

// drawShelf draws the pictures of a shelf beside each other, from row y on.
func (p *page) drawShelf(s shelf, y int, alone bool) []string {
	var lines []string
	bar := p.app.Styles.Box.Render(" │ ")
	for n, at := range s.panels {
		drawn := p.draw(at.picture, at.x, y, at.w, s.rows, alone)
		if n == 0 {
			lines = drawn
			continue
		}
		for i := range lines {
			lines[i] += bar + drawn[i]
		}
	}
	return lines
}

// names is the line of the pictures, the one with the focus in brackets.
func (p *page) names() string {
	var b strings.Builder
	x := 1
	b.WriteByte(' ')
	for i, c := range p.pictures {
		text := " " + c.name + " "
		if i == p.at {
			text = "[" + c.name + "]"
		}
		w := ui.Width(text)
		p.rows = append(p.rows, spot{x: x, y: 0, w: w, picture: i, row: -1})
		x += w + 1
		if i == p.at {
			text = p.app.Styles.Selected.Render(text)
		}
		b.WriteString(text + " ")
	}
	if p.busy {
		b.WriteString("正在统计…")
	}
	return ui.FitStyled(b.String(), p.w)
}

// draw draws a picture in w cells from row y on: what its bars show, then its rows. The
// name stands before that, but where there is no other picture to take it for.
func (p *page) draw(at, x, y, w, room int, alone bool) []string {
	c, st := p.pictures[at], p.app.Styles
	head := ui.Fit(" "+c.legend, w)
	if !alone {
		name := ui.Cut(" "+c.name, w)
		head = st.Title.Render(name) + ui.Fit("  "+c.legend, w-ui.Width(name))
	}
	lines := []string{head, ui.Fit("", w)}
	label, bar, numbers := c.widths(w)
	if c.sides && len(c.rows) > 0 {
		lines[1] = st.Muted.Render(ui.Fit(strings.Repeat(" ", markCell+label+1)+ui.FitRight("男 ", (bar-1)/2)+"  女", w))
	}
	for i := p.first[at]; i < p.first[at]+room; i++ {
		if i >= len(c.rows) {
			text := ""
			if len(c.rows) == 0 && i == 0 {
				text = "  " + c.empty
			}
			lines = append(lines, st.Muted.Render(ui.Fit(text, w)))
			continue
		}
		p.rows = append(p.rows, spot{x: x, y: y + len(lines), w: w, picture: at, row: i})
		lines = append(lines, p.row(c.rows[i], at == p.at && i == p.cur[at], label, bar, numbers, w))
	}
	if rest := len(c.rows) - p.first[at] - room; rest > 0 {
		lines[1] = st.Muted.Render(ui.Fit("  ↓ 下面还有", w))
	}
	return lines
}

func (p *page) row(r row, chosen bool, label, bar, numbers, w int) string {
	st := p.app.Styles
	mark := "  "
	if chosen {
		mark = "> "
	}
	name := mark + ui.Fit(r.label, label) + " "
	end := " " + ui.Fit(r.numbers, numbers)
	if chosen {
		return ui.FitStyled(st.Selected.Render(name)+r.style.Render(ui.Fit(r.draw(bar), bar))+st.Selected.Render(end), w)
	}
	return ui.FitStyled(name+r.style.Render(ui.Fit(r.draw(bar), bar))+end, w)
}

// widths divides the room: labels and numbers as they need it, so that the numbers stand
// beside their bar; the bar gets the rest, but no more than is easily compared.
func (c picture) widths(w int) (label, bar, numbers int) {
	const mostBar, leastBar = 61, 8
	label, numbers = c.words()
	bar = w - fixed - label - numbers
	if bar < leastBar { // the numbers give way: the foot line has them in full
		bar = leastBar
		numbers = max(w-fixed-label-bar, 0)
	}
	return label, min(bar, mostBar), numbers
}

// fixed are the cells of a row that are neither label nor bar nor numbers.
const fixed = markCell + 1 + 1

// words gives the room that labels and numbers ask for.
func (c picture) words() (label, numbers int) {
	const mostLabel = 24
	for _, r := range c.rows {
		label, numbers = max(label, ui.Width(r.label)), max(numbers, ui.Width(r.numbers))
	}
	return min(label, mostLabel), numbers
}

// foot is the chosen row in words.
func (p *page) foot() string {
	c := p.current()
	if len(c.rows) == 0 {
		return ""
	}
	return ui.Cut(" "+c.rows[p.cur[p.at]].full, p.w-1)
}
