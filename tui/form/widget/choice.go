package widget

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// choice is one of a field's choices. What is typed narrows the list; what was
// chosen shows in the field until something else is taken.
type choice struct {
	picking
	chosen string
}

var _ picker = (*choice)(nil)

func newChoice(b basic) Widget { return &choice{picking: newPicking(b)} }

func (c *choice) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) { return pickKey(c, m) }

func (c *choice) Paste(text string) tea.Cmd { return pickPaste(c, text) }

func (c *choice) Click(_, _ int) tea.Cmd { return pickClick(c) }

func (c *choice) filled() bool { return c.chosen != "" }

func (c *choice) takeBack(string) bool {
	c.chosen = ""
	return true
}

// noChoice stands in a list that has nothing to fit what is typed.
const noChoice = "没有这一项,请改一改打的字"

// look opens the list of what fits. Codes and other spellings of the field's
// choices count too.
func (c *choice) look(by string) tea.Cmd {
	c.by = by
	typed := c.in.Value()
	items := ui.Narrow(choiceItems(c.field), typed)
	key := c.chosen
	if typed != "" {
		key = ""
		if v, err := c.field.Type.Parse(c.field, typed); err == nil && v != nil {
			key, _ = v.(string)
			if !slices.ContainsFunc(items, func(it ui.Item) bool { return it.Key == key }) {
				items = append([]ui.Item{{Key: key, Label: key}}, items...)
			}
		}
	}
	c.show(items, key, noChoice)
	if c.field.Required {
		c.drop.Free = false // one of them must be taken
	}
	return nil
}

// choiceItems are a field's choices as entries.
func choiceItems(f *model.Field) []ui.Item {
	items := make([]ui.Item, 0, len(f.Choices))
	for _, s := range f.Choices {
		if s != "" {
			items = append(items, ui.Item{Key: s, Label: s})
		}
	}
	return items
}

func (c *choice) Pick() (Outcome, tea.Cmd) {
	it, ok := c.drop.Selected()
	if !ok {
		return c.skip(&c.drop, c.in.Value())
	}
	c.forget()
	c.in.SetValue("")
	c.chosen = it.Key
	return Onward, nil
}

// leave takes what is marked in the list when something was typed or the mark moved.
func (c *choice) Leave() {
	if c.drop.Chosen() && (c.in.Value() != "" || c.drop.Moved()) {
		c.Pick()
	}
	c.forget()
}

func (c *choice) Value() (model.Value, error) {
	if typed := c.in.Value(); typed != "" {
		return nil, notChosen(c.field, typed)
	}
	if c.chosen == "" {
		return nil, nil
	}
	return c.chosen, nil
}

// notChosen is the error of something typed that was not chosen from the list.
func notChosen(f *model.Field, typed string) error {
	if _, err := f.Type.Parse(f, typed); err != nil {
		return err
	}
	return model.Errorf("E-CHOICE", "%s里打了“%s”还没选定,请按 ↓ 从列表里选", f.Label, typed)
}

func (c *choice) Set(v model.Value) {
	c.chosen, _ = v.(string)
	c.in.SetValue("")
	c.forget()
}

func (c *choice) Typed() Typed { return typedOne(c.in, c.chosen) }

func (c *choice) Restore(t Typed) {
	c.Set(t.one())
	c.in.SetValue(t.Text)
}

// typedOne is the draft's form of a field with one entry.
func typedOne(in *ui.Input, chosen string) Typed {
	t := Typed{Text: in.Value()}
	if chosen != "" {
		t.Chosen = []string{chosen}
	}
	return t
}

// one gives the entry chosen, "" for none.
func (t Typed) one() string {
	if len(t.Chosen) == 0 {
		return ""
	}
	return t.Chosen[0]
}

func (c *choice) Want() int {
	w := 10
	for _, s := range c.field.Choices {
		w = max(w, ui.Width(s)+2)
	}
	return w
}

func (c *choice) View(w int, focused bool) ([]string, *tea.Cursor) {
	return oneOf(c.in, c.chosen, w, focused)
}

// oneOf draws what is typed, or else what was chosen, with the caret behind it.
func oneOf(in *ui.Input, chosen string, w int, focused bool) ([]string, *tea.Cursor) {
	switch {
	case !focused && in.Value() != "":
		return []string{ui.Fit(in.Value(), w)}, nil
	case !focused:
		return []string{ui.Fit(chosen, w)}, nil
	case in.Value() == "":
		text := ui.Cut(chosen, w-1)
		return []string{ui.Fit(text, w)}, tea.NewCursor(ui.Width(text), 0)
	}
	in.SetWidth(w)
	text, c := in.View()
	return []string{text}, c
}
