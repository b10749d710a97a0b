package county

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// A wide screen shows both lists of 报送情况: the townships, and beside them the units of the
// one that is chosen.

// besideFrom is the width from which on both lists have room, townsBeside what the townships
// then take.
const besideFrom, townsBeside = 160, 76

func (s *reporting) beside() bool { return s.w >= besideFrom && !s.flat() }

// townsCells and unitsCells are the widths of the lists.
func (s *reporting) townsCells() int {
	if s.beside() {
		return townsBeside
	}
	return s.w
}

func (s *reporting) unitsCells() int {
	if s.beside() {
		return s.w - townsBeside - ui.Width(betweenLists)
	}
	return s.w
}

const betweenLists = "│ "

// follow shows beside the townships the units of the chosen one.
func (s *reporting) follow() {
	if !s.beside() || s.inUnit {
		return
	}
	if it, ok := s.towns.Selected(); ok {
		if town, is := it.Value.(string); is && s.units.Typed() != town {
			s.units.SetTyped(town)
		}
	}
}

// at finds the list under a cell, and the cell's place in it.
func (s *reporting) at(x int) int {
	if !s.beside() {
		return x
	}
	if s.inUnit = x >= townsBeside; s.inUnit {
		x -= townsBeside + ui.Width(betweenLists)
	}
	return x
}

// lists draws the lists that there is room for.
func (s *reporting) lists(st *ui.Styles) ([]string, *tea.Cursor) {
	s.towns.Head, s.units.Head = s.townHead(), s.unitHead()
	if !s.beside() {
		s.towns.Muted, s.units.Muted = false, false
		return s.list().View(st)
	}
	s.towns.Muted, s.units.Muted = s.inUnit, !s.inUnit
	left, atTown := s.towns.View(st)
	right, atUnit := s.units.View(st)
	bar := st.Box.Render(betweenLists[:len("│")]) + " "
	lines := make([]string, len(left))
	for i := range left {
		lines[i] = ui.FitStyled(left[i], townsBeside) + bar + right[i]
	}
	if !s.inUnit {
		return lines, atTown
	}
	if atUnit != nil {
		atUnit.X += townsBeside + ui.Width(betweenLists)
	}
	return lines, atUnit
}
