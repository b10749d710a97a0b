package county_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestOneStateAlone narrows the units to those that have not reported with three keys, and
// counts those that have alone with one.
func TestOneStateAlone(t *testing.T) {
	l := sample.CountyWithStick(t, "")
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	sample.OpenScreen(tm, "报送情况")
	tm.WaitFor("应报 4,实报 2")
	tm.Press("f5")
	tm.WaitFor("只看哪些单位")
	tm.Press("down", "enter")
	tm.WaitFor("只看未报的")
	if text := tm.Screen(); !strings.Contains(text, "青石岭村") || strings.Contains(text, "石桥村") {
		t.Errorf("those who have not reported:\n%s", text)
	}
	tm.Press("esc", "left")
	tm.WaitFor("应报 0,实报 0,未建账 4")
	sample.OpenScreen(tm, "汇总")
	tm.WaitFor("应报 4,实报 2")
	tm.Press("insert")
	tm.WaitFor("实报 2,只统计已报的")
	tm.Press("ctrl+b")
	tm.WaitFor("应报 4,实报 2")
	tm.Press("f2", "down", "enter")
	tm.WaitFor("比上月")
}

// TestClosingBeginsOnTheMonthThatIsOver: in 封账 the choice stands on the newest month that
// is over, not on the one that still runs.
func TestClosingBeginsOnTheMonthThatIsOver(t *testing.T) {
	l := sample.CountyWithStick(t, "")
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	tm.Press("esc")
	at := time.Date(2026, 11, 3, 9, 0, 0, 0, time.Local)
	l.Source().Now = func() time.Time { return at }
	sample.OpenScreen(tm, "封账")
	tm.WaitFor("2026年11月  还没有过完")
	tm.WaitFor("> 2026年10月  没有封账")
}
