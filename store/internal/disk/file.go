// Package disk is the one door through which a ledger's files are made, changed and
// taken away: private, whole, and on the disk when it says so. It is for store and the
// packages under it. Tests stand in the door (Watch).
package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// What a ledger holds is nobody else's business: files and folders are the owner's
// alone, whatever the umask says. SQLite gives -wal and -shm the file's own mode.
const (
	FileMode   fs.FileMode = 0o600
	folderMode fs.FileMode = 0o700
)

// File is an open file whose every change passes the door.
type File struct{ f *os.File }

// Create makes an empty private file that must not exist yet, and opens it.
func Create(path string) (*File, error) {
	return open(Op{Kind: Made, Path: path}, os.O_RDWR|os.O_CREATE|os.O_EXCL)
}

// Replace opens a private file for writing and empties it where it exists.
func Replace(path string) (*File, error) {
	return open(Op{Kind: Emptied, Path: path}, os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
}

func open(op Op, flags int) (*File, error) {
	if err := Still(op.Path); err != nil {
		return nil, err
	}
	if err := pass(op); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(op.Path, flags, FileMode)
	if err != nil {
		return nil, err
	}
	if err := f.Chmod(FileMode); err != nil && !modeless(err) {
		return nil, errors.Join(err, f.Close())
	}
	return &File{f}, nil
}

// Name gives the path by which the file was opened.
func (f *File) Name() string { return f.f.Name() }

// Write implements io.Writer.
func (f *File) Write(p []byte) (int, error) {
	at, err := f.f.Seek(0, 1)
	if err != nil {
		return 0, err
	}
	if err := pass(Op{Kind: Written, Path: f.Name(), At: at, Data: p}); err != nil {
		return 0, err
	}
	return f.f.Write(p)
}

// WriteAt implements io.WriterAt.
func (f *File) WriteAt(p []byte, at int64) (int, error) {
	if err := pass(Op{Kind: Written, Path: f.Name(), At: at, Data: p}); err != nil {
		return 0, err
	}
	return f.f.WriteAt(p, at)
}

// Sync brings what was written to the disk.
func (f *File) Sync() error {
	if err := pass(Op{Kind: Synced, Path: f.Name()}); err != nil {
		return err
	}
	return f.f.Sync()
}

// Close lets the file go. Closing twice is an error, as with os.File.
func (f *File) Close() error { return f.f.Close() }

// CreatePrivate makes an empty file that must not exist yet, and the folders
// above it where they are missing.
func CreatePrivate(path string) error {
	if err := MakeFolders(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := Create(path)
	if err != nil {
		return err
	}
	return f.Close()
}

// MakeFolders is os.MkdirAll with a mode that no umask changes; folders that are
// there already keep theirs.
func MakeFolders(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := MakeFolders(parent); err != nil {
			return err
		}
	}
	if err := Still(dir); err != nil {
		return err
	}
	if err := pass(Op{Kind: MadeFolder, Path: dir}); err != nil {
		return err
	}
	if err := os.Mkdir(dir, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := os.Chmod(dir, folderMode); err != nil && !modeless(err) {
		return err
	}
	// Without its name on the disk, nothing in it is. A folder above that only others may
	// read can't be synced by us.
	if err := SyncFolder(filepath.Dir(dir)); err != nil && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// modeless tells whether a file system without modes (a stick) refused one: that is no
// fault.
func modeless(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported)
}

// WritePrivate replaces a small file that nothing depends on. What must be whole goes
// through Whole.
func WritePrivate(path string, content []byte) error {
	f, err := Replace(path)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// Append adds to the end of a private file that nothing depends on, which is made where
// it is missing and begun anew where it has grown above limit bytes.
func Append(path string, limit int64, content []byte) error {
	flags := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if info, err := os.Stat(path); err == nil && info.Size() > limit {
		flags |= os.O_TRUNC
	}
	f, err := open(Op{Kind: Made, Path: path}, flags)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// Tighten takes other people's access to a ledger away, e.g. of one copied from a
// stick. A file system without modes refuses, and that is no fault.
func Tighten(path string) {
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		//nolint:errcheck // See above: the ledger is usable all the same.
		os.Chmod(path, FileMode)
	}
}

// SyncFile makes sure that a file written by another means is on the disk.
func SyncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	file := &File{f}
	return errors.Join(file.Sync(), file.Close())
}

// Rename gives a file another name, in the place of one that has it already. The name
// is on the disk after SyncFolder.
func Rename(from, to string) error {
	if err := Still(to); err != nil {
		return err
	}
	if err := pass(Op{Kind: Renamed, Path: from, To: to}); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// Remove removes a file; that there is none is no error.
func Remove(path string) error {
	if err := pass(Op{Kind: Removed, Path: path}); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// SyncFolder brings a new or renamed file's entry to the disk. Some file systems on
// sticks refuse to: the file itself is safe then, and that is no fault.
func SyncFolder(dir string) error {
	if err := pass(Op{Kind: SyncedFolder, Path: dir}); err != nil {
		return err
	}
	return syncFolder(dir)
}

// Link gives a file a second name, which must not be there yet. Sticks (FAT) know no
// such thing: an error then.
func Link(path, to string) error {
	if err := pass(Op{Kind: Linked, Path: path, To: to}); err != nil {
		return err
	}
	return os.Link(path, to)
}
