package county

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// receiptsSetting keeps the folder for receipts that can't go back on their stick.
const receiptsSetting = "receipts.folder"

// answerPlace tells which folder the receipts go to instead of the stick.
type answerPlace struct{ dir string }

// askPlace asks where the receipts go when the stick can't be written: it is read-only, is
// full or has been pulled out. What lay on it has been taken in all the same. The folder
// that was taken the last time stands in the line, so that Enter is enough.
func (s *Receive) askPlace(why *model.Error) tea.Cmd {
	app := s.app
	return func() tea.Msg {
		dir, err := keptFolder(app, receiptsSetting)
		if err == nil && dir == "" {
			dir, err = ui.LastFolder(app)
		}
		if err != nil {
			return ui.Failed{Err: err}
		}
		return ui.Push{Screen: ui.NewPathBox(app, ui.PathAsk{Title: "回执写到哪里",
			Help: "报送包已经收下了,回执写不回U盘:" + why.Message + "。写到别的文件夹,选好按回车(↓ 从列表里选);弄好U盘再写,按 Esc:",
			Path: ui.FolderPath(dir), Folder: true, Near: true,
			Done: func(path string) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(answerPlace{path})) }})}
	}
}

// cannotWrite gives what keeps a place from being written, where another place would do;
// nil for everything else.
func cannotWrite(err error) *model.Error {
	var known *model.Error
	if errors.As(err, &known) {
		switch known.Code {
		case "E-PERM", "E-FULL", "E-GONE", "E-DISK", "E-BUSY", "E-DIR", "E-NAME", "E-EXISTS":
			return known
		}
	}
	return nil
}

// unusedName gives a file's path, with a number where there is one of that name: a slip
// never takes the place of another stick's.
func unusedName(path string) string {
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ext)
	for n := 2; n < 100; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = stem + "_" + strconv.Itoa(n) + ext
	}
	return path
}
