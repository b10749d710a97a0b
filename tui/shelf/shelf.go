// Package shelf is 迎检成册 on the screen: the 24 ledgers of a year, what each lacks, and
// the way to the form that fills it.
package shelf

import (
	"fmt"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	storepaper "taizhang/store/paper"
	"taizhang/tui/paper"
	"taizhang/tui/ui"
)

// shelf lists the ledgers, below each what it lacks.
type shelf struct {
	app  *ui.App
	year int
	list ui.Chooser
	all  []*storepaper.ShelfLedger // nil while they are read
	only bool                      // only what is missing
	run  int                       // counts the readings, so that an old one's answer is dropped
	w, h int
}

var _ ui.Screen = (*shelf)(nil)

type (
	shelfRead struct {
		run int
		all []*storepaper.ShelfLedger
	}
	yearChosen int
)

// New gives 迎检成册 of this year.
func New(app *ui.App) ui.Screen {
	s := &shelf{app: app, year: app.Today().Year()}
	s.list.Typing = true
	s.list.Hint = "打台账名称或拼音,例如 djpy"
	return s
}

// Init implements ui.Screen.
func (s *shelf) Init() tea.Cmd {
	s.run++
	run, year, app := s.run, s.year, s.app
	if s.all == nil {
		s.list.Empty = "正在查 24 本台账…"
	}
	return func() tea.Msg {
		q := storepaper.Ask(app.Ctx, app.Ledger)
		q.InYear(year)
		all, err := storepaper.ReadShelf(app.Ctx, q)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return shelfRead{run, all}
	}
}

// What the list has room for, in cells.
const (
	nameWidth  = 28
	countWidth = 8
)

// fill writes the list from what was read.
func (s *shelf) fill() {
	s.list.Empty = "没有查到。按退格键改,按 Esc 重新看全部"
	var items []ui.Item
	missing := 0
	for _, l := range s.all {
		missing += len(l.Missing)
		if s.only && len(l.Missing) == 0 {
			continue
		}
		items = append(items, s.ledgerItem(l))
		for i, m := range l.Missing {
			items = append(items, ui.Item{Key: fmt.Sprintf("%d/%d %s", l.No, i, m.Text), Label: "     补 " + m.Text, Search: l.Name() + " " + m.Text,
				Style: s.app.Styles.Warning, Value: m, Run: func() tea.Cmd { return s.fix(m) }})
		}
	}
	if s.only && missing == 0 {
		s.list.Empty = "没有查出缺项"
	}
	s.list.SetItems(items)
}

func (s *shelf) ledgerItem(l *storepaper.ShelfLedger) ui.Item {
	n := l.Count()
	it := ui.Item{Key: l.Name(), Search: l.Name(), Label: ui.Fit(l.Name(), nameWidth) + ui.FitRight(fmt.Sprintf("%d 条", n), countWidth),
		Run: func() tea.Cmd { return s.app.OpenTable(ui.TableOf{Kind: l.Parts[0].Kind.Name, View: "全部"}) }}
	switch {
	case n == 0:
		it.Label += "  没有记录"
		it.Style = s.app.Styles.Fault
	case len(l.Missing) == 0:
		it.Label += "  齐"
	default:
		it.Label += fmt.Sprintf("  有 %d 处要补", len(l.Missing))
	}
	return it
}

// fix opens the form that fills what is missing.
func (s *shelf) fix(m storepaper.Missing) tea.Cmd {
	return s.app.OpenForm(ui.FormOf{Kind: m.Kind, ID: m.ID, Field: m.Field, Preset: maps.Clone(m.Preset)})
}

// Title implements ui.Screen.
func (s *shelf) Title() string { return "迎检成册" }

// Unsaved implements ui.Screen.
func (s *shelf) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (s *shelf) Hints() []ui.Hint {
	open := "打开台账"
	if it, ok := s.list.Selected(); ok {
		if _, missing := it.Value.(storepaper.Missing); missing {
			open = "去补"
		}
	}
	only := "只看要补的"
	if s.only {
		only = "看全部"
	}
	return []ui.Hint{{Action: ui.Open, Label: open}, {Action: ui.Print, Label: "打印成册"}, {Action: ui.Filter, Label: only},
		{Action: ui.Find, Label: "换年份"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (s *shelf) Help() []string {
	return []string{
		"这里是上级检查要看的 24 本台账,每本有几条记录、还缺什么。",
		"“补”字打头的一行是查出来的缺项:按回车打开要填的表单,类别、年度、人员已经填好;保存后这一行就没有了。",
		"在一本台账上按回车,打开它的表格。确实没有发生过的,不用补,成册时印“本年度没有”。",
		"按 " + ui.Print.Keys() + " 打印:封面、目录、缺项清单和 24 本台账,一本一张表;F4 换年份,F5 只看要补的。",
	}
}

// SetSize implements ui.Screen.
func (s *shelf) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, h-1)
}

// Update implements ui.Screen.
func (s *shelf) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case shelfRead:
		if m.run == s.run {
			s.all = m.all
			s.fill()
		}
		return nil
	case ui.Changed:
		return s.Init()
	case yearChosen:
		s.year, s.all = int(m), nil
		s.list.SetItems(nil)
		return s.Init()
	case tea.KeyPressMsg:
		switch {
		case ui.Is(m, ui.Print):
			return paper.OpenYear(s.app, "shelf", s.year)
		case ui.Is(m, ui.Filter):
			s.only = !s.only
			s.fill()
			return nil
		case ui.Is(m, ui.Find):
			return s.chooseYear()
		}
	}
	return s.list.Drive(msg, 1, s.open)
}

func (s *shelf) open() tea.Cmd {
	if it, ok := s.list.Selected(); ok && it.Run != nil {
		return it.Run()
	}
	return nil
}

// yearsOffered is how many years back a set can be made.
const yearsOffered = 6

func (s *shelf) chooseYear() tea.Cmd {
	items := make([]ui.Item, yearsOffered)
	for i := range items {
		y := s.app.Today().Year() - i
		items[i] = ui.Item{Key: fmt.Sprint(y), Label: fmt.Sprintf("%d年", y), Value: y}
	}
	return ui.Do(ui.Push{Screen: ui.NewListBox(s.app, "哪一年的台账", items, func(chosen []ui.Item) tea.Cmd {
		y, _ := chosen[0].Value.(int)
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(yearChosen(y)))
	})})
}

// View implements ui.Screen.
func (s *shelf) View() (string, *tea.Cursor) {
	state := fmt.Sprintf(" %d年", s.year)
	if s.all != nil {
		n := 0
		for _, l := range s.all {
			n += len(l.Missing)
		}
		state += " · " + storepaper.State(s.all) + fmt.Sprintf(" · 要补 %d 处", n)
	}
	list, cursor := s.list.View(s.app.Styles)
	if cursor != nil {
		cursor.Y++
	}
	lines := append([]string{s.app.Styles.Title.Render(ui.Fit(state, s.w))}, list...)
	return strings.Join(lines, "\n"), cursor
}
