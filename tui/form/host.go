package form

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/form/widget"
	"taizhang/tui/ui"
)

// host is the form as its widgets know it.
type host struct{ f *Form }

var _ widget.Host = host{}

func (h host) App() *ui.App             { return h.f.app }
func (h host) Kind() *model.Kind        { return h.f.kind }
func (h host) Org() string              { return h.f.org() }
func (h host) Record() *model.Record    { return h.f.record() }
func (h host) Name(id string) string    { return h.f.names[id] }
func (h host) SetName(id, label string) { h.f.names[id] = label }
func (h host) Do(fn func() any) tea.Cmd { return h.f.do(fn) }
func (h host) Say(text string) tea.Cmd  { return h.f.say(text) }
func (h host) Next() tea.Cmd            { return h.f.move(1) }
func (h host) ClickedAgain() bool       { return h.f.clickedAgain }

// MayMake reports that a new record may be made for a reference.
func (h host) MayMake(field *model.Field) bool {
	return field.Newcomers == nil || h.f.ready && field.Newcomers(h.f.recordBut(field))
}

// recordBut gives the record as the form holds it without one field: the widget of that
// may be asking.
func (f *Form) recordBut(field *model.Field) *model.Record {
	r := f.rec.Clone()
	for _, s := range f.slots {
		if s.field == field {
			continue
		}
		if v, err := s.w.Value(); err == nil {
			r.Set(s.field.Name, v)
		}
	}
	return r
}

// maker gives the field's maker of new records, or nil where none is to be made.
func (f *Form) maker(s *slot) widget.Maker {
	m, ok := s.w.(widget.Maker)
	if !ok || !(host{f}).MayMake(s.field) {
		return nil
	}
	return m
}

// makesNow reports that F2 makes a new record though no list is open: of a reference to
// newcomers that is empty, and where a name stands that is none's on file. The record
// can't be saved so.
func (f *Form) makesNow(s *slot) bool {
	t := s.w.Typed()
	return len(t.Chosen) == 0 && len(t.Marks) == 0 && (t.Text != "" || s.field.Newcomers != nil)
}
