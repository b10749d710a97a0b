package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/count"
	"taizhang/tui/backups"
	"taizhang/tui/clearing"
	"taizhang/tui/compare"
	"taizhang/tui/county"
	"taizhang/tui/dues"
	"taizhang/tui/fill"
	"taizhang/tui/form"
	"taizhang/tui/history"
	"taizhang/tui/homecoming"
	"taizhang/tui/inbox"
	"taizhang/tui/manual"
	"taizhang/tui/monthend"
	"taizhang/tui/paper"
	page "taizhang/tui/practice"
	"taizhang/tui/settings"
	"taizhang/tui/shelf"
	"taizhang/tui/stats"
	"taizhang/tui/summary"
	"taizhang/tui/transfer"
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
	m.list.Hint = "打汉字、拼音或首字母,例如 dfei"
	m.list.Empty = "没有这样的名称。按退格键改,按 Esc 重新看全部"
	m.list.SetItems(menuItems(app))
	return m
}

// add puts an entry behind the one of that key.
func (m *menu) add(behind string, it ui.Item) {
	items := m.list.Items()
	i := slices.IndexFunc(items, func(old ui.Item) bool { return old.Key == behind })
	m.list.SetItems(slices.Insert(slices.Clone(items), i+1, it))
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
		{Key: "stats", Label: "统计", Search: "统计 统计图 图表 指标 目标 年龄", Run: push(func() ui.Screen { return stats.New(app, "") })},
		{Key: "papers", Label: "报表", Search: "报表 打印", Run: push(func() ui.Screen { return paper.New(app) })},
		{Key: "compare", Label: "与全国系统比对", Search: "与全国系统比对 全国党员管理信息系统 名单 核对", Run: push(func() ui.Screen { return compare.New(app) })},
		{Key: "fill", Label: "填表", Search: "填表 上级要表 空白表 花名册 报表", Run: push(func() ui.Screen { return fill.New(app, ui.FillOf{}) })},
		{Key: "inbox", Label: inbox.Name(app), Search: inbox.Name(app) + " 来件 下发 通知 空白表", Run: push(func() ui.Screen { return inbox.New(app) })},
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
	} else {
		items = append(items, ui.Item{Key: "transfer-in", Label: "收移交包", Search: "收移交包 转入 移交 来人", Run: push(func() ui.Screen { return transfer.NewIn(app) })})
		items = append(items, ui.Item{Key: party.ScreenHomecoming, Label: "流动党员回乡", Search: "流动党员回乡 春节 外出", Run: push(func() ui.Screen { return homecoming.New(app) })})
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
		if b, ok := app.Beside[k.Name]; ok && !app.County { // a county's ledger has many organisations
			items = append(items, ui.Item{Key: "beside/" + k.Name, Label: b.Title, Search: b.Title + " " + b.Words, Run: push(func() ui.Screen { return b.Open(app) })})
		}
	}
	items = append(items, ui.Item{Heading: true, Label: "本台账"})
	if app.Ledger.Extract() == nil {
		items = append(items, ui.Item{Key: "backups", Label: backups.Title, Search: backups.Title + " U盘 口令 恢复 电脑要换", Run: push(func() ui.Screen { return backups.New(app) })})
		items = append(items, ui.Item{Key: "clear", Label: clearing.Title, Search: clearing.Title + " 离开的人 转出 去世 身份证号 删除", Run: push(func() ui.Screen { return clearing.New(app) })})
	}
	items = append(items, ui.Item{Key: "manual", Label: manual.Title, Search: manual.Title + " 手册 说明书 帮助 怎么办", Run: push(func() ui.Screen { return manual.New(app, "") })})
	if app.CanPractise && app.Sitting == nil || app.Practice {
		items = append(items, ui.Item{Key: "practice", Label: page.Title, Search: page.Title + " 练习 示例 学 新手", Run: say(page.Begin{})})
	}
	if app.Sitting != nil { // no other can be locked
		items = append(items, ui.Item{Key: "lock", Label: "暂时离开", Search: "暂时离开 锁 锁屏 口令", Run: say(ui.Lock{})})
	}
	if w := app.Words(); w.Sums() {
		items = slices.DeleteFunc(items, func(it ui.Item) bool { return slices.Contains(ofRecords, it.Key) || it.Key == "sent" && w.Higher == "" })
	}
	return append(items,
		ui.Item{Key: "settings", Label: "设置", Search: "设置 配置文件 校验数字 版本 台账加密 口令 经手人", Run: push(func() ui.Screen { return settings.New(app) })})
}

