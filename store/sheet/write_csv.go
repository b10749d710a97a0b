package sheet

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
)

// WriteCSV writes a table to a CSV file, with a byte order mark where a Chinese
// Excel is to open it. The file is there whole or not at all.
func WriteCSV(ctx context.Context, path string, t Table, bom bool) error {
	return WriteFile(path, func(w io.Writer) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return CSV(w, t, bom)
	})
}

// CSV writes a table as CSV (RFC 4180, UTF-8) with the headings as its first
// record. Fields that a spreadsheet would take as formulas begin with an
// apostrophe, see guard; Read takes it off.
func CSV(w io.Writer, t Table, bom bool) error {
	columns, err := t.columns()
	if err != nil {
		return err
	}
	names, err := t.namers(columns)
	if err != nil {
		return err
	}
	if bom {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = guard(c.heading)
	}
	if err := out.Write(line); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	for _, r := range t.Records {
		namer := names.of(r)
		for i, c := range columns {
			line[i] = guard(text(t.value(c, r, namer)))
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

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
