package model

import (
	"fmt"
	"strconv"
	"strings"
)

// Period is a calendar month, quarter or year: the time in which a duty that comes again
// and again has to be done once.
type Period struct {
	Key         string // 2026-11, 2026-Q4 or 2026
	First, Last Date
}

// MonthPeriod gives a month as a period.
func MonthPeriod(m Month) Period { return Period{string(m), m.First(), m.Last()} }

// QuarterPeriod gives the quarter in which a month lies.
func QuarterPeriod(m Month) Period {
	n := (int(m.First().Time().Month()) - 1) / 3
	first := Month(fmt.Sprintf("%s-%02d", string(m)[:4], n*3+1))
	return Period{fmt.Sprintf("%s-Q%d", string(m)[:4], n+1), first.First(), first.Add(2).Last()}
}

// YearPeriod gives the calendar year of a day.
func YearPeriod(day Date) Period {
	year := string(day)[:4]
	return Period{year, Date(year + "-01-01"), Date(year + "-12-31")}
}

// ParsePeriod reads a period's key; ok is false for what is none.
func ParsePeriod(key string) (p Period, ok bool) {
	year, rest, _ := strings.Cut(key, "-")
	if n, err := strconv.Atoi(year); err != nil || n < 1000 || n > 9999 {
		return Period{}, false
	}
	switch {
	case key == year:
		p = YearPeriod(Date(year))
	case strings.HasPrefix(rest, "Q"):
		n, err := strconv.Atoi(rest[1:])
		if err != nil || n < 1 || n > 4 {
			return Period{}, false
		}
		p = QuarterPeriod(Month(fmt.Sprintf("%s-%02d", year, n*3)))
	case Date(key + "-01").Valid():
		p = MonthPeriod(Month(key))
	}
	return p, p.Key == key && key != ""
}

// Before gives the period just before this one, of the same length.
func (p Period) Before() Period {
	day := p.First.AddDays(-1)
	switch {
	case len(p.Key) == len("2026"):
		return YearPeriod(day)
	case strings.Contains(p.Key, "Q"):
		return QuarterPeriod(day.Month())
	}
	return MonthPeriod(day.Month())
}

// Chinese writes 2026年11月, 2026年第四季度 or 2026年.
func (p Period) Chinese() string {
	switch {
	case len(p.Key) == len("2026"):
		return p.Key + "年"
	case strings.Contains(p.Key, "Q"):
		return fmt.Sprintf("%s年第%s季度", p.Key[:4], []string{"一", "二", "三", "四"}[p.Key[len(p.Key)-1]-'1'])
	}
	return Month(p.Key).Chinese()
}

// Present says the period as the one that runs: 本月, 本季, 今年.
func (p Period) Present() string {
	switch {
	case len(p.Key) == len("2026"):
		return "今年"
	case strings.Contains(p.Key, "Q"):
		return "本季"
	}
	return "本月"
}
