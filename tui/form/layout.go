package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/form/widget"
	"taizhang/tui/ui"
)

// place is a stretch of cells: where a field or list stands.
type place struct{ x, y, w, h int }

func (p place) holds(x, y int) bool { return x >= p.x && x < p.x+p.w && y >= p.y && y < p.y+p.h }

// The form's measures in cells: a field's row begins with a mark for the focus and
// one for a required field, then comes its label.
const (
	marksWidth  = 2
	mostLabel   = 22
	labelGap    = 2
	twoColumns  = 112 // from this width on short fields stand in two columns,
	threeColumn = 168 // and from this one in three
	columnGap   = 2
	bottomLines = 3 // rule, help, source
)

// sheet is the whole form drawn, before it is scrolled.
type sheet struct {
	lines  []string
	cursor *tea.Cursor
	from   int // the rows of the field with the focus, with what stands under it
	to     int
}

// draw draws the whole form.
func (f *Form) draw() sheet {
	var s sheet
	n := 0
	for _, section := range f.sections() {
		titled := -1
		if section.Title != "" {
			titled = len(s.lines)
			s.lines = append(s.lines, ui.Rule(f.app.Styles, section.Title, f.w))
		}
		end := n + len(section.Fields)
		for n < end {
			if f.slots[n].hidden {
				f.drawn[n] = place{}
				n++
				continue
			}
			m := f.beside(n, end)
			f.drawRow(&s, n, m)
			if titled >= 0 && f.cur >= n && f.cur < n+m && n == end-len(section.Fields) {
				s.from = titled // the section's title stays in sight with its first field
			}
			n += m
		}
	}
	s.lines = append(s.lines, f.drawDerived()...)
	return s
}

// drawDerived draws what is computed from the record, below the fields: it is read
// and never typed. Nothing stands there while nothing is known.
func (f *Form) drawDerived() []string {
	if strings.Join(f.known, "") == "" {
		return nil
	}
	st := f.app.Styles
	lines := []string{ui.Rule(st, "自动计算", f.w)}
	labels := f.labelWidth()
	left := marksWidth + labels + labelGap
	for i, d := range f.kind.Derived {
		if i >= len(f.known) || f.known[i] == "" {
			continue
		}
		for k, text := range ui.Wrap(f.known[i], f.w-left-1) {
			label := strings.Repeat(" ", left)
			if k == 0 {
				label = strings.Repeat(" ", marksWidth) + st.Label.Render(ui.Fit(d.Label+"*", labels)) + strings.Repeat(" ", labelGap)
			}
			lines = append(lines, label+st.Muted.Render(text))
		}
	}
	return lines
}

// mostNotices bounds the lines of notices.
const mostNotices = 5

// notices are the lines above the fields, which don't scroll: why nothing can be
// changed, and what is found of the record as a whole.
func (f *Form) notices() []string {
	var all []string
	st := f.app.Styles
	if f.locked != "" {
		all = append(all, styled(st.Warning.Render, ui.Wrap(f.locked, f.w-2), marksWidth)...)
	}
	if f.open.Many != nil {
		all = append(all, styled(st.Muted.Render, []string{ui.Cut(f.open.Many.Whom, f.w-2*marksWidth)}, marksWidth)...)
	}
	if f.open.Draft != nil && f.locked == "" {
		all = append(all, styled(st.Muted.Render, []string{"接着上次没填完的填写;不要了就按 Esc,选“放弃修改”。"}, marksWidth)...)
	}
	if text := f.likeNotice(); text != "" {
		all = append(all, styled(st.Muted.Render, ui.Wrap(text, f.w-2), marksWidth)...)
	}
	for _, g := range f.general {
		all = append(all, f.findingLines(g, f.w-2, marksWidth)...)
	}
	return all[:min(len(all), mostNotices)]
}

func styled(render func(...string) string, lines []string, indent int) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.Repeat(" ", indent) + render(l)
	}
	return out
}

