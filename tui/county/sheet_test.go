package county_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/tui"
	"taizhang/tui/table"
	"taizhang/tui/tuitest/sample"
)

// TestCountySheetNamesTheOrganisation writes the county's table to a file, which tells
// whose each record is as the table does.
func TestCountySheetNamesTheOrganisation(t *testing.T) {
	l := sample.CountyWithStick(t, "")
	r := tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }})
	tm := sample.Start(t, r, 80, 24)
	r.App().Table = table.New
	dir := t.TempDir()
	if err := l.SetSetting(context.Background(), "sheet.folder", dir); err != nil {
		t.Fatal(err)
	}
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	sample.OpenScreen(tm, "renyuan")
	tm.WaitFor("柳湾村党支部")
	for _, what := range []string{"CSV 文件,表上", "CSV 文件,全部"} {
		tm.Press("f7")
		tm.Type(what)
		tm.Press("enter")
		tm.WaitFor("只写一部分")
		tm.Press("enter")
		tm.WaitFor("写到哪里")
		tm.Press("enter")
		tm.WaitFor("已写成")
		found, err := filepath.Glob(filepath.Join(dir, "*.csv"))
		if err != nil || len(found) != 1 {
			t.Fatalf("files %v, %v", found, err)
		}
		text := sample.Read(t, found[0])
		if !strings.HasPrefix(text, "\uFEFF姓名,单位,") || !strings.Contains(text, ",柳湾村党支部,") || !strings.Contains(text, ",石桥村党支部,") {
			t.Errorf("%s:\n%s", what, text)
		}
		if err := os.Remove(found[0]); err != nil {
			t.Fatal(err)
		}
	}
}
