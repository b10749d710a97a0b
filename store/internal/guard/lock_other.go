//go:build !linux && !darwin && !windows

package guard

import "os"

func open(path string, write bool) (*os.File, error) {
	if write {
		return os.OpenFile(path, os.O_RDWR, 0)
	}
	return os.Open(path)
}

func lock(*os.File, int64, int64, bool) (bool, error) { return false, errNoLocks }
func unlock(*os.File, int64, int64) error             { return nil }
func held(*os.File, int64) (bool, error)              { return false, errNoLocks }
func links(*os.File) int                              { return 1 }
