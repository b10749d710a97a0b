package work

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	storecounty "taizhang/store/county"
	"taizhang/tui/summary"
	"taizhang/tui/ui"
)

// sumsRead is what those below have reported to an office above counties: of the newest
// month that any of them sent.
type sumsRead struct {
	run   int
	month model.Month
	who   string // how many have reported
	lines []sumLine
	goals []summary.Goal
}

type sumLine struct {
	key, title, unit string
	n                int64
}

// sumIndicators are those whose figures stand beside the acts: organisations and members.
var sumIndicators = []string{"A01", "A02"}

// readSums runs as a command.
func (s *work) readSums(run int) tea.Msg {
	ask := count.Ask{Indicators: append(append([]string{}, sumIndicators...), count.GoalCodes()...)}
	b, err := storecounty.ReadReport(s.app.Ctx, s.app.Ledger, ask)
	if err != nil {
		return ui.Failed{Err: err}
	}
	m := sumsRead{run: run, month: b.Period.Month}
	if r := b.Returns; r != nil {
		m.who = fmt.Sprintf("应报 %d,实报 %d", r.Due, r.In)
	}
	if b.Columns[0].Absent { // nothing has come yet
		return m
	}
	for i := range b.Indicators {
		line := &b.Indicators[i]
		if !slices.Contains(sumIndicators, line.Code) {
			continue
		}
		for _, f := range line.Figures {
			if !f.Split {
				m.lines = append(m.lines, sumLine{line.Code + "." + f.Key, f.Title, f.Unit, b.Columns[0].Values[line.Code][f.Key][""]})
			}
		}
	}
	m.goals = summary.GoalsOf(b)
	return m
}

// sumItems are the figures of the whole area, as reported; Enter on one opens 汇总.
func (s *work) sumItems() []ui.Item {
	whole := s.app.Words().Whole()
	if s.sums == nil {
		return []ui.Item{{Heading: true, Label: whole}}
	}
	open := func() tea.Cmd { return ui.Do(ui.Push{Screen: summary.New(s.app)}) }
	items := []ui.Item{{Heading: true, Label: whole + "(" + s.sums.month.Chinese() + "," + s.sums.who + ")"}}
	if len(s.sums.lines) == 0 {
		return append(items, ui.Item{Key: "sum", Label: "还没有收过汇总", Style: s.app.Styles.Muted, Run: open})
	}
	for _, l := range s.sums.lines {
		items = append(items, ui.Item{Key: "sum/" + l.key, Label: ui.Fit(l.title, 18) + ui.FitRight(fmt.Sprintf("%d %s", l.n, l.unit), 9), Run: open})
	}
	return items
}
