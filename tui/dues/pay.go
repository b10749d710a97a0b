package dues

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// payment is one cell that is to be written: fen for a month.
type payment struct {
	row   *count.DuesRow
	month model.Month
	fen   int64
	id    string // of the record that it changes, or "" for a new one
}

// key names a payment's cell.
func (p payment) key() string { return cellKey(p.row, p.month) }

func cellKey(r *count.DuesRow, m model.Month) string { return r.Person.ID + string(m) }

// saved answers a writing.
type saved struct {
	keys []string // the cells
	all  bool     // it was the filling
	text string
	err  error
}

type (
	undone struct {
		what string
		err  error
	}
	deleteNow struct{ id string }
)

// enter pays the standing amount in the cell, or opens what is paid already.
func (g *grid) enter() tea.Cmd {
	r, c := g.at(), g.cell()
	switch {
	case r == nil:
		return nil
	case c.State == count.DuesPaid:
		return g.open()
	}
	if why := g.refused(r); why != "" {
		g.note = why
		return nil
	}
	name := r.Person.Str("name")
	switch {
	case c.State == count.DuesExempt:
		g.note = name + "免交党费,不用交;自己愿意交的,直接打金额"
		return nil
	case c.Owed <= 0:
		g.note = fmt.Sprintf("%s%s的月缴标准没有核定,请直接打金额;标准在“人员”里填(月缴党费、标准起始)", name, g.month().Chinese())
		return nil
	}
	found := g.search.Value() != ""
	g.search.SetValue("")
	cmd := g.pay(payment{r, g.month(), c.Owed, ""})
	if !found && g.row < len(g.sheet.Rows)-1 {
		g.goTo(g.row+1, g.col)
	}
	return cmd
}

// takeAmount pays what is typed in the cell, and goes on by d rows.
func (g *grid) takeAmount(d int) tea.Cmd {
	r, c := g.at(), g.cell()
	fen, err := model.ParseYuan(g.amount.Value())
	switch {
	case err != nil:
		g.note = err.Error()
		return nil
	case fen == 0:
		g.note = "金额应大于 0;不要这个金额按 Esc,已经登记的按 F8 删除"
		return nil
	}
	g.amount = nil
	cmd := g.pay(payment{r, g.month(), fen, c.ID})
	g.goTo(g.row+d, g.col)
	return cmd
}

// pay writes one cell in a command.
func (g *grid) pay(p payment) tea.Cmd {
	if g.busy[p.key()] {
		g.note = "这一格正在登记"
		return nil
	}
	g.busy[p.key()] = true
	app, collector, width := g.app, g.sheet.Collector, g.w-2
	return func() tea.Msg {
		m := saved{keys: []string{p.key()}}
		rec, err := p.record(app, collector)
		if err != nil {
			m.err = err
			return m
		}
		done, err := app.Ledger.Save(app.Ctx, model.FromForm, rec)
		if err != nil {
			m.err = named(err, p)
			return m
		}
		m.text = p.said(done.Findings, width)
		return m
	}
}

// said tells what was written, and the first reminder where the line has room for it;
// the month's check lists them all.
func (p payment) said(found []model.Finding, width int) string {
	text := fmt.Sprintf("%s%s党费 %s 元已登记", p.row.Person.Str("name"), p.month.Chinese(), yuan(p.fen))
	if owed := p.row.Months[monthIndex(p.month)].Owed; p.fen < owed {
		return text + fmt.Sprintf(",比标准少 %s 元;按 Ctrl+Z 撤销", yuan(owed-p.fen))
	}
	for _, f := range found {
		if more := text + "。提醒:" + f.Message; f.Severity == model.Warning && ui.Width(more) <= width {
			return more
		}
	}
	return text + ";按 Ctrl+Z 撤销"
}

// record gives the record of a payment. It runs in a command.
func (p payment) record(app *ui.App, collector string) (*model.Record, error) {
	if p.id != "" {
		rec, err := app.Ledger.Get(app.Ctx, count.DuesKind, p.id)
		if err == nil {
			rec.Set("amount", p.fen)
		}
		return rec, err
	}
	rec, err := app.Ledger.New(app.Ctx, count.DuesKind)
	if err != nil {
		return nil, err
	}
	rec.Set("person", p.row.Person.ID)
	rec.Set("month", string(p.month))
	rec.Set("amount", p.fen)
	if collector != "" {
		rec.Set("collector", collector)
	}
	return rec, nil
}

