package stats

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
	"taizhang/tui/ui"
)

// picture is one page of 统计: rows that are drawn as bars, with their numbers in words.
type picture struct {
	name   string // in the line of pictures
	legend string // what the bars show
	empty  string // what stands where there are no rows
	sides  bool   // the bars grow from their middle to both sides
	rows   []row
	q      count.SummaryQuery // by which the records behind a row are found
}

// row is one bar.
type row struct {
	key     string
	label   string
	draw    func(cells int) string // the bar
	numbers string                 // right of it
	style   lipgloss.Style
	full    string // the row in words, in the foot line
	heading string // over the records behind it
	figure  *count.Entry
	group   string // the column of whose records
	parts   []count.BehindPart
}

// monthsShown is how many months the pictures by month show.
const monthsShown = 12

// asked is what a reading is about.
type asked struct {
	month model.Month
	town  string // the goal shown by township, CODE.KEY
}

// readPictures counts all pictures. It runs in a command.
func readPictures(app *ui.App, a asked) ([]picture, error) {
	b, err := county.ReadReport(app.Ctx, app.Ledger, count.Ask{Month: a.month, Indicators: append(count.GoalCodes(), count.PictureUndertakings.Code)})
	if err != nil {
		return nil, err
	}
	year, err := count.MonthPeriod(app.Ledger, a.month)
	if err != nil {
		return nil, err
	}
	if app.Words().Sums() { // which has no records of its own to draw: what was reported can be shown
		p, err := towns(app, a, year)
		return []picture{goals(app.Styles, b, year), p}, err
	}
	months := count.Period{From: a.month.Add(1 - monthsShown).First(), To: year.To, Month: a.month}
	sum, err := count.Summarize(app.Ctx, app.Ledger, count.SummaryQuery{Period: months, Indicators: count.Pictures()})
	if err != nil {
		return nil, err
	}
	all := sum.Groups[0]
	pictures := []picture{
		goals(app.Styles, b, year),
		ages(all, months),
		dues(all, months),
		attendance(all, months),
		undertakings(b, year),
	}
	if app.County {
		p, err := towns(app, a, year)
		if err != nil {
			return nil, err
		}
		pictures = append(pictures, p)
	}
	return pictures, nil
}

// goals is every figure with a goal.
func goals(st *ui.Styles, b *count.Report, year count.Period) picture {
	p := picture{name: "指标与目标", legend: "本年到" + b.Period.Month.Chinese() + "为止,同汇总;█ 已经达到的,┃ 目标在这里",
		empty: "没有定了目标的指标", q: count.SummaryQuery{Period: year}}
	for _, g := range b.GoalLines(true) {
		p.rows = append(p.rows, goalRow(st, g.Line.Code+"."+g.Figure.Key, g.Title, g.Line, g.Figure, g.Share))
	}
	return p
}

// goalRow draws a share beside its goal.
func goalRow(st *ui.Styles, key, label string, line *count.Line, f *count.Entry, s count.Share) row {
	whole := count.Row{Indicator: line, Figure: f}
	permille, some := s.Permille()
	r := row{key: key, label: label, figure: f, heading: line.Heading() + " " + f.Title,
		draw: func(cells int) string { return ui.Bar(permille, f.Goal, cells) }}
	r.style = standingStyle(st, whole.Standing(s))
	at := count.FigurePart{Indicator: line.Code, Figure: f.Key}
	r.parts = []count.BehindPart{{Title: "还差的", Of: count.FigurePart{Indicator: line.Code, Figure: f.Of}, Less: &at}, {Title: "已达到的", Of: at}}
	switch {
	case s.None:
		r.numbers, r.style = "—      没有当月的数", st.Muted
		r.full = fmt.Sprintf("%s:这一项不记日期,这个月也没有记下当时的数", r.heading)
		return r
	case !some:
		r.numbers, r.style = "—      没有可算的", st.Muted
		r.full = fmt.Sprintf("%s:这段时间没有可算的,目标 %d%%", r.heading, f.Goal)
		return r
	}
	r.numbers = ui.FitRight(s.Percent(), 6) + " " + ui.Fit(whole.Verdict(s), 6) + " " + whole.Fraction(s)
	r.full = fmt.Sprintf("%s %s %s,占 %s,目标 %d%%,%s", r.heading, whole.Fraction(s), f.Unit, s.Percent(), f.Goal, whole.Verdict(s))
	return r
}

func standingStyle(st *ui.Styles, standing int) lipgloss.Style {
	switch standing {
	case count.Reached:
		return st.Good
	case count.ReachedLow:
		return st.Warning
	case count.Short:
		return st.Fault
	}
	return lipgloss.NewStyle()
}

// entryOf is how numbers of a figure are written.
func entryOf(i *count.Indicator, figure string) *count.Entry {
	f := i.Figure(figure)
	return &count.Entry{Key: f.Key, Title: f.Title, Unit: f.Unit, Money: f.Unit == "元"}
}

func monthParts(values map[string]int64) func(model.Month) int64 {
	return func(m model.Month) int64 { return values[string(m)] }
}

