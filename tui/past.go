package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/history"
	"taizhang/tui/ui"
)

// openHistory opens the past of the record that the top screen has at hand. ok is false
// where the screen has none at all: the key is its own then.
func (r *Root) openHistory(top entry) (cmd tea.Cmd, ok bool) {
	h, ok := top.screen.(ui.Holder)
	if !ok {
		return nil, false
	}
	kind, id, name := h.Holds()
	if id == "" {
		r.status.Text = "这里还没有选中存过的记录,没有修改经过可看"
		return nil, true
	}
	return r.push(history.New(r.app, kind, id, name, top.screen.Unsaved() != ""), top.id), true
}

// pastItem is the menu's entry for the record that the screen below it has at hand.
func (r *Root) pastItem(below entry) (ui.Item, bool) {
	h, ok := below.screen.(ui.Holder)
	if !ok {
		return ui.Item{}, false
	}
	kind, id, name := h.Holds()
	if id == "" {
		return ui.Item{}, false
	}
	unsaved := below.screen.Unsaved() != ""
	return ui.Item{Key: "past", Label: "这一条的修改经过", Search: "这一条的修改经过 历史 恢复",
		Run: push(func() ui.Screen { return history.New(r.app, kind, id, name, unsaved) })}, true
}
