package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/county"
	"taizhang/tui/form"
	"taizhang/tui/history"
	"taizhang/tui/monthend"
	"taizhang/tui/paper"
	"taizhang/tui/settings"
	"taizhang/tui/shelf"
	"taizhang/tui/summary"
	"taizhang/tui/ui"
)

// menu lists all kinds by group and the screens; typing narrows it.
type menu struct {
	app  *ui.App
	list ui.Chooser
	w, h int
}

var _ ui.Screen = (*menu)(nil)

func newMenu(app *ui.App) *menu {
	m := &menu{app: app}
	m.list.Typing = true
	m.list.Prompt = " 找:"
	m.list.Hint = "打汉字、拼音或首字母,例如 dfei"
	m.list.Empty = "没有这样的名称。按退格键改,按 Esc 重新看全部"
	m.list.SetItems(menuItems(app))
	return m
}

// menuItems gives the entries, each with what opens it.
func menuItems(app *ui.App) []ui.Item {
	items := []ui.Item{
		{Heading: true, Label: "常用"},
		{Key: "work", Label: "工作台", Run: say(ui.Home{})},
	}
	if !app.County { // which reports to nobody
		items = append(items, ui.Item{Key: "month-end", Label: "月度上报", Run: say(ui.Press{Action: ui.MonthEnd})},
			ui.Item{Key: "sent", Label: "上报记录", Search: "上报记录 回执 报送包", Run: push(func() ui.Screen { return monthend.NewSent(app) })})
	}
	items = append(items, []ui.Item{
		{Key: "summary", Label: "汇总", Search: "汇总 三级联创汇总表 指标 封账", Run: push(func() ui.Screen { return summary.New(app) })},
		{Key: "papers", Label: "报表", Search: "报表 打印", Run: push(func() ui.Screen { return paper.New(app) })},
		{Key: "shelf", Label: "迎检成册", Search: "迎检成册 台账 缺项 检查", Run: push(func() ui.Screen { return shelf.New(app) })},
		{Key: "recycle", Label: "回收站", Search: "回收站 删除 恢复", Run: push(func() ui.Screen { return history.NewRecycle(app) })},
		{Key: "changes", Label: "修改记录", Search: "修改记录 历史", Run: push(func() ui.Screen { return history.NewChanges(app) })},
	}...)
	for _, k := range app.Ledger.Kinds().Kinds() {
		if len(k.Begins) > 0 {
			items = append(items, ui.Item{Key: "begin/" + k.Name, Label: k.BeginTitle, Search: k.BeginTitle + " " + k.Title,
				Run: push(func() ui.Screen { return form.NewBegin(app, k, nil) })})
		}
	}
	if app.County {
		items = append(items, countyItems(app)...)
	}
	var group model.Group
	for _, k := range app.Ledger.Kinds().Kinds() {
		if k.Group != group {
			group = k.Group
			items = append(items, ui.Item{Heading: true, Label: string(group)})
		}
		items = append(items, ui.Item{
			Key: k.Name, Label: k.Title, Search: k.Title + " " + k.Name, Run: push(func() ui.Screen { return app.Table(app, ui.TableOf{Kind: k.Name}) }),
		})
	}
	return append(items, ui.Item{Heading: true, Label: "本台账"},
		ui.Item{Key: "settings", Label: "设置", Search: "设置 配置文件 校验数字 版本", Run: push(func() ui.Screen { return settings.New(app) })})
}

// countyItems are the screens that only a county has.
func countyItems(app *ui.App) []ui.Item {
	return []ui.Item{
		{Heading: true, Label: "县级"},
		{Key: "receive", Label: "收报", Search: "收报 接收 U盘", Run: push(func() ui.Screen { return county.NewReceive(app) })},
		{Key: "status", Label: "报送情况", Search: "报送情况 催报 迟报", Run: push(func() ui.Screen { return county.NewReporting(app) })},
		{Key: "cross", Label: "交叉核对", Search: "交叉核对 口袋党员 重复", Run: push(func() ui.Screen { return county.NewCross(app) })},
	}
}

// push opens a screen that is made when its entry is chosen; say sends a message.
func push(screen func() ui.Screen) func() tea.Cmd {
	return func() tea.Cmd { return ui.Do(ui.Push{Screen: screen()}) }
}

func say(msg tea.Msg) func() tea.Cmd { return func() tea.Cmd { return ui.Do(msg) } }

func (m *menu) Init() tea.Cmd   { return nil }
func (m *menu) Title() string   { return "菜单" }
func (m *menu) Unsaved() string { return "" }

func (m *menu) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "打开"}, {Action: ui.Back, Label: "返回"}, {Action: ui.MonthEnd, Label: m.app.MonthEndName()}}
}

func (m *menu) Help() []string {
	return []string{
		"这里是全部的记录和画面,按组排列。",
		"用方向键移动,按回车打开;也可以用鼠标点。",
		"直接打字可以缩小范围:汉字、全拼、首字母都行,例如打 df 找到“党费”。",
		"按 Esc 先清掉打的字,再按一次返回。",
	}
}

func (m *menu) SetSize(w, h int) {
	m.w, m.h = w, h
	m.list.Columns = 3
	m.list.SetSize(w, h)
}

func (m *menu) Update(msg tea.Msg) tea.Cmd {
	return m.list.Drive(msg, 0, m.open)
}

// open goes to the chosen entry; the menu makes way for it.
func (m *menu) open() tea.Cmd {
	it, ok := m.list.Selected()
	if !ok {
		return nil
	}
	return tea.Sequence(ui.Do(ui.Pop{}), it.Run())
}

func (m *menu) View() (string, *tea.Cursor) {
	lines, cursor := m.list.View(m.app.Styles)
	return strings.Join(lines, "\n"), cursor
}
