package ui

import (
	"fmt"
	"os"
	"path/filepath"
)

// folderSetting keeps the folder in which a sheet or a paper was last read or written.
const folderSetting = "sheet.folder"

// LastFolder gives the folder in which a sheet or a paper was last read or written, or
// the one where people look for files. It reads the disk and runs in commands.
func LastFolder(app *App) (string, error) {
	dir, err := app.Ledger.Setting(app.Ctx, folderSetting)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", folderSetting, err)
	}
	if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
		return homeFolder(), nil
	}
	return dir, nil
}

// nearFolder is a folder in which files from elsewhere are looked for.
type nearFolder struct{ label, path string }

// nearFolders are the desktop and the folder of downloads, where there are such.
func nearFolders() []nearFolder {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	var all []nearFolder
	for _, near := range []struct {
		label string
		names []string
	}{
		{"桌面", []string{"Desktop", "桌面", filepath.Join("OneDrive", "Desktop"), filepath.Join("OneDrive", "桌面")}},
		{"下载", []string{"Downloads", "下载"}},
	} {
		for _, name := range near.names {
			path := filepath.Join(home, name)
			if info, err := os.Stat(path); err == nil && info.IsDir() {
				all = append(all, nearFolder{near.label, path})
				break
			}
		}
	}
	return all
}

// homeFolder is the desktop, where people look for files, or the home folder.
func homeFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	for _, name := range []string{"Desktop", "桌面"} {
		if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}

// KeepFolder notes the folder of a file that was read or written. It runs in commands.
func KeepFolder(app *App, path string) error {
	if app.Ledger.ReadOnly() {
		return nil
	}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("folder of %s: %w", path, err)
	}
	if err := app.Ledger.SetSetting(app.Ctx, folderSetting, folder); err != nil {
		return fmt.Errorf("keep %s: %w", folderSetting, err)
	}
	return nil
}
