// Package disktest lets tests outside store stand in the door through which a ledger's
// files change, and tell the program which disk a folder lies on.
package disktest

import (
	"testing"

	"taizhang/store/internal/disk"
)

// The steps that can be made to fail.
const (
	Made         = "made"
	Written      = "written"
	Synced       = "synced"
	Renamed      = "renamed"
	MadeFolder   = "folder"
	SyncedFolder = "folder synced"
)

var names = map[disk.OpKind]string{disk.Made: Made, disk.Emptied: Made, disk.Written: Written, disk.Synced: Synced,
	disk.Renamed: Renamed, disk.MadeFolder: MadeFolder, disk.SyncedFolder: SyncedFolder}

// Watch asks before every step, until the test ends: an error is what the step fails with.
// path is the file or folder written; of a renaming its new name.
func Watch(t testing.TB, ask func(step, path string) error) {
	t.Helper()
	t.Cleanup(disk.Watch(func(op disk.Op) error {
		step, ok := names[op.Kind]
		if !ok {
			return nil
		}
		path := op.Path
		if op.Kind == disk.Renamed {
			path = op.To
		}
		return ask(step, path)
	}))
}

// Drives are made-up sticks: which disk lies under which folder.
type Drives struct {
	// On gives the mounting and the serial number of the disk on which a folder lies.
	On func(dir string) (mount, serial string, err error)
	// Under are the folders in which sticks are mounted.
	Under []string
}

// Of implements disk.Devices.
func (d Drives) Of(dir string) (disk.Device, error) {
	mount, serial, err := d.On(dir)
	return disk.Device{Mount: mount, Volume: serial}, err
}

// Roots implements disk.Devices.
func (d Drives) Roots() []string { return d.Under }

// Use puts made-up sticks in the place of the machine's until the test ends.
func Use(t testing.TB, d Drives) {
	t.Helper()
	t.Cleanup(disk.SetDevices(d))
}
