package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/tui/ui"
)

// damaged is what a person sees whose ledger's file is damaged: what is wrong, and the ways
// on from there. It may be the lowest screen.
type damaged struct {
	app     *ui.App
	path    string
	what    []string
	legible bool // the ledger is open, and what is left can be looked at
	bottom  bool // nothing lies below: 只读查看 begins with the work table
	copies  []copies.Copy
	looked  bool
	list    ui.Chooser
	busy    string
	w, h    int
}

var _ ui.Screen = (*damaged)(nil)

type (
	// copiesFound brings the copies of the ledger that lie about.
	copiesFound struct{ all []copies.Copy }
	// lookOn asks for the work table of what can be read.
	lookOn struct{}
	// goBackTo asks for a copy in the ledger's place; repaired says that it is what repairing
	// made of the ledger itself.
	goBackTo struct {
		file, secret string
		repaired     bool
	}
	// wentBack tells that a copy is in the ledger's place, where it is open, and under which
	// name the damaged one was kept; or that this failed.
	wentBack struct {
		ledger   *store.Ledger
		kept     string
		err      error
		repaired bool
	}
)

func newDamaged(app *ui.App, path string, what []string) *damaged {
	d := &damaged{app: app, path: path, what: onPage(what), legible: app.Ledger != nil}
	d.fill()
	return d
}

// onPage says for a person before this page what was said for one at a command line: what
// to choose instead of what to type.
func onPage(what []string) []string {
	all := slices.Clone(what)
	for i, text := range all {
		all[i] = strings.ReplaceAll(text, "用“从备份恢复”(taizhang restore)", "在下面选“从备份恢复”按回车,")
	}
	return all
}

func (d *damaged) Init() tea.Cmd {
	app, path, kept := d.app, d.path, keptFolders(d.app)
	return func() tea.Msg { return copiesFound{findCopies(app, path, kept)} }
}

// findCopies looks for copies of a ledger where they usually lie and in the folders kept.
func findCopies(app *ui.App, path string, kept []string) []copies.Copy {
	folders := app.Drives()
	if home, err := os.UserHomeDir(); err == nil {
		folders = append(folders, home)
	}
	return copies.Find(app.Ctx, path, append(folders, kept...), book.Standard)
}

// keptFolders are the folders that the ledger's settings know, as far as they can be read.
func keptFolders(app *ui.App) []string {
	if app.Ledger == nil {
		return nil
	}
	var all []string
	for _, name := range []string{"sheet.folder", "paper.folder", "monthend.folder"} {
		if dir, err := app.Ledger.Setting(app.Ctx, name); err == nil && filepath.IsAbs(dir) {
			all = append(all, dir)
		}
	}
	return all
}

func (d *damaged) Title() string   { return "台账文件坏了" }
func (d *damaged) Unsaved() string { return "" }

func (d *damaged) Hints() []ui.Hint {
	if d.busy != "" {
		return nil
	}
	hints := []ui.Hint{{Action: ui.Open, Label: "选定"}}
	if !d.bottom && d.legible {
		hints = append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
	}
	return hints
}

func (d *damaged) Help() []string {
	return []string{
		"台账文件坏了,多半是断电、硬盘或U盘出错、别的程序改过。程序没有再往里写,坏的文件原样留着。",
		"从备份恢复:程序在台账旁边、您的文件夹和U盘上找备份,写明每一份记到什么时候、会少什么。选一份,查过是好的才放到台账的位置;坏的文件改名留在旁边。",
		"修复数据:把坏文件里还在的逐页读出来,写成一份新台账,列出读不出的;先给您看,您同意了才换上。坏的文件不动。",
		"只读查看:还能读的部分可以看、可以打印,不能改,也不能上报。",
		"拿不准就先不动,退出程序,打电话给县里的技术人员。",
	}
}

func (d *damaged) SetSize(w, h int) {
	d.w, d.h = w, h
	d.list.SetSize(w-8, len(d.list.Items()))
}

// fill writes the choices from what is known so far.
func (d *damaged) fill() {
	muted := d.app.Styles.Muted
	items := []ui.Item{
		{Key: "restore", Label: "从备份恢复", Note: d.restoreNote()},
		{Key: "repair", Label: "修复数据", Note: "读出还在的,列出读不出的,看过再定"},
		{Key: "look", Label: "只读查看", Note: "还能读的部分,只看不改"},
		{Key: "quit", Label: "退出程序", Note: "什么也不动"},
	}
	if !d.legible {
		items[2].Note, items[2].Style = "打不开,看不了", muted
	}
	d.list.SetItems(items)
}

