package work

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/tui/clearing"
	"taizhang/tui/ui"
)

// paperList lists what was settled as done on paper: what, for which period, when, where
// it is written and who said so.
type paperList struct {
	app  *ui.App
	list ui.Chooser
	run  int
	w, h int
}

var _ ui.Screen = (*paperList)(nil)

type paperRead struct {
	run    int
	all    []model.Settled
	labels []string // of the records
}

func newPaperList(app *ui.App) *paperList {
	p := &paperList{app: app}
	p.list.Typing = true
	p.list.Hint = "打事项、姓名或它们的拼音"
	return p
}

func (p *paperList) Title() string   { return "已在纸质台账办理" }
func (p *paperList) Unsaved() string { return "" }

func (p *paperList) Init() tea.Cmd {
	p.run++
	p.list.Empty = "正在读…"
	run := p.run
	return func() tea.Msg {
		all, err := count.OnPaper(p.app.Ctx, p.app.Ledger)
		if err != nil {
			return ui.Failed{Err: err}
		}
		m := paperRead{run: run, all: all}
		for _, s := range all {
			label := "(已删除)"
			if r, err := p.app.Ledger.Get(p.app.Ctx, s.Kind, s.ID); err == nil {
				label = r.Label()
			}
			m.labels = append(m.labels, label)
		}
		return m
	}
}

func (p *paperList) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Delete, Label: "撤回这一条"}, {Action: ui.Back, Label: "返回"}}
}

func (p *paperList) Help() []string {
	return []string{
		"这里列出记为“已在纸质台账办理”的事:启用本台账以前办的,记在纸上,这一期不再提醒。",
		"下面几行是选中的那条:记在哪里,谁在什么时候记下的。",
		"记错了按 F8(或 Ctrl+D)撤回,撤回以后照常提醒;撤回也留有记载。",
	}
}

func (p *paperList) SetSize(w, h int) {
	p.w, p.h = w, h
	p.list.SetSize(w, h-ui.DetailRows-1)
}

func (p *paperList) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case paperRead:
		if m.run == p.run {
			p.fill(m)
		}
		return nil
	case takenBack:
		return sayTakenBack()
	case ui.Changed:
		return p.Init()
	case tea.KeyPressMsg:
		if ui.Is(m, ui.Delete) {
			return p.takeBack()
		}
	}
	return p.list.Drive(msg, 0, func() tea.Cmd { return nil })
}

func (p *paperList) fill(m paperRead) {
	p.list.Empty = "没有记为“已在纸质台账办理”的事"
	items := make([]ui.Item, len(m.all))
	for i, s := range m.all {
		period, _ := model.ParsePeriod(s.Period)
		items[i] = ui.Item{Key: s.Code + "/" + s.ID + "/" + s.Period, Label: what(p.app, s) + " " + m.labels[i],
			Note: cmp.Or(period.Chinese(), s.Period) + "  " + string(s.Day) + " 办", Value: s}
	}
	p.list.SetItems(items)
}

// what says which duty was settled.
func what(app *ui.App, s model.Settled) string {
	if item := app.Ledger.Kinds().DueItemOf(s.Code); item != nil {
		return item.Text
	}
	return s.Code
}

// takeBack asks before the chosen one is taken back.
func (p *paperList) takeBack() tea.Cmd {
	it, ok := p.list.Selected()
	s, _ := it.Value.(model.Settled)
	if !ok {
		return nil
	}
	do := func() tea.Msg {
		if err := count.TakeBackPaper(p.app.Ctx, p.app.Ledger, s.Act, s.Seq); err != nil {
			return ui.Failed{Err: err}
		}
		return takenBack{}
	}
	return ui.Do(ui.Ask{Title: "撤回", Text: "撤回这一条“已在纸质台账办理”吗?撤回以后照常提醒。",
		Choices: []ui.Choice{{Label: "不撤回"}, {Label: "撤回", Cmd: do}}})
}

func (p *paperList) View() (string, *tea.Cursor) {
	list, cursor := p.list.View(p.app.Styles)
	lines := append(list, ui.Rule(p.app.Styles, "", p.w))
	if it, ok := p.list.Selected(); ok {
		s, _ := it.Value.(model.Settled)
		lines = append(lines, " "+ui.Cut(it.Label, p.w-2))
		for i, l := range ui.Wrap(string(s.Day)+" 办,记在:"+s.Note, p.w-2) {
			if i < ui.DetailRows-2 {
				lines = append(lines, " "+l)
			}
		}
		lines = append(lines, p.app.Styles.Muted.Render(" "+ui.Cut(s.By+" 在 "+ui.LocalTime(s.At)+" 记下", p.w-2)))
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), p.w, p.h), "\n"), cursor
}

// paperItems is the work table's line about what was done on paper, where there is any.
func (s *work) paperItems() []ui.Item {
	if s.onPaper == 0 {
		return nil
	}
	return []ui.Item{{Key: "paper", Label: "已在纸质台账办理的", Note: fmt.Sprintf("%d 条", s.onPaper), Style: s.app.Styles.Muted,
		Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: newPaperList(s.app)}) }}}
}

// clearItems is the work table's line about those of whom what is private may be cleared
// away, where there is anybody.
func (s *work) clearItems() []ui.Item {
	if s.toClear == 0 || s.app.Ledger.Extract() != nil {
		return nil
	}
	return []ui.Item{{Key: "clear", Label: clearing.Title, Note: fmt.Sprintf("%d 人离开已满年限", s.toClear), Style: s.app.Styles.Muted,
		Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: clearing.New(s.app)}) }}}
}
