package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// widget edits one field. There is one per field type, each in its own file.
type widget interface {
	// key takes a key press while the field has the focus.
	key(m tea.KeyPressMsg) (outcome, tea.Cmd)
	paste(text string) tea.Cmd
	// enter is called when the focus comes, leave when it goes: what is typed is
	// taken then and shown in its usual form.
	enter() tea.Cmd
	leave()
	// value gives what the field holds, or an Error when it can't be read.
	value() (model.Value, error)
	set(v model.Value)
	// typed and restore are the draft's: everything as it stands, half typed too.
	typed() typed
	restore(t typed)
	// want is the width that the field would like, 0 for all there is.
	want() int
	// view draws the field in lines of w cells; the cursor counts from its upper
	// left cell and is given when the field has the focus.
	view(w int, focused bool) ([]string, *tea.Cursor)
	// click tells that a cell of the field was clicked; the focus is there already.
	click(x, y int) tea.Cmd
	// list is the list that stands open below the field, or nil.
	list() *ui.DropList
	// pick takes the entry that is chosen in the open list.
	pick() (outcome, tea.Cmd)
	// receive takes the answer to a question put by basic.ask.
	receive(msg any) tea.Cmd
	// busy reports that an answer is outstanding on which the next key depends.
	busy() bool
}

// maker is a widget that can make a new record to refer to.
type maker interface {
	makes() string // the title of its kind
	create() tea.Cmd
}

// hinter is a widget with keys of its own.
type hinter interface{ hints() []ui.Hint }

// outcome says what became of a key.
type outcome int

const (
	ignored outcome = iota // the form may use it
	taken
	onward // taken, and the focus goes on to the next field
)

// typed is what stands in a field: text not yet taken, what was chosen, and the
// marks of a roll. Drafts keep it as JSON.
type typed struct {
	Text   string       `json:"text,omitempty"`
	Chosen []string     `json:"chosen,omitempty"` // of choices, references (ids), codes
	Marks  []model.Mark `json:"marks,omitempty"`
	Mode   string       `json:"mode,omitempty"` // of a roll
}

func (t typed) equal(o typed) bool {
	return t.Text == o.Text && slices.Equal(t.Chosen, o.Chosen) && slices.Equal(t.Marks, o.Marks)
}

func (t typed) empty() bool { return t.equal(typed{}) }

// basic is the part that all widgets share.
type basic struct {
	f     *Form
	field *model.Field
}

func (basic) enter() tea.Cmd           { return nil }
func (basic) leave()                   {}
func (basic) want() int                { return 0 }
func (basic) list() *ui.DropList       { return nil }
func (basic) pick() (outcome, tea.Cmd) { return ignored, nil }
func (basic) receive(any) tea.Cmd      { return nil }
func (basic) busy() bool               { return false }

// skip says what Enter does when nothing is chosen in a list: it goes on from one
// that was only looked at; where what was typed fits nothing it says so.
func (b basic) skip(l *ui.DropList, typed string) (outcome, tea.Cmd) {
	if l.Untouched() {
		l.Close()
		return onward, nil
	}
	return taken, ui.Do(ui.Status{Text: "没有找到“" + typed + "”,请改一改打的字", Fault: true})
}

// answer is what a widget's question to the ledger gives.
type answer struct {
	field string
	msg   any
}

// ask puts a question to the ledger in a command; receive gets what fn gives.
func (b basic) ask(fn func() any) tea.Cmd {
	name := b.field.Name
	return b.f.do(func() any { return answer{name, fn()} })
}

// makers gives the widget of each field type.
var makers = map[model.Type]func(basic) widget{
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

// widget makes the widget of a field; a type without one of its own is typed as text.
func (f *Form) widget(field *model.Field) widget {
	b := basic{f, field}
	if m, ok := makers[field.Type]; ok {
		return m(b)
	}
	return newText(b)
}
