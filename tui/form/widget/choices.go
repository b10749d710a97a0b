package widget

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// choices are several of a field's choices: type, Enter, type, Enter. In the list
// those chosen have a mark, and Enter or space gives or takes it.
type choices struct {
	picking
	chosen []string
}

var _ picker = (*choices)(nil)

func newChoices(b basic) Widget { return &choices{picking: newPicking(b)} }

func (c *choices) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) {
	if m.String() == "space" && c.drop.Chosen() && c.in.Value() == "" {
		return c.Pick()
	}
	return pickKey(c, m)
}

func (c *choices) Paste(text string) tea.Cmd {
	if v, err := c.field.Type.Parse(c.field, text); err == nil && v != nil {
		for _, s := range v.([]string) {
			c.toggle(s, true)
		}
		return nil
	}
	return pickPaste(c, text)
}

func (c *choices) Click(_, _ int) tea.Cmd { return pickClick(c) }

func (c *choices) filled() bool { return len(c.chosen) > 0 }

func (c *choices) takeBack(key string) bool {
	n := len(c.chosen)
	if key != "backspace" || n == 0 {
		return false
	}
	c.chosen = slices.Clone(c.chosen[:n-1])
	return true
}

func (c *choices) look(by string) tea.Cmd {
	c.by = by
	c.lookAt("")
	return nil
}

// lookAt opens the list of what fits what is typed, at the entry of the key.
func (c *choices) lookAt(key string) {
	items := ui.Narrow(choiceItems(c.field), c.in.Value())
	for i := range items {
		mark := "[ ] "
		if slices.Contains(c.chosen, items[i].Key) {
			mark = "[x] "
		}
		items[i].Label = mark + items[i].Label
	}
	c.show(items, key, noChoice)
}

// toggle chooses an entry or gives it up. The chosen stand in the order of the
// declaration.
func (c *choices) toggle(s string, on bool) {
	chosen := without(c.chosen, s)
	if on {
		chosen = append(chosen, s)
		slices.SortStableFunc(chosen, func(a, b string) int {
			return slices.Index(c.field.Choices, a) - slices.Index(c.field.Choices, b)
		})
	}
	c.chosen = chosen
}

// pick gives or takes the mark. The list stays when it was opened without typing.
func (c *choices) Pick() (Outcome, tea.Cmd) {
	it, ok := c.drop.Selected()
	if !ok {
		return c.skip(&c.drop, c.in.Value())
	}
	c.toggle(it.Key, !slices.Contains(c.chosen, it.Key))
	if c.in.Value() != "" {
		c.in.SetValue("")
		c.forget()
		return Taken, nil
	}
	c.lookAt(it.Key)
	return Taken, nil
}

func (c *choices) Leave() {
	if it, ok := c.drop.Selected(); ok && c.in.Value() != "" {
		c.toggle(it.Key, true)
		c.in.SetValue("")
	}
	c.forget()
}

func (c *choices) Value() (model.Value, error) {
	if typed := c.in.Value(); typed != "" {
		return nil, notChosen(c.field, typed)
	}
	if len(c.chosen) == 0 {
		return nil, nil
	}
	return slices.Clone(c.chosen), nil
}

func (c *choices) Set(v model.Value) {
	l, _ := v.([]string)
	c.chosen = slices.Clone(l)
	c.in.SetValue("")
	c.forget()
}

func (c *choices) Typed() Typed {
	return Typed{Text: c.in.Value(), Chosen: slices.Clone(c.chosen)}
}

func (c *choices) Restore(t Typed) {
	c.Set(t.Chosen)
	c.in.SetValue(t.Text)
}

func (c *choices) View(w int, focused bool) ([]string, *tea.Cursor) {
	return several(c.in, c.chosen, w, focused)
}
