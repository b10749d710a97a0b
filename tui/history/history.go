package history

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// history is 修改经过: what happened to one record, the newest first. It brings an
// earlier version back.
type history struct {
	app     *ui.App
	kind    *model.Kind
	id      string
	name    string // what the record is called
	unsaved bool   // the form below holds what was typed and not saved
	list    ui.Chooser
	below   int // lines of the change that are scrolled out
	run     int
	w, h    int
}

var _ ui.Screen = (*history)(nil)

// step is one event with what was written along with it.
type step struct {
	store.Event
	others string // 人员 张三 等 2 条
	newest bool
}

type (
	historyRead struct {
		run   int
		steps []step
	}
	// versionRead is what bringing a version back would change.
	versionRead struct {
		step    step
		changes []store.FieldChange
		binned  bool // the record lies in the recycle bin
	}
	versionBack struct {
		kind, id string
		n        int
	}
)

// othersNamed is how many records written along with a change are named.
const othersNamed = 3

// New gives the past of a record that is called name. unsaved says that the screen below
// holds something typed that would meet another version.
func New(app *ui.App, kind, id, name string, unsaved bool) ui.Screen {
	return &history{app: app, kind: app.Ledger.Kinds().Kind(kind), id: id, name: name, unsaved: unsaved}
}

func (h *history) Title() string   { return "修改经过:" + h.name }
func (h *history) Unsaved() string { return "" }

func (h *history) Init() tea.Cmd {
	h.run++
	h.list.Empty = "正在读取…"
	run := h.run
	return func() tea.Msg {
		steps, err := h.read()
		if err != nil {
			return ui.Failed{Err: err}
		}
		return historyRead{run, steps}
	}
}

// read gives the events, the newest first. It runs in a command.
func (h *history) read() ([]step, error) {
	ctx, l := h.app.Ctx, h.app.Ledger
	events, err := l.History(ctx, h.kind.Name, h.id)
	if err != nil {
		return nil, err
	}
	steps := make([]step, 0, len(events))
	for i := len(events) - 1; i >= 0; i-- {
		s := step{Event: events[i], newest: i == len(events)-1}
		others, all, err := l.Together(ctx, s.Group, s.Kind, s.ID, othersNamed)
		if err != nil {
			return nil, err
		}
		names := make([]string, len(others))
		for j, o := range others {
			names[j] = o.Kind.Title + "“" + o.Label + "”"
		}
		if s.others = strings.Join(names, "、"); all > len(others) {
			s.others += fmt.Sprintf("等 %d 条", all)
		}
		steps = append(steps, s)
	}
	return steps, nil
}

func (h *history) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Back, Label: "返回"}}
	if !h.app.Ledger.ReadOnly() {
		hints = append([]ui.Hint{{Action: ui.Open, Label: "恢复成选中时的样子"}}, hints...)
	}
	return hints
}

func (h *history) Help() []string {
	return []string{
		"台账记着每条记录每一次是谁、在什么时候、改了什么。发现数字不对,或者有人问“原来不是这样的”,到这里看。",
		"上面一行是一次修改,最新的在前;下面用话写出那一次改了哪些项、从什么改成什么。用 ↑ ↓ 一次一次看;写不下的按 ← → 看后面的。",
		"“同时”写的是那一次一起改的别的记录:例如登记党员去世,人员的状态也跟着改。",
		"改错了要恢复:选中还对的那一次,按回车,先给您看会变回哪几项,您同意了才改。只改这一条记录,一起改过的别的记录不跟着变。",
		"恢复本身也记在这里,以后还可以再改回来;不合规定的内容,恢复时和保存时一样会被拦住。",
		"在表格里选中一条、或打开表单以后,按 Ctrl+X(或 Shift+F4)到这里;F12 菜单的“这一条的修改经过”也行。",
	}
}

func (h *history) SetSize(w, height int) {
	h.w, h.h = w, height
	h.list.SetSize(w, max(min(len(h.list.Items()), height/2), 1))
}

