package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"taizhang/model"
)

// headRows are the rows above the data: title, date and count, headings.
const headRows = 3

// WriteXLSX writes a table to an Excel file that prints as it is: A4 landscape, as
// wide as the page, with title and headings on each page. ID numbers, phones and
// codes are text, dates are dates. The file is there whole or not at all.
func WriteXLSX(ctx context.Context, path string, t Table) error {
	columns, err := t.columns()
	if err != nil {
		return err
	}
	names, err := t.namers(columns)
	if err != nil {
		return err
	}
	b, err := newBook(path, t.Kind.Title)
	if err != nil {
		return err
	}
	lines := func(add func([]any) error) error {
		for _, r := range t.Records {
			if err := ctx.Err(); err != nil {
				return err
			}
			namer := names.of(r)
			line := make([]any, len(columns))
			for i, c := range columns {
				line[i] = t.value(c, r, namer)
				if s, ok := line[i].(string); ok {
					if err := fits(s, c, r); err != nil {
						return err
					}
				}
			}
			if err := add(line); err != nil {
				return err
			}
		}
		return nil
	}
	err = b.fill(strings.TrimSpace(t.Title+" "+t.Kind.Title), t.subtitle(), columns, lines)
	return b.save(path, nil, err)
}

func (t *Table) subtitle() string {
	count := fmt.Sprintf("共 %d 条", len(t.Records))
	if t.Env == nil || t.Env.Today == "" {
		return count
	}
	return t.Env.Today.Chinese() + "  " + count
}

// book is an Excel file being written.
type book struct {
	file   *excelize.File
	sheet  string
	styles map[string]int
	fixed  int // so many first columns stay in sight
}

// newBook begins a file. What excelize puts aside of a long table goes beside the
// file that is being written, not into the temp folder of the whole machine.
func newBook(path, sheet string) (*book, error) {
	b := &book{file: excelize.NewFile(excelize.Options{TmpDir: filepath.Dir(path)}), sheet: sheet, styles: map[string]int{}}
	if err := errors.Join(b.file.SetSheetName("Sheet1", sheet), b.makeStyles(), b.layout()); err != nil {
		return nil, errors.Join(fmt.Errorf("begin sheet: %w", err), b.file.Close())
	}
	return b, nil
}

// save writes the file unless filling it failed, and lets it go. to is what it is encrypted
// to, nil for nothing.
func (b *book) save(path string, to []age.Recipient, failed error) error {
	if failed == nil {
		failed = WriteFile(path, func(w io.Writer) error { return b.write(w, to) })
	}
	return errors.Join(failed, b.file.Close())
}

func (b *book) write(w io.Writer, to []age.Recipient) error {
	if to == nil {
		return b.file.Write(w)
	}
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	return errors.Join(b.file.Write(sealed), sealed.Close())
}

// The styles of cells by what they hold.
const (
	styleTitle  = "title"
	styleLine   = "line"
	styleHead   = "head"
	styleText   = "text"
	styleDate   = "date"
	styleNumber = "number"
	styleMoney  = "money"
)

func (b *book) makeStyles() error {
	var border []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	at := func(h, v string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: h, Vertical: v, WrapText: true}
	}
	date, money := "yyyy-mm-dd", "#,##0.00"
	styles := map[string]*excelize.Style{
		styleTitle:  {Font: &excelize.Font{Bold: true, Size: 16}, Alignment: at("center", "center"), NumFmt: 49},
		styleLine:   {Font: &excelize.Font{Size: 10}, Alignment: at("right", "center"), NumFmt: 49},
		styleHead:   {Font: &excelize.Font{Bold: true}, Alignment: at("center", "center"), Border: border, NumFmt: 49, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8E8E8"}}},
		styleText:   {Alignment: at("left", "center"), Border: border, NumFmt: 49},
		styleDate:   {Alignment: at("center", "center"), Border: border, CustomNumFmt: &date},
		styleNumber: {Alignment: at("right", "center"), Border: border, NumFmt: 1},
		styleMoney:  {Alignment: at("right", "center"), Border: border, CustomNumFmt: &money},
	}
	for _, name := range slices.Sorted(maps.Keys(styles)) { // the same table is the same bytes
		id, err := b.file.NewStyle(styles[name])
		if err != nil {
			return err
		}
		b.styles[name] = id
	}
	return nil
}

