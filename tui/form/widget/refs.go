package widget

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

var _ picker = (*refs)(nil)

func newRefs(b basic) Widget { return &refs{finder: newFinder(b)} }

func (r *refs) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) { return pickKey(r, m) }

func (r *refs) Paste(text string) tea.Cmd { return pickPaste(r, text) }

func (r *refs) Click(_, _ int) tea.Cmd { return pickClick(r) }

func (r *refs) filled() bool { return len(r.ids) > 0 }

func (r *refs) takeBack(key string) bool {
	n := len(r.ids)
	if key != "backspace" || n == 0 {
		return false
	}
	r.ids = slices.Clone(r.ids[:n-1])
	return true
}

func (r *refs) Receive(msg any) tea.Cmd {
	switch m := msg.(type) {
	case error:
		r.forget()
	case made:
		r.add(m.id, m.label)
	case found:
		r.offer(m, r.ids, "")
	}
	return nil
}

func (r *refs) add(id, label string) {
	r.host.SetName(id, label)
	if !slices.Contains(r.ids, id) {
		r.ids = append(slices.Clone(r.ids), id)
	}
}

// pick adds the chosen record. A list that was opened without typing stays for the
// next one.
func (r *refs) Pick() (Outcome, tea.Cmd) {
	it, ok := r.drop.Selected()
	if !ok {
		return r.skip(&r.drop, r.in.Value())
	}
	r.add(it.Key, it.Label)
	if r.in.Value() == "" {
		return Taken, r.look("down")
	}
	r.in.SetValue("")
	r.forget()
	return Taken, nil
}

func (r *refs) Leave() {
	if it, ok := r.drop.Selected(); ok && r.in.Value() != "" {
		r.add(it.Key, it.Label)
		r.in.SetValue("")
	}
	r.forget()
}

func (r *refs) Value() (model.Value, error) {
	if r.in.Value() != "" {
		return nil, r.unknown()
	}
	if len(r.ids) == 0 {
		return nil, nil
	}
	return slices.Clone(r.ids), nil
}

func (r *refs) Set(v model.Value) {
	l, _ := v.([]string)
	r.ids = slices.Clone(l)
	r.in.SetValue("")
	r.forget()
}

func (r *refs) Typed() Typed { return Typed{Text: r.in.Value(), Chosen: slices.Clone(r.ids)} }

func (r *refs) Restore(t Typed) {
	r.Set(t.Chosen)
	r.in.SetValue(t.Text)
}

func (r *refs) View(w int, focused bool) ([]string, *tea.Cursor) {
	names := make([]string, len(r.ids))
	for i, id := range r.ids {
		names[i] = r.label(id)
	}
	return several(r.in, names, w, focused)
}
