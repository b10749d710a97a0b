package model

import (
	"fmt"
	"regexp"
	"strings"
)

// A quarter typed into a month field that takes one (Field.Quarter) is held as 2026-Q3,
// or Q3 where no year was typed, until Kind.Spread makes months of it. It is no month,
// so that it is never stored as one.
var (
	quarterTyped = regexp.MustCompile(`^(?:(\d{4})年?[-/.]?)?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))$`)
	quarterHeld  = regexp.MustCompile(`^(?:(\d{4})-)?Q([1-4])$`)
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