// lastMonths are the months of a period, the oldest first.
func lastMonths(p count.Period) []model.Month {
	var all []model.Month
	for m := p.From.Month(); m <= p.To.Month(); m = m.Add(1) {
		all = append(all, m)
	}
	return all
}

// ages is the pyramid: men to the left, women to the right, the oldest on top.
func ages(g count.SummaryGroup, period count.Period) picture {
	p := picture{name: "党员年龄", legend: "左边是男,右边是女,每十岁一行", empty: "名册上还没有党员", sides: true, q: pictureQuery(period)}
	v := g.Values[count.PictureAges.Code]
	low, high, most, sum := 1000, 0, int64(1), int64(0)
	for _, figure := range []string{"men", "women"} {
		for part, n := range v[figure] {
			most, sum = max(most, n), sum+n
			if from, err := strconv.Atoi(part); err == nil {
				low, high = min(low, from), max(high, from)
			}
		}
	}
	var bands []string
	for from := high; from >= low; from -= 10 {
		bands = append(bands, strconv.Itoa(from))
	}
	if v["men"][count.AgeUnknown]+v["women"][count.AgeUnknown] > 0 {
		bands = append(bands, count.AgeUnknown)
	}
	for _, band := range bands {
		p.rows = append(p.rows, ageRow(band, v["men"][band], v["women"][band], most, sum))
	}
	return p
}

func ageRow(band string, men, women, most, sum int64) row {
	label := "年龄不详"
	if from, err := strconv.Atoi(band); err == nil {
		label = fmt.Sprintf("%d-%d岁", from, from+9)
	}
	at := func(figure string) count.FigurePart {
		return count.FigurePart{Indicator: count.PictureAges.Code, Figure: figure, Part: band}
	}
	share := count.Share{N: men + women, Of: sum}
	return row{
		key: band, label: label, heading: "党员年龄 " + label,
		draw: func(cells int) string {
			half := (cells - 1) / 2
			left, right := strconv.FormatInt(men, 10)+" ", " "+strconv.FormatInt(women, 10)
			room := half - max(len(left), len(right), len(strconv.FormatInt(most, 10))+1)
			left += ui.Fill(men, men, most, room)
			return strings.Repeat(" ", half-ui.Width(left)) + left + "│" + ui.Fill(women, women, most, room) + right
		},
		full:   fmt.Sprintf("%s:男 %d 人,女 %d 人,共 %d 人,占 %s", label, men, women, men+women, share.Percent()),
		figure: entryOf(count.PictureAges, "men"),
		parts:  []count.BehindPart{{Title: "男", Of: at("men")}, {Title: "女", Of: at("women")}},
	}
}

func pictureQuery(period count.Period) count.SummaryQuery {
	return count.SummaryQuery{Period: period, Indicators: count.Pictures()}
}

// dues is what was owed and paid, month by month.
func dues(g count.SummaryGroup, period count.Period) picture {
	p := picture{name: "各月党费", legend: "█ 已交的金额,░ 还没交的", empty: "没有党费的记录", q: pictureQuery(period)}
	i, v := count.PictureDues, g.Values[count.PictureDues.Code]
	due, paid, owedMoney, money := monthParts(v["due"]), monthParts(v["paid"]), monthParts(v["due_money"]), monthParts(v["paid_money"])
	most, some := int64(1), false
	for _, m := range lastMonths(period) {
		most = max(most, owedMoney(m), money(m))
		some = some || due(m) > 0
	}
	if !some {
		return p
	}
	if g.Later {
		p.legend += ";按现在登记的交费标准"
	}
	yuan := entryOf(i, "paid_money")
	for _, m := range lastMonths(period) {
		less := count.FigurePart{Indicator: i.Code, Figure: "paid", Part: string(m)}
		r := row{key: string(m), label: m.Chinese(), heading: "党费 " + m.Chinese(), figure: entryOf(i, "due"),
			draw:  func(cells int) string { return ui.Fill(money(m), owedMoney(m), most, cells) },
			parts: []count.BehindPart{{Title: "还没交的", Of: count.FigurePart{Indicator: i.Code, Figure: "due", Part: string(m)}, Less: &less}, {Title: "已交的", Of: less}}}
		r.numbers = fmt.Sprintf("%s/%s元", yuan.Number(money(m)), yuan.Number(owedMoney(m)))
		r.full = fmt.Sprintf("%s:应交 %d 人 %s 元,已交 %d 人 %s 元", m.Chinese(), due(m), yuan.Number(owedMoney(m)), paid(m), yuan.Number(money(m)))
		switch left := due(m) - paid(m); {
		case due(m) == 0:
			r.numbers = "没有人要交"
		case left > 0:
			r.numbers += fmt.Sprintf(" 欠%d人", left)
			r.full += fmt.Sprintf(",还欠 %d 人", left)
		default:
			r.numbers += " 交齐"
			r.full += ",交齐了"
		}
		p.rows = append(p.rows, r)
	}
	return p
}

