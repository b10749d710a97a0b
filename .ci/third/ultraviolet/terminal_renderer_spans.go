package uv

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// This file is not upstream's: see README.md. It lets a row with wide cells be brought in
// line cell by cell where every terminal agrees how wide its cells are.

// agreedWidth reports whether every terminal takes the cell to be as wide as the model
// does: printable ASCII and box drawings are one column, and the East Asian characters
// that are wide in every version of Unicode are two. Emoji, clusters of several code
// points and characters of ambiguous width (· … “) are none of these.
func agreedWidth(c *Cell) bool {
	if len(c.Content) == 1 {
		return c.Width == 1 && c.Content[0] >= 0x20 && c.Content[0] < 0x7f
	}
	r, n := utf8.DecodeRuneInString(c.Content)
	if n != len(c.Content) {
		return false
	}
	switch {
	case r >= 0x2500 && r <= 0x259F: // box drawings, blocks
		return c.Width == 1
	case r == 0x3030, r == 0x303D, r == 0x303F, r >= 0x302A && r <= 0x302F, r == 0x3099, r == 0x309A,
		r == 0x3297, r == 0x3299, r >= 0x3248 && r <= 0x324F, r >= 0x4DC0 && r <= 0x4DFF:
		// Emoji, combining marks, circled numbers and hexagrams amid the wide ones.
		return false
	case r >= 0x3000 && r <= 0x30FF, // punctuation, kana
		r >= 0x3220 && r <= 0x33FF, // enclosed and squared characters
		r >= 0x3400 && r <= 0x9FFF, // ideographs
		r >= 0xAC00 && r <= 0xD7A3, // Hangul
		r >= 0xF900 && r <= 0xFAFF, // compatibility ideographs
		r >= 0xFE30 && r <= 0xFE4F, // vertical punctuation
		r >= 0xFF01 && r <= 0xFF60, // full-width forms
		r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x20000 && r <= 0x2FFFD, r >= 0x30000 && r <= 0x3FFFD:
		return c.Width == 2
	}
	return false
}

// wellFormed reports whether each wide cell of the line is followed by its placeholders,
// and each placeholder belongs to one.
func wellFormed(line Line) bool {
	for x := 0; x < len(line); {
		w := line[x].Width
		if w < 1 || x+w > len(line) {
			return false
		}
		for i := 1; i < w; i++ {
			if line[x+i].Width != 0 {
				return false
			}
		}
		x += w
	}
	return true
}

func sameCells(a, b Line) bool {
	if len(a) != len(b) {
		return false
	}
	for x := range a {
		if !a[x].Equal(&b[x]) {
			return false
		}
	}
	return true
}

// edge reports whether no cell of either line reaches across the left side of column x.
func edge(oldLine, newLine Line, x int) bool {
	return x >= len(oldLine) || oldLine[x].Width != 0 && newLine[x].Width != 0
}

// agreedUntil gives the column up to which both lines hold only cells of agreed width, an
// edge of both.
func agreedUntil(oldLine, newLine Line) int {
	for x := range newLine {
		o, n := &oldLine[x], &newLine[x]
		if (o.Width == 0 || agreedWidth(o)) && (n.Width == 0 || agreedWidth(n)) {
			continue
		}
		for !edge(oldLine, newLine, x) {
			x--
		}
		return x
	}
	return len(newLine)
}

// paintSpans brings row y in line by writing the spans of cells that differ, whole cells
// of the old line and the new one, so that no half of a wide cell is ever written over
// alone. From the first cell on about whose width a terminal may think otherwise the row
// is written anew as repaintLine does, if anything there differs. It reports false, and
// does nothing, when a line is not made of whole cells.
func (s *TerminalRenderer) paintSpans(newbuf *RenderBuffer, y int) bool {
	oldLine, newLine := s.curbuf.Line(y), newbuf.Line(y)
	if len(oldLine) != len(newLine) || len(newLine) != newbuf.Width() || !wellFormed(oldLine) || !wellFormed(newLine) {
		return false
	}
	until := agreedUntil(oldLine, newLine)
	end, erase := until, false
	if until == len(newLine) {
		end, erase = eraseFrom(oldLine, newLine)
	}
	for from := 0; from < end; {
		to := nextEdge(oldLine, newLine, from)
		if sameCells(oldLine[from:to], newLine[from:to]) {
			from = to
			continue
		}
		to = spanEnd(oldLine, newLine, to, end)
		s.moveWithout(newbuf, from, y)
		for x := from; x < min(to, end); x++ {
			s.putCell(newbuf, newLine.At(x))
		}
		from = to
	}
	switch {
	case erase:
		s.moveWithout(newbuf, end, y)
		s.updatePen(nil)
		_, _ = s.buf.WriteString(ansi.EraseLineRight)
	case until < len(newLine) && !sameCells(oldLine[until:], newLine[until:]):
		s.repaintFrom(newbuf, until, y)
	}
	copy(oldLine, newLine)
	return true
}

