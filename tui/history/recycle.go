package history

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// recycle is 回收站: what was deleted, the last first; below, what the chosen one was and
// what it belongs to. One or several are restored.
type recycle struct {
	app    *ui.App
	list   ui.Chooser
	run    int
	bin    []store.Binned
	marked map[string]bool // by id
	looked map[string]looks
	asking map[string]bool // being read
	w, h   int
}

var _ ui.Screen = (*recycle)(nil)

// looks is what the chosen record was: its columns, what refers to it, and what of that
// which it refers to lies in the bin too.
type looks struct {
	run     int
	id      string
	was     string
	by      string
	targets []store.Binned
}

type (
	binRead struct {
		run int
		bin []store.Binned
	}
	// wanted are the records to restore, with what belongs to them in the bin.
	wanted   struct{ chosen, targets, together []store.Binned }
	cameBack struct{ back, changed []store.Binned }
)

// NewRecycle gives 回收站.
func NewRecycle(app *ui.App) ui.Screen {
	r := &recycle{app: app, marked: map[string]bool{}, looked: map[string]looks{}, asking: map[string]bool{}}
	r.list.Typing = true
	r.list.Hint = "打名称、种类、日期或拼音"
	return r
}

func (r *recycle) Title() string {
	if len(r.bin) == 0 {
		return "回收站"
	}
	return fmt.Sprintf("回收站 · %d 条", len(r.bin))
}

func (r *recycle) Unsaved() string { return "" }

func (r *recycle) Init() tea.Cmd {
	r.run++
	r.list.Empty = "正在读取…"
	run := r.run
	return func() tea.Msg {
		bin, err := r.app.Ledger.Bin(r.app.Ctx)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return binRead{run, bin}
	}
}

func (r *recycle) Hints() []ui.Hint {
	if len(r.bin) == 0 {
		return []ui.Hint{{Action: ui.Back, Label: "返回"}}
	}
	open := "恢复"
	if n := len(r.chosen()); len(r.marked) > 0 && n > 0 {
		open = fmt.Sprintf("恢复标记的 %d 条", n)
	}
	return []ui.Hint{{Action: ui.Open, Label: open}, {Action: ui.Mark, Label: "标记"}, {Action: ui.Back, Label: "返回"}}
}

func (r *recycle) Help() []string {
	return []string{
		"删除的记录都在这里,最近删的在最前面;它们不会自己消失,也不计入任何表格、统计和上报的数字。删错了,到这里取回来。",
		"直接打字查找:名称、种类(如 党费)、删除的日期或拼音首字母。下面写着选中的那一条原来是什么、现在还有哪些记录用到它。",
		"按回车恢复选中的一条:它回到原来的表格里,内容和删除以前一样,用到它的记录也重新看得到它的名字。",
		"要恢复几条,用 Ctrl+B(或 Insert)一条条标记,再按回车。",
		"它所指的记录(例如党费的那个人)也在回收站里的,会问要不要一起恢复;一次删掉的几条,也可以一起恢复。",
		"恢复以后屏幕下面写出恢复了哪几条、跟着改了什么。恢复错了,在任何表格里按 Ctrl+Z 撤销,一起放回来。",
		"已经有一样的记录代替它时恢复不了,会写明是哪一项重复;要先改那一条。",
	}
}

func (r *recycle) SetSize(w, h int) {
	r.w, r.h = w, h
	r.list.SetSize(w, max(h-ui.DetailRows-1, 3))
}

func (r *recycle) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case binRead:
		if m.run == r.run {
			r.bin = m.bin
			r.list.Empty = "回收站是空的"
			clear(r.looked)
			clear(r.asking)
			r.fill()
		}
	case looks:
		if m.run == r.run {
			r.looked[m.id] = m
		}
	case wanted:
		return r.ask(m)
	case cameBack:
		clear(r.marked)
		return tea.Batch(ui.Do(ui.Changed{}), ui.Do(ui.Status{Text: backText(m)}))
	case ui.Changed:
		return r.Init()
	case tea.KeyPressMsg:
		if ui.Is(m, ui.Mark) {
			r.mark()
			break
		}
		return tea.Batch(r.list.Drive(msg, 0, r.restore), r.look())
	default:
		return tea.Batch(r.list.Drive(msg, 0, r.restore), r.look())
	}
	return r.look()
}

