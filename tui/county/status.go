package county

import (
	"fmt"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// reporting is 报送情况: by township how many have reported for a month, and how
// each unit stands. Tab goes from one list to the other.
type reporting struct {
	app    *ui.App
	towns  ui.Chooser
	units  ui.Chooser
	inUnit bool   // of an office above counties always: what reports to it stands in no township
	only   string // of the units those of this state, "" for all
	w, h   int

	run    int
	month  model.Month // "" until it is known which is the newest
	report *county.Report
	found  []string // removable drives
	wait   int      // bundles that wait for a decision
	late   int      // of how many units bundles have come since the month was closed
}

var _ ui.Screen = (*reporting)(nil)

type (
	statusRead struct {
		run    int
		report county.Report
		drives []string
		wait   int
		late   int
	}
	reminded  struct{ path string }
	onlyState string
)

// NewReporting gives 报送情况.
func NewReporting(app *ui.App) ui.Screen {
	s := &reporting{app: app, inUnit: app.Words().Sums()}
	for _, l := range []*ui.Chooser{&s.towns, &s.units} {
		l.Typing = true
	}
	s.towns.Hint = "打乡镇名或拼音"
	s.units.Hint = "打单位、乡镇、电话、状态(例如 未报)或拼音"
	if s.flat() {
		s.units.Hint = "打名称、电话、状态(例如 未报)或拼音"
	}
	return s
}

// flat tells that there is one list alone.
func (s *reporting) flat() bool { return s.app.Words().Sums() }

func (s *reporting) Title() string   { return "报送情况" }
func (s *reporting) Unsaved() string { return "" }

func (s *reporting) Init() tea.Cmd {
	s.run++
	s.list().Empty = "正在统计…"
	run, month := s.run, s.month
	return func() tea.Msg { return s.read(run, month) }
}

// read runs as a command. The month shown first is the newest of which a bundle
// came, else last month: the present one is not due yet.
func (s *reporting) read(run int, month model.Month) tea.Msg {
	ctx, l := s.app.Ctx, s.app.Ledger
	if month == "" {
		newest, err := county.NewestMonths(ctx, l, county.Accepted, county.Partly)
		if err != nil {
			return ui.Failed{Err: err}
		}
		for _, m := range newest {
			month = max(month, m)
		}
		if month == "" {
			month = s.app.Today().Month().Add(-1)
		}
	}
	r, err := county.Status(ctx, l, month)
	if err != nil {
		return ui.Failed{Err: err}
	}
	wait, err := county.WaitingBundles(ctx, l, "")
	if err != nil {
		return ui.Failed{Err: err}
	}
	late, err := county.ArrivedCounts(ctx, l)
	if err != nil {
		return ui.Failed{Err: err}
	}
	return statusRead{run, r, s.app.Drives(), len(wait), late[month]}
}

// list is the one that the keys go to.
func (s *reporting) list() *ui.Chooser {
	if s.inUnit {
		return &s.units
	}
	return &s.towns
}

// Cells of the columns.
const (
	townCells  = 16
	fewCells   = 10 // of a township where the states leave no more
	countCells = 8
	stateCells = 11
)

// noRoll is what stands where no unit can.
const noRoll = "没有单位名单,也没有收过报送包;请先在菜单里选“取入单位名单”"

func (s *reporting) fill() {
	r, st := s.report, s.app.Styles
	s.towns.Empty, s.units.Empty = noRoll, "没有这样的单位。按退格键改,按 Esc 重新看全部"
	if len(r.Units) == 0 {
		s.units.Empty = noRoll
	}
	var items []ui.Item
	row := func(t county.TownshipReport, name string) {
		label := ui.Fit(name, s.townWidth()) + ui.FitRight(fmt.Sprint(t.Due), s.stateWidth("应报")) + ui.FitRight(fmt.Sprint(t.In), s.stateWidth("实报"))
		for _, state := range s.columns() {
			label += ui.FitRight(fmt.Sprint(t.Of(state)), s.stateWidth(state))
		}
		it := ui.Item{Key: t.Township, Label: label, Search: name, Value: t.Township}
		if r.Passed && t.In < t.Due {
			it.Style = st.Warning
		}
		items = append(items, it)
	}
	if r.All.Due+r.All.NotBegun+r.All.Retired > 0 {
		row(r.All, "合计")
	}
	for _, t := range r.Towns {
		name := t.Township
		if name == "" {
			name = "(没有写乡镇)"
		}
		row(t, name)
	}
	s.towns.SetItems(items)
	items = nil
	for i := range r.Units {
		if s.only == "" || r.Units[i].State == s.only {
			items = append(items, s.unitItem(&r.Units[i]))
		}
	}
	s.units.SetItems(items)
	s.units.Count = fmt.Sprintf("共 %d 个", len(items))
	s.follow()
}

func (s *reporting) unitItem(u *county.UnitReport) ui.Item {
	st := s.app.Styles
	name := u.Name
	if name == "" {
		name = u.Code
	}
	brief := model.BriefName(name, s.app.Ledger.Home().Text("county"), u.Township)
	state := county.BriefState(u.State)
	if u.Overdue {
		state += "!"
	}
	label := ui.Fit(state, stateCells) + s.town(u.Township) + ui.Fit(brief, s.nameWidth()) + " " + ui.Fit(u.Phone, 12)
	if s.unitsCells() >= wideCells {
		label += ui.Fit(ui.LocalDay(u.Received), 12) + ui.Fit(u.Digits, 11)
	}
	it := ui.Item{Key: u.Code, Label: label, Note: u.Notes(), Value: u, Search: u.State + " " + county.BriefState(u.State) + " " + u.Township + " " + name + " " + u.Code + " " + u.Phone + " " + u.Notes()}
	switch {
	case u.State == county.Rejected, u.Overdue:
		it.Style = st.Fault
	case u.State == county.ReportedPartly, u.State == county.ReportedLate, u.State == county.Pending:
		it.Style = st.Warning
	case u.In():
		it.Style = st.Good
	}
	return it
}

// town is the column of the township, which those have that stand in one.
func (s *reporting) town(name string) string {
	if s.flat() {
		return ""
	}
	return ui.Fit(name, 10)
}

func (s *reporting) nameWidth() int { return min(max(s.unitsCells()*3/10, 20), 32) }

func (s *reporting) Hints() []ui.Hint {
	open, other := "看单位", "各单位"
	if s.inUnit {
		open, other = "看经过", "各乡镇"
	}
	hints := []ui.Hint{{Action: ui.Open, Label: open}, {Action: ui.Sheet, Label: "写催报单"}}
	if !s.flat() {
		hints = append(hints, ui.Hint{Action: ui.Next, Label: other})
	}
	return append(hints, ui.Hint{Action: ui.Filter, Label: "只看"}, ui.Hint{Action: ui.Back, Label: "返回"})
}

func (s *reporting) Help() []string {
	w := s.app.Words()
	if w.Sums() {
		return []string{
			"这里是一个月的报送情况,一行一个" + w.Unit + "。按 ← → 换月份。",
			"未报:还没有收到(过了截止日的后面有 !);拒收:收到的被退回,没有别的收下;待核实:汇总的单位比上次少了,要打电话问过再定(按 F5 看少了多少);逾期报:过了截止日才收到。",
			"后月已报:这个月的没有报,以后月份的已经收下。已撤销的不算在应报里。",
			"打字可以找名称、电话。按 F5 只看一种情况的,例如未报、逾期报。",
			"按回车看每次报送的经过:结果、退回的原因、更正了哪些数、密钥的校验数字。打电话核对密钥时念这八位数字。",
			"按 F7 写一份催报单(Excel),列出没有报的和电话,可以打印。缺号不要紧:" + w.There + "重新导出就会跳号。",
		}
	}
	return []string{
		"这里是一个月的报送情况。按 ← → 换月份,按 Tab 在各乡镇和各单位之间换。",
		"未报:还没有收到(过了截止日的后面有 !);拒收:收到的被退回,没有别的收下;待核实:少了党员,要打电话问过再定(按 F5 看少了谁);逾期报:过了截止日才收到;已报有问题:收下了,问题写在回执里。",
		"后月已报:这个月的没有报,以后月份的已经收下;记录在" + w.Here() + "了,这个月要另补一个包。未建账:它的台账从以后的月份记起,这个月不用报;未建账和已撤销的不算在应报里。",
		"打字可以找乡镇、单位、电话。按 F5 只看一种情况的单位,例如未报、后月已报、未建账。",
		"按回车看一个单位每次报送的经过:结果、退回的原因、密钥的校验数字。打电话核对密钥时念这八位数字。",
		"按 F7 写一份催报单(Excel),按乡镇列出没有报的单位和电话,可以打印。缺号不要紧:" + w.There + "重新导出就会跳号。",
	}
}

// reportingHead is the room above the lists.
const reportingHead = 2

func (s *reporting) SetSize(w, h int) {
	s.w, s.h = w, h
	s.towns.SetSize(s.townsCells(), h-reportingHead)
	s.units.SetSize(s.unitsCells(), h-reportingHead)
	if s.report != nil {
		s.fill()
	}
}

func (s *reporting) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case statusRead:
		if m.run == s.run {
			s.month, s.report, s.found, s.wait, s.late = m.report.Month, &m.report, m.drives, m.wait, m.late
			s.fill()
		}
	case onlyState:
		s.inUnit = true
		s.units.SetTyped("")
		s.show(string(m))
	case reminded:
		return ui.Do(ui.Status{Text: "催报单已写出:" + ui.Clean(m.path)})
	case ui.Changed, ui.Shown:
		return s.Init()
	case tea.PasteMsg:
		s.list().Paste(m.Content)
		s.follow()
	case tea.KeyPressMsg:
		return s.key(m)
	case tea.MouseClickMsg:
		x := s.at(m.X)
		before, _ := s.list().Selected()
		hit := s.list().Click(x, m.Y-reportingHead)
		s.follow()
		if after, _ := s.list().Selected(); hit && (!s.beside() || before.Key == after.Key) {
			return s.open()
		}
	case tea.MouseWheelMsg:
		s.at(m.X)
		s.list().Wheel(m)
		s.follow()
	}
	return nil
}

