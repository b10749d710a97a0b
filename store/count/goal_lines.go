package count

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// GoalLine is a figure with a goal, as it stands for all organisations and all parts.
type GoalLine struct {
	Title    string // of the indicator, or of the figure where it has several goals
	Line     *Line
	Figure   *Entry
	Share    Share
	Standing int // as Row.Standing
}

// GoalCodes gives the codes of the indicators that have a figure with a goal.
func GoalCodes() []string {
	var codes []string
	for _, g := range Goals() {
		if !slices.Contains(codes, g.Indicator.Code) {
			codes = append(codes, g.Indicator.Code)
		}
	}
	return codes
}

// GoalLines gives the figures of a report that have a goal, in its order. Those with
// nothing to be a share of are left out, unless empty asks for them too.
func (b *Report) GoalLines(empty bool) []GoalLine {
	at, known := map[*Entry]int{}, figuresByName(Indicators())
	var all []GoalLine
	for _, r := range b.Rows() {
		if !r.Counts() || r.Figure.Goal == 0 {
			continue
		}
		i, ok := at[r.Figure]
		if !ok {
			i = len(all)
			at[r.Figure] = i
			all = append(all, GoalLine{Title: goalTitle(r, known), Line: r.Indicator, Figure: r.Figure})
		}
		s, g := r.Share(&b.Columns[0]), &all[i]
		g.Share.None = g.Share.None || s.None
		g.Share.N, g.Share.Of = g.Share.N+s.N, g.Share.Of+s.Of
		g.Standing = Row{Indicator: r.Indicator, Figure: r.Figure}.Standing(g.Share)
	}
	if !empty {
		all = slices.DeleteFunc(all, func(g GoalLine) bool { return g.Share.Of <= 0 })
	}
	return all
}

// goalTitle is the figure's Aim, or else the indicator's title, or the figure's where it has several goals.
func goalTitle(r Row, known map[string]figureOf) string {
	if f := known[r.Indicator.Code+"."+r.Figure.Key].figure; f != nil && f.Aim != "" {
		return f.Aim
	}
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

// BehindPart is a titled part of the records behind a picture's row: those of a figure,
// or with Less those that a figure has beyond another.
type BehindPart struct {
	Title string
	Of    FigurePart
	Less  *FigurePart
}

// BehindParts gives the records of each part, as SummaryBehind does. Of a part with Less
// those remain that the lesser figure has not, or has fewer of.
func BehindParts(ctx context.Context, l *store.Ledger, q SummaryQuery, group string, parts []BehindPart) ([][]Behind, error) {
	var figures []FigurePart
	for _, p := range parts {
		figures = append(figures, p.Of)
		if p.Less != nil {
			figures = append(figures, *p.Less)
		}
	}
	all, err := SummaryBehindEach(ctx, l, q, group, figures)
	if err != nil {
		return nil, err
	}
	lists := make([][]Behind, len(parts))
	at := 0
	for i, p := range parts {
		lists[i] = all[at]
		at++
		if p.Less != nil {
			lists[i] = lessThan(lists[i], all[at])
			at++
		}
	}
	return lists, nil
}

// lessThan takes from the records of one figure what another has of them.
func lessThan(of, less []Behind) []Behind {
	has := map[[2]string]int64{}
	for _, b := range less {
		has[[2]string{b.Kind, b.ID}] += b.N
	}
	var rest []Behind
	for _, b := range of {
		if b.N -= has[[2]string{b.Kind, b.ID}]; b.N > 0 {
			rest = append(rest, b)
		}
	}
	return rest
}

// ShareIn gives the figure's share in a column, the parts of a split figure together.
func (g GoalLine) ShareIn(c *Column) Share {
	var s Share
	if !c.Known(g.Line.Code, g.Figure.Key) || !c.Known(g.Line.Code, g.Figure.Of) {
		return Share{None: true}
	}
	for _, n := range c.Values[g.Line.Code][g.Figure.Key] {
		s.N += n
	}
	for _, n := range c.Values[g.Line.Code][g.Figure.Of] {
		s.Of += n
	}
	if _, some := c.Over(g.Line.Code, g.Figure.Key); some {
		for _, n := range c.Apart[g.Line.Code][g.Figure.Of] {
			s.Of -= n
		}
	}
	return s
}

// goalPrefix begins the county's parameters that set a figure's goal.
const goalPrefix = "goal."

// Goal is the goal of a figure as a county can set it: the parameter goal.CODE.KEY, a
// whole percentage, 0 for none.
type Goal struct {
	Name      string // goal.CODE.KEY
	Indicator *Indicator
	Figure    *Figure
}

// Goals gives the figures of the summary that have a goal, in its order.
func Goals() []Goal {
	var all []Goal
	for _, ind := range Indicators() {
		for i := range ind.Figures {
			if f := &ind.Figures[i]; f.Goal > 0 {
				all = append(all, Goal{goalPrefix + ind.Code + "." + f.Key, ind, f})
			}
		}
	}
	return all
}

// Title says in Chinese what the goal is of.
func (g Goal) Title() string {
	return g.Indicator.Code + " " + g.Indicator.Title + "的目标:" + g.Figure.Title
}

// CheckGoal judges a parameter of a county's: known tells that it sets a goal. It
// refuses a goal of a figure that has none, or a value that is no whole percentage, by
// an Error E-PARAM.
func CheckGoal(name, value string) (known bool, err error) {
	if !strings.HasPrefix(name, goalPrefix) {
		return false, nil
	}
	for _, g := range Goals() {
		if g.Name != name {
			continue
		}
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n > 100 {
			return true, model.Errorf("E-PARAM", "参数 %s(%s)的值“%s”不是 0 到 100 的整数", name, g.Title(), value)
		}
		return true, nil
	}
	return false, model.Errorf("E-PARAM", "没有名为 %s 的参数", name)
}
