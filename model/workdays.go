package model

import (
	"slices"
	"strings"
	"time"
)

// workYears holds, by year, the weekdays off (放假) and the weekend days worked
// (调休上班) of the State Council's yearly notice on holidays. A year that is not
// here counts Monday to Friday and is marked 暂按周一至周五.
var workYears = map[int]struct{ off, on string }{
	2020: {"01-01 01-24 01-27 01-28 01-29 01-30 01-31 04-06 05-01 05-04 05-05 06-25 06-26 10-01 10-02 10-05 10-06 10-07 10-08", "01-19 04-26 05-09 06-28 09-27 10-10"},
	2021: {"01-01 02-11 02-12 02-15 02-16 02-17 04-05 05-03 05-04 05-05 06-14 09-20 09-21 10-01 10-04 10-05 10-06 10-07", "02-07 02-20 04-25 05-08 09-18 09-26 10-09"},
	2022: {"01-03 01-31 02-01 02-02 02-03 02-04 04-04 04-05 05-02 05-03 05-04 06-03 09-12 10-03 10-04 10-05 10-06 10-07", "01-29 01-30 04-02 04-24 05-07 10-08 10-09"},
	2023: {"01-02 01-23 01-24 01-25 01-26 01-27 04-05 05-01 05-02 05-03 06-22 06-23 09-29 10-02 10-03 10-04 10-05 10-06", "01-28 01-29 04-23 05-06 06-25 10-07 10-08"},
	2024: {"01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03 10-04 10-07", "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"},
	2025: {"01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08", "01-26 02-08 04-27 09-28 10-11"},
	2026: {"01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07", "01-04 02-14 02-28 05-09 09-20 10-10"},
}

// ProvisionalWorkdays is said beside a count of working days that touches a year
// whose holidays are not known yet.
const ProvisionalWorkdays = "暂按周一至周五"

// IsWorkday reports whether the day is a working day; provisional when the year's
// holidays are not known.
func IsWorkday(d Date) (workday, provisional bool) {
	weekend := d.Time().Weekday() == time.Saturday || d.Time().Weekday() == time.Sunday
	year, known := workYears[d.Year()]
	if !known {
		return !weekend, true
	}
	day := string(d[5:])
	if weekend {
		return slices.Contains(strings.Fields(year.on), day), false
	}
	return !slices.Contains(strings.Fields(year.off), day), false
}

// Workdays counts the working days from first to last, both included.
func Workdays(first, last Date) (n int, provisional bool) {
	if first == "" || last == "" {
		return 0, false
	}
	for d := first; d <= last; d = d.AddDays(1) {
		w, p := IsWorkday(d)
		n += OneIf(w)
		provisional = provisional || p
	}
	return n, provisional
}

// AfterWorkdays gives the day on which n working days are full, the first day
// counted when it is one: a notice of five working days from a Monday ends on Friday.
func AfterWorkdays(first Date, n int) (last Date, provisional bool) {
	for d := first; ; d = d.AddDays(1) {
		w, p := IsWorkday(d)
		n -= OneIf(w)
		provisional = provisional || p
		if n <= 0 {
			return d, provisional
		}
	}
}

// springFestivals are the first days of the lunar year, 春节, from firstSpring on: month
// and day in the Gregorian calendar by GB/T 33661-2017 《农历的编算和颁行》, as in the
// almanac of the Purple Mountain Observatory. A test holds them to the new moons and to
// the winter solstices by which that standard counts the months.
var springFestivals = []string{
	"02-10", "01-29", "02-17", "02-06", "01-26", "02-13", // 2024 to 2029
	"02-03", "01-23", "02-11", "01-31", "02-19", "02-08", "01-28", "02-15", "02-04", "01-24", // to 2039
	"02-12", "02-01", "01-22", "02-10", "01-30", "02-17", // to 2045
}

const firstSpring = 2024

// SpringFestival gives 春节 of a calendar year; ok is false outside 2024 to 2045.
func SpringFestival(year int) (day Date, ok bool) {
	n := year - firstSpring
	if n < 0 || n >= len(springFestivals) {
		return "", false
	}
	month := int(springFestivals[n][1] - '0')
	return NewDate(year, month, int(springFestivals[n][3]-'0')*10+int(springFestivals[n][4]-'0'))
}
