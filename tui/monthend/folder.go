package monthend

import (
	"os"
	"path/filepath"

	"taizhang/tui/ui"
)

// folderSetting keeps the folder to which a bundle was written last.
const folderSetting = "monthend.folder"

// lastFolder gives the folder to which a bundle was written last, "" where there is
// none or it is there no more. It reads the disk and runs in commands.
func lastFolder(app *ui.App) (string, error) {
	dir, err := app.Ledger.Setting(app.Ctx, folderSetting)
	if err != nil || dir == "" {
		return "", err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", nil
	}
	return dir, nil
}

// keepFolder notes the folder to which a bundle was written.
func keepFolder(app *ui.App, dir string) error {
	if app.Ledger.ReadOnly() {
		return nil
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	return app.Ledger.SetSetting(app.Ctx, folderSetting, full)
}
