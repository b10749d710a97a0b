package widget

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// newText gives the widget of a text, with the values used before where the field
// suggests them.
func newText(b basic) Widget {
	l := newLine(b, 0, nil)
	if !b.field.Suggest {
		return l
	}
	return &suggesting{line: l}
}

// mostSuggested bounds the list of values used before.
const mostSuggested = 30

// suggesting is a text field below which the values used before are listed that
// fit what is typed. Nothing of the list is taken unless it was moved into.
type suggesting struct {
	*line
	drop  ui.DropList
	asked int
	onto  bool // ↓ was pressed to see the list; without one the focus goes on
}

// suggested answers a question of suggesting.
type suggested struct {
	n      int
	values []string
}

func (s *suggesting) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) {
	if s.drop.IsOpen() {
		switch {
		case s.drop.Update(m):
			return Taken, nil
		case m.String() == "enter":
			if s.drop.Chosen() {
				return s.Pick()
			}
			s.drop.Close()
			return Ignored, nil
		}
	} else if m.String() == "down" {
		s.onto = true
		return Taken, s.suggest()
	}
	before := s.in.Value()
	out, _ := s.line.Key(m)
	if s.in.Value() != before {
		return out, s.suggest()
	}
	return out, nil
}

func (s *suggesting) Paste(text string) tea.Cmd {
	s.line.Paste(text)
	return s.suggest()
}

// suggest looks up what was used before; once something is typed, what fits it.
func (s *suggesting) suggest() tea.Cmd {
	s.asked++
	n, text, l := s.asked, s.in.Value(), s.host.App().Ledger
	if text == "" && !s.onto {
		s.drop.Close()
		return nil
	}
	kind, field, ctx := s.host.Kind().Name, s.field.Name, s.host.App().Ctx
	return s.ask(func() any {
		values, err := l.Suggest(ctx, kind, field, text, mostSuggested)
		if err != nil {
			return err
		}
		return suggested{n, values}
	})
}

func (s *suggesting) Receive(msg any) tea.Cmd {
	if _, failed := msg.(error); failed {
		s.onto = false
		return nil
	}
	m, ok := msg.(suggested)
	if !ok || m.n != s.asked {
		return nil
	}
	onto := s.onto
	s.onto = false
	if len(m.values) == 0 || len(m.values) == 1 && m.values[0] == s.in.Value() {
		s.drop.Close()
		if onto {
			return s.host.Next()
		}
		return nil
	}
	items := make([]ui.Item, len(m.values))
	for i, v := range m.values {
		items[i] = ui.Item{Key: v, Label: v}
	}
	s.drop.Drop(items, "")
	s.drop.Free = !onto
	return nil
}

func (s *suggesting) Busy() bool { return s.onto }

func (s *suggesting) Pick() (Outcome, tea.Cmd) {
	it, ok := s.drop.Selected()
	s.drop.Close()
	if !ok {
		return Ignored, nil
	}
	s.in.SetValue(it.Key)
	return Onward, nil
}

func (s *suggesting) Leave() {
	if s.drop.IsOpen() && s.drop.Moved() {
		s.Pick()
	}
	s.asked++ // an answer that still comes is not for now
	s.onto = false
	s.drop.Close()
	s.line.Leave()
}

func (s *suggesting) List() *ui.DropList { return s.drop.Dropped() }

func (s *suggesting) Restore(t Typed) {
	s.line.Restore(t)
	s.drop.Close()
}

func (s *suggesting) Set(v model.Value) {
	s.line.Set(v)
	s.drop.Close()
}
