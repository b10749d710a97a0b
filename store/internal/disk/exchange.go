package disk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// restoring is the suffix of a file that waits to take another's place; the note of it
// has .json behind.
const restoring = ".restoring"

// Waiting names the file that is to take another's place: whole and on the disk when
// its note is.
func Waiting(path string) string { return path + restoring }

// NotePath names the note of an exchange that is under way.
func NotePath(path string) string { return path + restoring + ".json" }

// Exchange puts one file in another's place and keeps the other under a second name,
// with what lies beside it. It is written down first: stopped at whatever moment, the
// next run finishes it or takes it back.
type Exchange struct {
	Format int       `json:"format"` // 1
	Kept   string    `json:"kept"`   // the name in the same folder that the old file gets
	Had    bool      `json:"had"`    // whether there was an old file
	Beside []string  `json:"beside"` // suffixes of what lay beside it and goes with it
	Size   int64     `json:"size"`   // of the new one, in bytes
	SHA256 string    `json:"sha256"` // of the new one, in hex
	Since  time.Time `json:"since"`

	path string
}

// exchangeFormat is the note's own version.
const exchangeFormat = 1

// companions are what SQLite keeps beside a file and needs to read it. The shared
// memory (-shm) is made anew.
var companions = []string{"-wal", "-journal"}

const sharedMemory = "-shm"

// PutInPlace gives the file at Waiting(path) the name path, in one step. What stands
// there is kept under the name kept, of the same folder, with its companions. An error
// leaves everything as it was, or else the note, with which Resume ends the matter. With
// placed the new one stands there: what failed then is bringing that to the disk, which
// Resume makes up for.
func PutInPlace(path, kept string, now time.Time) (placed bool, err error) {
	e := &Exchange{Format: exchangeFormat, Kept: filepath.Base(kept), Since: now, path: path}
	if e.Size, e.SHA256, err = Sum(Waiting(path)); err != nil {
		return false, err
	}
	e.Had = exists(path)
	for _, suffix := range companions {
		if exists(path + suffix) {
			e.Beside = append(e.Beside, suffix)
		}
	}
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return false, fmt.Errorf("exchange: %w", err)
	}
	if err := WholeBytes(NotePath(path), text); err != nil {
		return false, errors.Join(err, e.takeBack())
	}
	return e.finish()
}

// finish goes on from whatever step was reached. Every step may be done twice.
func (e *Exchange) finish() (placed bool, err error) {
	if err := e.keep(); err != nil {
		return false, errors.Join(err, e.takeBack())
	}
	if err := Rename(Waiting(e.path), e.path); err != nil {
		return false, errors.Join(err, e.takeBack())
	}
	return true, e.close()
}

// close brings the exchange to the disk and takes the note away.
func (e *Exchange) close() error {
	if err := e.sync(); err != nil {
		return err
	}
	if err := Remove(NotePath(e.path)); err != nil {
		return err
	}
	return e.sync()
}

func (e *Exchange) sync() error { return SyncFolder(filepath.Dir(e.path)) }

func (e *Exchange) kept() string { return filepath.Join(filepath.Dir(e.path), e.Kept) }

// keep gives what stands at path its second name, the file before its companions: a
// file without its log would be taken for whole. Nothing is lost on the way, since a
// second name is added first where the disk knows such; else the note tells the way.
func (e *Exchange) keep() error {
	var moved bool
	for _, suffix := range slices.Concat([]string{""}, e.Beside) {
		from, to := e.path+suffix, e.kept()+suffix
		if !exists(from) || exists(to) {
			continue
		}
		moved = true
		if Link(from, to) == nil {
			continue
		}
		if err := Rename(from, to); err != nil {
			return err
		}
	}
	if moved {
		if err := e.sync(); err != nil {
			return err
		}
	}
	return e.clearLogs()
}

