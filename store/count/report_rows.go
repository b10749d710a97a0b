package count

import (
	"fmt"
	"strings"
)

// Row is one line of the summary: a group's or an indicator's heading, a figure, or a
// part of one.
type Row struct {
	Group     string // of a group's heading
	Indicator *Line  // nil for a group's heading
	Figure    *Entry // nil for a heading
	Part      string // of a figure that is split
	IsPart    bool   // a part; its figure's own row has no numbers
	Bare      bool   // a split figure's own row, above its parts; without parts it says 0
}

// Rows gives the lines of the summary, in its order.
func (b *Report) Rows() []Row {
	var rows []Row
	group := ""
	for i := range b.Indicators {
		ind := &b.Indicators[i]
		if ind.Group != group {
			group = ind.Group
			rows = append(rows, Row{Group: group})
		}
		rows = append(rows, Row{Indicator: ind})
		for n := range ind.Figures {
			f := &ind.Figures[n]
			if !f.Split {
				rows = append(rows, Row{Indicator: ind, Figure: f})
				continue
			}
			parts := b.Parts(ind, f)
			rows = append(rows, Row{Indicator: ind, Figure: f, Bare: len(parts) > 0})
			for _, part := range parts {
				rows = append(rows, Row{Indicator: ind, Figure: f, Part: part, IsPart: true})
			}
		}
	}
	return rows
}

// Heading gives "A02 党员数".
func (i *Line) Heading() string { return i.Code + " " + i.Title }

// Label gives what a figure's row is called, parts with their indent.
func (r Row) Label() string {
	switch {
	case r.Indicator == nil:
		return r.Group
	case r.Figure == nil:
		return r.Indicator.Heading()
	case r.IsPart && r.Part == "":
		return "  (没有填)"
	case r.IsPart:
		return "  " + r.Part
	case r.Figure.Goal > 0 && r.Figure.Low > 0:
		return fmt.Sprintf("%s(目标%d%%,低线%d%%)", r.Figure.Title, r.Figure.Goal, r.Figure.Low)
	case r.Figure.Goal > 0:
		return fmt.Sprintf("%s(目标%d%%)", r.Figure.Title, r.Figure.Goal)
	}
	return r.Figure.Title
}

// Counts tells a row that has numbers.
func (r Row) Counts() bool { return r.Figure != nil && !r.Bare }

// Share is a number and what it is a share of.
type Share struct {
	N, Of int64
	Whole bool // it is no share: there is no Of
	None  bool // there is no number at all, of a figure without a dated past: N and Of are 0
}

// Share gives a row's number in a column.
func (r Row) Share(c *Column) Share {
	s := Share{N: c.Value(r.Indicator.Code, r.Figure.Key, r.Part), Whole: true, None: !c.Known(r.Indicator.Code, r.Figure.Key)}
	of := r.Indicator.figure(r.Figure.Of)
	if of == nil {
		return s
	}
	if s.None = s.None || !c.Known(r.Indicator.Code, of.Key); s.None {
		return Share{None: true}
	}
	part := r.Part
	if !of.Split {
		part = ""
	}
	s.Whole, s.Of = false, c.Value(r.Indicator.Code, of.Key, part)
	if c.Lacks[r.Indicator.Code+"."+r.Figure.Key] > 0 {
		s.Of -= c.Apart[r.Indicator.Code][of.Key][part] // of those organisations whose N is known
	}
	return s
}

// Permille gives the share in tenths of a percent, rounded; false where there is
// nothing to be a share of.
func (s Share) Permille() (int64, bool) {
	if s.Whole || s.Of <= 0 {
		return 0, false
	}
	return (s.N*2000 + s.Of) / (2 * s.Of), true
}

// Percent gives "35.3%", or "—" where there is nothing to be a share of.
func (s Share) Percent() string {
	p, ok := s.Permille()
	if !ok {
		return "—"
	}
	return tenths(p) + "%"
}

func tenths(p int64) string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	return fmt.Sprintf("%s%d.%d", sign, p/10, p%10)
}

// The ways in which a goal stands.
const (
	NoGoal = iota // no goal, or nothing to be a share of
	Reached
	ReachedLow // only the lesser goal
	Short
)

// Standing tells how a share stands to the figure's goal.
func (r Row) Standing(s Share) int {
	f := r.Figure
	switch {
	case f == nil || f.Goal == 0 || s.Whole || s.Of <= 0:
		return NoGoal
	case s.N*100 >= int64(f.Goal)*s.Of:
		return Reached
	case f.Low > 0 && s.N*100 >= int64(f.Low)*s.Of:
		return ReachedLow
	}
	return Short
}

// Number writes a number with its unit's marks: money in yuan.
func (f *Entry) Number(n int64) string {
	if !f.Money {
		return fmt.Sprint(n)
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// Unknown stands where a figure is not known.
const Unknown = "—"

// EveryUnit tells that a row is a share of the list of units, which says little while some
// of them have not reported.
func (r Row) EveryUnit() bool {
	if r.Figure == nil {
		return false
	}
	known := declared([]string{r.Indicator.Code})
	if len(known) == 0 {
		return false
	}
	f := known[0].Figure(r.Figure.Key)
	return f != nil && f.Every
}

// Text writes a row's number in a column: 12, 12/34 35.3% 未达到, 0/0 —, and — where it is
// not known.
func (r Row) Text(c *Column) string {
	switch {
	case !r.Counts():
		return ""
	case c.Absent:
		return Unknown
	}
	s := r.Share(c)
	switch {
	case s.None:
		return Unknown
	case s.Whole:
		return r.Figure.Number(s.N)
	}
	return strings.TrimSpace(r.Fraction(s) + " " + s.Percent() + " " + r.Verdict(s))
}

// Fraction writes 12/34, or — where there is no number.
func (r Row) Fraction(s Share) string {
	if s.None {
		return Unknown
	}
	return r.Figure.Number(s.N) + "/" + r.Figure.Number(s.Of)
}

// Verdict says 达到 or 未达到 where there is a goal.
func (r Row) Verdict(s Share) string {
	switch r.Standing(s) {
	case Reached:
		return "达到"
	case ReachedLow:
		return "未达到(过低线)"
	case Short:
		return "未达到"
	}
	return ""
}
