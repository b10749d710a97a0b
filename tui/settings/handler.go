package settings

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// NewHandler asks for the 经手人; leave, where set, is what Esc does beside closing.
func NewHandler(app *ui.App, leave func() tea.Cmd) ui.Screen {
	l, ctx := app.Ledger, app.Ctx
	name, _ := l.Handler()
	help := "谁在记这本台账?写姓名,按回车。修改经过、封账、给出去的表都记下是谁办的。"
	return ui.NewLine(app, ui.LineAsk{Title: "经手人", Text: []string{help, "换了人,在“设置”里改;不想写,按 Esc。"}, Value: name, Gap: true, Leave: leave,
		Help: []string{help, "同时记下的还有这台电脑登录的用户名。以前记下的不会改。", "写好按回车;按 Esc 不写。"},
		Done: func(typed string) (tea.Cmd, error) {
			if err := l.SetHandler(ctx, typed); err != nil {
				return nil, err
			}
			if typed == "" {
				return ui.Do(done{"没有写经手人,只记登录的用户名"}), nil
			}
			return ui.Do(done{"经手人:" + typed}), nil
		}})
}
