package count_test

import (
	"testing"

	"taizhang/store/book"
	"taizhang/store/internal/storetest"
)

// TestGoals: a county sets the goal of a figure that has one, as a whole percentage,
// beside the limits of the rules.
func TestGoals(t *testing.T) {
	for params, want := range map[string]string{
		`{"goal.A03.named": "85"}`:                       "",
		`{"goal.A03.named": "0"}`:                        "",
		`{"goal.A03.named": "100", "assess.pass": "85"}`: "",
		`{"goal.A03.named": "101"}`:                      "E-PARAM",
		`{"goal.A03.named": "-1"}`:                       "E-PARAM",
		`{"goal.A03.named": "8.5"}`:                      "E-PARAM",
		`{"goal.A02.women": "40"}`:                       "E-PARAM", // a figure without a goal
		`{"goal.": "40"}`:                                "E-PARAM",
	} {
		if _, err := book.Standard.Limits(params); storetest.Code(err) != want {
			t.Errorf("%s: %v, want %q", params, err, want)
		}
	}
}
