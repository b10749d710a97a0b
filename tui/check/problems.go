// Package check shows what the rules find in all records, and counts it.
package check

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// problems lists what the rules find in all records, errors first; Enter goes to
// the record and the field.
type problems struct {
	app   *ui.App
	list  ui.Chooser
	only  *model.Kind // only what lists of this kind left open; nil for all, with that in one line
	all   []store.Problem
	gaps  []store.Gaps
	ready bool
	run   int
	w, h  int
}

var _ ui.Screen = (*problems)(nil)

type problemsRead struct {
	run  int
	all  []store.Problem
	gaps []store.Gaps
}

// problemsKept bounds what is listed: nobody reads more, and a ledger of 100,000
// persons may have as many.
const problemsKept = 2000

// NewProblems gives 检查结果.
func NewProblems(app *ui.App) ui.Screen {
	p := &problems{app: app}
	p.list.Typing = true
	p.list.Hint = "打姓名、记录名称或它们的拼音"
	return p
}

// newGaps lists what the lists of one kind left open.
func newGaps(app *ui.App, k *model.Kind) ui.Screen {
	p, _ := NewProblems(app).(*problems)
	p.only = k
	return p
}

func (p *problems) Title() string {
	if p.only != nil {
		return cmp.Or(p.only.ListName, p.only.Title) + "待补"
	}
	return "检查结果"
}

func (p *problems) Unsaved() string { return "" }

func (p *problems) Init() tea.Cmd {
	p.run++
	p.ready = false
	p.list.Empty = "正在检查全部记录…"
	run := p.run
	return func() tea.Msg {
		var all []store.Problem
		err := p.app.Ledger.CheckAll(p.app.Ctx, func(pr store.Problem) error {
			switch {
			case p.only != nil && (!pr.Finding.Gap || pr.Kind != p.only):
			case len(all) < problemsKept || pr.Finding.Severity == model.Fault:
				all = append(all, pr)
			}
			return nil
		})
		if err != nil {
			return ui.Failed{Err: err}
		}
		var gaps []store.Gaps
		if p.only == nil {
			all, gaps = store.GatherGaps(all)
		}
		model.Sort(all, func(a, b store.Problem) int { return int(b.Finding.Severity) - int(a.Finding.Severity) })
		return problemsRead{run, all, gaps}
	}
}

func (p *problems) fill() {
	p.list.Empty = "没有错误,也没有提醒"
	items := make([]ui.Item, len(p.all))
	for i, pr := range p.all {
		f := pr.Finding
		style := p.app.Styles.Warning
		if f.Severity == model.Fault {
			style = p.app.Styles.Fault
		}
		items[i] = ui.Item{
			Key:    pr.Kind.Name + "/" + pr.ID + "/" + f.Code + "/" + f.Field,
			Label:  fmt.Sprintf("%s %s %s:%s", f.Severity, pr.Kind.Title, pr.Label, f.Message),
			Search: f.Severity.String() + pr.Kind.Title + " " + pr.Label, Style: style, Value: pr,
		}
	}
	for _, g := range p.gaps {
		items = append(items, ui.Item{Key: "\x00" + g.Kind.Name, Label: g.Tally.Text(g.Kind), Note: "回车逐条看", Style: p.app.Styles.Muted, Value: g})
	}
	p.list.SetItems(items)
}

func (p *problems) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "去改这条记录"}, {Action: ui.Back, Label: "返回"}}
}

func (p *problems) Help() []string {
	return []string{
		"这里把全部记录照规定查一遍,列出错误和提醒,错误在前。每月上报以前看一次,县里退回的就少。",
		"按回车打开那条记录,光标就在有问题的那一项上;改好保存后回到这里。",
		"错误要改正才能上报。提醒请核对,确实无误的可以保留。",
		"下面几行是选中的那条的全文和依据。",
		"“待补”是名册里还没有填的(如转正日期、电话),合成一行;按回车逐条补。",
	}
}

func (p *problems) SetSize(w, h int) {
	p.w, p.h = w, h
	p.list.SetSize(w, h-ui.DetailRows-1)
}

func (p *problems) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case problemsRead:
		if m.run == p.run {
			p.all, p.gaps, p.ready = m.all, m.gaps, true
			p.fill()
		}
	case ui.Changed:
		return p.Init()
	default:
		return p.list.Drive(msg, 0, p.open)
	}
	return nil
}

func (p *problems) open() tea.Cmd {
	it, ok := p.list.Selected()
	if !ok {
		return nil
	}
	if g, ok := it.Value.(store.Gaps); ok {
		return ui.Do(ui.Push{Screen: newGaps(p.app, g.Kind)})
	}
	pr, _ := it.Value.(store.Problem)
	return p.app.OpenForm(ui.FormOf{Kind: pr.Kind.Name, ID: pr.ID, Field: pr.Finding.Field})
}

func (p *problems) View() (string, *tea.Cursor) {
	lines, cursor := p.list.View(p.app.Styles)
	lines = append(lines, ui.Rule(p.app.Styles, "", p.w))
	if it, ok := p.list.Selected(); ok {
		pr, one := it.Value.(store.Problem)
		if !one {
			return strings.Join(append(lines, " 名册里还没有填的,不妨碍上报,查了档案再补;按回车逐条看。"), "\n"), cursor
		}
		for _, l := range ui.Wrap(pr.Finding.Message, p.w-2) {
			lines = append(lines, " "+l)
		}
		lines = append(lines, p.app.Styles.Muted.Render(" 依据:"+ui.Cut(pr.Finding.Source, p.w-8)))
	}
	return strings.Join(lines, "\n"), cursor
}
