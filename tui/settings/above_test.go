package settings_test

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestAbove takes the profile of the office above in, and another office's not in its place
// until its digits are vouched for; then it is another office's still.
func TestAbove(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	l, _ := sample.OpenOffice(t)
	profile := func(name, code string, n int) string {
		source := sample.Source()
		source.Rand = sample.NewDice(n)
		r, err := county.Init(ctx, county.InitOptions{Code: code, Name: name, Level: bundle.LevelCity, Dir: filepath.Join(dir, name), Source: source})
		if err != nil {
			t.Fatal(err)
		}
		return r.Profile
	}
	city, other := profile("云川市委组织部", "990100000000", 7), profile("平川市委组织部", "990200000000", 8)
	tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	sample.OpenScreen(tm, "设置")
	tm.WaitFor("封了账的汇总数字不能上报")
	tm.Press("down", "down", "down", "down", "down", "down")
	tm.WaitFor("> 上级配置文件")
	take := func(path string) {
		t.Helper()
		tm.Press("enter")
		tm.WaitFor("上级发来的配置文件")
		tm.Press("ctrl+u")
		tm.Type(path)
		tm.Press("enter")
		tm.WaitGone("上级发来的配置文件")
	}
	take(city)
	tm.WaitFor("已取入上级“云川市委组织部”的配置文件")
	tm.WaitFor("云川市委组织部(地市),第 1 版")
	take(other)
	tm.WaitFor("上级换了密钥吗")
	tm.Press("enter") // no digits are wrong ones: nobody may be taken for asked
	tm.WaitFor("写的校验数字与文件里密钥的不一样")
	take(other)
	tm.WaitFor("上级换了密钥吗")
	tm.Type("12345678")
	tm.Press("enter")
	tm.WaitFor("写的校验数字与文件里密钥的不一样")
	if p, err := send.Above(ctx, l); err != nil || p.Code != "990100000000" {
		t.Errorf("%+v, %v", p, err)
	}
}
