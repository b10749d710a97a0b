package disk

import (
	"os"
	"strings"
)

// Rooms answers how much room a disk has, and whether it may leave the house; tests put in
// their own. Devices that are put in may be Rooms too.
type Rooms interface {
	// Free gives the bytes that may still be written in a folder; false where the system
	// doesn't say.
	Free(dir string) (int64, bool)
	// Portable tells whether a folder lies on what can be taken along or is seen from
	// elsewhere: a stick, a disc, a disk on a cable, a folder of the network.
	Portable(dir string) bool
}

// Free gives how many bytes may still be written in the folder at or above a path; false
// where the system doesn't say.
func Free(path string) (int64, bool) {
	dir := NearestFolder(path)
	if r, ok := theDevices().(Rooms); ok {
		return r.Free(dir)
	}
	return systemDevices{}.Free(dir)
}

// Portable tells whether a path lies on what can be taken along or is seen from elsewhere.
// A disk of which the system doesn't say what it is counts as such.
func Portable(path string) bool {
	dir := NearestFolder(path)
	d := theDevices()
	for _, root := range d.Roots() {
		if strings.HasPrefix(dir, root+string(os.PathSeparator)) {
			return true
		}
	}
	if r, ok := d.(Rooms); ok {
		return r.Portable(dir)
	}
	return systemDevices{}.Portable(dir)
}
