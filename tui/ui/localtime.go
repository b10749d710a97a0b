package ui

import (
	"strings"
	"time"
)

// LocalTime shows a stamp of the ledger (YYYY-MM-DDThh:mm:ssZ) by the clock on
// the wall; anything else is given back as it is.
func LocalTime(stamp string) string {
	t, err := time.Parse("2006-01-02T15:04:05Z", stamp)
	if err != nil {
		return stamp
	}
	return t.Local().Format("2006-01-02 15:04")
}

// LocalDay is the day of LocalTime alone.
func LocalDay(stamp string) string {
	d, _, _ := strings.Cut(LocalTime(stamp), " ")
	return d
}
