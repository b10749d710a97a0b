package fill

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"taizhang/model"
)

// docLines are the lines of a document outside its tables that hold labels and blanks:
// 姓名:______ 性别:____. In the grid each line is a row of labels with a blank cell
// behind each; rows between keep lines from being taken for a table.
type docLines struct {
	grid   *Grid
	blanks map[[2]int]*lineBlank
}

// lineBlank is a blank within a line.
type lineBlank struct {
	p        *node
	label    string
	from, to int      // in the paragraph's text
	date     bool     // 年 月 日 stand in it
	options  []string // each behind a box
}

// LinesName is what the lines outside the tables are called.
const LinesName = "正文"

// readLine takes the blanks of a paragraph.
func (d *docx) readLine(p *node) {
	a := d.para(p)
	found := blanksIn(a)
	if len(found) == 0 {
		if title := strings.Join(strings.Fields(strings.ReplaceAll(a.text, thing, "")), ""); title != "" && utf8.RuneCountInString(title) <= longestTitle {
			d.said = title
		}
		return
	}
	l := d.lines[len(d.lines)-1]
	g := l.grid
	if g.rows+1+nesting > maxRows {
		return
	}
	found = found[:min(len(found), maxCols/2)]
	for i, b := range found {
		at := [2]int{g.rows, 2*i + 1}
		b.p = p
		l.blanks[at] = &b
		g.text[[2]int{g.rows, 2 * i}] = b.label
		if len(b.options) > 0 {
			g.options[at] = b.options
		}
	}
	g.cols = max(g.cols, 2*len(found))
	for i := range nesting {
		g.formula[[2]int{g.rows + 1 + i, 0}] = true
	}
	g.rows += 1 + nesting
}

const (
	lineMarks = "_\uFF3F"
	lineSpace = " \t\u3000\u00A0\u2002\u2003"
)

var (
	dateBlank = model.NewPattern(`^[ \t\x{3000}\x{2002}_\x{FF3F}]*年[ \t\x{3000}\x{2002}_\x{FF3F}]*月([ \t\x{3000}\x{2002}_\x{FF3F}]*日)?`)
	boxBlank  = model.NewPattern(`^[ \x{3000}]*([□☐▢○][ ]?[^\s\x{3000}□☐▢○:\x{FF1A}]+[ \t\x{3000}]*)+`)
	oneBox    = model.NewPattern(`[□☐▢○][ ]?([^\s\x{3000}□☐▢○]+)`)
	apart     = model.NewPattern(`[ \t\n\x{3000}\x{00A0}\x{2002}\x{2003}]{2,}|[\t\n\x{3000}_\x{FF3F}]+`)
)

// blanksIn finds the blanks of a line: behind a colon a line, spaces, boxes, a date to be
// completed or nothing up to the end; without one only what is drawn as a line.
func blanksIn(a para) []lineBlank {
	var all []lineBlank
	start := 0
	for i := 0; i < len(a.text); {
		r, n := utf8.DecodeRuneInString(a.text[i:])
		switch {
		case r == ':' || r == '\uFF1A':
			b, ok := a.behindColon(i + n)
			b.label = labelIn(a.text[start:i], false)
			start, i = i+n, i+n
			if ok {
				if b.label != "" {
					all = append(all, b)
				}
				start, i = b.to, max(b.to, i)
			}
		case strings.ContainsRune(lineMarks+lineSpace, r):
			b := lineBlank{from: i, to: a.blankEnd(i)}
			end := b.to
			if from, to, ok := a.drawn(b.from, b.to); ok {
				b.from, b.to = from, to
				if b.label = labelIn(a.text[start:i], true); b.label != "" {
					all = append(all, b)
				}
				start = b.to
			}
			i = end
		default:
			i += n
		}
	}
	return all
}

