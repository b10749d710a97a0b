package county_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"taizhang/store/county"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestUnits looks at the units, gives one another code and takes the end of another back,
// each in few keys.
func TestUnits(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			home, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			l := sample.CountyWithStick(t, "")
			before, err := county.Units(context.Background(), l)
			if err != nil || len(before) == 0 {
				t.Fatalf("%d units, %v", len(before), err)
			}
			tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), size.W, size.H)
			sample.OpenScreen(tm, "报送单位")
			tm.WaitFor("校验数字")
			tm.WaitFor("共 ")
			sample.Golden(t, tm, home, "units-"+size.Name)
			tm.Press("enter")
			tm.WaitFor("没有换过代码")
			tm.Press("enter") // it said of units on the list that they were not
			tm.WaitFor("还没有收到过")
			if strings.Contains(tm.Screen(), "不在单位名单里") {
				t.Errorf("a unit of the list is none:\n%s", tm.Screen())
			}
			tm.Press("esc")
			tm.WaitFor("没有换过代码")
			tm.Press("f2")
			tm.WaitFor("登记换代码")
			if got := tm.BeforeCursor(); got != "> 新代码        " {
				t.Errorf("before the cursor stands %q", got)
			}
			tm.Press("f2")
			tm.WaitFor("新代码应是")
			tm.Type("990101101288")
			tm.Press("f2")
			tm.WaitFor("返回再改")
			sample.Golden(t, tm, home, "units-recode-"+size.Name)
			tm.Press("down", "enter")
			tm.WaitFor("原来的代码:" + before[0].Code)
			tm.WaitFor("已登记")
			tm.Press("f8")
			tm.WaitFor("登记撤销或合并")
			tm.Press("f2")
			tm.WaitFor("返回再改")
			tm.Press("down", "enter")
			tm.WaitFor("撤回撤销")
			lives, err := county.Lives(context.Background(), l)
			if err != nil || lives["990101101288"].RetiredOn == "" {
				t.Fatalf("%+v, %v", lives, err)
			}
			tm.Press("f8")
			tm.WaitFor("返回,不动")
			tm.Press("down", "enter")
			tm.WaitFor("重新列入名单")
			if lives, err = county.Lives(context.Background(), l); err != nil || lives["990101101288"].RetiredOn != "" || !lives["990101101288"].OnRoll {
				t.Fatalf("%+v, %v", lives, err)
			}
		})
	}
}
