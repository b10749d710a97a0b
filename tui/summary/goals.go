package summary

import (
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
}

// Goals counts the figures that have a goal, of the month; those with nothing to be a
// share of are left out. It is called in a command.
func Goals(app *ui.App) ([]Goal, error) {
	b, err := county.ReadReport(app.Ctx, app.Ledger, count.Ask{Month: app.Today().Month(), Indicators: count.GoalCodes()})
	if err != nil {
		return nil, err
	}
	var all []Goal
	for _, g := range b.GoalLines(false) {
		all = append(all, Goal{Key: g.Line.Code + "." + g.Figure.Key, Title: g.Title, Share: g.Share, Aim: g.Figure.Goal, Standing: g.Standing})
	}
	return all, nil
}
