package model

import (
	"fmt"
	"strconv"
	"strings"
)

// monthsAhead is how far a month written without its year may lie ahead, in months: one
// that lies further ahead is of last year. Dues are paid a quarter ahead at most.
const monthsAhead = 3

var (
	monthAlone  = NewPattern(`^(\d{1,2})月?份?$`)
	monthOfYear = NewPattern(`^(今年|本年|去年|上年|前年|明年)(\d{1,2})月?份?$`)
)

// monthWords are months by their distance from the present one.
var monthWords = map[string]int{"本月": 0, "这月": 0, "这个月": 0, "当月": 0, "上月": -1, "上个月": -1, "上上月": -2, "下月": 1, "下个月": 1}

// yearWords are years by their distance from the present one.
var yearWords = map[string]int{"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}

// chineseMonths writes months in digits, the longer words first.
var chineseMonths = strings.NewReplacer("十二月", "12月", "十一月", "11月", "十月", "10月", "九月", "9月", "八月", "8月", "七月", "7月",
	"六月", "6月", "五月", "5月", "四月", "4月", "三月", "3月", "二月", "2月", "一月", "1月", "元月", "1月", "正月", "1月")

// ParseMonthOn reads a month as people write it on a day: as ParseMonth does, and 10 or
// 10月 (of this year, or of last year where it would lie more than three months ahead),
// 本月, 上月, 下月, 去年12月. "" gives "". *Error: E-TYPE.
func ParseMonthOn(typed string, today Date) (Month, error) {
	s := chineseMonths.Replace(tidyDate(typed))
	if n, ok := monthWords[s]; ok {
		return today.Month().Add(n), nil
	}
	if p := monthOfYear.FindStringSubmatch(s); p != nil {
		if d, ok := NewDate(today.Year()+yearWords[p[1]], number(p[2]), 1); ok {
			return d.Month(), nil
		}
	}
	if p := monthAlone.FindStringSubmatch(s); p != nil {
		d, ok := NewDate(today.Year(), number(p[1]), 1)
		if ok && d.Month() > today.Month().Add(monthsAhead) {
			d = d.AddYears(-1)
		}
		if ok {
			return d.Month(), nil
		}
	}
	return ParseMonth(s)
}

// A quarter typed into a month field that takes one (Field.Quarter) is held as 2026-Q3,
// or Q3 where no year was typed, until Kind.Spread makes months of it. It is no month,
// so that it is never stored as one.
var (
	quarterTyped = NewPattern(`^(?:(\d{4})年?[-/.]?)?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))$`)
	quarterHeld  = NewPattern(`^(?:(\d{4})-)?Q([1-4])$`)
)

// parseQuarter reads 2026年第三季度, 2026年3季度, 2026Q3 and 三季度.
func parseQuarter(typed string) (held string, ok bool) {
	p := quarterTyped.FindStringSubmatch(tidyDate(typed))
	if p == nil {
		return "", false
	}
	n := strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4").Replace(p[2] + p[3])
	if p[1] != "" {
		return p[1] + "-Q" + n, true
	}
	return "Q" + n, true
}

// formatQuarter writes a quarter as held the Chinese way; ok is false for a month.
func formatQuarter(held string) (text string, ok bool) {
	p := quarterHeld.FindStringSubmatch(held)
	if p == nil {
		return "", false
	}
	text = "第" + [...]string{"一", "二", "三", "四"}[number(p[2])-1] + "季度"
	if p[1] != "" {
		text = p[1] + "年" + text
	}
	return text, true
}

// QuarterMonths gives the three months of a quarter that a month field holds, nil where
// it holds a month. A quarter without a year is the one nearest to the day.
func QuarterMonths(m Month, today Date) []Month {
	p := quarterHeld.FindStringSubmatch(string(m))
	if p == nil {
		return nil
	}
	year, first := number(p[1]), number(p[2])*3-2
	if p[1] == "" {
		year = today.Year()
		ahead := first + 1 - number(string(today.Month())[5:]) // to its middle month
		switch {
		case ahead > 6:
			year--
		case ahead < -6:
			year++
		}
	}
	from := Month(fmt.Sprintf("%04d-%02d", year, first))
	return []Month{from, from.Add(1), from.Add(2)}
}

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
