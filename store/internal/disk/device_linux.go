package disk

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

type systemDevices struct{}

// Of tells a mounting by its device number and the kernel's number of the mount, and a
// file system by the name that udev gives it in /dev/disk/by-uuid: device numbers are
// given again to the next stick.
func (systemDevices) Of(dir string) (Device, error) {
	var st unix.Statx_t
	if err := unix.Statx(unix.AT_FDCWD, dir, unix.AT_STATX_SYNC_AS_STAT, unix.STATX_BASIC_STATS|unix.STATX_MNT_ID, &st); err != nil {
		return Device{}, &os.PathError{Op: "statx", Path: dir, Err: err}
	}
	d := Device{Mount: fmt.Sprintf("%d:%d", st.Dev_major, st.Dev_minor), Volume: serialOf(unix.Mkdev(st.Dev_major, st.Dev_minor))}
	if st.Mask&unix.STATX_MNT_ID != 0 {
		d.Mount += fmt.Sprintf(" %d", st.Mnt_id)
	}
	return d, nil
}

const serials = "/dev/disk/by-uuid"

// serialOf gives the serial number of the file system on a block device, "" where the
// system keeps no list of them.
func serialOf(device uint64) string {
	entries, err := os.ReadDir(serials)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(serials, e.Name()))
		if err != nil {
			continue
		}
		if st, ok := info.Sys().(*syscall.Stat_t); ok && uint64(st.Rdev) == device { //nolint:unconvert // It is narrower on other processors.
			return e.Name()
		}
	}
	return ""
}

// Roots are those of udisks; /mnt is anybody's.
func (systemDevices) Roots() []string { return []string{"/media", "/run/media"} }
