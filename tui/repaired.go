package tui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/store/repair"
	"taizhang/tui/ui"
)

// repairPage shows what repairing a damaged ledger (修复数据) brought, before anything takes
// the damaged one's place: what was read, what was made up for, what is lost.
type repairPage struct {
	app    *ui.App
	report *repair.Report
	file   string // the report's
	copies []copies.Copy
	filled bool // from the backup
	list   ui.Chooser
	w, h   int
}

var _ ui.Screen = (*repairPage)(nil)

type (
	// repairNow asks for the ledger to be repaired into a new file beside it; fill takes
	// from the backup what can't be read, and old is what an earlier try has left.
	repairNow struct {
		copies []copies.Copy
		looked bool // for copies, before
		fill   bool
		old    *repair.Report
	}
	// repaired tells what came of it, and brings the damaged ledger as far as it can be
	// opened.
	repaired struct {
		ledger *store.Ledger
		report *repair.Report
		file   string
		asked  repairNow
		err    error
	}
)

// repair begins to repair the ledger. Nothing else may use it meanwhile: all screens go.
func (r *Root) repair(asked repairNow) tea.Cmd {
	old, path, ctx, app, kept := r.app.Ledger, r.o.Path, r.app.Ctx, r.app, keptFolders(r.app)
	r.app.Ledger, r.stack = nil, nil
	s := newDamaged(r.app, path, []string{"正在逐页读台账"})
	s.bottom = true
	s.busy = "正在把还在的记录写成一份新台账,请稍候…坏的文件不会动。"
	return tea.Batch(r.push(s, 0), r.bind(0, func() tea.Msg {
		if !asked.looked {
			asked.copies, asked.looked = findCopies(app, path, kept), true
		}
		return repairBeside(ctx, old, path, asked)
	}))
}

// repairBeside closes the ledger, repairs it into a file beside it, writes the report, and
// opens the ledger again, which is as it was.
func repairBeside(ctx context.Context, old *store.Ledger, path string, asked repairNow) repaired {
	m := repaired{asked: asked}
	if old != nil {
		if m.err = old.Close(); m.err != nil {
			return m
		}
	}
	if asked.old != nil {
		m.err = errors.Join(store.Remove(asked.old.New), store.Remove(repair.ReportName(asked.old.New)))
	}
	if m.err == nil {
		out := repair.NewName(path, &model.Source{Now: time.Now})
		m.file = repair.ReportName(out)
		m.report, m.err = repair.Repair(ctx, path, out, repair.Options{Store: store.Options{Book: book.Standard}, Backups: repair.Usable(asked.copies), Fill: asked.fill})
	}
	if m.err == nil {
		m.err = m.report.Write(ctx, m.file)
	}
	l, err := book.Open(ctx, path, store.Options{})
	if err == nil {
		m.ledger = l
	} else if known := (*model.Error)(nil); m.err == nil && !errors.As(err, &known) {
		m.err = err
	}
	return m
}

// showRepaired shows what repairing brought, on top of the screen of damage.
func (r *Root) showRepaired(m repaired) tea.Cmd {
	if m.ledger != nil {
		if r.app.Sitting != nil { // which encrypts what was written when it ends
			r.app.Sitting.Take(m.ledger)
		}
		r.take(m.ledger)
	}
	cmd := r.beginDamaged(r.whatIsWrong(wentBack{ledger: m.ledger, err: m.err}))
	if m.err != nil {
		return tea.Batch(cmd, r.fail(m.err))
	}
	return tea.Batch(cmd, r.push(newRepairPage(r.app, m), r.lastID))
}

func newRepairPage(app *ui.App, m repaired) *repairPage {
	p := &repairPage{app: app, report: m.report, file: m.file, copies: m.asked.copies, filled: m.asked.fill}
	items := []ui.Item{{Key: "use", Label: "换上修好的台账", Note: "坏的改名留在旁边,不会丢"}}
	if n, day := p.held(); n > 0 {
		items = append(items, ui.Item{Key: "fill", Label: "从备份补上再看", Note: fmt.Sprintf("%s 的备份里还有 %d 处", day, n)})
	}
	if n := len(m.report.Items); n > 0 {
		items = append(items, ui.Item{Key: "each", Label: "逐条看", Note: fmt.Sprintf("读不出、补过和要核对的,共 %d 条", n)})
	}
	items = append(items, ui.Item{Key: "leave", Label: "先不换", Note: "修好的留在旁边,以后也能换"})
	p.list.SetItems(items)
	return p
}

// held counts what is lost and still stands in a backup, and gives the day of the newest.
func (p *repairPage) held() (n int, day string) {
	for _, it := range p.report.Items {
		if it.From != "" || it.Held == "" || it.Doubtful {
			continue
		}
		n++
		day = max(day, it.Held)
	}
	return n, day
}

