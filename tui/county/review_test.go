package county_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

var losers = []string{"赵一", "钱二", "孙三", "李四"}

// TestReviewOnTheStick: a stick stays three keys with a bundle that waits on it; one key
// more shows the names, and after the call it is taken in with a word about it.
func TestReviewOnTheStick(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			home, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			l := sample.CountyWithStick(t, "")
			sample.LosingVillage(t, l, "", losers, 2)
			tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), size.W, size.H)
			sample.OpenScreen(tm, "收报")
			tm.WaitFor("没收过的 4 个")
			tm.Press("enter")
			tm.WaitFor("第二步")
			tm.WaitFor("待核实 1")
			sample.Golden(t, tm, home, "county-waits-"+size.Name)
			tm.Press("enter")
			tm.WaitFor("回执 4 份")
			if said := receipt(t, county.Waiting); !strings.Contains(said, "少了 2 名在册党员") {
				t.Errorf("the village reads %s", said)
			}

			tm.Press("f5")
			tm.WaitFor("少了谁")
			tm.WaitFor("(已删除)、")
			sample.Golden(t, tm, home, "county-review-"+size.Name)
			tm.Press("f2")
			tm.WaitFor("问了谁、怎么说的")
			if got := tm.BeforeCursor(); got != " 问了谁、怎么说的" {
				t.Errorf("before the cursor stands %q", got)
			}
			tm.Press("f2")
			tm.WaitFor("请写明问了谁")
			tm.Type("电话问过书记,两人是重复登记")
			if got := tm.BeforeCursor(); got != " 问了谁、怎么说的 电话问过书记,两人是重复登记" {
				t.Errorf("before the cursor stands %q", got)
			}
			sample.Golden(t, tm, home, "county-asked-"+size.Name)
			tm.Press("enter")
			tm.WaitFor("已收下:青石岭村党支部 2026年10月第 2 号")
			tm.WaitFor("没有待核实的报送包")
			// The stick is still there: its receipt is written anew.
			tm.Press("esc")
			tm.WaitFor("第二步")
			if strings.Contains(tm.Screen(), "待核实") {
				t.Errorf("it still waits:\n%s", tm.Screen())
			}
			tm.Press("enter")
			tm.WaitFor("回执 1 份")
			if receipt(t, county.Accepted) == "" && receipt(t, county.Partly) == "" {
				t.Error("the receipt does not say that it is in")
			}
		})
	}
}

// receipt gives the reason in the fourth unit's receipt of a verdict, a blank for none
// and "" where the verdict is another.
func receipt(t *testing.T, verdict string) string {
	t.Helper()
	u := sample.CountyUnits[3]
	profile, err := bundle.OpenProfile([]byte(sample.Read(t, filepath.Join("县", county.ProfileFile))), "")
	if err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join("U盘", "回执", u.Code+"_2026-10_0002_????????"+bundle.ReceiptExtension))
	if err != nil || len(found) != 1 {
		t.Fatalf("receipts %q, %v", found, err)
	}
	r, err := bundle.OpenReceipt([]byte(sample.Read(t, found[0])), profile.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != verdict {
		return ""
	}
	return r.Reason + " "
}

// TestReviewFromTheReports refuses what waits from 报送情况 and from the unit's page; the
// answer that Enter gives is asked for once more.
func TestReviewFromTheReports(t *testing.T) {
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	l := sample.CountyWithStick(t, "")
	sample.LosingVillage(t, l, "", losers, 3)
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 4 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	sample.OpenScreen(tm, "报送情况")
	tm.WaitFor("待核实的 1 个,按 F5 看少了谁")
	tm.Press("ctrl+l")
	tm.WaitFor("待核实的 1 个:看少了谁")
	tm.Press("enter")
	tm.WaitFor("少了 3 名在册党员")
	tm.Press("esc")
	tm.WaitFor("截止")
	tm.Press("tab")
	tm.Type("青石")
	tm.Press("enter")
	tm.WaitFor("报送经过:青石岭村党支部")
	sample.Golden(t, tm, home, "county-unit-waits-80x24")
	tm.Press("enter")
	tm.WaitFor("少了谁")
	tm.Press("ctrl+d")
	tm.WaitFor("退回 青石岭村党支部 2026年10月第 2 号?")
	tm.Press("enter")
	tm.WaitFor("已退回:青石岭村党支部")
	tm.Press("esc")
	tm.WaitFor("核实后没有收下")
	if wait, err := county.WaitingBundles(context.Background(), l, ""); err != nil || len(wait) != 0 {
		t.Errorf("waiting: %+v, %v", wait, err)
	}
	sample.OpenScreen(tm, "待核实")
	tm.WaitFor("没有待核实的报送包")
}

// TestReviewAsksForThePassphrase: where the key is locked, it is asked for when something
// is to be taken in.
func TestReviewAsksForThePassphrase(t *testing.T) {
	l := sample.CountyWithStick(t, "出门左转 3")
	sample.LosingVillage(t, l, "出门左转 3", losers, 1)
	key, err := bundle.ParseCountyKey([]byte(sample.Read(t, filepath.Join("县", county.KeyFile))), "出门左转 3")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := county.Receive(context.Background(), l, key, []string{"U盘"}, county.ReceiveOptions{}); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	sample.OpenScreen(tm, "待核实")
	tm.WaitFor("少了谁")
	tm.Press("ctrl+s")
	tm.Type("问过镇里")
	tm.Press("enter")
	tm.WaitFor("加了口令")
	tm.Type("不对")
	tm.Press("enter")
	tm.WaitFor("口令不对")
	tm.Type("出门左转 3")
	if got := tm.BeforeCursor(); got != " 口令 ******" {
		t.Errorf("before the cursor stands %q", got)
	}
	tm.Press("enter")
	tm.WaitFor("已收下")
}
