package fill

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/model"
)

// leaf is a piece of a paragraph's text: a w:t, a tab, a line end, a box of a symbol font,
// or a content control that shows what to type into it.
type leaf struct {
	n, run, in *node // in is where the run stands
	from, to   int   // in the paragraph's text, in bytes
	text       string
	underlined bool
	ask        *node // the content control
}

// para is a paragraph with its text.
type para struct {
	p      *node
	leaves []leaf
	text   string
}

// What stands in a paragraph's text for things that are no text.
const (
	thing  = "\uFFFC"       // a picture
	toType = "\u2002\u2002" // a content control that nobody has filled
)

// boxSymbols are boxes of the symbol fonts in which forms draw them.
var boxSymbols = map[string]string{"A8": "□", "6F": "□", "71": "□", "A3": "□", "FE": "☑", "52": "☑", "FD": "☒"}

// read gives a paragraph with its text.
func (d *docx) para(p *node) para {
	a := para{p: p}
	asked := map[*node]bool{}
	for _, r := range p.collect("r") {
		under := r.n.below("rPr", "u") != nil && r.n.kid("rPr").val("u") != "none"
		if ask := d.asks[r.n]; ask != nil {
			if !asked[ask] {
				asked[ask] = true
				a.add(leaf{n: r.n, run: r.n, in: r.in, text: toType, ask: ask, underlined: under})
			}
			continue
		}
		for _, k := range r.n.kids {
			if text, ok := leafText(k); ok {
				a.add(leaf{n: k, run: r.n, in: r.in, text: text, underlined: under})
			}
		}
	}
	return a
}

func leafText(k *node) (string, bool) {
	switch k.name {
	case "t":
		var b strings.Builder
		for _, piece := range k.kids {
			b.WriteString(piece.text)
		}
		return b.String(), true
	case "tab", "ptab":
		return "\t", true
	case "br", "cr":
		return "\n", true
	case "noBreakHyphen":
		return "-", true
	case "sym":
		char, _ := k.attr("char")
		if len(char) == 4 {
			if box, ok := boxSymbols[strings.ToUpper(char[2:])]; ok {
				return box, true
			}
		}
		return thing, true
	case "drawing", "pict", "object", "mc:AlternateContent":
		return thing, true
	}
	return "", false
}

func (a *para) add(l leaf) {
	l.from, l.to = len(a.text), len(a.text)+len(l.text)
	a.text += l.text
	a.leaves = append(a.leaves, l)
}

// replace puts text in place of a stretch of a paragraph's text, in the run that it
// begins in; underlined draws the line of a blank below it. near is a paragraph like
// which the text looks where this one doesn't say how.
func (d *docx) replace(a para, from, to int, text string, underlined bool, near *node) {
	at := a.leafAt(from, to)
	if at < 0 {
		d.append(a.p, text, near)
		return
	}
	first := a.leaves[at]
	for _, l := range a.leaves[at+1:] {
		if l.from < to && l.to > from {
			d.cut(l, max(from, l.from)-l.from, min(to, l.to)-l.from)
		}
	}
	switch {
	case first.ask != nil:
		d.answer(first, text)
	case underlined && !first.underlined && first.n.name == "t":
		d.split(first, max(from-first.from, 0), min(to, first.to)-first.from, text)
	case first.n.name == "t":
		d.setLeaf(first, first.text[:from-first.from]+text+first.text[max(min(to, first.to), from)-first.from:])
	default: // a tab or a box: the text stands before or behind it, or in its place
		i := slices.Index(first.run.kids, first.n)
		if from >= first.to {
			i++
		}
		first.run.insert(i, d.texts(text)...)
		if to >= first.to && from <= first.from && to > from {
			first.run.drop(func(k *node) bool { return k == first.n })
		}
	}
}

// leafAt gives the leaf in which a stretch begins; of an empty one the leaf that ends
// there, else the one that begins there.
func (a *para) leafAt(from, to int) int {
	best := -1
	for i, l := range a.leaves {
		switch {
		case to > from && l.from <= from && l.to > from:
			return i
		case to == from && l.from <= from && l.to >= from && (best < 0 || a.leaves[best].n.name != "t"):
			best = i
		}
	}
	if best < 0 && len(a.leaves) > 0 {
		best = 0
	}
	return best
}

// cut takes a stretch out of a leaf.
func (d *docx) cut(l leaf, from, to int) {
	switch {
	case l.ask != nil:
		d.answer(l, "")
	case l.n.name == "t":
		d.setLeaf(l, l.text[:from]+l.text[to:])
	default:
		l.run.drop(func(k *node) bool { return k == l.n })
	}
}

func (d *docx) setLeaf(l leaf, text string) {
	i := slices.Index(l.run.kids, l.n)
	l.run.kids = slices.Replace(l.run.kids, i, i+1, d.texts(text)...)
}

// texts makes what holds a text in a run: pieces, and line ends between them.
func (d *docx) texts(text string) []*node {
	var all []*node
	for i, line := range strings.Split(strings.ReplaceAll(text, "\t", " "), "\n") {
		if i > 0 {
			all = append(all, d.element("br"))
		}
		if line != "" {
			t := d.element("t", "xml:space", "preserve")
			t.kids = []*node{textNode(line)}
			all = append(all, t)
		}
	}
	return all
}

