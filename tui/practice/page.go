// Package practice is the page of 用示例村练习: five things to do in the made-up village,
// each ticked off once the ledger shows that it was done.
package practice

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/practice"
	"taizhang/tui/ui"
)

// Title is what it is called everywhere.
const Title = "用示例村练习"

// Messages to the root, which knows the ledgers: begin or go on, begin anew, and end.
type (
	Begin struct{}
	Anew  struct{}
	End   struct{}
)

// lesson is one task as it is told.
type lesson struct {
	name string
	line string // one line, for the bottom of the screen: 60 cells at most
	how  []string
}

// lessons are the tasks in their order. A key stands in braces, so that it is named as this
// machine's hints do.
var lessons = [practice.Tasks]lesson{
	practice.Meeting: {"登记一次会议", "工作台按 {2},选“开会”;看一遍,按 {s} 保存",
		[]string{"在工作台按 {2}(今天办什么),选“开会”按回车,再选“支部党员大会”。", "大多照上次填好了:看一遍,改改议题;按回车到下一项,按 {s} 保存。"}},
	practice.Dues: {"收一次党费", "工作台按 {2},选“收党费”;在没交的一格上按回车",
		[]string{"在工作台按 {2},选“收党费”,打开党费表:一人一行,一月一格。", "带括号的是没有交的,在一格上按回车就登记好了;交错了按 Ctrl+Z。"}},
	practice.Phone: {"找一个人,改他的电话", "{12} 打 ry 回车;打名字;{3} 改;{s} 存",
		[]string{"按 {12}(菜单),打 ry 或“人员”,按回车。在表里直接打姓名或拼音首字母,就找到他。", "按 {3} 打开表单,按 PgDn 到“联系电话”,改好按 {s} 保存。"}},
	practice.Transfer: {"办一次转出,再撤销", "工作台 {2} 选“党员转出”;到“党员变动”按 Ctrl+Z",
		[]string{"在工作台按 {2},选“党员转出”,选人,填“转入党组织”,按 {s} 保存;问移交包,选“不写”。", "名册上少了他。办错了不要紧:按 {12},打“党员变动”按回车,按 Ctrl+Z,人又回来了。"}},
	practice.Report: {"月末报送到一个文件夹", "{9};在“写到”上按 {3} 选文件夹;{s} 导出",
		[]string{"按 {9}(月度上报):核对名册、看检查结果,没有问题就导出。", "没有插U盘也行:在“写到”上按 {3},选一个文件夹,按 {s} 导出。"}},
}

// Line tells in one line which task comes next and what to do for it.
func Line(s *ui.Styles, d practice.Done) string {
	next := d.Next()
	if next == practice.Tasks {
		return "练习:五件事都办好了。按 " + s.KeyOf(ui.Menu) + " 选“" + Title + "”看下一步"
	}
	l := lessons[next]
	return fmt.Sprintf("练习 %d/%d %s:%s", int(next)+1, len(lessons), l.name, keyed(s, l.line))
}

// DoneLine tells that a task was done, and what comes next.
func DoneLine(t practice.Task, d practice.Done) string {
	if d.Next() == practice.Tasks {
		return "√ 办好了:" + lessons[t].name + "。五件事都办好了"
	}
	return "√ 办好了:" + lessons[t].name + "。下一件:" + lessons[d.Next()].name
}

// Name gives the name of a task.
func Name(t practice.Task) string { return lessons[t].name }

// keyed names keys as this machine's hints do.
func keyed(s *ui.Styles, text string) string {
	return strings.NewReplacer("{2}", s.KeyOf(ui.New), "{s}", s.KeyOf(ui.Save), "{3}", s.KeyOf(ui.ToForm), "{9}", s.KeyOf(ui.MonthEnd), "{12}", s.KeyOf(ui.Menu)).Replace(text)
}

// Page lists the tasks, and what can be done with the practice.
type Page struct {
	app  *ui.App
	done practice.Done
	own  bool // an own ledger waits
	list ui.Chooser
	top  int // the row of the choices in the last View
	w, h int
}

var _ ui.Screen = (*Page)(nil)

// New gives the page; own tells that an own ledger is gone on with afterwards.
func New(app *ui.App, d practice.Done, own bool) *Page {
	p := &Page{app: app, own: own}
	p.Look(d)
	return p
}