// fill lists what is in the bin.
func (r *recycle) fill() {
	items := make([]ui.Item, len(r.bin))
	for i, b := range r.bin {
		mark := "  "
		if r.marked[b.ID] {
			mark = "* "
		}
		when := ui.LocalTime(b.DeletedAt)
		items[i] = ui.Item{Key: b.ID, Label: mark + b.Kind.Title + ":" + b.Label, Search: b.Kind.Title + " " + b.Label + " " + when,
			Note: "删除于 " + when, Value: b}
	}
	r.list.SetItems(items)
}

func (r *recycle) selected() (store.Binned, bool) {
	it, ok := r.list.Selected()
	if !ok {
		return store.Binned{}, false
	}
	b, ok := it.Value.(store.Binned)
	return b, ok
}

// mark marks the chosen record, or takes its mark away, and goes on.
func (r *recycle) mark() {
	b, ok := r.selected()
	if !ok {
		return
	}
	if r.marked[b.ID] = !r.marked[b.ID]; !r.marked[b.ID] {
		delete(r.marked, b.ID)
	}
	r.fill()
	r.list.Update(tea.KeyPressMsg{Code: tea.KeyDown})
}

// chosen gives the marked records, or the chosen one.
func (r *recycle) chosen() []store.Binned {
	var all []store.Binned
	for _, b := range r.bin {
		if r.marked[b.ID] {
			all = append(all, b)
		}
	}
	if b, ok := r.selected(); ok && len(r.marked) == 0 {
		all = []store.Binned{b}
	}
	return all
}

// look reads what the chosen record was, once.
func (r *recycle) look() tea.Cmd {
	b, ok := r.selected()
	if !ok || r.asking[b.ID] {
		return nil
	}
	r.asking[b.ID] = true
	m, ctx, l, show := looks{run: r.run, id: b.ID}, r.app.Ctx, r.app.Ledger, r.app.ShowIDs
	return func() tea.Msg {
		rec, err := l.Get(ctx, b.Kind.Name, b.ID)
		if err != nil {
			return ui.Failed{Err: err}
		}
		m.was = wasText(rec, show)
		refs, err := l.Referring(ctx, b.Kind.Name, b.ID)
		if err != nil {
			return ui.Failed{Err: err}
		}
		var by []string
		for _, ref := range refs {
			by = append(by, fmt.Sprintf("%s的%s %d 条", ref.Kind.Title, ref.Field.Label, ref.Count))
		}
		m.by = strings.Join(by, "、")
		if m.targets, err = l.BinnedTargets(ctx, b.Kind.Name, b.ID); err != nil {
			return ui.Failed{Err: err}
		}
		return m
	}
}

// wasText is a record in one line: the fields that its table shows, then the others.
func wasText(rec *model.Record, showIDs bool) string {
	var parts []string
	seen := map[string]bool{}
	add := func(f *model.Field) {
		if f == nil || seen[f.Name] || !rec.Filled(f.Name) || f.Type == model.TypeBool && !rec.Bool(f.Name) {
			return
		}
		seen[f.Name] = true
		text := rec.Masked(f.Name)
		if showIDs {
			text = rec.Text(f.Name)
		}
		parts = append(parts, f.Label+" "+ui.Cut(text, 30))
	}
	for _, name := range rec.Kind.Columns {
		add(rec.Kind.Field(name))
	}
	for _, f := range rec.Kind.Fields() {
		add(f)
	}
	return strings.Join(parts, ";")
}

// restore reads what belongs to the chosen records before it asks.
func (r *recycle) restore() tea.Cmd {
	chosen := r.chosen()
	if len(chosen) == 0 {
		return nil
	}
	if r.app.Ledger.ReadOnly() {
		return ui.Do(ui.Status{Fault: true, Text: "这本台账是只读打开的,只能看,不能恢复"})
	}
	bin, l, ctx := r.bin, r.app.Ledger, r.app.Ctx
	return func() tea.Msg {
		m := wanted{chosen: chosen}
		has := func(list []store.Binned, b store.Binned) bool {
			return slices.ContainsFunc(list, func(o store.Binned) bool { return o.ID == b.ID })
		}
		for i := 0; i < len(chosen)+len(m.targets); i++ { // the targets' targets too
			b := slices.Concat(chosen, m.targets)[i]
			targets, err := l.BinnedTargets(ctx, b.Kind.Name, b.ID)
			if err != nil {
				return ui.Failed{Err: err}
			}
			for _, t := range targets {
				if !has(chosen, t) && !has(m.targets, t) {
					m.targets = append(m.targets, t)
				}
			}
		}
		for _, b := range bin {
			if len(chosen) == 1 && b.Group != 0 && b.Group == chosen[0].Group && !has(chosen, b) && !has(m.targets, b) {
				m.together = append(m.together, b)
			}
		}
		return m
	}
}

