package settings

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// newLine asks for a setting in one line of text.
func newLine(app *ui.App, title, help, value string, done func(string) (tea.Cmd, error)) *ui.Line {
	return ui.NewLine(app, ui.LineAsk{Title: title, Text: []string{help}, Value: value, Done: done,
		Help: []string{help, "写好按回车;写得不对,下面会写出哪里不对。按 Esc 返回,什么也不改。"}})
}
