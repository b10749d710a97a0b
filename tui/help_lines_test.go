package tui

import (
	"context"
	"strings"
	"testing"

	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// TestHelpExplainsTheWork: the help of every screen that the menu opens says in five
// lines or more, at 80 cells, what it is for; and it is in Chinese.
func TestHelpExplainsTheWork(t *testing.T) {
	l := sample.NewLedger(t)
	r := New(context.Background(), Options{Ledger: l})
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	r.Init()
	about := map[string]ui.Screen{"menu": newMenu(r.app), "work": r.stack[0].screen}
	for _, it := range menuItems(r.app) {
		if it.Run == nil || it.Key == "work" || it.Key == "month-end" {
			continue
		}
		if push, ok := it.Run()().(ui.Push); ok {
			about[it.Key] = push.Screen
		}
	}
	about["form"] = r.app.Form(r.app, ui.FormOf{Kind: sample.PersonKind})
	for key, s := range about {
		n := 0
		for _, p := range s.Help() {
			n += len(ui.Wrap(p, 72))
		}
		if n < 5 {
			t.Errorf("the help of %s has %d lines: %q", key, n, s.Help())
		}
		text := strings.Join(s.Help(), "\n")
		if words := latinWords(text); len(words) > 0 {
			t.Errorf("the help of %s says %q", key, words)
		}
	}
	if len(about) < 40 {
		t.Errorf("only %d screens were looked at", len(about))
	}
}

// TestHelpNamesEveryAction: every action that has a key stands among the keys of the help.
func TestHelpNamesEveryAction(t *testing.T) {
	named := map[ui.Action]bool{}
	for _, k := range keyTable {
		named[k.action] = true
	}
	for a := ui.Help; a <= ui.Print; a++ {
		if !named[a] {
			t.Errorf("the help doesn't name %s", a.Keys())
		}
	}
}
