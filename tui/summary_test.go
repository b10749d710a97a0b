package tui

import (
	"testing"

	"taizhang/model"
)

func TestSummary(t *testing.T) {
	for _, size := range sizes {
		l := newLedger(t)
		addPerson(t, l, map[string]model.Value{
			"name": "张三", "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "standing": "在册", "joined_on": "1999-07-01",
		})
		tm, _ := start(t, Options{Ledger: l}, size.w, size.h)
		tm.Press("f12")
		tm.Type("汇总")
		tm.Press("enter")
		tm.WaitFor("A01")
		tm.Press("tab")
		tm.Golden("summary-" + size.name)
		tm.Press("enter")
		tm.WaitFor("人员:张三")
		tm.Golden("summary-behind-" + size.name)
		tm.Press("enter")
		tm.WaitFor("表单")
		tm.Press("esc", "esc", "f5", "down", "enter")
		tm.WaitFor("按乡镇")
		tm.Golden("summary-township-" + size.name)
		tm.Press("f2", "down", "enter")
		tm.WaitFor("增减")
		tm.Golden("summary-compare-" + size.name)
		tm.Press("f6", "down", "enter", "f2")
		tm.WaitFor("只看选定的指标")
	}
}
