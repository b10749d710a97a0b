package count

import (
	"cmp"
	"context"
	"fmt"
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
	// Kept tells of Now and of Before whether the records behind the changes are those that
	// were kept when the month was closed; else they were found among the records of today.
	Kept [2]bool
}

// Change is a number that is not what it was, with the records that make it so.
type Change struct {
	Row         Row
	Now, Before int64
	Named
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
// closed. With names set it gives the records behind each change, of each sort at most
// a.Most: of a closed month those that were kept with it, else those found now.
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
		if now != before && c.comparable(r) {
			c.Changes = append(c.Changes, Change{Row: r, Now: now, Before: before})
		}
	}
	if !names {
		return c, nil
	}
	return c, c.name(ctx, l, a.Most)
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
			return before.figure(r.Figure.Key) != nil && c.Before.Columns[0].Known(before.Code, r.Figure.Key)
		}
	}
	return false
}

// comparable tells whether both summaries have a row's number, over all organisations.
func (c *Comparison) comparable(r Row) bool {
	if !c.Compared(r) {
		return false
	}
	for _, column := range []*Column{&c.Now.Columns[0], &c.Before.Columns[0]} {
		if r.Share(column).None || r.OverText(column) != "" {
			return false
		}
	}
	return true
}

func (c *Comparison) values(r Row) (now, before int64) {
	return c.Now.Columns[0].Value(r.Indicator.Code, r.Figure.Key, r.Part), c.Before.Columns[0].Value(r.Indicator.Code, r.Figure.Key, r.Part)
}

// name finds the records behind each change.
func (c *Comparison) name(ctx context.Context, l *store.Ledger, most int) error {
	rows := make([]Row, len(c.Changes))
	for i, ch := range c.Changes {
		rows[i] = ch.Row
	}
	names, err := c.behind(ctx, l, rows, most)
	if err != nil {
		return err
	}
	for i := range c.Changes {
		c.Changes[i].Named = names[i]
	}
	return nil
}

// Basis says from what the names behind the changes were taken.
func (c *Comparison) Basis() string {
	switch {
	case c.Kept[0] && c.Kept[1]:
		return "按封账时留下的名单"
	case c.Kept[0] || c.Kept[1]:
		open := c.Now
		if c.Kept[0] {
			open = c.Before
		}
		return open.When() + "没有封账时的名单,按现有记录"
	case c.Now.Returns != nil:
		return "两期都没有封账时的名单,按现有记录"
	}
	return "按现有记录"
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
	if !c.comparable(r) {
		return Unknown
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

// NamesShown is how many names a text gives for one change.
const NamesShown = 5

// Notes say below a text table who is behind each change.
func (c *Comparison) Notes() []string {
	notes := []string{"", "变动名单(" + c.Basis() + "):"}
	if len(c.Changes) == 0 {
		notes = append(notes, "  没有变动")
	}
	for _, ch := range c.Changes {
		notes = append(notes, fmt.Sprintf("  %s %s %s%s", ch.Row.Indicator.Heading(), ch.Row.Full(), c.amount(ch), namesText(ch)))
	}
	for _, b := range []*Report{c.Now, c.Before} {
		if past := b.PastNotes(); len(past) > 0 {
			notes = append(append(notes, "", b.When()+":"), past...)
		}
	}
	later := *c.Now
	later.Columns = []Column{{}}
	return append(notes, later.Notes()...)
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
		all   int
	}{{"增", came, ch.Came}, {"减", went, ch.Went}, {"改", other, ch.Other}} {
		if len(part.names) == 0 {
			continue
		}
		some := strings.Join(part.names[:min(len(part.names), NamesShown)], "、")
		if part.all > NamesShown {
			some += fmt.Sprintf(" 等%d条", part.all)
		}
		text += ";" + part.word + " " + some
	}
	if text == "" {
		return ""
	}
	return ":" + strings.TrimPrefix(text, ";")
}

// JSON gives the comparison as --json writes it: each number as now, before and
// change (null where a summary has no such number), and the records behind
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
			value["before"] = nil
		}
		if !c.Now.Columns[0].Known(r.Indicator.Code, r.Figure.Key) {
			value["now"] = nil
		}
		if !c.comparable(r) {
			value["change"] = nil
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

// Behind gives the records by which a row differs: as Kept says.
func (c *Comparison) Behind(ctx context.Context, l *store.Ledger, r Row) ([]Cause, error) {
	names, err := c.behind(ctx, l, []Row{r}, 0)
	if err != nil {
		return nil, err
	}
	return names[0].Names, nil
}
