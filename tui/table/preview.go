package table

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/copies"
	"taizhang/store/sheet"
	"taizhang/tui/ui"
)

// preview shows what a file would bring before anything is written.
type preview struct {
	app         *ui.App
	kind        *model.Kind
	path        string
	onDuplicate sheet.Duplicate
	asked       map[string]string // what was answered of the whole sheet, by question

	plan    *sheet.Plan
	err     error
	working string // what is being done, "" when nothing is

	rows       []int // of the plan's rows, those shown
	onlyFaults bool
	cur, top   int
	width      int
	height     int
}

var _ ui.Screen = (*preview)(nil)

// looked is a file that was looked through; applied tells that its rows are in.
type (
	looked struct {
		p    *preview
		plan *sheet.Plan
		err  error
	}
	applied struct {
		p    *preview
		text string
		err  error
	}
)

func newPreview(app *ui.App, k *model.Kind, path string) *preview {
	return &preview{app: app, kind: k, path: path}
}

// Init looks the file through.
func (p *preview) Init() tea.Cmd {
	p.working = "正在读 " + filepath.Base(p.path) + ",一行一行地核对…"
	l, ctx, kind, path := p.app.Ledger, p.app.Ctx, p.kind, p.path
	m, o := looked{p: p}, sheet.ReadOptions{OnDuplicate: p.onDuplicate, Asked: p.asked}
	return func() tea.Msg {
		m.plan, m.err = sheet.Read(ctx, l, kind, path, o)
		if m.err == nil {
			m.err = ui.KeepFolder(p.app, path)
		}
		return m
	}
}

// Update implements ui.Screen.
func (p *preview) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case looked:
		if msg.p == p {
			return p.took(msg)
		}
	case applied:
		if msg.p == p {
			return p.finished(msg)
		}
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.MouseClickMsg:
		if i := p.top + msg.Y - p.firstRow(); msg.Y >= p.firstRow() && i < len(p.rows) && msg.Y < p.firstRow()+p.listHeight() {
			p.cur = i
		}
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			p.move(-3)
		case tea.MouseWheelDown:
			p.move(3)
		}
	}
	return nil
}

// took shows what was read. What the person can mend stands in the screen; a fault
// of the program goes to the root, which writes it down.
func (p *preview) took(m looked) tea.Cmd {
	p.working, p.plan, p.err = "", m.plan, m.err
	p.choose()
	if p.err == nil {
		return nil
	}
	p.err = pathError(p.path, p.err)
	var known *model.Error
	if errors.As(p.err, &known) {
		return nil
	}
	failed := p.err
	p.err = model.Errorf("E-READ", "文件打不开或者已经损坏。请用 Excel 打开看看,另存一份再读")
	return ui.Do(ui.Failed{Err: failed})
}

func (p *preview) key(msg tea.KeyPressMsg) tea.Cmd {
	if p.working != "" {
		return nil // what is being written can't be called off halfway
	}
	switch key := msg.String(); {
	case ui.Is(msg, ui.Back):
		return ui.Do(ui.Pop{})
	case key == "up":
		p.move(-1)
	case key == "down":
		p.move(1)
	case key == "pgup":
		p.move(-p.listHeight())
	case key == "pgdown":
		p.move(p.listHeight())
	case key == "home":
		p.move(-len(p.rows))
	case key == "end":
		p.move(len(p.rows))
	case p.plan == nil:
	case ui.Is(msg, ui.Sort) && p.asks() != nil:
		return p.ask()
	case ui.Is(msg, ui.Filter):
		p.onlyFaults = !p.onlyFaults
		p.choose()
	case ui.Is(msg, ui.Next):
		if p.onDuplicate == sheet.Skip {
			p.onDuplicate = sheet.Update
		} else {
			p.onDuplicate = sheet.Skip
		}
		return p.Init()
	case ui.Is(msg, ui.Open), ui.Is(msg, ui.Save):
		return p.apply()
	}
	return nil
}

// choose picks the rows that are shown: all, or those with something to say.
func (p *preview) choose() {
	p.rows = p.rows[:0]
	if p.plan != nil {
		for i, r := range p.plan.Rows {
			if !p.onlyFaults || r.Verdict == sheet.Reject || len(r.Warnings) > 0 {
				p.rows = append(p.rows, i)
			}
		}
	}
	p.move(0)
}

func (p *preview) move(n int) {
	p.cur = max(min(p.cur+n, len(p.rows)-1), 0)
	h := p.listHeight()
	p.top = max(min(p.top, p.cur), p.cur-h+1)
	p.top = max(min(p.top, len(p.rows)-h), 0)
}

