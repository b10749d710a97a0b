package settings_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"taizhang/store/vault"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestSealing switches 台账加密 on, changes the passphrase and switches it off, of a ledger
// that has no county's profile: it is asked twice, a weak passphrase is warned of, and the
// one of before is asked for.
func TestSealing(t *testing.T) {
	ctx := context.Background()
	l := sample.NewLedger(t)
	path := l.Path()
	r := tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return nil }})
	tm := sample.Start(t, r, 80, 24)
	sample.OpenScreen(tm, "设置")
	choose := func() { t.Helper(); choose(t, tm, "台账加密"); tm.Press("enter") }
	answers := func(texts ...string) {
		t.Helper()
		for i, text := range texts {
			tm.Press("ctrl+u")
			tm.Type(text)
			if i < len(texts)-1 {
				tm.Press("tab")
			}
		}
	}
	kept := func(want bool) {
		t.Helper()
		if is, err := vault.Kept(path); err != nil || is != want {
			t.Fatalf("kept encrypted: %v, %v; want %v\n%s", is, err, want, tm.Screen())
		}
	}
	choose()
	tm.WaitFor("忘了口令谁也打不开")
	tm.Golden("sealing-alone-80x24")
	answers("短的", "短的")
	tm.Press("f2")
	tm.WaitFor("太短了,至少 6 个字")
	answers("123456")
	tm.Press("tab")
	answers("1234567")
	tm.Press("f2")
	tm.WaitFor("两遍打的不一样")
	answers("123456")
	tm.Press("f2")
	tm.WaitFor("挨着的一串")
	kept(false)
	if before := tm.BeforeCursor(); !strings.HasSuffix(before, "******") {
		t.Errorf("the caret stands behind %q", before)
	}
	answers("门前两棵老槐树", "门前两棵老槐树")
	tm.Press("ctrl+y") // shown
	if strings.Count(tm.Screen(), "门前两棵老槐树") != 2 {
		t.Errorf("Ctrl+Y shows\n%s", tm.Screen())
	}
	tm.Press("ctrl+y")
	if strings.Contains(tm.Screen(), "门前两棵老槐树") {
		t.Errorf("Ctrl+Y hides nothing:\n%s", tm.Screen())
	}
	tm.Press("f2")
	tm.WaitFor("忘了口令就打不开了")
	tm.Press("enter") // 先不加密
	kept(false)
	tm.Press("f2", "down", "enter")
	tm.WaitFor("再问一次")
	tm.Press("enter")
	kept(false)
	tm.Press("f2", "down", "enter", "down", "enter")
	tm.WaitFor("台账已加密:下次打开要打口令")
	kept(true)
	if r.App().Sitting == nil {
		t.Fatal("the program doesn't know of it")
	}
	tm.WaitFor("没有取入县配置文件,忘了口令谁也打不开")

	choose()
	tm.Press("enter") // 换口令
	tm.WaitFor("现在的口令")
	answers("不是这个口令", "河边一排旧水车", "河边一排旧水车")
	tm.Press("f2")
	tm.WaitFor("口令不对")
	answers("门前两棵老槐树")
	tm.Press("f2")
	tm.WaitFor("口令已换")
	if err := r.App().Sitting.Check("河边一排旧水车"); err != nil {
		t.Error(err)
	}

	choose()
	tm.Press("down", "enter") // 不再加密
	tm.WaitFor("明文")
	tm.Press("f2")
	tm.WaitFor("请打现在的口令")
	kept(true)
	answers("河边一排旧水车")
	tm.Press("f2")
	tm.WaitFor("台账不再加密")
	kept(false)
	tm.Press("f10")
	if err := tm.WaitEnd(); err != nil {
		t.Error(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the ledger is gone: %v", err)
	}
}
