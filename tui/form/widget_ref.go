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

var _ picker = (*ref)(nil)

func newRef(b basic) widget { return &ref{finder: newFinder(b)} }

func (r *ref) key(m tea.KeyPressMsg) (outcome, tea.Cmd) { return pickKey(r, m) }

func (r *ref) paste(text string) tea.Cmd { return pickPaste(r, text) }

func (r *ref) click(_, _ int) tea.Cmd { return pickClick(r) }

func (r *ref) filled() bool { return r.id != "" }

func (r *ref) takeBack(string) bool {
	r.id = ""
	return true
}

func (r *ref) receive(msg any) tea.Cmd {
	switch m := msg.(type) {
	case error:
		r.forget()
	case made:
		r.f.names[m.id] = m.label
		r.id = m.id
	case found:
		at := r.id
		if r.in.Value() != "" {
			at = ""
		}
		r.offer(m, nil, at)
	}
	return nil
}

func (r *ref) pick() (outcome, tea.Cmd) {
	it, ok := r.drop.Selected()
	if !ok {
		return r.skip(&r.drop, r.in.Value())
	}
	r.id = it.Key
	r.f.names[it.Key] = it.Label
	r.in.SetValue("")
	r.forget()
	return onward, nil
}

func (r *ref) leave() {
	if r.drop.Chosen() && (r.in.Value() != "" || r.drop.Moved()) {
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

func (r *ref) typed() typed { return typedOne(r.in, r.id) }

func (r *ref) restore(t typed) {
	r.set(t.one())
	r.in.SetValue(t.Text)
}

func (r *ref) want() int { return 44 }

func (r *ref) view(w int, focused bool) ([]string, *tea.Cursor) {
	return oneOf(r.in, r.label(r.id), w, focused)
}
