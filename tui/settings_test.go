package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// office makes a county with two units on its list, issues the start cards to a stick,
// and gives the county's ledger, its key and the stick.
func office(t *testing.T) (l *store.Ledger, key *bundle.CountyKey, stick string) {
	t.Helper()
	l, key = openOffice(t)
	stick = t.TempDir()
	if _, _, err := county.Issue(context.Background(), l, key, county.ProfilePath(l), stick, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l, key, stick
}

// openOffice makes a county with two units on its list. Who starts the program over
// its ledger has it closed with that.
func openOffice(t *testing.T) (l *store.Ledger, key *bundle.CountyKey) {
	t.Helper()
	ctx := context.Background()
	res, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", County: "澄安县", Dir: t.TempDir(), Source: fixedSource()})
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(err)
	file, err := os.ReadFile(res.Key)
	check(err)
	key, err = bundle.ParseCountyKey(file, "")
	check(err)
	l, err = book.Open(ctx, res.DB, store.Options{Source: fixedSource()})
	check(err)
	check(l.SetUnits(ctx, []store.Unit{{Code: "990101001", Name: "石桥村党总支", Township: "柳河镇", Domain: "行政村"},
		{Code: "990101002", Name: "柳湾村党支部", Township: "柳河镇", Domain: "行政村"}}))
	return l, key
}

// TestFirstRunTakesACard begins a ledger by a start card from a stick, and by its
// typed path: nothing else is typed.
func TestFirstRunTakesACard(t *testing.T) {
	_, _, stick := office(t)
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 40}} {
		tm, r := start(t, Options{Drives: func() []string { return []string{stick} }}, size.w, size.h)
		tm.WaitFor("新建本村台账")
		tm.Press("enter")
		tm.WaitFor("U盘上的启动卡")
		tm.Golden(fmt.Sprintf("cards-%dx%d", size.w, size.h))
		tm.Type("shiqiao")
		tm.WaitGone("柳湾村")
		tm.Press("enter")
		tm.WaitFor("< 党总支 >")
		tm.Press("f2")
		tm.WaitFor("台账已打开")
		home := r.app.Ledger.Home()
		if home.Str("code") != "990101001" || home.Str("township") != "柳河镇" || home.Str("kind") != "党总支" {
			t.Errorf("home %v", home)
		}
		if p, err := send.Profile(context.Background(), r.app.Ledger); err != nil || p == nil || len(p.Units) != 2 {
			t.Errorf("profile %+v, %v", p, err)
		}
	}
	tm, r := start(t, Options{Drives: func() []string { return nil }}, 80, 24)
	tm.WaitFor("新建本村台账")
	tm.Press("enter")
	tm.WaitFor("启动卡")
	tm.Press("up")
	tm.Type(filepath.Join(stick, "没有.card.json"))
	tm.Press("enter")
	tm.WaitFor("读不出这张启动卡")
	tm.Press("ctrl+u")
	tm.Type(filepath.Join(stick, "柳河镇", "990101002.card.json"))
	tm.Press("enter")
	tm.WaitFor("柳湾村党支部")
	tm.Press("enter")
	tm.WaitFor("台账已打开")
	if got := r.app.Ledger.Home().Str("code"); got != "990101002" {
		t.Errorf("code %q", got)
	}
}

// TestSettings shows the settings, and takes a profile in there.
func TestSettings(t *testing.T) {
	at, key, stick := office(t)
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
	foreign, err := os.ReadFile(anotherCounty(t))
	if err != nil {
		t.Fatal(err)
	}
	other := write("other.json", foreign)
	l := newLedger(t)
	tm, _ := start(t, Options{Ledger: l, Drives: func() []string { return []string{stick} }}, 80, 24)
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
	for _, size := range sizes {
		theirs, key := openOffice(t)
		if _, err := county.Set(ctx, theirs, key, county.ProfilePath(theirs), []string{"assess.pass=85", "deadline_day=8"}); err != nil {
			t.Fatal(err)
		}
		village := newLedger(t)
		if err := send.SetProfile(ctx, village, []byte(read(t, county.ProfilePath(theirs)))); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			l          *store.Ledger
			name, keys string
			rows       []string
		}{
			{village, "石桥村党支部(代码 990101001)", " F7 取入县配置文件  Esc 返回  F12 菜单  F1 帮助  F10 退出", []string{
				"  类别和地方      党支部,行政村,柳河镇,澄安县",
				"  县配置文件      澄安县委组织部,第 2 版,2026-10-31 签发",
			}},
			{theirs, "澄安县委组织部(代码 990100000)", " Esc 返回  F12 菜单  F1 帮助  F10 退出", []string{
				"  类别和地方      党委,机关,澄安县",
				"taizhang county set",
			}},
		} {
			tm, _ := start(t, Options{Ledger: c.l, Drives: func() []string { return nil }}, size.w, size.h)
			openScreen(tm, "设置")
			tm.WaitFor("  本组织          " + c.name)
			for _, row := range append(c.rows, "  报送截止        次月 8 日", "  单位名单        2 个单位",
				"  身份信息        报送包带身份证号、电话和住址(只有县里打得开)", "五好达标的最低总分 85分", "  县里校验数字    ", "  本台账校验数字  ") {
				if !strings.Contains(tm.Screen(), row) {
					t.Errorf("%s: no %q in\n%s", size.name, row, tm.Screen())
				}
			}
			if got := tm.Row(size.h - 1); got != c.keys {
				t.Errorf("%s: the keys are %q", size.name, got)
			}
			tm.Press("f7")
			if asked := strings.Contains(tm.Screen(), "在哪里"); asked != (c.l == village) {
				t.Errorf("%s: F7 shows\n%s", c.name, tm.Screen())
			}
		}
	}
}

// anotherCounty is another county's profile.
func anotherCounty(t *testing.T) string {
	t.Helper()
	s := fixedSource()
	s.Rand = &dice{n: 1000}
	res, err := county.Init(context.Background(), county.InitOptions{Code: "990100001", Name: "别县委组织部", Dir: t.TempDir(), Source: s})
	if err != nil {
		t.Fatal(err)
	}
	return res.Profile
}