// behindColon gives the blank that begins at a place, if there is one.
func (a *para) behindColon(from int) (b lineBlank, ok bool) {
	rest := a.text[from:]
	if m := dateBlank.FindString(rest); m != "" {
		return lineBlank{from: from, to: from + len(m), date: true}, true
	}
	if m := boxBlank.FindString(rest); m != "" {
		b = lineBlank{from: from, to: from + len(m)}
		for _, o := range oneBox.FindAllStringSubmatch(m, -1) {
			b.options = append(b.options, o[1])
		}
		return b, len(b.options) > 1
	}
	b = lineBlank{from: from, to: a.blankEnd(from)}
	if begin, end, ok := a.drawn(b.from, b.to); ok {
		return lineBlank{from: begin, to: end}, true
	}
	blank := a.text[b.from:b.to]
	atEnd := b.to == len(a.text) || a.text[b.to] == '\n'
	return b, atEnd || strings.Contains(blank, "\t") || wide(blank) > 1
}

func (a *para) blankEnd(from int) int {
	return len(a.text) - len(strings.TrimLeft(a.text[from:], lineMarks+lineSpace))
}

// drawn gives the part of a stretch that is drawn as a line; ok is false for less than
// two underscores or underlined spaces.
func (a *para) drawn(from, to int) (begin, end int, ok bool) {
	n := 0
	for _, l := range a.leaves {
		for at, r := range l.text {
			p, size := l.from+at, 0
			if p < from || p >= to {
				continue
			}
			switch {
			case r == '\t' && l.underlined, r == '\uFF3F', r == '\u3000' && l.underlined:
				size = 2
			case r == '_', l.underlined && strings.ContainsRune(lineSpace, r):
				size = 1
			}
			if size > 0 && n == 0 {
				begin = p
			}
			if size > 0 {
				end = p + utf8.RuneLen(r)
			}
			n += size
		}
	}
	return begin, end, n > 1
}

func (a *para) isDrawn(from, to int) bool {
	_, _, ok := a.drawn(from, to)
	return ok
}

// longestTitle is how many characters the line above a table has that is its title.
const longestTitle = 30

// longestLabel is how many characters a label has at most; what is longer is prose.
const longestLabel = 16

// labelIn gives the label at the end of a text: 姓    名 is one, of “联系电话 姓名” it is
// the last. Within a sentence it is what follows the last mark.
func labelIn(text string, sentence bool) string {
	marks, most := "。;\uFF1B\uFF0C,!?\uFF01\uFF1F", longestLabel
	if sentence {
		marks, most = marks+"、()\uFF08\uFF09“”《》", longestLabel/2
	}
	if i := strings.LastIndexAny(text, marks); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[i:])
		text = text[i+n:]
	}
	pieces := apart.Split(strings.ReplaceAll(strings.TrimFunc(text, func(r rune) bool { return strings.ContainsRune(lineMarks+lineSpace+"\n", r) }), thing, ""), -1)
	label := pieces[len(pieces)-1]
	for i := len(pieces) - 2; i >= 0 && utf8.RuneCountInString(label) <= len(pieces)-1-i && utf8.RuneCountInString(pieces[i]) == 1; i-- {
		label = pieces[i] + label
	}
	label = strings.Join(strings.Fields(label), "")
	if utf8.RuneCountInString(label) > most {
		return ""
	}
	return label
}

// setLine writes a text into a line's blank; the blanks behind it move.
func (d *docx) setLine(l *docLines, row, col int, text string) error {
	b := l.blanks[[2]int{row, col}]
	if b == nil || text == "" {
		return nil
	}
	text = strings.ReplaceAll(text, "\n", " ")
	before := d.para(b.p)
	switch {
	case b.date:
		d.setDate(b, before, text)
	case len(b.options) > 0:
		for _, m := range oneBox.FindAllStringSubmatchIndex(before.text[b.from:b.to], -1) {
			if at := b.from + m[0]; before.text[b.from+m[2]:b.from+m[3]] == text {
				_, n := utf8.DecodeRuneInString(before.text[at:])
				d.replace(before, at, at+n, "☑", false, nil)
			}
		}
	default:
		d.setBlank(b, before, text)
	}
	moved := len(d.para(b.p).text) - len(before.text)
	for _, o := range l.blanks {
		if o.p == b.p && o.from >= b.to && o != b {
			o.from, o.to = o.from+moved, o.to+moved
		}
	}
	b.to += moved
	return nil
}

