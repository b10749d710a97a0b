package form

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// boolean is 是 or 否. It is changed by space or ← →, or by typing one of them; the
// caret stands at the field's start, so that an input method has its place.
type boolean struct {
	basic
	on bool
}

func newBool(b basic) widget { return &boolean{basic: b} }

func (b *boolean) key(m tea.KeyPressMsg) (outcome, tea.Cmd) {
	switch m.String() {
	case "space", "left", "right":
		b.on = !b.on
		return taken, nil
	case "backspace", "delete":
		b.on = false
		return taken, nil
	}
	text, ok := ui.Typed(m)
	if !ok {
		return ignored, nil
	}
	return taken, b.paste(text)
}

// paste takes what stands for 是 or 否 and passes over anything else.
func (b *boolean) paste(text string) tea.Cmd {
	if v, err := b.field.Type.Parse(b.field, text); err == nil && model.Fold(text) != "" {
		b.on, _ = v.(bool)
	}
	return nil
}

func (b *boolean) value() (model.Value, error) { return b.on, nil }

func (b *boolean) set(v model.Value) { b.on, _ = v.(bool) }

func (b *boolean) typed() typed {
	if b.on {
		return typed{Chosen: []string{"1"}}
	}
	return typed{}
}

func (b *boolean) restore(t typed) { b.on = len(t.Chosen) > 0 }

func (b *boolean) want() int { return 8 }

func (b *boolean) view(w int, focused bool) ([]string, *tea.Cursor) {
	text := b.field.Type.Format(b.field, b.on, nil)
	if !focused {
		return []string{ui.Fit(text, w)}, nil
	}
	return []string{ui.Fit(text+" ←→", w)}, tea.NewCursor(0, 0)
}

// click on the field that has the focus changes it.
func (b *boolean) click(_, _ int) tea.Cmd {
	if b.f.clickedAgain {
		b.on = !b.on
	}
	return nil
}
