package count

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// The earlier periods that a summary can stand beside: the words of --compare.
const (
	LastMonth = "last-month"
	LastYear  = "last-year"
)

// Comparison is a summary beside that of an earlier period.
type Comparison struct {
	With        string // LastMonth or LastYear
	Now, Before *Report
	Changes     []Change
}

// Change is a number that is not what it was, with the records that make it so.
type Change struct {
	Row         Row
	Now, Before int64
	Names       []Cause
}

// Cause is a record behind a change.
type Cause struct {
	Kind         string `json:"kind"`
	ID           string `json:"id"`
	Label        string `json:"label"`
	Organisation string `json:"organization"`
	Now          int64  `json:"now"`    // how much it adds now, 0 where it no longer counts
	Before       int64  `json:"before"` // how much it added then
}

// Earlier gives what an earlier period is asked by. *model.Error E-COMPARE for a
// year beside its last month.
func (a Ask) Earlier(with string, today model.Date) (Ask, error) {
	switch {
	case a.Month != "" && with == LastMonth:
		a.Month = a.Month.Add(-1)
	case a.Month != "":
		a.Month = a.Month.Add(-12)
	case with == LastMonth:
		return a, model.Errorf("E-COMPARE", "与上月比要写明月份,例如 --month %s", today.Month())
	default:
		a.Year = cmp.Or(a.Year, today.Year()) - 1
	}
	return a, nil
}

// Compare gives a summary beside an earlier one. Closed months stand as they were
// closed. With names set it looks for the records behind each change; those are
// found among the records of today, in closed months too.
func Compare(ctx context.Context, l *store.Ledger, a Ask, with string, names bool) (*Comparison, error) {
	a.By = ""
	earlier, err := a.Earlier(with, l.Source().Today())
	if err != nil {
		return nil, err
	}
	c := &Comparison{With: with}
	if c.Now, err = ReadReport(ctx, l, a); err != nil {
		return nil, err
	}
	if c.Before, err = ReadReport(ctx, l, earlier); err != nil {
		return nil, err
	}
	for _, r := range c.Rows() {
		if !r.Counts() || !c.Compared(r) {
			continue
		}
		now, before := c.values(r)
		if now != before {
			c.Changes = append(c.Changes, Change{Row: r, Now: now, Before: before})
		}
	}
	if !names {
		return c, nil
	}
	return c, c.name(ctx, l)
}

// Rows gives the lines of both summaries: those of now, with the parts of then.
func (c *Comparison) Rows() []Row {
	both := *c.Now
	both.Columns = []Column{c.Now.Columns[0], c.Before.Columns[0]}
	return both.Rows()
}

// Compared tells whether the earlier summary has a row's figure: a month that was closed
// by an older program lacks those that came since, and what it never counted is not 0. In
// one before all books began nothing is known.
func (c *Comparison) Compared(r Row) bool {
	if c.Before.Columns[0].Absent {
		return false
	}
	for i := range c.Before.Indicators {
		if before := &c.Before.Indicators[i]; before.Code == r.Indicator.Code {
			return before.figure(r.Figure.Key) != nil
		}
	}
	return false
}

func (c *Comparison) values(r Row) (now, before int64) {
	return c.Now.Columns[0].Value(r.Indicator.Code, r.Figure.Key, r.Part), c.Before.Columns[0].Value(r.Indicator.Code, r.Figure.Key, r.Part)
}

// name finds the records behind each change.
func (c *Comparison) name(ctx context.Context, l *store.Ledger) error {
	rows := make([]Row, len(c.Changes))
	for i, ch := range c.Changes {
		rows[i] = ch.Row
	}
	names, err := c.behind(ctx, l, rows)
	if err != nil {
		return err
	}
	for i := range c.Changes {
		c.Changes[i].Names = names[i]
	}
	return nil
}

// behind gives for each row the records by which it differs, among the records of
// today. Of what this program no longer counts, as a closed month may hold, there are
// none.
func (c *Comparison) behind(ctx context.Context, l *store.Ledger, rows []Row) ([][]Cause, error) {
	var asked []FigurePart
	var place []int
	for i, r := range rows {
		known := declared([]string{r.Indicator.Code})
		if len(known) > 0 && known[0].Figure(r.Figure.Key) != nil {
			asked = append(asked, FigurePart{Indicator: r.Indicator.Code, Figure: r.Figure.Key, Part: r.Part})
			place = append(place, i)
		}
	}
	now, err := SummaryBehindEach(ctx, l, c.Now.Query(), "", asked)
	if err != nil {
		return nil, fmt.Errorf("behind the changes: %w", err)
	}
	before, err := SummaryBehindEach(ctx, l, c.Before.Query(), "", asked)
	if err != nil {
		return nil, fmt.Errorf("behind the changes: %w", err)
	}
	names := make([][]Cause, len(rows))
	for n, i := range place {
		names[i] = differing(now[n], before[n])
	}
	return names, nil
}

// differing gives the records that count otherwise in one list than in the other,
// in the order of the lists, those of now first.
func differing(now, before []Behind) []Cause {
	var all []Cause
	place := map[[2]string]int{}
	put := func(b Behind, add func(n *Cause, by int64)) {
		key := [2]string{b.Kind, b.ID}
		i, seen := place[key]
		if !seen {
			i = len(all)
			place[key] = i
			all = append(all, Cause{Kind: b.Kind, ID: b.ID, Label: b.Label, Organisation: b.Org})
		}
		add(&all[i], b.N)
	}
	for _, b := range now {
		put(b, func(n *Cause, by int64) { n.Now += by })
	}
	for _, b := range before {
		put(b, func(n *Cause, by int64) { n.Before += by })
	}
	return slices.DeleteFunc(all, func(n Cause) bool { return n.Now == n.Before })
}

