package work_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestClockOnWorkTable: a date that can't be right stands in full at the top of the work
// table, and the work goes on below.
func TestClockOnWorkTable(t *testing.T) {
	for _, size := range sample.Sizes {
		l := sample.NewLedger(t)
		sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "birth_date": "1940-03-02", "status": "群众"})
		l.Source().Now = func() time.Time { return time.Date(1970, 1, 1, 8, 0, 0, 0, time.UTC) }
		tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Source: l.Source()}), size.W, size.H)
		tm.WaitFor("电脑的日期是1970年1月1日")
		tm.WaitFor("再打开台账")
		if !strings.Contains(tm.Screen(), "> 今天办什么") {
			t.Errorf("the choice is not on the first thing to do:\n%s", tm.Screen())
		}
		tm.Press("down")
		tm.WaitFor("> 还没有上报")
		tm.Golden("clock-" + size.Name)
	}
}
