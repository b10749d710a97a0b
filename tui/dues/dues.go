// Package dues is 党费表: a year of dues with the members down and the months across.
// A cell is a dues record; one act is one undo.
package dues

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// grid is the screen. Keys that come before the year has been read wait for it.
type grid struct {
	app  *ui.App
	year int
	w, h int

	run     int // counts readings, so that only the last one's answer is taken
	sheet   *count.DuesSheet
	sounds  []string // by row: model.SearchName of the name
	waiting []tea.Msg

	row, col int    // where the cursor is: a row of the sheet, a month from 0
	person   string // whose row that is, to find it again after a reading
	top      int    // the first row in sight
	left     int    // the first month in sight
	lay      layout // as last measured

	search *ui.Input
	amount *ui.Input // of what is typed into the cell; nil while nothing is
	fill   *filling  // nil while nothing is filled
	busy   map[string]bool
	note   string // why the last key did nothing, until the next one
}

var _ ui.Screen = (*grid)(nil)

// finds says what typing does while nothing is filled.
const finds = "打名字、拼音或首字母找人;打数字是这一格的金额"

// New gives 党费表 of this year, with the cursor in this month.
func New(app *ui.App) ui.Screen {
	today := app.Today()
	g := &grid{app: app, year: today.Year(), col: monthIndex(today.Month()), busy: map[string]bool{}}
	g.search = ui.NewInput(app.Styles)
	g.search.Placeholder = finds
	return g
}

// monthIndex gives 0 for January.
func monthIndex(m model.Month) int { return int(m.First().Time().Month()) - 1 }

// read is a year that was read.
type read struct {
	run    int
	sheet  *count.DuesSheet
	sounds []string
	err    error
}

// Init implements ui.Screen.
func (g *grid) Init() tea.Cmd {
	g.run++
	run, year, app := g.run, g.year, g.app
	return func() tea.Msg {
		m := read{run: run}
		if m.sheet, m.err = count.Dues(app.Ctx, app.Ledger, year); m.err != nil {
			return m
		}
		for i := range m.sheet.Rows {
			m.sounds = append(m.sounds, model.SearchName(m.sheet.Rows[i].Person.Str("name")))
		}
		return m
	}
}

// took takes a year that was read, and then the keys that waited for it.
func (g *grid) took(m read) tea.Cmd {
	if m.run != g.run {
		return nil
	}
	if m.err != nil {
		return ui.Do(ui.Failed{Err: m.err})
	}
	g.sheet, g.sounds = m.sheet, m.sounds
	for i := range g.sheet.Rows {
		if g.sheet.Rows[i].Person.ID == g.person {
			g.row = i
		}
	}
	g.goTo(g.row, g.col)
	var cmds []tea.Cmd
	for g.sheet != nil && len(g.waiting) > 0 {
		msg := g.waiting[0]
		g.waiting = g.waiting[1:]
		cmds = append(cmds, g.Update(msg))
	}
	return tea.Batch(cmds...)
}

// Title implements ui.Screen.
func (g *grid) Title() string { return fmt.Sprintf("党费表 %d年", g.year) }

// Unsaved implements ui.Screen.
func (g *grid) Unsaved() string {
	switch {
	case g.fill != nil:
		n, _ := g.fill.count(g)
		return fmt.Sprintf("党费表:%s填好的 %d 人还没有登记", g.fill.what(g), n)
	case g.amount != nil && g.amount.Value() != "":
		return "党费表:一格的金额打了还没有登记"
	}
	return ""
}

