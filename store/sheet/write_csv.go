package sheet

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
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
