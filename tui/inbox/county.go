package inbox

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/inbox"
	"taizhang/tui/ui"
)

// choose asks for the file that is to go out.
func (s *screen) choose() tea.Cmd {
	app := s.app
	return func() tea.Msg {
		folder, err := ui.LastFolder(app)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return ui.Push{Screen: ui.NewPathBox(app, ui.PathAsk{Title: "下发哪个文件", Help: "通知或空白表在哪里,按 ↓ 从列表里选:", Path: ui.FolderPath(folder), Near: true,
			Done: func(path string) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), s.askNote(path)) }})}
	}
}

// askNote asks for a word to go with the file.
func (s *screen) askNote(path string) tea.Cmd {
	return ui.Do(ui.Push{Screen: ui.NewSlip(s.app, ui.SlipAsk{Title: "下发文件", Leave: "不下发了", Help: []string{path, "涉密的文件不能下发。"},
		Done: func(box *ui.Slip) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), s.add(path, box.Value("note"))) }},
		ui.TextRow(s.app, "note", "说明", "", "可以空着;例如 12月20日前填好交回"))})
}

func (s *screen) add(path, note string) tea.Cmd {
	app := s.app
	return func() tea.Msg {
		p, err := inbox.Add(app.Ctx, app.Ledger, path, note)
		if err != nil {
			return ui.Failed{Err: err}
		}
		if err := ui.KeepFolder(app, path); err != nil {
			return ui.Failed{Err: err}
		}
		return done{ui.Status{Text: fmt.Sprintf("已列入下发:%s。下次写回执时一起写到U盘", p.Name)}}
	}
}

func (s *screen) askWithdraw() tea.Cmd {
	p, ok := s.selected()
	if !ok || p.Withdraw != "" {
		return nil
	}
	app := s.app
	withdraw := func() tea.Msg {
		if err := inbox.Withdraw(app.Ctx, app.Ledger, p.Name); err != nil {
			return ui.Failed{Err: err}
		}
		return done{ui.Status{Text: "已收回:" + model.Clean(p.Name, false)}}
	}
	return ui.Do(ui.Ask{Title: "收回", Text: fmt.Sprintf("收回“%s”?以后的回执不再带它,已经取入的%s还有。", model.Clean(p.Name, false), app.Words().There),
		Choices: []ui.Choice{{Label: "不收回"}, {Label: "收回", Cmd: withdraw}}})
}
