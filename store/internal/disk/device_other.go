//go:build !linux && !windows

package disk

import (
	"fmt"
	"os"
	"syscall"
)

type systemDevices struct{}

// Of tells a mounting by its device number.
func (systemDevices) Of(dir string) (Device, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return Device{}, err
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return Device{Mount: fmt.Sprintf("%d", st.Dev)}, nil
	}
	return Device{Mount: "?"}, nil
}

// Roots are where macOS mounts what is plugged in.
func (systemDevices) Roots() []string { return []string{"/Volumes"} }
