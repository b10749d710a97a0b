package fill

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/paper/fill"
	"taizhang/tui/ui"
)

// The rows above the list, and below it.
const (
	headRows = 2
	footRows = 2
)

const placeCells = 6 // of a cell's place

// fillList writes the lines: what is filled with which records, then each column and
// label with what goes into it.
func (s *screen) fillList() {
	if s.plan == nil {
		return
	}
	width := min(max(s.w/2-4, 20), 50)
	line := func(key, label, note string, v any) ui.Item {
		return ui.Item{Key: key, Label: ui.Fit(label, width), Note: note, Value: v}
	}
	items := []ui.Item{line("kind", "记录类别", s.kind().Title, s.askKind)}
	what := s.rows.what
	switch {
	case s.n == 0:
		what += ",一" + unitOf(s.kind()) + "也没有"
	case s.n > 0 && len(s.rows.ids) == 0:
		what += fmt.Sprintf(",%d %s", s.n, unitOf(s.kind()))
	}
	if s.one() && s.n > 1 {
		what += ",一" + unitOf(s.kind()) + "一张"
	}
	items = append(items, line("rows", "填哪些", what, s.askRows))
	if _, ok := fill.InMonth(s.kind(), s.app.Today().Month()); ok && len(s.rows.ids) == 0 && !s.rows.none {
		month := "不限月份"
		if s.rows.month != "" {
			month = s.rows.month.Chinese()
		}
		items = append(items, line("month", "月份", month, s.askMonth))
	}
	sheet := ""
	for i, b := range s.plan.Bindings() {
		if b.Sheet != sheet {
			sheet = b.Sheet
			items = append(items, ui.Item{Heading: true, Key: "#" + sheet, Label: " " + sheet})
		}
		place := b.Cell
		if b.Sheet == fill.LinesName {
			place = ""
		}
		items = append(items, line(fmt.Sprintf("b/%d", i), ui.Fit(place, placeCells)+strings.Join(strings.Fields(b.Heading), ""), sayOf(b), i))
	}
	for i, left := range s.plan.Left {
		items = append(items, ui.Item{Heading: true, Key: fmt.Sprintf("#left%d", i), Label: " " + left})
	}
	s.list.SetItems(items)
}

// sayOf says what a line is filled with.
func sayOf(b fill.Binding) string {
	switch {
	case b.Formula:
		return "表自己算"
	case b.Source != nil:
		return "← " + b.Source.Label
	case b.Sign:
		return "留给人签"
	}
	return "空着:不认识"
}

// known counts the lines that are filled, and those of which nothing is known.
func (s *screen) known() (bound, unknown int) {
	for _, b := range s.plan.Bindings() {
		switch {
		case b.Source != nil:
			bound++
		case !b.Sign && !b.Formula:
			unknown++
		}
	}
	return bound, unknown
}

// View implements ui.Screen.
func (s *screen) View() (string, *tea.Cursor) {
	st := s.app.Styles
	var lines []string
	switch {
	case s.busy != "":
		lines = []string{"", " " + s.busy}
	case s.result != nil:
		lines = s.resultLines()
	case s.plan == nil:
		lines = []string{"", st.Muted.Render(" 请选一张上级发来的空白表:按 " + ui.Find.Keys() + "。")}
	default:
		bound, unknown := s.known()
		head := fmt.Sprintf(" 认出 %d 格", bound)
		if unknown > 0 {
			head += fmt.Sprintf(",%d 格不认识,先空着", unknown)
		}
		lines = append(lines, st.Title.Render(ui.Cut(head, s.w)), "")
		list, _ := s.list.View(st)
		lines = append(lines, list...)
		lines = append(lines, "", st.Muted.Render(ui.Cut(" "+s.tip(), s.w)))
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), s.w, s.h), "\n"), nil
}

// tip says what the chosen line is about.
func (s *screen) tip() string {
	it, ok := s.list.Selected()
	if !ok {
		return ""
	}
	switch it.Key {
	case "kind":
		return "认错了按回车换;认对了就不用管。"
	case "rows":
		return "按回车(或 F5)换:标记的、一个视图的,或者只填一条。"
	case "month":
		return "按回车换月份。"
	}
	return "填错了按回车,从列表里选该填的;不要填的选“留空”。都对了按 F2 填好。"
}
