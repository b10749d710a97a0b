package form

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// ref refers to one record. It shows the record's name, never its id.
type ref struct {
	finder
	id string
}

func newRef(b basic) widget { return &ref{finder: newFinder(b)} }

func (r *ref) key(m tea.KeyPressMsg) (outcome, tea.Cmd) {
	if r.drop.open && r.drop.key(m) {
		return taken, nil
	}
	typed := r.in.Value()
	switch m.String() {
	case "enter":
		if r.drop.open {
			return r.pick()
		}
		if r.id == "" || typed != "" {
			return taken, r.look("enter")
		}
		return ignored, nil
	case "down":
		return taken, r.look("down")
	case "backspace", "delete":
		if typed == "" {
			r.id = ""
			return taken, nil
		}
	case "left", "right", "home", "end", "ctrl+z":
		if typed == "" {
			return taken, nil
		}
	}
	if spaceOnly(m, typed) {
		return taken, nil
	}
	if !r.in.Edit(m) {
		return ignored, nil
	}
	if r.in.Value() != typed {
		return taken, r.retyped()
	}
	return taken, nil
}

func (r *ref) paste(text string) tea.Cmd {
	r.in.Insert(text)
	return r.retyped()
}

func (r *ref) receive(msg any) tea.Cmd {
	if _, failed := msg.(error); failed {
		r.forget()
		return nil
	}
	if m, ok := msg.(made); ok {
		r.f.names[m.id] = m.label
		r.id = m.id
		return nil
	}
	if r.takeAnswer(msg, nil) && r.id != "" && r.in.Value() == "" {
		r.drop.box.Select(r.id)
	}
	return nil
}

func (r *ref) pick() (outcome, tea.Cmd) {
	it, ok := r.drop.selected()
	if !ok {
		return r.drop.skip(), nil
	}
	r.id = it.Key
	r.f.names[it.Key] = it.Label
	r.in.SetValue("")
	r.forget()
	return onward, nil
}

func (r *ref) leave() {
	if r.drop.open && (r.in.Value() != "" || r.drop.moved) {
		r.pick()
	}
	r.forget()
}

func (r *ref) value() (model.Value, error) {
	if r.in.Value() != "" {
		return nil, r.unknown()
	}
	if r.id == "" {
		return nil, nil
	}
	return r.id, nil
}

func (r *ref) set(v model.Value) {
	r.id, _ = v.(string)
	r.in.SetValue("")
	r.forget()
}

func (r *ref) typed() typed {
	t := typed{Text: r.in.Value()}
	if r.id != "" {
		t.Chosen = []string{r.id}
	}
	return t
}

func (r *ref) restore(t typed) {
	r.set(nil)
	if len(t.Chosen) > 0 {
		r.id = t.Chosen[0]
	}
	r.in.SetValue(t.Text)
}

func (r *ref) want() int { return 44 }

// text is the name of the record referred to.
func (r *ref) text() string {
	if r.id == "" {
		return ""
	}
	if name := r.f.names[r.id]; name != "" {
		return name
	}
	return "(找不到的记录)"
}

func (r *ref) view(w int, focused bool) ([]string, *tea.Cursor) {
	return oneOf(r.in, r.text(), w, focused)
}

func (r *ref) click(_, _ int) tea.Cmd {
	if r.drop.open {
		r.drop.close()
		return nil
	}
	return r.look("down")
}
