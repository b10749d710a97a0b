package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/manual"
	"taizhang/tui/ui"
)

// help explains the screen below it and lists the keys.
type help struct {
	app   *ui.App
	about ui.Screen
	top   int
	w, h  int
	lines []string
}

var _ ui.Overlay = (*help)(nil)

func newHelp(app *ui.App, about ui.Screen) *help { return &help{app: app, about: about} }

// keyTable lists the keys as the help shows them: what they do, and where.
var keyTable = []struct {
	action ui.Action
	what   string
}{
	{ui.Help, "帮助;在帮助里按回车看手册"},
	{ui.Menu, "菜单:全部记录和画面"},
	{ui.MonthEnd, "月度上报"},
	{ui.Quit, "退出程序(没保存的会先问)"},
	{ui.Back, "返回、关闭"},
	{ui.ShowIDs, "完整显示或隐去证件号和电话"},
	{ui.History, "修改经过:这条记录谁在什么时候改了什么(表格、表单里)"},
	{ui.New, "新增记录(表格里)"},
	{ui.Save, "保存(表单里,也可以按 Ctrl+S)"},
	{ui.Open, "打开、选定"},
	{ui.Find, "查找(表格里直接打字也行)"},
	{ui.Filter, "筛选、现成的视图(表格里)"},
	{ui.Sort, "排序、选列(表格里)"},
	{ui.Sheet, "导出成表格文件、从文件读入(表格里)"},
	{ui.ToForm, "直接打开表单(表格、档案里)"},
	{ui.SaveNext, "保存,接着填下一条(表单里)"},
	{ui.Tally, "分类统计(表格里)"},
	{ui.Delete, "删除到回收站(表单里只用 F8)"},
	{ui.Undo, "撤销上一次保存或删除(表格里)"},
	{ui.Mark, "标记一行(表格里)"},
	{ui.MarkAll, "全标记,再按一次全不标(表格里)"},
	{ui.Act, "一起办:谈话、开会、收党费……(表格里)"},
	{ui.Print, "打印(表格、表单、报表里)"},
	{ui.Beside, "党费表(“党费”的表格里)"},
	{ui.Next, "下一项"},
	{ui.Previous, "上一项"},
	{ui.List, "打开可选的列表(表单里)"},
}

func (h *help) Init() tea.Cmd   { return nil }
func (h *help) Title() string   { return "帮助:" + h.about.Title() }
func (h *help) Unsaved() string { return "" }
func (h *help) Help() []string  { return nil }

func (h *help) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Back, Label: "关闭帮助"}}
	if chapter, ok := chapterOf(h.app, h.about); ok {
		hints = append(hints, ui.Hint{Action: ui.Open, Label: "看手册:" + chapter.Title})
	}
	return hints
}

func (h *help) Box(width, height int) (int, int) { return min(width-4, 90), height }

func (h *help) SetSize(w, height int) {
	h.w, h.h = w, height
	h.lines = nil
	for _, p := range h.about.Help() {
		for _, line := range ui.Wrap(p, w-2) {
			h.lines = append(h.lines, " "+line)
		}
	}
	h.lines = append(h.lines, "", " "+h.app.Styles.Title.Render("按键"))
	for _, k := range keyTable {
		what := k.what
		switch k.action {
		case ui.Menu, ui.MonthEnd, ui.ShowIDs, ui.History:
			if h.app.Ledger == nil {
				continue // they open what needs a ledger
			}
			if k.action == ui.MonthEnd {
				what = h.app.MonthEndName()
			}
		}
		h.lines = append(h.lines, "  "+ui.Fit(k.action.Keys(), 24)+what)
	}
	h.lines = append(h.lines, "  "+ui.Fit("方向键、PgUp、PgDn、Home、End", 32)+"移动")
	h.scroll(0)
}

func (h *help) scroll(by int) { h.top = max(0, min(h.top+by, len(h.lines)-h.h)) }

func (h *help) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch m.String() {
		case "up":
			h.scroll(-1)
		case "down":
			h.scroll(1)
		case "pgup":
			h.scroll(-h.h + 1)
		case "pgdown", "space":
			h.scroll(h.h - 1)
		case "home":
			h.scroll(-len(h.lines))
		case "end":
			h.scroll(len(h.lines))
		case "esc":
			return ui.Do(ui.Pop{})
		case "enter":
			chapter, ok := chapterOf(h.app, h.about)
			if !ok {
				return ui.Do(ui.Pop{})
			}
			return ui.Do(ui.Replace{Screen: manual.New(h.app, chapter.Key)})
		}
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			h.scroll(-2)
		} else {
			h.scroll(2)
		}
	}
	return nil
}

func (h *help) View() (string, *tea.Cursor) {
	end := min(h.top+h.h, len(h.lines))
	shown := append([]string(nil), h.lines[h.top:end]...)
	if end < len(h.lines) && len(shown) > 0 {
		shown[len(shown)-1] = h.app.Styles.Muted.Render(" ↓ 下面还有,按 PgDn 看")
	}
	return strings.Join(shown, "\n"), nil
}
