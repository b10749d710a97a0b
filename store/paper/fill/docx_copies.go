package fill

import (
	"fmt"
	"slices"
)

// multiply holds the document several times, each time on a new page, and gives the grids
// of the copies that are as the given one. A second call gives those of another grid.
func (d *docx) multiply(g *Grid, names []string) ([]*Grid, error) {
	if d.first == nil {
		d.first = d.all
		d.copy(len(names))
	}
	at := slices.Index(d.first, g)
	if at < 0 || len(d.all) != len(d.first)*len(names) {
		return nil, fmt.Errorf("fill: %d copies of %s", len(names), g.Name)
	}
	all := make([]*Grid, len(names))
	for i := range all {
		all[i] = d.all[i*len(d.first)+at]
	}
	return all, nil
}

// copy makes the text n times; the page's own layout stays behind the last.
func (d *docx) copy(n int) {
	var content, layout []*node
	for _, k := range d.body.kids {
		if k.name == "sectPr" || layout != nil {
			layout = append(layout, k)
		} else {
			content = append(content, k)
		}
	}
	parts := make([]*node, n)
	for i := range parts {
		parts[i] = &node{name: "body", kids: content}
		if i == 0 {
			continue
		}
		parts[i] = parts[i].clone()
		parts[i].walk(func(k *node) bool {
			k.without("paraId", "textId")
			k.drop(func(m *node) bool {
				return once[m.name] && m.name != "showingPlcHdr" || k.name == "sdtPr" && m.name == "id"
			})
			return true
		})
		d.onNewPage(parts[i])
	}
	d.body.kids = nil
	for _, part := range parts {
		d.body.kids = append(d.body.kids, part.kids...)
	}
	d.body.kids = append(d.body.kids, layout...)
	d.read(parts...)
}

// onNewPage begins a copy on a page of its own.
func (d *docx) onNewPage(part *node) {
	at := slices.IndexFunc(part.kids, func(k *node) bool { return k.name != "" })
	if at < 0 {
		return
	}
	p := part.kids[at]
	if p.name != "p" { // a table: a line before it that takes next to no room
		p = d.element("p")
		part.insert(at, p)
	}
	if p.kid("pPr") == nil {
		p.insert(0, d.element("pPr"))
	}
	props := p.kid("pPr")
	before := slices.IndexFunc(props.kids, func(k *node) bool { return !slices.Contains([]string{"pStyle", "keepNext", "keepLines"}, k.name) })
	if before < 0 {
		before = len(props.kids)
	}
	props.drop(func(k *node) bool { return k.name == "pageBreakBefore" })
	props.insert(min(before, len(props.kids)), d.element("pageBreakBefore"))
}
