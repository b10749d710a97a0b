package sheet

import "strings"

// csvParser takes a text apart into records. Quotes are where such files are broken by
// hand: an inch mark, or one quote left behind when the other was deleted. encoding/csv
// then swallows all that follows up to the next quote, and the persons of many rows
// become one value. Here a quote opens a value of several lines only where these lines
// can't be records of their own; else it is a character like any other and is said.
type csvParser struct {
	text      string // what is left
	separator byte
	width     int // how many fields a record of the file usually has
	work      int // bytes read again in search of closing quotes
}

// The bounds of a value that takes several lines.
const (
	maxLines  = 60
	lookedAt  = 400 // lines from which the usual width is taken
	maxFields = sheetColumns
	maxWork   = 200 << 20
)

// usualWidth is the number of fields that lines have, each taken by itself. Of the parts
// into which a value of several lines tears its record there may be more than of whole
// records, but they are short: the number counts by the fields that it explains.
func (p *csvParser) usualWidth() int {
	seen := map[int]int{}
	rest := p.text
	for n := 0; n < lookedAt && rest != ""; n++ {
		var line string
		line, rest = cutLine(rest)
		if fields := p.fieldsOf(line); fields > 1 {
			seen[fields]++
		}
	}
	best := 1
	for fields, n := range seen {
		if score, top := n*fields, seen[best]*best; score > top || score == top && fields > best {
			best = fields
		}
	}
	return best
}

// cutLine cuts the first line off.
func cutLine(s string) (line, rest string) {
	line, rest, _ = strings.Cut(s, "\n")
	return line, rest
}

// fieldsOf counts the fields of a line by itself; quotes that close on it hide the
// separators between them.
func (p *csvParser) fieldsOf(line string) int {
	n := 0
	for more := true; more && n <= maxFields; n++ {
		_, line, more = p.field(line)
	}
	return n
}

// record reads the next record; quote is the column (from 1) of a quote that nothing
// closes, 0 for none.
func (p *csvParser) record() (fields []string, quote int, err error) {
	line, rest := cutLine(p.text)
	more := true
	for more {
		if len(fields) >= maxFields {
			return nil, 0, errManyCells
		}
		var value string
		if quoted(line) {
			if _, _, ok := p.closed(line); !ok {
				if long, after, ok := p.lines(line, rest, len(fields)); ok {
					line, rest = cutLine(after)
					fields = append(fields, long)
					more = strings.HasPrefix(line, string(p.separator))
					line = strings.TrimPrefix(line, string(p.separator))
					continue
				}
				if quote == 0 {
					quote = len(fields) + 1
				}
				line = strings.TrimPrefix(strings.TrimLeft(line, " "), `"`)
			}
		}
		value, line, more = p.field(line)
		fields = append(fields, value)
	}
	if quote == 0 && len(fields) < p.width {
		fields, quote = p.apart(fields)
	}
	p.text = rest
	return fields, quote, nil
}

// apart takes a value apart that swallowed others of its own row: two stray quotes may
// stand in two cells. It is so only if the row then has exactly the usual width.
func (p *csvParser) apart(fields []string) (out []string, quote int) {
	inside := 0
	for i, f := range fields {
		if n := strings.Count(f, string(p.separator)); n > 0 && !strings.Contains(f, "\n") {
			inside += n
			if quote == 0 {
				quote = i + 1
			}
		}
	}
	if inside == 0 || len(fields)+inside != p.width {
		return fields, 0
	}
	for _, f := range fields {
		if strings.Contains(f, "\n") {
			out = append(out, f)
			continue
		}
		out = append(out, strings.Split(f, string(p.separator))...)
	}
	return out, quote
}

func quoted(s string) bool { return strings.HasPrefix(strings.TrimLeft(s, " "), `"`) }

// field reads one field of a line; a quote that does not close on it is a character.
func (p *csvParser) field(line string) (value, rest string, more bool) {
	if quoted(line) {
		if value, after, ok := p.closed(line); ok {
			if after == "" {
				return value, "", false
			}
			return value, after[1:], true
		}
	}
	return cutByte(line, p.separator)
}

func cutByte(s string, b byte) (before, after string, found bool) {
	if i := strings.IndexByte(s, b); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// closed reads a quoted value that ends before a separator or the end of the text; two
// quotes in it stand for one.
func (p *csvParser) closed(s string) (value, after string, ok bool) {
	s = strings.TrimLeft(s, " ")[1:]
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return "", "", false
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		if strings.HasPrefix(s, `"`) {
			b.WriteByte('"')
			s = s[1:]
			continue
		}
		if end := strings.TrimLeft(s, " "); end == "" || end[0] == p.separator || end[0] == '\n' {
			return b.String(), end, true
		}
		return "", "", false
	}
}

// lines reads a quoted value that goes on over the next lines, where it can be one: it
// closes within reach, and no line of it is a record by itself.
func (p *csvParser) lines(line, rest string, before int) (value, after string, ok bool) {
	first := before + strings.Count(line, string(p.separator)) + 1
	all := line
	for range maxLines {
		if rest == "" {
			return "", "", false
		}
		var next string
		next, rest = cutLine(rest)
		all += "\n" + next
		if len(all) > 4*maxCell || p.work > maxWork {
			return "", "", false
		}
		fields := p.fieldsOf(next)
		if ok = false; strings.Contains(next, `"`) {
			p.work += len(all)
			value, after, ok = p.closed(all)
		}
		switch {
		case ok && !p.spans(first, fields):
			return value, after + restOf(rest), true
		case ok, fields >= p.width && p.width > 2, p.misplaced(next):
			return "", "", false
		}
	}
	return "", "", false
}

// restOf joins what follows a line to it again.
func restOf(rest string) string {
	if rest == "" {
		return ""
	}
	return "\n" + rest
}

// spans reports whether a value that begins on one line and ends on another would take
// in parts of two records: together they have far more fields than one. Of a value that
// truly has several lines the two have one more between them, but for separators in it.
func (p *csvParser) spans(first, last int) bool { return 2*(first+last) >= 3*p.width+2 }

// misplaced reports whether a line holds a quote that neither ends a value nor stands
// for one: then the quotes of the file mean nothing.
func (p *csvParser) misplaced(line string) bool {
	line = strings.ReplaceAll(line, `""`, "")
	i := strings.IndexByte(line, '"')
	if i < 0 {
		return false
	}
	end := strings.TrimLeft(line[i+1:], " ")
	return end != "" && end[0] != p.separator
}
