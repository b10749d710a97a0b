package model_test

import (
	"testing"

	"taizhang/model"
)

func TestWorkdays(t *testing.T) {
	cases := []struct {
		name        string
		first, last model.Date
		want        int
		provisional bool
	}{
		{"a plain week", "2026-06-01", "2026-06-07", 5, false},
		{"around the National Day of 2025", "2025-09-28", "2025-10-11", 6, false}, // 28, 29, 30; 9, 10, 11
		{"the Spring Festival of 2026", "2026-02-14", "2026-02-24", 2, false},
		{"a year without a notice", "2031-01-01", "2031-01-07", 5, true},
		{"one day", "2026-05-09", "2026-05-09", 1, false},
		{"backwards", "2026-05-09", "2026-05-08", 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n, p := model.Workdays(c.first, c.last)
			if n != c.want || p != c.provisional {
				t.Errorf("%s to %s: %d %v, want %d %v", c.first, c.last, n, p, c.want, c.provisional)
			}
		})
	}
	if last, _ := model.AfterWorkdays("2026-09-28", 5); last != "2026-10-09" {
		t.Errorf("five working days from 2026-09-28 end on %s", last) // 28 29 30, 8, 9 October
	}
}
