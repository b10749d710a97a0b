package fill

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Binding is one column or label of a form with what it is filled with.
type Binding struct {
	Sheet   string
	Cell    string // of the heading or the blank, as the spreadsheet names it: C4
	Heading string
	Source  *Source // nil: nothing known, stays blank
	Sign    bool    // a place to sign, which stays blank
	Formula bool    // the form reckons the column itself, and it is left alone
}

// Bindings lists all columns and labels in the form's order.
func (p *Plan) Bindings() []Binding {
	var all []Binding
	p.each(func(s *sheetPlan, at Area, heading string, src **Source) {
		all = append(all, Binding{Sheet: s.grid.Name, Cell: cellName(at.Top, at.Left), Heading: heading, Source: *src, Sign: *src == nil && toSign(heading)})
	})
	n := 0
	for _, s := range p.sheets {
		n += len(s.labels)
		for _, t := range s.tables {
			for _, c := range t.columns {
				all[n].Formula = len(t.body) > 0 && s.grid.formula[[2]int{t.body[0], c.at.Left}]
				n++
			}
		}
	}
	return all
}

// Bind corrects the binding of that number in Bindings: by a source's name, "" leaves
// the column blank. It tells whether there is such a source.
func (p *Plan) Bind(i int, name string) bool {
	s := p.words.byName(name)
	if s == nil && name != "" {
		return false
	}
	n := 0
	p.each(func(_ *sheetPlan, _ Area, _ string, src **Source) {
		if n == i {
			*src = s
		}
		n++
	})
	return i >= 0 && i < n
}

// Place gives the number in Bindings of the column or label at a cell (C4, or 党费!C4
// where several sheets are filled), -1 for none.
func (p *Plan) Place(cell string) int {
	sheetName, at, ok := strings.Cut(cell, "!")
	if !ok {
		sheetName, at = "", cell
	}
	for i, b := range p.Bindings() {
		if strings.EqualFold(b.Cell, at) && (sheetName == "" || b.Sheet == sheetName) {
			return i
		}
	}
	return -1
}

// Sources are all that a column can be filled with, in the order of the kind's form.
func (p *Plan) Sources() []*Source { return p.words.all }

// Headings identifies forms of the same headings, whatever their names and titles: it is
// the key under which corrected bindings are kept.
func (p *Plan) Headings() string {
	parts := []string{p.Kind.Name}
	p.each(func(_ *sheetPlan, _ Area, heading string, _ **Source) { parts = append(parts, key(heading)) })
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

func (p *Plan) each(fn func(*sheetPlan, Area, string, **Source)) {
	for _, s := range p.sheets {
		for i := range s.labels {
			fn(s, s.labels[i].blank, s.labels[i].text, &s.labels[i].source)
		}
		for _, t := range s.tables {
			for i := range t.columns {
				c := &t.columns[i]
				fn(s, c.at, c.heading.Text(), &c.source)
			}
		}
	}
}

// ByRoll tells of a form of one record and those on its roll.
func (p *Plan) ByRoll() bool {
	for _, s := range p.sheets {
		for _, t := range s.tables {
			if t.byRoll {
				return true
			}
		}
	}
	return false
}

// OfOne tells of a form that takes one record: labels, no rows.
func (p *Plan) OfOne() bool {
	for _, s := range p.sheets {
		if s.list() {
			return false
		}
	}
	return true
}
