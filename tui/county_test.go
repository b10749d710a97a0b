package tui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
	"taizhang/tui/tuitest"
	"taizhang/tui/ui"
)

// countyUnits is the list of the county of these tests.
var countyUnits = []store.Unit{
	{Code: "990101101201", Name: "石桥村党支部", Township: "云溪镇", Domain: "行政村", Phone: "10012345678"},
	{Code: "990101101202", Name: "柳湾村党支部", Township: "云溪镇", Domain: "行政村", Phone: "10012345679"},
	{Code: "990101101301", Name: "王家村党支部", Township: "柳河镇", Domain: "行政村", Phone: "10012345681"},
	{Code: "990101101302", Name: "青石岭村党支部", Township: "柳河镇", Domain: "行政村", Phone: "10012345682"},
}

// countyWithStick makes a county, and a stick "U盘" in the working folder with
// the bundles of three of its villages, one of them damaged.
func countyWithStick(t *testing.T, passphrase string) *store.Ledger {
	t.Helper()
	ctx := context.Background()
	t.Chdir(t.TempDir())
	res, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", Dir: "县", Source: fixedSource(), Passphrase: passphrase, WorkFactor: 10})
	if err != nil {
		t.Fatal(err)
	}
	l, err := store.Open(ctx, res.DB, store.Options{Source: fixedSource()})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SetUnits(ctx, countyUnits); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("U盘", 0o700); err != nil {
		t.Fatal(err)
	}
	for n, u := range countyUnits[:3] {
		sent := villageBundle(t, u, n, read(t, res.Profile))
		if n != 2 {
			continue
		}
		whole := read(t, sent.Path)
		if err := os.WriteFile(sent.Path, []byte(whole[:len(whole)/2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join("U盘", "说明.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return l
}

// villageBundle makes a village's ledger, with one member who is on the rolls of
// every village, and exports it to the stick.
func villageBundle(t *testing.T, u store.Unit, n int, profile string) store.Sent {
	t.Helper()
	ctx := context.Background()
	source := fixedSource()
	source.Rand = &dice{n: 1000 * (n + 1)}
	v, err := store.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"),
		store.Home{Code: u.Code, Name: u.Name, Kind: "党支部", Domain: u.Domain, Township: u.Township}, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := v.SetProfile(ctx, []byte(profile)); err != nil {
		t.Fatal(err)
	}
	addPerson(t, v, map[string]model.Value{"name": "张三", "sex": "男", "birth_date": "1970-03-02", "id_number": "990101197003020118",
		"id_checked": true, "status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"})
	sent, err := v.Export(ctx, store.ExportOptions{Month: "2026-10", Dir: "U盘", AllowErrors: true})
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

// golden compares the screen with a golden file of the package's folder, while the
// program works in another one.
func golden(t *testing.T, tm *tuitest.Term, home, name string) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(home)
	tm.Golden(name)
	t.Chdir(here)
}

func openScreen(tm *tuitest.Term, find string) {
	tm.Press("f12")
	tm.Type(find)
	tm.Press("enter")
}

// TestCountyPages takes a stick in with three keys, and looks at what the county
// knows then.
func TestCountyPages(t *testing.T) {
	for _, size := range sizes {
		t.Run(size.name, func(t *testing.T) {
			home, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			l := countyWithStick(t, "")
			tm, r := start(t, Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}, size.w, size.h)
			r.newForm = func(_ *ui.App, o ui.OpenForm) ui.Screen { return &fake{title: "表单 " + o.Kind} }
			tm.Press("f12")
			tm.WaitFor("县级")
			tm.Press("esc")
			openScreen(tm, "收报")
			tm.WaitFor("没收过的 3 个")
			golden(t, tm, home, "county-sticks-"+size.name)
			tm.Press("enter")
			tm.WaitFor("第二步")
			golden(t, tm, home, "county-taken-"+size.name)
			tm.Press("enter")
			tm.WaitFor("回执 2 份")
			tm.Press("enter")
			tm.WaitFor("没收过的 1 个")
			answers, err := filepath.Glob("U盘/回执/*")
			if err != nil || len(answers) != 3 {
				t.Errorf("on the stick are %v, %v", answers, err)
			}

			openScreen(tm, "报送情况")
			tm.WaitFor("合计")
			golden(t, tm, home, "county-status-"+size.name)
			tm.Press("tab")
			golden(t, tm, home, "county-units-"+size.name)
			tm.Type("青石")
			if got := tm.BeforeCursor(); got != " 找:青石" {
				t.Errorf("before the cursor stands %q", got)
			}
			tm.Press("esc")
			tm.Type("拒收")
			tm.Press("enter")
			tm.WaitFor("报送经过:王家村党支部")
			golden(t, tm, home, "county-unit-"+size.name)
			tm.Press("esc", "f7")
			tm.WaitFor("还有 2 个单位没有报")
			tm.Press("enter")
			tm.WaitFor("催报单已写出")

			openScreen(tm, "交叉核对")
			tm.WaitFor("重复在册")
			golden(t, tm, home, "county-cross-"+size.name)
			tm.Press("enter")
			tm.WaitFor("看哪一边的记录")
			tm.Press("enter")
			tm.WaitFor("表单 person")
		})
	}
}

// TestReceiveAsksForThePassphraseOnce opens a locked key.
func TestReceiveAsksForThePassphraseOnce(t *testing.T) {
	l := countyWithStick(t, "出门左转 3")
	tm, _ := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, 80, 24)
	openScreen(tm, "收报")
	tm.WaitFor("其他文件夹")
	tm.Press("enter")
	tm.Type("U盘")
	if got := tm.BeforeCursor(); got != "  文件夹 U盘" {
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
	l := countyWithStick(t, "")
	if err := os.Remove(filepath.Join("县", county.KeyFile)); err != nil {
		t.Fatal(err)
	}
	other, err := county.Init(context.Background(), county.InitOptions{Code: "990200000", Name: "邻县", Dir: "邻县"})
	if err != nil {
		t.Fatal(err)
	}
	tm, _ := start(t, Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}, 80, 24)
	openScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("没有找到县里的密钥")
	if err := os.Rename(other.Key, filepath.Join("县", county.KeyFile)); err != nil {
		t.Fatal(err)
	}
	tm.Press("enter")
	tm.WaitFor("不是本县的")
	if lines, err := l.Intakes(context.Background(), ""); err != nil || len(lines) != 0 {
		t.Errorf("handled %d, %v", len(lines), err)
	}
}

// TestVillageHasNoCountyPages looks for the county's pages in a village's menu.
func TestVillageHasNoCountyPages(t *testing.T) {
	tm, _ := start(t, Options{Ledger: newLedger(t)}, 80, 24)
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
	l := countyWithStick(t, "")
	tm := startReal(t, Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}, 80, 24)
	openScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	openScreen(tm, "renyuan")
	tm.WaitFor("柳湾村党支部")
	golden(t, tm, home, "county-table-80x24")
	tm.Press("f5", "down", "enter")
	tm.Type("lw")
	tm.Press("enter")
	tm.WaitFor("筛选:单位=柳湾村党支部")
	tm.WaitFor("共 1 条")
	if strings.Contains(tm.Screen(), "石桥村") {
		t.Errorf("another organisation's record is shown:\n%s", tm.Screen())
	}

	openScreen(tm, "supply")
	tm.WaitFor("填报单位") // this kind has a 单位 of its own
	openScreen(tm, "renyuan")
	tm.WaitFor("共 2 条")

	// A village's record is only looked at, the county's own is changed as any.
	if strings.Contains(tm.Row(23), "删除") {
		t.Errorf("a village's record is offered to be deleted: %s", tm.Row(23))
	}
	tm.Press("f8")
	tm.WaitFor("这里只能看,不能删")
	tm.Press("enter", "enter")
	tm.WaitFor("这条记录属于别的党组织,这里只能看,不能改")
	tm.WaitFor("查看人员 张三")
	openScreen(tm, "dangzuzhi")
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
// month-end, which a county that reports to nobody doesn't have.
func TestCountyTakesReportsIn(t *testing.T) {
	l := countyWithStick(t, "")
	tm, _ := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, 80, 24)
	tm.WaitFor("F9 收报")
	tm.Press("f12")
	tm.WaitFor("交叉核对")
	for _, gone := range []string{"月度上报", "上报记录"} {
		if strings.Contains(tm.Screen(), gone) {
			t.Errorf("%s is in the menu", gone)
		}
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
	l := countyWithStick(t, "")
	tm := startReal(t, Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}, 80, 24)
	openScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	openScreen(tm, "交叉核对")
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
	l := countyWithStick(t, "")
	tm, _ := start(t, Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}, 80, 24)
	take := func() {
		openScreen(tm, "收报")
		tm.WaitFor("第一步")
		tm.WaitFor("没收过的")
		tm.Press("enter")
		tm.WaitFor("第二步")
	}
	take()
	villageBundle(t, countyUnits[0], 40, read(t, filepath.Join("县", county.ProfileFile)))
	take()
	tm.WaitFor("签名的密钥")
	openScreen(tm, "报送情况")
	tm.WaitFor("合计")
	tm.WaitFor("密钥变了的 1 个")
	tm.Press("tab")
	tm.Type("石桥")
	tm.Press("enter")
	tm.WaitFor("核对并认可新密钥")
	golden(t, tm, home, "county-changed-80x24")
	tm.Press("enter")
	tm.WaitFor("让对方念新密钥的校验数字")
	tm.Type("12345678")
	if got := tm.BeforeCursor(); got != " 校验数字 12345678" {
		t.Errorf("before the cursor stands %q", got)
	}
	tm.Press("enter")
	tm.WaitFor("没有认可")
	golden(t, tm, home, "county-trust-80x24")
	changed, err := county.ChangedKey(context.Background(), l, countyUnits[0].Code)
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
