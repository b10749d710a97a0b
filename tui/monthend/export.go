package monthend

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/send"
	"taizhang/tui/ui"
)

// export begins the export; where errors are open it asks first.
func (m *MonthEnd) export() tea.Cmd {
	m.fault, m.result = "", nil
	dir := m.rows.Row("dir")
	if dir.Value() == "" {
		dir.Fault = "请填写报送包要写到哪个文件夹,例如 U 盘的位置"
		m.rows.Focus("dir")
		return nil
	}
	if m.forked != nil {
		return m.askForked()
	}
	return m.askErrors()
}

// askForked asks first where the county takes the ledger for a copy of another.
func (m *MonthEnd) askForked() tea.Cmd {
	return ui.Do(ui.Ask{
		Title: "上一个包县里没有收",
		Text:  forkedText(m.forked),
		Choices: []ui.Choice{
			{Label: "先不导出,看怎么办", Cmd: ui.Do(ui.Push{Screen: newReceiptView(m.app, m.forked)})},
			{Label: "已经跟县里说好,导出", Cmd: m.askErrors()},
		},
	})
}

// askErrors asks where errors are open.
func (m *MonthEnd) askErrors() tea.Cmd {
	if m.tally == nil || m.tally.Errors == 0 {
		return m.lookBack(false)
	}
	return ui.Do(ui.Ask{
		Title: "还有错误没有改正",
		Text:  fmt.Sprintf("检查发现 %d 条错误。最好先改正再上报;也可以带着错误导出,包里会逐条列明。", m.tally.Errors),
		Choices: []ui.Choice{
			{Label: "先去看错误", Cmd: m.openProblems()},
			{Label: "带着错误导出", Cmd: m.lookBack(true)},
			{Label: "返回"},
		},
	})
}

// lookBack asks first where the county would ask: where members are gone whom no movement
// explains, or many records (send.LostSince).
func (m *MonthEnd) lookBack(allowErrors bool) tea.Cmd {
	month, start := m.chosen(), m.start(allowErrors)
	return func() tea.Msg {
		lost, err := send.LostSince(m.app.Ctx, m.app.Ledger, month)
		switch {
		case err != nil:
			return ui.Failed{Err: err}
		case lost.None():
			return start()
		}
		return ui.Ask{
			Title:   "这次少了",
			Text:    "这次比上次" + lost.Text(m.app.Ledger.Kinds()) + "。县里会先不收,打电话来问(待核实)。" + send.WhatToDo + "。",
			Choices: []ui.Choice{{Label: "先不导出,去核对名册", Cmd: ui.Do(ui.Push{Screen: newRoll(m.app, month)})}, {Label: "没有错,照样导出", Cmd: start}},
		}
	}
}

// start gives the command that exports and the one that waits for its steps.
func (m *MonthEnd) start(allowErrors bool) tea.Cmd {
	p := &progress{steps: make(chan [2]int, 64)}
	o := send.Options{
		Month: m.chosen(), AllowErrors: allowErrors,
		Progress: func(done, all int) {
			select {
			case p.steps <- [2]int{done, all}:
			default: // the screen is behind; the next step tells more
			}
		},
	}
	typed, ask := m.rows.Value("dir"), *m.rows.Row("dir").Browse
	begin := func() tea.Msg { return exportBegun{p} }
	work := func() tea.Msg {
		defer close(p.steps)
		o.Dir = ui.CompletePath(typed, ask)
		sent, err := send.Export(m.app.Ctx, m.app.Ledger, o)
		if err != nil {
			return exportFault{err}
		}
		if err := keepFolder(m.app, o.Dir); err != nil {
			// The bundle stands: that its folder could not be noted is told beside it.
			return tea.Batch(ui.Do(exportDone{sent}), ui.Do(ui.Failed{Err: err}))()
		}
		return exportDone{sent}
	}
	return tea.Sequence(begin, work)
}

// next waits for the export's next step.
func (p *progress) next() tea.Cmd {
	return func() tea.Msg {
		s, ok := <-p.steps
		if !ok {
			return nil
		}
		return exportStep{s[0], s[1]}
	}
}

// failed shows an error under the row that it is about, else below the rows.
func (m *MonthEnd) failed(err error) tea.Cmd {
	var known *model.Error
	if !errors.As(err, &known) {
		return ui.Do(ui.Failed{Err: err})
	}
	field := map[string]string{"E-DIR": "dir", "E-PERM": "dir", "E-FULL": "dir", "E-WRITE": "dir", "E-GONE": "dir", "E-DISK": "dir", "E-BUSY": "dir", "E-NAME": "dir", "E-MONTH": "month", "E-NOPROFILE": "profile"}[known.Code]
	if known.Field != "" {
		field = known.Field
	}
	if r := m.rows.Row(field); r != nil {
		r.Fault = known.Message
		m.rows.Focus(field)
		return nil
	}
	m.fault = known.Message
	return nil
}
