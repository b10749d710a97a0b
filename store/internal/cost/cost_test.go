package cost_test

import (
	"testing"

	"taizhang/store/internal/cost"
)

// TestOf: what a caller asks for comes first, and nothing is cheaper than usual unless it
// was said.
func TestOf(t *testing.T) {
	if got := cost.Of(0, 17); got != 17 {
		t.Errorf("before anything is set: %d", got)
	}
	cost.Set(6)
	if a, b := cost.Of(0, 17), cost.Of(10, 17); a != 6 || b != 10 {
		t.Errorf("set: %d, asked for: %d", a, b)
	}
	cost.Set(0)
	if got := cost.Of(0, 17); got != 17 {
		t.Errorf("taken back: %d", got)
	}
}
