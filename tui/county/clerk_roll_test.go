package county_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// chooseList opens the box for the list with a key, and chooses a file of the working
// folder.
func chooseList(t *testing.T, tm *tuitest.Term, key, name string) {
	t.Helper()
	full, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	tm.Press(key)
	tm.WaitFor("选单位名单")
	tm.Press("ctrl+u")
	tm.Type(full)
	tm.Press("enter")
}

// merge says of the unit at hand that it went into another one; a day to come is refused.
func merge(t *testing.T, tm *tuitest.Term, look func()) {
	t.Helper()
	tm.Press("enter")
	tm.WaitFor("表里漏了,单位还在")
	look()
	tm.Press("down", "enter")
	tm.WaitFor("合并到哪个单位")
	tm.Type("wangjia")
	tm.Press("enter")
	tm.WaitFor("从哪一天起")
	tm.Press("ctrl+u")
	tm.Type("20261101")
	tm.Press("enter")
	tm.WaitFor("还没有到")
	tm.Press("ctrl+u")
	tm.Type("20261001")
	if got := tm.BeforeCursor(); !strings.HasSuffix(got, "│ > 20261001") {
		t.Errorf("before the cursor stands %q", got)
	}
	tm.Press("enter")
	tm.WaitFor("合并到王家村党支部,2026-10-01 起")
}

// taken looks at the list, the unit that has gone and the profile afterwards.
func taken(t *testing.T, l *store.Ledger) {
	t.Helper()
	ctx := context.Background()
	roll, err := l.Roll(ctx)
	if err != nil || len(roll) != 4 {
		t.Fatalf("the list is %v, %v", roll, err)
	}
	lives, err := county.Lives(ctx, l)
	if gone := lives["990101101302"]; err != nil || gone.RetiredOn != "2026-10-01" || gone.Into != "990101101301" {
		t.Errorf("the unit that has gone is %+v, %v", gone, err)
	}
	p, err := send.Profile(ctx, l)
	if err != nil || p.Version != 2 || len(p.Units) != 4 || !slices.ContainsFunc(p.Units, func(u bundle.Unit) bool { return u.Name == "柳湾村党总支" }) {
		t.Errorf("the profile says %+v, %v", p, err)
	}
}

// TestRollIsShownBeforeItIsTaken reads lists: a wrong one is named by its row, a good one
// is shown with what changes, and takes the other's place after a yes.
func TestRollIsShownBeforeItIsTaken(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			tm, l, home := clerk(t, "", size)
			const kept = "代码,名称,乡镇,领域,电话\n990101101201,石桥村党支部,云溪镇,行政村,10012345678\n990101101202,柳湾村党总支,云溪镇,行政村,10012340000\n990101101301,王家村党支部,柳河镇,行政村,10012345681\n"
			write(t, "坏.csv", kept+"12,赵家村党支部,柳河镇,行政村,\n")
			write(t, "新.csv", kept+"990101101303,赵家村党支部,柳河镇,行政村,\n")
			ctx := context.Background()
			sample.OpenScreen(tm, "取入单位名单")
			tm.WaitFor("现在的名单上有 4 个单位")
			golden(t, tm, home, "roll-choose", size)
			chooseList(t, tm, "enter", "坏.csv")
			tm.WaitFor("第 5 行")
			chooseList(t, tm, "enter", "新.csv")
			tm.WaitFor("新的 1 个,改了的 1 个,没有了的 1 个,不变的 2 个")
			golden(t, tm, home, "roll-shown", size)
			tm.Press("f2")
			tm.WaitFor("还有 1 个单位要先说明")
			if roll, err := l.Roll(ctx); err != nil || len(roll) != 4 || !slices.ContainsFunc(roll, func(u store.Unit) bool { return u.Code == "990101101302" }) {
				t.Errorf("the list is %v, %v", roll, err)
			}
			merge(t, tm, func() { golden(t, tm, home, "roll-gone", size) })
			tm.Press("f2")
			tm.WaitFor("配置文件重新签发")
			tm.Press("enter")
			tm.WaitFor("配置文件升为第 2 版")
			taken(t, l)
			chooseList(t, tm, "f4", "新.csv")
			tm.WaitFor("与现在的名单相同")
		})
	}
}