// countyItems are the screens that only a county has.
func countyItems(app *ui.App) []ui.Item {
	if app.Ledger.Extract() != nil { // only looked at
		return []ui.Item{{Heading: true, Label: "县级"},
			{Key: "status", Label: "报送情况", Search: "报送情况 催报 迟报", Run: push(func() ui.Screen { return county.NewReporting(app) })},
			{Key: "units", Label: "报送单位", Search: "报送单位 撤销 合并 换代码 经过", Run: push(func() ui.Screen { return county.NewUnits(app) })}}
	}
	w, keys, rules := app.Words(), county.KeysName(app), county.RulesName(app)
	return []ui.Item{
		{Heading: true, Label: w.Own + "级"},
		{Key: "receive", Label: "收报", Search: "收报 接收 U盘", Run: push(func() ui.Screen { return county.NewReceive(app) })},
		{Key: "status", Label: "报送情况", Search: "报送情况 催报 迟报", Run: push(func() ui.Screen { return county.NewReporting(app) })},
		{Key: "review", Label: "待核实", Search: "待核实 退回 收下 少了党员", Run: push(func() ui.Screen { return county.NewReview(app, nil) })},
		{Key: "units", Label: "报送单位", Search: "报送单位 撤销 合并 换代码 经过", Run: push(func() ui.Screen { return county.NewUnits(app) })},
		{Key: "keys", Label: keys, Search: keys + " 备份 换密钥 校验数字 口令", Run: push(func() ui.Screen { return county.NewKeys(app) })},
		{Key: "cross", Label: "交叉核对", Search: "交叉核对 口袋党员 重复", Run: push(func() ui.Screen { return county.NewCross(app) })},
		{Key: "trust", Label: "核对后放行", Search: "核对后放行 认可 密钥变了 旧备份 退回", Run: push(func() ui.Screen { return county.NewTrustList(app) })},
		{Key: "roll", Label: "取入单位名单", Search: "取入单位名单 应报送的单位 花名册", Run: push(func() ui.Screen { return county.NewRoll(app) })},
		{Key: "issue", Label: "发启动卡", Search: "发启动卡 新建台账", Run: push(func() ui.Screen { return county.NewIssue(app) })},
		{Key: "rules", Label: rules, Search: rules + " 截止日 达标分数 目标 一票否决 配置文件", Run: push(func() ui.Screen { return county.NewRules(app) })},
		{Key: "rescue", Label: "给村里恢复台账", Search: "给村里恢复台账 台账丢了 电脑坏了", Run: push(func() ui.Screen { return county.NewRescueList(app) })},
		{Key: "extract", Label: "给乡镇摘录", Search: "给乡镇摘录 乡镇 摘录 只读 口令", Run: push(func() ui.Screen { return county.NewExtract(app) })},
		{Key: "close", Label: "封账", Search: "封账 更正封账 汇总 上报上级", Run: push(func() ui.Screen { return county.NewClosing(app) })},
		{Key: "sent", Label: "上报记录", Search: "上报记录 上级 回执 报送包 上报上级", Run: push(func() ui.Screen { return monthend.NewSent(app) })},
	}
}

// ofRecords are the screens that need the records of those who report: an office above
// counties, which has their sums alone, is not offered them.
var ofRecords = []string{"compare", "cross", "issue", "rescue", "extract", "practice"}

// besideTables are the screens made for one kind.
func besideTables() map[string]ui.BesideTable {
	return map[string]ui.BesideTable{
		count.DuesKind: {Title: "党费表", Words: "收党费", Open: dues.New},
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
		"菜单里是全部的记录和画面。不知道一件事登记在哪里,就到这里找;在哪个画面都能按 F12 出来。",
		"“常用”是工作台、月度上报、汇总、统计这些画面;下面各组是一类一类的记录,与检查时要看的资料盒大致相同。",
		"直接打字最快:汉字、全拼、首字母都行,例如打 df 找到“党费”。按 Esc 先清掉打的字,再按一次返回。",
		"有人来、走、去世、转正、受处分,选“办理变动”,不要直接去改人员的状态:增减才对得上。",
		"正看着表格里的一条或一张表单时,菜单里还有“这一条的修改经过”。",
		"用方向键移动,按回车打开;也可以用鼠标点。打开菜单不改动任何记录。",
	}
}

func (m *menu) SetSize(w, h int) {
	m.w, m.h = w, h
	m.list.Columns = menuColumns(w)
	m.list.SetItems(noted(m.list.Items(), w))
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
