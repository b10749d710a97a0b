package election

import "taizhang/tui/ui"

var _ ui.Holder = (*page)(nil)

// Holds implements ui.Holder: the record whose page this is.
func (p *page) Holds() (kind, id, name string) {
	if p.rec == nil {
		return Kind, "", ""
	}
	return Kind, p.id, p.rec.Label()
}
