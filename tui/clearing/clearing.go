// Package clearing is 清除个人信息 on the screen: who left long enough ago, and the act,
// which is asked for twice.
package clearing

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/clear"
	"taizhang/tui/ui"
)

// screen lists those whose time has come.
type screen struct {
	app  *ui.App
	list ui.Chooser
	plan *clear.Plan
	run  int // counts the readings, so that an old one's answer is dropped
	busy string
	w, h int
}

var _ ui.Screen = (*screen)(nil)

type (
	// read is who may be cleared.
	read struct {
		run  int
		plan *clear.Plan
	}
	// planned is what a clearing would do, files included.
	planned struct{ plan *clear.Plan }
	// cleared is what it did.
	cleared struct{ done *clear.Done }
	// failed ends it.
	failed struct{ err error }
)

// Title is what the screen is called.
const Title = "清除个人信息"

// word has to be typed before anything is cleared.
const word = "清除"

// New gives 清除个人信息.
func New(app *ui.App) ui.Screen {
	s := &screen{app: app}
	s.list.Typing = true
	s.list.Hint, s.list.Empty = "打姓名或拼音", "正在读取…"
	s.list.Head = ui.Fit("姓名", nameWidth) + ui.Fit("离开", dayWidth) + ui.Fit("原因", whyWidth) + "现在还有"
	return s
}

// Init implements ui.Screen.
func (s *screen) Init() tea.Cmd {
	s.run++
	run, app := s.run, s.app
	return func() tea.Msg {
		p, err := clear.Find(app.Ctx, app.Ledger, clear.Options{})
		if err != nil {
			return ui.Failed{Err: err}
		}
		return read{run, p}
	}
}

// The widths of the columns, in cells.
const (
	nameWidth = 14
	dayWidth  = 12
	whyWidth  = 20
)

func (s *screen) fill() {
	s.list.Empty = fmt.Sprintf("现在没有可以清除的人(离开满 %d 年的才能清除)", s.plan.Years)
	if s.plan.Years == 0 {
		s.list.Empty = "县里定了不清除,没有可以清除的人"
	}
	s.list.Count = fmt.Sprintf("共 %d 人", len(s.plan.Who))
	items := make([]ui.Item, len(s.plan.Who))
	for i, one := range s.plan.Who {
		held := strings.Join(one.Fields, "、")
		if held == "" {
			held = "(只在修改历史里)"
		}
		items[i] = ui.Item{Key: one.Kind.Name + "/" + one.ID, Search: one.Name, Value: one,
			Label: ui.Fit(model.Clean(one.Name, false), nameWidth) + ui.Fit(string(one.Since), dayWidth) + ui.Fit(one.Why, whyWidth) + held}
	}
	s.list.SetItems(items)
}

// Title implements ui.Screen.
func (s *screen) Title() string { return Title }

// Unsaved implements ui.Screen.
func (s *screen) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (s *screen) Hints() []ui.Hint {
	var hints []ui.Hint
	if _, some := s.list.Selected(); some && s.busy == "" {
		hints = append(hints, ui.Hint{Action: ui.Open, Label: "看记录"})
		if !s.app.Ledger.ReadOnly() {
			hints = append(hints, ui.Hint{Action: ui.Delete, Label: "只清除这一个"}, ui.Hint{Action: ui.Save, Label: "列出的都清除"})
		}
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

// Help implements ui.Screen.
func (s *screen) Help() []string {
	return []string{
		"转出、去世、出党的人,和培养终止以后再没有任职、结对的人,离开满了年限(由县里定,通常 5 年),身份证号、电话和住址就不该再留着(《个人信息保护法》第十九条)。",
		"名册上的这一行不动:姓名、出生日期、党龄、离开的时间和去向都在,党员增减、党费和各月汇总的数一个也不变。",
		"按 F2 清除列出的全部,按 F8 只清除选中的一个。先列出要清哪些、旁边哪些旧文件一并删除,问一次;再要您打“清除”两个字,才动手。",
		"修改历史、回收站、草稿、别的记录备注里写着的号码也一起清掉。清了就没有了,按 Ctrl+Z 也回不来。谁、什么时候清的,记在修改记录里。",
		"U盘和别处的备份里还有:清除以后再备份一份,把旧的删掉。下次上报以后,县里的也跟着没有了。",
		"这个人以后再转回来,照姓名和出生日期认,身份证号到时候重新登记。",
	}
}

// SetSize implements ui.Screen.
func (s *screen) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, h-1)
}

// Update implements ui.Screen.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		if m.run == s.run {
			s.plan = m.plan
			s.fill()
		}
		return nil
	case planned:
		s.busy = ""
		return s.askOnce(m.plan)
	case cleared:
		s.busy = ""
		return tea.Batch(s.Init(), s.tell(m.done))
	case failed:
		s.busy = ""
		return tea.Batch(s.Init(), ui.Do(ui.Failed{Err: m.err}))
	case ui.Shown, ui.Changed:
		return s.Init()
	case tea.KeyPressMsg:
		switch {
		case s.busy != "":
			return nil
		case s.app.Ledger.ReadOnly() || s.plan == nil:
		case ui.Is(m, ui.Save):
			return s.look(s.listed())
		case ui.Is(m, ui.Delete):
			if one, ok := s.selected(); ok {
				return s.look([]clear.Someone{one})
			}
		}
	}
	return s.list.Drive(msg, 2, s.open) // its search line stands a row higher, above the titles
}

