package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/practice"
	page "taizhang/tui/practice"
	"taizhang/tui/ui"
)

// practising is how 用示例村练习 stands. Meanwhile an own ledger waits, open and locked
// against other windows, and no screen of it is left on the stack.
type practising struct {
	on      bool // the ledger is the made-up one
	done    practice.Done
	news    string // what was just done, until the next key
	looking bool   // what has been done is being read
	seen    bool   // it has been read once: what was done before is no news
	again   bool   // and something came meanwhile
	waits   *waiting
	floor   int // screens up to this number are gone with their ledger; what they still send is dropped
}

// waiting is what is gone back to after practising.
type waiting struct {
	ledger *store.Ledger // nil: there is none yet
	path   string
	county bool
	above  string
}

// practiceReady brings the made-up village; practiceSeen what has been done in it.
type (
	practiceReady struct {
		ledger *store.Ledger
		err    error
	}
	practiceSeen struct {
		ledger *store.Ledger
		done   practice.Done
		err    error
	}
)

// preparing stands while the village is made: no key reaches a screen below.
type preparing struct{ app *ui.App }

var _ ui.Overlay = (*preparing)(nil)

func (p *preparing) Init() tea.Cmd           { return nil }
func (p *preparing) Update(tea.Msg) tea.Cmd  { return nil }
func (p *preparing) SetSize(int, int)        {}
func (p *preparing) Title() string           { return page.Title }
func (p *preparing) Hints() []ui.Hint        { return nil }
func (p *preparing) Unsaved() string         { return "" }
func (p *preparing) Box(w, _ int) (int, int) { return min(w-4, 56), 5 }
func (p *preparing) Help() []string {
	return []string{"正在准备示例村,要几秒钟,请稍候。本村的台账不动。"}
}
func (p *preparing) View() (string, *tea.Cursor) {
	return "\n  正在准备示例村,请稍候…(人和地方都是编的)", nil
}

// practise begins to practise, or shows how far it has come.
func (r *Root) practise() tea.Cmd {
	switch {
	case r.practising.on:
		e, _ := r.top()
		return r.push(page.New(r.app, r.practising.done, r.ownWaits()), e.id)
	case r.o.Practice == "":
		return nil
	case r.app.Sitting != nil:
		r.status.Text = "加了密的台账开着的时候不能练习"
		return nil
	case len(r.unsaved()) > 0:
		r.status.Text = "还有没保存的内容,先保存好再来练习:" + strings.Join(r.unsaved(), "、")
		return nil
	}
	return r.prepare(practice.Open)
}

func (r *Root) ownWaits() bool { return r.practising.waits != nil && r.practising.waits.ledger != nil }

// prepare opens the village as a command.
func (r *Root) prepare(open func(context.Context, string, store.Options) (*store.Ledger, error)) tea.Cmd {
	ctx, dir, source := r.app.Ctx, r.o.Practice, r.o.Source
	return tea.Batch(r.push(&preparing{r.app}, 0), r.bind(0, func() tea.Msg {
		l, err := open(ctx, dir, store.Options{Source: source})
		return practiceReady{l, err}
	}))
}

// enter goes on in the village.
func (r *Root) enter(m practiceReady) tea.Cmd {
	if e, ok := r.top(); ok {
		if _, is := e.screen.(*preparing); is {
			r.pop(e.id)
		}
	}
	switch {
	case m.err != nil && r.app.Ledger == nil && r.practising.waits != nil: // it was to be made anew
		return tea.Batch(r.goOn(), r.fail(m.err))
	case m.err != nil:
		return r.fail(m.err)
	case len(r.unsaved()) > 0:
		r.status.Text = "还有没保存的内容,先保存好再来练习"
		return closing(m.ledger)
	}
	if r.practising.waits == nil {
		r.practising.waits = &waiting{ledger: r.app.Ledger, path: r.o.Path, county: r.app.County, above: r.app.Above}
	}
	r.practising.floor, r.app.ShowIDs = r.lastID, false
	r.take(m.ledger)
	return r.begin()
}

func closing(l *store.Ledger) tea.Cmd {
	return func() tea.Msg {
		if err := l.Close(); err != nil {
			return ui.Failed{Err: err}
		}
		return nil
	}
}