func (d *damaged) restoreNote() string {
	switch good := d.good(); {
	case !d.looked:
		return "正在找备份…"
	case good == nil:
		return "没有找到好的备份;插上U盘再选这一项"
	default:
		return "最新的一份记到 " + ui.LocalTime(good.Saved) + lossOf(*good)
	}
}

// good is the first of the copies that one can go back to.
func (d *damaged) good() *copies.Copy {
	if len(d.copies) == 0 || d.copies[0].Wrong != "" {
		return nil
	}
	return &d.copies[0]
}

// lossOf says what would be lost by going back to a copy.
func lossOf(c copies.Copy) string {
	switch {
	case c.Sealed:
		return "," + c.Wrong
	case c.Wrong != "":
		return ",不能用:" + c.Wrong
	case !c.Known:
		return ",以后登记的会没有"
	case c.Lost == 0:
		return ",什么也不会少"
	case c.Fewer > 0:
		return fmt.Sprintf(",会少 %d 次登记、%d 条记录", c.Lost, c.Fewer)
	}
	return fmt.Sprintf(",会少 %d 次登记", c.Lost)
}

const damagedMost = 5 // findings that are shown

func (d *damaged) top() []string {
	lines := []string{"", "    " + d.app.Styles.Fault.Render("台账文件坏了,不能再往里写。坏在哪里:"), ""}
	for i, what := range d.what {
		if i == damagedMost {
			lines = append(lines, fmt.Sprintf("      还有 %d 处", len(d.what)-i))
			break
		}
		for n, l := range ui.Wrap(what, d.w-12) {
			mark := "  "
			if n == 0 {
				mark = "- "
			}
			lines = append(lines, "      "+mark+l)
		}
	}
	return append(lines, "", "    程序没有动这个文件。请选一项:", "")
}

func (d *damaged) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case copiesFound:
		d.copies, d.looked = m.all, true
		d.fill()
		return nil
	case tea.KeyPressMsg:
		switch {
		case d.busy != "":
		case d.list.Update(m):
		case ui.Is(m, ui.Open):
			return d.choose()
		case ui.Is(m, ui.Back) && !d.bottom && d.legible:
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		if d.busy == "" && d.list.Click(m.X-4, m.Y-len(d.top())) {
			return d.choose()
		}
	case tea.MouseWheelMsg:
		d.list.Wheel(m)
	}
	return nil
}

func (d *damaged) choose() tea.Cmd {
	it, ok := d.list.Selected()
	if !ok {
		return nil
	}
	switch it.Key {
	case "restore":
		return d.chooseCopy()
	case "repair":
		return ui.Do(repairNow{copies: d.copies, looked: d.looked})
	case "quit":
		return ui.Do(ui.Press{Action: ui.Quit})
	case "look":
		if !d.legible {
			return ui.Do(ui.Status{Text: "文件坏得打不开,看不了;请从备份恢复"})
		}
		if d.bottom {
			return ui.Do(lookOn{})
		}
		return ui.Do(ui.Pop{})
	}
	return nil
}

// chooseCopy lists the copies, the good ones first, and one of one's own choice.
func (d *damaged) chooseCopy() tea.Cmd {
	items := make([]ui.Item, 0, len(d.copies)+1)
	for i, c := range d.copies {
		it := ui.Item{Key: c.Path, Label: fmt.Sprintf("记到 %s%s", savedOf(c), lossOf(c)), Value: i,
			Search: filepath.Base(c.Path), Run: func() tea.Cmd { return d.confirm(c.Path, lossOf(c)) }}
		if c.Wrong != "" {
			it.Style = d.app.Styles.Muted
			it.Run = func() tea.Cmd { return ui.Do(ui.Status{Text: "这一份不能用:" + c.Wrong, Fault: true}) }
			if c.Sealed {
				it.Run = func() tea.Cmd { return ui.Do(ui.Push{Screen: newRestoreOf(d.app, d.path, c.Path)}) }
			}
		}
		items = append(items, it, ui.Item{Heading: true, Label: "  " + d.whose(c) + ui.Cut(ui.Clean(c.Path), 50)})
	}
	app, path := d.app, d.path
	items = append(items, ui.Item{Key: "other", Label: "别处的备份文件…", Run: func() tea.Cmd {
		return ui.Do(ui.Push{Screen: newRestore(app, path)})
	}})
	box := ui.NewListBox(d.app, "从备份恢复:选一份", items, nil)
	box.Text = "最新的好备份在最前面。坏的台账会改名留在旁边。"
	again := d.Init()
	return tea.Batch(ui.Do(ui.Push{Screen: box}), again) // a stick may have come meanwhile
}