// setBlank keeps the width of a blank where the text leaves some, and its line.
func (d *docx) setBlank(b *lineBlank, a para, text string) {
	blank := a.text[b.from:b.to]
	if tab := strings.IndexByte(blank, '\t'); tab >= 0 { // the tab keeps what follows in its place
		if a.isDrawn(b.from, b.to) {
			text = " " + text
		}
		d.replace(a, b.from, b.from+tab, text, false, nil)
		return
	}
	drawn := a.isDrawn(b.from, b.to)
	room := wide(blank) - wide(text)
	if drawn && room > 1 {
		text, room = " "+text, room-1
	}
	follows := b.to < len(a.text) && a.text[b.to] != '\n'
	if room <= 0 && follows && !strings.ContainsRune(lineSpace, []rune(a.text[b.to:])[0]) {
		room = 1
	}
	if drawn || follows {
		text += strings.Repeat(" ", max(room, 0))
	}
	d.replace(a, b.from, b.to, text, strings.ContainsAny(blank, lineMarks), nil)
}

// setDate writes a date into 年 月 日, each number into its own blank.
func (d *docx) setDate(b *lineBlank, a para, text string) {
	blank := a.text[b.from:b.to]
	var parts []int
	if day, err := model.ParseDate(text); err == nil && day != "" {
		parts = []int{day.Year(), int(day.Time().Month()), day.Time().Day()}
	} else if m, err := model.ParseMonth(text); err == nil && m != "" {
		parts = []int{m.First().Year(), int(m.First().Time().Month())}
	} else {
		d.replace(a, b.from, b.to, text, false, nil)
		return
	}
	ends := []int{strings.Index(blank, "年"), strings.Index(blank, "月"), strings.Index(blank, "日")}
	begins := []int{0, ends[0] + len("年"), ends[1] + len("月")}
	for i := len(ends) - 1; i >= 0; i-- { // from behind: what stands before keeps its place
		if ends[i] < 0 || i >= len(parts) {
			continue
		}
		from, to := b.from+begins[i], b.from+ends[i]
		d.replace(a, from, to, strconv.Itoa(parts[i]), strings.ContainsAny(a.text[from:to], lineMarks), nil)
		a = d.para(b.p)
	}
}

// wide gives the room of a text in half-width characters.
func wide(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case r >= 0x1100 && r != '\u2002' && r != '\u2003':
			n += 2
		default:
			n++
		}
	}
	return n
}

// linesBeside sees to the lines around a table. Beside a form of one record they belong to
// it; around a list they are no record's, and only what is the organisation's own is
// filled into them (填报单位). kept holds the bindings that a person corrected before.
func (p *Plan) linesBeside(kept map[string]string) {
	d, ok := p.form.doc.(*docx)
	if !ok {
		return
	}
	grid := d.lines[0].grid
	i := slices.IndexFunc(p.sheets, func(s *sheetPlan) bool { return s.grid == grid })
	if i < 0 {
		labels := findLabels(grid, p.words, nil)
		if known(labels) == 0 {
			return
		}
		p.sheets = append(p.sheets, &sheetPlan{grid: grid, labels: labels})
		i = len(p.sheets) - 1
	}
	if p.OfOne() || p.ByRoll() {
		for n, b := range p.Bindings() {
			if name, ok := kept[b.Heading]; ok {
				p.Bind(n, name)
			}
		}
		return
	}
	s := p.sheets[i]
	s.labels = slices.DeleteFunc(s.labels, func(l label) bool { return l.source == nil || l.source.Name != "branch" && l.source.Name != "township" })
	if len(s.labels) == 0 {
		p.sheets = slices.Delete(p.sheets, i, i+1)
	}
}