// findingLines writes a finding; its severity stands in words, not in colour alone.
func (f *Form) findingLines(g model.Finding, w, indent int) []string {
	render := f.app.Styles.Warning.Render
	if g.Severity == model.Fault {
		render = f.app.Styles.Fault.Render
	}
	return styled(render, ui.Wrap(g.Severity.String()+":"+g.Message, w), indent)
}

// columns is in how many columns short fields stand.
func (f *Form) columns() int {
	switch {
	case f.w >= threeColumn:
		return 3
	case f.w >= twoColumns:
		return 2
	}
	return 1
}

// beside gives how many fields from slot n on, before slot end, stand in one row.
func (f *Form) beside(n, end int) int {
	m := 1
	for f.short(n) && m < f.columns() && n+m < end && !f.slots[n+m].hidden && f.short(n+m) {
		m++
	}
	return m
}

// short reports a field that leaves room for another beside it.
func (f *Form) short(i int) bool {
	switch t := f.slots[i].field.Type; t {
	case model.TypeNote, model.TypeRefs, model.TypeRoll, model.TypeChoices:
		return false
	case model.TypeText:
		return f.slots[i].field.Width < 20
	}
	return true
}

// labelWidth is the room for labels: that of the longest.
func (f *Form) labelWidth() int {
	w := 0
	for _, s := range f.slots {
		if !s.hidden {
			w = max(w, ui.Width(s.field.Label))
		}
	}
	return min(w, mostLabel)
}

// drawRow draws m fields beside each other, the first being slot n.
func (f *Form) drawRow(s *sheet, n, m int) {
	width := f.w
	if m > 1 { // the columns of all rows begin in the same cells
		width = (f.w - columnGap*(f.columns()-1)) / f.columns()
	}
	y := len(s.lines)
	var rows []string
	x := 0
	for i := n; i < n+m; i++ {
		lines, cursor := f.drawField(i, x, y, width)
		if i == f.cur {
			s.cursor = cursor
		}
		for k, l := range lines {
			if k == len(rows) {
				rows = append(rows, "")
			}
			rows[k] = ui.FitStyled(rows[k], x) + ui.FitStyled(l, width)
		}
		x += width + columnGap
	}
	s.lines = append(s.lines, rows...)
	if f.cur >= n && f.cur < n+m {
		s.from, s.to = y, y+len(rows)
	}
}

// drawField draws a field with its label and what is found of it, at a cell of the
// whole form.
func (f *Form) drawField(i, x, y, width int) ([]string, *tea.Cursor) {
	slot, st := f.slots[i], f.app.Styles
	focused := i == f.cur && f.ready
	labels := f.labelWidth()
	left := marksWidth + labels + labelGap
	room := max(width-left-1, 8)
	w := room
	if want := slot.w.Want(); want > 0 {
		w = min(want, room)
	}
	field, cursor := slot.w.View(w, focused)
	f.drawn[i] = place{x + left, y, w, len(field)}
	head := " "
	label := st.Label.Render
	if focused {
		head, label = ">", st.Title.Render
	}
	star := " "
	if slot.field.Required {
		star = st.Required.Render("*")
	}
	lines := make([]string, 0, len(field)+1)
	for k, l := range field {
		begin := strings.Repeat(" ", left)
		if k == 0 {
			begin = head + star + label(ui.Fit(slot.field.Label, labels)) + strings.Repeat(" ", labelGap)
		}
		if focused && f.locked == "" && !f.guarded(slot) && !strings.Contains(l, "\x1b") {
			l = widget.FieldStyle.Render(l)
		}
		lines = append(lines, begin+l)
	}
	for _, g := range f.findings(i) {
		lines = append(lines, f.findingLines(g, room, left)...)
	}
	if cursor != nil && f.locked == "" && !f.guarded(slot) {
		cursor.X, cursor.Y = cursor.X+x+left, cursor.Y+y
		return lines, cursor
	}
	return lines, nil
}
