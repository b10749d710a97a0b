//go:build unix && !386 && !arm

package breaking_test

import (
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/breaking"
	"taizhang/store/internal/storetest"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// slowSync is how long a worn disk takes to sync.
const slowSync = 50 * time.Millisecond

// desk is the program over a ledger on a disk whose syncs are seen.
type desk struct {
	*tuitest.Term
	m     *breaking.Machine
	l     *store.Ledger
	syncs atomic.Int64
}

// atDesk opens a new ledger at the table of persons; each sync takes as long as slow does.
func atDesk(t *testing.T, slow func()) *desk {
	t.Helper()
	dir := t.TempDir()
	d := &desk{m: breaking.Watch(t, dir)}
	path := filepath.Join(dir, "ledger.db")
	l, err := book.Create(ctx, path, store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
	storetest.Must(t, err)
	storetest.Must(t, l.Close())
	d.m.Slow(func(breaking.Call) {
		d.syncs.Add(1)
		if slow != nil {
			slow()
		}
	})
	d.l, err = book.Open(ctx, path, store.Options{})
	storetest.Must(t, err)
	r := tui.New(ctx, tui.Options{Ledger: d.l, Path: path, Kind: "person", Drives: func() []string { return nil }})
	d.Term = sample.StartReal(t, r, 80, 24)
	d.WaitFor("共 0 条")
	return d
}

func (d *desk) drafts(t *testing.T) []store.Draft {
	t.Helper()
	all, err := d.l.Drafts(ctx)
	storetest.Must(t, err)
	return all
}

// TestTypingWaitsForNoDisk: while the draft waits for a disk that never ends its sync, one
// types on, goes from field to field and reads the findings; once the disk is there again,
// the draft holds what was typed meanwhile.
func TestTypingWaitsForNoDisk(t *testing.T) {
	var holds atomic.Bool
	held, over := make(chan struct{}, 100), make(chan struct{})
	d := atDesk(t, func() {
		if holds.Load() {
			held <- struct{}{}
			<-over
		}
	})
	d.Press("f2")
	d.WaitFor("新增人员")
	holds.Store(true)
	d.Type("司")
	select {
	case <-held: // the draft is being written
	case <-time.After(tuitest.Patience):
		t.Fatal("no draft is written while one types")
	}
	for _, letter := range "马光明远志" {
		d.Type(string(letter))
		if got := d.BeforeCursor(); !strings.HasSuffix(got, string(letter)) {
			t.Fatalf("%c is not before the cursor: %q", letter, got)
		}
	}
	d.Press("tab")
	d.Type("12")
	d.Press("tab")
	d.WaitFor("错误:") // twelve is no ID number
	d.Press("shift+tab", "backspace", "backspace", "shift+tab", "backspace", "pgdown", "pgup")
	if all := d.drafts(t); len(all) != 0 {
		t.Fatalf("the disk has not synced, but there are drafts: %+v", all)
	}
	holds.Store(false)
	close(over)
	for end := time.Now().Add(tuitest.Patience); ; time.Sleep(5 * time.Millisecond) {
		if all := d.drafts(t); len(all) == 1 && all[0].Label == "司马光明远" {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("what was typed meanwhile is in no draft: %+v", d.drafts(t))
		}
	}
}

// TestSyncs counts how often an act asks the disk to sync, which on a worn disk is what it
// takes: a letter not at all, a draft and a save once each.
func TestSyncs(t *testing.T) {
	var slow atomic.Bool
	d := atDesk(t, func() {
		if slow.Load() {
			time.Sleep(slowSync)
		}
	})
	t.Logf("opening the ledger and its first screen: %d syncs", d.syncs.Load())
	for _, on := range []bool{false, true} {
		slow.Store(on)
		d.Press("f2")
		d.WaitFor("新增人员")
		from := d.syncs.Load()
		began := time.Now()
		var letters []time.Duration
		for time.Since(began) < 1500*time.Millisecond { // some drafts are written meanwhile
			start := time.Now()
			d.Type("王")
			letters = append(letters, time.Since(start))
			if len(letters)%20 == 0 {
				for range 20 {
					d.Press("backspace")
				}
			}
		}
		slices.Sort(letters)
		t.Logf("syncs of %v: %d letters, the disk synced %d times; a letter in %v, the slowest in %v", d.slowly(on), len(letters), d.syncs.Load()-from,
			letters[len(letters)/2].Round(100*time.Microsecond), letters[len(letters)-1].Round(100*time.Microsecond))
		if middle := letters[len(letters)/2]; on && middle > slowSync {
			t.Errorf("a letter takes %v: it waits for the disk", middle)
		}
		d.Type("李")
		d.Press("esc")
		d.WaitFor("放弃")
		d.ClickOn("放弃")
		d.WaitGone("新增人员")
	}
	for end := time.Now().Add(tuitest.Patience); len(d.drafts(t)) > 0 && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
	}
	from, start := d.syncs.Load(), time.Now()
	_, err := d.l.Save(ctx, model.FromForm, storetest.Record(t, d.l, "person", "name", "张三", "sex", "男", "birth_date", "1970-03-02",
		"status", "正式党员", "standing", "在册", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01"))
	storetest.Must(t, err)
	if n := d.syncs.Load() - from; n != 1 {
		t.Errorf("a save asks the disk to sync %d times, not once", n)
	}
	t.Logf("a save with a sync of %v: %v", slowSync, time.Since(start).Round(time.Millisecond))
}

func (d *desk) slowly(on bool) time.Duration {
	if on {
		return slowSync
	}
	return 0
}
