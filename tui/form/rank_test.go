package form_test

import (
	"strings"
	"testing"

	"taizhang/tui/ui"
)

// TestTypingOffersTheBestFirst: n in 性别 offers 女, and the names of a field that refers
// to persons stand by the ranking of all lists.
func TestTypingOffersTheBestFirst(t *testing.T) {
	l := newLedger(t)
	for _, n := range []string{"褚文", "周文", "石张", "张海"} {
		member(t, l, n)
	}
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person", Field: "sex"})
	d.Type("n")
	d.shows("> 女")
	d.Press("enter")
	d.shows(label("性别") + "女")
	d = open(t, l, 80, 24, ui.FormOf{Kind: "talk", Field: "person"})
	d.Type("zh")
	d.shows("> 张海")
	screen := d.Screen()
	if zhou, chu := strings.Index(screen, "周文"), strings.Index(screen, "褚文"); zhou < 0 || chu >= 0 && chu < zhou {
		t.Errorf("a 褚 stands before a 周:\n%s", screen)
	}
	d.Type("ou")
	d.shows("> 周文")
}
