package admission

import "taizhang/tui/ui"

var _ ui.Holder = (*page)(nil)

// Holds implements ui.Holder: the record whose page this is.
func (p *page) Holds() (kind, id, name string) {
	if p.now.rec == nil {
		return Kind, "", ""
	}
	return Kind, p.id, p.now.rec.Label()
}
