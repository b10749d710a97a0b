// Package widget holds the fields of the form: one widget for each field type, and the
// lists below them.
package widget

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// Host is the form in which a widget stands.
type Host interface {
	App() *ui.App
	// Kind is the kind of the record in the form, Org the id of the organisation whose
	// it is.
	Kind() *model.Kind
	Org() string
	// Record is the record as the form holds it so far.
	Record() *model.Record
	// Name gives the label of what a value of the form refers to; SetName takes one
	// that a widget has learned.
	Name(id string) string
	SetName(id, label string)
	// MayMake reports that a new record may be made for a reference.
	MayMake(f *model.Field) bool
	// Do runs fn in a command and gives the form what it returns, also after a panic.
	Do(fn func() any) tea.Cmd
	Say(text string) tea.Cmd
	// Next gives the focus to the next field.
	Next() tea.Cmd
	// ClickedAgain reports that the click met the field that has the focus already.
	ClickedAgain() bool
}

// FieldStyle shows how far the field with the focus reaches.
var FieldStyle = lipgloss.NewStyle().Underline(true)

// Widget edits one field. There is one per field type, each in its own file.
type Widget interface {
	// Key takes a key press while the field has the focus.
	Key(m tea.KeyPressMsg) (Outcome, tea.Cmd)
	Paste(text string) tea.Cmd
	// Enter is called when the focus comes, Leave when it goes: what is typed is
	// taken then and shown in its usual form.
	Enter() tea.Cmd
	Leave()
	// Value gives what the field holds, or an Error when it can't be read.
	Value() (model.Value, error)
	Set(v model.Value)
	// Typed and Restore are the draft's: everything as it stands, half typed too.
	Typed() Typed
	Restore(t Typed)
	// Want is the width that the field would like, 0 for all there is.
	Want() int
	// View draws the field in lines of w cells; the cursor counts from its upper
	// left cell and is given when the field has the focus.
	View(w int, focused bool) ([]string, *tea.Cursor)
	// Click tells that a cell of the field was clicked; the focus is there already.
	Click(x, y int) tea.Cmd
	// List is the list that stands open below the field, or nil.
	List() *ui.DropList
	// Pick takes the entry that is chosen in the open list.
	Pick() (Outcome, tea.Cmd)
	// Receive takes the answer to a question put by basic.ask.
	Receive(msg any) tea.Cmd
	// Busy reports that an answer is outstanding on which the next key depends.
	Busy() bool
}

// Maker is a widget that can make a new record to refer to.
type Maker interface {
	Makes() string // the title of its kind
	Create() tea.Cmd
}

// Hinter is a widget with keys of its own.
type Hinter interface{ Hints() []ui.Hint }

// Outcome says what became of a key.
type Outcome int

// What becomes of a key.
const (
	Ignored Outcome = iota // the form may use it
	Taken
	Onward // taken, and the focus goes on to the next field
)

// Typed is what stands in a field: text not yet taken, what was chosen, and the
// marks of a roll. Drafts keep it as JSON.
type Typed struct {
	Text   string       `json:"text,omitempty"`
	Chosen []string     `json:"chosen,omitempty"` // of choices, references (ids), codes
	Marks  []model.Mark `json:"marks,omitempty"`
	Mode   string       `json:"mode,omitempty"` // of a roll
}

// Equal reports whether the same stands in both.
//
//go:noinline
func (t Typed) Equal(o Typed) bool {
	return t.Text == o.Text && slices.Equal(t.Chosen, o.Chosen) && slices.Equal(t.Marks, o.Marks)
}

// Empty reports that nothing stands there.
func (t Typed) Empty() bool { return t.Equal(Typed{}) }

// basic is the part that all widgets share.
type basic struct {
	host  Host
	field *model.Field
}

func (basic) Enter() tea.Cmd           { return nil }
func (basic) Leave()                   {}
func (basic) Want() int                { return 0 }
func (basic) List() *ui.DropList       { return nil }
func (basic) Pick() (Outcome, tea.Cmd) { return Ignored, nil }
func (basic) Receive(any) tea.Cmd      { return nil }
func (basic) Busy() bool               { return false }

// skip says what Enter does when nothing is chosen in a list: it goes on from one
// that was only looked at; where what was typed fits nothing it says so.
func (b basic) skip(l *ui.DropList, typed string) (Outcome, tea.Cmd) {
	if l.Untouched() {
		l.Close()
		return Onward, nil
	}
	return Taken, ui.Do(ui.Status{Text: "没有找到“" + typed + "”,请改一改打的字", Fault: true})
}

// Answer is what a widget's question to the ledger gives. The form hands Msg to
// Receive of the widget of that field.
type Answer struct {
	Field string
	Msg   any
}

// ask puts a question to the ledger in a command; receive gets what fn gives.
func (b basic) ask(fn func() any) tea.Cmd {
	name := b.field.Name
	return b.host.Do(func() any { return Answer{name, fn()} })
}

// makers gives the widget of each field type.
var makers = map[model.Type]func(basic) Widget{
	model.TypeText:     newText,
	model.TypeNote:     newNote,
	model.TypePhone:    newPhone,
	model.TypeIDNumber: newIDNumber,
	model.TypeDate:     newDate,
	model.TypeMonth:    newMonth,
	model.TypeYear:     newYear,
	model.TypeInt:      newInt,
	model.TypeMoney:    newMoney,
	model.TypeBool:     newBool,
	model.TypeChoice:   newChoice,
	model.TypeChoices:  newChoices,
	model.TypeRef:      newRef,
	model.TypeRefs:     newRefs,
	model.TypeRoll:     newRoll,
	model.TypeOrgCode:  newOrgCode,
}

// New makes the widget of a field; a type without one of its own is typed as text.
func New(host Host, field *model.Field) Widget {
	b := basic{host, field}
	if m, ok := makers[field.Type]; ok {
		return m(b)
	}
	return newText(b)
}
