package table_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
)

// TestSavedViews: what a table shows is kept under a name, found again in F5, renamed
// and taken away; the table's own order and columns stay as they were.
func TestSavedViews(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	tm := start(t, l, "person", 80, 24)
	before := tm.Screen()
	tm.Press("f5")
	wantScreen(t, tm, "自存的视图", "保存现在的样子", "现成的视图")
	tm.Press("esc")
	tm.Type("张")
	tm.Press("f5")
	tm.Type("保存现在")
	tm.Press("enter")
	wantScreen(t, tm, "起一个名字")
	tm.Type("全部")
	tm.Press("enter")
	wantScreen(t, tm, "“全部”是现成的视图的名字", "起一个名字") // the box is still there
	tm.Press("backspace", "backspace")
	tm.Type("姓张的")
	tm.Press("enter")
	wantScreen(t, tm, "已存成视图“姓张的”", "人员 · 姓张的")
	tm.Press("esc")
	wantNot(t, tm, "人员 · 姓张的")
	tm.Press("f5")
	if own, ready := strings.Index(tm.Screen(), "姓张的"), strings.Index(tm.Screen(), "现成的视图"); own < 0 || own > ready {
		t.Errorf("the own view does not stand above the ready-made ones:\n%s", tm.Screen())
	}
	tm.Type("xzd")
	tm.Press("enter")
	wantScreen(t, tm, "人员 · 姓张的", "查找:张", "张三丰")
	tm.Press("f5")
	tm.Type("改名、删除")
	tm.Press("enter")
	wantScreen(t, tm, "改名…", "删除…")
	tm.Press("enter")
	tm.Press("ctrl+u")
	for range 3 {
		tm.Press("backspace")
	}
	tm.Type("张家")
	tm.Press("enter")
	wantScreen(t, tm, "“姓张的”已改名为“张家”", "人员 · 张家")
	tm.Press("f5")
	tm.Type("改名、删除")
	tm.Press("enter", "down", "enter")
	wantScreen(t, tm, "要删除自存的视图“张家”吗", "> 不删除")
	tm.Press("down", "enter")
	wantScreen(t, tm, "视图“张家”已删除")
	if all, err := l.SavedViews(t.Context(), "person"); err != nil || len(all) != 0 {
		t.Errorf("left are %+v, %v", all, err)
	}
	tm.Press("esc")
	tm.Press("f4")
	if got := tm.Screen(); firstRows(got) != firstRows(before) {
		t.Errorf("the table is\n%s\nand was\n%s", got, before)
	}
}

func firstRows(screen string) string { return strings.Join(strings.Split(screen, "\n")[2:20], "\n") }

// A view's order and columns are given back when a ready-made view is chosen.
func TestSavedViewKeepsTheTableAsItWas(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	for _, v := range []store.SavedView{
		{Kind: "person", Name: "年纪大的在前", View: "在册党员", Sort: []string{"birth_date"}, Columns: []string{"name", "birth_date"}, Conds: []model.Cond{model.Where("sex", model.Eq, "男")}},
	} {
		if err := l.SaveView(t.Context(), v); err != nil {
			t.Fatal(err)
		}
	}
	tm := start(t, l, "person", 80, 24)
	before := tm.Screen()
	tm.Press("f5")
	tm.Type("年纪大")
	tm.Press("enter")
	wantScreen(t, tm, "年纪大的在前", "性别=男")
	wantNot(t, tm, "身份证号 ")
	tm.Press("f5")
	tm.Type("在册党员")
	tm.Press("enter")
	if got := tm.Screen(); got != before {
		t.Errorf("the table is\n%s\nand was\n%s", got, before)
	}
	for name, value := range map[string]string{"columns.person": "", "sort.person": ""} {
		if kept, err := l.Setting(t.Context(), name); err != nil || kept != value {
			t.Errorf("%s is kept as %q, %v", name, kept, err)
		}
	}
}
