package sheet

import (
	"strings"
	"time"
)

// numberFormat is what a cell's format says about its number.
type numberFormat struct {
	date    string // layout in which the date is taken, "" for no date
	percent bool
	places  int // decimals shown, 0 for none or General
}

type xmlStyles struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

func (w *workbook) readStyles(t bookTargets) error {
	var x xmlStyles
	if _, err := w.decode(t.styles, &x); err != nil {
		return err
	}
	codes := make(map[int]string, len(x.Formats))
	for _, f := range x.Formats {
		codes[f.ID] = f.Code
	}
	w.formats = make([]numberFormat, len(x.Cells))
	for i, c := range x.Cells {
		if code, ok := codes[c.Format]; ok {
			w.formats[i] = readFormat(code)
		} else {
			w.formats[i] = builtinFormat(c.Format)
		}
	}
	return nil
}

const (
	yearLayout  = "2006"
	monthLayout = "2006-01"
)

// builtinFormat knows the numbered formats, those of the Chinese edition too.
func builtinFormat(id int) numberFormat {
	switch id {
	case 14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58:
		return numberFormat{date: time.DateOnly}
	case 17, 27, 36, 50, 52, 57:
		return numberFormat{date: monthLayout}
	case 2, 4, 10, 39, 40:
		return numberFormat{places: 2, percent: id == 10}
	case 9:
		return numberFormat{percent: true}
	}
	return numberFormat{}
}

// readFormat tells from a format code whether it shows a date, and how much of it.
func readFormat(code string) numberFormat {
	s := strings.ToLower(bareFormat(code))
	if strings.Contains(s, "general") || strings.Contains(s, "standard") {
		return numberFormat{}
	}
	switch {
	case strings.Contains(s, "d"):
		return numberFormat{date: time.DateOnly}
	case strings.Contains(s, "y") || strings.Contains(s, "e") && !strings.ContainsAny(s, "0#?"):
		if strings.Contains(s, "m") {
			return numberFormat{date: monthLayout}
		}
		return numberFormat{date: yearLayout}
	}
	f := numberFormat{percent: strings.Contains(s, "%")}
	if _, after, ok := strings.Cut(s, "."); ok {
		f.places = len(after) - len(strings.TrimLeft(after, "0"))
	}
	return f
}

// bareFormat gives the first section of a format code without quoted text,
// escaped characters and what stands in square brackets.
func bareFormat(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			return b.String()
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := byte('"')
			if code[i] == '[' {
				end = ']'
			}
			n := strings.IndexByte(code[i+1:], end)
			if n < 0 {
				return b.String()
			}
			i += n + 1
		default:
			b.WriteByte(code[i])
		}
	}
	return b.String()
}
