package model_test

import (
	"errors"
	"testing"

	"taizhang/model"
)

// TestLimits: the edition that held on the day counts; before the first edition, the
// first; and a county's value in place of all.
func TestLimits(t *testing.T) {
	packs, err := model.NewPacks(madePacks, map[string]string{"vote.share": "3/4", "visit.days": "30"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		began  model.Date
		want   int
		source string
	}{
		{"join.age", "1990-01-01", 18, "《小组章程》(2010)第一条"}, {"join.age", "2010-01-01", 18, "《小组章程》(2010)第一条"},
		{"join.age", "2020-04-30", 18, "《小组章程》(2010)第一条"}, {"join.age", "2020-05-01", 14, "《小组章程》(2020)第二条"},
		{"join.age", today, 14, "《小组章程》(2020)第二条"},
		{"seats", "1990-01-01", 5, "《小组章程》(2010)第六条"},
		{"visit.days", "1990-01-01", 30, "本县(市)规定"}, {"vote.share", today, 3, "本县(市)规定"},
	} {
		l := packs.Limit(c.name, c.began)
		if l.Int() != c.want || l.Source() != c.source {
			t.Errorf("%s on %s: %d of %s, want %d of %s", c.name, c.began, l.Int(), l.Source(), c.want, c.source)
		}
	}
	mustPanic(t, "unknown limit", func() { packs.Limit("no.such", today) }, "no limit", "no.such")
	if all := packs.All(); len(all) != 2 || all[0].From != "2010-01-01" || madePacks[0].Limits[1].Value != 60 {
		t.Error("in the order of their days, and those given stay as they were")
	}
	if s := (model.Limit{}).Source(); s != "本台账" {
		t.Errorf("a limit of no pack comes from %s", s)
	}
}

// TestShares: at least two thirds, more than a half.
func TestShares(t *testing.T) {
	twoThirds, half, five := model.Limit{Value: 2, Per: 3}, model.Limit{Value: 1, Per: 2}, model.Limit{Value: 5}
	for _, c := range []struct {
		what string
		got  bool
		want bool
	}{
		{"2 of 3", twoThirds.AtLeast(2, 3), true}, {"3 of 5", twoThirds.AtLeast(3, 5), false}, {"4 of 6", twoThirds.AtLeast(4, 6), true},
		{"more than a half, 2 of 4", half.MoreThan(2, 4), false}, {"more than a half, 3 of 5", half.MoreThan(3, 5), true},
		{"no share", five.AtLeast(5, 1), true}, {"no share, less", five.AtLeast(4, 1), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.what, c.got)
		}
	}
}

// TestParametersRefused: a county's mistyped parameter is not passed over.
func TestParametersRefused(t *testing.T) {
	goal := func(name, value string) (bool, error) {
		switch {
		case name != "goal":
			return false, nil
		case value != "85":
			return true, model.Errorf("E-PARAM", "目标不对")
		}
		return true, nil
	}
	for _, c := range []struct{ name, value, want string }{
		{"no.such", "1", "E-PARAM"}, {"seats", "6", "E-PARAM"}, {"join.age", "很多", "E-PARAM"}, {"join.age", "-1", "E-PARAM"},
		{"join.age", "1/3", "E-PARAM"}, {"vote.share", "1/0", "E-PARAM"}, {"vote.share", "1/x", "E-PARAM"}, {"vote.share", "1/2", ""},
		{"vote.share", "1", ""}, {"join.age", "16", ""}, {"goal", "85", ""}, {"goal", "86", "E-PARAM"},
	} {
		_, err := model.NewPacks(madePacks, map[string]string{c.name: c.value}, goal)
		got := ""
		var e *model.Error
		if errors.As(err, &e) {
			got = e.Code
		}
		if got != c.want || (err == nil) != (c.want == "") {
			t.Errorf("%s = %s: %v, want %q", c.name, c.value, err, c.want)
		}
	}
}
