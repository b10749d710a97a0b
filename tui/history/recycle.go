package history

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// recycle is 回收站: what was deleted, by kind; Enter restores it.
type recycle struct {
	app  *ui.App
	list ui.Chooser
	run  int
	w, h int
}

var _ ui.Screen = (*recycle)(nil)

type (
	binRead struct {
		run   int
		items []ui.Item
	}
	restored struct{ kind, label string }
)

// binned is a record in the recycle bin.
type binned struct {
	kind *model.Kind
	id   string
}

// NewRecycle gives 回收站.
func NewRecycle(app *ui.App) ui.Screen {
	r := &recycle{app: app}
	r.list.Typing = true
	r.list.Prompt = " 找:"
	r.list.Hint = "打名称或拼音"
	return r
}

func (r *recycle) Title() string   { return "回收站" }
func (r *recycle) Unsaved() string { return "" }

func (r *recycle) Init() tea.Cmd {
	r.run++
	r.list.Empty = "正在读取…"
	run := r.run
	return func() tea.Msg {
		var items []ui.Item
		for _, k := range r.app.Ledger.Kinds().Kinds() {
			head := true
			err := r.app.Ledger.Each(r.app.Ctx, store.Query{Kind: k.Name, Deleted: true}, func(rec *model.Record) error {
				if head {
					items = append(items, ui.Item{Heading: true, Label: k.Title})
					head = false
				}
				label := rec.Label()
				items = append(items, ui.Item{
					Key: k.Name + "/" + rec.ID, Label: label, Search: k.Title + " " + label,
					Note: "删除于 " + ui.LocalTime(rec.DeletedAt), Value: binned{k, rec.ID},
				})
				return nil
			})
			if err != nil {
				return ui.Failed{Err: err}
			}
		}
		return binRead{run, items}
	}
}

func (r *recycle) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "恢复"}, {Action: ui.Back, Label: "返回"}}
}

func (r *recycle) Help() []string {
	return []string{
		"删除的记录都在这里,按种类排列,不会自己消失。",
		"按回车把选中的那条恢复到原来的表格里;直接打字可以查找。",
	}
}

func (r *recycle) SetSize(w, h int) {
	r.w, r.h = w, h
	r.list.SetSize(w, h)
}

func (r *recycle) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case binRead:
		if m.run == r.run {
			r.list.Empty = "回收站是空的"
			r.list.SetItems(m.items)
		}
	case restored:
		return tea.Batch(ui.Do(ui.Changed{Kind: m.kind}), ui.Do(ui.Status{Text: "已恢复:" + m.label}))
	case ui.Changed:
		return r.Init()
	default:
		return r.list.Drive(msg, 0, r.ask)
	}
	return nil
}

func (r *recycle) ask() tea.Cmd {
	it, ok := r.list.Selected()
	if !ok {
		return nil
	}
	b, _ := it.Value.(binned)
	restore := func() tea.Msg {
		if err := r.app.Ledger.Restore(r.app.Ctx, b.kind.Name, b.id); err != nil {
			return ui.Failed{Err: err}
		}
		return restored{b.kind.Name, it.Label}
	}
	return ui.Do(ui.Ask{
		Title: "恢复记录", Text: fmt.Sprintf("把“%s:%s”恢复到原来的表格里吗?", b.kind.Title, it.Label),
		Choices: []ui.Choice{{Label: "恢复", Cmd: restore}, {Label: "不恢复"}},
	})
}

func (r *recycle) View() (string, *tea.Cursor) {
	lines, cursor := r.list.View(r.app.Styles)
	return strings.Join(lines, "\n"), cursor
}
