//go:build !linux && !windows

package disk

import "golang.org/x/sys/unix"

// Free implements Rooms.
func (systemDevices) Free(dir string) (int64, bool) {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true
}

// Portable implements Rooms: what is plugged in is told by where it is mounted.
func (systemDevices) Portable(string) bool { return false }
