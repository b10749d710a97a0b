package paper

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"

	"taizhang/model"
)

// desktop gives the desktop's folder as Windows knows it, which may be moved to another
// drive, else the one in the person's folder; "" where there is none.
func desktop() string {
	dir, err := windows.KnownFolderPath(windows.FOLDERID_Desktop, 0)
	if err == nil && isFolder(dir) {
		return dir
	}
	if dir := filepath.Join(os.Getenv("USERPROFILE"), "Desktop"); isFolder(dir) {
		return dir
	}
	return ""
}

// noAssociation is what Windows answers for a file that no program is there for.
const noAssociation = windows.Errno(1155)

func openBySystem(path string) error {
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	switch err := windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL); {
	case errors.Is(err, noAssociation), errors.Is(err, windows.Errno(31)):
		return model.Errorf("E-OPEN", "这台电脑没有能打开它的程序")
	case err != nil:
		return fmt.Errorf("open %s: %w", path, err)
	}
	return nil
}
