package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// refs refers to several records: type, Enter, type, Enter.
type refs struct {
	finder
	ids []string
}

func newRefs(b basic) widget { return &refs{finder: newFinder(b)} }

func (r *refs) key(m tea.KeyPressMsg) (outcome, tea.Cmd) {
	if r.drop.open && r.drop.key(m) {
		return taken, nil
	}
	typed := r.in.Value()
	switch m.String() {
	case "enter":
		if r.drop.open {
			return r.pick()
		}
		if len(r.ids) == 0 || typed != "" {
			return taken, r.look("enter")
		}
		return ignored, nil
	case "down":
		return taken, r.look("down")
	case "backspace":
		if n := len(r.ids); typed == "" && n > 0 {
			r.ids = slices.Clone(r.ids[:n-1])
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

func (r *refs) paste(text string) tea.Cmd {
	r.in.Insert(text)
	return r.retyped()
}

func (r *refs) receive(msg any) tea.Cmd {
	if _, failed := msg.(error); failed {
		r.forget()
		return nil
	}
	if m, ok := msg.(made); ok {
		r.add(m.id, m.label)
		return nil
	}
	r.takeAnswer(msg, r.ids)
	return nil
}

func (r *refs) add(id, label string) {
	r.f.names[id] = label
	if !slices.Contains(r.ids, id) {
		r.ids = append(slices.Clone(r.ids), id)
	}
}

// pick adds the chosen record. A list that was opened without typing stays for the
// next one.
func (r *refs) pick() (outcome, tea.Cmd) {
	it, ok := r.drop.selected()
	if !ok {
		return r.drop.skip(), nil
	}
	r.add(it.Key, it.Label)
	if r.in.Value() == "" {
		return taken, r.look("down")
	}
	r.in.SetValue("")
	r.forget()
	return taken, nil
}

func (r *refs) leave() {
	if r.drop.open && r.in.Value() != "" {
		if it, ok := r.drop.selected(); ok {
			r.add(it.Key, it.Label)
			r.in.SetValue("")
		}
	}
	r.forget()
}

func (r *refs) value() (model.Value, error) {
	if r.in.Value() != "" {
		return nil, r.unknown()
	}
	if len(r.ids) == 0 {
		return nil, nil
	}
	return slices.Clone(r.ids), nil
}

func (r *refs) set(v model.Value) {
	l, _ := v.([]string)
	r.ids = slices.Clone(l)
	r.in.SetValue("")
	r.forget()
}

func (r *refs) typed() typed { return typed{Text: r.in.Value(), Chosen: slices.Clone(r.ids)} }

func (r *refs) restore(t typed) {
	r.set(t.Chosen)
	r.in.SetValue(t.Text)
}

func (r *refs) view(w int, focused bool) ([]string, *tea.Cursor) {
	names := make([]string, len(r.ids))
	for i, id := range r.ids {
		if names[i] = r.f.names[id]; names[i] == "" {
			names[i] = "(找不到的记录)"
		}
	}
	return several(r.in, names, w, focused)
}

func (r *refs) click(_, _ int) tea.Cmd {
	if r.drop.open {
		r.drop.close()
		return nil
	}
	return r.look("down")
}
