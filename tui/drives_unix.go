//go:build !windows

package tui

import (
	"os"
	"path/filepath"
	"syscall"
)

// findDrives gives the folders at which removable drives are mounted, as Linux
// desktops and servers do it.
func findDrives() []string {
	var all []string
	for _, root := range []string{"/media", "/run/media", "/mnt", "/Volumes"} {
		for _, dir := range subfolders(root) {
			if isMountPoint(dir) {
				all = append(all, dir)
				continue
			}
			for _, sub := range subfolders(dir) { // /media/USER/NAME
				if isMountPoint(sub) {
					all = append(all, sub)
				}
			}
		}
	}
	return all
}

// isMountPoint tells a folder on another device than its parent.
func isMountPoint(dir string) bool {
	here, err := os.Stat(dir)
	if err != nil {
		return false
	}
	above, err := os.Stat(filepath.Dir(dir))
	if err != nil {
		return false
	}
	a, okA := here.Sys().(*syscall.Stat_t)
	b, okB := above.Sys().(*syscall.Stat_t)
	return okA && okB && a.Dev != b.Dev
}

// subfolders gives the folders in dir; none when it can't be read.
func subfolders(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var all []string
	for _, e := range entries {
		if path := filepath.Join(dir, e.Name()); isFolder(path) {
			all = append(all, path)
		}
	}
	return all
}
