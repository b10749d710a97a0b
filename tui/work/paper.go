package work

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// paper asks when and where something due was done on paper, before the book began.
type paper struct {
	app  *ui.App
	one  model.Due
	all  []model.Due // of the same item, one among them
	rows ui.ShortForm
	w, h int
}

var _ ui.Overlay = (*paper)(nil)

// settledOnPaper tells the list what was written down, or why not.
type settledOnPaper struct {
	act int64
	n   int
	err error
}

// The answers to how many are meant.
const paperOne = "只这一条"

func newPaper(app *ui.App, one model.Due, all []model.Due, until model.Date) *paper {
	p := &paper{app: app, one: one, all: all}
	between := ""
	if period, ok := model.ParsePeriod(one.Period); ok {
		until = min(until, period.Last)
		between = fmt.Sprintf("%s 到 %s 之间", period.First, until)
	}
	p.rows = ui.ShortForm{App: app, Rows: []*ui.ShortRow{
		ui.TextRow(app, "day", "办理日期", string(until), between),
		ui.TextRow(app, "note", "记在哪里", "", "例如 2026年会议记录本第12页"),
	}}
	if len(all) > 1 {
		p.rows.Rows = append(p.rows.Rows, ui.ChoiceRow("all", "哪几条", []string{paperOne, fmt.Sprintf("这一项的 %d 条都是", len(all))}, ""))
	}
	p.rows.Rows = append(p.rows.Rows, &ui.ShortRow{Name: "write", Label: "记下", Act: p.write})
	return p
}

func (p *paper) Init() tea.Cmd   { return nil }
func (p *paper) Title() string   { return "已在纸质台账办理" }
func (p *paper) Unsaved() string { return "" }

func (p *paper) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "记下"}, {Action: ui.Back, Label: "返回"}}
}

func (p *paper) Help() []string {
	return []string{
		"启用本台账以前已经办好、记在纸上的事,在这里注明日期和记在哪一本哪一页,这一期就不再提醒。",
		"只对这一期、这一条有效:下个月、下一年照常提醒;启用以后办的事要登记成记录。",
		"谁在什么时候记下的都留着;记错了在“已在纸质台账办理”的清单里按 F8 撤回。",
		"这样记的不算进县里的汇总:要算的,请把当时的记录补登记,会标为“补录”。",
	}
}

func (p *paper) Box(width, height int) (w, h int) { return min(width-6, 72), min(height-2, 13) }

func (p *paper) SetSize(w, h int) { p.w, p.h = w, h }

func (p *paper) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case ui.Is(m, ui.Save):
			return p.write()
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
		cmd, _ := p.rows.Update(m)
		return cmd
	case tea.PasteMsg:
		return p.rows.Paste(m)
	case tea.MouseClickMsg:
		return p.rows.Click(m.Y - p.top())
	case settledOnPaper:
		return p.written(m)
	}
	return nil
}

// write writes it down, in a command.
func (p *paper) write() tea.Cmd {
	day, err := model.ParseDate(p.rows.Value("day"))
	if err != nil {
		p.rows.Row("day").Fault = err.Error()
		p.rows.Focus("day")
		return nil
	}
	which := []model.Due{p.one}
	if r := p.rows.Row("all"); r != nil && r.Value() != paperOne {
		which = p.all
	}
	note := p.rows.Value("note")
	return func() tea.Msg {
		act, err := count.SettleOnPaper(p.app.Ctx, p.app.Ledger, day, note, "", which...)
		return settledOnPaper{act, len(which), err}
	}
}

func (p *paper) written(m settledOnPaper) tea.Cmd {
	var known *model.Error
	switch {
	case errors.As(m.err, &known):
		row := "day"
		if known.Code == "E-PAPER-NOTE" {
			row = "note"
		}
		p.rows.Row(row).Fault = known.Message
		p.rows.Focus(row)
		return nil
	case m.err != nil:
		return ui.Do(ui.Failed{Err: m.err})
	}
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Changed{}),
		ui.Do(ui.Status{Text: fmt.Sprintf("已记下 %d 条在纸质台账办理;记错了按 Ctrl+Z 撤回", m.n)}))
}

// top is the number of lines above the rows.
func (p *paper) top() int { return len(p.head()) + 1 }

func (p *paper) head() []string {
	lines := ui.Wrap(p.one.Label+":"+p.one.Text, p.w-2)
	return lines[:min(len(lines), 3)]
}

func (p *paper) View() (string, *tea.Cursor) {
	var lines []string
	for _, l := range p.head() {
		lines = append(lines, " "+l)
	}
	rows, cursor := p.rows.View(p.w)
	lines = append(append(lines, ""), rows...)
	if cursor != nil {
		cursor.Y += p.top()
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), p.w, p.h), "\n"), cursor
}

// askPaper opens the question about the chosen line; what belongs to no period is done
// by its record alone.
func (d *dueList) askPaper() tea.Cmd {
	it, ok := d.list.Selected()
	if !ok {
		return nil
	}
	one, _ := it.Value.(model.Due)
	if d.app.Ledger.ReadOnly() {
		return ui.Do(ui.Status{Text: "台账是用只读方式打开的,不能改动", Fault: true})
	}
	var all []model.Due
	for _, it := range d.list.Items() {
		if due, ok := it.Value.(model.Due); ok && due.Period == one.Period {
			all = append(all, due)
		}
	}
	return func() tea.Msg {
		env := d.app.Ledger.Env(d.app.Ctx)
		until, err := party.PaperUntil(env)
		if err != nil {
			return ui.Failed{Err: err}
		}
		period, ok := model.ParsePeriod(one.Period)
		switch {
		case !ok:
			err = party.CheckPaper(env, one, until)
		case until < period.First:
			err = party.CheckPaper(env, one, period.First)
		}
		if err != nil {
			return ui.Failed{Err: err}
		}
		return ui.Push{Screen: newPaper(d.app, one, all, until)}
	}
}

// takeBack takes back what this list last wrote down.
func (d *dueList) takeBack() tea.Cmd {
	if d.act == 0 {
		return ui.Do(ui.Status{Text: "这里没有刚记下的;以前记的在工作台“已在纸质台账办理”里按 F8 撤回"})
	}
	act := d.act
	d.act = 0
	return func() tea.Msg {
		if err := count.TakeBackPaper(d.app.Ctx, d.app.Ledger, act, 0); err != nil {
			return ui.Failed{Err: err}
		}
		return takenBack{}
	}
}

// takenBack tells that settlements were taken back.
type takenBack struct{}

// sayTakenBack is what follows from it.
func sayTakenBack() tea.Cmd {
	return tea.Batch(ui.Do(ui.Changed{}), ui.Do(ui.Status{Text: "已撤回“已在纸质台账办理”,照常提醒"}))
}
