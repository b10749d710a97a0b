package stats

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

const (
	headRows = 3   // the pictures' names, what the bars show, a space
	footRows = 2   // the chosen row in words
	twoFrom  = 110 // cells from which two pictures stand beside each other
	between  = 3   // cells between the two
	markCell = 2   // before the label
)

func (p *page) rowRoom() int { return max(p.h-headRows-footRows, 1) }

// beside tells whether two pictures have room beside each other.
func (p *page) beside() bool { return p.w >= twoFrom }

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
	if !p.beside() {
		lines = append(lines, p.draw(p.at, 0, p.w)...)
	} else {
		from := p.at - p.at%2
		w := (p.w - between) * 11 / 20 // the left ones have the longer labels
		left := p.draw(from, 0, w)
		var right []string
		if from+1 < len(p.pictures) {
			right = p.draw(from+1, w+between, p.w-w-between)
		}
		bar := p.app.Styles.Box.Render(" │ ")
		for i := range left {
			line := left[i]
			if right != nil {
				line += bar + right[i]
			}
			lines = append(lines, line)
		}
	}
	lines = append(lines, ui.Rule(p.app.Styles, "", p.w), p.foot())
	return strings.Join(lines, "\n"), nil
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

// draw draws a picture in w cells: what its bars show, then its rows.
func (p *page) draw(at, x, w int) []string {
	c, st := p.pictures[at], p.app.Styles
	head := " " + c.legend
	if p.beside() {
		head = " " + c.name + ":" + c.legend
	}
	lines := []string{st.Label.Render(ui.Fit(head, w)), ui.Fit("", w)}
	room := p.rowRoom()
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
		p.rows = append(p.rows, spot{x: x, y: 1 + len(lines), w: w, picture: at, row: i})
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
	const mostLabel, mostBar, leastBar = 24, 41, 8
	for _, r := range c.rows {
		label, numbers = max(label, ui.Width(r.label)), max(numbers, ui.Width(r.numbers))
	}
	label = min(label, mostLabel)
	const fixed = markCell + 1 + 1
	bar = w - fixed - label - numbers
	if bar < leastBar { // the numbers give way: the foot line has them in full
		bar = leastBar
		numbers = max(w-fixed-label-bar, 0)
	}
	return label, min(bar, mostBar), numbers
}

// foot is the chosen row in words.
func (p *page) foot() string {
	c := p.current()
	if len(c.rows) == 0 {
		return ""
	}
	return ui.Cut(" "+c.rows[p.cur[p.at]].full, p.w-1)
}
