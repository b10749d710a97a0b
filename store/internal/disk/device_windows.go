package disk

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

type systemDevices struct{}

// Of tells a disk by the root of its volume and the serial number that formatting gave it.
func (systemDevices) Of(dir string) (Device, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return Device{}, err
	}
	if _, err := os.Stat(full); err != nil {
		return Device{}, err
	}
	path, err := windows.UTF16PtrFromString(full)
	if err != nil {
		return Device{}, err
	}
	var root [windows.MAX_PATH + 1]uint16
	if err := windows.GetVolumePathName(path, &root[0], uint32(len(root))); err != nil {
		return Device{}, &os.PathError{Op: "volume", Path: dir, Err: err}
	}
	var serial uint32
	if err := windows.GetVolumeInformation(&root[0], nil, 0, &serial, nil, nil, nil, 0); err != nil {
		return Device{}, &os.PathError{Op: "volume", Path: dir, Err: err}
	}
	d := Device{Mount: windows.UTF16ToString(root[:])}
	if serial != 0 {
		d.Volume = fmt.Sprintf("%08X", serial)
	}
	return d, nil
}

// Roots has none: a drive letter goes with its stick.
func (systemDevices) Roots() []string { return nil }
