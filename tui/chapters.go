package tui

import (
	"fmt"
	"strings"

	"taizhang/tui/manual"
	"taizhang/tui/ui"
)

// screenChapters says which chapter of the manual fits a screen: by its type, else by the
// folder of it.
var screenChapters = map[string]string{
	"tui.firstRun":   "first-day",
	"tui.ledgerForm": "first-day",
	"tui.cardList":   "first-day",
	"tui.keyTry":     "keys",
	"tui.menu":       "every-day",
	"tui.restore":    "new-computer",
	"tui.opening":    "forgotten",
	"tui.forgotten":  "forgotten",
	"tui.damaged":    "damaged",
	"tui.repairPage": "damaged",

	"admission":  "every-day",
	"backups":    "new-computer",
	"check":      "month-end",
	"clearing":   "year-end",
	"compare":    "year-end",
	"county":     "county-week",
	"dues":       "every-day",
	"election":   "every-day",
	"fill":       "every-day",
	"form":       "every-day",
	"history":    "every-day",
	"homecoming": "year-end",
	"inbox":      "month-end",
	"many":       "every-day",
	"monthend":   "month-end",
	"paper":      "every-day",
	"practice":   "first-day",
	"profile":    "every-day",
	"settings":   "first-day",
	"shelf":      "year-end",
	"stats":      "year-end",
	"summary":    "year-end",
	"table":      "every-day",
	"today":      "every-day",
	"transfer":   "every-day",
	"work":       "every-day",

	"county.keys":      "county-computer",
	"county.keyAsk":    "county-computer",
	"county.keyForm":   "county-computer",
	"county.secretBox": "county-computer",
	"county.upward":    "city",
}

// chapterOf gives the chapter that fits a screen; false for the manual's own screens. What
// is of every day, month or year in a village is the week's work at a county; a township
// that looks at an extract has a chapter of its own, and so have a city and a province.
func chapterOf(app *ui.App, s ui.Screen) (manual.Chapter, bool) {
	name := typeName(s)
	folder, _, _ := strings.Cut(name, ".")
	if folder == "manual" {
		return manual.Chapter{}, false
	}
	key := screenChapters[name]
	if key == "" {
		key = screenChapters[folder]
	}
	if key == "every-day" || key == "month-end" || key == "year-end" {
		switch {
		case app.Ledger != nil && app.Ledger.Extract() != nil:
			key = "township"
		case app.County:
			key = "county-week"
		}
	}
	if key == "county-week" && app.Above != "" {
		key = "city"
	}
	for _, c := range manual.Chapters() {
		if c.Key == key {
			return c, true
		}
	}
	return manual.Chapters()[0], true
}

// typeName is a screen's type without the package's path: monthend.MonthEnd.
func typeName(s ui.Screen) string { return strings.TrimLeft(fmt.Sprintf("%T", s), "*") }
