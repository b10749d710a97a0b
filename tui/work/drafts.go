package work

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/tui/ui"
)

// drafts offers to go on with forms that an earlier sitting did not finish.
type drafts struct {
	app  *ui.App
	list ui.Chooser
	w, h int
}

var _ ui.Overlay = (*drafts)(nil)

// draftDropped tells that a draft has been thrown away.
type draftDropped struct{ id string }

// NewDrafts offers the drafts that are on file.
func NewDrafts(app *ui.App, all []store.Draft) ui.Screen {
	d := &drafts{app: app}
	items := make([]ui.Item, len(all))
	for i := range all {
		items[i] = draftItem(app, &all[i])
	}
	d.list.SetItems(items)
	return d
}

// draftItem is a draft as an entry that opens its form.
func draftItem(app *ui.App, draft *store.Draft) ui.Item {
	title := draft.Kind
	if k := app.Ledger.Kinds().Kind(draft.Kind); k != nil {
		title = k.Title
	}
	label := title + "(新增)"
	if draft.RecordID != "" {
		label = title + "(修改)"
	}
	if draft.Label != "" {
		label += ":" + draft.Label
	}
	return ui.Item{
		Key: "draft/" + draft.ID, Label: label, Note: ui.LocalTime(draft.SavedAt),
		Run: func() tea.Cmd { return app.OpenForm(ui.FormOf{Kind: draft.Kind, ID: draft.RecordID, Draft: draft}) },
	}
}

func (d *drafts) Init() tea.Cmd   { return nil }
func (d *drafts) Title() string   { return "接着填写" }
func (d *drafts) Unsaved() string { return "" }

func (d *drafts) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "接着填写"}, {Action: ui.Delete, Label: "丢弃这份"}, {Action: ui.Back, Label: "以后再说"}}
}

func (d *drafts) Help() []string {
	return []string{
		"上次没填完就退出(或停了电)的表单,程序都自动存着,列在这里;最多少了停电前半秒钟打的字。",
		"它们还不是记录:表格里看不到,不计入任何数字,也不报送。接着填完、保存了才算。",
		"按回车接着填写;确实不要了,按 F8 丢弃一份,丢了就找不回来。",
		"按 Esc 以后再说:它们还在工作台的“没填完的”和“设置”里。",
	}
}

func (d *drafts) Box(width, height int) (int, int) {
	return min(width-8, 76), min(len(d.list.Items())+6, height-2)
}

func (d *drafts) SetSize(w, h int) {
	d.w, d.h = w, h
	d.list.SetSize(w-2, h-3)
}

func (d *drafts) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case d.list.Update(m):
		case ui.Is(m, ui.Open):
			return d.open()
		case ui.Is(m, ui.Delete):
			return d.drop()
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		if d.list.Click(m.X-1, m.Y-2) {
			return d.open()
		}
	case tea.MouseWheelMsg:
		d.list.Wheel(m)
	case draftDropped:
		var left []ui.Item
		for _, it := range d.list.Items() {
			if it.Key != "draft/"+m.id {
				left = append(left, it)
			}
		}
		d.list.SetItems(left)
		if len(left) == 0 {
			return ui.Do(ui.Pop{})
		}
	}
	return nil
}

func (d *drafts) open() tea.Cmd {
	it, ok := d.list.Selected()
	if !ok {
		return nil
	}
	return tea.Sequence(ui.Do(ui.Pop{}), it.Run())
}

// drop asks before it throws a draft away: there is no way back.
func (d *drafts) drop() tea.Cmd {
	it, ok := d.list.Selected()
	if !ok {
		return nil
	}
	id := strings.TrimPrefix(it.Key, "draft/")
	drop := func() tea.Msg {
		if err := d.app.Ledger.DropDraft(d.app.Ctx, id); err != nil {
			return ui.Failed{Err: err}
		}
		return draftDropped{id}
	}
	return ui.Do(ui.Ask{
		Title: "丢弃草稿", Text: fmt.Sprintf("丢弃没填完的“%s”吗?丢弃后找不回来。", it.Label),
		Choices: []ui.Choice{{Label: "不丢弃"}, {Label: "丢弃", Cmd: drop}},
	})
}

func (d *drafts) View() (string, *tea.Cursor) {
	lines := []string{" 上次有没填完的内容,程序替您存着:", ""}
	list, _ := d.list.View(d.app.Styles)
	for _, l := range list {
		lines = append(lines, " "+l)
	}
	return strings.Join(lines, "\n"), nil
}
