package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store/sheet"
)

// The printed font: what every office's computer has.
const bodyFont = "宋体"

// book is a paper on its way into an .xlsx.
type book struct {
	file   *excelize.File
	styles map[styleKey]int
	notice string // 草稿,供核对
}

type styleKey struct {
	look Look
	auto Align // what Auto came to
}

// WriteXLSX writes laid-out pages to a workbook, a tab each, that prints as it is: A4,
// its size and borders, heading rows and fixed columns on every page, page numbers,
// nothing below MinSize. notice stands in the footer, e.g. 草稿,供核对. The file is
// there whole or not at all, and its owner's alone.
func WriteXLSX(ctx context.Context, path string, pages []*Page, notice string) (err error) {
	if len(pages) == 0 {
		return model.Errorf("E-PAPER-EMPTY", "这张表没有内容,没有写文件")
	}
	b := &book{file: excelize.NewFile(excelize.Options{TmpDir: filepath.Dir(path)}), styles: map[styleKey]int{}, notice: notice}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	if err := b.measuredBy(); err != nil {
		return err
	}
	taken := map[string]bool{}
	for i, p := range pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := tabName(p.Name, taken)
		if i == 0 {
			err = b.file.SetSheetName("Sheet1", name)
		} else {
			_, err = b.file.NewSheet(name)
		}
		if err == nil {
			err = b.page(name, p)
		}
		if err != nil {
			return fmt.Errorf("paper %s: %w", name, err)
		}
	}
	return sheet.WriteFile(path, func(w io.Writer) error { return b.file.Write(w) })
}

// measuredBy sets the standard font, in whose digits a workbook counts the width of its
// columns; nothing is written in it. Calibri, which excelize takes, is on no Linux desktop:
// what stands in for it has digits a quarter wider, and the page is shrunk to fit. The
// digits of this one, and of Arial, which stands in for it elsewhere, are 7 pixels wide.
func (b *book) measuredBy() error {
	if err := b.file.SetDefaultFont("Noto Sans CJK SC"); err != nil {
		return err
	}
	size := 9.5
	b.file.Styles.Fonts.Font[0].Sz.Val = &size
	return nil
}

// tabName makes a name that a spreadsheet takes, and that no other tab has.
func tabName(name string, taken map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return -1
		}
		return r
	}, model.Clean(name, false))
	if name == "" {
		name = "表"
	}
	base := []rune(name)
	for n := 1; ; n++ {
		tail := ""
		if n > 1 {
			tail = fmt.Sprintf("(%d)", n)
		}
		t := string(base[:min(len(base), 31-len(tail))]) + tail
		if key := strings.ToLower(t); !taken[key] {
			taken[key] = true
			return t
		}
	}
}

func (b *book) page(name string, p *Page) error {
	for i := 0; i+1 < len(p.Edges); i++ {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(name, col, col, charWidth(p.Edges[i+1]-p.Edges[i])); err != nil {
			return err
		}
	}
	for i := range p.Rows {
		if err := b.file.SetRowHeight(name, i+1, p.Rows[i].Height); err != nil {
			return err
		}
		for _, c := range p.Rows[i].Cells {
			if err := b.cell(name, p, i+1, c); err != nil {
				return err
			}
		}
		if p.Rows[i].Break && i > 0 {
			if err := b.file.InsertPageBreak(name, fmt.Sprintf("A%d", i+1)); err != nil {
				return err
			}
		}
	}
	return b.setup(name, p)
}

// charWidth gives a width in the digits of the workbook's standard font (measuredBy): in
// the file it is that of the whole column, with what it leaves free at its sides.
func charWidth(mm float64) float64 {
	const pixel, digit = 25.4 / 96, 7
	return max(mm/pixel/digit, 0.3)
}

func (b *book) cell(name string, p *Page, row int, c Cell) error {
	from, to := p.column(c.From)+1, max(p.column(c.To), p.column(c.From)+1)
	first, err := excelize.CoordinatesToCellName(from, row)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(to, row+max(c.Down, 1)-1)
	if err != nil {
		return err
	}
	style, err := b.style(c)
	if err != nil {
		return err
	}
	v := c.Value
	if s, ok := v.(string); ok {
		v = model.Clean(bounded(s), true)
	}
	err = b.file.SetCellStyle(name, first, last, style)
	switch {
	case c.Sum != nil && c.Sum.Above > 0:
		col, nameErr := excelize.ColumnNumberToName(from)
		err = errors.Join(err, nameErr, b.file.SetCellValue(name, first, v),
			b.file.SetCellFormula(name, first, fmt.Sprintf("SUM(%s%d:%s%d)", col, row-c.Sum.Above, col, row-1)))
	case v != nil && v != "":
		err = errors.Join(err, b.file.SetCellValue(name, first, v))
	}
	if first != last {
		err = errors.Join(err, b.file.MergeCell(name, first, last))
	}
	return err
}

// style gives the number of the cell's style in the workbook.
func (b *book) style(c Cell) (int, error) {
	k := styleKey{look: c.Look, auto: autoAlign(c)}
	if id, ok := b.styles[k]; ok {
		return id, nil
	}
	id, err := b.file.NewStyle(k.style())
	if err == nil {
		b.styles[k] = id
	}
	return id, err
}

// autoAlign gives where a cell's text stands: numbers at the right, dates in the middle,
// texts at the left, if nothing else is said.
func autoAlign(c Cell) Align {
	if c.Look.Align != Auto {
		return c.Look.Align
	}
	if c.Look.Format == Date || c.Look.Format == Month {
		return Centre
	}
	switch c.Value.(type) {
	case int64, float64:
		return RightAlign
	}
	return LeftAlign
}

func (k styleKey) style() *excelize.Style {
	l := k.look
	s := &excelize.Style{
		Font: &excelize.Font{Family: bodyFont, Size: l.Size, Bold: l.Bold},
		Alignment: &excelize.Alignment{
			Horizontal: [...]string{"left", "left", "center", "right"}[k.auto],
			Vertical:   "center", WrapText: true,
		},
	}
	if l.Top {
		s.Alignment.Vertical = "top"
	}
	if l.Box {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if l.Dashed {
		s.Border = append(s.Border, excelize.Border{Type: "top", Color: "000000", Style: 3})
	}
	if l.Shade {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}}
	}
	switch l.Format {
	case Text:
		s.NumFmt = 49
	case Number:
		s.NumFmt = 1
	case Percent:
		f := "0.0%"
		s.CustomNumFmt = &f
	case Money:
		f := "#,##0.00"
		s.CustomNumFmt = &f
	case Signed:
		f := "+0;-0;0"
		s.CustomNumFmt = &f
	case Points:
		f := "+0.0;-0.0;0.0"
		s.CustomNumFmt = &f
	case Date:
		f := "yyyy-mm-dd"
		s.CustomNumFmt = &f
	case Month:
		f := "yyyy.mm"
		s.CustomNumFmt = &f
	}
	return s
}
