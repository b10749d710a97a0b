package disk

import "sync/atomic"

// OpKind says what an Op does.
type OpKind int

// What passes the door.
const (
	Made         OpKind = iota // a file that was not there
	Emptied                    // a file, made or emptied
	Written                    // Data to a file, at At
	Synced                     // a file's content
	Renamed                    // Path to To
	Removed                    // a file
	MadeFolder                 // a folder
	SyncedFolder               // a folder's entries
	Linked                     // Path is called To as well
)

// Op is one step that changes what is on the disk. Paths are as the caller wrote them.
type Op struct {
	Kind     OpKind
	Path, To string
	At       int64
	Data     []byte // valid during the call only
}

var watcher atomic.Pointer[func(Op) error]

// Watch sets what is asked before every step, for tests: an error is what the step
// fails with, and the step is not done. It gives back what takes the watcher away.
func Watch(w func(Op) error) (leave func()) {
	watcher.Store(&w)
	return func() { watcher.Store(nil) }
}

func pass(op Op) error {
	if w := watcher.Load(); w != nil {
		return (*w)(op)
	}
	return nil
}
