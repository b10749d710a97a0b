package demo

import (
	"taizhang/model"
	"taizhang/store/demo/internal/folk"
)

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
func (s span) months() []model.Month { return folk.MonthsBetween(s.first, s.asOf.Month()) }

// past reports whether the day has come.
func (s span) past(d model.Date) bool { return d != "" && d <= s.asOf }

// holds reports whether the day is in the ledger's time.
func (s span) holds(d model.Date) bool { return s.opening() <= d && d <= s.asOf }
