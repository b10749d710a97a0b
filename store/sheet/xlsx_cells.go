package sheet

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"
)

// rawCell is a cell as the sheet holds it.
type rawCell struct {
	ref, kind, value string
	style            int
	inline           richText
	formula          bool
}

// readSheet reads one sheet cell by cell; rows without content cost nothing.
func (w *workbook) readSheet(ctx context.Context, key string) (grid, error) {
	var g grid
	last, width := 0, 0 // of the row before
	err := w.each(key, func(s *scanner, t token) error {
		switch t.start {
		case "row":
			row := gridRow{number: last + 1, hidden: isTrue(t.attr("hidden"))}
			row.number = max(row.number, whole(t.attr("r")))
			last = row.number
			row.cells = make([]cell, 0, width)
			if err := w.readRow(s, &row); err != nil {
				return err
			}
			if width = len(row.cells); row.filled() == 0 {
				return nil
			}
			if len(g.rows) >= maxRows {
				return errTooLarge
			}
			g.rows = append(g.rows, row)
			return ctx.Err()
		case "mergeCell":
			if len(g.merges) >= maxMerges {
				return errManyCells
			}
			g.merge(t.attr("ref"))
		}
		return nil
	})
	return g, err
}

// readRow reads the cells of the row that was begun last. They are counted before they
// are kept: a small file may unpack to millions.
func (w *workbook) readRow(s *scanner, row *gridRow) error {
	depth := len(s.open)
	next, inRow := 0, 0
	for {
		t, err := s.next()
		if err != nil {
			return unexpected(err)
		}
		if t.end != "" && len(s.open) < depth {
			return nil
		}
		if t.start != "c" {
			continue
		}
		inRow++
		if w.cells++; inRow > sheetColumns || w.cells > maxScanned {
			return errManyCells
		}
		x, err := s.cell(t)
		if err != nil {
			return err
		}
		column := next
		if c, _ := cellPlace(x.ref); c > 0 {
			column = c - 1
		}
		next = column + 1
		if column >= maxColumns {
			continue
		}
		if err := w.keep(row, column, w.cell(&x)); err != nil {
			return err
		}
	}
}

func (w *workbook) keep(row *gridRow, column int, c cell) error {
	if c.empty() && !c.formula {
		return nil
	}
	w.filled++
	if w.kept += len(c.text); w.filled > maxCells || w.kept > maxKept {
		return errManyCells
	}
	row.set(column, c)
	return nil
}

func (r *gridRow) set(column int, c cell) {
	for len(r.cells) <= column {
		r.cells = append(r.cells, cell{})
	}
	r.cells[column] = c
}

// cell reads the cell that was begun last.
func (s *scanner) cell(start token) (rawCell, error) {
	x := rawCell{ref: start.attr("r"), kind: start.attr("t"), style: whole(start.attr("s"))}
	depth := len(s.open)
	for {
		t, err := s.next()
		if err != nil {
			return x, unexpected(err)
		}
		switch {
		case t.end != "" && len(s.open) < depth:
			return x, nil
		case t.start == "v":
			x.value, err = s.plainText()
		case t.start == "is":
			x.inline, err = s.rich()
		case t.start == "f":
			x.formula = true
		}
		if err != nil {
			return x, err
		}
	}
}

func (g *grid) merge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return
	}
	var s span
	s.left, s.top = cellPlace(from)
	s.right, s.bottom = cellPlace(to)
	if s.left > 0 && s.top > 0 && s.right >= s.left && s.bottom >= s.top {
		g.merges = append(g.merges, s)
	}
}

// cell takes a cell's cached value; formulas are not computed. Of one that has no value
// stored it is known that it is one.
func (w *workbook) cell(x *rawCell) cell {
	c := w.content(x)
	c.formula = x.formula && c.empty()
	if x.style >= 0 && x.style < len(w.formats) && w.formats[x.style].struck && !c.empty() {
		c.struck = true
	}
	return c
}

func (w *workbook) content(x *rawCell) cell {
	switch x.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(x.value))
		if err != nil || n < 0 || n >= len(w.strings) {
			return cell{}
		}
		return w.strings[n].cell()
	case "inlineStr":
		return x.inline.cell()
	case "str":
		return textCell(unescapeText(x.value))
	case "b":
		switch strings.TrimSpace(x.value) {
		case "1":
			return cell{text: "是"}
		case "":
			return cell{}
		}
		return cell{text: "否"}
	case "e":
		return cell{text: strings.TrimSpace(x.value), fault: true}
	case "d":
		for _, form := range []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00"} {
			if t, err := time.Parse(form, strings.TrimSpace(x.value)); err == nil {
				return dayCell(t, time.DateOnly)
			}
		}
		return textCell(x.value)
	}
	return w.number(x)
}

func (t richText) cell() cell {
	c := textCell(t.text)
	c.struck = t.struck
	return c
}

func (w *workbook) number(x *rawCell) cell {
	text := strings.TrimSpace(x.value)
	if text == "" {
		return cell{}
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return textCell(text)
	}
	var f numberFormat
	if x.style >= 0 && x.style < len(w.formats) {
		f = w.formats[x.style]
	}
	if f.date != "" {
		if d, ok := excelDate(n, w.date1904); ok {
			return dayCell(d, f.date)
		}
	}
	return cell{text: plainNumber(n), number: n, isNum: true, percent: f.percent, places: int8(min(f.places, 15))}
}

// damaged is where Excel begins to lose digits.
const damaged = 1e15

// plainNumber writes a number without an exponent; noise in the last place, which
// Excel does not show either, is rounded away. A number so large that digits are
// lost keeps its exponent, so that it never looks like a whole ID number.
func plainNumber(n float64) string {
	if math.Abs(n) >= damaged {
		return strconv.FormatFloat(n, 'E', -1, 64)
	}
	if r, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64); err == nil {
		n = r
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// excelDate converts a date number of either date system. The 1900 system counts
// a 29 February 1900 that never was.
func excelDate(n float64, date1904 bool) (time.Time, bool) {
	days := math.Floor(n)
	if days < 1 || days > 2_958_465 {
		return time.Time{}, false
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60:
		start = start.AddDate(0, 0, 1)
	}
	return start.AddDate(0, 0, int(days)), true
}

// unescapeText reads the escapes _xHHHH_ that the format has for characters that
// XML can't hold.
func unescapeText(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.HasPrefix(s[i:], "_x") && i+7 <= len(s) && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 6
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
