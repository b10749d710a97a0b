package count

import (
	"fmt"
)

// ReportTitle is what stands in a summary's title line.
const ReportTitle = "三级联创汇总表"

// When names the period: 2026年6月, 2026年.
func (b *Report) When() string {
	if b.Period.Month != "" {
		return b.Period.Month.Chinese()
	}
	return fmt.Sprintf("%d年", b.Period.To.Year())
}

// Title is the title line: what, whose, when, and who has reported.
func (b *Report) Title() string {
	text := b.Organisation + " " + b.When() + ReportTitle
	if b.Returns != nil {
		text += fmt.Sprintf("(应报 %d,实报 %d)", b.Returns.Due, b.Returns.In)
	}
	return text
}

// State says up to which day was counted, and whether the month is closed.
func (b *Report) State() string {
	text := "统计到" + b.Period.To.Chinese()
	if b.Sealed != nil {
		text += "  已封账:" + b.Sealed.Closed + " " + b.Sealed.By
	}
	return text
}

// PartName shows the part that the row is of; what is not filled in says so.
func (r Row) PartName() string {
	if r.Part == "" {
		return "(没有填)"
	}
	return r.Part
}

// Stands shows at which month the records of the organisation stand.
func (u *Unreported) Stands() string {
	if u.Newest == "" {
		return "从未报送"
	}
	return u.Newest.Chinese()
}

// olderShown is how many units a text names.
const olderShown = 30

// Notes say below a text table what it does not.
func (b *Report) Notes() []string {
	notes := b.PastNotes()
	if len(notes) > 0 {
		notes = append([]string{""}, notes...)
	}
	if b.Returns == nil || len(b.Returns.Older) == 0 {
		return notes
	}
	notes = append(notes, "", fmt.Sprintf("没有报送、用的是以前记录的单位 %d 个:", len(b.Returns.Older)))
	for i, u := range b.Returns.Older {
		if i == olderShown {
			notes = append(notes, fmt.Sprintf("  等 %d 个", len(b.Returns.Older)))
			break
		}
		notes = append(notes, fmt.Sprintf("  %s %s(%s)记录到:%s", u.Code, u.Name, u.Township, u.Stands()))
	}
	return notes
}

// JSON gives the summary as report summary --json writes it.
func (b *Report) JSON() map[string]any {
	out := b.head()
	out["indicators"] = b.figures(&b.Columns[0])
	if over := b.over(&b.Columns[0]); over != nil {
		out["over"] = over
	}
	if b.By != "" {
		groups := make([]map[string]any, 0, len(b.Columns))
		for i := 1; i < len(b.Columns); i++ {
			c := &b.Columns[i]
			group := map[string]any{"key": c.Key, "title": c.Title, "indicators": b.figures(c)}
			if over := b.over(c); over != nil {
				group["over"] = over
			}
			groups = append(groups, group)
		}
		out["groups"] = groups
	}
	return out
}

// head gives what JSON says of the summary besides its figures.
func (b *Report) head() map[string]any {
	out := map[string]any{"from": b.Period.From, "to": b.Period.To, "month": b.Period.Month, "year": b.Period.To.Year(),
		"by": b.By, "organization": b.Organisation, "sealed": b.Sealed}
	if b.Returns != nil {
		out["due"], out["in"], out["older"] = b.Returns.Due, b.Returns.In, b.Returns.Older
	}
	return out
}

// figures gives a column's numbers by indicator and figure, of a split figure by
// part; parts with 0 are left out. A figure without a number is null.
func (b *Report) figures(c *Column) map[string]any {
	all := map[string]any{}
	for i := range b.Indicators {
		ind := &b.Indicators[i]
		figures := map[string]any{}
		for _, f := range ind.Figures {
			if !c.Known(ind.Code, f.Key) {
				figures[f.Key] = nil
				continue
			}
			if !f.Split {
				figures[f.Key] = c.Value(ind.Code, f.Key, "")
				continue
			}
			parts := map[string]int64{}
			for part, n := range c.Values[ind.Code][f.Key] {
				parts[part] = n
			}
			figures[f.Key] = parts
		}
		all[ind.Code] = figures
	}
	return all
}
