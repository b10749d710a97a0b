package widget

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

func newRef(b basic) Widget { return &ref{finder: newFinder(b)} }

func (r *ref) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) { return pickKey(r, m) }

func (r *ref) Paste(text string) tea.Cmd { return pickPaste(r, text) }

func (r *ref) Click(_, _ int) tea.Cmd { return pickClick(r) }

func (r *ref) filled() bool { return r.id != "" }

func (r *ref) takeBack(string) bool {
	r.id = ""
	return true
}

func (r *ref) Receive(msg any) tea.Cmd {
	switch m := msg.(type) {
	case error:
		r.forget()
	case made:
		r.host.SetName(m.id, m.label)
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

func (r *ref) Pick() (Outcome, tea.Cmd) {
	it, ok := r.drop.Selected()
	if !ok {
		return r.skip(&r.drop, r.in.Value())
	}
	r.id = it.Key
	r.host.SetName(it.Key, it.Label)
	r.in.SetValue("")
	r.forget()
	return Onward, nil
}

func (r *ref) Leave() {
	if r.drop.Chosen() && (r.in.Value() != "" || r.drop.Moved()) {
		r.Pick()
	}
	r.forget()
}

func (r *ref) Value() (model.Value, error) {
	if r.in.Value() != "" {
		return nil, r.unknown()
	}
	if r.id == "" {
		return nil, nil
	}
	return r.id, nil
}

func (r *ref) Set(v model.Value) {
	r.id, _ = v.(string)
	r.in.SetValue("")
	r.forget()
}

func (r *ref) Typed() Typed { return typedOne(r.in, r.id) }

func (r *ref) Restore(t Typed) {
	r.Set(t.one())
	r.in.SetValue(t.Text)
}

func (r *ref) Want() int { return 44 }

func (r *ref) View(w int, focused bool) ([]string, *tea.Cursor) {
	return oneOf(r.in, r.label(r.id), w, focused)
}
