package model_test

import (
	"fmt"
	"testing"
	"time"

	"taizhang/model"
)

func TestYearsAt(t *testing.T) {
	for _, c := range []struct {
		born, day model.Date
		want      int
	}{
		{"2000-05-06", "2018-05-05", 17}, {"2000-05-06", "2018-05-06", 18}, {"2000-05-06", "2018-05-07", 18},
		{"2004-02-29", "2022-02-28", 17}, {"2004-02-29", "2022-03-01", 18}, {"2004-02-29", "2024-02-29", 20},
		{"2000-05-06", "1999-01-01", 0}, {"", "2020-01-01", 0}, {"2000-01-01", "", 0},
	} {
		if got := c.born.YearsAt(c.day); got != c.want {
			t.Errorf("born %s, on %s: %d, want %d", c.born, c.day, got, c.want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from model.Date
		n    int
		want model.Date
	}{
		{"2024-02-29", 12, "2025-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2023-01-31", 1, "2023-02-28"},
		{"2024-08-31", 6, "2025-02-28"}, {"2024-03-31", -1, "2024-02-29"}, {"2024-12-15", 1, "2025-01-15"}, {"", 3, ""},
	} {
		if got := c.from.AddMonths(c.n); got != c.want {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAddYears(t *testing.T) {
	for _, c := range []struct {
		from model.Date
		n    int
		want model.Date
	}{
		{"2024-02-29", 1, "2025-02-28"}, {"2024-02-29", 4, "2028-02-29"}, {"2023-12-31", 1, "2024-12-31"}, {"2024-01-01", -1, "2023-01-01"}, {"", 1, ""},
	} {
		if got := c.from.AddYears(c.n); got != c.want {
			t.Errorf("%s and %d years is %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	if d := model.Date("2024-12-31").AddDays(60); d != "2025-03-01" {
		t.Errorf("60 days after 2024-12-31 is %s", d)
	}
	if n := model.Date("2024-02-28").DaysUntil("2024-03-01"); n != 2 {
		t.Errorf("two days, not %d", n)
	}
	if n := model.Date("2024-03-01").DaysUntil("2024-02-28"); n != -2 {
		t.Errorf("two days back, not %d", n)
	}
	if m := model.Month("2024-02"); m.First() != "2024-02-01" || m.Last() != "2024-02-29" || m.Add(11) != "2025-01" || m.Chinese() != "2024年2月" {
		t.Errorf("February 2024: %s %s %s %s", m.First(), m.Last(), m.Add(11), m.Chinese())
	}
	if s := model.Date("2023-07-01").Chinese(); s != "2023年7月1日" {
		t.Errorf("in Chinese: %s", s)
	}
	if _, ok := model.NewDate(2023, 2, 29); ok {
		t.Error("2023-02-29 exists")
	}
	if model.Date("").Month() != "" || model.Date("2023-07-01").Month() != "2023-07" {
		t.Error("the month of a date")
	}
	if model.Date("").Year() != 0 || model.Date("2023-07-01").Year() != 2023 {
		t.Error("the year of a date")
	}
}

// TestDateAsTheLibrary: days are read and written as Go's time does, every day of the
// years in which leap years differ, and what is no day.
func TestDateAsTheLibrary(t *testing.T) {
	for _, year := range []int{0, 1, 1899, 1900, 1999, 2000, 2023, 2024, 2100, 9999} {
		for month := range 14 {
			for day := range 33 {
				text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
				want, err := time.Parse(time.DateOnly, text)
				d := model.Date(text)
				if d.Valid() != (err == nil) || !d.Time().Equal(want) {
					t.Fatalf("%s is read as %v, by time as %v (%v)", text, d.Time(), want, err)
				}
				if err != nil {
					continue
				}
				if got := model.DateOf(want); got != d {
					t.Fatalf("%s is written as %s", text, got)
				}
				if last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC); string(d.Month().Last()) != last.Format(time.DateOnly) {
					t.Fatalf("%s ends on %s", d.Month(), d.Month().Last())
				}
			}
		}
	}
	for _, text := range []string{"", "2024", "2024-1-01", "2024-01-1", "2024/01/01", "2024-01-01 ", "2024-01-0x", "-024-01-01", "20240-01-01", "2024-01-01T", "２024-01-01", "----------"} {
		if _, err := time.Parse(time.DateOnly, text); model.Date(text).Valid() != (err == nil) || !model.Date(text).Time().IsZero() {
			t.Errorf("%q is taken as %v", text, model.Date(text).Time())
		}
	}
}
