//go:build unix && !386 && !arm

package breaking_test

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/breaking"
	"taizhang/store/internal/storetest"
	"taizhang/store/vault"
)

// Without -full each operation is broken at some of its calls, spread over all of them.
var full = flag.Bool("full", false, "fail every call and stop after every call, not only some")

var ctx = context.Background()

// operation is what a person does with a ledger, in steps of which each is acknowledged
// when it returns.
type operation struct {
	name string
	// begin lays down what is there before, in an empty folder.
	begin func(t *testing.T, dir string)
	// open is how a person begins; nil where a step opens what it needs itself.
	open func(dir string) (*store.Ledger, error)
	// unseal is how a person begins with an encrypted ledger, in the place of open.
	unseal func(dir string) (*vault.Sitting, error)
	steps  []func(s *sitting) error
	// look opens what a folder holds as a new user would and gives it in a form that does
	// not depend on ids and moments: an error where something is half or broken.
	look func(dir string) (string, error)
	// few is by how many times fewer of its calls are broken: it is slow, or has many. most
	// is how many are with -full; 0 stands for every one.
	few, most int
	// sameSitting: a step can be done again only in the sitting in which it failed.
	sameSitting bool
	// unlisted, where set, gives what a failed step has left beside temporary files.
	unlisted func(dir string) ([]string, error)
}

// sitting is one time at the program.
type sitting struct {
	dir string
	l   *store.Ledger
	v   *vault.Sitting // of an encrypted ledger
}

func (s *sitting) path(elem ...string) string {
	return filepath.Join(append([]string{s.dir}, elem...)...)
}

func (o *operation) sit(dir string) (*sitting, error) {
	s := &sitting{dir: dir}
	var err error
	if o.unseal != nil {
		if s.v, err = o.unseal(dir); err == nil {
			s.l = s.v.Ledger()
		}
		return s, err
	}
	if o.open == nil {
		return s, nil
	}
	s.l, err = o.open(dir)
	return s, err
}

func (s *sitting) leave() error {
	if s.v != nil { // what can't be encrypted is let go: the program ends
		if err := s.v.Close(ctx); err != nil {
			return errors.Join(err, s.v.Abandon())
		}
		return nil
	}
	if s.l == nil {
		return nil
	}
	return s.l.Close()
}

// breakIt stops the machine after an operation's calls, and fails them.
func (o *operation) breakIt(t *testing.T) {
	t.Helper()
	begun := time.Now()
	before := filepath.Join(t.TempDir(), "before")
	storetest.Must(t, os.Mkdir(before, 0o700))
	o.begin(t, before)
	calls, stops, states := o.stopAll(t, before)
	runs, failed := 0, 0
	for i, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EIO} {
		for j, stays := range []bool{false, true} {
			for _, n := range o.some(calls, 5, i*2+j) {
				tr := &trial{T: t, o: o, states: states, fault: breaking.Fault{Call: n, Errno: errno, Stays: stays}}
				runs++
				failed += tr.fail(before)
			}
		}
	}
	t.Logf("%s: %d calls; %d stops; %d runs in which %d calls failed; %v", o.name, calls, stops, runs, failed, time.Since(begun).Round(time.Second/10))
}

// some gives numbers from 1 to all: every one with -full, else about so many, spread
// evenly. turn shifts them, so that four ways to fail meet four times as many calls.
func (o *operation) some(all, many, turn int) []int {
	many = max(many/max(o.few, 1), 1)
	if *full {
		many = cmp.Or(o.most, all)
	}
	var list []int
	for i := 1; i <= all; i++ {
		at := i*many + turn*all/4
		if all <= many || at/all != (at-many)/all {
			list = append(list, i)
		}
	}
	return list
}

