package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui/tuitest/sample"
)

// TestManyCardsHaveNames finds more start cards on a stick than are opened: each is
// offered by its name, a damaged one too.
func TestManyCardsHaveNames(t *testing.T) {
	l, key, _ := sample.Office(t)
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

// TestFirstRunTakesACard begins a ledger by a start card from a stick, and by its
// typed path: nothing else is typed.
func TestFirstRunTakesACard(t *testing.T) {
	_, _, stick := sample.Office(t)
	for _, size := range []struct{ W, H int }{{80, 24}, {120, 40}} {
		tm, r := start(t, Options{Drives: func() []string { return []string{stick} }}, size.W, size.H)
		tm.WaitFor("新建本村台账")
		tm.Press("enter")
		tm.WaitFor("U盘上的启动卡")
		tm.Golden(fmt.Sprintf("cards-%dx%d", size.W, size.H))
		tm.Type("shiqiao")
		tm.WaitGone("柳湾村")
		tm.Press("enter")
		tm.WaitFor("< 党总支 >")
		tm.Press("f2")
		tm.WaitFor("台账已打开")
		home := r.app.Ledger.Home()
		if home.Str("code") != "990101001" || home.Str("township") != "柳河镇" || home.Str("kind") != "党总支" {
			t.Errorf("home %v", home)
		}
		if p, err := send.Profile(context.Background(), r.app.Ledger); err != nil || p == nil || len(p.Units) != 2 {
			t.Errorf("profile %+v, %v", p, err)
		}
	}
	tm, r := start(t, Options{Drives: func() []string { return nil }}, 80, 24)
	tm.WaitFor("新建本村台账")
	tm.Press("enter")
	tm.WaitFor("启动卡")
	tm.Press("up")
	tm.Type(filepath.Join(stick, "没有.card.json"))
	tm.Press("enter")
	tm.WaitFor("读不出这张启动卡")
	tm.Press("ctrl+u")
	tm.Type(filepath.Join(stick, "柳河镇", "990101002.card.json"))
	tm.Press("enter")
	tm.WaitFor("柳湾村党支部")
	tm.Press("enter")
	tm.WaitFor("台账已打开")
	if got := r.app.Ledger.Home().Str("code"); got != "990101002" {
		t.Errorf("code %q", got)
	}
}
