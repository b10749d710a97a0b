package disk

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
)

// Pending is a file that is written whole under a temporary name in its own folder and
// on the disk, and waits for its name.
type Pending struct {
	temp, path string
	on         Device // on which it was written
}

// Prepare writes what is to stand at path, private, and brings it to the disk. Finish
// gives it its name, Drop takes it away. Whatever fails, nothing is left behind and
// what stands at path is untouched.
func Prepare(path string, write func(io.Writer) error) (*Pending, error) {
	dir := filepath.Dir(path)
	if err := Still(path); err != nil {
		return nil, err
	}
	on, err := DeviceOf(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f, err := temporary(dir)
	if err != nil {
		return nil, err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, errors.Join(err, Remove(f.Name()))
	}
	return &Pending{f.Name(), path, on}, nil
}

// TempPattern is how the names of temporary files look, for filepath.Match.
const TempPattern = ".taizhang-*.tmp"

func temporary(dir string) (*File, error) {
	return Create(filepath.Join(dir, strings.Replace(TempPattern, "*", rand.Text(), 1)))
}

// Finish gives the file its name, in the place of one that has it already. *Unsynced
// where it has it and the disk does not confirm it; *model.Error E-GONE where the folder
// has come to lie on another disk meanwhile.
func (p *Pending) Finish() error {
	if err := p.There(); err != nil {
		return errors.Join(err, Remove(p.temp))
	}
	if err := Rename(p.temp, p.path); err != nil {
		return errors.Join(err, Remove(p.temp))
	}
	if err := SyncFolder(filepath.Dir(p.path)); err != nil {
		return &Unsynced{p.path, err}
	}
	return p.There()
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
func (p *Pending) Drop() error { return Remove(p.temp) }

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
