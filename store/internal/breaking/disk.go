package breaking

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// Disk is what a disk and the memory above it hold: of each file what was synced and what
// was done since, of the folders which names were synced and what was done since. A name
// (made, renamed, removed; a folder's too) is safe once the folder that holds it was
// synced; a file's content and length once the file was.
type Disk struct {
	dir   string
	names map[string]*content // as the program sees them
	safe  map[string]*content // as they are on the disk for sure
	open  []change            // of names, in order, not safe yet
}

// content is a file's, whatever its name, or a folder.
type content struct {
	folder bool
	safe   []byte
	now    []byte
	open   []Call // Written and Cut since it was synced
}

// change is one of names: to is nil where the name is taken away.
type change struct {
	at map[string]*content
	of []string // the folders whose sync makes it safe
}

// absolute gives a path as calls name it; "" stays.
func absolute(path string) string {
	if path == "" {
		return ""
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return full
}

// ReadDisk takes what a folder holds for safe.
func ReadDisk(dir string) (*Disk, error) {
	d := &Disk{dir: absolute(dir), names: map[string]*content{}, safe: map[string]*content{}}
	err := filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			if path != d.dir {
				d.names[path] = &content{folder: true}
				d.safe[path] = d.names[path]
			}
			return nil
		case passing(path):
			return nil
		}
		data, err := os.ReadFile(path)
		c := &content{safe: data, now: bytes.Clone(data)}
		d.names[path], d.safe[path] = c, c
		return err
	})
	return d, err
}

// passing tells whether a file is nothing after a stop: the shared memory of a log, the
// file that the system's lock stands on.
func passing(path string) bool {
	return strings.HasSuffix(path, "-shm") || strings.HasSuffix(path, ".lock")
}

// Do lets one call happen.
func (d *Disk) Do(c Call) {
	switch c.Kind {
	case MadeFolder:
		d.rename(map[string]*content{c.Path: {folder: true}}, filepath.Dir(c.Path))
	case SyncedFolder:
		d.syncFolder(c.Path)
	case Shared:
	case Renamed:
		if moved := d.names[c.Path]; moved != nil {
			d.rename(map[string]*content{c.Path: nil, c.To: moved}, filepath.Dir(c.Path), filepath.Dir(c.To))
		}
	case Linked:
		if named := d.names[c.Path]; named != nil {
			d.rename(map[string]*content{c.To: named}, filepath.Dir(c.To))
		}
	case Removed:
		if d.names[c.Path] != nil {
			d.rename(map[string]*content{c.Path: nil}, filepath.Dir(c.Path))
		}
		if c.Folder {
			d.syncFolder(filepath.Dir(c.Path))
		}
	default:
		if !passing(c.Path) {
			d.doContent(c)
		}
	}
}

func (d *Disk) doContent(c Call) {
	f := d.names[c.Path]
	if f == nil {
		f = &content{}
		d.rename(map[string]*content{c.Path: f}, filepath.Dir(c.Path))
	}
	switch c.Kind {
	case Synced:
		f.safe, f.open = bytes.Clone(f.now), nil
		if c.Folder {
			d.syncFolder(filepath.Dir(c.Path))
		}
	case Emptied:
		c.Kind, c.At = Cut, 0
		fallthrough
	case Written, Cut:
		f.now = applied(f.now, c, nil)
		f.open = append(f.open, c)
	}
}

// rename changes names, not safely yet.
func (d *Disk) rename(at map[string]*content, folders ...string) {
	setNames(d.names, at)
	d.open = append(d.open, change{at, folders})
}

func (d *Disk) syncFolder(dir string) {
	d.open = slices.DeleteFunc(d.open, func(c change) bool {
		if !slices.Contains(c.of, dir) {
			return false
		}
		setNames(d.safe, c.at)
		return true
	})
}

func setNames(names, at map[string]*content) {
	for name, c := range at {
		if c == nil {
			delete(names, name)
			continue
		}
		names[name] = c
	}
}

// applied gives a content after a write or a cut. keep, where set, says for each sector
// of a write whether it reached the disk.
func applied(now []byte, c Call, keep func() bool) []byte {
	if c.Kind == Cut {
		if int64(len(now)) > c.At {
			return now[:c.At]
		}
		return append(now, make([]byte, int(c.At)-len(now))...)
	}
	if end := int(c.At) + len(c.Data); end > len(now) {
		now = append(now, make([]byte, end-len(now))...)
	}
	for from := 0; from < len(c.Data); {
		at := int(c.At) + from
		to := min(from+sector-at%sector, len(c.Data))
		if keep == nil || keep() {
			copy(now[at:], c.Data[from:to])
		}
		from = to
	}
	return now
}

// Left says what a disk holds after the power went.
type Left int

// What may be left.
const (
	OnlySynced  Left = iota // nothing but what was synced
	Everything              // all that was done
	SomeSectors             // of what was not synced some sectors and the first of the changes of names
)

// String names what is left, for a test's messages.
func (l Left) String() string { return [...]string{"only what was synced", "all", "some sectors"}[l] }

// Write lays what may be left into a new folder; seed chooses for SomeSectors.
func (d *Disk) Write(to string, left Left, seed uint64) error {
	dice := rand.New(rand.NewPCG(seed, 1))
	names := d.names
	if left != Everything {
		names = map[string]*content{}
		setNames(names, d.safe)
	}
	if left == SomeSectors {
		for _, c := range d.open[:dice.IntN(len(d.open)+1)] {
			setNames(names, c.at)
		}
	}
	all := []error{os.MkdirAll(to, 0o700)}
	for _, name := range sorted(names) { // a folder comes before what it holds
		switch c := names[name]; {
		case !d.reached(names, name):
		case c.folder:
			all = append(all, os.Mkdir(d.moved(name, to), 0o700))
		default:
			all = append(all, os.WriteFile(d.moved(name, to), c.left(left, dice), 0o600))
		}
	}
	if err := errors.Join(all...); err != nil {
		return fmt.Errorf("what is left: %w", err)
	}
	return nil
}

// reached tells whether the folders above a name are there.
func (d *Disk) reached(names map[string]*content, name string) bool {
	for up := filepath.Dir(name); up != d.dir; up = filepath.Dir(up) {
		if names[up] == nil {
			return false
		}
	}
	return true
}

func (d *Disk) moved(path, to string) string { return to + strings.TrimPrefix(path, d.dir) }

func (c *content) left(left Left, dice *rand.Rand) []byte {
	switch left {
	case Everything:
		return c.now
	case OnlySynced:
		return c.safe
	}
	now := bytes.Clone(c.safe)
	for _, call := range c.open {
		if call.Kind == Cut && dice.IntN(2) == 0 {
			continue
		}
		now = applied(now, call, func() bool { return dice.IntN(2) == 0 })
	}
	return now
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
