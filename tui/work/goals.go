package work

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/tui/stats"
	"taizhang/tui/summary"
	"taizhang/tui/ui"
)

// goalsRead is how this month's indicators stand to their goals.
type goalsRead struct {
	run   int
	goals []summary.Goal
}

// readGoals runs as a command; known tells how the duties stand.
func (s *work) readGoals(run int, known <-chan []model.Standing) tea.Msg {
	goals, err := summary.GoalsBeside(s.app, known)
	if err != nil {
		return ui.Failed{Err: err}
	}
	return goalsRead{run, goals}
}

// goalTitle is the room for a goal's title in the narrowest pane.
const goalTitle = 14

// goalItems draws the indicators with a goal as bars, as many as find room below
// what stands there; Enter on one opens 统计, where all of them stand.
func (s *work) goalItems(above int) []ui.Item {
	room := s.h - 1 - above - 2
	if len(s.goals) == 0 || room < 3 {
		return nil
	}
	head := "指标与目标"
	if !s.app.County { // 统计 and the summary count what is on file; these also what is due and not there
		head += "(到今天该办的)"
	}
	items := []ui.Item{{Heading: true}, {Heading: true, Label: head}}
	for i, g := range s.goals {
		rows := s.goalRows(i, g)
		if len(rows) > room {
			break
		}
		items = append(items, rows...)
		room -= len(rows)
	}
	return items
}

// goalTitles is the room that the goals' titles take: as they need, and as the pane has.
func (s *work) goalTitles() int {
	title := 0
	for _, g := range s.goals {
		title = max(title, ui.Width(g.Title))
	}
	return min(title, s.rightCells()-leastRight+goalTitle)
}

// goalRows is an indicator's bar, with what is missing in the period that runs below it;
// of one that can't be judged yet it says when it will be, and draws no bar.
func (s *work) goalRows(i int, g summary.Goal) []ui.Item {
	title := s.goalTitles()
	it := ui.Item{Key: fmt.Sprintf("goal/%d", i), Style: s.app.Styles.Fault, Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: stats.New(s.app, g.Key)}) }}
	switch g.Standing {
	case count.Reached:
		it.Style = s.app.Styles.Good
	case count.ReachedLow:
		it.Style = s.app.Styles.Warning
	}
	if g.Duty != "" {
		it.Run = func() tea.Cmd { return ui.Do(ui.Push{Screen: newDueList(s.app, g.Duty)}) }
	}
	if g.Wait != "" {
		it.Label, it.Style = ui.Fit(g.Title, title)+" 还不能判断", s.app.Styles.Muted
		return []ui.Item{it}
	}
	it.Label = ui.Fit(g.Title, title) + " " + summary.Bar(g.Share, g.Aim, max(8, min(20, s.rightCells()-title-10))) + ui.FitRight(g.Share.Percent(), 7)
	switch {
	case g.Paper > 0:
		return []ui.Item{it, {Heading: true, Label: fmt.Sprintf("    另有 %d 本在纸质台账", g.Paper)}}
	case g.Gap != "" && g.Standing != count.Reached:
		return []ui.Item{it, {Heading: true, Label: "    " + g.Gap + ",见待办"}}
	}
	return []ui.Item{it}
}

// shortItems say which of the counted indicators stand below their goals: they have no
// line of their own among what is due, and it may not look as if all was well.
func (s *work) shortItems() []ui.Item {
	if s.app.Words().Sums() { // they are of those below, and what is due of its own
		return nil
	}
	var names []string
	for _, g := range s.goals {
		if g.Duty == "" && (g.Standing == count.Short || g.Standing == count.ReachedLow) {
			names = append(names, g.Title)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []ui.Item{{Key: "short", Label: fmt.Sprintf("提示 %d 项指标没有达到目标:%s", len(names), strings.Join(names, "、")),
		Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: stats.New(s.app, "")}) }}}
}
