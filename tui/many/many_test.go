package many_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// members puts so many made-up members on file, the i-th named after i, the last one
// probationary.
func members(t *testing.T, l *store.Ledger, n int) {
	t.Helper()
	surnames, given := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"), []rune("建国秀英志强桂兰大明小红玉珍德胜")
	recs := make([]*model.Record, n)
	for i := range recs {
		r, err := l.New(context.Background(), "person")
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range map[string]model.Value{
			"name": string([]rune{surnames[i%16], given[i/16%16], given[(i*7+3)%16]}), "sex": "男", "birth_date": "1970-03-02",
			"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01", "dues_basis": "农民", "monthly_dues": int64(50), "dues_from": "2026-01",
		} {
			r.Set(k, v)
		}
		if i == n-1 {
			r.Set("status", "预备党员")
			r.Set("joined_on", "2026-03-01")
			r.Set("confirmed_on", nil)
		}
		recs[i] = r
	}
	if _, err := l.Save(context.Background(), model.FromForm, recs...); err != nil {
		t.Fatal(err)
	}
}

// desk is the program over a ledger, and the keys pressed at it, but for those of words
// that nobody can spare.
type desk struct {
	*tuitest.Term
	t    *testing.T
	l    *store.Ledger
	keys int
}

func start(t *testing.T, l *store.Ledger, o tui.Options, w, h int) *desk {
	t.Helper()
	o.Ledger = l
	return &desk{Term: sample.StartReal(t, tui.New(context.Background(), o), w, h), t: t, l: l}
}

func (d *desk) press(keys ...string) {
	d.t.Helper()
	d.keys += len(keys)
	d.Press(keys...)
}

func (d *desk) text(s string) {
	d.t.Helper()
	d.keys += len([]rune(s))
	d.Type(s)
}

func (d *desk) shows(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		d.WaitFor(s)
	}
}

func (d *desk) all(kind string) []*model.Record {
	d.t.Helper()
	p, err := d.l.Page(context.Background(), store.Query{Kind: kind})
	if err != nil {
		d.t.Fatal(err)
	}
	return p.Records
}

// persons opens the table of members from the work table.
func (d *desk) persons() {
	d.t.Helper()
	d.press("f12")
	d.text("ry")
	d.press("enter")
	d.shows("视图:在册党员")
}

func TestTalksWith26MembersInAtMost30Keys(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 26)
	d := start(t, l, tui.Options{}, 80, 24)
	d.persons()
	d.press("ctrl+a")
	d.shows("没有标记,就是“在册党员”的全部 26 人")
	d.Golden("list-80x24")
	d.press("enter")
	d.shows("谈心谈话:26 人", "2026-10-31")
	d.press("enter")
	d.text("zgy")
	d.press("enter")
	d.Type("冬季谈心") // the topic
	d.Golden("form-80x24")
	d.press("f2")
	d.shows("要记 25 人;不用记 1 人", "是谈话人自己", "要点 待填", "主题 冬季谈心")
	d.Golden("plan-80x24")
	if n := len(d.all("talk")); n != 0 {
		t.Fatalf("%d talks are on file before F2", n)
	}
	d.press("f2")
	d.shows("已给 25 人各记一条谈心谈话;按 Ctrl+Z 一起撤销", "视图:在册党员")
	talks := d.all("talk")
	if len(talks) != 25 {
		t.Fatalf("%d talks", len(talks))
	}
	for _, r := range talks {
		if r.Str("content") != model.Pending || r.Str("topic") != "冬季谈心" || r.Str("held_on") != "2026-10-31" || r.Str("talker") == r.Str("person") {
			t.Errorf("a talk is %s %s %s", r.Label(), r.Str("topic"), r.Str("content"))
		}
	}
	t.Logf("%d keys and the topic", d.keys)
	if d.keys > 30 {
		t.Errorf("%d keys, at most 30 are allowed", d.keys)
	}
	d.press("ctrl+z")
	d.shows("已撤销:新建 谈心谈话")
	if n := len(d.all("talk")); n != 0 {
		t.Errorf("%d talks after one undo", n)
	}
}

func TestExceptionsAndChoicesOfSingleOnes(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 115)
	d := start(t, l, tui.Options{}, 80, 24)
	d.persons()
	d.Press("ctrl+a")
	d.Type("pingyi")
	d.Press("enter")
	d.shows("民主评议:115 人")
	d.Press("f2")
	d.shows("要记 115 人:合格114 不定等次1")
	d.Type("赵国英") // one of those far beyond the screen
	d.Press("delete")
	d.shows("赵国英:去掉了", "要记 114 人:合格113 不定等次1;去掉了 1 人")
	d.Press("left")
	d.shows("合格")
	d.Type("钱国小")
	d.Press("left")
	d.shows("优秀")
	d.Press("f2")
	d.shows("已给 114 人各记一条民主评议")
	grades := map[string]int{}
	for _, r := range d.all("appraisal") {
		grades[r.Str("grade")]++
	}
	if grades["优秀"] != 1 || grades["不定等次"] != 1 || grades["合格"] != 112 {
		t.Errorf("grades: %v", grades)
	}
	// Once more: nobody is written twice.
	d.Press("ctrl+a")
	d.Type("pingyi")
	d.Press("enter", "f2")
	d.shows("要记 1 人:合格1;不用记 114 人", "这一年已有评议结果")
	d.Press("esc", "esc")
}

