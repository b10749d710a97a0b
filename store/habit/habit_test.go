package habit_test

import (
	"os"
	"path/filepath"
	"testing"

	"taizhang/store/habit"
)

// TestHabit: what is written is read again; a file that is missing, damaged or of another
// make says nothing, and "" remembers nothing.
func TestHabit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "taizhang", "keyboard.json")
	if got := habit.Read(file); got != habit.Unasked {
		t.Errorf("without a file %q", got)
	}
	for _, k := range []habit.Keys{habit.Ctrl, habit.CtrlOnly, habit.Function} {
		if err := habit.Write(file, k); err != nil {
			t.Fatal(err)
		}
		if got := habit.Read(file); got != k {
			t.Errorf("%q is read as %q", k, got)
		}
	}
	for _, text := range []string{"", "{", `{"keys":"mouse"}`, `[]`} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := habit.Read(file); got != habit.Unasked {
			t.Errorf("%q is read as %q", text, got)
		}
	}
	if err := habit.Write("", habit.Ctrl); err != nil {
		t.Error(err)
	}
}
