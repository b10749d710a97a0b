// Package disk writes private files so that they are on the disk. It is for store and the
// packages under it.
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

// CreatePrivate makes an empty file that must not exist yet, and the folders
// above it where they are missing.
func CreatePrivate(path string) error {
	if err := MakeFolders(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, FileMode)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(FileMode), f.Close())
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
	if err := os.Mkdir(dir, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Chmod(dir, folderMode)
}

// WritePrivate replaces a small file.
func WritePrivate(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, FileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Chmod(FileMode), f.Close())
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
	return errors.Join(f.Sync(), f.Close())
}

// Remove removes a file; that there is none is no error.
func Remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
