package guard

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"

	"taizhang/store/internal/disk"
)

// Noted is what a machine remembers of a ledger that was written to on it: the newest entry
// of its history.
type Noted struct {
	Seq int64  `json:"seq"`
	At  string `json:"at"` // YYYY-MM-DDThh:mm:ssZ
}

// NotePath names the file in which a machine remembers: in the user's folder for what
// programs set down, of which a copy of the ledger's folder holds nothing. On Windows that
// is the one that stays on the machine.
func NotePath() (string, error) {
	folder, err := os.UserConfigDir()
	if runtime.GOOS == "windows" {
		folder, err = os.UserCacheDir() // %LocalAppData%
	}
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "taizhang", "last-saved.json"), nil
}

// ReadNote gives what is remembered of a ledger by its home organisation's id; nothing where
// the file is missing or can't be understood.
func ReadNote(file, home string) Noted { return notes(file)[home] }

func notes(file string) map[string]Noted {
	all := map[string]Noted{}
	text, err := os.ReadFile(file)
	if err != nil || json.Unmarshal(text, &all) != nil || all == nil {
		return map[string]Noted{}
	}
	return all
}

// WriteNote remembers a ledger.
func WriteNote(file, home string, n Noted) error {
	all := notes(file)
	if all[home] == n {
		return nil
	}
	all[home] = n
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := disk.MakeFolders(filepath.Dir(file)); err != nil {
		return err
	}
	return disk.WholeBytes(file, text)
}
