// Package breaking lets tests break what a ledger stands on: it sees every call that
// changes a file, by SQLite (a layer of its own under it) and by ourselves (disk.Watch),
// in one numbered stream; it fails the call that a test names, and tells what a disk may
// hold if the power went after any of them. Nothing but tests may import it. The layer is
// written for 64 bits and for systems whose VFS is SQLite's "unix".
package breaking

import "taizhang/store/internal/disk"

// Kind says what a call does.
type Kind int

// The calls.
const (
	Made         Kind = iota // a file that was not there
	Emptied                  // a file, made or emptied
	Written                  // Data to a file, at At
	Cut                      // a file, to the length At
	Synced                   // a file's content; with Folder the folder's entries too
	Renamed                  // Path to To
	Removed                  // a file; with Folder the folder's entries are synced after it
	MadeFolder               // a folder
	SyncedFolder             // a folder's entries
	Linked                   // Path is called To as well
	Shared                   // the memory that the connections of a log share, made or extended
)

var kindNames = [...]string{"make", "empty", "write", "cut", "sync", "rename", "remove", "make folder", "sync folder", "link", "share"}

// String names the kind, for a test's messages.
func (k Kind) String() string { return kindNames[k] }

// Call is one call that changes what is on the disk. Paths are absolute.
type Call struct {
	Kind     Kind
	SQLite   bool // it came from under SQLite, not from us
	Path, To string
	At       int64
	Data     []byte
	Folder   bool
}

// ofOp makes the call of a step that passes our own door.
func ofOp(op disk.Op) Call {
	kind, ok := map[disk.OpKind]Kind{disk.Made: Made, disk.Emptied: Emptied, disk.Written: Written, disk.Synced: Synced, disk.Renamed: Renamed,
		disk.Removed: Removed, disk.MadeFolder: MadeFolder, disk.SyncedFolder: SyncedFolder}[op.Kind]
	if !ok { // of two names, and no renaming
		kind = Linked
	}
	return Call{Kind: kind, Path: absolute(op.Path), To: absolute(op.To), At: op.At, Data: op.Data}
}
