package form

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"taizhang/store"
	"taizhang/tui/ui"
)

// pause is how long after a change the draft is written. With the writing itself
// that is within the half second that may be lost.
const pause = 250 * time.Millisecond

// keeper keeps the draft of one form. Update hands it what stands in the form and
// goes on; a timer of its own writes the newest, so no frame is drawn for it. While
// one is being written at most one other waits.
type keeper struct {
	app *ui.App

	mu     sync.Mutex // holds what follows
	draft  store.Draft
	next   *kept // what is to be written
	label  string
	timed  bool // a timer runs
	failed error

	writing sync.Mutex // held while the draft is written or dropped
	dropped bool       // nothing is written any more
}

func newKeeper(app *ui.App, o ui.FormOf) *keeper {
	k := &keeper{app: app, draft: store.Draft{Kind: o.Kind, RecordID: o.ID}}
	if o.Draft != nil {
		k.draft = *o.Draft
	}
	return k
}

// keep takes what stands in the form, to be written soon. It gives the error of an
// earlier writing, once.
func (k *keeper) keep(d *kept, label string, rev int64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next, k.label, k.draft.BaseRev = d, label, rev
	if !k.timed {
		k.timed = true
		time.AfterFunc(pause, k.flush)
	}
	err := k.failed
	k.failed = nil
	return err
}

// KeepDraft implements ui.Drafter.
func (f *Form) KeepDraft() { f.drafts.flush() }

// flush writes the newest state, if it is not written yet. It runs on a timer's
// goroutine, where a panic would end the program in the middle of the screen.
func (k *keeper) flush() {
	k.writing.Lock()
	defer k.writing.Unlock()
	defer func() {
		if p := recover(); p != nil {
			k.mu.Lock()
			defer k.mu.Unlock()
			k.failed = fmt.Errorf("panic while the draft was written: %v\n%s", p, debug.Stack())
		}
	}()
	k.mu.Lock()
	d, draft := k.next, k.draft
	draft.Label = k.label
	k.next, k.timed = nil, false
	k.mu.Unlock()
	if d == nil || k.dropped {
		return
	}
	err := k.write(d, &draft)
	k.wrote(&draft, err)
}

func (k *keeper) wrote(draft *store.Draft, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.draft.ID = draft.ID
	if err != nil && k.app.Ctx.Err() == nil {
		k.failed = err
	}
}

func (k *keeper) write(d *kept, draft *store.Draft) error {
	texts, err := json.Marshal(d)
	if err != nil {
		return err
	}
	draft.Texts = texts
	return k.app.Ledger.SaveDraft(k.app.Ctx, draft)
}

// drop throws the draft away, and whatever was still to be written.
func (k *keeper) drop() error {
	k.writing.Lock()
	defer k.writing.Unlock()
	k.dropped = true
	k.mu.Lock()
	id := k.draft.ID
	k.mu.Unlock()
	if id == "" {
		return nil
	}
	return k.app.Ledger.DropDraft(k.app.Ctx, id)
}