// TestRollWithoutAKey takes the list in when the person goes on without the key, and
// signs nothing.
func TestRollWithoutAKey(t *testing.T) {
	tm, l, _ := clerk(t, "", sample.Sizes[0])
	if err := os.Remove(filepath.Join("县", county.KeyFile)); err != nil {
		t.Fatal(err)
	}
	list := "代码,名称,乡镇,领域,电话\n"
	for _, u := range sample.CountyUnits[:3] {
		list += strings.Join([]string{u.Code, u.Name, u.Township, u.Domain, u.Phone}, ",") + "\n"
	}
	write(t, "新.csv", list)
	sample.OpenScreen(tm, "取入单位名单")
	chooseList(t, tm, "enter", "新.csv")
	tm.WaitFor("没有了的 1 个")
	tm.Press("enter")
	tm.WaitFor("表里漏了,单位还在")
	tm.Press("enter", "enter")
	tm.WaitFor("撤销,2026-10-31 起")
	tm.Press("f2", "enter")
	tm.WaitFor("没有找到密钥")
	tm.Press("down", "enter")
	tm.WaitFor("还没有重新签发")
	ctx := context.Background()
	if roll, err := l.Roll(ctx); err != nil || len(roll) != 3 {
		t.Errorf("the list is %v, %v", roll, err)
	}
	if p, err := send.Profile(ctx, l); err != nil || p.Version != 1 {
		t.Errorf("the profile is %+v, %v", p, err)
	}
}

// TestPartOfAList keeps all units that a list lacks, with one answer: it is most often a
// part of the county's.
func TestPartOfAList(t *testing.T) {
	tm, l, _ := clerk(t, "", sample.Sizes[0])
	write(t, "新.csv", "代码,名称,乡镇\n990101101303,赵家村党支部,柳河镇\n")
	sample.OpenScreen(tm, "取入单位名单")
	chooseList(t, tm, "enter", "新.csv")
	tm.WaitFor("要说明 4 个")
	tm.ClickOn("青石岭村")
	tm.WaitFor("都是表里漏了")
	tm.Press("end", "enter")
	tm.WaitGone("要说明")
	tm.Press("f2")
	tm.WaitFor("配置文件重新签发")
	tm.Press("enter")
	tm.WaitFor("配置文件升为第 2 版")
	if roll, err := l.Roll(context.Background()); err != nil || len(roll) != 5 {
		t.Errorf("the list is %v, %v", roll, err)
	}
}

// TestCodeOfAnother asks of a unit whose code stands on the new list under another unit's
// name: taken as a new name, the other's records would follow it.
func TestCodeOfAnother(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			tm, l, home := clerk(t, "", size)
			sample.OpenScreen(tm, "收报")
			tm.WaitFor("选中它按回车")
			tm.Press("enter")
			tm.WaitFor("已接收 2")
			tm.Press("esc")
			// 石桥村 has a new code, and 柳湾村 the one that 石桥村 had.
			write(t, "新.csv", "代码,名称,乡镇,领域,电话\n990101101288,石桥村党支部,云溪镇,行政村,10012345678\n990101101201,柳湾村党支部,云溪镇,行政村,10012345679\n"+
				"990101101301,王家村党支部,柳河镇,行政村,10012345681\n990101101302,青石岭村党支部,柳河镇,行政村,10012345682\n")
			sample.OpenScreen(tm, "取入单位名单")
			chooseList(t, tm, "enter", "新.csv")
			tm.WaitFor("要说明 2 个")
			golden(t, tm, home, "roll-taken-code", size)
			tm.Press("enter")
			tm.WaitFor("还是它,只是改了名称")
			golden(t, tm, home, "roll-taken-ask", size)
			tm.Press("enter", "enter") // 换了代码,现在是 990101101288, from today
			tm.WaitFor("要说明 1 个")
			tm.Press("enter")
			tm.WaitFor("换了代码,现在是 990101101201")
			tm.Press("enter", "enter")
			tm.WaitGone("要说明")
			tm.Press("f2", "enter")
			tm.WaitFor("配置文件升为第 2 版")
			lives, err := county.Lives(context.Background(), l)
			if err != nil || lives["990101101288"].Name != "石桥村党支部" || lives["990101101201"].Name != "柳湾村党支部" ||
				lives["990101101288"].Former[0].Code != "990101101201" || lives["990101101201"].Former[0].Code != "990101101202" {
				t.Errorf("the units are %+v, %v", lives, err)
			}
		})
	}
}
