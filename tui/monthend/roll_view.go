package monthend

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/tui/ui"
)

func (s *roll) View() (string, *tea.Cursor) {
	lines := s.balanceLines()
	entries, cursor := s.list.View(s.app.Styles)
	if cursor != nil {
		cursor.Y += rollHead
	}
	lines = append(lines, entries...)
	for len(lines) < s.h-rollFoot {
		lines = append(lines, "")
	}
	lines = append(lines, ui.Rule(s.app.Styles, "", s.w))
	return strings.Join(append(lines, s.chosenLines()...), "\n"), cursor
}

// balanceLines are the month's balance: rollHead lines.
func (s *roll) balanceLines() []string {
	if !s.ready {
		return make([]string, rollHead)
	}
	b, st := &s.b, s.app.Styles
	opened := ""
	if b.Opened > 0 {
		opened = fmt.Sprintf("(其中期初在册 %d)", b.Opened)
	}
	lines := []string{
		fmt.Sprintf(" 上月底 %d%s", b.Opening, opened),
		" " + counted(b, 2, 3, 4, 5),
		" " + counted(b, 7, 8, 9, 10, 11),
		fmt.Sprintf(" 应有 %d   名册上 %d(预备党员 %d)   ", b.Expected, b.Closing, b.Probationary),
	}
	switch {
	case b.Closes():
		lines[3] += st.Good.Render("对上了")
	case len(b.Gaps) > 0:
		lines[3] += st.Fault.Render(fmt.Sprintf("差 %d,有 %d 个人要说明", b.Difference, len(b.Gaps)))
	default:
		lines[3] += st.Fault.Render(fmt.Sprintf("差 %d", b.Difference))
	}
	lines[0] += "   " + s.state()
	for i := range lines {
		lines[i] = ui.FitStyled(lines[i], s.w)
	}
	return append(lines, ui.Rule(st, fmt.Sprintf("名册 %d 人,已核对 %d 人", len(s.people), s.confirmed()), s.w))
}

// state says whether the month is closed, and whether what stands now differs.
func (s *roll) state() string {
	c, st := s.b.Closed, s.app.Styles
	switch {
	case c == nil:
		return st.Warning.Render("还没有结账")
	case len(s.b.Changed) > 0 || c.Members != s.b.Closing:
		return st.Fault.Render(fmt.Sprintf("%s 结账 %d 名,后来改过,与现在不同", ui.LocalTime(c.At), c.Members))
	}
	return st.Good.Render(fmt.Sprintf("%s 已结账 %d 名", ui.LocalTime(c.At), c.Members))
}

func (s *roll) confirmed() int {
	n := 0
	for _, r := range s.people {
		if s.reviewed[r.ID] != "" {
			n++
		}
	}
	return n
}

// counted gives a line of the table and those below it that are not 0.
func counted(b *membership.Reckoning, no int, parts ...int) string {
	lines := b.Lines()
	label := func(no int) string { return strings.TrimSpace(lines[no-1].Label) }
	_, name, _ := strings.Cut(label(no), "、")
	var texts []string
	for _, p := range parts {
		if n := lines[p-1].Count; n > 0 {
			texts = append(texts, fmt.Sprintf("%s %d", label(p), n))
		}
	}
	text := fmt.Sprintf("%s %d", name, lines[no-1].Count)
	if len(texts) > 0 {
		text += ":" + strings.Join(texts, "、")
	}
	return text
}

// chosenLines say what is to be done about the chosen entry, or why the month
// doesn't close.
func (s *roll) chosenLines() []string {
	text, style := s.fault, s.app.Styles.Fault
	if it, ok := s.list.Selected(); ok && text == "" {
		switch v := it.Value.(type) {
		case membership.Gap:
			text, style = model.Clean(v.Name, false)+":"+v.Text, s.app.Styles.Label
		case *model.Record:
			text, style = "人在、情况没有变的按 Ctrl+B 打 √;有变化的按回车打开,来去变动用办理变动登记", s.app.Styles.Muted
		}
	}
	lines := ui.Wrap(text, s.w-2)
	if len(lines) >= rollFoot {
		lines = lines[:rollFoot-1]
		lines[rollFoot-2] = ui.Cut(lines[rollFoot-2]+"……", s.w-2)
	}
	for i := range lines {
		lines[i] = " " + style.Render(lines[i])
	}
	return lines
}