func (b *book) layout() error {
	a4, landscape, one, any, yes := 9, "landscape", 1, 0, true
	margin, foot := 0.4, 0.6
	return errors.Join(
		b.file.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: &yes}),
		b.file.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &any}),
		b.file.SetPageMargins(b.sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &foot}),
		b.file.SetHeaderFooter(b.sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页 共 &N 页"}),
		b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: b.sheet,
			RefersTo: fmt.Sprintf("'%s'!$1:$%d", strings.ReplaceAll(b.sheet, "'", "''"), headRows)}),
	)
}

// fill writes title, headings and lines. The lines are gone through twice, since the
// widths of the columns stand before the rows.
func (b *book) fill(title, subtitle string, columns []outColumn, lines func(add func([]any) error) error) error {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = CellsOf(c.heading)
	}
	if err := lines(func(line []any) error {
		for i, v := range line {
			widths[i] = max(widths[i], CellsOf(text(v)))
		}
		return nil
	}); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(b.sheet)
	if err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	for i, n := range widths {
		if err := w.SetColWidth(i+1, i+1, float64(min(max(n, 4), 40)+2)); err != nil {
			return fmt.Errorf("write sheet: %w", err)
		}
	}
	if err := b.head(w, title, subtitle, columns); err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	row := headRows
	if err := lines(func(line []any) error {
		row++
		out := make([]any, len(line))
		for i, v := range line {
			out[i] = excelize.Cell{StyleID: b.styles[styleOf(columns[i], v)], Value: v}
		}
		return w.SetRow(fmt.Sprintf("A%d", row), out)
	}); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	return nil
}

func (b *book) head(w *excelize.StreamWriter, title, subtitle string, columns []outColumn) error {
	headings := make([]any, len(columns))
	for i, c := range columns {
		headings[i] = excelize.Cell{StyleID: b.styles[styleHead], Value: model.Clean(c.heading, false)}
	}
	panes := &excelize.Panes{Freeze: true, YSplit: headRows, TopLeftCell: fmt.Sprintf("A%d", headRows+1), ActivePane: "bottomLeft"}
	if b.fixed > 0 && b.fixed < len(columns) {
		panes.XSplit, panes.ActivePane = b.fixed, "bottomRight"
		panes.TopLeftCell = fmt.Sprintf("%s%d", columnName(b.fixed), headRows+1)
	}
	err := errors.Join(
		w.SetPanes(panes),
		w.SetRow("A1", []any{excelize.Cell{StyleID: b.styles[styleTitle], Value: model.Clean(title, false)}}, excelize.RowOpts{Height: 30}),
		w.SetRow("A2", []any{excelize.Cell{StyleID: b.styles[styleLine], Value: model.Clean(subtitle, false)}}),
		w.SetRow("A3", headings),
	)
	if err != nil || len(columns) < 2 {
		return err
	}
	last := columnName(len(columns) - 1)
	return errors.Join(w.MergeCell("A1", last+"1"), w.MergeCell("A2", last+"2"))
}

// styleOf chooses by what a cell holds; an empty cell has the format of its
// column, so that what is typed there later is taken right.
func styleOf(c outColumn, v any) string {
	switch v.(type) {
	case time.Time:
		return styleDate
	case float64:
		return styleMoney
	case int64:
		return styleNumber
	}
	if c.field != nil && v == "" {
		switch c.field.Type {
		case model.TypeDate:
			return styleDate
		case model.TypeMoney:
			return styleMoney
		case model.TypeInt, model.TypeYear:
			return styleNumber
		}
	}
	return styleText
}

// CellsOf measures the longest line of a text for the width of a column, in which a
// Chinese character is two wide. It is no measure of what a terminal shows.
func CellsOf(s string) int {
	most := 0
	for line := range strings.SplitSeq(s, "\n") {
		n := 0
		for _, r := range line {
			n++
			if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}
