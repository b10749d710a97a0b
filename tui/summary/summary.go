// Package summary is the screen 汇总: the summary's indicators with the split, the
// records behind each figure, and the comparison with an earlier period.
package summary

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
	"taizhang/tui/ui"
)

// page is 汇总.
type page struct {
	app  *ui.App
	w, h int

	// What is asked for.
	ask     count.Ask
	compare string   // "" or a word of report.Compare
	only    []string // the indicators chosen, nil for all

	// What came, and what is under way.
	run   int
	busy  bool
	fault string // why the last reading failed
	book  *count.Report
	both  *count.Comparison // nil where nothing is compared
	above string            // 地市 or 省: an office that adds up what others have sent; "" for any other
	grid  grid

	cur, first   int // of grid.rows
	col, leftCol int // of grid.heads
}

var _ ui.Screen = (*page)(nil)

// read is what came of a reading.
type read struct {
	run   int
	ask   count.Ask
	book  *count.Report
	both  *count.Comparison
	above string
	err   error
}

// New gives the screen, of the newest month.
func New(app *ui.App) ui.Screen { return &page{app: app} }

// Init implements ui.Screen.
func (p *page) Init() tea.Cmd {
	p.run++
	p.busy, p.fault = true, ""
	run, ask, compare, l, ctx := p.run, p.ask, p.compare, p.app.Ledger, p.app.Ctx
	return func() tea.Msg {
		m := read{run: run, ask: ask}
		if m.above, m.err = county.Above(ctx, l); m.err != nil {
			return m
		}
		if ask.Month == "" && ask.Year == 0 {
			if m.ask.Month, m.err = county.NewestMonth(ctx, l); m.err != nil {
				return m
			}
			if m.above != "" { // whose numbers they are is the first question there
				m.ask.By = office.Splits(m.above)[1]
			}
			ask = m.ask
		}
		if compare != "" {
			if m.both, m.err = county.CompareReports(ctx, l, ask, compare, false); m.err == nil {
				m.book = m.both.Now
			}
			return m
		}
		m.book, m.err = county.ReadReport(ctx, l, ask)
		return m
	}
}

// Title implements ui.Screen.
func (p *page) Title() string {
	if p.book == nil {
		return "汇总"
	}
	return "汇总 · " + p.book.When()
}

