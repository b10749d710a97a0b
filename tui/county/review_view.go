package county

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui/ui"
)

func (s *review) fill(waiting []county.Undecided) {
	s.waiting = waiting
	s.list.Empty = "没有待核实的报送包"
	items := make([]ui.Item, len(waiting))
	for n := range waiting {
		u := &s.waiting[n]
		name := model.BriefName(model.Clean(u.Name, false), s.app.Ledger.Home().Text("county"))
		items[n] = ui.Item{Key: u.Code, Label: ui.Fit(name, s.w/3) + fmt.Sprintf("  %s 第 %d 号  %s", u.Month.Chinese(), u.Sequence, gistLost(u.Lost, s.app.Words())),
			Value: u, Style: s.app.Styles.Warning}
	}
	s.list.SetItems(items)
	s.fit()
}

// gistLost says in a few words what would be lost.
func gistLost(l *send.Lost, w bundle.Words) string {
	if l == nil {
		return ""
	}
	var parts []string
	if n := len(l.Persons); n > 0 {
		parts = append(parts, fmt.Sprintf("少 %d 名党员", n))
	}
	switch n := len(l.Kinds); {
	case n > 0 && w.Sums():
		for _, k := range l.Kinds {
			parts = append(parts, fmt.Sprintf("少 %d 个%s", k.Gone, k.Kind))
		}
	case n > 0:
		parts = append(parts, fmt.Sprintf("%d 类记录少了许多", n))
	}
	return strings.Join(parts, ",")
}

// View implements ui.Screen.
func (s *review) View() (string, *tea.Cursor) {
	st := s.app.Styles
	w := s.app.Words()
	head := "照这些包换下去,会有人或记录不明不白地少了。打电话问过村里再定:"
	if w.Sums() {
		head = "照这些包换下去,汇总的单位比上次少了。打电话问过" + w.There + "再定:"
	}
	if len(s.waiting) == 0 {
		head = ""
	}
	lines := []string{" " + st.Title.Render(ui.Cut(head, s.w-2)), ""}
	list, _ := s.list.View(st)
	lines = append(lines, list...)
	for len(lines) < reviewHead+min(len(s.waiting), (s.h-reviewHead)/3) {
		lines = append(lines, "")
	}
	lost := "少了谁"
	if w.Sums() {
		lost = "少了多少"
	}
	var cursor *tea.Cursor
	foot, at := s.foot()
	if u := s.chosen(); u != nil {
		lines = append(append(lines, ui.Rule(st, lost, s.w)), s.names(u)...)
	}
	room := max(s.h-len(foot), 1)
	if len(lines) > room {
		lines = append(lines[:room-1], st.Muted.Render("  …"))
	}
	for len(lines) < room {
		lines = append(lines, "")
	}
	if at != nil {
		cursor = tea.NewCursor(at.X, at.Y+len(lines))
	}
	return joinLines(append(lines, foot...)), cursor
}

// names tells in full what would be lost, whom to call and what the person may say.
func (s *review) names(u *county.Undecided) []string {
	var lines []string
	add := func(text string) {
		for _, l := range ui.Wrap(text, s.w-2) {
			lines = append(lines, " "+l)
		}
	}
	add(u.Reason)
	lines = append(lines, "")
	call := "收到 " + ui.LocalTime(u.At)
	if u.Phone != "" {
		call = "电话 " + u.Phone + "   " + call
	}
	add(call)
	return lines
}

// foot is what is typed, decided or wrong, at the bottom.
func (s *review) foot() (lines []string, cursor *tea.Cursor) {
	st := s.app.Styles
	prompt := func(title, label, text string, x int) {
		lines = append(lines, ui.Rule(st, title, s.w), " "+st.Label.Render(label)+text)
		cursor = tea.NewCursor(1+ui.Width(label)+x, len(lines)-1)
	}
	switch s.step {
	case reviewAsked:
		const label = "问了谁、怎么说的 "
		s.asked.SetWidth(s.w - ui.Width(label) - 3)
		text, at := s.asked.View()
		prompt("收下", label, text, at.X)
	case reviewSecret:
		hidden := strings.Repeat("*", min(len([]rune(s.secret)), max(s.w-12, 1)))
		prompt(KeysName(s.app)+"加了口令", "口令 ", hidden, len(hidden))
	case reviewAtWork:
		lines = append(lines, " "+st.Muted.Render("正在办…"))
	}
	if s.note != "" && s.step == reviewChoose && s.fault == "" {
		lines = append(lines, " "+st.Good.Render(ui.Cut(s.note, s.w-2)))
	}
	for _, l := range ui.Wrap(s.fault, s.w-2) {
		if l != "" {
			lines = append(lines, " "+st.Fault.Render(l))
		}
	}
	return lines, cursor
}
