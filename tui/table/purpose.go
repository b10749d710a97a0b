package table

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// askPurpose asks for what and for whom ID numbers and phones are written whole, and
// proposes what was said last; next goes on with the answer.
func (t *tableScreen) askPurpose(o output, next func(output) tea.Cmd) tea.Cmd {
	if t.app.Ledger.ReadOnly() {
		return ui.Do(ui.Status{Fault: true, Text: "台账是只读打开的,用途记不下来,不能写全身份证号和电话;请正常打开台账再写"})
	}
	return func() tea.Msg {
		past, err := t.app.Ledger.HandedOut(t.app.Ctx, 1)
		if err != nil {
			return ui.Failed{Err: err}
		}
		if len(past) > 0 {
			o.purpose, o.receiver = past[0].Purpose, past[0].Receiver
		}
		return ui.Replace{Screen: ui.NewSlip(t.app, ui.SlipAsk{Title: "写全号码的用途", Leave: "不写了", Help: []string{"身份证号和电话会写全。下面两项记进修改记录。"},
			Done: func(box *ui.Slip) tea.Cmd {
				o.purpose, o.receiver = box.Value("purpose"), box.Value("receiver")
				for _, name := range []string{"purpose", "receiver"} {
					if box.Value(name) == "" {
						box.Row(name).Fault = "写全号码一定要填这一项"
						box.Focus(name)
						return nil
					}
				}
				return next(o)
			}},
			ui.TextRow(t.app, "purpose", "用途", o.purpose, "例如:年底党员统计核对"),
			ui.TextRow(t.app, "receiver", "接收单位", o.receiver, "例如:柳河镇党委"))}
	}
}
