package paper

import (
	"os"
	"path/filepath"

	"taizhang/tui/ui"
)

// folderName is where papers are put on the desktop and on a stick.
const folderName = "台账报表"

// place is a folder that a paper can be written to.
type place struct {
	label, dir string
	make       bool // the folder is made where it is missing
	open       bool // what was written is opened
}

// places are the folders offered: on the desktop (beside the ledger where there is none),
// on the sticks, and the one chosen last, which is given by itself too.
func places(app *ui.App) (all []place, last string, err error) {
	if dir := desktop(); dir != "" {
		all = append(all, place{label: "桌面的“" + folderName + "”", dir: filepath.Join(dir, folderName), make: true, open: true})
	} else {
		all = append(all, place{label: "台账旁边的“" + folderName + "”", dir: filepath.Join(filepath.Dir(app.Ledger.Path()), folderName), make: true, open: true})
	}
	if app.Drives != nil {
		for _, d := range app.Drives() {
			all = append(all, place{label: "U盘的“" + folderName + "”", dir: filepath.Join(d, folderName), make: true})
		}
	}
	last, err = app.Ledger.Setting(app.Ctx, folderSetting)
	if err == nil && isFolder(last) {
		all = append(all, place{label: "上次选的文件夹", dir: last, open: true})
	}
	return all, last, err
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return path != "" && err == nil && info.IsDir()
}

// OpenFile opens a file with the system's program for it. A *model.Error says in words
// why it can't be opened.
func OpenFile(app *ui.App, path string) error { return openFile(app, path) }

func openFile(app *ui.App, path string) error {
	if app.Opener != nil {
		return app.Opener(path)
	}
	return openBySystem(path)
}
