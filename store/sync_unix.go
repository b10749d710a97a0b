//go:build !windows

package store

import (
	"errors"
	"os"
)

// syncFolder brings a new or renamed file's entry to the disk.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
