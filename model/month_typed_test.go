package model_test

import (
	"testing"

	"taizhang/model"
)

func TestParseMonthOn(t *testing.T) {
	for _, c := range []struct {
		typed string
		today model.Date
		want  model.Month
	}{
		{"10", "2026-11-28", "2026-10"},
		{"10月", "2026-11-28", "2026-10"},
		{"10月份", "2026-11-28", "2026-10"},
		{"10", "2026-11-28", "2026-10"},
		{"十月", "2026-11-28", "2026-10"},
		{"十二月", "2026-11-28", "2026-12"},
		{"12", "2026-11-28", "2026-12"}, // a month ahead
		{"1", "2026-11-28", "2026-01"},
		{"12", "2026-01-05", "2025-12"}, // eleven months ahead would be none to have happened
		{"4", "2026-01-05", "2026-04"},  // three months ahead: dues paid for the quarter
		{"5", "2026-01-05", "2025-05"},  // four
		{"上月", "2026-01-31", "2025-12"},
		{"上个月", "2026-03-31", "2026-02"},
		{"本月", "2026-03-31", "2026-03"},
		{"下月", "2026-12-31", "2027-01"},
		{"去年12月", "2026-11-28", "2025-12"},
		{"今年3月", "2026-11-28", "2026-03"},
		{"去年十二月", "2026-11-28", "2025-12"},
		{"202307", "2026-11-28", "2023-07"},
		{"2023。7", "2026-11-28", "2023-07"},
		{"", "2026-11-28", ""},
	} {
		got, err := model.ParseMonthOn(c.typed, c.today)
		if err != nil || got != c.want {
			t.Errorf("%q on %s is %q, %v; want %q", c.typed, c.today, got, err, c.want)
		}
	}
	for _, typed := range []string{"13", "0", "去年13月", "十三月", "月", "上"} {
		if got, err := model.ParseMonthOn(typed, "2026-11-28"); err == nil {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}
