package sheet

import (
	"context"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// templateRows is how many rows of a template have drop-downs and formats.
const templateRows = 500

// optionSheet holds what the drop-downs offer.
const optionSheet = "选项"

// Template writes an empty sheet for a kind, to be filled in with Excel and read in:
// headings, a star at what is required, drop-downs for choices and help texts.
func Template(ctx context.Context, kind *model.Kind, path string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b, err := newBook(path, kind.Title)
	if err != nil {
		return err
	}
	if err := b.template(kind); err != nil {
		err = fmt.Errorf("template of %s: %w", kind.Name, err)
		return errors.Join(err, b.file.Close())
	}
	return b.save(path, nil, nil)
}

func (b *book) template(kind *model.Kind) error {
	fields := kind.Fields()
	last := columnName(len(fields) - 1)
	err := errors.Join(
		b.file.SetCellStr(b.sheet, "A1", kind.Title+"(填写后读入台账)"),
		b.file.SetCellStr(b.sheet, "A2", "每行一条;带 * 的必填;不知道的空着;表头不要改动。"),
		b.file.MergeCell(b.sheet, "A1", last+"1"),
		b.file.MergeCell(b.sheet, "A2", last+"2"),
		b.file.SetCellStyle(b.sheet, "A1", last+"1", b.styles[styleTitle]),
		b.file.SetCellStyle(b.sheet, "A2", last+"2", b.styles[styleLine]),
		b.file.SetRowHeight(b.sheet, 1, 30),
		b.file.SetPanes(b.sheet, &excelize.Panes{Freeze: true, YSplit: headRows, TopLeftCell: fmt.Sprintf("A%d", headRows+1), ActivePane: "bottomLeft"}),
	)
	if err != nil {
		return err
	}
	if _, err := b.file.NewSheet(optionSheet); err != nil {
		return err
	}
	for i, f := range fields {
		if err := b.templateColumn(kind, f, i); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return b.file.SetSheetVisible(optionSheet, false)
}

func (b *book) templateColumn(kind *model.Kind, f *model.Field, i int) error {
	name := columnName(i)
	label := heading(kind, f)
	if f.Required && f.Default == "" {
		label = "*" + label
	}
	head := fmt.Sprintf("%s%d", name, headRows)
	first, last := fmt.Sprintf("%s%d", name, headRows+1), fmt.Sprintf("%s%d", name, headRows+templateRows)
	err := errors.Join(
		b.file.SetCellStr(b.sheet, head, label),
		b.file.SetCellStyle(b.sheet, head, head, b.styles[styleHead]),
		b.file.SetCellStyle(b.sheet, first, last, b.styles[styleOf(outColumn{field: f}, "")]),
		b.file.SetColWidth(b.sheet, name, name, float64(min(max(CellsOf(label), kind.UsualWidth(f), 6), 30)+2)),
	)
	if err != nil {
		return err
	}
	var options []string
	switch f.Type {
	case model.TypeBool:
		options = []string{"是", "否"}
	case model.TypeChoice:
		options = f.Choices
	}
	if len(options) == 0 && f.Help == "" {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = first + ":" + last
	if len(options) > 0 {
		for row, o := range options {
			if err := b.file.SetCellStr(optionSheet, fmt.Sprintf("%s%d", name, row+1), o); err != nil {
				return err
			}
		}
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", optionSheet, name, name, len(options)))
		v.SetError(excelize.DataValidationErrorStyleStop, f.Label, "请从列表里选")
	}
	if f.Help != "" {
		v.SetInput(f.Label, f.Help)
	}
	return b.file.AddDataValidation(b.sheet, v)
}
