package model_test

import (
	"testing"

	"taizhang/model"
)

// TestQuarterTyped: a month field takes a quarter only where it says so, and never holds
// one as a month.
func TestQuarterTyped(t *testing.T) {
	t.Parallel()
	takes := &model.Field{Name: "month", Label: "月份", Type: model.TypeMonth, Quarter: true}
	plain := &model.Field{Name: "month", Label: "月份", Type: model.TypeMonth}
	for _, c := range []struct {
		typed, shown string
		today        model.Date
		first        model.Month
	}{
		{"2026年第三季度", "2026年第三季度", "2026-01-01", "2026-07"},
		{"2026年三季度", "2026年第三季度", "2026-01-01", "2026-07"},
		{"2026年3季度", "2026年第三季度", "2026-01-01", "2026-07"},
		{"2026Q3", "2026年第三季度", "2026-01-01", "2026-07"},
		{"2026-q1", "2026年第一季度", "2026-01-01", "2026-01"},
		{"2026q4", "2026年第四季度", "2026-01-01", "2026-10"},
		{"三季度", "第三季度", "2026-10-31", "2026-07"},
		{"四季", "第四季度", "2027-01-05", "2026-10"}, // paid in January for last year's end
		{"Q2", "第二季度", "2026-02-10", "2026-04"},
		{"Q1", "第一季度", "2026-12-20", "2027-01"}, // in advance
		{"q4", "第四季度", "2026-06-30", "2026-10"},
	} {
		v, err := takes.Type.Parse(takes, c.typed)
		if err != nil {
			t.Errorf("%s: %v", c.typed, err)
			continue
		}
		if got := takes.Type.Format(takes, v, nil); got != c.shown {
			t.Errorf("%s is shown as %s, want %s", c.typed, got, c.shown)
		}
		held, _ := v.(string)
		months := model.QuarterMonths(model.Month(held), c.today)
		if len(months) != 3 || months[0] != c.first || months[2] != c.first.Add(2) {
			t.Errorf("%s on %s gives %v, want from %s", c.typed, c.today, months, c.first)
		}
		if takes.Type.Check(takes, v) == nil {
			t.Errorf("%s may be stored as a month", c.typed)
		}
		if again, err := takes.Type.Parse(takes, c.shown); err != nil || again != v {
			t.Errorf("%s typed again gives %v, %v", c.shown, again, err)
		}
		if _, err := plain.Type.Parse(plain, c.typed); err == nil {
			t.Errorf("%s is a month without being asked", c.typed)
		}
	}
	for _, typed := range []string{"五季度", "2026Q5", "季度", "26Q1"} {
		if v, err := takes.Type.Parse(takes, typed); err == nil {
			t.Errorf("%s is taken as %v", typed, v)
		}
	}
	if months := model.QuarterMonths("2026-07", "2026-10-31"); months != nil {
		t.Errorf("a month is a quarter: %v", months)
	}
}
