package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"taizhang/model"
)

// Device tells the disk on which a folder lies.
type Device struct {
	Mount  string // this mounting of it; "" where the system doesn't say
	Volume string // the serial number of its file system, which stays when it is plugged in again; "" unknown
}

// Same tells whether two are one disk. A stick that was pulled out and put back is the
// same one by its serial number.
func (d Device) Same(o Device) bool {
	if d.Volume != "" && o.Volume != "" {
		return d.Volume == o.Volume
	}
	return d.Mount == o.Mount || d.Mount == "" || o.Mount == ""
}

// Devices answers on which disk a folder lies; tests put in their own.
type Devices interface {
	// Of gives the device of a folder that is there.
	Of(dir string) (Device, error)
	// Roots are the folders in which sticks are mounted, each at a folder below: what
	// lies there on the root's own device is a mount point without its stick.
	Roots() []string
}

var devices atomic.Pointer[Devices]

// SetDevices puts other devices in the place of the system's, for tests. It gives back
// what takes them away, with all that was noted.
func SetDevices(d Devices) (leave func()) {
	devices.Store(&d)
	return func() {
		devices.Store(nil)
		noted.mu.Lock()
		clear(noted.at)
		noted.mu.Unlock()
	}
}

func theDevices() Devices {
	if d := devices.Load(); d != nil {
		return *d
	}
	return systemDevices{}
}

// DeviceOf gives the device on which a folder lies.
func DeviceOf(dir string) (Device, error) { return theDevices().Of(dir) }

// noted are the folders that were chosen, with the device on which each lay then.
var noted struct {
	mu sync.Mutex
	at map[string]Device
}

// Note keeps on which device a folder lies that a person chooses, or is offered: nothing
// is made or changed in it while another one is there (Still). A folder that is not there,
// or a mount point without its stick, is not noted.
func Note(dir string) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return
	}
	d, err := DeviceOf(full)
	if err != nil || unmounted(full) {
		return
	}
	noted.mu.Lock()
	defer noted.mu.Unlock()
	if noted.at == nil {
		noted.at = map[string]Device{}
	}
	noted.at[full] = d
}

// Still refuses a path in a folder that was noted, when another device is there now or
// none: *model.Error E-GONE. So it does for one below a mount point without its stick.
func Still(path string) error {
	full, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if root, was, ok := notedAbove(full); ok {
		now, err := DeviceOf(root)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return stickGone(root)
		case err != nil:
			return err
		case was.Same(now):
			return nil
		case unmounted(root):
			return stickGone(root)
		}
		return model.Errorf("E-GONE", "“%s”已经不是刚才选的那个U盘(或磁盘)了,没有往里写;请重新插上U盘,或重新选一次写到哪里", root)
	}
	if unmounted(full) {
		return stickGone(full)
	}
	return nil
}

func stickGone(dir string) error {
	return model.Errorf("E-GONE", "“%s”上的U盘已经拔出或没有插好,没有往里写;请重新插上U盘再试", dir)
}

// notedAbove gives the nearest folder noted at or above a path.
func notedAbove(path string) (root string, was Device, ok bool) {
	noted.mu.Lock()
	defer noted.mu.Unlock()
	if len(noted.at) == 0 {
		return "", Device{}, false
	}
	for dir := path; ; dir = filepath.Dir(dir) {
		if was, ok = noted.at[dir]; ok {
			return dir, was, true
		}
		if dir == filepath.Dir(dir) {
			return "", Device{}, false
		}
	}
}

// unmounted tells a path where sticks are mounted that lies on no stick.
func unmounted(path string) bool {
	p := theDevices()
	for _, root := range p.Roots() {
		if !strings.HasPrefix(path, root+string(filepath.Separator)) {
			continue
		}
		above, err := p.Of(root)
		if err != nil {
			continue
		}
		here, err := p.Of(standing(path))
		return err == nil && here.Mount != "" && here.Mount == above.Mount
	}
	return false
}

// standing gives the nearest folder at or above a path that is there.
func standing(path string) string {
	for dir := path; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() || dir == filepath.Dir(dir) {
			return dir
		}
	}
}

// NearestFolder gives the folder that is there at or above a path, as a full path.
func NearestFolder(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return standing(full)
}
