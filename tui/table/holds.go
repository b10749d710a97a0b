package table

import "taizhang/tui/ui"

var _ ui.Holder = (*tableScreen)(nil)

// Holds implements ui.Holder: the chosen row.
func (t *tableScreen) Holds() (kind, id, name string) {
	r := t.win.selected()
	if r == nil {
		return t.kind.Name, "", ""
	}
	return t.kind.Name, r.ID, nameOf(r.Record)
}