// Hints implements ui.Screen.
func (g *grid) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	switch {
	case g.amount != nil:
		return []ui.Hint{{Action: ui.Open, Label: "登记这个金额"}, {Action: ui.Back, Label: "不要这个金额"}}
	case g.fill != nil:
		back.Label = "不填了"
		return []ui.Hint{{Action: ui.Save, Label: "登记"}, {Action: ui.Mark, Label: "去掉、放回"}, {Action: ui.Filter, Label: "本月"}, {Action: ui.Sort, Label: "本季"}, back}
	}
	pay := "交这一格"
	if c := g.cell(); c != nil && c.State == count.DuesPaid {
		pay = "打开这一条"
	}
	return []ui.Hint{{Action: ui.Open, Label: pay}, {Action: ui.Filter, Label: "填本月"}, {Action: ui.Sort, Label: "填本季"},
		back, {Action: ui.Undo, Label: "撤销"}, {Action: ui.Delete, Label: "删除"}}
}

// Help implements ui.Screen.
func (g *grid) Help() []string {
	return []string{
		"一年的党费都在这里:一行一名党员,一列一个月。(2) 是该交 2 元还没有交,“欠”是过了月还没有交,“少”是交得比标准少,“流”是在流入地交的,不算本支部收的钱。",
		"收一个人的:打名字(拼音首字母就行)找到他,按回车,照标准交这一格;交得不一样的直接打金额再按回车。句号也当小数点。补交以前的、预交以后的,用 ← → 走到那个月。",
		"收大家的:按 F5 把本月没交的都填上(F6 填本季),没交的人打名字再按回车去掉(再来一次就放回),然后数一数现金,打实收现金,按 F2 登记。实收不对会告诉您差多少。",
		"登记以前都没有写进台账;登记以后按 Ctrl+Z 一次全部撤销。没有一个键能填一整年。",
		"转账、代交、在流入地交的:在那一格按 F3 打开表单,方式选好再保存。已经交了的按回车打开来改,按 F8 删除。常在流入地交的、没有核定月缴党费的,F5、F6 不会替他填。",
		"← 走到一月再往左是上一年,→ 走到十二月再往右是下一年。下面写着收了多少、上缴了多少、手中还有多少;上缴在菜单“党费上缴”里登记。",
	}
}

// SetSize implements ui.Screen.
func (g *grid) SetSize(w, h int) {
	g.w, g.h = w, h
	g.follow()
}

// at gives the row that has the cursor, or nil.
func (g *grid) at() *count.DuesRow {
	if g.sheet == nil || g.row >= len(g.sheet.Rows) {
		return nil
	}
	return &g.sheet.Rows[g.row]
}

// cell gives the cell that has the cursor, or nil.
func (g *grid) cell() *count.DuesCell {
	if r := g.at(); r != nil {
		return &r.Months[g.col]
	}
	return nil
}

func (g *grid) month() model.Month { return model.Month(fmt.Sprintf("%04d-%02d", g.year, g.col+1)) }

// goTo moves the cursor within the year.
func (g *grid) goTo(row, col int) {
	n := 0
	if g.sheet != nil {
		n = len(g.sheet.Rows)
	}
	g.row, g.col = max(min(row, n-1), 0), min(max(col, 0), 11)
	if r := g.at(); r != nil {
		g.person = r.Person.ID
	}
	g.follow()
}

// farthest is how many months ahead dues are taken (domain.md §5.3), and how many years
// back the table goes.
const (
	farthest  = 12
	yearsBack = 10
)

// sideways goes on by months, into the next or the last year too.
func (g *grid) sideways(d int) tea.Cmd {
	col, year := g.col+d, g.year
	switch {
	case col < 0:
		col, year = 11, year-1
	case col > 11:
		col, year = 0, year+1
	}
	this := g.app.Today().Year()
	switch {
	case year == g.year:
		g.goTo(g.row, col)
		return nil
	case g.fill != nil:
		g.note = "正在填的还没有登记,不能换年份;先按 F2 登记,或按 Esc 不填了"
		return nil
	case year > this+1 || year < this-yearsBack:
		g.note = fmt.Sprintf("这张表到%d年为止", g.year)
		return nil
	}
	g.year, g.col, g.sheet = year, col, nil
	return g.Init()
}