// stopAll does an operation once and looks at what may be left of it after its calls. It
// gives how many calls there are, how many stops were tried, and what stands after none of
// the steps, the first, the second.
func (o *operation) stopAll(t *testing.T, before string) (calls, stops int, states []string) {
	t.Helper()
	dir := copyFolder(t, before)
	m := breaking.Watch(t, dir)
	storetest.Must(t, m.Record())
	look := func() {
		state, err := o.lookAt(t, dir)
		storetest.Must(t, err)
		states = append(states, state)
	}
	look()
	s, err := o.sit(dir)
	storetest.Must(t, err)
	var done []int // the call after which each step was acknowledged
	for _, step := range o.steps {
		storetest.Must(t, step(s))
		done = append(done, m.Calls())
		look()
	}
	storetest.Must(t, s.leave())
	disk, tape := m.Tape()
	chosen := o.some(len(tape), 15, 0)
	for n, call := range tape {
		disk.Do(call)
		if !slices.Contains(chosen, n+1) {
			continue
		}
		k := 0
		for k < len(done) && done[k] <= n+1 {
			k++
		}
		stops += o.stop(t, disk, fmt.Sprintf("%s, stopped after call %d of %d (%s %s)", o.name, n+1, len(tape), call.Kind, filepath.Base(call.Path)),
			states[k:min(k+2, len(states))])
	}
	return len(tape), stops, states
}

// lookAt looks at a copy: opening a ledger may change what lies there.
func (o *operation) lookAt(t *testing.T, dir string) (string, error) {
	t.Helper()
	copied := copyFolder(t, dir)
	defer func() { storetest.Must(t, os.RemoveAll(copied)) }()
	return o.look(copied)
}

// stop looks at what may be left on a disk; may is what may stand.
func (o *operation) stop(t *testing.T, disk *breaking.Disk, where string, may []string) (stops int) {
	t.Helper()
	for seed, left := range []breaking.Left{breaking.OnlySynced, breaking.Everything, breaking.SomeSectors, breaking.SomeSectors} {
		dir := filepath.Join(t.TempDir(), "left")
		storetest.Must(t, disk.Write(dir, left, uint64(seed)))
		state, err := o.look(dir)
		switch {
		case err != nil:
			t.Errorf("%s, %s: %v", where, left, err)
		case !slices.Contains(may, state):
			t.Errorf("%s, %s: %s", where, left, difference(state, may[0]))
		}
		storetest.Must(t, os.RemoveAll(dir))
		stops++
	}
	return stops
}

// trial is one time that an operation is done while something fails.
type trial struct {
	*testing.T
	o      *operation
	m      *breaking.Machine
	dir    string
	fault  breaking.Fault
	states []string
	done   int  // the steps acknowledged
	unsure bool // the step that failed last may stand all the same
}

func (tr *trial) wrong(format string, args ...any) {
	tr.Helper()
	for_ := ""
	if tr.fault.Stays {
		for_ = " and all that follow"
	}
	said := ""
	for _, c := range tr.m.Mend() {
		said += fmt.Sprintf(" [%s %s]", c.Kind, filepath.Base(c.Path))
	}
	tr.Errorf("%s, call %d%s fails (%v): %s\nfailed:%s", tr.o.name, tr.fault.Call, for_, tr.fault.Errno, fmt.Sprintf(format, args...), said)
}

// fail does an operation of which a call fails, and again when what failed works. It gives
// how many calls failed.
func (tr *trial) fail(before string) int {
	tr.Helper()
	tr.dir = copyFolder(tr.T, before)
	defer func() { storetest.Must(tr.T, os.RemoveAll(tr.dir)) }()
	tr.m = breaking.Watch(tr.T, tr.dir)
	tr.m.Break(tr.fault)
	failed := tr.sit(!tr.fault.Stays)
	tr.stands("after leaving", tr.unsure)
	if tr.done < len(tr.o.steps) {
		tr.sit(true)
		if tr.done < len(tr.o.steps) {
			tr.wrong("step %d can't be done again", tr.done+1)
		}
		tr.stands("after it was done again", false)
	}
	if tr.unsure || tr.o.open == nil { // the next start ends what is open
		_, err := tr.o.look(tr.dir)
		storetest.Must(tr.T, err)
	}
	if !slices.ContainsFunc(failed, removing) {
		left := leftovers(tr.T, tr.dir)
		if tr.o.unlisted != nil {
			more, err := tr.o.unlisted(tr.dir)
			storetest.Must(tr.T, err)
			left = append(left, more...)
		}
		if len(left) > 0 {
			tr.wrong("left behind: %v", left)
		}
	}
	return len(failed)
}

