package disk

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// The file systems (statfs(2)) that are always somewhere else or made to be carried: FAT and
// exFAT of sticks, discs, and what comes by a network or from another system.
var carriedSystems = []int64{
	0x4d44, 0x2011bab0, // msdos, exfat
	0x9660, 0x15013346, // iso9660, udf
	0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x564c, 0x01021997, 0x65735546, // nfs, smb, cifs, smb2, ncp, 9p, fuse
}

// Free implements Rooms.
func (systemDevices) Free(dir string) (int64, bool) {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true //nolint:unconvert // It is narrower on other processors.
}

// Portable implements Rooms. The kernel says of each disk by which bus it is reached and
// whether it can be taken out; a file system without a disk (of memory, of containers) stays
// where it is.
func (systemDevices) Portable(dir string) bool {
	var fs unix.Statfs_t
	if unix.Statfs(dir, &fs) != nil {
		return true
	}
	if slices.Contains(carriedSystems, int64(fs.Type)&0xffffffff) { //nolint:unconvert // It is narrower on other processors.
		return true
	}
	var st unix.Stat_t
	if unix.Stat(dir, &st) != nil {
		return true
	}
	number := uint64(st.Dev) //nolint:unconvert // It is narrower on other processors.
	at, err := filepath.EvalSymlinks(fmt.Sprintf("/sys/dev/block/%d:%d", unix.Major(number), unix.Minor(number)))
	if err != nil {
		return false // no disk of its own
	}
	if strings.Contains(at, "/usb") || strings.Contains(at, "/mmc_host/") && !strings.Contains(at, "mmcblk0") {
		return true
	}
	for _, disk := range []string{at, filepath.Dir(at)} { // the disk itself, or that of the partition
		if text, err := os.ReadFile(filepath.Join(disk, "removable")); err == nil {
			return strings.TrimSpace(string(text)) == "1"
		}
	}
	return false
}
