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
	"unicode"
	"unicode/utf8"

	"taizhang/model"
)

// The bounds of what is read: a village's list has a few hundred rows, and the
// laptop has 2 GB of memory.
const (
	maxFile      = 64 << 20  // bytes of the file itself
	maxTextFile  = 40 << 20  // of a .csv file
	maxPart      = 64 << 20  // of one part of a package, unpacked
	maxRows      = 100_000   // rows that hold anything
	maxColumns   = 500       // cells further right are passed over
	maxCells     = 1_000_000 // cells that hold anything, in all sheets
	maxScanned   = 2_500_000 // cells, the empty ones too
	maxKept      = 40 << 20  // bytes of text in all cells, each as if it had its own
	maxMerges    = 100_000   // merged ranges of a sheet
	maxEntries   = 20_000    // parts of a package
	sheetColumns = 16_384    // cells that a row of Excel can have
	sheetStyles  = 65_536
)

// Why a file is too large to be read.
var (
	errTooLarge  = errors.New("too large")
	errLongCell  = errors.New("a cell too long")
	errManyCells = errors.New("too many cells")
)

func isTooLarge(err error) bool {
	return errors.Is(err, errTooLarge) || errors.Is(err, errLongCell) || errors.Is(err, errManyCells)
}

func tooLarge(name string, why error) error {
	switch {
	case errors.Is(why, errLongCell):
		return model.Errorf("E-SHEET-LARGE", "“%s”里有一格的文字超过 %d 个字,不像名单;请用 Excel 或 WPS 打开,只留要读入的行和列,另存为 .xlsx 再读入", name, maxCell)
	case errors.Is(why, errManyCells):
		return model.Errorf("E-SHEET-LARGE", "“%s”里的格子太多了;请用 Excel 或 WPS 打开,只留要读入的行和列,另存为 .xlsx 再读入", name)
	}
	return model.Errorf("E-SHEET-LARGE", "“%s”太大了(最多 %d 行),请分成几份再读入", name, maxRows)
}

// grid is one sheet as read: only rows that hold something, in order.
type grid struct {
	name   string
	hidden bool
	rows   []gridRow
	merges []span

	date1904 bool           // of date numbers that are not shown as dates
	mergesAt map[int][]span // by their first row, made when first asked for
}

type gridRow struct {
	number int // of the sheet, from 1
	cells  []cell
	hidden bool
	quote  int      // the column (from 1) of a quote in a .csv file that nothing closes
	group  string   // the heading of the group that it stands under
	lost   []string // cells of further rows of the same record that had no room
}

// cell is what one cell holds, before a field says how to take it.
type cell struct {
	text    string // as shown; a number in full without an exponent
	number  float64
	day     int32 // of a date: days from 1 January 1970
	places  int8  // decimals that the number's format fixes, 0 for none
	isNum   bool  // the sheet holds a number that is no date
	isDate  bool
	percent bool // the number is shown as a percentage
	fault   bool // an error value such as #N/A
	formula bool // a formula of which the file stores no value
	struck  bool // struck out, in part or whole
	unknown bool // holds □ where the file has a character that nobody knows
}

func (c cell) empty() bool { return c.text == "" }

func (c cell) date() time.Time { return time.Unix(int64(c.day)*secondsOfDay, 0).UTC() }

const secondsOfDay = 24 * 60 * 60

func dayCell(d time.Time, layout string) cell {
	return cell{text: d.Format(layout), day: int32(d.Unix() / secondsOfDay), isDate: true}
}

// missingGlyph stands for a character of the file that is undefined or was made by a
// user for himself.
const missingGlyph = "□"

func textCell(s string) cell {
	c := cell{}
	if strings.IndexFunc(s, undefined) >= 0 {
		s, c.unknown = replaceUndefined(s), true
	}
	c.text = strings.Trim(model.Clean(s, true), " \n\u3000\u00a0")
	return c
}

// undefined reports whether nobody can know what a character is: one that could not be
// decoded, or one of the areas in which everyone may define his own.
func undefined(r rune) bool { return r == utf8.RuneError || unicode.Is(unicode.Co, r) }

func replaceUndefined(s string) string {
	var b strings.Builder
	for _, r := range s {
		if undefined(r) {
			b.WriteString(missingGlyph)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

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
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, model.Errorf("E-SHEET-EMPTY", "“%s”是空文件,里面没有表格", name)
	}
	if err := noTable(data, name); err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte("PK")) {
		return openZip(ctx, data, name)
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
		return nil, tooLarge(filepath.Base(path), errTooLarge)
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