func (s *reporting) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case m.String() == "left":
		return s.turn(-1)
	case m.String() == "right":
		return s.turn(1)
	case (ui.Is(m, ui.Next) || ui.Is(m, ui.Previous)) && !s.flat():
		s.inUnit = !s.inUnit
	case ui.Is(m, ui.Sheet):
		return s.remind()
	case ui.Is(m, ui.Filter):
		return s.askOnly()
	case s.list().Update(m):
		s.follow()
	case ui.Is(m, ui.Open):
		return s.open()
	case ui.Is(m, ui.Back):
		if s.only != "" && s.flat() {
			s.show("")
			return nil
		}
		if s.inUnit && !s.flat() {
			s.inUnit = false
			s.show("")
			return nil
		}
		return ui.Do(ui.Pop{})
	}
	return nil
}

// turn goes some months on, not beyond the present one.
func (s *reporting) turn(n int) tea.Cmd {
	if s.report == nil {
		return nil
	}
	if n > 0 && s.month >= s.app.Today().Month() {
		return ui.Do(ui.Status{Text: "已经是本月,没有更晚的月份了"})
	}
	s.month = s.month.Add(n)
	return s.Init()
}

func (s *reporting) open() tea.Cmd {
	it, ok := s.list().Selected()
	if !ok {
		return nil
	}
	switch v := it.Value.(type) {
	case string:
		s.units.SetTyped(v)
		s.inUnit = true
	case *county.UnitReport:
		return ui.Do(ui.Push{Screen: newUnitPast(s.app, *v)})
	}
	return nil
}

