package disk

import (
	"crypto/rand"
	"errors"
	"io"
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
	Sweep(filepath.Dir(path))
	f, err := temporary(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	p := &Pending{f, path}
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

// Finish gives the file its name, in the place of one that has it already.
func (p *Pending) Finish() error {
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
	return SyncFolder(filepath.Dir(p.path))
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
