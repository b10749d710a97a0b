package dues

import "taizhang/tui/ui"

var _ ui.Caller = (*grid)(nil)

// Calling implements ui.Caller: dues are being collected and not all is written down.
func (g *grid) Calling() bool { return g.Unsaved() != "" }
