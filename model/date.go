package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar day as YYYY-MM-DD, or "" for none. Dates compare as strings.
type Date string

// Month is a calendar month as YYYY-MM, or "" for none.
type Month string

// DateOf gives the calendar day of a moment in that moment's own time zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	if year < 0 || year > 9999 {
		return Date(t.Format(time.DateOnly))
	}
	return written(year, int(month), day)
}

// written gives a day of a year of four digits as YYYY-MM-DD.
func written(year, month, day int) Date {
	const digits = "0123456789"
	return Date([]byte{digits[year/1000], digits[year/100%10], digits[year/10%10], digits[year%10], '-',
		digits[month/10], digits[month%10], '-', digits[day/10], digits[day%10]})
}

// parts reads a day that exists.
func (d Date) parts() (year, month, day int, ok bool) {
	if len(d) != len(time.DateOnly) || d[4] != '-' || d[7] != '-' {
		return 0, 0, 0, false
	}
	for i := range len(d) {
		if c := d[i]; i != 4 && i != 7 && (c < '0' || c > '9') {
			return 0, 0, 0, false
		}
	}
	two := func(at int) int { return 10*int(d[at]-'0') + int(d[at+1]-'0') }
	year, month, day = 100*two(0)+two(2), two(5), two(8)
	return year, month, day, month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// NewDate builds a date; ok is false when no such day exists.
func NewDate(year, month, day int) (d Date, ok bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return "", false
	}
	return written(year, month, day), true
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// Time gives midnight UTC of the day; the zero time for "".
func (d Date) Time() time.Time {
	year, month, day, ok := d.parts()
	if !ok {
		return time.Time{}
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// Valid reports whether d is a day that exists, written YYYY-MM-DD.
func (d Date) Valid() bool {
	_, _, _, ok := d.parts()
	return ok
}

// Year gives the calendar year, 0 for "".
func (d Date) Year() int { return d.Time().Year() * OneIf(d != "") }

// Month gives the calendar month of the day.
func (d Date) Month() Month {
	if len(d) < 7 {
		return ""
	}
	return Month(d[:7])
}

// AddDays moves by calendar days.
func (d Date) AddDays(n int) Date {
	if d == "" {
		return ""
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// AddMonths moves by calendar months and stays within the month's end: one year
// after 2024-02-29 is 2025-02-28 (domain.md §3.1).
func (d Date) AddMonths(n int) Date {
	if d == "" {
		return ""
	}
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	day := min(t.Day(), daysIn(first.Year(), int(first.Month())))
	return DateOf(first.AddDate(0, 0, day-1))
}

// AddYears moves by calendar years; 29 February becomes the 28th where needed.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// DaysUntil counts the days from d to other, negative when other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.Time().Sub(d.Time()).Hours() / 24)
}

// YearsAt gives the full years between d and day: the age of one born on d. The
// year is full on the anniversary; of 29 February on 1 March in other years
// (the day after, by the Civil Code's reckoning of age).
func (d Date) YearsAt(day Date) int {
	if d == "" || day == "" || day < d {
		return 0
	}
	a, b := d.Time(), day.Time()
	years := b.Year() - a.Year()
	if b.Month() < a.Month() || b.Month() == a.Month() && b.Day() < a.Day() {
		years--
	}
	return years
}

// Chinese writes 2023年7月1日.
func (d Date) Chinese() string {
	if !d.Valid() {
		return string(d)
	}
	t := d.Time()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}

// First gives the month's first day.
func (m Month) First() Date { return Date(m + "-01") }

// Last gives the month's last day.
func (m Month) Last() Date {
	if year, month, _, ok := m.First().parts(); ok {
		return written(year, month, daysIn(year, month))
	}
	return m.First().AddMonths(1).AddDays(-1)
}

// Add moves by calendar months.
func (m Month) Add(n int) Month { return m.First().AddMonths(n).Month() }

// Valid reports whether m is a month written YYYY-MM.
func (m Month) Valid() bool { return len(m) == 7 && m.First().Valid() }

// Chinese writes 2023年7月.
func (m Month) Chinese() string {
	if !m.Valid() {
		return string(m)
	}
	t := m.First().Time()
	return fmt.Sprintf("%d年%d月", t.Year(), t.Month())
}

var (
	dateParts   = NewPattern(`^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$`)
	dateCompact = NewPattern(`^(\d{4})(\d{2})(\d{2})$`)
	monthParts  = NewPattern(`^(\d{4})[-./年](\d{1,2})月?$`)
	monthShort  = NewPattern(`^(\d{4})(\d{2})$`)
)

// ParseDate reads a day as people write it: 2023-07-01, 20230701, 2023.7.1,
// 2023/7/1, 2023年7月1日, full-width digits and marks too. "" gives "".
func ParseDate(typed string) (Date, error) {
	if d := Date(typed); d.Valid() && d >= "0001" {
		return d, nil
	}
	s := tidyDate(typed)
	if s == "" {
		return "", nil
	}
	for _, form := range []*Pattern{dateParts, dateCompact} {
		if p := form.FindStringSubmatch(s); p != nil {
			if d, ok := NewDate(number(p[1]), number(p[2]), number(p[3])); ok {
				return d, nil
			}
			return "", Errorf("E-TYPE", "没有“%s”这一天,请核对年月日", Shown(typed))
		}
	}
	return "", Errorf("E-TYPE", "“%s”不是日期,请写成 2023-07-01 或 20230701", Shown(typed))
}

// ParseMonth reads a month: 2023-07, 202307, 2023.7, 2023/7, 2023年7月.
func ParseMonth(typed string) (Month, error) {
	s := tidyDate(typed)
	if s == "" {
		return "", nil
	}
	for _, form := range []*Pattern{monthParts, monthShort} {
		if p := form.FindStringSubmatch(s); p != nil {
			if d, ok := NewDate(number(p[1]), number(p[2]), 1); ok {
				return d.Month(), nil
			}
			break
		}
	}
	return "", Errorf("E-TYPE", "“%s”不是月份,请写成 2023-07", Shown(typed))
}

var dateMarks = strings.NewReplacer("。", ".", "-", "-", "—", "-", "–", "-")

func tidyDate(typed string) string {
	return strings.Join(strings.Fields(dateMarks.Replace(HalfWidth(typed))), "")
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// OneIf gives 1 for true and 0 for false.
func OneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