// Unsaved implements ui.Screen.
func (p *page) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (p *page) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Open, Label: "名单"}, {Action: ui.New, Label: "比较"}, {Action: ui.Find, Label: "月份"}, {Action: ui.Filter, Label: "分列"},
		{Action: ui.Sort, Label: "指标"}, {Action: ui.Sheet, Label: "表格"}}
	if p.above != "" {
		hints = hints[1:]
	}
	if p.canNarrow() && p.w >= wideHints { // where the line has no room for it, the note says it
		hints = append(hints, ui.Hint{Action: ui.Mark, Label: p.narrowing()})
	}
	if p.canChooseTownship() && p.w >= wideHints {
		hints = append(hints, ui.Hint{Action: ui.Act, Label: "乡镇"})
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

// Help implements ui.Screen.
func (p *page) Help() []string {
	if w := p.app.Words(); w.Sums() {
		return helpAbove(w)
	}
	help := []string{
		"这是三级联创汇总表,数都从登记的记录里算出来,不用填:要改数,就去改记录。写总结、答电话、迎检查以前看它;想看图,用菜单里的“统计”。",
		"一行一个数,比例写成 分子/分母 和百分比,有目标的写明达到还是未达到。",
		"↑↓ PgUp PgDn 换行,Tab 跳到下一个指标,←→ 换列;第一列一直在。按回车看这个数是由哪些记录来的,再按回车打开那条记录。",
		"F5 选怎样分列:合计、按乡镇、按领域、按单位。F6 选要看哪些指标。F4 选月份或年份。",
		"F2 与上月或去年比,增减后面的名单按回车看。F7 写成 Excel 或 CSV 文件。",
	}
	if p.app.County {
		help = append(help, "按 Ctrl+A 或 Shift+F2 只看一个乡镇:应报、实报也是它的,还可以再按单位分列、比较、写成表格;再按一次选“全县”回来。")
		help = append(help, "还没有封账的月份,按 Insert 或 Ctrl+B 只统计已经报了的单位,再按一次回到全部。应报里不算未建账和已撤销的;没有报的用的是它们别的月份的记录。")
		help = append(help, "封过账的月份照封账时的数字显示,迟交的报送包不再改变它;名单按现有记录。封账也在 F7 里。")
	}
	return help
}

// helpAbove is the help at an office above counties.
func helpAbove(w bundle.Words) []string {
	return []string{
		"这是" + w.Whole() + "的三级联创汇总表,数字是" + w.Each() + "封账后上报的,加起来就是" + w.Whole() + "的;本级自己的记录不在其中。还没有报的显示 —。",
		"一行一个数,比例写成 分子/分母 和百分比,有目标的写明达到还是未达到。标“各县之和”的,跨县重复的没有去掉。",
		"↑↓ PgUp PgDn 换行,Tab 跳到下一个指标,←→ 换列;第一列一直在。",
		"一列一个" + w.Below + ",F5 换成别的分列:合计、按乡镇、按领域、按单位。F6 选要看哪些指标。F4 选月份或年份。",
		"F2 与上月或去年比。F7 写成 Excel 或 CSV 文件,封账也在那里。",
		"这里没有哪个人的记录:要看名单,请问报来的" + w.Below + "。",
		"封过账的月份照封账时的数字显示;" + w.There + "后来更正的,在“报送情况”里选中它按回车看。",
	}
}

// canNarrow tells that those who have reported can be counted alone: at the county, of a
// month that is not closed.
func (p *page) canNarrow() bool {
	return p.above == "" && p.book != nil && p.book.Returns != nil && p.book.Sealed == nil
}

// narrowing names what the key for it does next.
func (p *page) narrowing() string {
	if p.ask.Reported {
		return "全部单位"
	}
	return "只算已报"
}

// SetSize implements ui.Screen.
func (p *page) SetSize(w, h int) {
	p.w, p.h = w, h
	p.follow()
}

// Update implements ui.Screen.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		if m.run == p.run {
			return p.take(m)
		}
	case closed:
		p.ask.Reported = false
		return p.Init()
	case ui.Changed:
		return p.Init()
	case chosenTownship:
		return p.chooseTownship(string(m))
	case chosenSplit:
		p.ask.By, p.compare, p.col, p.leftCol = string(m), "", 0, 0
		return p.Init()
	case chosenPeriod:
		p.ask.Month, p.ask.Year, p.ask.Reported = m.month, m.year, false
		if p.compare == count.LastMonth && m.month == "" {
			p.compare = ""
		}
		return p.Init()
	case chosenCompare:
		p.compare, p.ask.By, p.ask.Reported, p.col, p.leftCol = string(m), "", false, 0, 0
		return p.Init()
	case chosenIndicators:
		p.only = m
		p.lay()
	case tea.KeyPressMsg:
		return p.key(m)
	case tea.MouseClickMsg:
		return p.click(m.X, m.Y)
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			p.move(-1)
		} else {
			p.move(1)
		}
	}
	return nil
}

func (p *page) take(m read) tea.Cmd {
	p.busy = false
	if m.err != nil {
		p.fault = "没有读出汇总"
		return ui.Do(ui.Failed{Err: m.err})
	}
	p.ask, p.book, p.both, p.above = m.ask, m.book, m.both, m.above
	p.lay()
	return nil
}

// lay makes the lines of what came and of the indicators chosen.
func (p *page) lay() {
	if p.book == nil {
		return
	}
	key := ""
	if p.cur < len(p.grid.rows) {
		key = rowKey(p.grid.rows[p.cur])
	}
	p.grid = newGrid(p.book, p.both, p.only)
	p.cur = max(slices.IndexFunc(p.grid.rows, func(r count.Row) bool { return r.Counts() && rowKey(r) == key }), 0)
	p.col = min(p.col, len(p.grid.heads)-1)
	p.move(0)
}

