package ui

import "strings"

// Bar draws a share in tenths of a percent in so many cells; ┃ stands where the goal, a
// percentage, is, and nowhere for 0.
func Bar(permille int64, goal, cells int) string {
	full := int(min(max(permille, 0)*int64(cells)/1000, int64(cells)))
	at := -1
	if goal > 0 {
		at = min(max(goal*cells/100, 1), cells) - 1
	}
	var b strings.Builder
	for i := range cells {
		switch {
		case i == at:
			b.WriteString("┃")
		case i < full:
			b.WriteString("█")
		default:
			b.WriteString("░")
		}
	}
	return b.String()
}

// Fill draws n of most in so many cells, and after it up to of, what is missing of n:
// full blocks for what is there, light ones for the rest. What is not 0 has a cell at
// least, so that it is seen.
func Fill(n, of, most int64, cells int) string {
	a, b := share(n, most, cells), share(max(of, n), most, cells)
	if b == a && of > n {
		if a == cells {
			a--
		} else {
			b++
		}
	}
	return strings.Repeat("█", a) + strings.Repeat("░", b-a)
}

func share(n, most int64, cells int) int {
	if n <= 0 || most <= 0 || cells <= 0 {
		return 0
	}
	return min(max(int((n*int64(cells)*2+most)/(2*most)), 1), cells)
}
