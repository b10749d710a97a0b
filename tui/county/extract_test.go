package county_test

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/kit"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// received is a county that has taken in the bundles of its stick.
func received(t *testing.T) *store.Ledger {
	t.Helper()
	l := sample.CountyWithStick(t, "")
	key, err := bundle.ParseCountyKey([]byte(sample.Read(t, filepath.Join("县", county.KeyFile))), "")
	if err == nil {
		_, err = county.Receive(context.Background(), l, key, []string{"U盘"}, county.ReceiveOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestExtract: the clerk writes a township's extract to the stick, two passphrases that
// differ are told, and on another computer it is opened and only looked at.
func TestExtract(t *testing.T) {
	ctx := context.Background()
	l := received(t)
	stick := t.TempDir()
	tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return []string{stick} }}), 80, 24)
	tm.WaitFor("各村上报")
	sample.OpenScreen(tm, "给乡镇摘录")
	tm.WaitFor("< 云溪镇 >")
	const secret = "柳河石桥春耕"
	presses := 0
	press := func(keys ...string) { tm.Press(keys...); presses += len(keys) }
	press("down", "down", "down", "down")
	tm.Type(secret)
	if got := tm.BeforeCursor(); got != "> 摘录的口令    ******" {
		t.Errorf("before the cursor stands %q", got)
	}
	press("down")
	tm.Type(secret[:15])
	press("f2")
	tm.WaitFor("两遍打的不一样")
	tm.Press("ctrl+u")
	tm.Type(secret)
	press("f2")
	tm.WaitFor("摘录写好了")
	tm.WaitFor("没有身份证号、电话和住址")
	if presses > 7 { // five ↓, F2, and F2 again after the mistake
		t.Errorf("an extract takes %d keys beside the passphrase", presses)
	}
	files, err := filepath.Glob(filepath.Join(stick, "摘录_云溪镇_*"+kit.Extension))
	if err != nil || len(files) != 1 {
		t.Fatalf("the stick holds %v, %v", files, err)
	}
	tm.Press("enter")
	tm.WaitFor("各村上报")

	at := filepath.Join(t.TempDir(), "摘录.db")
	if _, err := kit.Restore(ctx, files[0], at, secret, store.Options{}); err != nil {
		t.Fatal(err)
	}
	x, err := book.Open(ctx, at, store.Options{Source: sample.Source()})
	if err != nil {
		t.Fatal(err)
	}
	tm = sample.Start(t, tui.New(ctx, tui.Options{Ledger: x}), 80, 24)
	tm.WaitFor("摘录,只读:云溪镇 截至2026年10月31日")
	tm.Press("f9")
	tm.WaitFor("这是摘录,只能看")
	sample.OpenScreen(tm, "汇总")
	tm.WaitFor("云溪镇 合计  应报 2,实报 2")
}

// TestSummaryOfATownship: the key for it shows one township alone, and all again.
func TestSummaryOfATownship(t *testing.T) {
	ctx := context.Background()
	l := received(t)
	tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l}), 80, 24)
	sample.OpenScreen(tm, "汇总")
	tm.WaitFor("应报 4,实报 2")
	tm.Press("ctrl+a")
	tm.WaitFor("看哪个乡镇")
	tm.Press("down", "enter")
	tm.WaitFor("应报 2,实报 2")
	tm.Press("ctrl+a")
	tm.WaitFor("看哪个乡镇")
	tm.Press("home", "enter")
	tm.WaitFor("应报 4,实报 2")
}
