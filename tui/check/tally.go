package check

import (
	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// Tally is what the rules find in all records, counted.
type Tally struct{ Errors, Warnings int }

// Count looks through all records. It runs in a command.
func Count(app *ui.App) (Tally, error) {
	var t Tally
	err := app.Ledger.CheckAll(app.Ctx, func(p store.Problem) error {
		if p.Finding.Severity == model.Fault {
			t.Errors++
		} else {
			t.Warnings++
		}
		return nil
	})
	return t, err
}
