package profile

import "taizhang/tui/ui"

var _ ui.Holder = (*profile)(nil)

// Holds implements ui.Holder: the record whose page this is.
func (p *profile) Holds() (kind, id, name string) {
	if p.who.rec == nil {
		return Kind, "", ""
	}
	return Kind, p.id, p.who.rec.Label()
}