// ask says what will come back. Restoring takes nothing away and is undone by a key, so
// it stands first.
func (r *recycle) ask(m wanted) tea.Cmd {
	text := "恢复 " + named(m.chosen) + ",放回原来的表格里。"
	var choices []ui.Choice
	only := "恢复"
	if len(m.targets) > 0 {
		text += "\n所指的 " + named(m.targets) + " 也在回收站里;不一起恢复,那一项会显示“已删除”。"
		choices = append(choices, ui.Choice{Label: "一起恢复", Cmd: r.back(slices.Concat(m.targets, m.chosen))})
		only = "只恢复选的"
	}
	choices = append(choices, ui.Choice{Label: only, Cmd: r.back(m.chosen)})
	if len(m.together) > 0 {
		text += "\n同一次还删除了 " + named(m.together) + "。"
		choices = append(choices, ui.Choice{Label: fmt.Sprintf("连同一次删除的,共恢复 %d 条", len(m.chosen)+len(m.targets)+len(m.together)),
			Cmd: r.back(slices.Concat(m.targets, m.chosen, m.together))})
	}
	return ui.Do(ui.Ask{Title: "恢复记录", Text: text, Choices: append(choices, ui.Choice{Label: "不恢复"})})
}

func (r *recycle) back(refs []store.Binned) tea.Cmd {
	l, ctx := r.app.Ledger, r.app.Ctx
	return func() tea.Msg {
		back, changed, err := l.RestoreAll(ctx, refs)
		if err != nil {
			return ui.Failed{Err: refusedText(err)}
		}
		return cameBack{back, changed}
	}
}

// named names records, the first few of them.
func named(all []store.Binned) string {
	const few = 3
	names := make([]string, 0, few)
	for _, b := range all[:min(len(all), few)] {
		names = append(names, b.Kind.Title+"“"+ui.Cut(b.Label, 24)+"”")
	}
	text := strings.Join(names, "、")
	if len(all) > few {
		text += fmt.Sprintf("等 %d 条", len(all))
	}
	return text
}

// backText says what came back.
func backText(m cameBack) string {
	if len(m.back) == 0 {
		return "这几条已经不在回收站里了"
	}
	text := fmt.Sprintf("已恢复 %d 条:%s", len(m.back), named(m.back))
	if len(m.changed) > 0 {
		text += ";跟着改了 " + named(m.changed)
	}
	return text
}

func (r *recycle) View() (string, *tea.Cursor) {
	lines, cursor := r.list.View(r.app.Styles)
	lines = append(lines, ui.Rule(r.app.Styles, "原来是", r.w))
	if b, ok := r.selected(); ok {
		s, read := r.looked[b.ID]
		switch {
		case !read:
			lines = append(lines, "  正在读取…")
		default:
			lines = append(lines, r.detail(s)...)
		}
	}
	return strings.Join(lines[:min(len(lines), max(r.h, 1))], "\n"), cursor
}

// detail is what the chosen record was, in the rows below the list.
func (r *recycle) detail(s looks) []string {
	var tail []string
	if len(s.targets) > 0 {
		tail = append(tail, "所指的 "+named(s.targets)+" 也在回收站")
	}
	if s.by != "" {
		tail = append(tail, "还有记录用到它:"+s.by)
	}
	rows := ui.DetailRows - len(tail)
	var lines []string
	for _, l := range ui.Wrap(s.was, max(r.w-4, 20)) {
		if len(lines) < rows {
			lines = append(lines, " "+l)
		}
	}
	for _, l := range tail {
		lines = append(lines, " "+ui.Cut(l, r.w-4))
	}
	return lines
}
