package sheet

import (
	"context"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"

	"taizhang/model"
)

type xmlRow struct {
	Number int       `xml:"r,attr"`
	Cells  []xmlCell `xml:"c"`
}

type xmlCell struct {
	Ref    string   `xml:"r,attr"`
	Style  int      `xml:"s,attr"`
	Type   string   `xml:"t,attr"`
	Value  string   `xml:"v"`
	Inline *xmlText `xml:"is"`
}

// readSheet reads one sheet row by row; rows without content cost nothing.
func (w *workbook) readSheet(ctx context.Context, key string) (grid, error) {
	var g grid
	last := 0
	err := w.each(key, func(d *xml.Decoder, start xml.StartElement) error {
		switch start.Name.Local {
		case "row":
			var x xmlRow
			if err := d.DecodeElement(&x, &start); err != nil {
				return err
			}
			if x.Number <= last {
				x.Number = last + 1
			}
			last = x.Number
			row := w.row(x)
			if row.filled() == 0 {
				return nil
			}
			if len(g.rows) >= maxRows {
				return errTooLarge
			}
			g.rows = append(g.rows, row)
			return ctx.Err()
		case "mergeCell":
			for _, a := range start.Attr {
				if a.Name.Local == "ref" {
					g.merge(a.Value)
				}
			}
		}
		return nil
	})
	return g, err
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

func (w *workbook) row(x xmlRow) gridRow {
	r := gridRow{number: x.Number}
	next := 0
	for i := range x.Cells {
		column := next
		if c, _ := cellPlace(x.Cells[i].Ref); c > 0 {
			column = c - 1
		}
		next = column + 1
		if column >= maxColumns {
			continue
		}
		c := w.cell(&x.Cells[i])
		if c.empty() {
			continue
		}
		for len(r.cells) <= column {
			r.cells = append(r.cells, cell{})
		}
		r.cells[column] = c
	}
	return r
}

// cell takes a cell's cached value; formulas are not computed.
func (w *workbook) cell(x *xmlCell) cell {
	switch x.Type {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(x.Value))
		if err != nil || n < 0 || n >= len(w.strings) {
			return cell{}
		}
		return textCell(w.strings[n])
	case "inlineStr":
		return textCell(x.Inline.String())
	case "str":
		return textCell(unescapeText(x.Value))
	case "b":
		if strings.TrimSpace(x.Value) == "1" {
			return cell{text: "是"}
		}
		return cell{text: "否"}
	case "e":
		return cell{text: strings.TrimSpace(x.Value), fault: true}
	case "d":
		for _, form := range []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00"} {
			if t, err := time.Parse(form, strings.TrimSpace(x.Value)); err == nil {
				return cell{text: t.Format(time.DateOnly), date: t, isDate: true}
			}
		}
		return textCell(x.Value)
	}
	return w.number(x)
}

func textCell(s string) cell {
	return cell{text: strings.Trim(model.Clean(s, true), " \n\u3000\u00a0")}
}

func (w *workbook) number(x *xmlCell) cell {
	text := strings.TrimSpace(x.Value)
	if text == "" {
		return cell{}
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return textCell(text)
	}
	var f numberFormat
	if x.Style >= 0 && x.Style < len(w.formats) {
		f = w.formats[x.Style]
	}
	if f.date != "" {
		if d, ok := excelDate(n, w.date1904); ok {
			return cell{text: d.Format(f.date), date: d, isDate: true}
		}
	}
	return cell{text: plainNumber(n), number: n, isNum: true, percent: f.percent, places: f.places}
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
