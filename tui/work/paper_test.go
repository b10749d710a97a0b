package work_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// looks are the sizes in which a screen is looked at, and the plain drawing.
var looks = []struct {
	name  string
	w, h  int
	ascii bool
}{{"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"ascii", 80, 24, true}}

// A book begun on 2026-11-03: the 组织生活会 of March stands on paper. It is settled in a
// few keys, taken back, settled again, and shown on demand.
func TestSettleOnPaper(t *testing.T) {
	for _, look := range looks {
		c := &dayClock{}
		l := freshLedger(t, c)
		tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, ASCII: look.ascii}), look.w, look.h)
		tm.WaitFor("今年还没有开组织生活会")
		tm.WaitFor("支部党员大会:2026-11 起记,满季后判断")
		tm.WaitFor("没有错误")
		tm.WaitFor("还不能判断")
		tm.Golden("begun-work-" + look.name)
		tm.Press("down", "down", "enter")
		tm.WaitFor("台账从 2026-11 记起")
		tm.Press("f2")
		tm.WaitFor("记在哪里")
		tm.Press("ctrl+u")
		tm.Type("20260318")
		if got := tm.BeforeCursor(); !strings.HasSuffix(got, "20260318") {
			t.Errorf("before the cursor stands %q", got)
		}
		tm.Press("f2")
		tm.WaitFor("请写明记在哪里")
		tm.Type("会议记录本第12页")
		tm.Golden("paper-" + look.name)
		tm.Press("f2")
		tm.WaitFor("这一项已经没有要办的了")
		tm.WaitFor("已记下 1 条")
		tm.Press("ctrl+z")
		tm.WaitFor("今年组织生活会已有 0 次")
		tm.Press("f2")
		tm.WaitFor("记在哪里")
		tm.Press("tab")
		tm.Type("会议记录本第12页")
		tm.Press("f2")
		tm.WaitFor("这一项已经没有要办的了")
		all, err := count.OnPaper(context.Background(), l)
		if err != nil || len(all) != 1 || all[0].Day != "2026-11-03" || all[0].Note != "会议记录本第12页" || all[0].By == "" || all[0].At == "" || all[0].Period != "2026" {
			t.Errorf("settled: %+v, %v", all, err)
		}
		tm.Press("esc")
		tm.WaitFor("已在纸质台账办理的")
		tm.WaitFor("另有 1 本在纸质台账")
		tm.Press("down", "down", "down", "down", "down", "enter")
		tm.WaitFor("记在:会议记录本第12页")
		tm.Golden("paper-list-" + look.name)
		tm.Press("f8")
		tm.WaitFor("照常提醒")
		tm.Press("down", "enter")
		tm.WaitFor("没有记为")
		tm.Press("esc")
		tm.WaitFor("今年还没有开组织生活会")
	}
}

// Talks with all on file are settled in one act, and one Ctrl+Z takes them back.
func TestSettleAllOnPaper(t *testing.T) {
	c := &dayClock{}
	l := freshLedger(t, c)
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), 80, 24)
	tm.WaitFor("4 名党员今年未谈话")
	tm.Press("down", "down", "down", "enter")
	tm.WaitFor("谈心谈话 0 次")
	tm.Press("f2")
	tm.WaitFor("只这一条")
	tm.Press("tab")
	tm.Type("谈话本")
	tm.Press("tab", "right")
	tm.WaitFor("这一项的 4 条都是")
	tm.Press("f2")
	tm.WaitFor("已记下 4 条")
	tm.WaitFor("没有要办的了")
	tm.Press("ctrl+z")
	tm.WaitFor("赵六:今年")
	if all, err := count.OnPaper(context.Background(), l); err != nil || len(all) != 0 {
		t.Errorf("%d are still settled, %v", len(all), err)
	}
}

// What is done after the book was made, and what belongs to no period, wants a record.
func TestPaperIsRefused(t *testing.T) {
	c := &dayClock{}
	l := freshLedger(t, c)
	due := model.Due{DueOf: &model.DueOf{Code: "R-ORG-04", Kind: "organization", Period: "2026-12"}, ID: l.Home().ID}
	c.day = "2026-12-20"
	for _, day := range []model.Date{"2026-12-01", "2026-11-30", "2026-12-21"} {
		if _, err := count.SettleOnPaper(context.Background(), l, day, "本子", "", due); err == nil {
			t.Errorf("settled on %s", day)
		}
	}
	due.Period = ""
	if _, err := count.SettleOnPaper(context.Background(), l, "2026-11-01", "本子", "", due); err == nil {
		t.Error("settled without a period")
	}
	due.Period = "2026-11"
	if _, err := count.SettleOnPaper(context.Background(), l, "2026-11-02", "", "", due); err == nil {
		t.Error("settled without a note")
	}
	if all, err := count.OnPaper(context.Background(), l); err != nil || len(all) != 0 {
		t.Errorf("%d are settled, %v", len(all), err)
	}
}
