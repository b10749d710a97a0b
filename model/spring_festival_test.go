package model_test

import (
	"math"
	"testing"
	"time"

	"taizhang/model"
)

// The astronomy below is that of J. Meeus, Astronomical Algorithms (2nd ed.), chapters 25
// and 49, to a few minutes; days are those of UTC+8. GB/T 33661-2017 lets the month in
// which the winter solstice falls be the eleventh, and where thirteen months lie between
// two such, the first without a principal term is a leap month.

func rad(deg float64) float64 { return deg * math.Pi / 180 }

// newMoon gives the moment of new moon k, counted from 6 January 2000, as a Julian day.
func newMoon(k float64) float64 {
	t := k / 1236.85
	jde := 2451550.09766 + 29.530588861*k + 0.00015437*t*t
	m := rad(2.5534 + 29.10535670*k)
	mm := rad(201.5643 + 385.81693528*k + 0.0107582*t*t)
	f := rad(160.7108 + 390.67050284*k - 0.0016118*t*t)
	om := rad(124.7746 - 1.56375588*k + 0.0020672*t*t)
	e := 1 - 0.002516*t
	jde += -0.40720*math.Sin(mm) + 0.17241*e*math.Sin(m) + 0.01608*math.Sin(2*mm) + 0.01039*math.Sin(2*f) +
		0.00739*e*math.Sin(mm-m) - 0.00514*e*math.Sin(mm+m) + 0.00208*e*e*math.Sin(2*m) - 0.00111*math.Sin(mm-2*f) -
		0.00057*math.Sin(mm+2*f) + 0.00056*e*math.Sin(2*mm+m) - 0.00042*math.Sin(3*mm) + 0.00042*e*math.Sin(m+2*f) +
		0.00038*e*math.Sin(m-2*f) - 0.00024*e*math.Sin(2*mm-m) - 0.00017*math.Sin(om)
	return jde - 70.0/86400 // dynamical time to universal time
}

// sun gives the apparent longitude of the sun in degrees.
func sun(jd float64) float64 {
	t := (jd + 70.0/86400 - 2451545) / 36525
	m := rad(357.52911 + 35999.05029*t)
	c := (1.914602-0.004817*t)*math.Sin(m) + 0.019993*math.Sin(2*m) + 0.000289*math.Sin(3*m)
	l := 280.46646 + 36000.76983*t + c - 0.00569 - 0.00478*math.Sin(rad(125.04-1934.136*t))
	return math.Mod(math.Mod(l, 360)+360, 360)
}

// beijing gives the number of the day in UTC+8 in which a moment lies, and midnight of it.
func beijing(jd float64) float64 { return math.Floor(jd + 0.5 + 8.0/24) }

func midnight(day float64) float64 { return day - 0.5 - 8.0/24 }

// terms counts the principal terms (every thirty degrees of the sun) in a month.
func terms(first, next float64) int {
	a, b := sun(midnight(first)), sun(midnight(next))
	if b < a {
		b += 360
	}
	return int(math.Floor(b/30)) - int(math.Floor(a/30))
}

// eleventh tells whether the winter solstice (270 degrees) falls in a month.
func eleventh(first, next float64) bool {
	return sun(midnight(first)) < 270 && sun(midnight(next)) >= 270
}

func springFestival(year int) model.Date {
	k := math.Floor(float64(year-2000) * 12.3685)
	var days []float64
	for i := -16.0; i < 20; i++ {
		days = append(days, beijing(newMoon(k+i)))
	}
	var solstices []int
	for i := 0; i+1 < len(days); i++ {
		if eleventh(days[i], days[i+1]) {
			solstices = append(solstices, i)
		}
	}
	for n := 0; n+1 < len(solstices); n++ {
		from, to := solstices[n], solstices[n+1]
		spring := from + 2
		if to-from == 13 { // the year has a leap month; it may come before the first month
			for i := from + 1; i < to; i++ {
				if terms(days[i], days[i+1]) == 0 {
					if i <= from+2 {
						spring++
					}
					break
				}
			}
		}
		at := time.Unix(int64((days[spring]-2440588)*86400), 0).UTC()
		if at.Year() == year {
			return model.DateOf(at)
		}
	}
	return ""
}

// TestSpringFestival holds the table to the standard's own reckoning, 2034 included, where
// the leap month stands before it.
func TestSpringFestival(t *testing.T) {
	for year := 2024; year <= 2045; year++ {
		got, ok := model.SpringFestival(year)
		if want := springFestival(year); !ok || got != want {
			t.Errorf("%d: %s, %v; by the moon and the sun %s", year, got, ok, want)
		}
	}
	for _, year := range []int{0, 2023, 2046} {
		if day, ok := model.SpringFestival(year); ok || day != "" {
			t.Errorf("%d: %s", year, day)
		}
	}
}

func TestPeriods(t *testing.T) {
	for key, want := range map[string]string{
		"2026":    "2026-01-01 2026-12-31 2026年 今年 2025",
		"2026-Q1": "2026-01-01 2026-03-31 2026年第一季度 本季 2025-Q4",
		"2026-Q4": "2026-10-01 2026-12-31 2026年第四季度 本季 2026-Q3",
		"2024-02": "2024-02-01 2024-02-29 2024年2月 本月 2024-01",
		"2026-01": "2026-01-01 2026-01-31 2026年1月 本月 2025-12",
	} {
		p, ok := model.ParsePeriod(key)
		if got := string(p.First) + " " + string(p.Last) + " " + p.Chinese() + " " + p.Present() + " " + p.Before().Key; !ok || got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	for _, key := range []string{"", "26", "2026-", "2026-13", "2026-Q5", "2026-Q", "2026-1", "2026-11-03", "20261", "x"} {
		if p, ok := model.ParsePeriod(key); ok {
			t.Errorf("%q is %+v", key, p)
		}
	}
}