// apply takes the good rows in and writes the rejected ones beside the file.
func (p *preview) apply() tea.Cmd {
	_, taken, updated, _, rejected := p.plan.Counts()
	if taken+updated == 0 && rejected == 0 {
		return ui.Do(ui.Status{Fault: true, Text: "没有可以收入的行,按 Esc 退回"})
	}
	p.working = fmt.Sprintf("正在收入 %d 行…", taken+updated)
	l, ctx, plan, m := p.app.Ledger, p.app.Ctx, p.plan, applied{p: p}
	return func() tea.Msg {
		parts := []string{"没有可以收入的行。"}
		if taken+updated > 0 {
			unsaved, err := copies.Before(ctx, l, copies.Import)
			if err == nil {
				_, err = plan.Apply(ctx, l)
			}
			if err != nil {
				m.err = wrap("import", err)
				return m
			}
			parts[0] = fmt.Sprintf("收入了 %d 条%s。要全部撤回,请在表上按 Ctrl+Z。", taken, also(updated))
			if unsaved != "" {
				parts = append(parts, unsaved)
			}
		}
		if rejected > 0 {
			file, sealed := plan.RejectedPath()
			if err := plan.WriteRejected(file); err != nil {
				parts = append(parts, fmt.Sprintf("有 %d 行没有收,但写不成 %s(%s),请照着预览逐行改。", rejected, file, pathError(file, err)))
			} else if sealed {
				parts = append(parts, fmt.Sprintf("有 %d 行没有收,连同原因加密写在 %s 里;请照着预览在表里逐行补,或者请技术人员用 taizhang encrypt --open 解开。", rejected, file))
			} else {
				parts = append(parts, fmt.Sprintf("有 %d 行没有收,连同原因写在 %s 里,改好以后可以再读入这个文件。", rejected, file))
			}
		}
		m.text = strings.Join(parts, "\n")
		return m
	}
}

func also(updated int) string {
	if updated == 0 {
		return ""
	}
	return fmt.Sprintf(",更新了 %d 条", updated)
}

// finished closes the preview, says what came of it and lets all screens read anew.
func (p *preview) finished(a applied) tea.Cmd {
	p.working = ""
	if a.err != nil {
		return ui.Do(ui.Failed{Err: a.err})
	}
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Changed{}),
		ui.Do(ui.Ask{Title: "读入完了", Text: a.text, Choices: []ui.Choice{{Label: "知道了"}}}))
}

// SetSize implements ui.Screen.
func (p *preview) SetSize(width, height int) {
	p.width, p.height = width, height
	p.move(0)
}

// Title implements ui.Screen.
func (p *preview) Title() string { return "读入" + p.kind.Title + " · 预览" }

// Hints implements ui.Screen.
func (p *preview) Hints() []ui.Hint {
	if p.working != "" {
		return nil
	}
	back := ui.Hint{Action: ui.Back, Label: "不读入,退回"}
	if p.plan == nil {
		return []ui.Hint{back}
	}
	_, taken, updated, _, _ := p.plan.Counts()
	hints := []ui.Hint{{Action: ui.Open, Label: fmt.Sprintf("收入 %d 行", taken+updated)}}
	label := "重复的改为更新"
	if p.onDuplicate == sheet.Update {
		label = "重复的改为跳过"
	}
	only := "只看有问题的"
	if p.onlyFaults {
		only = "看全部"
	}
	// The lines above name the keys of the last two, so that these may be cut at 80 columns.
	hints = append(hints, back, ui.Hint{Action: ui.Filter, Label: only})
	if p.asks() != nil {
		hints = append(hints, ui.Hint{Action: ui.Sort, Label: "怎么来的"})
	}
	return append(hints, ui.Hint{Action: ui.Next, Label: label})
}

// Help implements ui.Screen.
func (p *preview) Help() []string {
	return []string{
		"这里先看一看文件里每一行会怎么样,还什么也没有写进台账。",
		"收入:作为新记录;更新:改台账里已有的那一条;重复:台账里已有,不动;拒收:有错,不收。",
		"Tab 选择台账里已有的怎么办:跳过,还是用文件里填了的内容更新。",
		"F6 说明名册里的党员是建账时就在册的,还是新转入的,或者建账时漏登的。",
		"F5 只看拒收的和有提醒的。选中一行,下面写着原因。",
		"回车收入能收的行。拒收的行写到同一个文件夹的“文件名.rejected.xlsx”里,改好再读。",
		"收入以后可以在表上按 Ctrl+Z 整个撤回。",
	}
}

// Unsaved implements ui.Screen.
func (p *preview) Unsaved() string {
	if strings.HasPrefix(p.working, "正在收入") {
		return "正在收入表格里的记录,请等它做完"
	}
	return ""
}
