package work

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

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

// readGoals runs as a command.
func (s *work) readGoals(run int) tea.Msg {
	goals, err := summary.Goals(s.app)
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
	items := []ui.Item{{Heading: true}, {Heading: true, Label: "指标与目标"}}
	title := 0
	for _, g := range s.goals[:min(len(s.goals), room)] {
		title = max(title, ui.Width(g.Title))
	}
	title = min(title, s.rightCells()-leastRight+goalTitle)
	for i, g := range s.goals[:min(len(s.goals), room)] {
		style := s.app.Styles.Fault
		switch g.Standing {
		case count.Reached:
			style = s.app.Styles.Good
		case count.ReachedLow:
			style = s.app.Styles.Warning
		}
		items = append(items, ui.Item{
			Key:   fmt.Sprintf("goal/%d", i),
			Label: ui.Fit(g.Title, title) + " " + summary.Bar(g.Share, g.Aim, 8) + ui.FitRight(g.Share.Percent(), 7), Style: style, Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: stats.New(s.app, g.Key)}) },
		})
	}
	return items
}
