package table_test

import (
	"context"
	"os"
	"testing"

	"taizhang/tui/tuitest"
)

// sayWhy fills in for what and for whom whole numbers are.
func sayWhy(t *testing.T, tm *tuitest.Term) {
	t.Helper()
	wantScreen(t, tm, "写全号码的用途")
	tm.Type("年底统计")
	tm.Press("tab")
	tm.Type("柳河镇党委")
	tm.Press("f2")
}

// TestWholeNumbersAskWhatFor: no file with whole ID numbers is written from a table before
// its purpose and its receiver are said, and these are noted; the next time they stand there.
func TestWholeNumbersAskWhatFor(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	dir := inFolder(t, l)
	tm := start(t, l, "person", 80, 24)
	tm.Press("f7", "enter")
	wantScreen(t, tm, "只写一部分")
	tm.Press("down", "enter")
	wantScreen(t, tm, "写全号码的用途")
	tm.Type("年底统计")
	tm.Press("f2")
	wantScreen(t, tm, "写全号码一定要填这一项")
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("before it was said there are %v, %v", files, err)
	}
	tm.Type("柳河镇党委")
	tm.Press("f2")
	wantScreen(t, tm, "人员_在册党员_2026-10-31.xlsx")
	tm.Press("enter")
	wantScreen(t, tm, "已写成")
	past, err := l.HandedOut(context.Background(), 0)
	if err != nil || len(past) != 1 || past[0].Purpose != "年底统计" || past[0].Receiver != "柳河镇党委" || past[0].Title != "列表:人员" || past[0].File == "" {
		t.Errorf("noted: %+v, %v", past, err)
	}
	tm.Press("f7", "enter")
	wantScreen(t, tm, "只写一部分")
	tm.Press("down", "enter")
	wantScreen(t, tm, "年底统计", "柳河镇党委")
}