func nextEdge(oldLine, newLine Line, x int) int {
	for x++; !edge(oldLine, newLine, x); x++ {
	}
	return x
}

// spanEnd gives where a span ends that differs up to the edge `to`: cells that are the
// same are written over when that takes no more bytes than moving across them.
func spanEnd(oldLine, newLine Line, to, end int) int {
	const move = 4 // a short move across a few cells
	for to < end {
		gap, bytes := to, 0
		for gap < end {
			next := nextEdge(oldLine, newLine, gap)
			if !sameCells(oldLine[gap:next], newLine[gap:next]) {
				break
			}
			for x := gap; x < next; x++ {
				bytes += len(newLine[x].Content)
				if !newLine[x].Style.Equal(&newLine[to-1].Style) || !newLine[x].Link.Equal(&newLine[to-1].Link) {
					bytes = move + 1 // and the styles
				}
			}
			if bytes > move {
				return to
			}
			gap = next
		}
		if gap >= end {
			return to
		}
		to = nextEdge(oldLine, newLine, gap)
	}
	return to
}

// eraseFrom gives the column from which on the new line is empty, and whether to erase
// from there on takes fewer bytes than to write the blanks that differ.
func eraseFrom(oldLine, newLine Line) (x int, erase bool) {
	x = len(newLine)
	differ := 0
	for x > 0 && newLine[x-1].Equal(&EmptyCell) {
		x--
		if !oldLine[x].Equal(&EmptyCell) {
			differ++
		}
	}
	if differ <= len(ansi.EraseLineRight) {
		return len(newLine), false
	}
	return x, true
}

// moveWithout moves as move does, but writes none of the new buffer's cells on the way:
// the way may begin or end inside a wide one.
func (s *TerminalRenderer) moveWithout(newbuf *RenderBuffer, x, y int) {
	if y != s.cur.Y && !s.clearBlank().Equal(&EmptyCell) {
		s.updatePen(nil)
	}
	if s.atPhantom {
		s.cur.X = 0
		_ = s.buf.WriteByte('\r')
		s.atPhantom = false
	}
	switch {
	case y != s.cur.Y || s.cur.X < 0:
		s.moveCursor(newbuf, x, y, false)
	case x != s.cur.X: // within the row that is shorter than a place on the screen
		_, _ = s.buf.WriteString(relativeCursorMove(s, newbuf, s.cur.X, y, x, y, false, false, false))
		s.cur.X = x
	}
}

// repaintFrom writes row y anew from column x on, with autowrap off and an absolute move
// behind it, as repaintLine and reanchorWideLine do for a whole row.
func (s *TerminalRenderer) repaintFrom(newbuf *RenderBuffer, x, y int) {
	newLine := newbuf.Line(y)
	last := x - 1
	for i := x; i < len(newLine); i++ {
		if !newLine[i].Equal(&EmptyCell) {
			last = i
		}
	}
	s.moveWithout(newbuf, x, y)
	s.updatePen(nil)
	_, _ = s.buf.WriteString(ansi.EraseLineRight)
	if last < x {
		return
	}
	s.noWrapLine = true
	_, _ = s.buf.WriteString(ansi.ResetModeAutoWrap)
	for ; x <= last; x++ {
		s.putCell(newbuf, newLine.At(x))
	}
	s.noWrapLine = false
	_, _ = s.buf.WriteString(ansi.SetModeAutoWrap)
	s.reanchorWideLine(newbuf)
}