// split makes three runs of one: what stands before the stretch, the text underlined,
// what stands behind.
func (d *docx) split(l leaf, from, to int, text string) {
	i := slices.Index(l.run.kids, l.n)
	props := l.run.kid("rPr")
	like := func(kids []*node) *node {
		r := d.element("r")
		if props != nil {
			r.kids = append(r.kids, props.clone())
		}
		r.kids = append(r.kids, kids...)
		return r
	}
	middle := like(nil)
	if middle.kid("rPr") == nil {
		middle.insert(0, d.element("rPr"))
	}
	d.underline(middle.kid("rPr"))
	middle.kids = append(middle.kids, d.texts(text)...)
	after := slices.Concat(d.texts(l.text[to:]), l.run.kids[i+1:])
	l.run.kids = slices.Concat(l.run.kids[:i:i], d.texts(l.text[:from]))
	more := []*node{middle}
	if len(after) > 0 {
		more = append(more, like(after))
	}
	l.in.insert(slices.Index(l.in.kids, l.run)+1, more...)
}

// afterUnderline are the properties that stand behind the underline in their order.
var afterUnderline = map[string]bool{"effect": true, "bdr": true, "shd": true, "fitText": true, "vertAlign": true, "rtl": true, "cs": true,
	"em": true, "lang": true, "eastAsianLayout": true, "specVanish": true, "oMath": true, "rPrChange": true}

func (d *docx) underline(props *node) {
	props.drop(func(k *node) bool { return k.name == "u" })
	at := slices.IndexFunc(props.kids, func(k *node) bool { return afterUnderline[k.name] || strings.HasPrefix(k.name, "w14:") })
	if at < 0 {
		at = len(props.kids)
	}
	props.insert(at, d.element("u", d.prefix+"val", "single"))
}

// answer puts text into a content control that shows what to type into it.
func (d *docx) answer(l leaf, text string) {
	if props := l.ask.kid("sdtPr"); props != nil {
		props.drop(func(k *node) bool { return k.name == "showingPlcHdr" })
	}
	for r, ask := range d.asks {
		if ask != l.ask {
			continue
		}
		delete(d.asks, r)
		r.drop(func(k *node) bool { return k.name != "rPr" })
		if props := r.kid("rPr"); props != nil {
			props.drop(func(k *node) bool { return k.name == "rStyle" })
		}
	}
	l.run.kids = append(l.run.kids, d.texts(text)...)
}

// append puts text into a paragraph without any, in the look that its own properties or
// its empty run give, or else that of near.
func (d *docx) append(p *node, text string, near *node) {
	if text == "" {
		return
	}
	runs := p.collect("r")
	if len(runs) > 0 {
		readable(runs[0].n.kid("rPr"))
		runs[0].n.kids = append(runs[0].n.kids, d.texts(text)...)
		return
	}
	if props := nearPara(p, near); props != nil {
		p.insert(0, props)
	}
	r := d.element("r")
	if props := d.runProps(p, near); props != nil {
		r.kids = append(r.kids, props)
	}
	r.kids = append(r.kids, d.texts(text)...)
	p.kids = append(p.kids, r)
}

// leastSize is the size below which nobody reads, in half points: blank cells are made
// low by that.
const leastSize = 10

// readable takes a size out in which no text is meant.
func readable(props *node) {
	if props == nil {
		return
	}
	props.drop(func(k *node) bool {
		v, _ := k.attr("val")
		n, err := strconv.Atoi(v)
		return (k.name == "sz" || k.name == "szCs") && err == nil && n < leastSize
	})
}

// nearPara gives the spacing and alignment of near for a paragraph that says nothing.
func nearPara(p, near *node) *node {
	if near == nil || p.kid("pPr") != nil || near.kid("pPr") == nil {
		return nil
	}
	props := near.kid("pPr").clone()
	props.drop(func(k *node) bool {
		return !slices.Contains([]string{"pStyle", "snapToGrid", "spacing", "jc", "textAlignment"}, k.name)
	})
	if len(props.kids) == 0 {
		return nil
	}
	return props
}

// runProps gives the look of a new run: that of the paragraph's own mark, else that of
// near, which is a label, without its bold type and its line.
func (d *docx) runProps(p, near *node) *node {
	clean := func(props *node, drop ...string) *node {
		c := props.clone()
		c.name = "rPr"
		c.drop(func(k *node) bool {
			return slices.Contains([]string{"ins", "del", "moveFrom", "moveTo", "rPrChange", "rStyle"}, k.name) || slices.Contains(drop, k.name)
		})
		readable(c)
		if len(c.kids) == 0 {
			return nil
		}
		return c
	}
	if own := p.below("pPr", "rPr"); own != nil {
		return clean(own)
	}
	if near == nil || p.below("pPr", "pStyle") != nil {
		return nil
	}
	for _, r := range near.collect("r") {
		if props := r.n.kid("rPr"); props != nil {
			return clean(props, "b", "bCs", "u", "highlight", "color")
		}
	}
	if props := near.below("pPr", "rPr"); props != nil {
		return clean(props, "b", "bCs", "u", "highlight", "color")
	}
	return nil
}

// plainText writes a value as a document shows it: dates as 2026-10-31, numbers without
// idle digits.
func plainText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return model.Clean(v, true)
	case time.Time:
		return v.Format(time.DateOnly)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
