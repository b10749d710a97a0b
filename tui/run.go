// Package tui is the program on the screen: one root model that holds a stack of
// screens, draws the frame around them and knows the keys that work everywhere.
package tui

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	offices "taizhang/store/county"
	"taizhang/store/practice"
	"taizhang/tui/admission"
	"taizhang/tui/console"
	"taizhang/tui/election"
	"taizhang/tui/fill"
	"taizhang/tui/form"
	"taizhang/tui/paper"
	"taizhang/tui/profile"
	"taizhang/tui/table"
	"taizhang/tui/transfer"
	"taizhang/tui/ui"
)

// Options of the program on the screen.
type Options struct {
	Ledger  *store.Ledger // nil: there is none yet, begin with the first run
	Path    string        // where the ledger is or shall be
	Backups bool          // whether the ledger's backups are made by themselves
	Damage  string        // why the ledger that is there can't be opened, in Chinese; "": it can
	// Unseal opens an encrypted ledger, whose passphrase is asked for first; nil: the
	// ledger is not encrypted.
	Unseal Unsealer
	Kind   string // open this kind's table at once, or ""
	// Practice is the folder of the made-up village to practise in, which is made when it is
	// asked for; "" leaves the offer out.
	Practice string
	ASCII    bool // draw with ASCII characters only
	NoColor  bool
	Ahead    []byte        // what was typed before the screens began, as the terminal sends it
	Enlarge  string        // how the window is made larger: a sentence without the full stop; "": in general words
	Source   *model.Source // nil: the system's clock and randomness
	Key      string        // a county's key file; "": county.key beside the ledger
	Note     string        // where this machine remembers how far ledgers have come; "": nowhere
	// Drives gives the folders of removable drives; nil looks for those of this
	// machine.
	Drives func() []string
	// Farewell is told what is to be read once the screen is gone; nil: nobody is.
	Farewell func(text string)
	Timer    *Timer // by which the screen tells that nobody is there; nil: the system's
	// Opener opens a file with the system's program for it; nil takes this machine's.
	Opener func(path string) error
	// Keyboard is the file in which this machine remembers whether its function keys
	// arrive (habit.Path); "" asks nobody and remembers nothing.
	Keyboard string
	// AskHandler asks once who keeps the book (经手人).
	AskHandler bool
}

// Unsealer opens the encrypted ledger at Path by its passphrase. *model.Error
// E-PASSPHRASE when it is the wrong one, and what else vault.Open gives.
type Unsealer func(ctx context.Context, passphrase string) (ui.Sitting, error)

// Run runs the program on the terminal until the person leaves or a signal ends it, and
// closes the ledger then: the given one and one opened meanwhile. A signal leaves the
// terminal as it was and half-filled forms as drafts; ctx, which it need not end, would
// be too quick for that. *model.Error E-STOPPED after a signal. A fault inside is shown in
// the status line and logged beside the ledger; the error returned is one of the
// terminal or of closing, or ctx's.
func Run(ctx context.Context, o Options) error {
	r := New(ctx, o)
	r.rest.begin(r.app.Ctx)
	how := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(120)}
	keys := console.Keys()
	if keys != nil {
		how = append(how, tea.WithInput(keys))
	}
	p := tea.NewProgram(r, how...)
	s := watchSignals(r, p)
	_, err := p.Run()
	if keys != nil { // who asks for a key after this gets it
		err = errors.Join(err, keys.Close())
	}
	stopped := s.ended()
	defer s.release()
	if r.sealing() {
		return r.part(stopped, err)
	}
	if stopped != nil {
		return errors.Join(stopped, r.Close())
	}
	if err != nil {
		_, logErr := r.log("the screen program ended: " + err.Error())
		if ctx.Err() != nil {
			err = ctx.Err()
		} else {
			err = errors.Join(fmt.Errorf("screens: %w", err), logErr)
		}
	}
	return errors.Join(err, r.Close())
}

// New gives the root model of a program on the screen.
func New(ctx context.Context, o Options) *Root {
	if o.Drives == nil {
		o.Drives = findDrives
	}
	if o.Source == nil {
		o.Source = &model.Source{Now: time.Now, Rand: rand.Reader}
	}
	o.Timer = o.Timer.orSystem()
	ctx, cancel := context.WithCancel(ctx)
	r := &Root{
		cancel: cancel,
		o:      o,
		app: &ui.App{
			Ctx: ctx, Styles: ui.NewStyles(o.NoColor), ASCII: o.ASCII, Source: o.Source,
			Drives: noting(o.Drives), Key: ui.Keyring{Path: o.Key}, Form: form.New, Table: table.New, Fill: fill.New, HandOver: transfer.NewOut, Beside: besideTables(),
			Pages:  map[string]func(*ui.App, string) ui.Screen{profile.Kind: profile.New, admission.Kind: admission.New, election.Kind: election.New},
			Papers: paper.Open, Opener: o.Opener,
		},
		openers: map[int]int{},
	}
	r.showKeys()
	r.app.CanPractise = o.Practice != ""
	r.o.Unseal = r.holding(o.Unseal)
	if o.Ledger != nil {
		r.take(o.Ledger)
	}
	return r
}

// App gives what the screens share, for one that is made outside and sent in a
// ui.Push.
func (r *Root) App() *ui.App { return r.app }

// take makes a ledger the one that all screens work with.
func (r *Root) take(l *store.Ledger) {
	r.app.Ledger = l
	r.rest.ledger.Store(l)
	r.o.Path = l.Path()
	practised, err := practice.Is(r.app.Ctx, l)
	if err != nil {
		r.status = ui.Status{Text: r.explain(err), Fault: true}
	}
	if r.app.Practice = practised; practised {
		r.practising.on, r.practising.looking, r.practising.seen = true, false, false
		r.app.County, r.app.Above = false, ""
		return // nothing is kept of a made-up village
	}
	r.keepBackups(l)
	if err := l.Remember(r.app.Ctx, r.o.Note); err != nil {
		r.status = ui.Status{Text: r.explain(err), Fault: true}
	}
	county, err := l.IsCounty(r.app.Ctx)
	if err != nil {
		r.status = ui.Status{Text: r.explain(err), Fault: true}
	}
	r.app.County = county
	if r.app.Above, err = offices.Above(r.app.Ctx, l); err != nil {
		r.status = ui.Status{Text: r.explain(err), Fault: true}
	}
	if found := l.Warnings(); len(found) > 0 && !r.status.Fault {
		r.status = ui.Status{Text: found[0], Fault: true}
	}
}
