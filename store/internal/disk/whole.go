package disk

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Pending is a file that is written whole under a temporary name in its own folder and
// on the disk, and waits for its name. It is locked until then, so that no other run
// takes it for one that was left behind.
type Pending struct {
	f    *File
	path string
	on   Device // on which it was written
}

// Prepare writes what is to stand at path, private, and brings it to the disk. Finish
// gives it its name, Drop takes it away. Whatever fails, nothing is left behind and
// what stands at path is untouched. What killed runs left in the folder goes first.
func Prepare(path string, write func(io.Writer) error) (*Pending, error) {
	return prepare(path, func(f *File) error {
		if err := write(f); err != nil {
			return err
		}
		return f.Sync()
	})
}

func prepare(path string, write func(*File) error) (_ *Pending, err error) {
	dir := filepath.Dir(path)
	if err := Still(path); err != nil {
		return nil, err
	}
	on, err := DeviceOf(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	Sweep(dir)
	f, err := temporary(dir)
	if err != nil {
		return nil, err
	}
	p := &Pending{f, path, on}
	written := false
	defer func() {
		if !written { // also when write panics
			err = errors.Join(err, p.Drop())
		}
	}()
	if err := write(f); err != nil {
		return nil, err
	}
	written = true
	return p, nil
}

// Temp names the file that waits, for whoever looks through it before it gets its name. It
// stays open and locked.
func (p *Pending) Temp() string { return p.f.Name() }

// TempPattern is how the names of temporary files look, for filepath.Match.
const TempPattern = ".taizhang-*.tmp"

// temporary makes a file and locks it. A run that sweeps the folder at that moment may
// have been quicker: then another is made.
func temporary(dir string) (*File, error) {
	for range 100 {
		f, err := Create(filepath.Join(dir, strings.Replace(TempPattern, "*", rand.Text(), 1)))
		if err != nil {
			return nil, err
		}
		if hold(f.f) && f.named() {
			return f, nil
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("another run takes every temporary file away in " + dir)
}

// named tells whether the file still stands under its name.
func (f *File) named() bool {
	here, err := f.f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(f.Name())
	return err == nil && os.SameFile(here, there)
}

// closeFirst: Windows gives no open file another name.
const closeFirst = runtime.GOOS == "windows"

// Finish gives the file its name, in the place of one that has it already. *Unsynced
// where it has it and the disk does not confirm it; *model.Error E-GONE where the folder
// has come to lie on another disk meanwhile.
func (p *Pending) Finish() error {
	if err := p.There(); err != nil {
		return errors.Join(err, p.Drop())
	}
	if closeFirst {
		if err := p.f.Close(); err != nil {
			return errors.Join(err, Remove(p.f.Name()))
		}
	}
	if err := Rename(p.f.Name(), p.path); err != nil {
		return errors.Join(err, p.Drop())
	}
	if !closeFirst {
		if err := p.f.Close(); err != nil {
			return err
		}
	}
	if err := SyncFolder(filepath.Dir(p.path)); err != nil {
		return &Unsynced{p.path, err}
	}
	return p.There()
}

// FinishSafe is Finish for what others rely on: where the disk does not confirm it, the
// file is taken away again.
func (p *Pending) FinishSafe() error {
	err := p.Finish()
	if err == nil {
		return nil
	}
	var unsynced *Unsynced
	if errors.As(err, &unsynced) {
		err = unsynced.Err
	}
	return errors.Join(err, Remove(p.path))
}

// There refuses to take for written what was written to a disk that is no longer there:
// *model.Error E-GONE.
func (p *Pending) There() error {
	dir := filepath.Dir(p.path)
	now, err := DeviceOf(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !p.on.Same(now) {
		return stickGone(dir)
	}
	return nil // a system that doesn't say has shown by its writing that the disk is there
}

// Drop takes the file away.
func (p *Pending) Drop() error {
	if err := p.f.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return errors.Join(err, Remove(p.f.Name()))
	}
	return Remove(p.f.Name())
}

// Whole writes a file whole or not at all: into a temporary one beside it, to the
// disk, then under its name.
func Whole(path string, write func(io.Writer) error) error {
	p, err := Prepare(path, write)
	if err != nil {
		return err
	}
	return p.Finish()
}

// WholeBytes is Whole for content that is at hand.
func WholeBytes(path string, content []byte) error { return Whole(path, bytesOf(content)) }

// PrepareBytes is Prepare for content that is at hand.
func PrepareBytes(path string, content []byte) (*Pending, error) {
	return Prepare(path, bytesOf(content))
}

func bytesOf(content []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}
}
