package homecoming_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// village is a book kept from 2025-10 on and looked at on the day before the spring
// festival of 2026: a secretary, and three members away.
func village(t *testing.T) *store.Ledger {
	t.Helper()
	ctx := context.Background()
	now := time.Date(2025, 10, 3, 9, 0, 0, 0, time.UTC)
	source := &model.Source{Now: func() time.Time { return now }, Rand: &sample.Dice{}}
	home := sample.Home
	home.FirstMonth = "2025-10"
	l, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"), home, store.Options{Source: source, By: "陈书记"})
	if err != nil {
		t.Fatal(err)
	}
	member := map[string]model.Value{"sex": "男", "birth_date": "1980-03-02", "status": "正式党员", "joined_on": "2005-07-01", "confirmed_on": "2006-07-01",
		"dues_basis": "农民", "monthly_dues": int64(50), "dues_from": "2025-10"}
	person := func(name string, more map[string]model.Value) *model.Record {
		for k, v := range member {
			if _, set := more[k]; !set {
				more[k] = v
			}
		}
		more["name"] = name
		return sample.AddPerson(t, l, more)
	}
	chen := person("陈书记", map[string]model.Value{})
	person("张三", map[string]model.Value{"away": "跨省", "away_place": "江洲市电子厂", "away_since": "2024-03-01", "phone": "10012345678"})
	person("李四", map[string]model.Value{"away": "省内跨市", "away_place": "云岭市工地", "away_since": "2025-02-20"})
	person("王五", map[string]model.Value{"away": "跨省", "away_place": "江洲市", "away_since": "2023-05-05", "monthly_dues": nil, "dues_from": nil})
	office, err := l.New(ctx, "position")
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range map[string]model.Value{"person": chen.ID, "body": "党组织", "post": "书记", "started_on": "2021-01-10"} {
		office.Set(k, v)
	}
	if _, err := l.Save(ctx, model.FromForm, office); err != nil {
		t.Fatal(err)
	}
	now = time.Date(2026, 2, 16, 9, 0, 0, 0, time.UTC)
	return l
}

func start(t *testing.T, l *store.Ledger, w, h int, ascii bool) *tuitest.Term {
	t.Helper()
	return sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, ASCII: ascii}), w, h)
}

// counting presses keys and counts them; an input method's text is one.
type counting struct {
	tm *tuitest.Term
	n  int
}

func (c *counting) press(keys ...string) {
	for _, k := range keys {
		c.n++
		c.tm.Press(k)
	}
}

func find(t *testing.T, l *store.Ledger, kind string, conds ...model.Cond) []*model.Record {
	t.Helper()
	p, err := l.Page(context.Background(), store.Query{Kind: kind, Conds: conds})
	if err != nil {
		t.Fatal(err)
	}
	return p.Records
}

