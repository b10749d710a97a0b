package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// choices are several of a field's choices: type, Enter, type, Enter. In the list
// those chosen have a mark, and Enter gives or takes it.
type choices struct {
	basic
	in     *ui.Input
	chosen []string
	drop   list
}

func newChoices(b basic) widget { return &choices{basic: b, in: ui.NewInput(b.f.app.Styles)} }

func (c *choices) key(m tea.KeyPressMsg) (outcome, tea.Cmd) {
	if c.drop.open && c.drop.key(m) {
		return taken, nil
	}
	typed := c.in.Value()
	switch m.String() {
	case "enter":
		if c.drop.open {
			return c.pick()
		}
		if len(c.chosen) == 0 {
			c.narrow("")
			c.drop.free = typed == ""
			return taken, nil
		}
		return ignored, nil
	case "down":
		c.narrow("")
		return taken, nil
	case "backspace":
		if n := len(c.chosen); typed == "" && n > 0 {
			c.chosen = slices.Clone(c.chosen[:n-1])
			return taken, nil
		}
	case "space":
		if c.drop.open && typed == "" {
			return c.pick()
		}
	}
	if spaceOnly(m, typed) {
		return taken, nil
	}
	if !c.in.Edit(m) {
		return ignored, nil
	}
	if c.in.Value() != typed {
		c.retyped()
	}
	return taken, nil
}

func (c *choices) paste(text string) tea.Cmd {
	if v, err := c.field.Type.Parse(c.field, text); err == nil && v != nil {
		for _, s := range v.([]string) {
			c.toggle(s, true)
		}
		return nil
	}
	c.in.Insert(text)
	c.retyped()
	return nil
}

func (c *choices) retyped() {
	if c.in.Value() == "" {
		c.drop.close()
		return
	}
	c.narrow("")
}

// narrow opens the list of what fits what is typed, at the entry of the key.
func (c *choices) narrow(key string) {
	items := make([]ui.Item, 0, len(c.field.Choices))
	for _, s := range c.field.Choices {
		if s != "" {
			items = append(items, ui.Item{Key: s, Label: s})
		}
	}
	items = narrow(items, c.in.Value())
	for i := range items {
		mark := "[ ] "
		if slices.Contains(c.chosen, items[i].Key) {
			mark = "[x] "
		}
		items[i].Label = mark + items[i].Label
	}
	c.drop.empty = "没有这一项,请改一改打的字"
	c.drop.show(items, key)
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
func (c *choices) pick() (outcome, tea.Cmd) {
	it, ok := c.drop.selected()
	if !ok {
		return c.drop.skip(), nil
	}
	c.toggle(it.Key, !slices.Contains(c.chosen, it.Key))
	if c.in.Value() != "" {
		c.in.SetValue("")
		c.drop.close()
		return taken, nil
	}
	c.narrow(it.Key)
	return taken, nil
}

func (c *choices) leave() {
	if c.drop.open && c.in.Value() != "" {
		if it, ok := c.drop.selected(); ok {
			c.toggle(it.Key, true)
			c.in.SetValue("")
		}
	}
	c.drop.close()
}

func (c *choices) value() (model.Value, error) {
	if typed := c.in.Value(); typed != "" {
		_, err := c.field.Type.Parse(c.field, typed)
		if err == nil {
			err = model.Errorf("E-CHOICE", "%s里打了“%s”还没选定,请按 ↓ 从列表里选", c.field.Label, typed)
		}
		return nil, err
	}
	if len(c.chosen) == 0 {
		return nil, nil
	}
	return slices.Clone(c.chosen), nil
}

func (c *choices) set(v model.Value) {
	l, _ := v.([]string)
	c.chosen = slices.Clone(l)
	c.in.SetValue("")
	c.drop.close()
}

func (c *choices) typed() typed {
	return typed{Text: c.in.Value(), Chosen: slices.Clone(c.chosen)}
}

func (c *choices) restore(t typed) {
	c.set(t.Chosen)
	c.in.SetValue(t.Text)
}

func (c *choices) view(w int, focused bool) ([]string, *tea.Cursor) {
	return several(c.in, c.chosen, w, focused)
}

func (c *choices) click(_, _ int) tea.Cmd {
	if c.drop.open {
		c.drop.close()
	} else {
		c.narrow("")
	}
	return nil
}

func (c *choices) list() *list { return c.drop.shown() }