func TestDuesOfAMonthByTheStandard(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 26)
	sample.AddPerson(t, l, map[string]model.Value{"name": "贾免交", "sex": "女", "birth_date": "1950-03-02", "status": "正式党员",
		"joined_on": "1980-07-01", "confirmed_on": "1981-07-01", "dues_basis": "免交", "dues_approval": "2026年1月支部大会"})
	d := start(t, l, tui.Options{}, 80, 24)
	d.persons()
	d.Press("ctrl+a")
	d.Type("df")
	d.Press("enter", "f2")
	d.shows("要记 26 人;金额合计 13.00 元;不用记 1 人", "> 贾免交  不记:免交党费", "金额 0.50")
	d.Press("down", "f8")
	d.shows("要记 25 人;金额合计 12.50 元;不用记 1 人;去掉了 1 人")
	d.Press("f2")
	d.shows("已给 25 人各记一条党费")
	for _, r := range d.all("dues") {
		if r.Int("amount") != 50 || r.Str("month") != "2026-10" {
			t.Errorf("%s: %s", r.Label(), r.Text("amount"))
		}
	}
}

func TestOneMeetingWithAllOnItsRoll(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 26)
	d := start(t, l, tui.Options{}, 80, 24)
	d.persons()
	d.Press("ctrl+b", "ctrl+b", "shift+down")
	d.shows("已标记 4 条")
	d.Press("enter")
	d.shows("标记的 4 人,要办什么?")
	d.Type("kh")
	d.Press("enter")
	d.Type("zbdydh")
	d.Press("enter")
	d.Type("学习")
	d.Press("f2")
	d.shows("要记 4 人:到会4")
	d.Press("right", "f2")
	d.shows("已记一条组织活动,名单上 4 人")
	all := d.all("activity")
	if len(all) != 1 || len(all[0].Roll("attendance")) != 4 || all[0].Text("attendance") != "到会3 请假-公务1" {
		t.Fatalf("meetings: %v", all)
	}
	if strings.Contains(d.Screen(), "已标记") {
		t.Errorf("the marks stay after it was done:\n%s", d.Screen())
	}
}

// Those who can't be transferred are named before anything is written, and the answer
// that writes nothing stands first.
func TestWhatCantBeWrittenIsNamedFirst(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 4)
	sample.AddPerson(t, l, map[string]model.Value{"name": "贾积极", "sex": "女", "birth_date": "1995-03-02", "status": "入党积极分子"})
	d := start(t, l, tui.Options{}, 80, 24)
	d.persons()
	d.Press("f5")
	d.Type("qbry")
	d.Press("enter", "ctrl+w")
	d.shows("已标记 5 条")
	d.Press("ctrl+a")
	d.Type("zc")
	d.Press("enter")
	d.shows("组织关系转出:5 人", "整建制        是")
	d.Press("tab")
	d.Type("柳湾村党支部")
	d.Press("f2")
	d.shows("有错误、不能记 1 人", "> 贾积极", "不能办“转出”")
	d.Golden("plan-refused-80x24")
	d.Press("f2", "enter")
	if n := len(d.all("movement")); n != 4 { // the opening ones and none more
		t.Fatalf("%d movements after the safe answer", n)
	}
	d.Press("f2", "down", "enter")
	d.shows("已给 4 人各记一条党员变动,同时更新了人员", "要把转出的这 4 人连同材料写成移交包")
	d.Press("down", "enter") // 不写
	gone, err := l.Count(context.Background(), store.Query{Kind: "person", Conds: []model.Cond{model.Where("standing", model.Eq, "转出")}})
	if err != nil || gone != 4 {
		t.Errorf("%d have left, %v", gone, err)
	}
	d.Press("ctrl+z")
	d.shows("已撤销")
	if gone, err = l.Count(context.Background(), store.Query{Kind: "person", Conds: []model.Cond{model.Where("standing", model.Eq, "转出")}}); err != nil || gone != 0 {
		t.Errorf("%d have left after undo, %v", gone, err)
	}
}

func TestSetOneFieldOfAll(t *testing.T) {
	l := sample.NewLedger(t)
	members(t, l, 26)
	d := start(t, l, tui.Options{}, 80, 24)
	d.persons()
	d.Press("ctrl+a")
	d.Type("syx")
	d.shows("设一项")
	d.Press("enter")
	d.Type("xueli")
	d.shows("学历")
	d.Press("enter")
	d.Type("gaozhong")
	d.Press("enter", "f2")
	d.shows("学历 改为 高中", "要记 26 人", "(空) → 高中")
	d.Press("f2")
	d.shows("已把 26 人的“学历”改为 高中;按 Ctrl+Z 一起撤销")
	for _, p := range d.all("person") {
		if p.Str("education") != "高中" || p.Rev < 2 {
			t.Errorf("%s: %s", p.Str("name"), p.Str("education"))
		}
	}
	d.Press("ctrl+z")
	d.shows("等 26 条记录")
	// A member's status changes by movements alone, so it is not offered.
	d.Press("ctrl+a")
	d.Type("syx")
	d.Press("enter")
	d.Type("renyuanleibie")
	d.shows("没有这一项")
}
