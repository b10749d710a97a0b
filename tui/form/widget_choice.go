package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// choice is one of a field's choices. What is typed narrows the list; what was
// chosen shows in the field until something else is taken.
type choice struct {
	basic
	in     *ui.Input // what is typed
	chosen string
	drop   list
}

func newChoice(b basic) widget {
	return &choice{basic: b, in: ui.NewInput(b.f.app.Styles)}
}

func (c *choice) key(m tea.KeyPressMsg) (outcome, tea.Cmd) {
	if c.drop.open && c.drop.key(m) {
		return taken, nil
	}
	switch m.String() {
	case "enter":
		if c.drop.open {
			return c.pick()
		}
		if c.chosen == "" {
			c.narrow()
			c.drop.free = !c.field.Required && c.in.Value() == ""
			return taken, nil
		}
		return ignored, nil
	case "down":
		c.narrow()
		return taken, nil
	case "backspace", "delete":
		if c.in.Value() == "" {
			c.chosen = ""
			return taken, nil
		}
	case "left", "right", "home", "end", "ctrl+z":
		if c.in.Value() == "" {
			return taken, nil
		}
	}
	if text, ok := ui.Typed(m); ok && text == " " && c.in.Value() == "" {
		return taken, nil
	}
	before := c.in.Value()
	if !c.in.Edit(m) {
		return ignored, nil
	}
	if c.in.Value() != before {
		c.retyped()
	}
	return taken, nil
}

func (c *choice) paste(text string) tea.Cmd {
	c.in.Insert(text)
	c.retyped()
	return nil
}

func (c *choice) retyped() {
	if c.in.Value() == "" {
		c.drop.close()
		return
	}
	c.narrow()
}

// narrow opens the list of what fits. Codes and other spellings of the field's
// choices count too.
func (c *choice) narrow() {
	typed := c.in.Value()
	var items []ui.Item
	for _, s := range c.field.Choices {
		if s != "" {
			items = append(items, ui.Item{Key: s, Label: s})
		}
	}
	key := c.chosen
	if typed != "" {
		key = ""
		items = narrow(items, typed)
		if v, err := c.field.Type.Parse(c.field, typed); err == nil && v != nil {
			key, _ = v.(string)
			if !slices.ContainsFunc(items, func(it ui.Item) bool { return it.Key == key }) {
				items = append([]ui.Item{{Key: key, Label: key}}, items...)
			}
		}
	}
	c.drop.empty = "没有这一项,请改一改打的字"
	c.drop.show(items, key)
}

func (c *choice) pick() (outcome, tea.Cmd) {
	it, ok := c.drop.selected()
	if !ok {
		return c.drop.skip(), nil
	}
	c.drop.close()
	c.in.SetValue("")
	c.chosen = it.Key
	return onward, nil
}

// leave takes what is marked in the list when something was typed or the mark moved.
func (c *choice) leave() {
	if c.drop.open && (c.in.Value() != "" || c.drop.moved) {
		c.pick()
	}
	c.drop.close()
}

func (c *choice) value() (model.Value, error) {
	if typed := c.in.Value(); typed != "" {
		_, err := c.field.Type.Parse(c.field, typed)
		if err == nil { // it would have been taken but for the list being closed by Esc
			err = model.Errorf("E-CHOICE", "%s里打了“%s”还没选定,请按 ↓ 从列表里选", c.field.Label, typed)
		}
		return nil, err
	}
	if c.chosen == "" {
		return nil, nil
	}
	return c.chosen, nil
}

func (c *choice) set(v model.Value) {
	c.chosen, _ = v.(string)
	c.in.SetValue("")
	c.drop.close()
}

func (c *choice) typed() typed {
	t := typed{Text: c.in.Value()}
	if c.chosen != "" {
		t.Chosen = []string{c.chosen}
	}
	return t
}

func (c *choice) restore(t typed) {
	c.set(nil)
	if len(t.Chosen) > 0 {
		c.chosen = t.Chosen[0]
	}
	c.in.SetValue(t.Text)
}

func (c *choice) want() int {
	w := 10
	for _, s := range c.field.Choices {
		w = max(w, ui.Width(s)+2)
	}
	return w
}

func (c *choice) view(w int, focused bool) ([]string, *tea.Cursor) {
	return oneOf(c.in, c.chosen, w, focused)
}

// oneOf draws what is typed, or else what was chosen, with the caret behind it.
func oneOf(in *ui.Input, chosen string, w int, focused bool) ([]string, *tea.Cursor) {
	if in.Value() == "" || !focused {
		text := chosen
		if in.Value() != "" {
			text = in.Value()
		}
		if !focused {
			return []string{ui.Fit(text, w)}, nil
		}
		text = ui.Cut(text, w-1)
		return []string{ui.Fit(text, w)}, tea.NewCursor(ui.Width(text), 0)
	}
	in.SetWidth(w)
	text, c := in.View()
	return []string{text}, c
}

func (c *choice) click(_, _ int) tea.Cmd {
	if c.drop.open {
		c.drop.close()
	} else {
		c.narrow()
	}
	return nil
}

func (c *choice) list() *list { return c.drop.shown() }
