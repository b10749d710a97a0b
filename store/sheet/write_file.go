package sheet

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"taizhang/model"
)

// WriteFile writes a file whole or not at all: into a temporary one beside it, to
// the disk, then under its name. Lists of persons are the owner's alone (0600).
func WriteFile(path string, write func(io.Writer) error) (err error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return model.Errorf("E-SHEET-WRITE", "“%s”是文件夹,请在后面写上文件名", path)
	}
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return fileError(path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, remove(f))
		}
	}()
	if err := write(f); err != nil {
		return fileError(path, err)
	}
	if err := f.Sync(); err != nil {
		return fileError(path, err)
	}
	if err := f.Close(); err != nil {
		return fileError(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fileError(path, err)
	}
	return syncFolder(dir)
}

// remove takes away what was begun; the file may be closed already.
func remove(f *os.File) error {
	if err := f.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	if err := os.Remove(f.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder makes the new name last through a power cut. Windows can't do it and
// has no need to.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	// Some file systems on sticks refuse to sync a folder; the file itself is safe.
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return errors.Join(fmt.Errorf("sync folder: %w", err), d.Close())
	}
	return d.Close()
}

// fileError says what a person can do about a file that can't be written.
func fileError(path string, err error) error {
	var coded *model.Error
	switch {
	case errors.As(err, &coded):
		return err
	case errors.Is(err, fs.ErrPermission):
		return model.Errorf("E-SHEET-WRITE", "没有权限写“%s”(也可能正被 Excel 打开着),请关闭它或换一个文件夹", path)
	case errors.Is(err, fs.ErrNotExist):
		return model.Errorf("E-SHEET-WRITE", "没有“%s”这个文件夹,请先建好或换一个", filepath.Dir(path))
	}
	return fmt.Errorf("write %s: %w", path, err)
}
