package count

import (
	"fmt"
	"strings"
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
	text := b.Organisation + " " + b.Township
	if b.Township != "" {
		text += " "
	}
	text += b.When() + ReportTitle
	if who := b.Who(); who != "" {
		text += "(" + who + ")"
	}
	return text
}

// Who says how many units must report and have, how many are not asked, and whether those
// alone are counted that have; "" in a village.
func (b *Report) Who() string {
	r := b.Returns
	if r == nil {
		return ""
	}
	text := fmt.Sprintf("应报 %d,实报 %d", r.Due, r.In)
	if r.NotBegun > 0 {
		text += fmt.Sprintf(",未建账 %d", r.NotBegun)
	}
	if r.Retired > 0 {
		text += fmt.Sprintf(",已撤销 %d", r.Retired)
	}
	if b.Reported {
		text += ",只统计已报的"
	}
	return text
}

// Missing is how many units have yet to report: then a share of the list of units
// (Row.EveryUnit) is not the county's yet.
func (b *Report) Missing() int {
	if b.Returns == nil {
		return 0
	}
	return b.Returns.Due - b.Returns.In
}

// everyUnit gives the rows that are shares of the list of units while some have not
// reported, each figure once.
func (b *Report) everyUnit() (rows []Row) {
	if b.Missing() == 0 {
		return nil
	}
	for _, r := range b.Rows() {
		if !r.IsPart && r.EveryUnit() {
			rows = append(rows, r)
		}
	}
	return rows
}

// Caution says which shares need every unit while some have not reported, "" for none.
func (b *Report) Caution() string {
	var names []string
	for _, r := range b.everyUnit() {
		if name := r.Indicator.Heading(); len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("还有 %d 个单位没有报,%s 的比例要各单位报齐了才作数", b.Missing(), strings.Join(names, "、"))
}

// State says up to which day was counted, and whether the month is closed.
func (b *Report) State() string {
	text := "统计到" + b.Period.To.Chinese()
	if b.Sealed != nil {
		text += "  " + b.Sealed.Text()
	}
	return text
}

// Text says which closing it is, when it was and by whom; of one that was not the first
// also why: 第2次封账:2026-11-20 10:00 张三(石桥村补报).
func (s *Stamp) Text() string {
	if s.Number < 2 {
		return "已封账:" + s.Closed + " " + s.By
	}
	return fmt.Sprintf("第%d次封账:%s %s(%s)", s.Number, s.Closed, s.By, s.Reason)
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
	if b.Returns == nil {
		return notes
	}
	if text := b.Caution(); text != "" {
		notes = append(notes, "", text)
	}
	if len(b.Returns.Older) == 0 {
		return notes
	}
	heading := "没有报送这个月、用的是别的月份记录的单位 %d 个:"
	if b.Reported {
		heading = "没有报送这个月、没有统计进来的单位 %d 个:"
	}
	notes = append(notes, "", fmt.Sprintf(heading, len(b.Returns.Older)))
	for i, u := range b.Returns.Older {
		if i == olderShown {
			notes = append(notes, fmt.Sprintf("  等 %d 个", len(b.Returns.Older)))
			break
		}
		where := ""
		if u.Township != "" {
			where = "(" + u.Township + ")"
		}
		notes = append(notes, fmt.Sprintf("  %s %s%s记录到:%s", u.Code, u.Name, where, u.Stands()))
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
	if b.Township != "" {
		out["township"] = b.Township
	}
	if b.Returns != nil {
		out["due"], out["in"], out["older"] = b.Returns.Due, b.Returns.In, b.Returns.Older
		out["not_begun"], out["retired"], out["reported_only"] = b.Returns.NotBegun, b.Returns.Retired, b.Reported
		need := []string{}
		for _, r := range b.everyUnit() {
			need = append(need, r.Indicator.Code+"."+r.Figure.Key)
		}
		out["need_every_unit"] = need
	}
	return out
}

// figures gives a column's numbers by indicator and figure, of a split figure by
// part; parts with 0 are left out. A figure without a number is null; it is nil of a
// column that is absent: null in JSON, not 0.
func (b *Report) figures(c *Column) map[string]any {
	if c.Absent {
		return nil
	}
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
