package store

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// DefaultPath gives the usual place of the ledger: taizhang/ledger.db in the
// user's data folder ($XDG_DATA_HOME or ~/.local/share; %AppData% on Windows).
// Nothing is created.
func DefaultPath() (string, error) {
	if runtime.GOOS == "windows" {
		base, err := os.UserConfigDir() // %AppData%
		if err != nil {
			return "", fmt.Errorf("data folder: %w", err)
		}
		return filepath.Join(base, "taizhang", "ledger.db"), nil
	}
	if base := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "taizhang", "ledger.db"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	return filepath.Join(home, ".local", "share", "taizhang", "ledger.db"), nil
}
