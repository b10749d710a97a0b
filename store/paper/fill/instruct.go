package fill

import (
	"slices"
	"strings"

	"taizhang/model"
)

// This file reads the instructions of a form: notes below a table or on a sheet of their
// own that say how something is to be written.

var (
	sayHow    = model.NewPattern(`格式|例如|如[:\x{FF1A}"“]?\s*\d|样式|统一|填写为|填写到|精确|打[“"]?√`)
	ofAll     = model.NewPattern(`(日期|时间|年月)[^,\x{FF0C};\x{FF1B}。]{0,6}(格式|统一|均|一律|按)|(格式|统一|均|一律)[^,\x{FF0C};\x{FF1B}。]{0,8}(日期|时间|年月)`)
	sentences = model.NewPattern(`[\n;\x{FF1B}。]`)
)

// instructions lists the sentences of all sheets that say how to write something.
func instructions(grids []*Grid) []string {
	var all []string
	for _, g := range grids {
		for _, text := range g.text {
			if len(text) > 4000 {
				continue
			}
			for _, s := range sentences.Split(text, -1) {
				if s = dropSpaces.Replace(s); sayHow.MatchString(s) {
					all = append(all, s)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

// instruct gives the columns and labels the instructions that speak of them, as the last
// of their hints.
func (p *Plan) instruct() {
	said := instructions(p.form.doc.grids())
	if len(said) == 0 {
		return
	}
	for _, s := range p.sheets {
		for _, t := range s.tables {
			for i := range t.columns {
				h := &t.columns[i].heading
				h.hints = append(h.hints, about(h.leaf(), said)...)
			}
		}
		for i := range s.labels {
			l := &s.labels[i]
			l.hints = append(l.hints, about(l.text, said)...)
		}
	}
}

// about gives what the sentences say of a heading, from its name on; then what they say
// of all dates.
func about(leaf string, said []string) []string {
	name := bare(leaf)
	if len([]rune(name)) < 2 {
		return nil
	}
	var own, all []string
	for _, s := range said {
		if _, rest, ok := strings.Cut(s, name); ok {
			own = append(own, rest)
		} else if ofAll.MatchString(s) {
			all = append(all, s)
		}
	}
	return append(own, all...)
}
