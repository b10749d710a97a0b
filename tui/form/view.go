package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/form/widget"
	"taizhang/tui/ui"
)

// View implements ui.Screen: the form scrolled to the field with the focus, below
// it what helps with that field, above both the open list.
func (f *Form) View() (string, *tea.Cursor) {
	if f.kind == nil {
		text := "\n  台账里没有“" + ui.Clean(f.open.Kind) + "”这种记录,可能是用更新的程序填的。请按 Esc 返回。"
		return strings.Join(ui.Lines(text, f.w, f.h), "\n"), nil
	}
	s := f.draw()
	lines := make([]string, 0, f.h)
	for _, l := range f.notices() {
		lines = append(lines, ui.FitStyled(l, f.w))
	}
	f.head = len(lines)
	h := f.h - bottomLines - f.head
	f.scroll(s, h)
	for i := range h {
		line := ""
		if f.top+i < len(s.lines) {
			line = s.lines[f.top+i]
		}
		lines = append(lines, ui.FitStyled(line, f.w))
	}
	cursor := s.cursor
	if cursor != nil {
		cursor.Y += f.head - f.top
		if cursor.Y < f.head || cursor.Y >= f.head+h {
			cursor = nil
		}
	}
	lines = f.drawList(lines, f.head+h)
	lines = append(lines, f.bottom(s, h)...)
	return strings.Join(lines, "\n"), cursor
}

// scroll brings the field with the focus into sight, with what stands under it and
// where it can a line of its neighbours.
func (f *Form) scroll(s sheet, h int) {
	to := min(s.to+1, len(s.lines))
	if f.top > s.from-1 {
		f.top = max(s.from-1, 0)
	}
	if to > f.top+h {
		f.top = to - h
	}
	if s.cursor != nil { // a field higher than the room: the caret counts
		f.top = max(min(f.top, s.cursor.Y), s.cursor.Y-h+1)
	}
	f.top = max(0, min(f.top, len(s.lines)-h))
}

// bottom draws what helps with the field that has the focus: what it is, how it is
// filled in and from which regulation its finding comes.
func (f *Form) bottom(s sheet, h int) []string {
	st, slot := f.app.Styles, f.focused()
	title := slot.field.Label
	if slot.field.Required {
		title += "(必填)"
	}
	if f.top+h < len(s.lines) {
		title += " · 下面还有"
	}
	lines := []string{ui.Rule(st, title, f.w), "", ""}
	text := slot.field.Help
	if f.open.Many != nil && slot.field.Later {
		text = "各人不一样的先空着:记成“" + model.Pending + "”,以后按工作台的待办逐条补上"
	}
	if text == "" || f.guarded(slot) || !(host{f}).MayMake(slot.field) {
		text = f.usage(slot)
	}
	help := ui.Wrap(text, f.w-2)
	lines[1] = " " + help[0]
	if found := f.findings(f.cur); len(found) > 0 && found[0].Source != "" {
		lines[2] = " " + ui.Cut("依据:"+found[0].Source, f.w-2)
	} else if len(help) > 1 {
		lines[2] = " " + help[1]
	} else if slot.field.Help != "" && text != f.usage(slot) {
		lines[2] = " " + ui.Cut(f.usage(slot), f.w-2)
	}
	for i, l := range lines {
		if i > 0 {
			l = st.Muted.Render(l)
		}
		lines[i] = ui.FitStyled(l, f.w)
	}
	return lines
}

// usage says how a field of this type is filled in.
func (f *Form) usage(s *slot) string {
	if f.locked != "" {
		return ""
	}
	if f.guarded(s) {
		return f.guardText(s)
	}
	return usages[s.field.Type.Name()]
}

// usages are the sentences on how each type is filled in.
var usages = map[string]string{
	"note":      "可以写几行,回车换行;写完按 Tab 到下一项",
	"date":      "写成 20230701、2023.7.1 或 2023年7月1日 都行",
	"month":     "写 10(就是10月)、上月、去年12月、202307 或 2023年7月 都行",
	"money":     "单位:元",
	"bool":      "按空格换 是 / 否",
	"choice":    "打字(拼音也行)缩小列表,回车选定;按 ↓ 看全部",
	"choices":   "可以选几个:打字、回车,再打字、回车;空着按退格去掉最后一个",
	"ref":       "打名字或拼音首字母来找,回车选定;按 ↓ 看全部",
	"refs":      "可以选几个:打名字、回车,再打名字、回车;空着按退格去掉最后一个",
	"roll":      "打名字、回车改状态;← → 换状态;↓ 看全体名单;退格撤回上一个",
	"org_code":  "打名称、拼音或代码来找;按 ↓ 看全部",
	"id_number": "18 位,末位 X 大小写都行",
}

// drawList lays the open list over the form: below its field, or above it where
// there is more room.
func (f *Form) drawList(lines []string, h int) []string {
	f.dropped = place{}
	if !f.ready {
		return lines
	}
	l := f.focused().w.List()
	if l == nil {
		return lines
	}
	at := f.drawn[f.cur]
	y := at.y - f.top + f.head
	w, want := l.Size(h)
	below, above := h-(y+at.h), y
	height := min(want, below)
	top := y + at.h
	if below < want && above > below {
		height = min(want, above)
		top = y - height
	}
	if height < 3 {
		height = min(3, h)
		top = min(top, h-height)
	}
	w = min(w, f.w)
	x := min(at.x, f.w-w)
	f.dropped = place{x, top, w, height}
	return ui.Over(lines, l.Boxed(f.app.Styles, w, height), x, top)
}

// click gives the focus to a field and puts the caret there, or takes an entry of
// the open list.
func (f *Form) click(m tea.MouseClickMsg) tea.Cmd {
	if m.Button != tea.MouseLeft {
		return nil
	}
	s := f.focused()
	if l := s.w.List(); l != nil && f.dropped.holds(m.X, m.Y) {
		if !l.Click(m.X-f.dropped.x-1, m.Y-f.dropped.y-1) {
			return nil
		}
		out, cmd := s.w.Pick()
		cmd = tea.Batch(cmd, f.noticed(s))
		if out == widget.Onward {
			return tea.Batch(cmd, f.leave())
		}
		return cmd
	}
	if m.Y < f.head || m.Y >= f.h-bottomLines {
		return nil
	}
	y := m.Y + f.top - f.head
	for i, p := range f.drawn {
		row := place{p.x - marksWidth - f.labelWidth() - labelGap, p.y, p.w + marksWidth + f.labelWidth() + labelGap, p.h}
		if !row.holds(m.X, y) {
			continue
		}
		f.clickedAgain = i == f.cur
		cmd := f.goTo(i)
		if f.locked != "" {
			return cmd
		}
		s := f.slots[i]
		cmd = tea.Batch(cmd, s.w.Click(max(m.X-p.x, 0), y-p.y))
		return tea.Batch(cmd, f.noticed(s))
	}
	return nil
}

// wheel moves in the open list, else from field to field.
func (f *Form) wheel(m tea.MouseWheelMsg) tea.Cmd {
	if l := f.focused().w.List(); l != nil {
		l.Wheel(m)
		return nil
	}
	switch m.Button {
	case tea.MouseWheelUp:
		return f.goTo(max(f.cur-1, 0))
	case tea.MouseWheelDown:
		return f.goTo(min(f.cur+1, len(f.slots)-1))
	}
	return nil
}