// Word says which period a summary stands beside.
func (c *Comparison) Word() string {
	if c.With == LastMonth {
		return "比上月"
	}
	return "比去年"
}

// Difference writes what has changed in a row: +3, or of a share +3.1个百分点; — where
// there is nothing to compare with.
func (c *Comparison) Difference(r Row) string {
	if !c.Compared(r) {
		return "—"
	}
	now, before := r.Share(&c.Now.Columns[0]), r.Share(&c.Before.Columns[0])
	if now.Whole {
		d := now.N - before.N
		text := r.Figure.Number(d)
		if d > 0 {
			text = "+" + text
		}
		return text
	}
	a, okNow := now.Permille()
	b, okBefore := before.Permille()
	switch {
	case !okNow || !okBefore:
		return "—"
	case a > b:
		return "+" + tenths(a-b) + "个百分点"
	}
	return tenths(a-b) + "个百分点"
}

// Title is the title line.
func (c *Comparison) Title() string {
	return c.Now.Title() + " " + c.Word() + "(" + c.Before.When() + ")"
}

// Full names a figure with its part.
func (r Row) Full() string {
	if r.IsPart {
		return r.Figure.Title + ":" + r.PartName()
	}
	return r.Figure.Title
}

// namesShown is how many names a text gives for one change.
const namesShown = 5

// Notes say below a text table who is behind each change.
func (c *Comparison) Notes() []string {
	notes := []string{"", "变动名单(按现有记录):"}
	if len(c.Changes) == 0 {
		notes = append(notes, "  没有变动")
	}
	for _, ch := range c.Changes {
		notes = append(notes, fmt.Sprintf("  %s %s %s%s", ch.Row.Indicator.Heading(), ch.Row.Full(), c.amount(ch), namesText(ch)))
	}
	return append(notes, c.Now.Notes()...)
}

func (c *Comparison) amount(ch Change) string {
	text := ch.Row.Figure.Number(ch.Now - ch.Before)
	if ch.Now > ch.Before {
		return "+" + text
	}
	return text
}

// namesText says who came and who went.
func namesText(ch Change) string {
	var came, went, other []string
	for _, n := range ch.Names {
		text := model.Clean(n.Label, false)
		if n.Organisation != "" {
			text += "(" + model.Clean(n.Organisation, false) + ")"
		}
		switch {
		case n.Before == 0:
			came = append(came, text)
		case n.Now == 0:
			went = append(went, text)
		default:
			other = append(other, fmt.Sprintf("%s %s→%s", text, ch.Row.Figure.Number(n.Before), ch.Row.Figure.Number(n.Now)))
		}
	}
	text := ""
	for _, part := range []struct {
		word  string
		names []string
	}{{"增", came}, {"减", went}, {"改", other}} {
		if len(part.names) == 0 {
			continue
		}
		some := strings.Join(part.names[:min(len(part.names), namesShown)], "、")
		if len(part.names) > namesShown {
			some += fmt.Sprintf(" 等%d条", len(part.names))
		}
		text += ";" + part.word + " " + some
	}
	if text == "" {
		return ""
	}
	return ":" + strings.TrimPrefix(text, ";")
}

// JSON gives the comparison as --json writes it: each number as now, before and
// change (null where the earlier summary has no such figure), and the records behind
// each change.
func (c *Comparison) JSON() map[string]any {
	out := c.Now.head()
	out["compare"], out["before"] = c.With, c.Before.head()
	figures := map[string]any{}
	for _, r := range c.Rows() {
		if !r.Counts() && !r.Bare {
			continue
		}
		of, ok := figures[r.Indicator.Code].(map[string]any)
		if !ok {
			of = map[string]any{}
			figures[r.Indicator.Code] = of
		}
		if r.Bare {
			of[r.Figure.Key] = map[string]any{}
			continue
		}
		now, before := c.values(r)
		value := map[string]any{"now": now, "before": before, "change": now - before}
		if !c.Compared(r) {
			value["before"], value["change"] = nil, nil
		}
		if r.Figure.Split && !r.IsPart {
			of[r.Figure.Key] = map[string]any{}
		} else if parts, split := of[r.Figure.Key].(map[string]any); split && r.IsPart {
			parts[r.Part] = value
		} else {
			of[r.Figure.Key] = value
		}
	}
	out["indicators"] = figures
	changes := make([]map[string]any, 0, len(c.Changes))
	for _, ch := range c.Changes {
		changes = append(changes, map[string]any{"indicator": ch.Row.Indicator.Code, "figure": ch.Row.Figure.Key, "part": ch.Row.Part,
			"now": ch.Now, "before": ch.Before, "records": append([]Cause{}, ch.Names...)})
	}
	out["changes"] = changes
	return out
}

// Behind gives the records by which a row differs, among the records of today.
func (c *Comparison) Behind(ctx context.Context, l *store.Ledger, r Row) ([]Cause, error) {
	names, err := c.behind(ctx, l, []Row{r})
	if err != nil {
		return nil, err
	}
	return names[0], nil
}
