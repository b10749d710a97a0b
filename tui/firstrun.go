package tui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	page "taizhang/tui/practice"
	"taizhang/tui/ui"
)

// firstRun is what a person sees who has no ledger yet: begin a new one, restore a
// copy, or look at a made-up one.
type firstRun struct {
	app  *ui.App
	o    Options
	list ui.Chooser
	lie  []store.Beside // what lies where the ledger would stand
	seal *sealedRestore
	w, h int
}

var _ ui.Screen = (*firstRun)(nil)

// notDone ends the making of a ledger that failed.
type notDone struct{ err error }

func newFirstRun(app *ui.App, o Options, seal *sealedRestore) *firstRun {
	f := &firstRun{app: app, o: o, seal: seal, lie: store.FindBeside(o.Path)}
	items := []ui.Item{
		{Key: "new", Label: "新建本村台账", Note: "第一次使用,选这一项"},
		{Key: "restore", Label: "从备份恢复", Note: "换了电脑,或原来的台账坏了"},
	}
	if o.Practice != "" {
		items = append(items, ui.Item{Key: "practice", Label: page.Title, Note: practiceNote(o.Practice)})
	}
	f.list.SetItems(items)
	if slices.ContainsFunc(f.lie, func(b store.Beside) bool { return b.Copy }) {
		f.list.Select("restore")
	}
	return f
}

func (f *firstRun) Init() tea.Cmd   { return nil }
func (f *firstRun) Title() string   { return "台账:开始使用" }
func (f *firstRun) Unsaved() string { return "" }

func (f *firstRun) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "选定"}}
}

func (f *firstRun) Help() []string {
	return []string{
		"这台电脑上还没有台账。用上下键选一项,按回车。",
		"新建本村台账:插上有启动卡的U盘,或填上党组织的代码和名称,就可以开始登记。",
		"从备份恢复:把备份文件(如 U 盘上的)抄回这台电脑,接着用。",
		"用示例村练习:里面的人和地方都是编的,照着办五件事,平时的活就会了;以后在菜单里也能练。",
	}
}

func (f *firstRun) SetSize(w, h int) {
	f.w, f.h = w, h
	f.list.SetSize(w-8, len(f.list.Items()))
}

const firstRunTop = 10 // the line of the first choice

func (f *firstRun) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if !f.list.Update(m) && ui.Is(m, ui.Open) {
			return f.choose()
		}
	case tea.MouseClickMsg:
		if f.list.Click(m.X-4, m.Y-firstRunTop) {
			return f.choose()
		}
	case tea.MouseWheelMsg:
		f.list.Wheel(m)
	}
	return nil
}

func (f *firstRun) choose() tea.Cmd {
	it, ok := f.list.Selected()
	if !ok {
		return nil
	}
	switch it.Key {
	case "new":
		return ui.Do(ui.Push{Screen: newLedgerForm(f.app, f.o.Path)})
	case "restore":
		box := newRestore(f.app, f.o.Path)
		box.seal = f.seal
		return ui.Do(ui.Push{Screen: box})
	}
	return ui.Do(page.Begin{})
}

func (f *firstRun) View() (string, *tea.Cursor) {
	st := f.app.Styles
	lines := []string{
		"", "    " + st.Title.Render("台账"), "",
		"    村党组织的记录本:党员、会议、党费、培训……都登记在这台电脑的一个文件里,",
		"    不用上网,每月导出一个报送包交到县里。", "",
		"    " + st.Warning.Render(notSecret), "",
		"    请选一项:", "",
	}
	list, _ := f.list.View(st)
	for _, l := range list {
		lines = append(lines, "    "+l)
	}
	lines = append(lines, "")
	for _, l := range ui.Wrap(fmt.Sprintf("台账将放在:%s", f.o.Path), f.w-8) {
		lines = append(lines, "    "+st.Muted.Render(l))
	}
	lines = append(lines, f.beside()...)
	return strings.Join(lines, "\n"), nil
}

// notSecret says on which computers the record book may be kept (design.md §10).
const notSecret = "只用不涉密的电脑和U盘;涉密的文件和内容不要记进来。"

// besideShown is how many files are named; more would not help to choose.
const besideShown = 4

// beside names what lies where the ledger would stand: nobody shall begin anew beside a
// ledger that could be gone on with.
func (f *firstRun) beside() []string {
	if len(f.lie) == 0 {
		return nil
	}
	lines := []string{"", "    " + f.app.Styles.Warning.Render("那里已经有下面的文件。要接着用,选“从备份恢复”,不要新建:")}
	for _, b := range f.lie[:min(len(f.lie), besideShown)] {
		lines = append(lines, "      "+ui.Cut(filepath.Base(b.Path), f.w-46)+"  "+b.What+"  "+b.At.Format("1月2日 15:04"))
	}
	if more := len(f.lie) - besideShown; more > 0 {
		lines = append(lines, fmt.Sprintf("      还有 %d 个", more))
	}
	return lines
}
