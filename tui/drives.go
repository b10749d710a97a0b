package tui

import (
	"os"

	"taizhang/store"
)

// noting keeps of every stick that is offered which one it is, so that nothing is written to
// another one, or to none, in its place.
func noting(drives func() []string) func() []string {
	return func() []string {
		all := drives()
		for _, dir := range all {
			store.NotePlace(dir)
		}
		return all
	}
}

// Drives gives the folders of the removable drives that are plugged in, each known from now
// on (store.NotePlace).
func Drives() []string { return noting(findDrives)() }

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
