package form

import (
	"context"
	"strings"
	"testing"

	"taizhang/tui/ui"
)

// TestAPanicOfTheDraftIsSaid: the draft is written on a timer's goroutine, where a panic
// would end the program in the middle of the screen; it is an error of the next change.
func TestAPanicOfTheDraftIsSaid(t *testing.T) {
	k := newKeeper(&ui.App{Ctx: context.Background()}, ui.FormOf{Kind: "person"}) // it has no ledger
	if err := k.keep(&kept{}, "张三", 0); err != nil {
		t.Fatal(err)
	}
	k.flush()
	if err := k.keep(&kept{}, "张三", 0); err == nil || !strings.Contains(err.Error(), "panic while the draft was written") {
		t.Errorf("got %v", err)
	}
	k.dropped = true
}
