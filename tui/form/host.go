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
