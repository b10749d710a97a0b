package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"

	"taizhang/model"
)

// The bounds of what is read: a village's list has a few hundred rows, and the
// laptop has 2 GB of memory.
const (
	maxFile    = 64 << 20 // bytes of the file itself
	maxPart    = 64 << 20 // of one part of a package, unpacked
	maxRows    = 100_000  // rows that hold anything
	maxColumns = 500      // cells further right are passed over
)

// grid is one sheet as read: only rows that hold something, in order.
type grid struct {
	name   string
	hidden bool
	rows   []gridRow
	merges []span

	date1904 bool // of date numbers that are not shown as dates
}

type gridRow struct {
	number int // of the sheet, from 1
	cells  []cell
}

// cell is what one cell holds, before a field says how to take it.
type cell struct {
	text    string // as shown; a number in full without an exponent
	number  float64
	date    time.Time
	isNum   bool // the sheet holds a number that is no date
	isDate  bool
	percent bool // the number is shown as a percentage
	places  int  // decimals that the number's format fixes, 0 for none
	fault   bool // an error value such as #N/A
}

func (c cell) empty() bool { return c.text == "" }

// span is a merged range, columns and rows from 1.
type span struct{ left, top, right, bottom int }

// at gives a cell by its column (from 0).
func (r gridRow) at(column int) cell {
	if column < len(r.cells) {
		return r.cells[column]
	}
	return cell{}
}

// filled counts the cells that hold something.
func (r gridRow) filled() int {
	n := 0
	for _, c := range r.cells {
		if !c.empty() {
			n++
		}
	}
	return n
}

// openFile reads all sheets of a file. What can't be read is an Error that says
// what to do instead.
func openFile(ctx context.Context, path string) ([]grid, error) {
	data, err := readWhole(path)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, model.Errorf("E-SHEET-EMPTY", "“%s”是空文件,里面没有表格", name)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if bytes.Contains(data, utf16le("EncryptedPackage")) {
			return nil, model.Errorf("E-SHEET-LOCKED", "“%s”设了打开密码,请在 Excel 或 WPS 里取消密码、另存后再读入", name)
		}
		return nil, saveAs(name, "是旧格式(.xls 或 .et)的表格")
	case bytes.HasPrefix(data, []byte("PK")):
		return openZip(ctx, data, name)
	case isMarkup(data):
		return nil, saveAs(name, "其实是网页格式,不是真正的 Excel 表格")
	}
	return openCSV(ctx, data, name)
}

func readWhole(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, model.Errorf("E-SHEET-FILE", "没有“%s”这个文件,请核对文件名和所在的文件夹", path)
	case errors.Is(err, fs.ErrPermission):
		return nil, model.Errorf("E-SHEET-FILE", "没有权限读“%s”,请换一个文件夹或请管理员放开权限", path)
	case err != nil:
		return nil, fmt.Errorf("read sheet: %w", err)
	case info.IsDir():
		return nil, model.Errorf("E-SHEET-FILE", "“%s”是文件夹,请指明其中的表格文件", path)
	case info.Size() > maxFile:
		return nil, tooLarge(filepath.Base(path))
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrPermission) {
		return nil, model.Errorf("E-SHEET-FILE", "没有权限读“%s”(也可能正被 Excel 打开着),请关闭后再试", path)
	}
	if err != nil {
		return nil, fmt.Errorf("read sheet: %w", err)
	}
	return data, nil
}

func saveAs(name, what string) error {
	return model.Errorf("E-SHEET-FORMAT", "“%s”%s,请用 Excel 或 WPS 打开后另存为 .xlsx 再读入", name, what)
}

func tooLarge(name string) error {
	return model.Errorf("E-SHEET-LARGE", "“%s”太大了(最多 %d 行),请分成几份再读入", name, maxRows)
}

func isMarkup(data []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\xEF\xBB\xBF"))))
	return bytes.HasPrefix(head, []byte("<!doctype")) || bytes.HasPrefix(head, []byte("<html")) ||
		bytes.HasPrefix(head, []byte("<?xml")) || bytes.HasPrefix(head, []byte("<table"))
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// columnName gives the letters of a column (from 0): A, Z, AA.
func columnName(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// cellPlace reads a reference such as B12 as column and row, both from 1; zero
// for what is no reference.
func cellPlace(ref string) (column, row int) {
	ref = strings.ReplaceAll(ref, "$", "")
	for i := range len(ref) {
		c := ref[i] &^ 0x20
		switch {
		case row == 0 && c >= 'A' && c <= 'Z' && column < 20_000:
			column = column*26 + int(c-'A') + 1
		case ref[i] >= '0' && ref[i] <= '9' && row < 10_000_000:
			row = row*10 + int(ref[i]-'0')
		default:
			return 0, 0
		}
	}
	return column, row
}
