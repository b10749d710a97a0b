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

// TestCityReadsItsOwnWords: no screen of a city, and no help on one, speaks of villages or
// of what a county does; those that need records are not offered.
func TestCityReadsItsOwnWords(t *testing.T) {
	city, _ := cityOf(t, sample.CountyWithStick(t, ""))
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: city, Drives: func() []string { return nil }}), 120, 60)
	tm.WaitFor("还没有收过汇总")
	others := []string{"村里", "各村", "别村", "本村", "全县", "县里的密钥", "县里的规定", "县里校验", "县里马上", "县(市)", "没有写乡镇", "在册党员", "各乡镇"}
	check := func(where string) {
		t.Helper()
		text := tm.Screen()
		for _, word := range others {
			if strings.Contains(text, word) {
				t.Errorf("%s speaks of %s:\n%s", where, word, text)
			}
		}
	}
	check("工作台")
	tm.Press("f12")
	tm.WaitFor("市级")
	for _, gone := range []string{"交叉核对", "给村里恢复台账", "给乡镇摘录", "发启动卡", "与全国系统比对"} {
		if strings.Contains(tm.Screen(), gone) {
			t.Errorf("the menu of a city offers %s", gone)
		}
	}
	tm.Press("esc")
	for _, name := range []string{"收报", "报送情况", "报送单位", "待核实", "市里的密钥", "核对后放行", "取入单位名单", "市里的规定", "封账", "汇总", "统计", "下发文件", "设置"} {
		sample.OpenScreen(tm, name)
		tm.WaitFor(" " + name)
		tm.WaitGone("正在")
		check(name)
		tm.Press("f1")
		tm.WaitFor("帮助:" + name)
		check("the help of " + name)
		tm.Press("esc", "esc")
		tm.WaitFor("各县上报")
	}
}

// TestReportingOnAWideScreen: the units of the township that is chosen stand beside the
// townships, and Tab goes there and back.
func TestReportingOnAWideScreen(t *testing.T) {
	l := sample.CountyWithStick(t, "")
	text, err := os.ReadFile(filepath.Join(filepath.Dir(l.Path()), county.KeyFile))
	done(t, err)
	key, err := bundle.ParseCountyKey(text, "")
	done(t, err)
	_, err = county.Receive(context.Background(), l, key, []string{"U盘"}, county.ReceiveOptions{})
	done(t, err)
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), 200, 60)
	sample.OpenScreen(tm, "报送情况")
	tm.WaitFor("柳河镇")
	both := func(row string) (towns, units string) {
		for y := range 60 {
			if left, right, is := strings.Cut(tm.Row(y), "│"); is && strings.Contains(left, row) {
				return left, right
			}
		}
		t.Fatalf("no row of %s:\n%s", row, tm.Screen())
		return "", ""
	}
	tm.WaitFor("共 4 个")
	if _, right := both("合计"); !strings.Contains(right, "镇") {
		t.Errorf("beside the sum stands %q", right)
	}
	tm.Press("down", "down")
	tm.WaitGone("石桥村")
	if text := tm.Screen(); !strings.Contains(text, "> 柳河镇") || !strings.Contains(text, "王家村") {
		t.Errorf("the units of the second township:\n%s", text)
	}
	tm.Press("tab", "enter")
	tm.WaitFor("报送经过:")
	tm.Press("esc", "tab", "up", "up")
	tm.WaitFor("石桥村")
}
