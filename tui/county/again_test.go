package county_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestCloseAgain corrects a closed month on the screen: a bundle comes late, the clerk is
// led to 更正封账, sees what changes, types why and closes again with four keys.
func TestCloseAgain(t *testing.T) {
	const month = model.Month("2026-10")
	ctx := context.Background()
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			home, err := os.Getwd()
			done(t, err)
			l := sample.CountyWithStick(t, "")
			done(t, l.Close())
			l, err = book.Open(ctx, l.Path(), store.Options{Source: sample.Source(), By: "张三"}) // the name stands on the screens
			done(t, err)
			tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), size.W, size.H)
			sample.OpenScreen(tm, "收报")
			tm.WaitFor("没收过的 3 个")
			tm.Press("enter")
			tm.WaitFor("第二步")
			_, err = county.CloseMonth(ctx, l, month, true)
			done(t, err)
			sample.VillageBundle(t, sample.CountyUnits[3], 3, sample.Read(t, filepath.Join("县", county.ProfileFile)))
			sample.OpenScreen(tm, "收报")
			tm.WaitFor("没收过的 2 个")
			tm.Press("enter")
			tm.WaitFor("第二步")
			tm.WaitFor("2026年10月已经封账,这次又收下 1 个")

			sample.OpenScreen(tm, "封账")
			tm.WaitFor("已封账,又收下 1 个")
			tm.WaitFor("要算进去,按 F2 更正封账")
			golden(t, tm, home, "closing-late", size)
			keys := 0
			press := func(all ...string) {
				keys += len(all)
				tm.Press(all...)
			}
			press("f2")
			tm.WaitFor("为什么更正")
			tm.WaitFor("A02 党员:2 → 3 人")
			golden(t, tm, home, "again", size)
			tm.Press("f2") // without a reason nothing is asked
			tm.WaitFor("请先写明为什么更正")
			tm.Type("有村补报")
			press("f2")
			tm.WaitFor("2026年10月要封第2次账")
			golden(t, tm, home, "again-asked", size)
			tm.Press("enter") // the first answer leaves it as it is
			tm.WaitFor("看清要变哪些数")
			if all, err := county.Closings(ctx, l, month); err != nil || len(all) != 1 {
				t.Fatalf("after going back: %v, %v", all, err)
			}
			tm.Press("f2")
			tm.WaitFor("2026年10月要封第2次账")
			press("down", "enter")
			tm.WaitFor("2026年10月已更正封账(第2次)")
			if keys > 4 {
				t.Errorf("%d keys", keys)
			}
			tm.WaitFor("没有变化,不用更正")
			golden(t, tm, home, "again-done", size)
			all, err := county.Closings(ctx, l, month)
			done(t, err)
			if len(all) != 2 || all[1].Reason != "有村补报" || all[1].In != 3 {
				t.Errorf("%+v", all)
			}
			tm.Press("esc")
			tm.WaitFor("已封账(第2次)")
			tm.WaitFor("原因:有村补报")
			sample.OpenScreen(tm, "汇总")
			tm.WaitFor("第2次封账:")
			if text := tm.Screen(); !strings.Contains(text, "(有村补报)") {
				t.Errorf("the summary doesn't say which closing it is:\n%s", text)
			}
		})
	}
}