// whose tells whose a copy is where the ledger itself can't say whose it was.
func (d *damaged) whose(c copies.Copy) string {
	if d.legible || c.Name == "" {
		return ""
	}
	return ui.Cut(ui.Clean(c.Name), 24) + "  "
}

func savedOf(c copies.Copy) string {
	if c.Saved == "" {
		return c.Modified.Local().Format("2006-01-02 15:04")
	}
	return ui.LocalTime(c.Saved)
}

func (d *damaged) confirm(file, loss string) tea.Cmd {
	return ui.Do(ui.Ask{Title: "从备份恢复", Text: "用这份备份代替坏的台账:\n" + ui.Cut(ui.Clean(file), 66) + "\n" + strings.TrimPrefix(loss, ",") + "。",
		Choices: []ui.Choice{{Label: "恢复", Cmd: ui.Do(goBackTo{file: file})}, {Label: "先不恢复"}}})
}

func (d *damaged) View() (string, *tea.Cursor) {
	lines := d.top()
	list, _ := d.list.View(d.app.Styles)
	for _, l := range list {
		lines = append(lines, "    "+l)
	}
	lines = append(lines, "")
	for _, l := range ui.Wrap("台账文件:"+d.path, d.w-8) {
		lines = append(lines, "    "+d.app.Styles.Muted.Render(l))
	}
	if d.busy != "" {
		lines = append(lines, "", "    "+d.busy)
	}
	return strings.Join(lines, "\n"), nil
}

// showDamage puts the screen of damage on top, once a sitting for what is met on the way.
func (r *Root) showDamage() tea.Cmd {
	d := r.app.Ledger.Damage()
	if d == nil || r.damageShown {
		return nil
	}
	r.damageShown = true
	return r.push(newDamaged(r.app, r.o.Path, d.What), 0)
}

// beginDamaged begins with the screen of damage.
func (r *Root) beginDamaged(what []string) tea.Cmd {
	r.stack, r.damageShown = nil, true
	s := newDamaged(r.app, r.o.Path, what)
	s.bottom = true
	return r.push(s, 0)
}

// goBack puts a copy in the ledger's place. Nothing else may use the ledger meanwhile:
// all other screens go.
func (r *Root) goBack(to goBackTo) tea.Cmd {
	old, path, ctx, sitting := r.app.Ledger, r.o.Path, r.app.Ctx, r.app.Sitting
	r.app.Ledger, r.stack = nil, nil
	s := newDamaged(r.app, path, []string{"正在从备份恢复"})
	s.bottom, s.busy = true, "正在检查备份并恢复,请稍候…"
	return tea.Batch(r.push(s, 0), r.bind(0, func() tea.Msg {
		if sitting != nil { // which keeps it encrypted
			kept, err := sitting.Restore(ctx, to.file, to.secret)
			return wentBack{ledger: sitting.Ledger(), kept: kept, err: err, repaired: to.repaired}
		}
		return swap(ctx, old, to, path)
	}))
}

func swap(ctx context.Context, old *store.Ledger, to goBackTo, path string) wentBack {
	if old != nil {
		if err := old.Close(); err != nil {
			return wentBack{err: err}
		}
	}
	kept, err := putBack(ctx, to.file, path, to.secret)
	if err == nil && to.repaired { // its copy stands in the ledger's place
		err = store.Remove(to.file)
	}
	l, openErr := book.Open(ctx, path, store.Options{})
	if err == nil {
		err = openErr
	}
	return wentBack{ledger: l, kept: kept, err: err, repaired: to.repaired}
}

// arrive goes on with the ledger that a copy has become, or with the damaged one.
func (r *Root) arrive(m wentBack) tea.Cmd {
	if m.ledger != nil {
		r.take(m.ledger)
	}
	if m.err != nil {
		cmd := r.beginDamaged(r.whatIsWrong(m))
		return tea.Batch(cmd, r.fail(m.err))
	}
	r.damageShown = false
	cmd := r.begin()
	text := "已从备份恢复"
	if m.repaired {
		text = "已换上修好的台账"
	}
	if m.kept != "" {
		text += ",坏的台账留在 " + filepath.Base(m.kept)
	}
	return tea.Batch(cmd, r.say(ui.Status{Text: text}))
}

func (r *Root) whatIsWrong(m wentBack) []string {
	if m.ledger != nil && m.ledger.Damage() != nil {
		return m.ledger.Damage().What
	}
	var known *model.Error
	if errors.As(m.err, &known) {
		return []string{known.Message}
	}
	return []string{"打不开"}
}

// ofDamage tells whether an error comes of a damaged file.
func ofDamage(err error) bool {
	var known *model.Error
	return errors.As(err, &known) && (known.Code == "E-DAMAGED" || known.Code == "E-CORRUPT")
}
