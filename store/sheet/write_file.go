package sheet

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
)

// WriteFile writes a file whole or not at all: into a temporary one beside it, to
// the disk, then under its name. Lists of persons are the owner's alone (0600).
func WriteFile(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return model.Errorf("E-SHEET-WRITE", "“%s”是文件夹,请在后面写上文件名", path)
	}
	return writeFault(path, disk.Whole(path, write))
}

// writeFault says what a person can do about a file that can't be written. E-SYNC: it
// stands there, and the disk does not confirm it.
func writeFault(path string, err error) error {
	var unsynced *disk.Unsynced
	switch {
	case errors.As(err, &unsynced):
		return model.Errorf(store.DoneUnsynced, "“%s”已经写好,只是磁盘没有确认已写牢;请打开看一看,U盘请用“弹出”再拔", path)
	case errors.Is(err, fs.ErrPermission):
		return model.Errorf("E-SHEET-WRITE", "没有权限写“%s”(也可能正被 Excel 打开着),请关闭它或换一个文件夹", path)
	}
	return store.FileFault(err, path, "")
}