// clearLogs takes the old file's companions from beside path: SQLite would take them
// for the new one's. They are kept by then.
func (e *Exchange) clearLogs() error {
	cleared := false
	for _, suffix := range slices.Concat(e.Beside, []string{sharedMemory}) {
		if !exists(e.path + suffix) {
			continue
		}
		if suffix != sharedMemory && !exists(e.kept()+suffix) {
			return fmt.Errorf("%s%s was not kept", e.path, suffix)
		}
		cleared = true
		if err := Remove(e.path + suffix); err != nil {
			return err
		}
	}
	if cleared {
		return e.sync()
	}
	return nil
}

// takeBack makes everything as it was. The new file goes first: from then on no later
// run takes the exchange for one to be finished. The companions come before their file.
func (e *Exchange) takeBack() error {
	if err := Remove(Waiting(e.path)); err != nil {
		return err
	}
	if err := e.sync(); err != nil {
		return err
	}
	mine := !exists(e.path) || !exists(e.kept()) || same(e.path, e.kept())
	if mine { // else somebody has put a third file there: all stay
		for _, suffix := range slices.Concat(e.Beside, []string{""}) {
			if err := undo(e.kept()+suffix, e.path+suffix); err != nil {
				return err
			}
		}
		if err := e.sync(); err != nil {
			return err
		}
	}
	if err := Remove(NotePath(e.path)); err != nil {
		return err
	}
	return e.sync()
}

// undo gives a kept file its first name back.
func undo(kept, path string) error {
	switch {
	case !exists(kept):
		return nil
	case !exists(path):
		return Rename(kept, path)
	case same(kept, path):
		return Remove(kept)
	}
	return nil // not ours to choose: both stay
}

// Interrupted gives the note of an exchange that was stopped; nil for none. An error
// where the note can't be read.
func Interrupted(path string) (*Exchange, error) {
	text, err := os.ReadFile(NotePath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	e := &Exchange{path: path}
	if err := json.Unmarshal(text, e); err != nil {
		return nil, fmt.Errorf("%s: %w", NotePath(path), err)
	}
	if e.Format != exchangeFormat || e.Kept == "" || e.Kept != filepath.Base(e.Kept) || !allKnown(e.Beside) {
		return nil, fmt.Errorf("%s is no note of this program", NotePath(path))
	}
	return e, nil
}

func allKnown(suffixes []string) bool {
	return !slices.ContainsFunc(suffixes, func(s string) bool { return !slices.Contains(companions, s) })
}

// Placed tells whether the new file stands in its place.
func (e *Exchange) Placed() bool { return e.isNew(e.path) }

// Whole tells whether what stands at path can be read as it is: the old file with its
// companions, or the new one.
func (e *Exchange) Whole() bool {
	if e.Placed() {
		return !slices.ContainsFunc(e.Beside, func(s string) bool { return exists(e.path + s) })
	}
	return exists(e.path) && !slices.ContainsFunc(e.Beside, func(s string) bool { return !exists(e.path + s) })
}

func (e *Exchange) isNew(path string) bool {
	size, sum, err := Sum(path)
	return err == nil && size == e.Size && sum == e.SHA256
}

// Resume finishes an exchange that was stopped, or takes it back where the new file is
// not there whole. The caller holds what keeps others away. placed tells which.
func (e *Exchange) Resume() (placed bool, err error) {
	switch {
	case e.Placed():
		// The companions of the old one may still lie there: nobody has opened
		// the new one since.
		if err := e.keepLogs(); err != nil {
			return true, err
		}
		return true, e.close()
	case e.isNew(Waiting(e.path)) && (!exists(e.path) || !exists(e.kept()) || same(e.path, e.kept())):
		return e.finish()
	}
	return false, e.takeBack()
}

func (e *Exchange) keepLogs() error {
	for _, suffix := range e.Beside {
		if exists(e.path+suffix) && !exists(e.kept()+suffix) {
			if err := Rename(e.path+suffix, e.kept()+suffix); err != nil {
				return err
			}
		}
	}
	return e.clearLogs()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// same tells two names of one file.
func same(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}
