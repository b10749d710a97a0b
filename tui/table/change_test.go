package table_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/ui"
)

func place(n int) string { return fmt.Sprintf("第 %d 条", n) }

func TestMarkDeleteUndo(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	tm := start(t, l, "person", 80, 24)
	n := count(t, l, "person")
	tm.Type("zs")
	tm.Press("insert", "ctrl+b")
	wantScreen(t, tm, "已标记 2 条", ">* 张三丰")
	tm.Press("ctrl+d")
	wantScreen(t, tm, "标记的 2 条", "张三、张三丰", "放在回收站里", "请打条数 2 再按回车")
	tm.Press("esc")
	if got := count(t, l, "person"); got != n {
		t.Fatalf("%d persons after saying no, want %d", got, n)
	}
	// The count must be typed: neither Enter alone nor another number deletes.
	tm.Press("f8", "enter")
	wantScreen(t, tm, "还没有打条数")
	tm.Type("12")
	tm.Press("enter")
	wantScreen(t, tm, "打的不是 2,没有删除")
	if got := tm.BeforeCursor(); !strings.HasSuffix(got, "│ 12") {
		t.Errorf("before the cursor stands %q", got)
	}
	tm.Press("backspace", "backspace")
	tm.Type("2")
	if got := count(t, l, "person"); got != n {
		t.Fatalf("%d persons before the answer, want %d", got, n)
	}
	tm.Press("enter")
	wantScreen(t, tm, "已删除", "没有找到")
	wantNot(t, tm, "已标记")
	if got := count(t, l, "person"); got != n-2 {
		t.Fatalf("%d persons after deleting, want %d", got, n-2)
	}
	tm.Press("ctrl+z")
	wantScreen(t, tm, "已撤销", "张三丰")
	if got := count(t, l, "person"); got != n {
		t.Fatalf("%d persons after undo, want %d", got, n)
	}
	// Delete edits the text while there is any.
	tm.Press("left", "delete")
	wantScreen(t, tm, "查找:z")
	tm.Press("esc", "delete")
	wantScreen(t, tm, "要删除人员")
}

func TestDeleteSaysWhatRefersToTheRecord(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	p, err := l.Page(context.Background(), store.Query{Kind: "person", Find: "吴用"})
	if err != nil || len(p.Records) != 1 {
		t.Fatal(err, len(p.Records))
	}
	r := model.NewRecord(l.Kinds().Kind("dues"))
	set(r, "person", p.Records[0].ID, "month", "2026-09", "amount", int64(50), "paid_on", "2026-09-05", "method", "现金")
	save(t, l, r)
	tm := start(t, l, "person", 80, 24)
	tm.Type("wuyong")
	tm.Press("f8")
	wantScreen(t, tm, "吴用", "党费的人员 1 条")
}

func TestChangedKeepsTheSelectionAndGoesToTheNewRecord(t *testing.T) {
	l := create(t, nil)
	people(t, l, 200)
	tm := start(t, l, "person", 80, 24)
	tm.Press("pgdown", "pgdown", "down")
	before := selected(t, tm)
	save(t, l, member(l, 900, "阿大"), member(l, 901, "阿二"))
	tm.Send(ui.Changed{Kind: "person"})
	if after := selected(t, tm); after != before {
		t.Errorf("the selection went from %q to %q", before, after)
	}
	r := member(l, 902, "郑0100之后")
	save(t, l, r)
	p, err := l.Page(context.Background(), store.Query{Kind: "person", Find: "郑0100之后"})
	if err != nil || len(p.Records) != 1 {
		t.Fatal(err, len(p.Records))
	}
	tm.Send(ui.Changed{Kind: "person", ID: p.Records[0].ID})
	wantSelected(t, tm, "郑0100之")
	tm.Press("pgup", "pgup", "pgdown", "pgdown")
	wantSelected(t, tm, "郑0100之")
}

