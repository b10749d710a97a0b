package practice

import (
	"strings"
	"testing"

	"taizhang/store/practice"
	"taizhang/tui/ui"
)

// TestLinesFit: the line of each task fits into 78 cells, with function keys and with Ctrl
// keys, and names no function key where those don't arrive.
func TestLinesFit(t *testing.T) {
	for _, ctrl := range []bool{false, true} {
		s := ui.NewStyles(true)
		s.CtrlKeys = ctrl
		var d practice.Done
		for i := range practice.Tasks + 1 {
			line := Line(s, d)
			if n := ui.Width(line); n > 78 {
				t.Errorf("%d cells: %s", n, line)
			}
			if strings.Contains(line, "{") || ctrl && strings.Contains(line, " F") {
				t.Errorf("the line is %s", line)
			}
			if i < practice.Tasks {
				if n := ui.Width(DoneLine(i, d)); n > 78 {
					t.Errorf("%d cells: %s", n, DoneLine(i, d))
				}
				d[i] = true
			}
		}
	}
}
