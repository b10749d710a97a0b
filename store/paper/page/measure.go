package page

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// mmPerPoint is a point in millimetres.
const mmPerPoint = 25.4 / 72

// cellPadding is what a spreadsheet leaves free at the sides of a cell, millimetres.
const cellPadding = 1.6

// widthOf is the width that so many half-width cells of text take, in millimetres.
func widthOf(cells int, size float64) float64 {
	return float64(cells)*size/2*mmPerPoint + cellPadding
}

// cellsIn is how many half-width cells stand in so many millimetres.
func cellsIn(mm, size float64) int {
	return max(int((mm-cellPadding)/(size/2*mmPerPoint)+0.05), 1)
}

// mostPrinted bounds the characters of a cell: what a spreadsheet's cell holds at most,
// far more than any form of ours lets anybody type. shortened is what is left of more.
const mostPrinted, shortened = 32_767, 200

// bounded cuts a text that only another program can have put into the ledger, and says so.
func bounded(s string) string {
	if len(s) <= mostPrinted || utf8.RuneCountInString(s) <= mostPrinted {
		return s
	}
	return string([]rune(s[:shortened*utf8.UTFMax])[:shortened]) + fmt.Sprintf("……(太长,共 %d 个字,只印了开头)", utf8.RuneCountInString(s))
}

// textOf writes a value as its cell shows it.
func textOf(v any, f Format) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return bounded(v)
	case time.Time:
		if f == Month {
			return v.Format("2006.01")
		}
		return v.Format(time.DateOnly)
	case int64:
		if f == Signed && v > 0 {
			return "+" + strconv.FormatInt(v, 10)
		}
		return strconv.FormatInt(v, 10)
	case float64:
		switch f {
		case Percent: // halves go up, as a spreadsheet has it
			return strconv.FormatFloat(math.Round(v*1000)/10, 'f', 1, 64) + "%"
		case Points:
			return points(v)
		case Money:
			return thousands(strconv.FormatFloat(v, 'f', 2, 64))
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	panic("page: a cell holds none of string, int64, float64, time.Time")
}

// points writes percentage points: +3.1, or 0.0.
func points(v float64) string {
	v = math.Round(v*10) / 10
	text := strconv.FormatFloat(v, 'f', 1, 64)
	switch {
	case v == 0:
		return "0.0"
	case v > 0:
		return "+" + text
	}
	return text
}

// thousands puts commas into a number with two decimals.
func thousands(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, rest, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return sign + whole + "." + rest
}

// linesOf counts the lines that a text takes in so many cells; a wide character that has
// no room at a line's end stands in the next one.
func linesOf(text string, cells int) int { return len(wrap(text, cells)) }

// lineHeight is the height of one line in points.
func lineHeight(size float64) float64 { return size * 1.35 }

// roomy gives a text to be measured: with one digit more for every four in a row, since
// those of a font that stands in for another are wider, and with a cell more for each mark
// that Chinese fonts draw as wide as a character and others narrow, such as “ and ”.
func roomy(text string) string {
	var b strings.Builder
	run := 0
	for _, r := range text {
		b.WriteRune(r)
		if width.LookupRune(r).Kind() == width.EastAsianAmbiguous {
			b.WriteRune('0')
		}
		if r >= '0' && r <= '9' {
			if run++; run%4 == 0 {
				b.WriteRune('0')
			}
		} else if r > 0x7F {
			run = 0
		}
	}
	return b.String()
}

// measure finds the columns' edges and the rows' heights.
func (p *Page) measure() {
	p.Edges = []float64{0, p.Width}
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			p.Edges = append(p.Edges, c.From, c.To)
		}
	}
	slices.Sort(p.Edges)
	// Edges nearer than a millimetre are one.
	edges := p.Edges[:1]
	for _, e := range p.Edges[1:] {
		if e-edges[len(edges)-1] >= 1 {
			edges = append(edges, e)
		}
	}
	p.Edges = edges
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.Height > 0 {
			continue
		}
		r.Height = max(r.Min, 6)
		for _, c := range r.Cells {
			if c.Down > 1 {
				continue
			}
			n := linesOf(roomy(textOf(c.Value, c.Look.Format)), cellsIn(c.To-c.From, c.Look.Size))
			r.Height = max(r.Height, float64(n)*lineHeight(c.Look.Size)+r.air())
		}
	}
	p.stretch()
}

// air is what is left free above and below a row's lines, in points.
func (r *Row) air() float64 {
	if r.close {
		return 1
	}
	return 4
}

// stretch gives room to what reaches over several rows: the last of them grows.
func (p *Page) stretch() {
	for i, r := range p.Rows {
		for _, c := range r.Cells {
			if c.Down <= 1 {
				continue
			}
			n := linesOf(roomy(textOf(c.Value, c.Look.Format)), cellsIn(c.To-c.From, c.Look.Size))
			need := float64(n)*lineHeight(c.Look.Size) + 4
			for _, below := range p.Rows[i:min(i+c.Down, len(p.Rows))] {
				need -= below.Height
			}
			if last := i + c.Down - 1; need > 0 && last < len(p.Rows) {
				p.Rows[last].Height += need
			}
		}
	}
	for i := range p.Rows {
		p.Rows[i].Height = min(math.Ceil(p.Rows[i].Height), 409) // what a spreadsheet's row may be
	}
}

// column gives the number of the column that begins at a place.
func (p *Page) column(at float64) int {
	i, _ := slices.BinarySearch(p.Edges, at)
	if i == len(p.Edges) || i > 0 && at-p.Edges[i-1] <= p.Edges[i]-at {
		i--
	}
	return max(i, 0)
}
