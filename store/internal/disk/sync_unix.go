//go:build !windows

package disk

import (
	"errors"
	"os"
)

// SyncFolder brings a new or renamed file's entry to the disk.
func SyncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
