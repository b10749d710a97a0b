package form

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// print opens what the record gives on paper, as it is on file.
func (f *Form) print() tea.Cmd {
	switch {
	case !f.ready:
		return nil
	case f.rec.Rev == 0:
		return f.say("这条还没保存,先按 F2 保存,再打印")
	case f.dirty():
		return f.say("有改动还没保存,先按 F2 保存,再打印")
	}
	return f.app.OpenPapers(ui.PrintOf{Kind: f.kind.Name, Record: f.rec})
}
