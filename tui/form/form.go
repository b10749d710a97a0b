// Package form is the one form that serves every kind: sections, one widget per
// field type, findings under the fields, drafts.
package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/form/widget"
	"taizhang/tui/ui"
)

// Form is the form of one record. Nothing in it waits for the disk: commands do,
// and keys that come meanwhile and need the answer are kept for it.
type Form struct {
	app  *ui.App
	open ui.FormOf
	kind *model.Kind // nil when the ledger knows no such kind
	rec  *model.Record
	w, h int

	slots  []*slot
	cur    int               // the field with the focus
	names  map[string]string // labels of records and units that stand in the form
	drafts *keeper

	ready   bool // the record has been read
	saving  bool
	next    bool   // saving is to go on with the next record
	like    *like  // what was taken over from an earlier record, or nil
	closed  bool   // saved, deleted or given up: nothing is left to lose
	locked  string // why the form only shows, or ""
	waiting []tea.Msg

	gen          int      // counts edits
	checked      int      // the gen of the last examination asked for
	asked        int      // counts examinations, so that only the last one's answer is taken
	examining    bool     // the last examination has not answered yet
	clickedAgain bool     // the click met the field that has the focus already
	fresh        []string // fields edited since Kind.Fill last looked
	showAll      bool
	general      []model.Finding // of the record as a whole
	known        []string        // the derived values, as last computed
	top          int             // the first line in sight
	head         int             // the lines of notices above, as last drawn
	drawn        []place         // where the fields stand, by slot
	dropped      place           // where the open list stands in the body
}

// slot is one field with its widget and what is known of it.
type slot struct {
	field *model.Field
	w     widget.Widget
	first widget.Typed // what stood there when the form was opened
	last  widget.Typed // what stood there when it was last looked at

	touched bool   // the focus has been here and gone
	edited  bool   // since the focus came
	own     bool   // the person has set it: no guess takes its place any more
	hidden  bool   // what the record holds so far doesn't ask for it
	fault   string // why what is typed can't be read, or ""
	found   []model.Finding
}

var _ ui.Screen = (*Form)(nil)

// New gives the form that o asks for.
func New(app *ui.App, o ui.FormOf) ui.Screen {
	f := &Form{app: app, open: o, kind: app.Ledger.Kinds().Kind(o.Kind), names: map[string]string{}}
	if f.kind == nil {
		return f
	}
	f.drafts = newKeeper(app, o)
	for _, section := range f.sections() {
		for _, field := range section.Fields {
			f.slots = append(f.slots, &slot{field: field, w: widget.New(host{f}, field)})
		}
	}
	f.drawn = make([]place, len(f.slots))
	return f
}

// Init implements ui.Screen.
func (f *Form) Init() tea.Cmd {
	if f.kind == nil {
		return nil
	}
	return f.load()
}

// SetSize implements ui.Screen.
func (f *Form) SetSize(w, h int) { f.w, f.h = w, h }

// Title implements ui.Screen.
func (f *Form) Title() string {
	switch {
	case f.kind == nil:
		return "表单"
	case f.open.Many != nil:
		return f.open.Many.Title
	case f.locked != "":
		return "查看" + f.kind.Title + f.label()
	case f.open.ID == "":
		return "新增" + f.kind.Title
	}
	return "修改" + f.kind.Title + f.label()
}

// label names the record as it is on file, with a space before it.
func (f *Form) label() string {
	if f.rec == nil {
		return ""
	}
	var parts []string
	for _, name := range f.kind.Label {
		if s := f.rec.Text(name); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, " ")
}

// Hints implements ui.Screen.
func (f *Form) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	if !f.ready || f.locked != "" {
		return []ui.Hint{back, {Action: ui.Next, Label: "下一项"}}
	}
	s := f.focused()
	var hints []ui.Hint
	if l := s.w.List(); l != nil {
		hints = append(hints, ui.Hint{Action: ui.Open, Label: "选定"})
		if m := f.maker(s); m != nil {
			hints = append(hints, ui.Hint{Action: ui.New, Label: "新建" + m.Makes()})
		} else {
			hints = append(hints, ui.Hint{Action: ui.Save, Label: f.saveLabel()})
		}
		back.Label = "关列表"
		hints = append(hints, back)
	} else if m := f.maker(s); m != nil && f.makesNow(s) {
		hints = append(hints, ui.Hint{Action: ui.New, Label: "新建" + m.Makes()}, back)
	} else {
		hints = append(hints, ui.Hint{Action: ui.Save, Label: f.saveLabel()}, back)
	}
	if h, ok := s.w.(widget.Hinter); ok {
		hints = append(hints, h.Hints()...)
	}
	hints = append(hints, ui.Hint{Action: ui.Next, Label: "下一项"})
	if f.rec.Rev == 0 && len(f.kind.Again.Next) > 0 {
		hints = append(hints, ui.Hint{Action: ui.SaveNext, Label: "存了接着填"})
	}
	if f.rec.Rev > 0 {
		hints = append(hints, ui.Hint{Action: ui.Delete, Label: "删除"}, ui.Hint{Action: ui.Print, Label: "打印"})
	}
	return hints
}

