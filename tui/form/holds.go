package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

var _ ui.Holder = (*Form)(nil)

// Holds implements ui.Holder: the record of the form, none while it is new.
func (f *Form) Holds() (kind, id, name string) {
	if f.kind == nil || !f.ready || f.rec.Rev == 0 {
		return f.open.Kind, "", ""
	}
	return f.kind.Name, f.rec.ID, strings.TrimSpace(f.label())
}

// changed reads the record anew when it was written elsewhere, as by restoring an
// earlier version, and nothing typed here would be lost.
func (f *Form) changed(m ui.Changed) tea.Cmd {
	_, id, _ := f.Holds()
	if id == "" || m.ID != id || f.saving || f.closed || f.locked != "" || f.dirty() {
		return nil
	}
	f.ready, f.general = false, nil
	for _, s := range f.slots {
		s.found, s.fault, s.edited = nil, "", false
	}
	f.open.ID, f.open.Draft, f.open.Field = id, nil, f.focused().field.Name
	return f.load()
}
