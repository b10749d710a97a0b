package form

import (
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// begin asks in plain words what happened, and opens the form that the answer
// needs: of a kind that declares its beginnings.
type begin struct {
	app    *ui.App
	kind   *model.Kind
	preset map[string]model.Value
	list   ui.Chooser
	w, h   int
}

var _ ui.Screen = (*begin)(nil)

// NewBegin asks in plain words how a record of a kind that declares its beginnings
// begins, then opens its form with what the answer and preset say.
func NewBegin(app *ui.App, kind *model.Kind, preset map[string]model.Value) ui.Screen {
	b := &begin{app: app, kind: kind, preset: preset}
	b.list.Typing, b.list.Columns = true, 2
	b.list.Hint = "打汉字、拼音或首字母"
	b.list.Empty = "没有这一项。按退格键改,按 Esc 重新看全部"
	items := make([]ui.Item, len(b.kind.Begins))
	for i, w := range b.kind.Begins {
		items[i] = ui.Item{Key: w.Words, Label: w.Words, Search: w.Words + strings.Join(presetTexts(w), " "), Value: i}
	}
	b.list.SetItems(items)
	return b
}

func presetTexts(b model.Begin) []string {
	var texts []string
	for _, v := range b.Preset {
		texts = append(texts, v)
	}
	return texts
}

func (b *begin) Init() tea.Cmd   { return nil }
func (b *begin) Title() string   { return b.kind.BeginTitle + ":发生了什么事?" }
func (b *begin) Unsaved() string { return "" }

func (b *begin) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "接着填"}, {Action: ui.Back, Label: "返回"}}
}

func (b *begin) Help() []string {
	return []string{
		"这里按平常的话列出了各种情况:选中发生的那一种,按回车,下一屏只问这件事要填的几项。",
		"保存时,台账会同时改好人员的状态,并告诉您改了什么;办错了按 Ctrl+Z 撤销,人员的状态一起改回来。",
		"直接打字可以缩小范围,例如打 qs 找到“党员去世了”。",
	}
}

func (b *begin) SetSize(w, h int) {
	b.w, b.h = w, h
	b.list.SetSize(w, h)
}

func (b *begin) Update(msg tea.Msg) tea.Cmd {
	return b.list.Drive(msg, 0, b.open)
}

// open opens the form with what the chosen beginning says.
func (b *begin) open() tea.Cmd {
	it, ok := b.list.Selected()
	if !ok {
		return nil
	}
	i, _ := it.Value.(int)
	preset := maps.Clone(b.preset)
	if preset == nil {
		preset = map[string]model.Value{}
	}
	for name, typed := range b.kind.Begins[i].Preset {
		f := b.kind.Field(name)
		v, err := f.Type.Parse(f, typed)
		if err != nil {
			return ui.Do(ui.Failed{Err: err})
		}
		preset[name] = v
	}
	return tea.Sequence(ui.Do(ui.Pop{}), b.app.OpenForm(ui.FormOf{Kind: b.kind.Name, Preset: preset, Field: b.first(preset)}))
}

// first gives the first field that is still to be filled in where one knows already who it
// is about; "" leaves the focus where the form begins.
func (b *begin) first(preset map[string]model.Value) string {
	if len(b.preset) == 0 {
		return ""
	}
	for _, f := range b.kind.Fields() {
		if preset[f.Name] == nil {
			return f.Name
		}
	}
	return ""
}

func (b *begin) View() (string, *tea.Cursor) {
	lines, cursor := b.list.View(b.app.Styles)
	return strings.Join(lines, "\n"), cursor
}
