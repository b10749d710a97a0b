package form

import (
	"taizhang/model"
	"taizhang/tui/ui"
)

var _ ui.Caller = (*Form)(nil)

// Calling implements ui.Caller: people are being marked one by one, and the marks are not
// saved yet.
func (f *Form) Calling() bool {
	if !f.ready || f.closed || f.locked != "" {
		return false
	}
	for _, s := range f.slots {
		if s.field.Type == model.TypeRoll && !s.last.Equal(s.first) {
			return true
		}
	}
	return false
}
