package page

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// setup writes how a page is printed: paper, margins, what is repeated, the numbers at
// its foot. Only a page that is too wide is not fitted to its width: it is broken between
// columns, since a spreadsheet that fits takes no breaks.
func (b *book) setup(name string, p *Page) error {
	a4, way, one, any := 9, "portrait", 1, 0
	if p.Landscape {
		way = "landscape"
	}
	layout := &excelize.PageLayoutOptions{Size: &a4, Orientation: &way}
	fit := len(p.Breaks) == 0
	if fit {
		layout.FitToWidth, layout.FitToHeight = &one, &any
	}
	side, top, foot, band := marginSide/25.4, marginTop/25.4, marginFoot/25.4, 0.3
	middle := true
	err := errors.Join(
		b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.file.SetPageLayout(name, layout),
		b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &foot, Header: &band, Footer: &band, Horizontally: &middle}),
		b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: b.footer(p)}),
		b.names(name, p),
	)
	for _, at := range p.Breaks {
		cell, nameErr := excelize.CoordinatesToCellName(p.column(at)+1, 1)
		err = errors.Join(err, nameErr, b.file.InsertPageBreak(name, cell))
	}
	return err
}

func (b *book) footer(p *Page) string {
	left := b.notice
	if p.Inside {
		left = strings.TrimSpace("内部资料 " + left)
	}
	return "&L" + strings.ReplaceAll(left, "&", "&&") + "&C第 &P 页 共 &N 页"
}

// names writes the print area and the rows and columns repeated on every page.
func (b *book) names(name string, p *Page) error {
	quoted := "'" + name + "'!"
	last, err := excelize.ColumnNumberToName(len(p.Edges) - 1)
	if err != nil {
		return err
	}
	area := fmt.Sprintf("%s$A$1:$%s$%d", quoted, last, len(p.Rows))
	err = b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: name, RefersTo: area})
	var titles []string
	if col := p.column(p.Fixed); p.Fixed > 0 && col > 0 {
		to, nameErr := excelize.ColumnNumberToName(col)
		err = errors.Join(err, nameErr)
		titles = append(titles, quoted+"$A:$"+to)
	}
	if from, to := p.repeated(); to > 0 {
		titles = append(titles, fmt.Sprintf("%s$%d:$%d", quoted, from, to))
	}
	if len(titles) > 0 {
		err = errors.Join(err, b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: strings.Join(titles, ",")}))
	}
	return err
}

// repeated gives the first rows that are repeated, numbered from 1; 0, 0 for none. A
// second table's headings on the same sheet aren't: a spreadsheet has one place for them.
func (p *Page) repeated() (from, to int) {
	for i, r := range p.Rows {
		switch {
		case r.Repeat && from == 0:
			from, to = i+1, i+1
		case r.Repeat && to == i:
			to = i + 1
		}
	}
	return from, to
}
