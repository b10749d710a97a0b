package shelf_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// start opens the program over a village with two members.
func start(t *testing.T, w, h int, ascii bool) (*tuitest.Term, *store.Ledger, string) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "设置"))
	t.Setenv("USERPROFILE", home)
	if err := os.Mkdir(filepath.Join(home, "桌面"), 0o700); err != nil {
		t.Fatal(err)
	}
	l := sample.NewLedger(t)
	for _, name := range []string{"张三", "李四"} {
		sample.AddPerson(t, l, map[string]model.Value{"name": name, "sex": "男", "birth_date": model.Date("1970-03-02"), "status": "正式党员",
			"joined_on": model.Date("1999-07-01"), "confirmed_on": model.Date("2000-07-01")})
	}
	r := tui.New(context.Background(), tui.Options{Ledger: l, Source: sample.Source(), ASCII: ascii, NoColor: true,
		Drives: func() []string { return nil }, Opener: func(string) error { return nil }})
	return sample.StartReal(t, r, w, h), l, home
}

// TestLook looks at the screen at each size.
func TestLook(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		w, h  int
		ascii bool
	}{{"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"ascii", 80, 24, true}} {
		d, _, _ := start(t, c.w, c.h, c.ascii)
		sample.OpenScreen(d, "迎检成册")
		d.WaitFor("应有 24 本")
		sample.Golden(t, d, here, "shelf-"+c.name)
		d.Press("f5")
		d.WaitFor("看全部")
		sample.Golden(t, d, here, "missing-"+c.name)
	}
}

// keysToFill is how many keys lead from the work table to the form that fills something
// that is missing: the menu, its entry, the line found by typing.
const keysToFill = 3

// TestFill: a line leads to a form that has its kind and year already; once it is saved
// the line is gone and the count is one less.
func TestFill(t *testing.T) {
	d, l, _ := start(t, 80, 24, false)
	keys := 0
	press := func(key string) {
		keys++
		d.Press(key)
	}
	press("f12")
	d.Type("迎检")
	press("enter")
	d.WaitFor("应有 24 本,已有 2 本")
	d.Type("培训计划")
	d.WaitFor("补 没有培训计划")
	press("enter")
	d.WaitFor("新增计划总结")
	if keys > keysToFill {
		t.Errorf("%d keys, want at most %d", keys, keysToFill)
	}
	if s := d.Screen(); !strings.Contains(s, "培训计划") || !strings.Contains(s, "2026") {
		t.Errorf("the form doesn't begin with the kind and the year:\n%s", s)
	}
	d.Press("tab", "tab")
	d.Type("全年培训安排")
	d.Press("f2")
	d.WaitFor("应有 24 本,已有 3 本")
	d.WaitGone("补 没有培训计划")
	found, err := l.Page(context.Background(), store.Query{Kind: "plan"})
	if err != nil || len(found.Records) != 1 || found.Records[0].Str("kind") != "培训计划" || found.Records[0].Int("year") != 2026 {
		t.Errorf("on file: %+v, %v", found.Records, err)
	}
	d.Press("esc")
	d.WaitFor("01 党支部情况")
	d.Press("home", "enter")
	d.WaitFor("党组织")
}

// TestYearAndPrint: another year is read, and it is that year's set that is printed.
func TestYearAndPrint(t *testing.T) {
	d, _, home := start(t, 80, 24, false)
	sample.OpenScreen(d, "迎检成册")
	d.WaitFor("2026年 · 应有 24 本")
	d.Press("f4")
	d.WaitFor("哪一年的台账")
	d.Press("down", "enter")
	d.WaitFor("2025年 · 应有 24 本")
	d.Press("ctrl+u")
	d.WaitFor("2025年度基层党建台账")
	d.Press("ctrl+u", "enter")
	d.WaitFor("写到哪里")
	d.Press("enter")
	d.WaitFor("已写成:")
	if _, err := os.Stat(filepath.Join(home, "桌面", "台账报表", "迎检成册 2025.xlsx")); err != nil {
		t.Error(err)
	}
}
