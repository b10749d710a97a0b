package count

import (
	"fmt"
	"slices"
	"strings"
)

// Known tells whether a column has a number of a figure: one without a dated past has none
// at a past day of which nothing was noted.
func (c *Column) Known(indicator, figure string) bool {
	n := c.Lacks[indicator+"."+figure]
	return n == 0 || n < c.Units
}

// Over gives over how many of the column's organisations a figure stands; ok is false
// where it stands over all, or over none.
func (c *Column) Over(indicator, figure string) (n int, ok bool) {
	lacks := c.Lacks[indicator+"."+figure]
	return c.Units - lacks, lacks > 0 && lacks < c.Units
}

// OverText says over how many organisations a row's number stands, "" where over all:
// 按 500 个单位(共 537 个).
func (r Row) OverText(c *Column) string {
	if r.Figure == nil {
		return ""
	}
	n, ok := c.Over(r.Indicator.Code, r.Figure.Key)
	if !ok {
		return ""
	}
	return fmt.Sprintf("按 %d 个单位(共 %d 个)", n, c.Units)
}

// why says what a row of the summary lacks at a past day.
func (r Row) why(c *Column) string {
	switch {
	case r.Figure == nil:
		return ""
	case !c.Known(r.Indicator.Code, r.Figure.Key):
		return "没有当月的记录"
	case r.Figure.AsToday && c.Later:
		return "按现在登记的交费类别和标准"
	}
	return r.OverText(c)
}

// WhyNone says, of a row without a number or with one over some organisations only, why;
// "" for any other.
func (r Row) WhyNone(c *Column) string {
	switch {
	case r.Figure == nil:
		return ""
	case !c.Known(r.Indicator.Code, r.Figure.Key):
		return "不记日期的项,这个月没有记下当时的数"
	}
	if text := r.OverText(c); text != "" {
		return "当月报送时的数," + text
	}
	return ""
}

// PastNotes say below a summary what its numbers are where that must be said, which figures
// stand over some organisations only, and which have no number.
func (b *Report) PastNotes() []string {
	c := &b.Columns[0]
	var order []string
	names := map[string][]string{}
	for _, r := range b.Rows() {
		text := r.why(c)
		if text == "" || r.IsPart {
			continue
		}
		if names[text] == nil {
			order = append(order, text)
		}
		names[text] = append(names[text], r.Indicator.Code+" "+r.Figure.Title)
	}
	notes := slices.Clone(b.Said)
	if len(order) == 0 {
		return notes
	}
	slices.SortStableFunc(order, func(x, y string) int { return len(names[y]) - len(names[x]) })
	notes = append(notes, "不记日期的项(困难、双带、技术等),过去的月份照当月报送时的数:")
	for _, text := range order {
		notes = append(notes, "  "+text+":"+strings.Join(names[text], "、"))
	}
	return notes
}

// over gives for JSON over how many organisations figures of a column stand, by
// CODE.figure; nil where all stand over all.
func (b *Report) over(c *Column) map[string]any {
	all := map[string]any{}
	for name, lacks := range c.Lacks {
		if lacks > 0 {
			all[name] = map[string]int{"units": c.Units - lacks, "of": c.Units}
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
