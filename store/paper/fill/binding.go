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
}

// Bindings lists all columns and labels in the form's order.
func (p *Plan) Bindings() []Binding {
	var all []Binding
	p.each(func(s *sheetPlan, at Area, heading string, src **Source) {
		all = append(all, Binding{Sheet: s.grid.Name, Cell: cellName(at.Top, at.Left), Heading: heading, Source: *src, Sign: *src == nil && toSign(heading)})
	})
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
	return i < n
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
		if s.table == nil {
			continue
		}
		for i := range s.table.columns {
			c := &s.table.columns[i]
			fn(s, c.at, c.heading.Text(), &c.source)
		}
	}
}

// ByRoll tells of a form of one record and those on its roll.
func (p *Plan) ByRoll() bool {
	for _, s := range p.sheets {
		if s.table != nil && s.table.byRoll {
			return true
		}
	}
	return false
}

// OfOne tells of a form that takes one record: labels, no rows.
func (p *Plan) OfOne() bool {
	for _, s := range p.sheets {
		if s.table != nil && !s.table.byRoll {
			return false
		}
	}
	return true
}
