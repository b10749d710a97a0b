package summary

import (
	"slices"

	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// Goal is a figure with a goal, for the work table.
type Goal struct {
	Title    string
	Share    count.Share
	Aim      int // the percentage aimed at
	Standing int // as report.Row.Standing
}

// Goals counts the figures that have a goal, of the month; those with nothing to be a
// share of are left out. It is called in a command.
func Goals(app *ui.App) ([]Goal, error) {
	var codes []string
	for _, ind := range count.Indicators() {
		if slices.ContainsFunc(ind.Figures, func(f count.Figure) bool { return f.Goal > 0 }) {
			codes = append(codes, ind.Code)
		}
	}
	b, err := county.ReadReport(app.Ctx, app.Ledger, count.Ask{Month: app.Today().Month(), Indicators: codes})
	if err != nil {
		return nil, err
	}
	sums := map[*count.Entry]*Goal{}
	var order []*count.Entry
	for _, r := range b.Rows() {
		if !r.Counts() || r.Figure.Goal == 0 {
			continue
		}
		g := sums[r.Figure]
		if g == nil {
			g = &Goal{Title: titleOf(r), Aim: r.Figure.Goal}
			sums[r.Figure] = g
			order = append(order, r.Figure)
		}
		s := r.Share(&b.Columns[0])
		g.Share.N, g.Share.Of = g.Share.N+s.N, g.Share.Of+s.Of
		g.Standing = count.Row{Indicator: r.Indicator, Figure: r.Figure}.Standing(g.Share)
	}
	var all []Goal
	for _, f := range order {
		if sums[f].Share.Of > 0 {
			all = append(all, *sums[f])
		}
	}
	return all, nil
}

// titleOf is the indicator's title, or the figure's where it has several goals.
func titleOf(r count.Row) string {
	n := 0
	for _, f := range r.Indicator.Figures {
		if f.Goal > 0 {
			n++
		}
	}
	if n > 1 {
		return r.Figure.Title
	}
	return r.Indicator.Title
}
