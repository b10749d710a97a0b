package tui

import "golang.org/x/sys/windows"

// findDrives gives the letters of the removable drives that hold a disk.
func findDrives() []string {
	var all []string
	for c := 'D'; c <= 'Z'; c++ {
		root := string(c) + `:\`
		p, err := windows.UTF16PtrFromString(root)
		if err != nil {
			continue
		}
		if windows.GetDriveType(p) == windows.DRIVE_REMOVABLE && isFolder(root) {
			all = append(all, root)
		}
	}
	return all
}