// named says of which member a refusal speaks.
func named(err error, p payment) error {
	var refusal *store.Refusal
	var known *model.Error
	text := ""
	switch {
	case errors.As(err, &refusal):
		text = refusal.Error()
	case errors.As(err, &known):
		text = known.Message
	default:
		return fmt.Errorf("dues of %s: %w", p.month, err)
	}
	return model.Errorf("E-DUES", "%s%s的党费没有登记:%s", p.row.Person.Str("name"), p.month.Chinese(), text)
}

func (g *grid) tookSaved(m saved) tea.Cmd {
	for _, k := range m.keys {
		delete(g.busy, k)
	}
	if m.all && g.fill != nil {
		g.fill.saving = false
	}
	if m.err != nil {
		return tea.Batch(ui.Do(ui.Failed{Err: m.err}), g.Init())
	}
	if m.all {
		g.unfill()
	}
	return tea.Batch(ui.Do(ui.Status{Text: m.text}), ui.Do(ui.Changed{Kind: count.DuesKind}))
}

// open opens the form of the cell: of what is paid, or of a new record, for another way
// of paying.
func (g *grid) open() tea.Cmd {
	r, c := g.at(), g.cell()
	if r == nil {
		return nil
	}
	if c.ID != "" {
		g.search.SetValue("")
		return g.app.OpenForm(ui.FormOf{Kind: count.DuesKind, ID: c.ID})
	}
	if why := g.refused(r); why != "" {
		g.note = why
		return nil
	}
	preset := map[string]model.Value{"person": r.Person.ID, "month": string(g.month())}
	if c.Owed > 0 {
		preset["amount"] = c.Owed
	}
	if g.sheet.Collector != "" {
		preset["collector"] = g.sheet.Collector
	}
	g.search.SetValue("")
	return g.app.OpenForm(ui.FormOf{Kind: count.DuesKind, Preset: preset, Field: "method"})
}

// askDelete asks before what is paid in the cell goes to the recycle bin.
func (g *grid) askDelete() tea.Cmd {
	r, c := g.at(), g.cell()
	switch {
	case r == nil:
		return nil
	case c.ID == "":
		g.note = "这一格还没有登记,没有可删除的"
		return nil
	case g.app.Ledger.ReadOnly():
		g.note = g.refused(r)
		return nil
	}
	return ui.Do(ui.Ask{Title: "删除",
		Text:    fmt.Sprintf("把%s%s的党费 %s 元放进回收站吗?以后可以恢复。", r.Person.Str("name"), g.month().Chinese(), yuan(c.Paid)),
		Choices: []ui.Choice{{Label: "不删除"}, {Label: "删除", Cmd: ui.Do(deleteNow{c.ID})}}})
}

func (g *grid) delete(id string) tea.Cmd {
	app := g.app
	return func() tea.Msg {
		return saved{err: app.Ledger.Delete(app.Ctx, count.DuesKind, id), text: "已放进回收站;按 Ctrl+Z 撤销"}
	}
}

// undo takes the last change of this sitting back.
func (g *grid) undo() tea.Cmd {
	app := g.app
	return func() tea.Msg {
		what, err := app.Ledger.Undo(app.Ctx)
		return undone{what, err}
	}
}

func (g *grid) tookUndone(m undone) tea.Cmd {
	switch {
	case m.err != nil:
		return ui.Do(ui.Failed{Err: m.err})
	case m.what == "":
		return ui.Do(ui.Status{Text: "没有可以撤销的:这次打开程序以后还没有保存或删除过"})
	}
	return tea.Batch(ui.Do(ui.Status{Text: m.what}), ui.Do(ui.Changed{}))
}

// yuan writes fen without zeros that say nothing: 2, 0.5, 12.35.
func yuan(fen int64) string {
	s := model.FormatYuan(fen)
	if !strings.HasSuffix(s, ".00") {
		return strings.TrimSuffix(s, "0")
	}
	return strings.TrimSuffix(s, ".00")
}
