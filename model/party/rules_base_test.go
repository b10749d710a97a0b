package party_test

import (
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/model/party/packs"
)

// TestExcellentBase: a county may take those who got a grade as the base of 优秀.
func TestExcellentBase(t *testing.T) {
	for base, want := range map[string]bool{"1": false, "2": true} {
		look := crowd(48, 0, appraised("2025", 16, 45))(t)
		env := testEnv(t, look)
		limits, err := model.NewPacks(packs.Default(), map[string]string{"appraisal.base": base})
		if err != nil {
			t.Fatal(err)
		}
		env.Packs = limits
		r := record(t, "organization", "home", append(slices.Clone(right["organization"]), branch...)...)
		all, err := model.Check(env, r, r)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(all, func(f model.Finding) bool { return f.Code == "W-REV-THIRD" }); got != want {
			t.Errorf("16 of 45 graded among 48, base %s: %v, want %v", base, got, want)
		}
	}
}