func rowKey(r count.Row) string {
	if r.Figure == nil {
		return ""
	}
	return r.Indicator.Code + "." + r.Figure.Key + "." + r.Part
}

func (p *page) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Filter):
		return p.askSplit()
	case ui.Is(m, ui.Sort):
		return p.askIndicators()
	case ui.Is(m, ui.Find):
		return p.askPeriod
	case ui.Is(m, ui.New):
		return p.askCompare()
	case ui.Is(m, ui.Sheet):
		return p.askSheet()
	case ui.Is(m, ui.Act) && p.canChooseTownship():
		return p.askTownship
	case ui.Is(m, ui.Mark) && p.canNarrow():
		p.ask.Reported, p.compare = !p.ask.Reported, ""
		return p.Init()
	case ui.Is(m, ui.Open):
		return p.open()
	case ui.Is(m, ui.Next):
		p.jump(1)
	case ui.Is(m, ui.Previous):
		p.jump(-1)
	}
	switch m.String() {
	case "up":
		p.move(-1)
	case "down":
		p.move(1)
	case "pgup":
		p.page(-1)
	case "pgdown":
		p.page(1)
	case "home":
		p.cur = 0
		p.move(0)
	case "end":
		p.cur = len(p.grid.rows) - 1
		p.move(0)
	case "left":
		p.col = max(p.col-1, 0)
		p.follow()
	case "right":
		p.col = max(min(p.col+1, len(p.grid.heads)-1), 0)
		p.follow()
	}
	return nil
}

// move goes to the next line with numbers in a direction; with 0 to the nearest.
func (p *page) move(d int) {
	n := len(p.grid.rows)
	p.cur = max(min(p.cur, n-1), 0)
	step := d
	if d == 0 {
		step = 1
	}
	for i := p.cur + d; i >= 0 && i < n; i += step {
		if p.grid.rows[i].Counts() {
			p.cur = i
			p.follow()
			return
		}
	}
	if d == 0 { // nothing below: the last one above
		for i := n - 1; i >= 0; i-- {
			if p.grid.rows[i].Counts() {
				p.cur = i
				break
			}
		}
	}
	p.follow()
}

func (p *page) page(d int) {
	p.cur = max(min(p.cur+d*p.listHeight(), len(p.grid.rows)-1), 0)
	p.move(0)
}

// jump goes to the first figure of the next or previous indicator.
func (p *page) jump(d int) {
	if p.cur >= len(p.grid.rows) {
		return
	}
	here := p.grid.rows[p.cur].Indicator
	for i := p.cur; i >= 0 && i < len(p.grid.rows); i += d {
		r := p.grid.rows[i]
		if r.Counts() && r.Indicator != here {
			if d < 0 {
				for i > 0 && (p.grid.rows[i-1].Indicator == r.Indicator) {
					i--
				}
			}
			p.cur = i
			p.move(0)
			return
		}
	}
}

// follow scrolls so that the chosen cell is in sight, with its heading.
func (p *page) follow() {
	if p.w == 0 {
		return
	}
	rows := p.listHeight()
	top := p.cur
	for top > 0 && p.cur-top < 3 && !p.grid.rows[top-1].Counts() {
		top--
	}
	p.first = max(min(p.first, top), p.cur-rows+1, 0)
	p.leftCol = min(p.leftCol, p.col)
	for p.leftCol < p.col && p.col >= p.leftCol+len(p.shownColumns(p.leftCol)) {
		p.leftCol++
	}
}

// click chooses a line; a second click on it opens.
func (p *page) click(x, y int) tea.Cmd {
	i := p.first + y - headRows
	if y < headRows || i < 0 || i >= len(p.grid.rows) || y >= headRows+p.listHeight() || !p.grid.rows[i].Counts() {
		return nil
	}
	same := i == p.cur
	p.cur = i
	at := p.labelWidth()
	for n, w := range p.shownColumns(p.leftCol) {
		if x >= at && x < at+w+gap {
			same = same && p.col == p.leftCol+n
			p.col = p.leftCol + n
		}
		at += w + gap
	}
	if same {
		return p.open()
	}
	return nil
}
