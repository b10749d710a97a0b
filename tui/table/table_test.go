package table_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"taizhang/tui/tuitest"
)

func TestColumnsStandInTheirCells(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	for _, size := range [][2]int{{80, 24}, {120, 40}, {97, 30}} {
		tm := start(t, l, "person", size[0], size[1])
		head := tm.Row(3)
		for _, label := range []string{"姓名", "性别", "出生日期", "人员类别"} {
			before, _, ok := strings.Cut(head, label)
			if !ok {
				t.Fatalf("%v: no %s in the header %q", size, label, head)
			}
			x := ansi.StringWidth(before)
			for y := 4; y < 4+len(someNames); y++ {
				cells := ansi.Cut(tm.Row(y), x-2, x+2)
				if !strings.HasPrefix(cells, "  ") && x > 4 || strings.TrimSpace(cells) == "" {
					t.Errorf("%v: under %s stands %q in row %d:\n%s", size, label, cells, y, tm.Screen())
				}
			}
		}
	}
}

func TestSearchFindsByNamePinyinInitialsAndDigits(t *testing.T) {
	l := create(t, nil)
	people(t, l, 30)
	tm := start(t, l, "person", 80, 24)
	id := member(l, 1, "张三").Str("id_number")
	for _, c := range []struct{ typed, with, without string }{
		{"张", "张三", "李四"}, {"zs", "张三", "李四"}, {"zhangsan", "张三", "李四"}, {"shanx", "单雄信", "张三"},
		{id[len(id)-4:], "张三", "王小五"}, {"00000002", "李四", "张三"},
	} {
		tm.Type(c.typed)
		wantScreen(t, tm, c.with, "查找:"+c.typed)
		wantNot(t, tm, c.without)
		if got := tm.BeforeCursor(); got != " 查找:"+c.typed {
			t.Errorf("before the cursor stands %q", got)
		}
		tm.Press("esc")
		wantScreen(t, tm, "共 42 条")
	}
	tm.Type("没有这个人")
	wantScreen(t, tm, "没有找到“没有这个人”", "共 0 条")
	tm.Press("left", "left", "delete")
	if got := tm.BeforeCursor(); got != " 查找:没有这" {
		t.Errorf("before the cursor stands %q after editing", got)
	}
	wantScreen(t, tm, "查找:没有这人")
	tm.Press("ctrl+f")
	wantScreen(t, tm, "共 42 条")
}

func TestTheCursorStaysInTheSearchLine(t *testing.T) {
	l := create(t, nil)
	people(t, l, 30)
	tm := start(t, l, "person", 120, 40)
	for _, key := range []string{"down", "pgdown", "end", "home", "tab", "down", "tab", "right", "insert", "ctrl+y"} {
		tm.Press(key)
		if x, y, visible := tm.Cursor(); x != ansi.StringWidth(" 查找:") || y != 1 || !visible {
			t.Errorf("after %s the cursor is at %d,%d (visible %v)", key, x, y, visible)
		}
	}
}

func TestPagingThroughManyRows(t *testing.T) {
	l := create(t, nil)
	people(t, l, 2988)
	tm := start(t, l, "person", 80, 24)
	wantScreen(t, tm, "共 3000 条,第 1 条")
	rows := 18 // 24 less head, status, key, search, state and header lines
	for i := 1; i <= 30; i++ {
		tm.Press("pgdown")
		wantPlace(t, tm, 1+i*rows)
	}
	tm.Press("end")
	wantScreen(t, tm, "共 3000 条,第 3000 条")
	for i := 1; i <= 30; i++ {
		tm.Press("pgup")
		wantPlace(t, tm, 3000-i*rows)
	}
	tm.Press("home")
	wantScreen(t, tm, "共 3000 条,第 1 条")
	tm.Press("up", "down")
	wantPlace(t, tm, 2)
	// Keys that come faster than the pages count all the same.
	tm.Type(strings.Repeat("\x1b[6~", 40))
	wantPlace(t, tm, 2+40*rows)
	tm.Type(strings.Repeat("\x1b[5~", 20))
	wantPlace(t, tm, 2+20*rows)
}

func wantPlace(t *testing.T, tm *tuitest.Term, n int) {
	t.Helper()
	if want := place(n); !strings.Contains(tm.Row(1), want) {
		t.Fatalf("row 1 is %q, want %q:\n%s", tm.Row(1), want, tm.Screen())
	}
	selected(t, tm)
}
