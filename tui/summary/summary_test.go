package summary_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

func TestSummary(t *testing.T) {
	for _, size := range sample.Sizes {
		l := sample.NewLedger(t)
		sample.AddPerson(t, l, map[string]model.Value{
			"name": "张三", "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "standing": "在册", "joined_on": "1999-07-01",
		})
		tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), size.W, size.H)
		tm.Press("f12")
		tm.Type("汇总")
		tm.Press("enter")
		tm.WaitFor("A01")
		tm.Press("tab")
		tm.Golden("summary-" + size.Name)
		tm.Press("enter")
		tm.WaitFor("人员:张三")
		tm.Golden("summary-behind-" + size.Name)
		tm.Press("enter")
		tm.WaitFor("档案 · 张三")
		tm.Press("esc", "esc", "f5", "down", "enter")
		tm.WaitFor("按乡镇")
		tm.Golden("summary-township-" + size.Name)
		tm.Press("f2", "down", "enter")
		tm.WaitFor("增减")
		tm.Golden("summary-compare-" + size.Name)
		tm.Press("f6", "down", "enter", "f2")
		tm.WaitFor("只看选定的指标")
	}
}
