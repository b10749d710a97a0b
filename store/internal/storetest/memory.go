package storetest

import (
	"fmt"
	"os"
	"strings"
)

// MostMemory tells how many bytes of memory this process has held at most; ok is false
// where the system does not say. What its parent tells of it counts the parent's own too.
func MostMemory() (bytes int64, ok bool) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, false
	}
	_, line, found := strings.Cut(string(status), "VmHWM:")
	var kb int64
	if n, err := fmt.Sscan(line, &kb); !found || n != 1 || err != nil {
		return 0, false
	}
	return kb << 10, true
}