// selected gives the one that the mark stands on.
func (s *screen) selected() (clear.Someone, bool) {
	it, ok := s.list.Selected()
	one, is := it.Value.(clear.Someone)
	return one, ok && is
}

// listed gives all whom typing has left in the list.
func (s *screen) listed() []clear.Someone {
	typed := s.list.Typed()
	var all []clear.Someone
	for _, one := range s.plan.Who {
		if typed == "" || model.Best([]string{one.Name}, typed, model.SearchName) != nil {
			all = append(all, one)
		}
	}
	return all
}

func (s *screen) open() tea.Cmd {
	one, ok := s.selected()
	if !ok {
		return nil
	}
	return s.app.OpenRecord(one.Kind.Name, one.ID)
}

// look reads what clearing them would do, files included.
func (s *screen) look(who []clear.Someone) tea.Cmd {
	if len(who) == 0 {
		return nil
	}
	app := s.app
	s.busy = "正在看旁边的文件…"
	return func() tea.Msg {
		p, err := clear.Only(app.Ctx, app.Ledger, who)
		if err != nil {
			return failed{err}
		}
		return planned{p}
	}
}

// askOnce is the first question.
func (s *screen) askOnce(p *clear.Plan) tea.Cmd {
	var ours, theirs []string
	for _, f := range p.Files {
		if f.Ours {
			ours = append(ours, filepath.Base(f.Path)+"("+f.What+")")
		} else {
			theirs = append(theirs, filepath.Base(f.Path))
		}
	}
	lines := []string{fmt.Sprintf("清除 %d 人的身份证号、电话和住址:%s。", len(p.Who), clear.Few(names(p), 8, "人")),
		"清了就没有了,不能撤销,修改历史里也没有。名册上的行和各项数字不变。"}
	if len(ours) > 0 {
		lines = append(lines, "一并删除:"+clear.Few(ours, 4, "个"))
	}
	if len(theirs) > 0 {
		lines = append(lines, "这些是您自己的文件,里面也有,请自己处理:"+clear.Few(theirs, 4, "个"))
	}
	return ui.Do(ui.Ask{Title: Title, Text: strings.Join(lines, "\n"),
		Choices: []ui.Choice{{Label: "不清除"}, {Label: "清除(还要再确认一次)", Cmd: func() tea.Msg { return ui.Push{Screen: s.askTwice(p)} }}}})
}

// askTwice is the second: a word to be typed.
func (s *screen) askTwice(p *clear.Plan) ui.Screen {
	app := s.app
	return ui.NewLine(app, ui.LineAsk{Title: "再确认一次", Rows: 2,
		Text: []string{fmt.Sprintf("清除 %d 人的身份证号、电话和住址,以后谁也找不回来。", len(p.Who)), "确实要清除,请打“" + word + "”两个字,按回车;不清除按 Esc:"},
		Help: []string{"打“" + word + "”两个字,按回车,马上清除。按 Esc 返回,什么也不动。"},
		Done: func(typed string) (tea.Cmd, error) {
			if typed != word {
				return nil, model.Errorf("E-CLEAR", "打的不是“%s”,什么也没有动", word)
			}
			s.busy = "正在清除,请不要关电脑…"
			return func() tea.Msg {
				done, err := clear.Do(app.Ctx, app.Ledger, p)
				if err != nil {
					return failed{err}
				}
				return cleared{done}
			}, nil
		}})
}

// tell says what was done and what is left to the person.
func (s *screen) tell(d *clear.Done) tea.Cmd {
	lines := clear.Said(d)
	kinds := map[string]bool{}
	cmds := []tea.Cmd{ui.Do(ui.Ask{Title: Title, Text: strings.Join(lines, "\n"), Choices: []ui.Choice{{Label: "知道了"}}})}
	for _, one := range d.Who {
		if !kinds[one.Kind.Name] {
			kinds[one.Kind.Name] = true
			cmds = append(cmds, ui.Do(ui.Changed{Kind: one.Kind.Name}))
		}
	}
	return tea.Sequence(cmds...)
}

func names(p *clear.Plan) []string {
	all := make([]string, len(p.Who))
	for i, one := range p.Who {
		all[i] = model.Clean(one.Name, false)
	}
	return all
}

// View implements ui.Screen.
func (s *screen) View() (string, *tea.Cursor) {
	head := ""
	muted := func(text string) string { return " " + s.app.Styles.Muted.Render(ui.Cut(text, max(s.w-2, 10))) }
	switch {
	case s.busy != "":
		head = " " + s.app.Styles.Warning.Render(s.busy)
	case s.plan != nil && len(s.plan.Who) > 0:
		head = muted(fmt.Sprintf("%d 人离开满 %d 年,可以清除身份证号、电话和住址;名册上的行不动", len(s.plan.Who), s.plan.Years))
	default:
		head = muted("离开满了年限的人,可以清除身份证号、电话和住址;名册上的行不动")
	}
	lines, cursor := s.list.View(s.app.Styles)
	lines = slices.Insert(lines, 0, head)
	if cursor != nil {
		cursor.Y++
	}
	return strings.Join(lines, "\n"), cursor
}
