package county

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/county"
	"taizhang/tui/ui"
)

// columns are the states that have a column. Where there is no room for all, those apart
// have one only where there are such units, and then of the others those that are empty
// make way.
func (s *reporting) columns() []string {
	all := slices.Clone(county.States)
	for _, state := range []string{county.NotBegun, county.Gone} {
		if s.townsCells() >= wideCells || s.report.All.Of(state) > 0 {
			all = append(all, state)
		}
	}
	for _, state := range []string{county.Pending, county.ReportedLate, county.Rejected, county.OnlyLater, county.ReportedPartly} {
		used := 2 + s.townWidth() + s.stateWidth("应报") + s.stateWidth("实报")
		for _, c := range all {
			used += s.stateWidth(c)
		}
		if used <= s.townsCells() {
			break
		}
		if s.report.All.Of(state) == 0 {
			all = slices.DeleteFunc(all, func(c string) bool { return c == state })
		}
	}
	return all
}

// wideCells is the width from which on the lists show all that they have.
const wideCells = 110

func (s *reporting) townWidth() int {
	if s.townsCells() >= wideCells {
		return townCells
	}
	return fewCells
}

// stateWidth is the width of the column of a state, or of 应报 and 实报.
func (s *reporting) stateWidth(state string) int {
	if s.townsCells() >= wideCells {
		return max(ui.Width(county.BriefState(state))+2, countCells-1)
	}
	return ui.Width(county.BriefState(state)) + 1
}

func (s *reporting) View() (string, *tea.Cursor) {
	st := s.app.Styles
	lines := make([]string, 0, s.h)
	if r := s.report; r == nil {
		lines = append(lines, "", "")
	} else {
		passed := ""
		if r.Passed {
			passed = "(已过)"
		}
		lines = append(lines, " "+st.Selected.Render("< "+s.month.Chinese()+" >")+fmt.Sprintf("  截止 %s%s   %s", r.Deadline, passed, r.All.Sum()),
			st.Muted.Render(" "+s.legend()))
	}
	list, cursor := s.lists(st)
	if cursor != nil {
		cursor.Y += len(lines)
	}
	return joinLines(append(lines, list...)), cursor
}

// legend says what is worth knowing of the whole.
func (s *reporting) legend() string {
	r, text := s.report, "按 ← → 换月份"
	if s.only != "" {
		text += ";只看" + s.only + "的,按 F5 换"
	}
	if s.wait > 0 {
		text += fmt.Sprintf(";待核实的 %d 个,按 F5 看少了谁", s.wait)
	}
	if s.late > 0 {
		text += fmt.Sprintf(";封账以后又收下 %d 个,在“封账”里按 F2 更正", s.late)
	}
	if !r.Listed {
		return text + ";还没有单位名单,只列报送过的单位"
	}
	strangers, changed := 0, 0
	for i := range r.Units {
		if !r.Units[i].OnList {
			strangers++
		}
		if r.Units[i].KeyChanged {
			changed++
		}
	}
	if strangers > 0 {
		text += fmt.Sprintf(";名单外的单位 %d 个", strangers)
	}
	if changed > 0 {
		text += fmt.Sprintf(";密钥变了的 %d 个,请打电话核对", changed)
	}
	return text
}

// unitHead names the columns of the units, townHead those of the townships.
func (s *reporting) unitHead() string {
	text := ui.Fit("状态", stateCells) + s.town("乡镇") + ui.Fit(s.app.Words().Unit, s.nameWidth()) + " " + ui.Fit("电话", 12)
	if s.unitsCells() >= wideCells {
		text += ui.Fit("收到", 12) + ui.Fit("校验数字", 11)
	}
	return text + "  说明"
}

func (s *reporting) townHead() string {
	text := ui.Fit("乡镇", s.townWidth()) + ui.FitRight("应报", s.stateWidth("应报")) + ui.FitRight("实报", s.stateWidth("实报"))
	if s.report == nil {
		return text
	}
	for _, state := range s.columns() {
		text += ui.FitRight(county.BriefState(state), s.stateWidth(state))
	}
	return text
}
