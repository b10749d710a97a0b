package county_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store/county"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// TestCountyPages takes a stick in with three keys, and looks at what the county
// knows then.
func TestCountyPages(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			home, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			l := sample.CountyWithStick(t, "")
			r := tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }})
			tm := sample.Start(t, r, size.W, size.H)
			r.App().Form = func(_ *ui.App, o ui.FormOf) ui.Screen { return &sample.Fake{Head: "表单 " + o.Kind} }
			tm.Press("f12")
			tm.WaitFor("县级")
			tm.Press("esc")
			sample.OpenScreen(tm, "收报")
			tm.WaitFor("没收过的 3 个")
			sample.Golden(t, tm, home, "county-sticks-"+size.Name)
			tm.Press("enter")
			tm.WaitFor("第二步")
			sample.Golden(t, tm, home, "county-taken-"+size.Name)
			tm.Press("enter")
			tm.WaitFor("回执 2 份")
			tm.Press("enter")
			tm.WaitFor("没收过的 1 个")
			answers, err := filepath.Glob("U盘/回执/*")
			if err != nil || len(answers) != 3 {
				t.Errorf("on the stick are %v, %v", answers, err)
			}

			sample.OpenScreen(tm, "报送情况")
			tm.WaitFor("合计")
			sample.Golden(t, tm, home, "county-status-"+size.Name)
			tm.Press("tab")
			sample.Golden(t, tm, home, "county-units-"+size.Name)
			tm.Type("青石")
			if got := tm.BeforeCursor(); got != " 查找:青石" {
				t.Errorf("before the cursor stands %q", got)
			}
			tm.Press("esc")
			tm.Type("拒收")
			tm.Press("enter")
			tm.WaitFor("报送经过:王家村党支部")
			sample.Golden(t, tm, home, "county-unit-"+size.Name)
			tm.Press("esc", "f7")
			tm.WaitFor("还有 2 个单位没有报")
			tm.Press("enter")
			tm.WaitFor("催报单已写出")

			sample.OpenScreen(tm, "交叉核对")
			tm.WaitFor("重复在册")
			sample.Golden(t, tm, home, "county-cross-"+size.Name)
			tm.Press("enter")
			tm.WaitFor("看哪一边的记录")
			tm.Press("enter")
			tm.WaitFor("表单 person")
		})
	}
}

// TestReceiveAsksForThePassphraseOnce opens a locked key.
func TestReceiveAsksForThePassphraseOnce(t *testing.T) {
	l := sample.CountyWithStick(t, "出门左转 3")
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("其他文件夹")
	tm.Press("enter")
	tm.WaitFor("就用这个文件夹")
	tm.Press("ctrl+u")
	tm.Type("U盘")
	if got := tm.BeforeCursor(); got != "  │ U盘" {
		t.Errorf("before the cursor stands %q", got)
	}
	tm.Press("enter")
	tm.WaitFor("加了口令")
	tm.Type("不对")
	tm.Press("enter")
	tm.WaitFor("口令不对")
	tm.Type("出门左转 3")
	if got := tm.BeforeCursor(); got != "  口令 ******" {
		t.Errorf("before the cursor stands %q", got)
	}
	if strings.Contains(tm.Screen(), "左转") {
		t.Error("the passphrase is shown")
	}
	tm.Press("enter")
	tm.WaitFor("第二步")
	tm.Press("enter")
	tm.WaitFor("回执 2 份")
	tm.Press("enter")
	tm.WaitFor("其他文件夹")
	tm.Press("enter", "enter")
	tm.WaitFor("已收过 2")
	tm.Press("enter")
	tm.WaitFor("没有新的回执要写")
}

// TestReceiveWithoutAKey says what is missing, and takes nothing in.
func TestReceiveWithoutAKey(t *testing.T) {
	l := sample.CountyWithStick(t, "")
	if err := os.Remove(filepath.Join("县", county.KeyFile)); err != nil {
		t.Fatal(err)
	}
	other, err := county.Init(context.Background(), county.InitOptions{Code: "990200000", Name: "邻县", Dir: "邻县"})
	if err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("没有找到密钥")
	if err := os.Rename(other.Key, filepath.Join("县", county.KeyFile)); err != nil {
		t.Fatal(err)
	}
	tm.Press("esc", "enter")
	tm.WaitFor("不是本县的")
	// Where it lies elsewhere, it is chosen from the list that is asked for then.
	if err := os.Rename(filepath.Join("县", county.KeyFile), "邻县的.key"); err != nil {
		t.Fatal(err)
	}
	tm.Press("enter")
	tm.WaitFor("上一级")
	tm.Press("down", "enter")
	tm.WaitFor("邻县的.key")
	tm.Press("enter")
	tm.WaitFor("不是本县的")
	if lines, err := county.Intakes(context.Background(), l, ""); err != nil || len(lines) != 0 {
		t.Errorf("handled %d, %v", len(lines), err)
	}
}

// TestVillageHasNoCountyPages looks for the county's pages in a village's menu.
func TestVillageHasNoCountyPages(t *testing.T) {
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: sample.NewLedger(t)}), 80, 24)
	tm.Press("f12")
	tm.WaitFor("工作台")
	if strings.Contains(tm.Screen(), "县级") {
		t.Error("a village is offered the county's pages")
	}
}

