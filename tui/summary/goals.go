package summary

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
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
	names := map[*count.Entry]count.Row{}
	var order []*count.Entry
	for _, r := range b.Rows() {
		if !r.Counts() || r.Figure.Goal == 0 {
			continue
		}
		g := sums[r.Figure]
		if g == nil {
			g = &Goal{Title: titleOf(r), Aim: r.Figure.Goal}
			sums[r.Figure] = g
			names[r.Figure] = count.Row{Indicator: r.Indicator, Figure: r.Figure}
			order = append(order, r.Figure)
		}
		s := r.Share(&b.Columns[0])
		g.Share.N, g.Share.Of = g.Share.N+s.N, g.Share.Of+s.Of
		g.Standing = count.Row{Indicator: r.Indicator, Figure: r.Figure}.Standing(g.Share)
	}
	settled, err := count.OnPaper(app.Ctx, app.Ledger)
	if err != nil {
		return nil, err
	}
	var all []Goal
	for _, f := range order {
		if names[f].Indicator.Code == shelfIndicator {
			sums[f].Paper = count.ShelfOnPaper(settled, string(app.Today())[:4], func(no int) bool { return shelved(&b.Columns[0], no) })
		}
		if g := *sums[f]; agree(&g, names[f], standings).Share.Of > 0 || g.Wait != "" {
			all = append(all, g)
		}
	}
	return all, nil
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
func agree(g *Goal, r count.Row, standings []model.Standing) *Goal {
	for _, s := range standings {
		if s.Figure == r.Indicator.Code+"."+r.Figure.Key {
			g.Share = count.Share{N: s.Met, Of: s.Asked}
			g.Duty, g.Gap = s.Code, s.Gap
			if s.Asked == 0 {
				g.Wait = s.Wait
			}
			g.Standing = r.Standing(g.Share)
		}
	}
	return g
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
