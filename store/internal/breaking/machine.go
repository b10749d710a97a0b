//go:build unix && !386 && !arm

package breaking

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// Fault says which call fails, and how.
type Fault struct {
	Call  int           // the number of the call, from 1; 0 for none
	Errno syscall.Errno // ENOSPC or EIO
	Stays bool          // every later call fails too; on a full disk a file can still be removed
}

// Machine sees every change of a file under a folder.
type Machine struct {
	dir string

	mu     sync.Mutex
	calls  int
	fault  Fault
	failed []Call // without their data
	record bool
	tape   []Call
	before *Disk
	slow   func(Call)
}

var here atomic.Pointer[Machine]

// Watch begins to see what happens under a folder, until the test ends: from now on every
// ledger is opened by the layer. Tests that watch can't run beside others.
func Watch(tb testing.TB, dir string) *Machine {
	tb.Helper()
	if err := registerLayer(); err != nil {
		tb.Fatal(err)
	}
	m := &Machine{dir: absolute(dir)}
	here.Store(m)
	raw.VFS = layerName
	leave := disk.Watch(func(op disk.Op) error { return ours(ofOp(op)) })
	tb.Cleanup(func() {
		leave()
		raw.VFS = ""
		here.Store(nil)
	})
	return m
}

// ours asks for one of our own steps, and gives the error as the system would.
func ours(c Call) error {
	err := see(c)
	if err == nil {
		return nil
	}
	if c.Kind == Written && errors.Is(err, syscall.ENOSPC) {
		err = errors.Join(err, writeHalf(c))
	}
	return &fs.PathError{Op: c.Kind.String(), Path: c.Path, Err: err}
}

// writeHalf writes what a full disk still takes.
func writeHalf(c Call) error {
	f, err := os.OpenFile(c.Path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(c.Data[:len(c.Data)/2], c.At)
	return errors.Join(err, f.Close())
}

func see(c Call) error {
	m := here.Load()
	if m == nil || !m.inside(c.Path) {
		return nil
	}
	m.mu.Lock()
	slow := m.slow
	m.mu.Unlock()
	if slow != nil && (c.Kind == Synced || c.Kind == SyncedFolder || c.Folder) {
		slow(c)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls++
	if m.fails(c) {
		c.Data = nil
		m.failed = append(m.failed, c)
		return m.fault.Errno
	}
	if m.record {
		c.Data = bytes.Clone(c.Data)
		m.tape = append(m.tape, c)
	}
	return nil
}

func (m *Machine) inside(path string) bool {
	return path == m.dir || strings.HasPrefix(path, m.dir+string(filepath.Separator))
}

func (m *Machine) fails(c Call) bool {
	f := m.fault
	if f.Call == 0 || m.calls < f.Call || m.calls > f.Call && !f.Stays {
		return false
	}
	return f.Errno != syscall.ENOSPC || c.Kind != Removed
}

// Break counts from 0 again and lets a call fail.
func (m *Machine) Break(f Fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls, m.fault, m.failed = 0, f, nil
}

// Slow has every sync call this first, as often as a disk is asked to sync; nil: none. It
// may take its time, as a slow disk does.
func (m *Machine) Slow(sync func(Call)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.slow = sync
}

// Failed gives the calls that have failed since Break.
func (m *Machine) Failed() []Call {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.failed)
}

// Mend lets nothing fail any more, and gives what did.
func (m *Machine) Mend() []Call {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault = Fault{}
	return m.failed
}

// Calls tells how many calls there have been since Break or Record.
func (m *Machine) Calls() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls
}

// Record notes what the folder holds, counts from 0 and keeps every call from now on.
func (m *Machine) Record() error {
	before, err := ReadDisk(m.dir)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls, m.fault, m.record, m.tape, m.before = 0, Fault{}, true, nil, before
	return nil
}

// Tape ends recording and gives what the folder held, and the calls.
func (m *Machine) Tape() (*Disk, []Call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.record = false
	return m.before, m.tape
}
