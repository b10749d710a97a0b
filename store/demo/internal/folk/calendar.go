package folk

import (
	"fmt"

	"taizhang/model"
)

// MonthsBetween gives the months from first to last, both included.
func MonthsBetween(first, last model.Month) []model.Month {
	var all []model.Month
	for m := first; m <= last; m = m.Add(1) {
		all = append(all, m)
	}
	return all
}

// DayIn gives the n-th day of the month, or its last where it has fewer.
func DayIn(m model.Month, n int) model.Date {
	return min(m.First().AddDays(n-1), m.Last())
}

// Workday gives that day or the next one on which offices work; where that lies in
// the next month, the last working day before it.
func Workday(d model.Date) model.Date {
	for next := d; next.Month() == d.Month(); next = next.AddDays(1) {
		if open, _ := model.IsWorkday(next); open {
			return next
		}
	}
	for {
		if open, _ := model.IsWorkday(d); open {
			return d
		}
		d = d.AddDays(-1)
	}
}

// QuarterOf gives 1 to 4.
func QuarterOf(m model.Month) int { return (int(m.First().Time().Month()) + 2) / 3 }

// MonthOf gives 1 to 12.
func MonthOf(m model.Month) int { return int(m.First().Time().Month()) }

// YearOf gives the month's year.
func YearOf(m model.Month) int { return m.First().Year() }

// QuarterText writes 2026年第三季度.
func QuarterText(m model.Month) string {
	return fmt.Sprintf("%d年第%s季度", YearOf(m), ChineseDigits[QuarterOf(m)])
}

// QuarterCode gives the quarter of a month as 2026-Q1.
func QuarterCode(m model.Month) string { return fmt.Sprintf("%d-Q%d", YearOf(m), QuarterOf(m)) }

// ChineseDigits are zero to ten as they are written in a text.
var ChineseDigits = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

// LeapDay gives the last 29 February up to a day.
func LeapDay(d model.Date) model.Date {
	for year := d.Year(); ; year-- {
		if leap, ok := model.NewDate(year, 2, 29); ok && leap <= d {
			return leap
		}
	}
}
