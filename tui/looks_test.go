package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// lookSizes are the terminals in which every screen is looked at.
var lookSizes = [][2]int{{80, 24}, {100, 30}, {120, 40}, {200, 60}}

// pictures is a folder for the screens as they are drawn, with their styles, to be looked
// at; "" writes none.
var pictures = os.Getenv("TAIZHANG_PICTURES")

// TestLooks goes through every screen of the menu and some forms, in a village and at a
// county, at four sizes, and holds them to the one grid (ui/frame.go).
func TestLooks(t *testing.T) {
	if testing.Short() {
		t.Skip("goes through every screen")
	}
	t.Run("village", func(t *testing.T) { lookAround(t, copyOfTemplate(t), []string{"person", "activity", "election"}) })
	t.Run("county", func(t *testing.T) {
		l, _ := sample.OpenOffice(t)
		lookAround(t, l, nil)
	})
}

func lookAround(t *testing.T, l *store.Ledger, forms []string) {
	r := New(context.Background(), Options{Ledger: l, Path: l.Path()})
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	tm := tuitest.Start(t, r, 80, 24)
	for strings.Contains(tm.Screen(), "┌") {
		tm.Press("esc") // what is asked at the first start
	}
	look := func(name string) {
		for _, size := range lookSizes {
			tm.Resize(size[0], size[1])
			lookAt(t, tm, fmt.Sprintf("%s at %dx%d", name, size[0], size[1]), size[0], size[1])
			keepPicture(t, tm, filepath.Base(t.Name()), fmt.Sprintf("%s-%dx%d", name, size[0], size[1]))
		}
	}
	look("work")
	tm.Press("f12")
	look("menu")
	for _, it := range menuItems(r.app) {
		if it.Heading || it.Key == "work" {
			continue
		}
		tm.Send(ui.Home{})
		tm.Send(ui.Push{Screen: newMenu(r.app)})
		tm.Type(it.Label)
		tm.Press("enter")
		look(strings.ReplaceAll(it.Key, "/", "-"))
		for strings.Contains(tm.Screen(), "┌") {
			tm.Press("esc")
		}
	}
	for _, kind := range forms {
		tm.Send(ui.Home{})
		tm.Send(ui.Push{Screen: r.app.Form(r.app, ui.FormOf{Kind: kind})})
		look("form-" + kind)
	}
}

// sentence is what stands in a row without a gap: columns have two spaces between them.
var sentence = regexp.MustCompile(`\S+( \S+)*`)

// lookAt checks one screen.
func lookAt(t *testing.T, tm *tuitest.Term, name string, w, h int) {
	t.Helper()
	rows := strings.Split(tm.Screen(), "\n")
	bad := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s: "+format+"\n%s", append(append([]any{name}, args...), tm.Screen())...)
	}
	if len(rows) != h {
		bad("%d rows", len(rows))
		return
	}
	if head := rows[0]; !strings.HasPrefix(head, " ") || strings.HasPrefix(head, "  ") {
		bad("the title doesn't begin in the second cell")
	} else if ui.Width(head) < w-1 {
		bad("the day doesn't stand at the right")
	}
	keys := rows[h-1]
	if !strings.HasPrefix(keys, " ") || strings.HasPrefix(keys, "  ") || strings.Contains(keys, "…") {
		bad("the keys don't begin in the second cell, or are cut")
	}
	wide := 0
	for y, row := range rows[1 : h-2] {
		wide = max(wide, ui.Width(row))
		if first := ui.Slice(row, 0, 1); !strings.Contains(" >─", first) {
			bad("row %d begins with %q in the cell of the pointer", y+1, first)
		}
		for _, s := range sentence.FindAllString(row, -1) {
			if n := ui.Width(s); n > 96 && !strings.ContainsAny(s, "─█░━") {
				bad("row %d has a sentence of %d cells", y+1, n)
			}
		}
	}
	if w >= 200 && wide < 100 && (strings.HasPrefix(name, "work") || strings.HasPrefix(name, "menu") || strings.HasPrefix(name, "form-")) {
		bad("nothing stands in the right half")
	}
}

// keepPicture writes the screen with its styles, for whoever looks at all of them:
// TAIZHANG_PICTURES=folder go test ./tui -run TestLooks.
func keepPicture(t *testing.T, tm *tuitest.Term, whose, name string) {
	t.Helper()
	if pictures == "" {
		return
	}
	dir := filepath.Join(pictures, whose)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".ans"), []byte(tm.Styled()), 0o644); err != nil {
		t.Fatal(err)
	}
}
