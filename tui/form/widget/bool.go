package widget

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

func newBool(b basic) Widget { return &boolean{basic: b} }

func (b *boolean) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) {
	switch m.String() {
	case "space", "left", "right":
		b.on = !b.on
		return Taken, nil
	case "backspace", "delete":
		b.on = false
		return Taken, nil
	}
	text, ok := ui.Typed(m)
	if !ok {
		return Ignored, nil
	}
	return Taken, b.Paste(text)
}

// paste takes what stands for 是 or 否 and passes over anything else.
func (b *boolean) Paste(text string) tea.Cmd {
	if v, err := b.field.Type.Parse(b.field, text); err == nil && model.Fold(text) != "" {
		b.on, _ = v.(bool)
	}
	return nil
}

func (b *boolean) Value() (model.Value, error) { return b.on, nil }

func (b *boolean) Set(v model.Value) { b.on, _ = v.(bool) }

func (b *boolean) Typed() Typed {
	if b.on {
		return Typed{Chosen: []string{"1"}}
	}
	return Typed{}
}

func (b *boolean) Restore(t Typed) { b.on = len(t.Chosen) > 0 }

func (b *boolean) Want() int { return 8 }

func (b *boolean) View(w int, focused bool) ([]string, *tea.Cursor) {
	text := b.field.Type.Format(b.field, b.on, nil)
	if !focused {
		return []string{ui.Fit(text, w)}, nil
	}
	return []string{ui.Fit(text+" ←→", w)}, tea.NewCursor(0, 0)
}

// click on the field that has the focus changes it.
func (b *boolean) Click(_, _ int) tea.Cmd {
	if b.host.ClickedAgain() {
		b.on = !b.on
	}
	return nil
}
