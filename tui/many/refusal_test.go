package many_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui"
	"taizhang/tui/many"
	"taizhang/tui/tuitest/sample"
)

// What many talks left open stands on the work table in one line, and is written one
// after another; the talker stands there the next time.
func TestNotesLeftOpenAreWrittenOneByOne(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 26)
	d := start(t, l, tui.Options{}, 80, 24)
	d.persons()
	d.Press("ctrl+a", "enter", "enter")
	d.Type("赵国英")
	d.Press("enter", "f2", "f2")
	d.shows("已给 25 人各记一条谈心谈话")
	// The talker of the last talks stands there the next time.
	d.press("ctrl+a", "enter")
	d.shows("谈话人  赵国英")
	d.Press("esc")
	// What was left open stands on the work table in one line, and is written one by one.
	d.Press("esc")
	d.shows("25 条谈心谈话的要点待填")
	d.Press("f12")
	d.Type("txth")
	d.Press("enter", "ctrl+a")
	d.Type("zt")
	d.shows("逐条填待填的", "有 25 条")
	d.Press("enter")
	d.shows("待填的 25 条:这是第 1 条")
	if before := d.BeforeCursor(); strings.Contains(before, model.Pending) {
		t.Errorf("before the cursor stands %q: one writes behind 待填", before)
	}
	d.Type("谈了近况")
	d.Press("f2")
	d.shows("这是第 2 条")
	d.Type("家里都好")
	d.Press("f2")
	d.shows("这是第 3 条")
	d.Press("esc")
	open := 0
	for _, r := range d.all("talk") {
		if r.Str("content") == model.Pending {
			open++
		}
	}
	if open != 23 {
		t.Errorf("%d gists are open, want 23", open)
	}
}

func TestDeletingTakesMarkedRowsAlone(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 5)
	d := start(t, l, tui.Options{}, 80, 24)
	d.persons()
	d.Press("ctrl+a")
	d.Type("shanchu")
	d.shows("没有这一项")
	d.Press("esc", "esc", "ctrl+b", "ctrl+b", "ctrl+a")
	d.Type("shanchu")
	d.Press("enter")
	d.shows("请打条数 2 再按回车")
	d.Golden("delete-80x24")
	d.Type("2") // full width
	d.Press("enter")
	d.shows("已删除 标记的 2 条")
	if n := len(d.all("person")); n != 3 {
		t.Errorf("%d persons are left, want 3", n)
	}
}

func TestTooManyAreRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 5,001 persons")
	}
	l := sample.NewLedger(t)
	for range 3 {
		members(t, l, (many.Most+3)/3)
	}
	_, err := many.Read(context.Background(), l, store.Query{Kind: "person"}, "全部人员", nil)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("一次最多办 %d 条", many.Most)) {
		t.Errorf("%v", err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestReadOnlyAndCountyRefuse(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 3)
	ro, err := book.Open(context.Background(), l.Path(), store.Options{ReadOnly: true, Source: sample.Source()})
	if err != nil {
		t.Fatal(err)
	}
	d := start(t, ro, tui.Options{}, 80, 24)
	d.persons()
	for _, key := range []string{"ctrl+a", "ctrl+w", "shift+down"} {
		d.Press(key)
		d.shows("只读打开的,只能看、不能改")
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	office, _ := sample.OpenOffice(t)
	d = start(t, office, tui.Options{}, 80, 24)
	d.Press("f12")
	d.Type("dangzuzhi")
	d.Press("enter", "ctrl+a")
	d.shows("不能在这里一起办")
}

func TestPicturesOfTheLargerScreenAndOfASCII(t *testing.T) {
	for _, c := range []struct {
		name  string
		w, h  int
		ascii bool
	}{{"120x40", 120, 40, false}, {"ascii", 80, 24, true}} {
		l := sample.NewLedger(t)
		members(t, l, 26)
		d := start(t, l, tui.Options{ASCII: c.ascii}, c.w, c.h)
		d.persons()
		d.Press("ctrl+a")
		d.Golden("list-" + c.name)
		d.Press("enter", "enter")
		d.Type("zgy")
		d.Press("enter", "f2")
		d.shows("要记 25 人")
		d.Golden("plan-" + c.name)
		d.Resize(60, 20)
		d.Golden("plan-60x20-" + c.name)
	}
}
