package table

import (
	"slices"
	"strings"

	"taizhang/tui/ui"
)

// sumLabel begins the line of sums.
const sumLabel = "合计"

// footed tells whether a column on the screen adds up: then the last line holds the sums
// over all rows of the view as it is filtered, not only those on the screen.
func (t *tableScreen) footed() bool {
	if len(t.win.rows) == 0 {
		return false
	}
	cols, _ := t.layout()
	return slices.ContainsFunc(cols, func(c placed) bool { return c.sums() })
}

// drawSums draws the line of sums, each ending where its column ends. One that is wider
// than its column reaches to the left of it.
func (t *tableScreen) drawSums(cols []placed, width int) string {
	line := strings.Repeat(" ", lead)
	if len(cols) > 0 && !cols[0].sums() && (t.win.total < 0 || len(t.sums) > 0) {
		line += sumLabel
	}
	for _, c := range cols {
		if !c.sums() {
			continue
		}
		text := t.sumText(c.column)
		at := max(c.x+c.w-ui.Width(text), ui.Width(line)+1)
		line += strings.Repeat(" ", at-ui.Width(line)) + text
	}
	return t.app.Styles.Title.Render(ui.FitStyled(line, width))
}

// sumText writes a column's sum; nothing where no row holds a number.
func (t *tableScreen) sumText(c column) string {
	if t.win.total < 0 {
		return "…"
	}
	n, ok := t.sums[c.name]
	if !ok {
		return ""
	}
	return c.field.Type.Format(c.field, n, nil)
}
