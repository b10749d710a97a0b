package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/county"
)

// TestManyCardsHaveNames finds more start cards on a stick than are opened: each is
// offered by its name, a damaged one too.
func TestManyCardsHaveNames(t *testing.T) {
	l, key, _ := office(t)
	var units []store.Unit
	for i := range cardsOpened + 10 {
		units = append(units, store.Unit{Code: fmt.Sprintf("990101%06d", i), Name: fmt.Sprintf("石桥%d村党支部", i), Township: "柳河镇", Domain: "行政村"})
	}
	ctx := context.Background()
	if err := l.SetUnits(ctx, units); err != nil {
		t.Fatal(err)
	}
	stick := t.TempDir()
	paths, _, err := county.Issue(ctx, l, key, county.ProfilePath(l), stick, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range []string{paths[0], paths[7]} {
		if err := os.WriteFile(damaged, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// One that the county has taken off its list is not named.
	if err := os.Rename(paths[8], filepath.Join(filepath.Dir(paths[8]), "990101999999.card.json")); err != nil {
		t.Fatal(err)
	}
	named := 0
	found := findCards([]string{stick})
	for _, f := range found {
		want := ""
		for _, u := range units {
			if u.Code == f.code() {
				want = u.Name
			}
		}
		if f.name != "" {
			named++
		}
		if f.name != "" && want != "" && (f.name != want || f.township != "柳河镇") {
			t.Errorf("%s is called %q of %q, want %q", f.code(), f.name, f.township, want)
		}
	}
	if len(found) != len(units) || named < len(units)-2 {
		t.Errorf("%d cards found and %d named of %d", len(found), named, len(units))
	}
}