// Help implements ui.Screen.
func (f *Form) Help() []string {
	lines := []string{
		"这里登记或修改一条记录。没有保存以前什么也没有改动台账;保存以后填错了,再打开改,或在表格里按 Ctrl+Z 撤销。存过的,按 Ctrl+X 看它的修改经过。",
		"带 * 的必须填。填完一项按回车、Tab 或 ↓ 到下一项,Shift+Tab 或 ↑ 回上一项;PgUp、PgDn 跳到前后一段。",
		"填错的地方,离开那一项时下面就写出来:“错误”改好才能保存,“提醒”可以先保存。",
		"要登记好几条的(党费、谈话、走访……),按 Ctrl+R 或 Shift+F2:保存这一条,马上接着填下一条,日期、经办人这些一样的留着。",
		"按 F2 或 Ctrl+S 保存。按 Esc 返回,改过没保存会先问。填到一半停了电也不要紧,下次打开接着填。",
		"按 " + ui.Print.Keys() + " 看这条记录能打印的表:登记表、介绍信等。",
		"日期可以写 20230701、2023.7.1 或 2023年7月1日;金额写 12 或 12.5;全角数字自动变成半角。",
		"要选的项目:直接打字(汉字、拼音或首字母都行)就缩小列表,↑ ↓ 移动,回车选定;按 ↓ 看全部。",
		"选人员等别的记录也一样;台账里还没有的,在列表打开时按 F2 新建。要选几个的,选一个按一次回车,空着按退格去掉最后一个。",
		"是 / 否:按空格换,也可以打 是、否、1、0。文字打错了按 Ctrl+Z 撤回。",
		"登记到会:空着按回车,全体先记为到会;再打没到的人的名字(拼音首字母就行)、回车,就改成请假或缺席;← → 或 F6 换成别的状态;同一个人再来一次就改回来。人少时不按回车,直接打名字、回车,一个个加。",
	}
	if f.open.Many != nil {
		lines = append(manyHelp, lines[:2]...)
	}
	if f.locked != "" {
		lines = append([]string{f.locked}, lines[:1]...)
	}
	return lines
}

// Unsaved implements ui.Screen.
func (f *Form) Unsaved() string {
	if !f.dirty() {
		return ""
	}
	return f.Title() + ":有改动没保存"
}

// dirty reports whether something in the form differs from what it was opened with.
func (f *Form) dirty() bool {
	if !f.ready || f.closed || f.locked != "" {
		return false
	}
	for _, s := range f.slots {
		if !s.last.Equal(s.first) {
			return true
		}
	}
	return false
}

func (f *Form) focused() *slot { return f.slots[f.cur] }

// sections are the kind's, and for a new record what the kind only asks for.
func (f *Form) sections() []model.Section {
	if f.open.Many != nil {
		return f.manySections()
	}
	if f.open.ID != "" || f.open.Draft != nil && f.open.Draft.RecordID != "" || len(f.kind.Asks) == 0 {
		return f.kind.FormSections()
	}
	return append(f.kind.FormSections(), model.Section{Fields: f.kind.Asks})
}

// hide tells which fields what the record holds so far doesn't ask for: none that
// is filled, and never the one with the focus.
func (f *Form) hide() {
	var r *model.Record
	for i, s := range f.slots {
		s.hidden = false
		if s.field.Shown == nil || i == f.cur || !s.last.Empty() {
			continue
		}
		if r == nil {
			r = f.record()
		}
		s.hidden = !s.field.Shown(r)
	}
}

// guarded reports that the field with the focus changes through another kind only.
func (f *Form) guarded(s *slot) bool { return f.ready && s.field.Locked(f.rec) }

// slot gives the slot of a field by its name, or nil.
func (f *Form) slot(name string) *slot {
	if i := f.index(name); i >= 0 {
		return f.slots[i]
	}
	return nil
}

func (f *Form) index(name string) int {
	for i, s := range f.slots {
		if s.field.Name == name {
			return i
		}
	}
	return -1
}
