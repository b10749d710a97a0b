package summary

import (
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// Goal is a figure with a goal, for the work table.
type Goal struct {
	Key      string // CODE.KEY of the figure
	Title    string
	Share    count.Share
	Aim      int // the percentage aimed at
	Standing int // as count.Row.Standing
	// Duty is the code of what falls due where the figure is told by the same rule, ""
	// for one that is only counted; Gap and Wait are as model.Standing's.
	Duty, Gap, Wait string
	// Paper counts, of the ledgers on the shelf, those that stand there on paper alone.
	// They are not in the share: nothing of them is in this book.
	Paper int
}

// Goals counts the figures that have a goal, of the month; those with nothing to be a
// share of are left out. Those of duties that come again and again stand as the rule has
// it that says what is due of them. It is called in a command.
func Goals(app *ui.App) ([]Goal, error) {
	_, standings, err := app.Ledger.Duties(app.Ctx, app.Today())
	if err != nil {
		return nil, err
	}
	known := make(chan []model.Standing, 1)
	known <- standings
	return GoalsBeside(app, known)
}

// GoalsBeside is Goals where another finds out meanwhile how the duties stand. None where
// that ends without saying so.
func GoalsBeside(app *ui.App, known <-chan []model.Standing) ([]Goal, error) {
	b, err := county.ReadReport(app.Ctx, app.Ledger, count.Ask{Month: app.Today().Month(), Indicators: count.GoalCodes()})
	if err != nil {
		return nil, err
	}
	settled, err := count.OnPaper(app.Ctx, app.Ledger)
	if err != nil {
		return nil, err
	}
	standings, ok := <-known
	if !ok {
		return nil, nil
	}
	var all []Goal
	for _, line := range b.GoalLines(true) {
		g := Goal{Key: line.Line.Code + "." + line.Figure.Key, Title: line.Title, Share: line.Share, Aim: line.Figure.Goal, Standing: line.Standing}
		if line.Line.Code == shelfIndicator {
			g.Paper = count.ShelfOnPaper(settled, string(app.Today())[:4], func(no int) bool { return shelved(&b.Columns[0], no) })
		}
		g.agree(line, standings)
		if g.Share.Of > 0 || g.Wait != "" {
			all = append(all, g)
		}
	}
	return all, nil
}

// GoalsOf gives the figures of a summary that have a goal, where no records stand beside it:
// those of an office above counties.
func GoalsOf(b *count.Report) []Goal {
	var all []Goal
	for _, line := range b.GoalLines(false) {
		if line.Share.Of > 0 {
			all = append(all, Goal{Key: line.Line.Code + "." + line.Figure.Key, Title: line.Title, Share: line.Share, Aim: line.Figure.Goal, Standing: line.Standing})
		}
	}
	return all
}

// shelfIndicator is 台账完整度, and shelfParts its figure that is split by ledgers.
const (
	shelfIndicator = "G01"
	shelfParts     = "by_ledger"
)

// shelved tells whether the ledger of that number has a record: its parts begin with it.
func shelved(c *count.Column, no int) bool {
	for part, n := range c.Values[shelfIndicator][shelfParts] {
		if n > 0 && strings.HasPrefix(part, fmt.Sprintf("%02d ", no)) {
			return true
		}
	}
	return false
}

// agree puts a duty's standing in the place of what was counted.
func (g *Goal) agree(line count.GoalLine, standings []model.Standing) {
	for _, s := range standings {
		if s.Figure != g.Key {
			continue
		}
		g.Share = count.Share{N: s.Met, Of: s.Asked}
		g.Duty, g.Gap = s.Code, s.Gap
		if s.Asked == 0 {
			g.Wait = s.Wait
		}
		g.Standing = count.Row{Indicator: line.Line, Figure: line.Figure}.Standing(g.Share)
	}
}
