package county_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"taizhang/store/county"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestForkIsShownBeforeItIsLetIn: a bundle of a copy of a ledger is refused; from the unit's
// page the clerk sees who would be lost, and lets it in by a choice that is not the first.
func TestForkIsShownBeforeItIsLetIn(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			home, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			l := sample.CountyWithStick(t, "")
			sample.ForkedVillage(t, l, losers, "周五", "吴六")
			code := sample.CountyUnits[3].Code
			tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), size.W, size.H)
			take := func(want string) {
				sample.OpenScreen(tm, "收报")
				tm.WaitFor("第一步")
				tm.WaitFor("没收过的")
				tm.Press("enter")
				tm.WaitFor("第二步")
				tm.WaitFor(want)
			}
			take("被退回 2")
			sample.OpenScreen(tm, "报送情况")
			tm.WaitFor("合计")
			tm.Press("tab")
			tm.Type("青石")
			tm.Press("enter")
			tm.WaitFor("看会少什么,放行")
			sample.Golden(t, tm, home, "county-forked-"+size.Name)
			tm.Press("enter")
			tm.WaitFor("少 1 条(周五)")
			if screen := tm.Screen(); !strings.Contains(screen, "只接到2026年10月第 1 号") || strings.Contains(screen, "taizhang") {
				t.Errorf("the screen does not tell how they stand:\n%s", screen)
			}
			sample.Golden(t, tm, home, "county-fork-"+size.Name)
			tm.Press("f2")
			tm.WaitFor("是哪一种?")
			tm.Press("enter") // first stands 先不放行
			tm.WaitGone("是哪一种?")
			if k, err := county.KnownKeyOf(context.Background(), l, code); err != nil || k.Restored {
				t.Fatalf("let in by the first choice: %+v, %v", k, err)
			}
			tm.Press("ctrl+s")
			tm.WaitFor("是哪一种?")
			tm.Press("down", "enter")
			tm.WaitFor("已放行下一个包(两台电脑)")
			take("已接收 1")
		})
	}
}
