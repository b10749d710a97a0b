package tui

import (
	"context"
	"testing"

	"taizhang/tui/ui"
)

// TestMenuNotes holds that every entry of a village's menu has a note on a wide screen,
// which fits beside the longest name, and none on a narrow one; and that none is left of
// an entry that is gone.
func TestMenuNotes(t *testing.T) {
	l := copyOfTemplate(t)
	r := New(context.Background(), Options{Ledger: l, Path: l.Path()})
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	const room = 39 - 2 - 2 - 14 - 2 // a gap, the mark, the longest name, a gap
	known := map[string]bool{"lock": true, "practice": true, "clear": true}
	for _, it := range noted(menuItems(r.app), noteFrom) {
		if it.Heading {
			continue
		}
		known[it.Key] = true
		if n := ui.Width(it.Note); n == 0 || n > room || ui.Width(it.Label) > 14 {
			t.Errorf("%s, %s: a note of %d cells, %d fit", it.Key, it.Label, n, room)
		}
	}
	for key := range menuNotes {
		if !known[key] {
			t.Errorf("a note for %q, which the menu lacks", key)
		}
	}
	for _, it := range noted(menuItems(r.app), noteFrom-1) {
		if it.Note != "" {
			t.Errorf("%s has a note in a narrow window", it.Label)
		}
	}
}