func (h *history) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case historyRead:
		if m.run == h.run {
			h.fill(m.steps)
		}
	case versionRead:
		return h.ask(m)
	case versionBack:
		return tea.Batch(ui.Do(ui.Changed{Kind: m.kind, ID: m.id}), ui.Do(ui.Status{Text: fmt.Sprintf("已恢复,改回了 %d 项;要再改回来,选中上面一次按回车", m.n)}))
	case ui.Changed:
		return h.Init()
	case tea.KeyPressMsg:
		switch {
		case m.String() == "left":
			h.below = max(h.below-belowStep, 0)
		case m.String() == "right":
			h.below = max(min(h.below+belowStep, len(h.detail())-h.belowRoom()), 0)
		case h.list.Update(m):
			h.below = 0
		case ui.Is(m, ui.Open):
			return h.look()
		case ui.Is(m, ui.Back), ui.Is(m, ui.History):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		if h.list.Click(m.X, m.Y) {
			h.below = 0
		}
	case tea.MouseWheelMsg:
		h.list.Wheel(m)
		h.below = 0
	}
	return nil
}

// actionWords say what was done as people say it.
var actionWords = map[string]string{"新建": "新登记", "修改": "修改", "删除": "删除,放进回收站", "恢复": "从回收站取回", store.ActionClear: "清除个人信息"}

func (h *history) fill(steps []step) {
	h.list.Empty = "没有记下修改"
	items := make([]ui.Item, len(steps))
	by := 10 // the cells of who did it
	for _, s := range steps {
		by = min(max(by, ui.Width(s.By)), 24)
	}
	for i, s := range steps {
		what := actionWords[s.Action]
		if s.Action == "修改" {
			labels := make([]string, len(s.Changes))
			for j, c := range s.Changes {
				labels[j] = c.Label
			}
			what += " " + strings.Join(labels, "、")
		}
		items[i] = ui.Item{Key: fmt.Sprint(s.Seq), Value: s, Label: ui.LocalTime(s.At) + "  " + ui.Fit(s.By, by) + "  " + what}
	}
	h.list.SetItems(items)
	h.SetSize(h.w, h.h)
}

// belowStep is by how many lines a long change is scrolled.
const belowStep = 5

// belowRoom is how many lines of the change are in sight, below their rule.
func (h *history) belowRoom() int {
	return max(h.h-max(min(len(h.list.Items()), h.h/2), 1)-1, 1)
}

// detail is the chosen change in words.
func (h *history) detail() []string {
	s, ok := h.selected()
	if !ok {
		return nil
	}
	var lines []string
	for _, c := range s.Changes {
		lines = append(lines, h.wrapped("", h.inWords(c))...)
	}
	if s.others != "" {
		lines = append(lines, h.wrapped("同时:", s.others)...)
	}
	return lines
}

func (h *history) selected() (step, bool) {
	it, ok := h.list.Selected()
	if !ok {
		return step{}, false
	}
	s, ok := it.Value.(step)
	return s, ok
}

// look reads what bringing the chosen version back would change.
func (h *history) look() tea.Cmd {
	s, ok := h.selected()
	if !ok {
		return nil
	}
	switch {
	case h.app.Ledger.ReadOnly():
		return ui.Do(ui.Status{Fault: true, Text: "这本台账是只读打开的,只能看,不能恢复"})
	case h.unsaved:
		return ui.Do(ui.Status{Fault: true, Text: "表单里有没保存的改动:请先按 Esc 回去保存或放弃,再来恢复"})
	}
	l, ctx := h.app.Ledger, h.app.Ctx
	return func() tea.Msg {
		m := versionRead{step: s}
		r, err := l.Get(ctx, s.Kind, s.ID)
		if err == nil {
			m.binned = r.DeletedAt != ""
			m.changes, err = l.VersionChanges(ctx, s.Kind, s.ID, s.Rev)
		}
		if err != nil {
			return ui.Failed{Err: err}
		}
		return m
	}
}

