package monthend_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/send"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

func TestMonthEndExports(t *testing.T) {
	l := sample.NewLedger(t)
	dir := t.TempDir()
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	tm.Press("f9")
	tm.WaitFor("县配置文件")
	tm.Golden("monthend-80x24")
	tm.Press("f2")
	tm.WaitFor("请填写报送包要写到哪个文件夹")
	setDir(tm, dir+"/没有")
	tm.Press("f2")
	tm.WaitFor("还没有县里的配置文件")
	tm.Type(sample.CountyProfile(t))
	tm.Press("enter")
	tm.WaitFor("县配置文件已取入")
	tm.Press("f2")
	tm.WaitFor("没有文件夹")
	setDir(tm, dir)
	tm.Press("f2")
	tm.WaitFor("导出完成")
	files, err := filepath.Glob(filepath.Join(dir, "990101001_2026-10_0001.tzb"))
	if err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
	tm.Press("esc")
	tm.WaitFor("已导出第 1 号报送包")
	// The folder was used: it stands there again, and no stick is missed.
	tm.Press("f9")
	tm.WaitFor(filepath.Base(dir))
	if strings.Contains(tm.Screen(), "没有找到U盘") {
		t.Errorf("a stick is missed though a folder was used:\n%s", tm.Screen())
	}
}

// TestMonthEndTurnsMonths finds that ← went from the newest month around to the oldest.
func TestMonthEndTurnsMonths(t *testing.T) {
	l := sample.NewLedger(t)
	if err := l.SetSetting(context.Background(), store.SettingFirstMonth, "2026-08"); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	tm.Press("f9")
	for _, c := range []struct{ key, want string }{
		{"", "< 2026年10月 >"}, {"left", "< 2026年9月 >"}, {"left", "< 2026年8月 >"}, {"left", "没有更早的月份"},
		{"right", "< 2026年9月 >"}, {"right", "< 2026年10月 >"}, {"right", "没有更晚的月份"},
	} {
		if c.key != "" {
			tm.Press(c.key)
		}
		tm.WaitFor(c.want)
	}
}

// TestMonthEndChoosesAFolder writes to a folder that was chosen from the list, and takes
// the county's profile from where its name was begun.
func TestMonthEndChoosesAFolder(t *testing.T) {
	l := sample.NewLedger(t)
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	tm.Press("f9")
	tm.WaitFor("县配置文件")
	for !strings.HasPrefix(cursorRow(tm), "> 写到") {
		tm.Press("tab")
	}
	tm.Press("f3")
	tm.WaitFor("就用这个文件夹")
	tm.Press("down", "enter")
	profile := sample.CountyProfile(t)
	begun := strings.TrimSuffix(profile, filepath.Ext(profile))
	tm.Type(begun[:len(begun)-1])
	tm.Press("enter")
	tm.WaitFor("县配置文件已取入")
	tm.Press("f2")
	tm.WaitFor("导出完成")
	if files, err := filepath.Glob(filepath.Join(dir, "*.tzb")); err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
}

func TestMonthEndAsksAboutErrors(t *testing.T) {
	l := sample.NewLedger(t)
	if err := send.SetProfile(context.Background(), l, []byte(sample.Read(t, sample.CountyProfile(t)))); err != nil {
		t.Fatal(err)
	}
	sample.TwoProblems(t, l)
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	tm.Press("f9")
	dir := t.TempDir()
	setDir(tm, dir)
	tm.WaitFor("要先改正")
	tm.Press("f2")
	tm.WaitFor("还有错误没有改正")
	tm.Press("down", "enter")
	tm.WaitFor("导出完成")
}

// setDir goes to the field of the folder and types another one.
func setDir(tm *tuitest.Term, dir string) {
	for !strings.HasPrefix(cursorRow(tm), "> 写到") {
		tm.Press("tab")
		if strings.Contains(tm.Screen(), "> [ 导出报送包") {
			tm.Press("up", "up", "up", "up", "up", "up")
		}
	}
	for range 200 {
		if strings.TrimSpace(strings.TrimPrefix(tm.BeforeCursor(), "> 写到")) == "" {
			break
		}
		tm.Press("backspace")
	}
	tm.Type(dir)
}

func cursorRow(tm *tuitest.Term) string {
	_, y, _ := tm.Cursor()
	return tm.Row(y)
}