func TestSortByKeyAndByHeader(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	tm := start(t, l, "person", 80, 24)
	tm.Press("f6")
	tm.Type("出生")
	tm.Press("enter")
	wantScreen(t, tm, "排序:出生日期从早到晚", "出生日期↑")
	wantSelected(t, tm, "1951-02-02")
	tm.ClickOn("出生日期↑")
	wantScreen(t, tm, "出生日期从晚到早")
	wantSelected(t, tm, "1962-01-13")
	tm.Press("f6")
	tm.Type("恢复")
	tm.Press("enter")
	wantNot(t, tm, "排序:")
	// The order outlives the screen.
	tm.ClickOn("性别")
	tm = start(t, l, "person", 80, 24)
	wantScreen(t, tm, "排序:性别顺排")
}

func TestChoosingColumns(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	tm := start(t, l, "person", 80, 24)
	wantScreen(t, tm, "年龄*")
	tm.Press("ctrl+o", "enter")
	wantScreen(t, tm, "显示哪些列", "[*] 姓名")
	tm.Type("性别")
	tm.Press("space", "esc")
	tm.Type("外出流向")
	tm.Press("space", "enter")
	if head := tm.Row(3); strings.Contains(head, "性别") {
		t.Errorf("the header is %q", head)
	}
	tm.Press("right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right")
	if head := tm.Row(3); !strings.Contains(head, "外出流向") || !strings.Contains(head, "姓名") {
		t.Errorf("the header is %q after scrolling", head)
	}
	tm = start(t, l, "person", 80, 24)
	if head := tm.Row(3); strings.Contains(head, "性别") {
		t.Errorf("the columns were not kept: %q", head)
	}
}

func TestMaskedUntilAskedFor(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	tm := start(t, l, "person", 120, 40)
	tm.Type("吴用")
	wantScreen(t, tm, "100****0012", "990101************")
	wantNot(t, tm, "10000000012")
	tm.Press("ctrl+y")
	wantScreen(t, tm, "10000000012")
	tm.Press("ctrl+y")
	wantNot(t, tm, "10000000012")
}

func TestMouse(t *testing.T) {
	l := create(t, nil)
	people(t, l, 100)
	tm := start(t, l, "person", 80, 24)
	tm.Click(5, 8)
	wantScreen(t, tm, place(5))
	tm.Wheel(5, 8, 3)
	wantScreen(t, tm, place(14))
	tm.Wheel(5, 8, -1)
	wantScreen(t, tm, place(11))
}

func TestEmptyTableSaysWhatToDo(t *testing.T) {
	l := create(t, nil)
	tm := start(t, l, "circular", 80, 24)
	wantScreen(t, tm, "“今年”里还没有记录。按 F5 换视图,按 F2 新增")
	tm.Press("ctrl+l")
	tm.Type("qb")
	tm.Press("enter")
	wantScreen(t, tm, "还没有记录,按 F2 新增,或按 F7 从 Excel 读入")
	tm.Press("f8", "enter", "down", "insert", "end")
	wantScreen(t, tm, "共 0 条")
}

func TestReadOnlyLedgerSaysSo(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	ro, err := book.Open(context.Background(), l.Path(), store.Options{ReadOnly: true, Source: clock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ro.Close(); err != nil {
			t.Error(err)
		}
	})
	tm := start(t, ro, "person", 80, 24)
	for _, key := range []string{"f2", "f8", "ctrl+z"} {
		tm.Press(key)
		wantScreen(t, tm, "只读打开")
		tm.Press("down")
		wantNot(t, tm, "只读打开")
	}
	// What can't be done isn't advised.
	tm = start(t, ro, "circular", 80, 24)
	wantScreen(t, tm, "“今年”里没有记录。按 F5 换视图")
	wantNot(t, tm, "按 F2 新增")
}

func TestNewAndOpenedRecordsComeBackSelected(t *testing.T) {
	l := create(t, probes())
	probeRows(t, l)
	tm := start(t, l, "probe", 80, 24)
	tm.Press("f2")
	tm.Type("阿二半")
	tm.Press("f2")
	wantScreen(t, tm, "共 4 条")
	wantSelected(t, tm, "阿二半")
	tm.Press("home", "enter")
	tm.Press("end")
	tm.Type("改")
	tm.Press("f2")
	wantScreen(t, tm, "共 4 条")
	wantSelected(t, tm, "阿二改")
	// What the filter hides is said.
	tm.Type("阿三")
	tm.Press("ctrl+n")
	tm.Type("丁")
	tm.Press("ctrl+s")
	wantScreen(t, tm, "它不合打的“阿三”,按 Esc 清除查找")
}
