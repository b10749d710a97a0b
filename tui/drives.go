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

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