// attendance is who should have come and who came, month by month.
func attendance(g count.SummaryGroup, period count.Period) picture {
	p := picture{name: "各月到会", legend: "█ 到会的人次,░ 请假和缺席的;只算登记了到会的活动", empty: "还没有登记过到会的活动", q: pictureQuery(period)}
	i, v := count.PictureAttendance, g.Values[count.PictureAttendance.Code]
	held, due, present := monthParts(v["held"]), monthParts(v["due"]), monthParts(v["present"])
	most, some := int64(1), false
	for _, m := range lastMonths(period) {
		most = max(most, due(m))
		some = some || due(m) > 0
	}
	if !some {
		return p
	}
	for _, m := range lastMonths(period) {
		share := count.Share{N: present(m), Of: due(m)}
		came := count.FigurePart{Indicator: i.Code, Figure: "present", Part: string(m)}
		r := row{key: string(m), label: m.Chinese(), heading: "到会 " + m.Chinese(), figure: entryOf(i, "due"),
			draw:    func(cells int) string { return ui.Fill(present(m), due(m), most, cells) },
			numbers: fmt.Sprintf("%s %d/%d人次 %d次", ui.FitRight(share.Percent(), 6), present(m), due(m), held(m)),
			full:    fmt.Sprintf("%s:%d 次活动,应到 %d 人次,实到 %d 人次,到会率 %s", m.Chinese(), held(m), due(m), present(m), share.Percent()),
			parts: []count.BehindPart{{Title: "有人没到的", Of: count.FigurePart{Indicator: i.Code, Figure: "due", Part: string(m)}, Less: &came},
				{Title: "到会的人次", Of: came}}}
		if due(m) == 0 {
			r.numbers, r.full = "没有登记", m.Chinese()+":没有登记到会的活动"
		}
		p.rows = append(p.rows, r)
	}
	return p
}

// undertakings are counted by industry, the most first.
func undertakings(b *count.Report, year count.Period) picture {
	p := picture{name: "经济实体", legend: "党员、干部正在办的,按行业", empty: "还没有登记经济实体", q: count.SummaryQuery{Period: year}}
	i := count.PictureUndertakings
	v := b.Columns[0].Values[i.Code]["undertakings"]
	parts := make([]string, 0, len(v))
	var most, sum int64
	for part, n := range v {
		parts = append(parts, part)
		most, sum = max(most, n), sum+n
	}
	slices.SortFunc(parts, func(x, y string) int { return cmp.Or(cmp.Compare(v[y], v[x]), cmp.Compare(x, y)) })
	for _, part := range parts {
		share := count.Share{N: v[part], Of: sum}
		p.rows = append(p.rows, row{key: part, label: part, heading: "经济实体 " + part, figure: entryOf(i, "undertakings"),
			draw:    func(cells int) string { return ui.Fill(v[part], v[part], most, cells) },
			numbers: fmt.Sprintf("%4d个 %s", v[part], ui.FitRight(share.Percent(), 6)),
			full:    fmt.Sprintf("%s:%d 个,占全部 %d 个的 %s", part, v[part], sum, share.Percent()),
			parts:   []count.BehindPart{{Title: part, Of: count.FigurePart{Indicator: i.Code, Figure: "undertakings", Part: part}}}})
	}
	return p
}

// notReported is the row of an office below that has sent nothing of the month: no bar.
func notReported(st *ui.Styles, r row) row {
	r.numbers, r.style, r.full = "—      没有报", st.Muted, r.heading+":这个月没有报"
	r.draw = func(int) string { return "" }
	return r
}

// splitOf is by what a goal is shown, with its name: by township, at an office above counties
// by those that report to it.
func splitOf(app *ui.App) (by, name string) {
	if w := app.Words(); w.Sums() {
		return office.Splits(w.Level)[1], w.Below
	}
	return count.ByTownship, "乡镇"
}

// towns is one goal by township, or by county.
func towns(app *ui.App, a asked, year count.Period) (picture, error) {
	by, name := splitOf(app)
	p := picture{name: "按" + name, empty: "没有" + name + "可以分列", q: count.SummaryQuery{Period: year, By: by}}
	code, key, _ := strings.Cut(a.town, ".")
	b, err := county.ReadReport(app.Ctx, app.Ledger, count.Ask{Month: a.month, By: by, Indicators: []string{code}})
	if err != nil {
		return p, err
	}
	for _, g := range b.GoalLines(true) {
		if g.Figure.Key != key {
			continue
		}
		p.legend = fmt.Sprintf("%s:%s,目标 %d%%;F5 换指标", g.Line.Title, g.Figure.Title, g.Figure.Goal)
		for i := range b.Columns[1:] {
			c := &b.Columns[i+1]
			r := goalRow(app.Styles, c.Key, c.Title, g.Line, g.Figure, g.ShareIn(c))
			if c.Absent {
				r = notReported(app.Styles, r)
			}
			r.group, r.full, r.heading = c.Key, c.Title+" "+r.full, c.Title+" "+r.heading
			p.rows = append(p.rows, r)
		}
	}
	return p, nil
}
