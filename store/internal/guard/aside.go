package guard

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/store/internal/disk"
)

// PutAside gives the log beside a ledger, which isn't its own, a name that says so, and
// tells the name. Nothing is removed.
func PutAside(ledger string, now time.Time) (string, error) {
	base := strings.TrimSuffix(ledger, filepath.Ext(ledger)) + "-不属于本台账的日志-" + now.Format("20060102-150405")
	to := base + ".wal"
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			break
		}
		to = fmt.Sprintf("%s-%d.wal", base, n)
	}
	if err := disk.Rename(LogPath(ledger), to); err != nil {
		return "", err
	}
	return to, disk.SyncFolder(filepath.Dir(ledger))
}