func (p *repairPage) Init() tea.Cmd   { return nil }
func (p *repairPage) Title() string   { return "修复数据" }
func (p *repairPage) Unsaved() string { return "" }

func (p *repairPage) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "选定"}, {Action: ui.Back, Label: "返回"}}
}

func (p *repairPage) Help() []string {
	return []string{
		"坏的台账没有动。程序把还在的记录写成了一份新台账,放在旁边;读不出的先按修改经过恢复,还缺的在“逐条看”里写明是哪一条、哪一天的备份里还有。",
		"换上修好的台账:查过是好的才放到台账的位置;坏的改名留在旁边。换上以后,没能找回的照纸质材料补登。",
		"从备份补上再看:重新修一次,读不出的从最近的备份里取;备份以后改过的,请核对。",
		"先不换:回到上一个画面,还可以从备份恢复。修好的台账和修复报告留在台账旁边。",
		"拿不准就先不换,打电话给县里的技术人员。",
	}
}

func (p *repairPage) SetSize(w, h int) {
	p.w, p.h = w, h
	p.list.SetSize(w-8, len(p.list.Items()))
}

// top says what was read and what is lost: as many lines as there is room for.
func (p *repairPage) top() []string {
	style := p.app.Styles.Title
	title := "已经写成一份新台账,一条也没有少。还没有换上:"
	if lost := len(p.report.Lost()); lost > 0 {
		style = p.app.Styles.Fault
		title = fmt.Sprintf("已经写成一份新台账,有 %d 处没能找回。还没有换上:", lost)
	} else if !p.report.Whole() {
		title = "已经写成一份新台账,读不出的都补上了。还没有换上:"
	}
	lines := []string{"", "    " + style.Render(title), ""}
	room := p.h - len(p.list.Items()) - 9
	var body []string
	for _, text := range p.report.Text() {
		for n, l := range ui.Wrap(text, p.w-12) {
			mark := "  "
			if n == 0 {
				mark = "- "
			}
			body = append(body, "      "+mark+l)
		}
	}
	if len(body) > room {
		body = append(body[:max(room-1, 0)], "      …… 其余的见修复报告")
	}
	return append(append(lines, body...), "", "    请选一项:", "")
}

func (p *repairPage) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case p.list.Update(m):
		case ui.Is(m, ui.Open):
			return p.choose()
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		if p.list.Click(m.X-4, m.Y-len(p.top())) {
			return p.choose()
		}
	case tea.MouseWheelMsg:
		p.list.Wheel(m)
	}
	return nil
}

func (p *repairPage) choose() tea.Cmd {
	it, ok := p.list.Selected()
	if !ok {
		return nil
	}
	switch it.Key {
	case "use":
		text := "用修好的台账代替坏的。坏的改名留在旁边。"
		if n := len(p.report.Lost()); n > 0 {
			text += fmt.Sprintf("\n有 %d 处没能找回,换上以后请照纸质材料补登。", n)
		}
		return ui.Do(ui.Ask{Title: "换上修好的台账", Text: text,
			Choices: []ui.Choice{{Label: "换上", Cmd: ui.Do(goBackTo{file: p.report.New, repaired: true})}, {Label: "先不换"}}})
	case "fill":
		return ui.Do(repairNow{copies: p.copies, looked: true, fill: true, old: p.report})
	case "each":
		return p.each()
	}
	return ui.Do(ui.Pop{})
}

// each lists what could not be read, what is lost first.
func (p *repairPage) each() tea.Cmd {
	var lost, rest []ui.Item
	for i, it := range p.report.Items {
		name := it.Kind
		if it.Name != "" {
			name += "“" + it.Name + "”"
		}
		row := ui.Item{Key: fmt.Sprint(i), Label: ui.Clean(name + " " + it.What), Note: it.Outcome(), Value: i,
			Run: func() tea.Cmd { return ui.Do(ui.Status{Text: ui.Clean(it.Line())}) }}
		if it.From == "" && !it.Doubtful {
			lost = append(lost, row)
		} else {
			rest = append(rest, row)
		}
	}
	box := ui.NewListBox(p.app, "修复数据:逐条", append(lost, rest...), nil)
	box.Text = "没能找回的在前面。全部写在“" + filepath.Base(p.file) + "”里。"
	return ui.Do(ui.Push{Screen: box})
}

func (p *repairPage) View() (string, *tea.Cursor) {
	lines := p.top()
	list, _ := p.list.View(p.app.Styles)
	for _, l := range list {
		lines = append(lines, "    "+l)
	}
	lines = append(lines, "")
	for _, l := range ui.Wrap("修好的台账和修复报告在 "+filepath.Dir(p.report.New)+":"+filepath.Base(p.report.New), p.w-8) {
		lines = append(lines, "    "+p.app.Styles.Muted.Render(l))
	}
	return strings.Join(lines, "\n"), nil
}
