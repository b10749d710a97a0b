package demo

import (
	"fmt"

	"taizhang/model"
)

// monthsBetween gives the months from first to last, both included.
func monthsBetween(first, last model.Month) []model.Month {
	var all []model.Month
	for m := first; m <= last; m = m.Add(1) {
		all = append(all, m)
	}
	return all
}

// dayIn gives the n-th day of the month, or its last where it has fewer.
func dayIn(m model.Month, n int) model.Date {
	return min(m.First().AddDays(n-1), m.Last())
}

// workday gives that day or the next one on which offices work; where that lies in
// the next month, the last working day before it.
func workday(d model.Date) model.Date {
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

// quarterOf gives 1 to 4.
func quarterOf(m model.Month) int { return (int(m.First().Time().Month()) + 2) / 3 }

func monthOf(m model.Month) int { return int(m.First().Time().Month()) }

func yearOf(m model.Month) int { return m.First().Year() }

// quarterText writes 2026年第三季度.
func quarterText(m model.Month) string {
	return fmt.Sprintf("%d年第%s季度", yearOf(m), chineseDigits[quarterOf(m)])
}

// quarterCode gives the quarter of a month as 2026-Q1.
func quarterCode(m model.Month) string { return fmt.Sprintf("%d-Q%d", yearOf(m), quarterOf(m)) }

var chineseDigits = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

// span is the time for which the demo has records: the ledger's year.
type span struct {
	first model.Month // the ledger's first month; its first day opens it
	asOf  model.Date
}

// yearTo gives the twelve months that end with that day's.
func yearTo(asOf model.Date) span { return span{asOf.Month().Add(-11), asOf} }

// opening is the day on which the ledger begins.
func (s span) opening() model.Date { return s.first.First() }

// months gives the ledger's months.
func (s span) months() []model.Month { return monthsBetween(s.first, s.asOf.Month()) }

// past reports whether the day has come.
func (s span) past(d model.Date) bool { return d != "" && d <= s.asOf }

// holds reports whether the day is in the ledger's time.
func (s span) holds(d model.Date) bool { return s.opening() <= d && d <= s.asOf }
