// Package ui is what all screens share: the Screen interface, the messages by
// which screens ask the root for something, keys, styles and the measuring of text.
package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// App is what all screens know. The root owns it and changes it in Update only.
type App struct {
	// Ctx ends with the program. It stands in a struct since a command of Bubble Tea is
	// a function without arguments; nothing else in tui keeps one.
	Ctx     context.Context
	Ledger  *store.Ledger
	Styles  *Styles
	ASCII   bool          // the root turns ─│… into -|~ in every frame; screens draw as always
	Sitting Sitting       // of an encrypted ledger; nil for one that isn't
	County  bool          // the ledger is a county's: store.Ledger.IsCounty
	Above   string        // the level of an office that takes in other offices' sums (地市, 省), "" for any other
	ShowIDs bool          // show ID numbers and phones in full
	Source  *model.Source // the clock until there is a ledger, which has its own
	// Drives gives the folders of removable drives.
	Drives func() []string
	// Key is the county's key, once it has been opened.
	Key Keyring
	// Form and Table make the screens that serve every kind. Any screen opens them,
	// also one that their packages import or that must not import them, so the root
	// puts them here; tests put others.
	Form  func(*App, FormOf) Screen
	Table func(*App, TableOf) Screen
	// Fill makes 填表, which tables open for their marked rows.
	Fill func(*App, FillOf) Screen
	// HandOver makes the screen that writes the 移交包 of persons transferred out, by
	// their ids; nil where there is none.
	HandOver func(app *App, persons []string) Screen
	// Pages are the pages made for records of a kind (档案, 全程纪实).
	Pages map[string]func(*App, string) Screen // by kind: the page that Enter opens instead of the form
	// Beside are screens made for one kind that stand beside its table, by the kind's
	// name. The menu lists them and the table opens them; the root puts them here.
	Beside map[string]BesideTable
	// Papers opens what records give on paper; the root puts it here for the same reason.
	Papers func(*App, PrintOf) tea.Cmd
	// Practice tells that the ledger is the made-up one to practise in; CanPractise that
	// there can be one.
	Practice, CanPractise bool
	// ChooseKeys has the hints show the Ctrl keys, or the function keys; nil where that
	// can't be chosen.
	ChooseKeys func(ctrl bool) tea.Cmd
	// Opener opens a file with the system's program for it; nil takes this machine's.
	Opener func(path string) error
}

// BackedUp tells every screen that a backup was made by itself, or was not: what is said of
// the backups is read again.
type BackedUp struct{}

// Drafter is a screen whose half-filled content can be written down at once, for when a
// signal ends the program. It may be called on any goroutine.
type Drafter interface{ KeepDraft() }

// BesideTable is a screen made for one kind, e.g. 党费表.
type BesideTable struct {
	Title string
	Words string // what else the menu finds it by
	Open  func(*App) Screen
}

// MonthEndName is what the key for 月度上报 opens: at a county, which takes reports in,
// 收报.
func (a *App) MonthEndName() string {
	if a.County {
		return "收报"
	}
	return "月度上报"
}

// Words are those of the level of the office whose ledger it is.
func (a *App) Words() bundle.Words { return bundle.WordsOf(a.Above) }

// Keyring keeps the county's key for the sitting once it has been opened, so that
// its passphrase is asked once.
type Keyring struct {
	Path string // "": county.key beside the ledger
	Open *bundle.CountyKey
}

// OpenForm opens the form of a record, or of a new one.
func (a *App) OpenForm(o FormOf) tea.Cmd { return Do(Push{a.Form(a, o)}) }

// OpenRecord opens a record as people look at it: on the page of its kind, where there
// is one, else in the form.
func (a *App) OpenRecord(kind, id string) tea.Cmd {
	if page := a.Pages[kind]; page != nil {
		return Do(Push{page(a, id)})
	}
	return a.OpenForm(FormOf{Kind: kind, ID: id})
}

// OpenTable opens the table of a kind.
func (a *App) OpenTable(o TableOf) tea.Cmd { return Do(Push{a.Table(a, o)}) }

// FormOf says which form is wanted: that of a record, or of a new one with ID "".
type FormOf struct {
	Kind, ID string
	// Field, where set, gets the focus.
	Field string
	// Preset fills fields of a new record.
	Preset map[string]model.Value
	Draft  *store.Draft
	// Picked, where set, is called in Update with the saved record. Its command runs
	// once the form is gone, so that what it gives comes to the screen that opened it.
	Picked func(*model.Record) tea.Cmd
	// Many, where set, makes the form ask once for what many records share.
	Many *Many
	// Message stands under Field until it is changed: what the county says of it.
	Message string
	// Again fills a new record with what repeats from the last of its sort (model.Again),
	// where Preset leaves it open: 照上次.
	Again bool
	// Like is the id of the record that was just saved, for the next one of the sitting
	// to take over from: 接着填下一条.
	Like string
}

