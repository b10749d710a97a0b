package settings_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// TestSettings shows the settings, and takes a profile in there.
func TestSettings(t *testing.T) {
	at, key, stick := sample.Office(t)
	ctx := context.Background()
	first, err := os.ReadFile(county.ProfilePath(at))
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) string {
		path := filepath.Join(stick, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	old := write("old.json", first)
	if _, err := county.Set(ctx, at, key, filepath.Join(stick, "county.json"), []string{"assess.pass=85", "identity=不带", "deadline_day=8"}); err != nil {
		t.Fatal(err)
	}
	foreign, err := os.ReadFile(sample.AnotherCounty(t))
	if err != nil {
		t.Fatal(err)
	}
	other := write("other.json", foreign)
	l := sample.NewLedger(t)
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{stick} }}), 80, 24)
	take := func(path string) {
		t.Helper()
		tm.Press("f7")
		tm.WaitFor("在哪里")
		if path != "" {
			tm.Press("ctrl+u")
			tm.Type(path)
		}
		tm.Press("enter")
		tm.WaitGone("在哪里")
	}
	tm.Press("f12")
	tm.Type("设置")
	tm.Press("enter")
	tm.WaitFor("按 F7 取入")
	take(filepath.Join(stick, "nothing.json"))
	tm.WaitFor("读不出")
	take("") // proposed: the one on the stick
	tm.WaitFor("已取入县里的配置文件")
	tm.WaitFor("第 3 版")
	tm.WaitFor("五好达标的最低总分 85分")
	tm.WaitFor("报送包不带身份证号、电话和住址")
	tm.WaitFor("次月 8 日")
	take(old)
	tm.WaitFor("旧的不能代替新的")
	take(other)
	tm.WaitFor("与已取入的")
	if p, err := send.Profile(ctx, l); err != nil || p.Version != 3 {
		t.Errorf("%+v, %v", p, err)
	}
	take("")
	tm.WaitFor("没有变化")
}

// TestSettingsOfVillageAndCounty shows the same at both sizes: a village takes the
// county's profile in there, the county, whose own it is, is told what changes it.
func TestSettingsOfVillageAndCounty(t *testing.T) {
	ctx := context.Background()
	for _, size := range sample.Sizes {
		theirs, key := sample.OpenOffice(t)
		if _, err := county.Set(ctx, theirs, key, county.ProfilePath(theirs), []string{"assess.pass=85", "deadline_day=8"}); err != nil {
			t.Fatal(err)
		}
		village := sample.NewLedger(t)
		if err := send.SetProfile(ctx, village, []byte(sample.Read(t, county.ProfilePath(theirs)))); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			l                 *store.Ledger
			label, name, keys string
			rows              []string
		}{
			{village, "village", "石桥村党支部(代码 990101001)", " 回车 打开  F7 取入县配置文件  Esc 返回  F12 菜单  F1 帮助  F10 退出", []string{
				"  类别和地方      党支部,行政村,柳河镇,澄安县",
				"  县配置文件      澄安县委组织部,第 2 版,2026-10-31 签发",
			}},
			{theirs, "county", "澄安县委组织部(代码 990100000)", " 回车 打开  Esc 返回  F12 菜单  F1 帮助  F10 退出", []string{
				"  类别和地方      党委,机关,澄安县",
				"在“县里的规定”里改",
			}},
		} {
			tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: c.l, Drives: func() []string { return nil }}), size.W, size.H)
			sample.OpenScreen(tm, "设置")
			tm.WaitFor("> 本组织          " + c.name)
			for _, row := range append(c.rows, "  报送截止        次月 8 日", "  单位名单        2 个单位",
				"  身份信息        报送包带身份证号、电话和住址(只有县里打得开)", "五好达标的最低总分 85分", "  县里校验数字    ", "  本台账校验数字  ") {
				if !strings.Contains(tm.Screen(), row) {
					t.Errorf("%s: no %q in\n%s", size.Name, row, tm.Screen())
				}
			}
			if got := tm.Row(size.H - 1); got != c.keys {
				t.Errorf("%s: the keys are %q", size.Name, got)
			}
			if size.W == 80 { // a larger one shows where the test's ledger lies
				tm.Golden("settings-" + c.label + "-" + size.Name)
			}
			tm.Press("f7")
			if asked := strings.Contains(tm.Screen(), "在哪里"); asked != (c.l == village) {
				t.Errorf("%s: F7 shows\n%s", c.name, tm.Screen())
			}
		}
	}
}

// TestSettingsThatAreChanged: what a person may change is changed there, and every
// setting explains itself.
func TestSettingsThatAreChanged(t *testing.T) {
	ctx := context.Background()
	l := sample.NewLedger(t)
	stick, sheets := t.TempDir(), t.TempDir()
	for name, value := range map[string]string{"columns.person": "name,sex", "sort.dues": "-month"} {
		if err := l.SetSetting(ctx, name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.SaveView(ctx, store.SavedView{Kind: "person", Name: "女同志"}); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return []string{stick} }}), 80, 24)
	sample.OpenScreen(tm, "设置")
	choose := func(label string) { t.Helper(); choose(t, tm, label) }
	choose("从哪个月记起")
	tm.Press("enter")
	tm.WaitFor("最晚是本月")
	tm.Type("2027-01")
	tm.Press("enter")
	tm.WaitFor("最晚是本月(2026年10月)")
	tm.Press("ctrl+u")
	tm.Type("2026-09")
	tm.Press("enter")
	tm.WaitFor("台账从2026年9月记起")
	choose("表格的列和排序")
	tm.WaitFor("改过 2 张表:人员、党费")
	tm.Press("enter", "down", "enter")
	tm.WaitFor("都改回了原来的样子")
	choose("自存的视图")
	tm.WaitFor("人员“女同志”")
	choose("表格文件夹")
	tm.Press("enter", "ctrl+u")
	tm.Type(sheets + "没有")
	tm.Press("enter")
	tm.WaitFor("没有这个文件夹")
	tm.Press("ctrl+u")
	tm.Type(sheets)
	tm.Press("enter")
	tm.WaitFor("以后先看这个文件夹")
	choose("台账文件")
	tm.Press("enter")
	tm.WaitFor("> 备份到U盘")
	tm.Press("enter") // a stick's is encrypted: a passphrase is asked for, once
	tm.WaitFor("再打一遍")
	tm.Type("石桥春耕")
	tm.Press("enter")
	tm.Type("石桥春耕九九")
	tm.Press("enter", "enter")
	tm.WaitFor("太短了")
	tm.Type("九九")
	tm.Press("f2")
	tm.WaitFor("已备份")
	if files, err := filepath.Glob(filepath.Join(stick, "台账备份_*.db.age")); err != nil || len(files) != 1 {
		t.Errorf("the stick holds %v, %v", files, err)
	}
	for name, want := range map[string]string{"columns.person": "", "sort.dues": "", "sheet.folder": sheets, store.SettingFirstMonth: "2026-09"} {
		if got, err := l.Setting(ctx, name); err != nil || got != want {
			t.Errorf("%s is %q, %v", name, got, err)
		}
	}
}

// choose goes down to a setting.
func choose(t *testing.T, tm *tuitest.Term, label string) {
	t.Helper()
	tm.Press("home")
	for range 30 {
		if strings.Contains(tm.Screen(), "> "+label) {
			return
		}
		tm.Press("down")
	}
	t.Fatalf("no %s in\n%s", label, tm.Screen())
}
