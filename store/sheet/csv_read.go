package sheet

import (
	"context"
	"strings"

	"taizhang/model"
)

// openCSV reads a text file once for each separator that may be meant; the header
// decides between the readings.
func openCSV(ctx context.Context, data []byte, name string) ([]grid, error) {
	if len(data) > maxTextFile {
		return nil, tooLarge(name, errTooLarge)
	}
	text, err := decodeText(data, name)
	if err != nil {
		return nil, err
	}
	var grids []grid
	for _, separator := range []byte(",\t;") {
		if separator != ',' && strings.IndexByte(text, separator) < 0 {
			continue
		}
		g, err := readCSV(ctx, text, separator)
		if isTooLarge(err) {
			return nil, tooLarge(name, err)
		}
		if err != nil {
			return nil, err
		}
		grids = append(grids, g)
	}
	return grids, nil
}

// readCSV numbers the rows as Excel shows them: a record is one row, however many
// lines it takes, and an empty line is a row as well.
func readCSV(ctx context.Context, text string, separator byte) (grid, error) {
	p := csvParser{text: text, separator: separator}
	p.width = p.usualWidth()
	var g grid
	filled, kept := 0, 0
	for number := 1; len(p.text) > 0; number++ {
		fields, quote, err := p.record()
		if err != nil {
			return g, err
		}
		row := gridRow{number: number, quote: quote}
		for i, s := range fields {
			c := textCell(unguard(formulaText(s)))
			if c.empty() || i >= maxColumns {
				continue
			}
			if err := tooLong(c.text); err != nil {
				return g, err
			}
			if filled, kept = filled+1, kept+len(c.text); filled > maxCells || kept > maxKept {
				return g, errManyCells
			}
			row.set(i, c)
		}
		if row.filled() == 0 {
			continue
		}
		if len(g.rows) >= maxRows {
			return g, errTooLarge
		}
		g.rows = append(g.rows, row)
		if err := ctx.Err(); err != nil {
			return g, err
		}
	}
	return g, nil
}

// textFormula is how programs write a number that Excel shall keep as a text:
// ="990101…".
var textFormula = model.NewPattern(`^\s*=\s*"((?:[^"]|"")*)"\s*$`)

func formulaText(s string) string {
	if p := textFormula.FindStringSubmatch(s); p != nil {
		return strings.ReplaceAll(p[1], `""`, `"`)
	}
	return s
}

var (
	commandLike = model.NewPattern(`^'*[=+\-@\t\r]`)
	numberLike  = model.NewPattern(`^[+-]?\d+(\.\d+)?$`)
)

// guard keeps a spreadsheet from taking a CSV field as a formula: a text that
// begins with = + - @, a tab or a return gets an apostrophe in front, unless it is
// a number. A text that begins so after apostrophes of its own gets one more, so
// that unguard gives back exactly what was written.
func guard(s string) string {
	if commandLike.MatchString(s) && !numberLike.MatchString(s) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if strings.HasPrefix(s, "'") && commandLike.MatchString(s) {
		return s[1:]
	}
	return s
}