// Many says what a form asks once for many records (design.md §12). It keeps no draft:
// it is short, and goes on to a screen that shows what will be written.
type Many struct {
	Title  string   // of the form
	Whom   string   // stands above the fields: 26 人:张三、李四…
	Fields []string // those asked, in order
	// Loose fields are not looked at by the rules before all of them are: the record in
	// the form is none by itself, as when one field of many records is set.
	Loose bool
	// Next gives the screen that goes on from what was filled in. It runs in a command;
	// a *model.Error stands under its field.
	Next func(*model.Record) (Screen, error)
}

// OpenPapers opens what is asked for to be printed; nil where there is nothing to open.
func (a *App) OpenPapers(o PrintOf) tea.Cmd {
	if a.Papers == nil {
		return nil
	}
	return a.Papers(a, o)
}

// PrintOf says of what papers are wanted.
type PrintOf struct {
	Kind   string
	Record *model.Record // the one at hand, nil for none
	// Records gives the records of papers that are of many; it runs in a command. What
	// says which they are: 表上的 115 条.
	Records func() ([]*model.Record, error)
	What    string
	// Saved asks for what is shown by itself once the record has been saved.
	Saved bool
}

// TableOf says which table is wanted, with which of its views and what to find.
type TableOf struct{ Kind, View, Find string }

// FillOf says of which records another office's form is to be filled: those of Kind with
// the ids, in that order, or with none whatever is chosen on the screen.
type FillOf struct {
	Kind string
	IDs  []string
	What string // as it is shown: 标记的 26 人

	Blank string // the form to fill; "" asks for it
}

// Today is the calendar day by the ledger's clock.
func (a *App) Today() model.Date {
	if a.Ledger != nil {
		return a.Ledger.Source().Today()
	}
	return a.Source.Today()
}

// Screen is one entry of the root's stack. Only the top one gets keys and mouse;
// Changed goes to all. Nothing slow happens in Update: it returns a command. A
// command's message comes back to the screen that returned the command, wherever
// it stands in the stack; when that screen is gone, to the one that opened it; an
// overlay's comes to both. So a callback's command (Picked, a Choice's Cmd) works
// for the screen that made it. Mouse positions are relative to the body, and
// those of an overlay to the inside of its box.
type Screen interface {
	Init() tea.Cmd
	// Update gets Esc too, and answers it with Do(Pop{}) when nothing is left in
	// the screen to close. It never gets the keys that work everywhere.
	Update(msg tea.Msg) tea.Cmd
	// SetSize gives the body's size in cells; View fills exactly that.
	SetSize(width, height int)
	// View draws the body. The cursor is relative to the body's upper left cell;
	// it is non-nil on every frame in which a text field has the focus.
	View() (string, *tea.Cursor)
	// Title stands in the head line.
	Title() string
	// Hints are the keys that work now, most useful first, for the bottom line.
	Hints() []Hint
	// Help explains the screen to the secretary, in a few lines of Chinese.
	Help() []string
	// Unsaved is "" or says what would be lost by leaving now.
	Unsaved() string
}

// Overlay is a Screen drawn as a box over the one below it. The root draws the
// border with the Title in it: SetSize gives the box's inside, which is two cells
// narrower and two rows lower than the box.
type Overlay interface {
	Screen
	// Box gives the box's size wanted, border included, within the body's.
	Box(width, height int) (w, h int)
}

// Hint is one entry of the key line; a click on it sends the action.
type Hint struct {
	Action Action
	Label  string // e.g. 保存
}

// Messages to the root. Send them as commands: ui.Do(ui.Pop{}).
type (
	// Push puts a screen on top.
	Push struct{ Screen Screen }
	// Pop takes the top screen off.
	Pop struct{}
	// Replace takes the top screen off and puts another there.
	Replace struct{ Screen Screen }
	// Status is one line for the person, until the next key.
	Status struct {
		Text  string
		Fault bool
	}
	// Failed is a fault or an error to show; a *model.Error as its message alone.
	Failed struct{ Err error }
	// Press does what the action's key does, also where that is the root's to know.
	Press struct{ Action Action }
	// Home goes down to 工作台, the lowest screen; it opens another one where
	// something unsaved would be lost.
	Home struct{}
	// Shown comes from the root to a screen on which nothing lies any more.
	Shown struct{}
	// Finished comes to a form from the screen that it has opened with Many.Next, when
	// that has written: nothing is left for the form to do.
	Finished struct{}
	// Changed tells every screen that records of the kind were written ("" all).
	// ID is the one record that was written, where there is one: a table goes to it.
	Changed struct{ Kind, ID string }
	// Ask puts a question; the answer's command runs.
	Ask struct {
		Title, Text string
		Choices     []Choice
	}
)

// Choice is one answer to a question.
type Choice struct {
	Label string
	Cmd   tea.Cmd
}

// Do wraps a message as a command.
//
//go:noinline
func Do(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