// TestCountyTableNamesTheOrganisation sees whose a record is, and filters by it.
func TestCountyTableNamesTheOrganisation(t *testing.T) {
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	l := sample.CountyWithStick(t, "")
	tm := sample.StartReal(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	sample.OpenScreen(tm, "renyuan")
	tm.WaitFor("柳湾村党支部")
	sample.Golden(t, tm, home, "county-table-80x24")
	tm.Press("f5", "down", "enter")
	tm.Type("lw")
	tm.Press("enter")
	tm.WaitFor("筛选:单位=柳湾村党支部")
	tm.WaitFor("共 1 条")
	if strings.Contains(tm.Screen(), "石桥村") {
		t.Errorf("another organisation's record is shown:\n%s", tm.Screen())
	}

	sample.OpenScreen(tm, "supply")
	tm.WaitFor("填报单位") // this kind has a 单位 of its own
	sample.OpenScreen(tm, "renyuan")
	tm.WaitFor("共 2 条")

	// A village's record is only looked at, the county's own is changed as any.
	if strings.Contains(tm.Row(23), "删除") {
		t.Errorf("a village's record is offered to be deleted: %s", tm.Row(23))
	}
	tm.Press("f8")
	tm.WaitFor("这里只能看,不能删")
	tm.Press("enter", "f3")
	tm.WaitFor("这条记录属于别的党组织,这里只能看,不能改")
	tm.WaitFor("查看人员 张三")
	sample.OpenScreen(tm, "dangzuzhi")
	tm.WaitFor("共 3 条")
	tm.Type("zzb")
	tm.WaitFor("共 1 条")
	tm.Press("f8")
	tm.WaitFor("要删除党组织 澄安县委组织部")
	tm.Press("esc", "enter")
	tm.WaitFor("修改党组织 澄安县委组织部")
	tm.Press("tab", "tab", "tab") // to a field of plain text
	tm.WaitFor("F2 保存")
}

// TestCountyTakesReportsIn has the month's key open 收报, and is offered nothing of the
// month-end, which a village alone has.
func TestCountyTakesReportsIn(t *testing.T) {
	l := sample.CountyWithStick(t, "")
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	tm.WaitFor("F9 收报")
	tm.Press("f12")
	tm.WaitFor("交叉核对")
	if text := tm.Screen(); strings.Contains(text, "月度上报") || !strings.Contains(text, "上报记录") { // what went to the office above
		t.Errorf("the menu:\n%s", text)
	}
	tm.Press("esc", "f9")
	tm.WaitFor("第一步:插上U盘")
	tm.Press("ctrl+e", "f1") // the same screen stays
	tm.WaitFor("帮助:收报")
	if strings.Contains(tm.Screen(), "月度上报") {
		t.Errorf("the help tells of the month-end:\n%s", tm.Screen())
	}
	tm.Press("esc", "esc")
	tm.WaitFor("工作台")
}

// TestCrossCheckShowsWhatItFound goes from a finding to a village's record, which is
// only looked at, and sees the finding under the field.
func TestCrossCheckShowsWhatItFound(t *testing.T) {
	l := sample.CountyWithStick(t, "")
	tm := sample.StartReal(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	sample.OpenScreen(tm, "交叉核对")
	tm.WaitFor("重复在册")
	tm.Press("enter")
	tm.WaitFor("看哪一边的记录")
	tm.Press("down", "enter")
	tm.WaitFor("查看人员 张三")
	tm.WaitFor("这里只能看,不能改")
	tm.WaitFor("交叉核对:与云溪镇柳湾村党支部的“张三”身份证号相同")
	if _, _, visible := tm.Cursor(); visible {
		t.Error("a caret stands in what can't be changed")
	}
	_, field, _ := tm.Find("公民身份号码")
	if _, said, _ := tm.Find("交叉核对:"); said != field+1 {
		t.Errorf("the finding stands in row %d, the field in row %d", said, field)
	}
}

// TestUnitPageTrustsANewKey takes a village in that began its ledger anew: its bundles
// are refused until the digits of its new key are typed.
func TestUnitPageTrustsANewKey(t *testing.T) {
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	l := sample.CountyWithStick(t, "")
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
	take := func() {
		sample.OpenScreen(tm, "收报")
		tm.WaitFor("第一步")
		tm.WaitFor("没收过的")
		tm.Press("enter")
		tm.WaitFor("第二步")
	}
	take()
	sample.VillageBundle(t, sample.CountyUnits[0], 40, sample.Read(t, filepath.Join("县", county.ProfileFile)))
	take()
	tm.WaitFor("签名的密钥")
	sample.OpenScreen(tm, "报送情况")
	tm.WaitFor("合计")
	tm.WaitFor("密钥变了的 1 个")
	tm.Press("tab")
	tm.Type("石桥")
	tm.Press("enter")
	tm.WaitFor("核对并认可新密钥")
	sample.Golden(t, tm, home, "county-changed-80x24")
	tm.Press("enter")
	tm.WaitFor("让对方念新密钥的校验数字")
	tm.Type("12345678")
	if got := tm.BeforeCursor(); got != " 校验数字 12345678" {
		t.Errorf("before the cursor stands %q", got)
	}
	tm.Press("enter")
	tm.WaitFor("没有认可")
	sample.Golden(t, tm, home, "county-trust-80x24")
	changed, err := county.ChangedKey(context.Background(), l, sample.CountyUnits[0].Code)
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		tm.Press("backspace")
	}
	tm.Type(changed.New)
	tm.Press("enter")
	tm.WaitFor("新密钥已认可")
	take()
	tm.WaitFor("已接收 1")
}
