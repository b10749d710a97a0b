package tui_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store/demo"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// walkKeys are pressed at random; what moves about comes more often.
var walkKeys = []string{
	"down", "down", "down", "up", "up", "right", "left", "pgdown", "pgup", "home", "end", "tab", "tab", "shift+tab",
	"enter", "enter", "enter", "esc", "esc", "f2", "f3", "f4", "f5", "f6", "f9", "f12", "ctrl+z", "ctrl+b", "shift+down",
	"a", "z", "1", "2", "。", "王", "村", "backspace", "backspace", "delete", "f8", "f1",
}

// TestWalk presses keys at random through the real screens, at several sizes, clicks,
// turns the wheel and changes the window. The terminal must always show the view: every
// key is compared with a full repaint (tuitest.Term looks).
func TestWalk(t *testing.T) {
	dir := t.TempDir()
	made, err := demo.Village(t.Context(), dir, demo.Options{Members: 60})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(made.Ledger)
	if err != nil {
		t.Fatal(err)
	}
	keys := 250
	if os.Getenv("TAIZHANG_LONG") != "" {
		keys = 5000
	}
	t.Setenv("HOME", t.TempDir())
	t.Chdir(t.TempDir())
	for n, size := range [][2]int{{80, 24}, {120, 40}, {93, 31}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			dice := rand.New(rand.NewPCG(17, uint64(n)))
			tm := walker(t, whole, size, n == 2)
			for i := range keys {
				if tm.Ended() {
					tm = walker(t, whole, size, n == 2)
				}
				switch dice.IntN(40) {
				case 0:
					tm.Click(dice.IntN(size[0]), dice.IntN(size[1]))
				case 1:
					tm.Wheel(dice.IntN(size[0]), dice.IntN(size[1]), dice.IntN(7)-3)
				case 2:
					tm.Resize(size[0]+dice.IntN(9)-4, size[1]+dice.IntN(5)-2)
				case 3:
					sample.OpenScreen(tm, []string{"人员", "党费", "会议", "培训", "结对", "谈话"}[dice.IntN(6)])
				default:
					tm.Press(walkKeys[dice.IntN(len(walkKeys))])
				}
				if t.Failed() {
					t.Fatalf("after %d keys", i+1)
				}
			}
			t.Logf("%d bytes for %d keys; at last:\n%s", tm.Sent(), keys, tm.Screen())
		})
	}
}

func walker(t *testing.T, ledger []byte, size [2]int, ascii bool) *tuitest.Term {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(path, ledger, 0o600); err != nil {
		t.Fatal(err)
	}
	r := tui.New(t.Context(), tui.Options{Ledger: openAt(t, path), Path: path, Source: sample.Source(), ASCII: ascii,
		Drives: func() []string { return nil }, Opener: func(string) error { return nil }})
	return sample.StartReal(t, r, size[0], size[1])
}
