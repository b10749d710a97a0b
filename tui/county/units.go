package county

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// unitList is 单位: every unit that there is or was. Enter opens its page.
type unitList struct {
	app   *ui.App
	list  ui.Chooser
	run   int
	w, h  int
	units []county.UnitState
}

var _ ui.Screen = (*unitList)(nil)

type unitsRead struct {
	run   int
	units []county.UnitState
}

// NewUnits gives 单位.
func NewUnits(app *ui.App) ui.Screen {
	s := &unitList{app: app}
	s.list.Typing = true
	s.list.Hint = "打名称、乡镇、代码、状态或拼音"
	if app.Words().Sums() {
		s.list.Hint = "打名称、代码、状态或拼音"
	}
	return s
}

func (s *unitList) Title() string   { return "报送单位" }
func (s *unitList) Unsaved() string { return "" }

func (s *unitList) Init() tea.Cmd {
	s.run++
	s.list.Empty = "正在读取…"
	run := s.run
	return func() tea.Msg {
		units, err := county.Units(s.app.Ctx, s.app.Ledger)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return unitsRead{run, units}
	}
}

// Cells of the columns of a unit.
const (
	unitCodeCells  = 16
	unitTownCells  = 10
	unitStateCells = 8
	unitMonthCells = 9
)

// nameCells is what the other columns leave, the check digits being the last.
func (s *unitList) nameCells() int {
	return min(max(s.w-4-unitCodeCells-unitTownCells-unitStateCells-unitMonthCells-10, 14), 40)
}

func (s *unitList) row(code, name, town, state, month, digits string) string {
	if s.app.Words().Sums() { // which stand in no township
		town = ""
	} else {
		town = ui.Fit(" "+town, unitTownCells)
	}
	return ui.Fit(code, unitCodeCells) + ui.Fit(name, s.nameCells()) + town +
		ui.Fit(state, unitStateCells) + ui.Fit(month, unitMonthCells) + digits
}

func (s *unitList) fill() {
	st := s.app.Styles
	standing := 0
	for _, u := range s.units {
		standing += model.OneIf(u.RetiredOn == "")
	}
	s.list.Count = fmt.Sprintf("共 %d 个", standing)
	if gone := len(s.units) - standing; gone > 0 {
		s.list.Count += fmt.Sprintf(",另有撤销的 %d 个", gone)
	}
	s.list.Empty = "还没有单位:请先取入单位名单,或收一次报送包"
	var items []ui.Item
	for i := range s.units {
		u := &s.units[i]
		var former []string
		for _, f := range u.Former {
			former = append(former, f.Code)
		}
		it := ui.Item{Key: u.Code, Value: u,
			Label:  s.row(u.Code, shortName(s.app, u.Life), u.Township, u.State(), string(u.Newest), u.Digits),
			Search: strings.Join(append([]string{u.Name, u.Township, u.Code, u.State()}, former...), " ")}
		switch u.State() {
		case county.UnitRetired:
			it.Style = st.Muted
		case county.UnitOff, county.UnitSilent:
			it.Style = st.Warning
		}
		items = append(items, it)
	}
	s.list.SetItems(items)
}

// shortName is what a unit is called in a list.
func shortName(app *ui.App, u county.Life) string {
	return ui.Clean(model.BriefName(u.Name, app.Ledger.Home().Text("county"), u.Township))
}

func (s *unitList) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "看这个单位"}, {Action: ui.Back, Label: "返回"}}
}

func (s *unitList) Help() []string {
	w := s.app.Words()
	find := "打字可以找名称、乡镇、代码或状态,旧代码也找得到。"
	if w.Sums() {
		find = "打字可以找名称、代码或状态,旧代码也找得到。"
	}
	return []string{
		"这里是" + w.Whole() + "的单位:在名单上的、名单外报过的、已撤销的。按回车看一个单位的全部经过,撤销、合并、换代码也在那里登记。",
		"状态:在报 = 在名单上,收过它的报送包;没报过 = 在名单上,一个也没收过;名单外 = 报过,名单上没有;已撤销 = 登记过撤销或合并。",
		"校验数字是" + w.There + "密钥的印记,打电话核对用。",
		find,
	}
}

func (s *unitList) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, h)
	s.list.Head = s.row("代码", "名称", "乡镇", "状态", "最近报", "校验数字")
	s.fill()
}

func (s *unitList) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case unitsRead:
		if m.run == s.run {
			s.units = m.units
			s.fill()
		}
	case ui.Changed:
		return s.Init()
	case tea.PasteMsg:
		s.list.Paste(m.Content)
	case tea.KeyPressMsg:
		switch {
		case s.list.Update(m):
		case ui.Is(m, ui.Open):
			return s.open()
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		if s.list.Click(m.X, m.Y) {
			return s.open()
		}
	case tea.MouseWheelMsg:
		s.list.Wheel(m)
	}
	return nil
}

func (s *unitList) open() tea.Cmd {
	it, ok := s.list.Selected()
	if u, is := it.Value.(*county.UnitState); ok && is {
		return ui.Do(ui.Push{Screen: newUnitPage(s.app, *u)})
	}
	return nil
}

func (s *unitList) View() (string, *tea.Cursor) {
	lines, cursor := s.list.View(s.app.Styles)
	return joinLines(lines), cursor
}