func removing(c breaking.Call) bool { return c.Kind == breaking.Removed }

// sit does the steps that are not done yet. One that fails is said in Chinese and leaves
// nothing; where again, it succeeds at once. It gives the calls that failed.
func (tr *trial) sit(again bool) (failed []breaking.Call) {
	tr.Helper()
	s, err := tr.o.sit(tr.dir)
	if err != nil {
		tr.said(err)
		tr.stands("after opening failed", false)
		if !again {
			return tr.m.Mend()
		}
		if s, err = tr.o.sit(tr.dir); err != nil {
			tr.wrong("opening again: %v", err)
			return tr.m.Mend()
		}
	}
	for tr.done < len(tr.o.steps) {
		step := tr.o.steps[tr.done]
		if err := step(s); err != nil {
			// What could not be taken away again stands.
			unsure := slices.Contains(unsureCodes, tr.said(err)) || slices.ContainsFunc(tr.m.Failed(), removing)
			tr.stands("after the step failed", unsure)
			switch {
			case tr.fault.Stays && tr.o.sameSitting:
				failed = append(failed, tr.m.Mend()...)
			case !again:
				tr.unsure = unsure
				return tr.leave(s, failed)
			}
			if err := step(s); err != nil {
				tr.wrong("step %d again: %v", tr.done+1, err)
				return tr.leave(s, failed)
			}
		}
		tr.done++
	}
	return tr.leave(s, failed)
}

func (tr *trial) leave(s *sitting, failed []breaking.Call) []breaking.Call {
	tr.Helper()
	if err := s.leave(); err != nil && !tr.fault.Stays && len(tr.m.Mend()) == 0 {
		tr.wrong("leaving: %v", err) // what was done is not called failed; that leaving was not tidy may be said
	}
	return append(failed, tr.m.Mend()...)
}

// stands holds what the folder holds against the steps acknowledged; one of which it was
// said that nobody knows may stand too, and counts as done then.
func (tr *trial) stands(when string, unsure bool) {
	tr.Helper()
	state, err := tr.o.lookAt(tr.T, tr.dir)
	switch {
	case err != nil:
		tr.wrong("%s: %v", when, err)
	case unsure && state == tr.states[tr.done+1]:
		if when == "after leaving" {
			tr.done++
		}
	case state != tr.states[tr.done]:
		tr.wrong("%s, %d steps acknowledged: %s", when, tr.done, difference(state, tr.states[tr.done]))
	}
}

// unsureCodes are of errors that say that what was done may stand, or does: nobody knows
// (E-UNSURE), the disk did not confirm it (E-SYNC), the next start will end it
// (E-RESTORING), all but the encrypting is done (E-PLAIN).
var unsureCodes = []string{"E-UNSURE", "E-SYNC", "E-RESTORING", "E-PLAIN"}

// latin finds what is no Chinese: a path in quotation marks is no word of ours.
var latin, quoted = regexp.MustCompile(`[A-Za-z]{2,}`), regexp.MustCompile(`“[^”]*”`)

// said holds an error against what a person can read.
func (tr *trial) said(err error) (code string) {
	tr.Helper()
	var known *model.Error
	if !errors.As(err, &known) {
		tr.wrong("not said in Chinese: %v", err)
		return ""
	}
	if known.Code == "E-NOFILE" {
		tr.wrong("a broken disk is taken for a missing file: %s", known.Message)
	}
	if word := latin.FindString(quoted.ReplaceAllString(known.Message, "")); word != "" && word != "Excel" {
		tr.wrong("%s says %q: %s", known.Code, word, known.Message)
	}
	return known.Code
}