// ask shows what would change and asks; what changes nothing comes first.
func (h *history) ask(m versionRead) tea.Cmd {
	when := ui.LocalTime(m.step.At)
	switch {
	case m.binned:
		return ui.Do(ui.Status{Fault: true, Text: "这条记录在回收站里:请按 F12 选“回收站”先取回来,再恢复以前的样子"})
	case len(m.changes) == 0:
		return ui.Do(ui.Status{Text: "现在就是 " + when + " 那次以后的样子,不用恢复"})
	}
	lines := []string{"恢复成 " + when + " 那次以后的样子,这几项会变:"}
	for i, c := range m.changes {
		if i == changesNamed {
			lines = append(lines, fmt.Sprintf("……共 %d 项", len(m.changes)))
			break
		}
		text := strings.Replace(h.inWords(c), ":去掉了,原来是", ":去掉,现在是", 1)
		lines = append(lines, "· "+ui.Cut(text, 60))
	}
	s := m.step
	back := func() tea.Msg {
		if _, err := h.app.Ledger.RestoreVersion(h.app.Ctx, s.Kind, s.ID, s.Rev); err != nil {
			return ui.Failed{Err: refusedText(err)}
		}
		return versionBack{s.Kind, s.ID, len(m.changes)}
	}
	return ui.Do(ui.Ask{Title: "恢复以前的样子", Text: strings.Join(lines, "\n"), Choices: []ui.Choice{{Label: "不恢复"}, {Label: "恢复", Cmd: back}}})
}

// changesNamed is how many fields the question names.
const changesNamed = 8

// refusedText says in one line why rules forbid what a version held.
func refusedText(err error) error {
	var refused *store.Refusal
	if errors.As(err, &refused) {
		return model.Errorf("E-VERSION", "那时的内容现在存不进去:%s", refused.Error())
	}
	return err
}

// inWords says what changed in one field.
func (h *history) inWords(c store.FieldChange) string {
	was, is := h.masked(c.Field, c.Old, c.StoredOld), h.masked(c.Field, c.New, c.StoredNew)
	switch {
	case c.Old == "" && c.New == "":
		return c.Label + ":(已清除)"
	case c.Old == "":
		return c.Label + ":填上“" + is + "”"
	case c.New == "":
		return c.Label + ":去掉了,原来是“" + was + "”"
	}
	return c.Label + ":从“" + was + "”改成“" + is + "”"
}

// masked hides part of a number as tables do.
func (h *history) masked(field, text, stored string) string {
	if f := h.kind.Field(field); f != nil && text != "" && !h.app.ShowIDs {
		if m, ok := f.Type.(model.Masker); ok {
			return m.Mask(stored)
		}
	}
	return text
}

func (h *history) View() (string, *tea.Cursor) {
	st := h.app.Styles
	lines, _ := h.list.View(st)
	if s, ok := h.selected(); ok {
		head := ui.LocalTime(s.At) + " " + s.By + " " + actionWords[s.Action]
		if s.newest {
			head += "(最近一次)"
		}
		detail, room := h.detail(), h.belowRoom()
		if len(detail) > room {
			head += fmt.Sprintf(" ←→ 看后面的(%d/%d 行)", min(h.below+room, len(detail)), len(detail))
		}
		lines = append(lines, ui.Rule(st, head, h.w))
		lines = append(lines, detail[h.below:min(h.below+room, len(detail))]...)
	}
	return strings.Join(lines, "\n"), nil
}

// wrapped breaks a change into lines, the later ones indented.
func (h *history) wrapped(lead, text string) []string {
	lines := ui.Wrap(lead+text, max(h.w-6, 20))
	for i := range lines {
		if i == 0 {
			lines[i] = "  " + lines[i]
		} else {
			lines[i] = "    " + lines[i]
		}
	}
	return lines
}
