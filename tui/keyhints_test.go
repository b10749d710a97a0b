package tui

import (
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store/habit"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// TestF2IsAskedForOnce: the first run asks for F2 once on a machine; where it arrives the
// hints go on showing function keys, where anything else is pressed they show the Ctrl keys
// until F2 does arrive.
func TestF2IsAskedForOnce(t *testing.T) {
	for _, c := range []struct {
		key  string
		want habit.Keys
		hint string
	}{
		{"f2", habit.Function, "F1 帮助"}, {"enter", habit.Ctrl, "Ctrl+G 帮助"}, {"esc", habit.Ctrl, "Ctrl+G 帮助"},
		{"ctrl+n", habit.Ctrl, "Ctrl+G 帮助"}, {"a", habit.Ctrl, "Ctrl+G 帮助"},
	} {
		file := filepath.Join(t.TempDir(), "taizhang", "keyboard.json")
		tm, _ := start(t, Options{Keyboard: file}, 80, 24)
		tm.WaitFor("请按一下键盘最上面一排的 F2")
		tm.Press(c.key)
		tm.WaitGone("请按一下")
		if got := habit.Read(file); got != c.want {
			t.Errorf("%s: the machine remembers %q, not %q", c.key, got, c.want)
		}
		if !strings.Contains(tm.Row(23), c.hint) {
			t.Errorf("%s: the hints are %q", c.key, tm.Row(23))
		}
		again, _ := start(t, Options{Keyboard: file}, 80, 24)
		if strings.Contains(again.Screen(), "请按一下") {
			t.Errorf("%s: asked again", c.key)
		}
		if !strings.Contains(again.Row(23), c.hint) {
			t.Errorf("%s: at the next start the hints are %q", c.key, again.Row(23))
		}
	}
}

// TestF2ArrivesLater: hints that show the Ctrl keys go back once F2 is pressed, but not by a
// click on a hint, which is no key, nor where the Ctrl keys were chosen.
func TestF2ArrivesLater(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keyboard.json")
	for _, c := range []struct {
		keys habit.Keys
		want habit.Keys
	}{{habit.Ctrl, habit.Function}, {habit.CtrlOnly, habit.CtrlOnly}} {
		if err := habit.Write(file, c.keys); err != nil {
			t.Fatal(err)
		}
		tm, _ := start(t, Options{Ledger: sample.NewLedger(t), Keyboard: file}, 80, 24)
		if !strings.Contains(tm.Row(23), "Ctrl+K 菜单") {
			t.Errorf("the hints are %q", tm.Row(23))
		}
		tm.ClickOn("Ctrl+N")
		if got := habit.Read(file); got != c.keys {
			t.Errorf("a click is taken for the key: %q", got)
		}
		tm.Press("f2")
		if got := habit.Read(file); got != c.want {
			t.Errorf("F2 arrived: %q, not %q", got, c.want)
		}
	}
}

// TestKeysAreChosenInSettings: 设置 switches the hints, and the machine remembers it.
func TestKeysAreChosenInSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keyboard.json")
	tm, _ := start(t, Options{Ledger: sample.NewLedger(t), Keyboard: file}, 80, 24)
	sample.OpenScreen(tm, "设置")
	tm.WaitFor("本组织")
	for range 30 {
		if strings.Contains(tm.Screen(), "> 按键提示") {
			break
		}
		tm.Press("down")
	}
	tm.Press("enter")
	tm.WaitFor("Ctrl+K 菜单")
	if got := habit.Read(file); got != habit.CtrlOnly {
		t.Errorf("the machine remembers %q", got)
	}
	tm.Press("enter")
	tm.WaitFor("F12 菜单")
	if got := habit.Read(file); got != habit.Function {
		t.Errorf("the machine remembers %q", got)
	}
}

// TestEveryHintHasAKeyThatArrives: with the Ctrl keys shown no hint names a function key
// that has a Ctrl key beside it.
func TestEveryHintHasAKeyThatArrives(t *testing.T) {
	for a := ui.Help; a <= ui.Print; a++ {
		if key := a.CtrlKey(); strings.HasPrefix(key, "F") || key == "" {
			t.Errorf("%s shows %q", a.Keys(), key)
		}
	}
}