// practiseAnew closes the village and has it made anew.
func (r *Root) practiseAnew() tea.Cmd {
	old := r.app.Ledger
	if !r.practising.on || r.practising.waits == nil || len(r.unsaved()) > 0 {
		r.status.Text = "还有没保存的内容,或者示例村是直接打开的:现在不能从头再来"
		return nil
	}
	r.practising.floor = r.lastID
	r.practising.done = practice.Done{}
	r.app.Ledger, r.stack = nil, nil
	r.push(newFirstRun(r.app, r.o, r.sealedRestore()), 0)
	return r.prepare(func(ctx context.Context, dir string, o store.Options) (*store.Ledger, error) {
		if err := old.Close(); err != nil {
			return nil, err
		}
		return practice.Anew(ctx, dir, o)
	})
}

// endPractice goes back to the own ledger, or to the first run.
func (r *Root) endPractice() tea.Cmd {
	switch {
	case !r.practising.on:
		return nil
	case len(r.unsaved()) > 0:
		r.status.Text = "还有没保存的内容:" + strings.Join(r.unsaved(), "、")
		return nil
	case r.practising.waits == nil: // opened by its path
		return r.leave()
	}
	return tea.Batch(closing(r.app.Ledger), r.goOn())
}

// goOn goes on with what waited.
func (r *Root) goOn() tea.Cmd {
	w := r.practising.waits
	r.practising = practising{floor: r.lastID}
	r.app.Practice, r.app.ShowIDs = false, false
	r.app.Ledger, r.o.Path, r.app.County, r.app.Above = w.ledger, w.path, w.county, w.above
	r.stack = nil
	if w.ledger == nil {
		return r.push(newFirstRun(r.app, r.o, r.sealedRestore()), 0)
	}
	r.status.Text = "练习结束,回到了本村台账"
	return r.begin()
}

// closeWaiting closes the own ledger when the program ends in the village.
func (r *Root) closeWaiting() error {
	if !r.ownWaits() {
		return nil
	}
	l := r.practising.waits.ledger
	r.practising.waits = nil
	if k := copies.Of(l); k != nil {
		k.Wait()
	}
	return l.Close()
}

// lookPractice reads what has been done, as a command.
func (r *Root) lookPractice() tea.Cmd {
	if !r.practising.on {
		return nil
	}
	if r.practising.looking {
		r.practising.again = true
		return nil
	}
	r.practising.looking, r.practising.again = true, false
	l, ctx := r.app.Ledger, r.app.Ctx
	return r.bind(0, func() tea.Msg {
		done, err := practice.Look(ctx, l)
		return practiceSeen{l, done, err}
	})
}

// sawPractice ticks off what is done now.
func (r *Root) sawPractice(m practiceSeen) tea.Cmd {
	if m.ledger != r.app.Ledger {
		return nil
	}
	r.practising.looking = false
	if m.err != nil {
		if errors.Is(m.err, context.Canceled) {
			return nil
		}
		return r.fail(m.err)
	}
	old := r.practising.done
	r.practising.done = m.done
	for _, e := range r.stack {
		if p, ok := e.screen.(*page.Page); ok {
			p.Look(m.done)
		}
	}
	for t, done := range m.done {
		if done && !old[t] && r.practising.seen {
			r.practising.news = page.DoneLine(practice.Task(t), m.done)
		}
	}
	r.practising.seen = true
	if r.practising.again {
		return r.lookPractice()
	}
	return nil
}

// practiceNote is what stands behind the first run's choice.
func practiceNote(dir string) string {
	if _, err := os.Stat(filepath.Join(dir, "ledger.db")); err == nil {
		return "上次练过的还在,接着练"
	}
	return "人和地方都是编的,照着办五件事,先学会"
}

// receiveBeside takes what belongs to practising and to the keys that hints show, and drops
// what a screen sends that is gone with its ledger.
func (r *Root) receiveBeside(from int, msg tea.Msg) (cmd tea.Cmd, ok bool) {
	if from > 0 && from <= r.practising.floor {
		return nil, true
	}
	switch m := msg.(type) {
	case page.Begin:
		return r.practise(), true
	case page.Anew:
		return r.practiseAnew(), true
	case page.End:
		return r.endPractice(), true
	case practiceReady:
		return r.enter(m), true
	case practiceSeen:
		return r.sawPractice(m), true
	case triedKeys:
		return r.tookKeys(m), true
	}
	return nil, false
}
