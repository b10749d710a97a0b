package monthend

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/send"
	"taizhang/tui/ui"
)

// A county's 上报记录 lists what it has sent to the office above; below the list stands what
// became of the chosen one.

// whom is who answers the bundles.
func whom(app *ui.App) string {
	if app.County {
		return "上级"
	}
	return "县里"
}

// aboveRows are the rows below a county's list.
const aboveRows = 4

// helpAbove is the help of a county's list.
var helpAbove = []string{
	"这里列出报给上级的每一个报送包,和上级的回执:待回执、已接收、待核实(上级先没有收,要打电话说明)、被退回。下面写着退回的原因。",
	"上级把回执写在 U 盘上。插好 U 盘,按 F2(或 Ctrl+N)取入,别的单位的回执不会取入。没有插 U 盘的,会问回执在哪个文件夹。",
	"同一个月报过几次的,上级以最后一次为准,按差额看得出改了哪些数。更正的在“封账”里:先更正封账,再报一次。",
}

// readSent runs as a command.
func (s *sentList) readSent(run int) tea.Msg {
	ctx, l := s.app.Ctx, s.app.Ledger
	all, err := send.SentBundles(ctx, l)
	m := sentRead{run: run, all: all}
	if err == nil && s.app.County {
		m.reasons, err = send.Answers(ctx, l, all)
	}
	if err != nil {
		return ui.Failed{Err: err}
	}
	return m
}

// below says of a county's chosen bundle what became of it.
func (s *sentList) below() []string {
	st := s.app.Styles
	lines := []string{ui.Rule(st, "", s.w)}
	it, ok := s.list.Selected()
	b, is := it.Value.(send.Sent)
	if !ok || !is {
		return lines
	}
	text, days := "", b.Unanswered(s.app.Ledger.Source().Now())
	switch reason := s.reasons[b.Sequence]; {
	case s.newest[b.Month] > b.Sequence:
		text = fmt.Sprintf("这个月以后又报了第 %d 号,以它为准", s.newest[b.Month])
	case reason != "":
		text = b.State + ":" + reason
	case b.Plain:
		text = "没有加密的,只用于自己检查,没有交出去"
	case days >= send.AnswerDays:
		text = fmt.Sprintf("导出 %d 天了还没有回执:请问上级收到没有;U盘拿回来的,插好按 %s 取入", days, st.KeyOf(ui.New))
	}
	for _, l := range ui.Wrap(ui.Clean(text), s.w-2) {
		lines = append(lines, " "+l)
	}
	return lines[:min(len(lines), aboveRows)]
}
