package form_test

import (
	"testing"

	"taizhang/model"
	"taizhang/tui/ui"
)

// TestMonthAsPeopleSayIt: a month is written 10 or 上月, and the form says which one it
// took. The clock stands at 2026-10-20.
func TestMonthAsPeopleSayIt(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "dues", Preset: map[string]model.Value{"person": zs.ID}, Field: "month"})
	for _, c := range []struct{ typed, says, stands string }{
		{"9", "即 2026年9月", "2026-09"}, {"上月", "即 2026年9月", "2026-09"}, {"去年12月", "即 2025年12月", "2025-12"}, {"2", "即 2026年2月", "2026-02"},
	} {
		d.clear()
		d.Type(c.typed)
		d.shows(c.says)
		if before := d.BeforeCursor(); before[len(before)-1] != c.typed[len(c.typed)-1] {
			t.Errorf("the caret stands behind %q", before)
		}
		d.Press("tab")
		d.shows(c.stands)
		d.hides("即 ")
		d.Press("shift+tab")
	}
	d.clear()
	d.Type("13")
	d.Press("tab")
	d.shows("不是月份")
}