// show shows of the units those of one state alone, "" for all.
func (s *reporting) show(state string) {
	s.only = state
	if s.report != nil {
		s.fill()
	}
}

// askOnly offers what the list of units can be narrowed to.
func (s *reporting) askOnly() tea.Cmd {
	if s.report == nil {
		return nil
	}
	var choices []ui.Choice
	if s.wait > 0 {
		choices = append(choices, ui.Choice{Label: fmt.Sprintf("待核实的 %d 个:看少了谁", s.wait), Cmd: ui.Do(ui.Push{Screen: NewReview(s.app, nil)})})
	}
	choices = append(choices, ui.Choice{Label: fmt.Sprintf("全部单位 %d 个", len(s.report.Units)), Cmd: ui.Do(onlyState(""))})
	counts := map[string]int{}
	for i := range s.report.Units {
		counts[s.report.Units[i].State]++
	}
	for _, state := range append(slices.Clone(county.States), county.NotBegun, county.Gone) {
		if n := counts[state]; n > 0 {
			choices = append(choices, ui.Choice{Label: fmt.Sprintf("%s %d 个", state, n), Cmd: ui.Do(onlyState(state))})
		}
	}
	return ui.Do(ui.Ask{Title: "只看哪些单位", Text: s.month.Chinese() + "的报送情况", Choices: choices})
}

// remind asks where the sheet for those who are missing shall be written.
func (s *reporting) remind() tea.Cmd {
	if s.report == nil {
		return nil
	}
	r := *s.report
	n := len(r.Wanted())
	if r.All.Due == 0 && !r.Listed { // nobody has ever reported
		return ui.Do(ui.Status{Text: "没有单位名单,不知道谁还没有报;请先在菜单里选“取入单位名单”"})
	}
	if n == 0 {
		return ui.Do(ui.Status{Text: r.Month.Chinese() + "都报了,没有要催的"})
	}
	l := s.app.Ledger
	who, today := l.Home().Text("name"), s.app.Today()
	name := "催报单_" + string(r.Month) + ".xlsx"
	var choices []ui.Choice
	for _, dir := range append([]string{filepath.Dir(l.Path())}, s.found...) {
		path := filepath.Join(dir, name)
		choices = append(choices, ui.Choice{Label: path, Cmd: func() tea.Msg {
			if err := county.WriteGrid(s.app.Ctx, path, r.Reminder(who, today), r.ReminderSheet(who, l.Home().Text("county"), today)); err != nil {
				return ui.Failed{Err: err}
			}
			return reminded{path}
		}})
	}
	return ui.Do(ui.Ask{Title: "写催报单", Text: fmt.Sprintf("%s还有 %d 个单位没有报。催报单写到哪里?", r.Month.Chinese(), n), Choices: choices})
}
