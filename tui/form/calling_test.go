package form_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/tui"
	"taizhang/tui/form"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// TestRollCallIsNotLocked: while people are marked one by one and the marks are not saved,
// the screen of an encrypted ledger stays; half-typed text alone doesn't keep it.
func TestRollCallIsNotLocked(t *testing.T) {
	l, clock := newLedger(t), sample.NewClock()
	people := village(t, l, 12)
	r := tui.New(context.Background(), tui.Options{Path: l.Path(), NoColor: true, Timer: &tui.Timer{Now: clock.Now, After: clock.After},
		Unseal: func(context.Context, string) (ui.Sitting, error) {
			return sample.NewSitting(l, "门前两棵老槐树"), nil
		}})
	d := &desk{tuitest.Start(t, r, 80, 24), t, l, r.App()}
	unlock := func() {
		t.Helper()
		d.Type("门前两棵老槐树")
		d.Press("enter")
		d.WaitFor("F12")
	}
	unlock()
	locks := func(want bool) {
		t.Helper()
		clock.Pass(16*time.Minute, d.Send)
		if is := strings.Contains(d.Screen(), "画面已锁定"); is != want {
			t.Fatalf("locked: %v, want %v\n%s", is, want, d.Screen())
		}
	}
	d.Send(ui.Push{Screen: form.New(d.app, ui.FormOf{Kind: "activity"})})
	d.Type("ztd")
	d.Press("enter", "tab", "tab")
	d.Type("学习")
	locks(true)
	unlock()
	d.shows("学习")
	d.Press("pgdown", "tab")
	d.shows("全体 12 人")
	d.Press("enter")
	d.shows("应到 12")
	locks(false)
	d.Type(model.Initials(people[0].Text("name"))[0])
	d.Press("enter")
	locks(false)
	d.Press("f2")
	d.shows("已保存")
	locks(true)
}
