package sheet

import (
	"strconv"
	"strings"
	"time"
)

// numberFormat is what a cell's format says about its number.
type numberFormat struct {
	date    string // layout in which the date is taken, "" for no date
	percent bool
	places  int  // decimals shown, 0 for none or General
	struck  bool // the font strikes the text out
}

// readStyles reads the number formats of the cells' styles, and which of their fonts
// strike the text out.
func (w *workbook) readStyles(key string) error {
	codes := map[int]string{}
	var struck []bool // by font
	inside := ""      // the list that is being read
	return w.each(key, func(_ *scanner, t token) error {
		switch {
		case t.start == "fonts" || t.start == "cellXfs" || t.start == "cellStyleXfs" || t.start == "dxfs":
			inside = t.start
		case t.end == inside && inside != "":
			inside = ""
		case t.start == "numFmt":
			codes[whole(t.attr("numFmtId"))] = t.attr("formatCode")
		case t.start == "font" && inside == "fonts":
			struck = append(struck, false)
		case t.start == "strike" && inside == "fonts" && len(struck) > 0:
			struck[len(struck)-1] = t.attr("val") != "0" && t.attr("val") != "false"
		case t.start == "xf" && inside == "cellXfs":
			f := builtinFormat(whole(t.attr("numFmtId")))
			if code, ok := codes[whole(t.attr("numFmtId"))]; ok {
				f = readFormat(code)
			}
			if font := whole(t.attr("fontId")); font >= 0 && font < len(struck) {
				f.struck = struck[font]
			}
			if len(w.formats) > sheetStyles {
				return errManyCells
			}
			w.formats = append(w.formats, f)
		}
		return nil
	})
}

// whole reads a number of an attribute, 0 where there is none.
func whole(s string) int {
	if s == "" { // an error costs more
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
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
