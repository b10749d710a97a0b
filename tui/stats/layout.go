package stats

// panel is where a picture is drawn.
type panel struct{ picture, x, w int }

// shelf holds pictures beside each other, all with room for so many rows.
type shelf struct {
	panels []panel
	rows   int
}

const (
	headRows   = 2  // of a picture: what its bars show, a space
	columnFrom = 58 // cells that a column of pictures takes at least
	plainBar   = 20 // cells in which a bar is still read well
)

// columns is how many pictures have room beside each other.
func (p *page) columns() int { return max(1, min(3, (p.w+between)/(columnFrom+between))) }

// room is the number of rows for pictures.
func (p *page) room() int { return max(p.h-1-footRows, headRows+1) }

// rowRoom is how many rows of a picture are in sight at once.
func (p *page) rowRoom(at int) int {
	return max(1, min(len(p.pictures[at].rows), p.room()-headRows))
}

// span is how many columns of w cells a picture needs, of n.
func (c picture) span(w, n int) int {
	label, numbers := c.words()
	need := label + numbers + fixed + plainBar
	s := 1
	for s < n && s*w+(s-1)*between < need {
		s++
	}
	return s
}

// shelves puts the pictures beside and below each other, in their order and in columns
// of one width, so that a wide screen shows all of them.
func (p *page) shelves() []shelf {
	n := p.columns()
	w := (p.w - (n-1)*between) / n
	var all []shelf
	used := n // columns of the last shelf
	for i, c := range p.pictures {
		s := c.span(w, n)
		if used+s > n {
			all, used = append(all, shelf{}), 0
		}
		last := &all[len(all)-1]
		last.panels = append(last.panels, panel{i, used * (w + between), s*w + (s-1)*between})
		last.rows = max(last.rows, p.rowRoom(i))
		used += s
	}
	return all
}

// sheet gives the shelves that are in sight together: those among which the picture with
// the focus is.
func (p *page) sheet() []shelf {
	var sheet []shelf
	height, here := 0, false
	for _, s := range p.shelves() {
		need := headRows + s.rows
		if len(sheet) > 0 && height+1+need > p.room() {
			if here {
				break
			}
			sheet, height = nil, 0
		}
		if len(sheet) > 0 {
			height++
		}
		sheet, height = append(sheet, s), height+need
		for _, at := range s.panels {
			here = here || at.picture == p.at
		}
	}
	return sheet
}