// Two members are back for the festival: met, paid, talked with, one with a new phone and
// place, and one who stays; all is written in one save and taken back by one Ctrl+Z.
func TestHomecoming(t *testing.T) {
	for _, look := range []struct {
		name  string
		w, h  int
		ascii bool
	}{{"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"ascii", 80, 24, true}} {
		l := village(t)
		tm := start(t, l, look.w, look.h, look.ascii)
		tm.WaitFor("3 名流动党员春节回乡还没有登记")
		tm.Press("f12")
		tm.WaitFor("找:")
		tm.Type("回乡")
		tm.Press("enter")
		tm.WaitFor("3 人在外,已填 0 人")
		tm.Golden("homecoming-" + look.name)
		c := &counting{tm: tm}
		// 王五 left first and stands first: no standing amount, so nothing can be paid.
		c.press("enter", "right", "right", "right", "right", "enter")
		tm.WaitFor("没有核定月缴党费")
		c.press("down", "enter") // 张三 pays five months
		tm.WaitFor("交5月 2.50元")
		c.press("right", "enter", "left", "left", "ctrl+u")
		tm.Type("10087654321")
		c.n++
		c.press("left", "ctrl+u")
		tm.Type("江洲市新桥镇")
		c.n++
		if got := tm.BeforeCursor(); !strings.HasSuffix(got, "江洲市新桥镇") {
			t.Errorf("before the cursor stands %q", got)
		}
		c.press("left", "left", "enter")
		c.press("down", "enter", "enter") // 李四 stays
		tm.WaitFor("不再外出")
		tm.WaitFor("已填 3 人")
		tm.Golden("homecoming-filled-" + look.name)
		c.press("f2")
		tm.WaitFor("谈话 1 条,流动返回 1 人")
		tm.Golden("homecoming-asked-" + look.name)
		c.press("enter")
		tm.WaitFor("要撤销按 Ctrl+Z")
		tm.WaitFor("2 人在外,已填 0 人")
		if c.n > 28 {
			t.Errorf("%d keys for three members", c.n)
		}
		visits := find(t, l, "visit")
		if len(visits) != 3 || visits[0].Str("visited_by") != "陈书记" || visits[0].Str("happened_on") != "2026-02-16" || visits[0].Str("kind") != "联系流动党员" {
			t.Errorf("%d visits", len(visits))
		}
		talks, dues, moves := find(t, l, "talk"), find(t, l, "dues"), find(t, l, "movement", model.Where("kind", model.Eq, "流动返回"))
		if len(talks) != 1 || len(dues) != 5 || len(moves) != 1 || dues[0].Int("amount") != 50 {
			t.Errorf("%d talks, %d dues, %d movements", len(talks), len(dues), len(moves))
		}
		zhang := find(t, l, "person", model.Where("name", model.Eq, "张三"))[0]
		if zhang.Str("phone") != "10087654321" || zhang.Str("away_place") != "江洲市新桥镇" {
			t.Errorf("张三 has %s, %s", zhang.Str("phone"), zhang.Str("away_place"))
		}
		if li := find(t, l, "person", model.Where("name", model.Eq, "李四"))[0]; li.Filled("away") {
			t.Errorf("李四 is still away: %s", li.Str("away"))
		}
		tm.Press("ctrl+z")
		tm.WaitFor("已撤销")
		tm.WaitFor("3 人在外")
		if n := len(find(t, l, "visit")) + len(find(t, l, "talk")) + len(find(t, l, "dues")); n != 0 {
			t.Errorf("%d records are left", n)
		}
	}
}

// From the line on the work table, and what is not saved is asked about.
func TestHomecomingFromTheDueLine(t *testing.T) {
	l := village(t)
	tm := start(t, l, 80, 24, false)
	tm.WaitFor("3 名流动党员春节回乡还没有登记")
	for range 12 {
		if strings.Contains(tm.Screen(), "> 将到期 3 名流动党员春节回乡") {
			break
		}
		tm.Press("down")
	}
	tm.Press("enter")
	tm.WaitFor("一人一行,逐个登记")
	tm.Press("enter")
	tm.WaitFor("3 人在外")
	tm.Press("enter", "esc")
	tm.WaitFor("接着填")
	tm.Press("enter")
	tm.WaitFor("已填 1 人")
	tm.Press("enter", "enter", "esc") // and empty again
	tm.WaitFor("逐个登记")
}

// A talk wants a talker: without a secretary in office it says so.
func TestHomecomingWithoutASecretary(t *testing.T) {
	l := village(t)
	ctx := context.Background()
	office := find(t, l, "position")[0]
	if err := l.Delete(ctx, "position", office.ID); err != nil {
		t.Fatal(err)
	}
	tm := start(t, l, 80, 24, false)
	tm.WaitFor("流动党员春节回乡")
	tm.Press("f12")
	tm.WaitFor("找:")
	tm.Type("回乡")
	tm.Press("enter")
	tm.WaitFor("3 人在外")
	tm.Press("enter", "f2")
	tm.WaitFor("请先在“任职”里登记书记")
}
