package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
)

// port is a made-up place for a stick: a folder below a root, on the system's disk while
// no stick is in it.
type port struct {
	root, dir string
	stick     Device // the one in it; none: the zero value
	inserted  int
}

func (p *port) Of(dir string) (Device, error) {
	if _, err := os.Stat(dir); err != nil {
		return Device{}, err
	}
	if p.stick != (Device{}) && (dir == p.dir || strings.HasPrefix(dir, p.dir+"/")) {
		return p.stick, nil
	}
	return Device{Mount: "system", Volume: "system"}, nil
}

func (p *port) Roots() []string { return []string{p.root} }

// insert puts a stick in; every mounting has its own number.
func (p *port) insert(serial string) {
	p.inserted++
	p.stick = Device{Mount: "8:17 " + string(rune('a'+p.inserted)), Volume: serial}
}

func (p *port) pull() { p.stick = Device{} }

func newPort(t *testing.T) *port {
	t.Helper()
	p := &port{root: filepath.Join(t.TempDir(), "media")}
	p.dir = filepath.Join(p.root, "U盘")
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(SetDevices(p))
	return p
}

func code(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// TestStick: a stick is chosen, and something happens before it is written to.
func TestStick(t *testing.T) {
	cases := []struct {
		name, serial string
		happens      func(t *testing.T, p *port)
		want         string
	}{
		{"nothing", "A", func(*testing.T, *port) {}, ""},
		{"pulled out", "A", func(_ *testing.T, p *port) { p.pull() }, "E-GONE"},
		{"pulled out, its folder gone too", "A", func(t *testing.T, p *port) {
			p.pull()
			if err := os.Remove(p.dir); err != nil {
				t.Fatal(err)
			}
		}, "E-GONE"},
		{"put back", "A", func(_ *testing.T, p *port) { p.pull(); p.insert("A") }, ""},
		{"another in its place", "A", func(_ *testing.T, p *port) { p.pull(); p.insert("B") }, "E-GONE"},
		{"without serials, put back or another", "", func(_ *testing.T, p *port) { p.pull(); p.insert("") }, "E-GONE"},
		{"another, chosen anew", "A", func(_ *testing.T, p *port) { p.pull(); p.insert("B"); Note(p.dir) }, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newPort(t)
			p.insert(c.serial)
			Note(p.dir)
			c.happens(t, p)
			path := filepath.Join(p.dir, "报送包.tzb")
			if got := code(WholeBytes(path, []byte("x"))); got != c.want {
				t.Errorf("whole file: %q", got)
			}
			if got := code(MakeFolders(filepath.Join(p.dir, "回执"))); got != c.want {
				t.Errorf("folder: %q", got)
			}
			if entries, err := os.ReadDir(p.dir); c.want != "" && err == nil && len(entries) > 0 {
				t.Errorf("left on the system's disk: %v", entries)
			}
		})
	}
}

// TestEmptyMountPoint: where sticks are mounted, a folder without its stick is not written
// to, also when nobody has noted it.
func TestEmptyMountPoint(t *testing.T) {
	p := newPort(t)
	if got := code(WholeBytes(filepath.Join(p.dir, "a"), nil)); got != "E-GONE" {
		t.Errorf("an empty mount point: %q", got)
	}
	if got := code(WholeBytes(filepath.Join(filepath.Dir(p.root), "a"), nil)); got != "" {
		t.Errorf("beside it: %q", got)
	}
	p.insert("A")
	if got := code(WholeBytes(filepath.Join(p.dir, "a"), nil)); got != "" {
		t.Errorf("with a stick: %q", got)
	}
}

// TestPulledWhileWriting: at whichever step the stick goes, the file isn't called written.
func TestPulledWhileWriting(t *testing.T) {
	for _, chosen := range []bool{true, false} {
		for _, step := range []OpKind{Made, Written, Synced, Renamed, SyncedFolder} {
			p := newPort(t)
			p.insert("A")
			if chosen {
				Note(p.dir)
			}
			leave := Watch(func(op Op) error {
				if op.Kind == step {
					p.pull()
				}
				return nil
			})
			err := WholeBytes(filepath.Join(p.dir, "a"), []byte("x"))
			leave()
			if code(err) != "E-GONE" {
				t.Errorf("chosen %t, at step %d: %v", chosen, step, err)
			}
		}
	}
}

// TestSystemDevices: the machine tells two folders of one disk as one, and says that one
// that isn't there is missing.
func TestSystemDevices(t *testing.T) {
	dir := t.TempDir()
	sub := filepath.Join(dir, "sub")
	if err := os.Mkdir(sub, 0o700); err != nil {
		t.Fatal(err)
	}
	a, errA := DeviceOf(dir)
	b, errB := DeviceOf(sub)
	if errA != nil || errB != nil || !a.Same(b) || a.Mount == "" {
		t.Errorf("%v %v, %v %v", a, errA, b, errB)
	}
	if _, err := DeviceOf(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if proc, err := DeviceOf("/proc"); err == nil && proc.Same(a) {
		t.Error("/proc lies on the same disk as a file")
	}
}
