package sheet

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store/internal/disk"
)

// WriteFile writes a file whole or not at all: into a temporary one beside it, to
// the disk, then under its name. Lists of persons are the owner's alone (0600).
func WriteFile(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return model.Errorf("E-SHEET-WRITE", "“%s”是文件夹,请在后面写上文件名", path)
	}
	return fileError(path, disk.Whole(path, write))
}

// fileError says what a person can do about a file that can't be written.
func fileError(path string, err error) error {
	var coded *model.Error
	switch {
	case err == nil, errors.As(err, &coded):
		return err
	case errors.Is(err, fs.ErrPermission):
		return model.Errorf("E-SHEET-WRITE", "没有权限写“%s”(也可能正被 Excel 打开着),请关闭它或换一个文件夹", path)
	case errors.Is(err, fs.ErrNotExist):
		return model.Errorf("E-SHEET-WRITE", "没有“%s”这个文件夹,请先建好或换一个", filepath.Dir(path))
	}
	return fmt.Errorf("write %s: %w", path, err)
}
