package sheet

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"

	"taizhang/model"
)

// Grid is a table that is made of no kind's records: a report. Cells are string,
// time.Time, float64 or int64.
type Grid struct {
	Title    string // what it is and whose, above the table
	Subtitle string // at the right below the title, e.g. the day
	Name     string // of the sheet in an Excel file
	Columns  []string
	Rows     [][]any
	Fixed    int // so many first columns stay in sight in an Excel file
}

// WriteGridXLSX writes a report to an Excel file that prints as it is, like
// WriteXLSX, each table on a sheet of its own.
func WriteGridXLSX(ctx context.Context, path string, first Grid, more ...Grid) error {
	b, err := newBook(path, first.Name)
	if err != nil {
		return err
	}
	err = b.fillGrid(ctx, first)
	for _, g := range more {
		if err == nil {
			err = b.addSheet(g.Name)
		}
		if err == nil {
			err = b.fillGrid(ctx, g)
		}
	}
	return b.save(path, nil, err)
}

// addSheet begins another sheet; what is filled in goes there.
func (b *book) addSheet(name string) error {
	if _, err := b.file.NewSheet(name); err != nil {
		return fmt.Errorf("begin sheet: %w", err)
	}
	b.sheet = name
	return b.layout()
}

func (b *book) fillGrid(ctx context.Context, g Grid) error {
	columns := make([]outColumn, len(g.Columns))
	for i, name := range g.Columns {
		columns[i] = outColumn{heading: name}
	}
	b.fixed = g.Fixed
	return b.fill(g.Title, g.Subtitle, columns, func(add func([]any) error) error {
		for _, row := range g.Rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			line := make([]any, len(row))
			for i, v := range row {
				line[i] = v
				if s, ok := v.(string); ok {
					line[i] = model.Clean(s, true)
				}
			}
			if err := add(line); err != nil {
				return err
			}
		}
		return nil
	})
}

// GridCSV writes a report as CSV with its headings as the first record; see CSV.
func GridCSV(w io.Writer, g Grid, bom bool) error {
	if bom {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	lines := make([][]string, 0, len(g.Rows)+1)
	head := make([]string, len(g.Columns))
	for i, name := range g.Columns {
		head[i] = guard(name)
	}
	lines = append(lines, head)
	for _, row := range g.Rows {
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = guard(model.Clean(text(v), true))
		}
		lines = append(lines, line)
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// WriteGridCSV writes a report to a CSV file that Excel opens; see GridCSV. The file
// is there whole or not at all.
func WriteGridCSV(path string, g Grid) error {
	return WriteFile(path, func(w io.Writer) error { return GridCSV(w, g, true) })
}
