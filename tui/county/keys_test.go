package county_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/kit"
	"taizhang/store/send"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestKeys goes through 县里的密钥: the copy that is missing, a backup, the key lost and
// typed in from its paper with a mistyped line, another key, and the village that takes it
// in by its digits.
func TestKeys(t *testing.T) {
	ctx := context.Background()
	l, key := sample.OpenOffice(t)
	l.Source().Rand = sample.NewDice(500) // not that of which the key was made
	lines, err := kit.Lines(key)
	if err != nil {
		t.Fatal(err)
	}
	stick, file := t.TempDir(), filepath.Join(filepath.Dir(l.Path()), county.KeyFile)
	village := sample.NewLedger(t)
	if err := send.SetProfile(ctx, village, []byte(sample.Read(t, county.ProfilePath(l)))); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return []string{stick} }}), 80, 24)
	tm.WaitFor("县里的密钥    还没有备份!")
	sample.OpenScreen(tm, "县里的密钥")
	tm.WaitFor("校验数字      " + bundle.CheckDigits(key.PublicKey()))
	tm.WaitFor("还没有:这台电脑坏了")

	const secret = "柳河石桥春耕"
	presses := 0
	press := func(keys ...string) { tm.Press(keys...); presses += len(keys) }
	press("enter")
	tm.WaitFor("> 放到哪里")
	press("down")
	tm.Type(secret)
	if got := tm.BeforeCursor(); got != "> 备份的口令    ******" {
		t.Errorf("before the cursor stands %q", got)
	}
	press("down")
	tm.Type(secret[:15])
	press("f2")
	tm.WaitFor("两遍打的不一样")
	tm.Press("ctrl+u")
	tm.Type(secret)
	press("f2")
	tm.WaitFor("已备份")
	tm.WaitFor("备份          2026-10-31,备份文件")
	if files, err := filepath.Glob(filepath.Join(stick, "*"+kit.Extension)); err != nil || len(files) != 1 || !kit.Is(files[0]) {
		t.Errorf("the stick holds %v, %v", files, err)
	}
	if presses > 5 { // Enter, two ↓, F2, and F2 again after the mistake
		t.Errorf("a backup takes %d keys beside the passphrase", presses)
	}

	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	tm.Press("down", "down", "enter")
	for i, line := range lines {
		tm.WaitFor(fmt.Sprintf("第 %d 行", i+1))
		if i == 4 {
			tm.Type("1" + line.String()[1:] + "1")
			tm.Press("enter")
			tm.WaitFor("第 5 行应有 19 位数字")
			tm.Press("ctrl+u")
		}
		tm.Type(line.String())
		tm.Press("enter")
	}
	tm.WaitFor("11 行都对")
	tm.Type(secret)
	tm.Press("down")
	tm.Type(secret)
	tm.Press("f2")
	tm.WaitFor("密钥对上了")
	tm.WaitFor("(加了口令)")
	again, err := bundle.ParseCountyKey([]byte(sample.Read(t, file)), secret)
	if err != nil || again.PublicKey() != key.PublicKey() {
		t.Fatalf("the key that was typed in: %v", err)
	}

	tm.Press("down", "enter")
	tm.WaitFor("旧密钥        < 还在 >")
	tm.Press("right", "down", "down")
	tm.Type(secret)
	tm.Press("down")
	tm.Type(secret)
	tm.Press("f2")
	tm.WaitFor("以前的密钥")
	p, err := send.Profile(ctx, l)
	if err != nil || p.PublicKey == key.PublicKey() || !p.Former[0].Lost {
		t.Fatalf("%+v, %v", p, err)
	}
	tm.WaitFor(bundle.CheckDigits(key.PublicKey()) + ",用到 2026-10-31,丢失")

	takeByDigits(t, village, county.ProfilePath(l), bundle.CheckDigits(p.PublicKey))
}

// takeByDigits takes a profile under a new key in at a village's settings.
func takeByDigits(t *testing.T, village *store.Ledger, profile, digits string) {
	t.Helper()
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: village, Drives: func() []string { return nil }}), 80, 24)
	sample.OpenScreen(tm, "设置")
	tm.Press("f7")
	tm.WaitFor("在哪里")
	tm.Press("ctrl+u")
	tm.Type(profile)
	tm.Press("enter")
	tm.WaitFor("县里换了密钥吗")
	tm.Press("enter")
	tm.WaitFor("写的校验数字与文件里密钥的不一样")
	tm.Type("12345678")
	tm.Press("enter")
	tm.WaitFor("写的校验数字与文件里密钥的不一样")
	tm.Press("ctrl+u")
	tm.Type(strings.ReplaceAll(digits, " ", ""))
	tm.Press("enter")
	tm.WaitFor("已取入县里的配置文件")
	tm.WaitFor("县里校验数字    " + digits)
}