// Look takes over what has been done.
func (p *Page) Look(d practice.Done) {
	p.done = d
	end, note := "结束练习,新建本村台账", "练习的不带过去"
	if p.own {
		end, note = "结束练习,回到本村台账", "练习的不带过去"
	}
	items := []ui.Item{{Key: "on", Label: "接着练", Note: "退出程序也不要紧,下次打开接着练"}, {Key: "anew", Label: "从头再来", Note: "示例村变回原来的样子"}, {Key: "end", Label: end, Note: note}}
	if d.Next() == practice.Tasks {
		items[0] = ui.Item{Key: "on", Label: "留在示例村里随便看看"}
		items = []ui.Item{items[2], items[0], items[1]}
	}
	first := p.list.Items() == nil || d.Next() == practice.Tasks && p.list.Items()[0].Key == "on"
	p.list.SetItems(items)
	if first {
		p.list.Select(items[0].Key)
	}
}

// Init implements ui.Screen.
func (p *Page) Init() tea.Cmd { return nil }

// Title implements ui.Screen.
func (p *Page) Title() string { return Title }

// Unsaved implements ui.Screen.
func (p *Page) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (p *Page) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "选定"}, {Action: ui.Back, Label: "到工作台去练"}}
}

// Help implements ui.Screen.
func (p *Page) Help() []string {
	return []string{
		"示例村是编出来的:人、地方、电话、身份证号都是假的,随便改、随便删,弄坏了也不要紧。本村的台账不在这里面,练习时动不到。",
		"标题前面一直写着【练习】。五件事照着办一遍,平时的活就会了;办成一件,前面打一个 √,次序不论。",
		"现在该办哪一件、按哪些键,写在屏幕倒数第二行;有别的话要说时让一让,再按一个键就回来。",
		"练到一半可以退出程序,下次从同一个地方接着练。要从头再来、要结束,按 F12 选“用示例村练习”。",
		"练好了,选“结束练习”:还没有本村台账的,接着新建一本。",
	}
}

// SetSize implements ui.Screen.
func (p *Page) SetSize(w, h int) {
	p.w, p.h = w, h
	p.list.SetSize(w-6, len(p.list.Items()))
}

// Update implements ui.Screen.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.KeyPressMsg); ok && ui.Is(m, ui.Save) {
		return ui.Do(ui.Pop{}) // the tasks say 工作台按 F2: somebody presses it here
	}
	return p.list.Drive(msg, p.top, p.choose)
}

func (p *Page) choose() tea.Cmd {
	it, _ := p.list.Selected()
	switch it.Key {
	case "anew":
		return ui.Do(ui.Ask{Title: "从头再来", Text: "练习里登记的都去掉,示例村变回原来的样子。\n本村的台账不动。",
			Choices: []ui.Choice{{Label: "从头再来", Cmd: ui.Do(Anew{})}, {Label: "不,接着练"}}})
	case "end":
		return ui.Do(End{})
	}
	return ui.Do(ui.Pop{})
}

// View implements ui.Screen.
func (p *Page) View() (string, *tea.Cursor) {
	lines := append([]string{""}, p.tasks()...)
	lines = append(lines, "")
	p.top = len(lines)
	list, _ := p.list.View(p.app.Styles)
	for _, l := range list {
		lines = append(lines, "   "+l)
	}
	return strings.Join(lines, "\n"), nil
}

// tasks draws the tasks: those done are ticked off, and of the next one it says how.
func (p *Page) tasks() []string {
	st := p.app.Styles
	next := p.done.Next()
	lines := []string{"   示例村里的人和地方都是编的,放心改。照下面五件事办,办成一件打一个 √:", ""}
	if next == practice.Tasks {
		lines = []string{"   " + st.Good.Render("五件事都办好了。") + "平时的活就是这些;别的事也一样,按 " + st.KeyOf(ui.Menu) + " 打几个字找到它。", ""}
	}
	for i, l := range lessons {
		t := practice.Task(i)
		mark, name := "  ", fmt.Sprintf("%d  %s", i+1, l.name)
		switch {
		case p.done[t]:
			mark = st.Good.Render("√ ")
		case t == next:
			name = st.Title.Render(name)
		}
		lines = append(lines, "   "+mark+name)
		if t != next {
			continue
		}
		for _, h := range l.how {
			for _, w := range ui.Wrap(keyed(st, h), p.w-12) {
				lines = append(lines, "        "+w)
			}
		}
	}
	return lines
}
