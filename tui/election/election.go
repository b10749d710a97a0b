// Package election is 换届一览: the steps of one election with their days and documents,
// and what is still missing.
package election

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/tui/ui"
)

// Kind is the kind whose page this is.
const Kind = "election"

// page shows one election.
type page struct {
	app   *ui.App
	id    string
	rec   *model.Record
	steps []party.ElectionStep
	list  ui.Chooser
	run   int
	w, h  int
}

var _ ui.Screen = (*page)(nil)

// stepsRead is what the ledger holds of the election.
type stepsRead struct {
	to    *page
	run   int
	rec   *model.Record
	steps []party.ElectionStep
	err   error
}

// New gives the page of the election of that id.
func New(app *ui.App, id string) ui.Screen {
	return &page{app: app, id: id, list: ui.Chooser{Empty: "正在读…"}}
}

// Init implements ui.Screen.
func (p *page) Init() tea.Cmd {
	p.run++
	m := stepsRead{to: p, run: p.run}
	return func() tea.Msg {
		if m.rec, m.err = p.app.Ledger.Get(p.app.Ctx, Kind, p.id); m.err == nil {
			m.steps, m.err = party.ElectionSteps(p.app.Ledger.Env(p.app.Ctx), m.rec)
		}
		return m
	}
}

// Title implements ui.Screen.
func (p *page) Title() string { return "换届一览" }

// Unsaved implements ui.Screen.
func (p *page) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (p *page) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "填这一步"}, {Action: ui.New, Label: "打开表单"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (p *page) Help() []string {
	return []string{
		"这里是这一次选举从请示到报批的每一步:哪天办的、文号多少、还缺什么。",
		"用 ↑ ↓ 移动,下面写出这一步的全部内容;按回车打开表单,直接到这一步要填的那一项。",
		"按 F2(或 Ctrl+N)从头打开表单。",
		"文件的日期取自“文件收发”里同一文号的那一条;那里没有登记的,只显示文号。",
		"“任职和本届起始”没有登记完的,打开表单按 F2 保存一次,会列出来一起办。",
	}
}

// SetSize implements ui.Screen.
func (p *page) SetSize(w, h int) {
	p.w, p.h = w, h
	p.fill()
	p.list.SetSize(w, max(h-headRows-1-ui.DetailRows, 1))
}

// headRows stand above the list: which election it is, and the columns' titles.
const headRows = 3

// Update implements ui.Screen.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case stepsRead:
		if m.to == p && m.run == p.run {
			return p.took(m)
		}
		return nil
	case ui.Changed, ui.Shown:
		return p.Init()
	case tea.KeyPressMsg:
		switch {
		case ui.Is(m, ui.New):
			return p.openAt("")
		case ui.Is(m, ui.Print) && p.rec != nil:
			return p.app.OpenPapers(ui.PrintOf{Kind: Kind, Record: p.rec})
		}
	}
	return p.list.Drive(msg, headRows, p.open)
}

// took shows what was read; an election that is gone takes its page with it.
func (p *page) took(m stepsRead) tea.Cmd {
	if m.err == nil && m.rec.DeletedAt != "" {
		return ui.Do(ui.Pop{})
	}
	if m.err != nil {
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Failed{Err: m.err}))
	}
	first := p.rec == nil
	p.rec, p.steps = m.rec, m.steps
	p.fill()
	if first {
		p.list.SetTyped("") // at the first step, or at the first that lacks something
		if i := slices.IndexFunc(p.steps, func(s party.ElectionStep) bool { return s.Lacks != "" }); i >= 0 {
			p.list.Select(p.steps[i].Name)
		}
	}
	return nil
}

// fill draws the steps for the width that there is.
func (p *page) fill() {
	items := make([]ui.Item, len(p.steps))
	for i, s := range p.steps {
		items[i] = ui.Item{Key: s.Name, Label: p.row(i, s), Value: s}
		switch {
		case s.Lacks != "":
			items[i].Style = p.app.Styles.Warning
		case s.Done():
			items[i].Style = p.app.Styles.Good
		}
	}
	p.list.SetItems(items)
}

// Widths of the columns of a step, in cells.
const (
	markWidth, nameWidth = 4, 20
	dayWidth, noWidth    = 26, 24
)

// row draws a step in one line: the mark says in words what its colour says.
func (p *page) row(i int, s party.ElectionStep) string {
	mark := "缺"
	if s.Lacks == "" {
		mark = "有"
	}
	row := ui.Fit(mark, markWidth) + ui.Fit(fmt.Sprintf("%2d %s", i+1, s.Name), nameWidth)
	if s.On == "" && s.No == "" {
		return row + cmp.Or(s.Holds, s.Lacks)
	}
	row += ui.Fit(s.On, dayWidth) + ui.Fit(s.No, noWidth)
	if p.w < ui.Width(row)+20 { // what the record holds more stands below then
		return row
	}
	return row + s.Holds
}

func (p *page) open() tea.Cmd {
	it, ok := p.list.Selected()
	if !ok {
		return nil
	}
	s, _ := it.Value.(party.ElectionStep)
	return p.openAt(s.Field)
}

func (p *page) openAt(field string) tea.Cmd {
	return p.app.OpenForm(ui.FormOf{Kind: Kind, ID: p.id, Field: field})
}

// heading says which election it is, and how far it has come.
func (p *page) heading() string {
	if p.rec == nil {
		return ""
	}
	r := p.rec
	text := strings.Join([]string{r.Text("organization"), r.Str("kind"), r.Str("method")}, " ")
	if r.Filled("term_no") {
		text += fmt.Sprintf(" 第 %d 届", r.Int("term_no"))
	}
	return text
}

// lacking counts the steps of which something is missing.
func (p *page) lacking() int {
	n := 0
	for _, it := range p.list.Items() {
		if s, ok := it.Value.(party.ElectionStep); ok && s.Lacks != "" {
			n++
		}
	}
	return n
}

// View implements ui.Screen.
func (p *page) View() (string, *tea.Cursor) {
	st := p.app.Styles
	lines := []string{" " + st.Title.Render(ui.Cut(p.heading(), p.w-2)), "", ""}
	if p.rec != nil {
		state := fmt.Sprintf("共 %d 步,还有 %d 步缺东西", len(p.list.Items()), p.lacking())
		if p.lacking() == 0 {
			state = fmt.Sprintf("共 %d 步,都齐了", len(p.list.Items()))
		}
		lines[1] = " " + state
		lines[2] = st.Heads(ui.Fit("", markWidth)+ui.Fit("   步骤", nameWidth)+ui.Fit("日期", dayWidth)+"文号", p.w)
	}
	list, _ := p.list.View(st)
	lines = append(lines, list...)
	lines = append(lines, p.detail()...)
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), p.w, p.h), "\n"), nil
}

// detail writes the chosen step out below the list.
func (p *page) detail() []string {
	it, ok := p.list.Selected()
	if !ok {
		return nil
	}
	s, _ := it.Value.(party.ElectionStep)
	lines := []string{ui.Rule(p.app.Styles, s.Name, p.w)}
	if text := strings.Join(nonEmpty(s.On, s.No, s.Holds), ";"); text != "" {
		for _, l := range ui.Wrap(text, p.w-2) {
			lines = append(lines, " "+l)
		}
	}
	if s.Lacks != "" {
		for _, l := range ui.Wrap("缺:"+s.Lacks, p.w-2) {
			lines = append(lines, " "+p.app.Styles.Warning.Render(l))
		}
	}
	return lines
}

func nonEmpty(texts ...string) []string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return all
}
