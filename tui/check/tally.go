package check

import (
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// Tally is what the rules find in all records, counted; what lists left open is no
// warning.
type Tally struct {
	Errors, Warnings int
	Gaps             []store.Gaps
}

// Text says it in a line, "" when nothing was found.
func (t Tally) Text() string {
	if t.Errors+t.Warnings+len(t.Gaps) == 0 {
		return ""
	}
	parts := []string{fmt.Sprintf("错误 %d 条", t.Errors), fmt.Sprintf("提醒 %d 条", t.Warnings)}
	for _, g := range t.Gaps {
		parts = append(parts, g.Tally.Short(g.Kind))
	}
	return strings.Join(parts, ",")
}

// Count looks through all records. It runs in a command.
func Count(app *ui.App) (Tally, error) {
	var t Tally
	var open []store.Problem
	err := app.Ledger.CheckAll(app.Ctx, func(p store.Problem) error {
		switch {
		case p.Finding.Severity == model.Fault:
			t.Errors++
		case p.Finding.Gap:
			open = append(open, p)
		default:
			t.Warnings++
		}
		return nil
	})
	_, t.Gaps = store.GatherGaps(open)
	return t, err
}
