package model

import (
	"regexp"
	"strings"
)

// monthsAhead is how far a month written without its year may lie ahead, in months: one
// that lies further ahead is of last year. Dues are paid a quarter ahead at most.
const monthsAhead = 3

var (
	monthAlone  = regexp.MustCompile(`^(\d{1,2})月?份?$`)
	monthOfYear = regexp.MustCompile(`^(今年|本年|去年|上年|前年|明年)(\d{1,2})月?份?$`)
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
