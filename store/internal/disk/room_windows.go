package disk

import (
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Free implements Rooms.
func (systemDevices) Free(dir string) (int64, bool) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	var free uint64
	if windows.GetDiskFreeSpaceEx(path, &free, nil, nil) != nil {
		return 0, false
	}
	return int64(min(free, 1<<62)), true
}

// How Windows is asked by which bus a disk is reached (winioctl.h, ntddstor.h).
const (
	queryProperty = 0x2d1400 // IOCTL_STORAGE_QUERY_PROPERTY
	busUSB        = 0x07     // BusTypeUsb
	bus1394       = 0x04
	busSD         = 0x0c
)

// Portable implements Rooms. A disk in a USB case says of itself that it is fixed: its bus
// tells. One that doesn't say counts as portable.
func (systemDevices) Portable(dir string) bool {
	full, err := filepath.Abs(dir)
	if err != nil {
		return true
	}
	volume := filepath.VolumeName(full)
	if len(volume) != 2 { // \\server\share
		return true
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil || windows.GetDriveType(root) != windows.DRIVE_FIXED {
		return true
	}
	name, err := windows.UTF16PtrFromString(`\\.\` + volume)
	if err != nil {
		return true
	}
	h, err := windows.CreateFile(name, 0, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		return true
	}
	defer windows.CloseHandle(h) //nolint:errcheck // Nothing was written by it.
	query := [3]uint32{}         // StorageDeviceProperty, PropertyStandardQuery
	var said [256]byte
	var n uint32
	err = windows.DeviceIoControl(h, queryProperty, (*byte)(unsafe.Pointer(&query)), uint32(unsafe.Sizeof(query)), &said[0], uint32(len(said)), &n, nil)
	const busAt = 28 // STORAGE_DEVICE_DESCRIPTOR.BusType
	if err != nil || n < busAt+4 {
		return true
	}
	bus := said[busAt]
	return bus == busUSB || bus == bus1394 || bus == busSD
}
