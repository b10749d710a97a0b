package form_test

import (
	"context"
	"fmt"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// surnames and given names of made-up members; some share their initials, and two
// pairs are namesakes.
var (
	surnames = []string{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑"}
	given    = []string{"建国", "秀英", "志强", "桂兰", "大明", "小红", "玉珍", "德胜", "永发", "春花", "文斌", "海燕", "国庆", "丽", "军", "福生", "金凤"}
)

// village writes so many members and gives them in the order of their names.
func village(t *testing.T, l *store.Ledger, n int) []*model.Record {
	t.Helper()
	ctx := context.Background()
	var all []*model.Record
	for i := range n {
		r, err := l.New(ctx, "person")
		if err != nil {
			t.Fatal(err)
		}
		k := i
		if i%40 == 39 {
			k = i - 1 // a namesake
		}
		r.Set("name", surnames[k%len(surnames)]+given[k%len(given)])
		r.Set("sex", "男")
		r.Set("birth_date", fmt.Sprintf("19%02d-03-05", 50+i%40))
		r.Set("status", "正式党员")
		r.Set("joined_on", "2010-07-01")
		r.Set("confirmed_on", "2011-07-01")
		all = append(all, r)
	}
	if _, err := l.Save(ctx, model.FromForm, all...); err != nil {
		t.Fatal(err)
	}
	p, err := l.Page(ctx, store.Query{Kind: "person"})
	if err != nil {
		t.Fatal(err)
	}
	return p.Records
}

// counter counts what a person presses, but for the names typed.
type counter struct {
	*desk
	keys, names int
}

func (c *counter) press(keys ...string) {
	c.keys += len(keys)
	c.Press(keys...)
}

// text types what is no name of an absent member: each character is a key.
func (c *counter) text(s string) {
	c.keys += len([]rune(s))
	c.Type(s)
}

func (c *counter) name(s string) {
	c.names += len([]rune(s))
	c.Type(s)
}

// Of 115 members 80 came to a 主题党日; 27 work away, 4 have public business, 3 have
// other reasons, one stayed away. The names are typed as initials or in full.
func TestAttendanceOf80Of115InAtMost60Keys(t *testing.T) {
	for _, way := range []struct {
		name string
		text func(string) string
	}{
		{"names in full", func(s string) string { return s }},
		{"initials", func(s string) string { return model.Initials(s)[0] }},
	} {
		t.Run(way.name, func(t *testing.T) { attendance(t, way.text) })
	}
}

func attendance(t *testing.T, text func(string) string) {
	l := newLedger(t)
	people := village(t, l, 115)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "activity"})
	c := &counter{desk: d, keys: 1} // F2 on the table
	c.text("ztd")
	c.press("enter", "tab", "tab")
	c.text("学习")
	c.press("pgdown", "tab")
	c.shows("按回车:全体 115 人先登记为“到会”")
	c.press("enter")
	c.shows("应到 115  实到 115", "登记为 < 请假-公务 >")
	want := map[string]string{}
	absent := func(from, n int, state string) {
		for i := from; i < from+n; i++ {
			p := people[i*3]
			c.name(text(p.Text("name")))
			c.pickOf(p, want)
			want[p.ID] = state
		}
	}
	absent(0, 4, "请假-公务")
	c.press("right")
	absent(4, 27, "请假-外出")
	c.press("right")
	absent(31, 3, "请假-其他")
	c.press("right")
	absent(34, 1, "无故缺席")
	c.shows("应到 115  实到 80  请假 34  无故缺席 1")
	c.press("f2")
	c.shows("已保存")
	t.Logf("%d keys beyond the %d characters of the names", c.keys, c.names)
	if c.keys > 60 {
		t.Errorf("%d keys, at most 60 are allowed", c.keys)
	}
	for _, m := range c.one("activity").Roll("attendance") {
		state := want[m.Target]
		if state == "" {
			state = "到会"
		}
		if m.State != state {
			t.Errorf("%s is %s, want %s", m.Target, m.State, state)
		}
	}
}

// pickOf chooses the person with Enter, going down the list to the right one as the
// secretary does who sees the birth date beside a namesake.
func (c *counter) pickOf(p *model.Record, done map[string]string) {
	c.t.Helper()
	name, birth := p.Text("name"), p.Text("birth_date")
	for range 8 {
		row, _ := c.chosenRow()
		if contains(row, name+" ") && (!contains(row, "19") || contains(row, birth)) {
			c.press("enter")
			return
		}
		c.press("down")
	}
	c.t.Fatalf("%s %s is not in the list:\n%s", name, birth, c.Screen())
}

func TestRollSlipsAreMended(t *testing.T) {
	l := newLedger(t)
	for _, n := range []string{"张三", "李四", "王五"} {
		member(t, l, n)
	}
	member(t, l, "赵积极", "status", "入党积极分子", "joined_on", "", "confirmed_on", "")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "activity", Field: "attendance"})
	d.Press("enter")
	d.shows("应到 3  实到 3")
	d.Type("zs")
	d.caret("登记为 < 请假-公务 > 名字:zs")
	d.Press("enter")
	d.shows("张三:请假-公务", "请假-公务 1:张三")
	d.Type("zs")
	d.Press("enter") // the same once more takes it back
	d.shows("张三:到会", "应到 3  实到 3")
	d.Type("ls")
	d.Press("enter", "backspace")
	d.shows("应到 3  实到 3")
	d.Press("f6")
	d.Type("ww")
	d.Press("enter")
	d.shows("请假-外出 1:王五")
	d.Type("wgqx") // a state's initials change the state
	d.shows("以下改登记为:无故缺席")
	d.Press("enter")
	d.shows("< 无故缺席 >")
	d.Type("赵积极") // somebody who isn't due came
	d.shows("不在名单里")
	d.Press("enter")
	d.shows("应到 4  实到 3  请假 1", "赵积极:到会")
	d.Press("down") // the whole list
	d.shows("> 李四    到会", "王五    请假-外出")
	d.Press("delete", "esc")
	d.shows("已登记 3  实到 2")
	d.Press("ctrl+b")
	d.shows("名单已清空", "按回车:全体 3 人")
	d.Press("ctrl+z")
	d.shows("已登记 3  实到 2")
	d.Press("ctrl+b")
	d.Type("ls")
	d.Press("enter") // nobody first: names are added
	d.Paste("张三、王五")
	d.shows("到会 3:李四、王五、张三")
}

func TestRollOnFile(t *testing.T) {
	l := newLedger(t)
	zs, ls := member(t, l, "张三"), member(t, l, "李四")
	a, err := l.New(context.Background(), "activity")
	if err != nil {
		t.Fatal(err)
	}
	a.Set("kind", "党课")
	a.Set("title", "一课")
	a.Set("attendance", []model.Mark{{Target: zs.ID, State: "到会"}, {Target: ls.ID, State: "无故缺席"}})
	if _, err := l.Save(context.Background(), model.FromForm, a); err != nil {
		t.Fatal(err)
	}
	member(t, l, "王五") // came to the village later
	d := open(t, l, 80, 24, ui.FormOf{Kind: "activity", ID: a.ID, Field: "attendance"})
	d.shows("已登记 2  实到 1  无故缺席 1  未登记 1", "无故缺席 1:李四")
	d.Press("esc") // nothing changed: no question
	d.hides("修改组织活动")
}

// A training's roll works like a meeting's: a name after everybody was written down was
// absent, and did not finish the course. The line of counts is whole at 80 columns.
func TestTrainingRollNamesTheAbsent(t *testing.T) {
	l := newLedger(t)
	people := village(t, l, 115)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "training", Field: "attendance"})
	d.shows("按回车:全体 115 人先登记为“参加”")
	d.Press("enter")
	d.shows("应到 115  实到 115", "登记为 < 缺席 >")
	for _, i := range []int{3, 50, 90} {
		d.Type(people[i].Text("name"))
		d.Press("enter")
	}
	d.shows("应到 115  实到 112  缺席 3")
	d.Golden("roll-training-80x24")
	d.Resize(120, 40)
	d.Golden("roll-training-120x40")
	d.Resize(80, 24)
	d.Press("left") // the other exception
	d.shows("登记为 < 结业 >")
	d.Type(people[7].Text("name"))
	d.Press("enter")
	d.shows("应到 115  实到 112  结业 1  缺席 3")
}

// Who is on the roll goes by the day and by who meets; those not counted as due come
// only by name.
func TestRollIsOfTheDayAndOfTheBody(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	var all []*model.Record
	for _, n := range []string{"张三", "李四", "王五", "赵六", "钱七"} {
		all = append(all, member(t, l, n))
	}
	put := func(kind string, r *model.Record, set map[string]model.Value) *model.Record {
		t.Helper()
		var err error
		if r == nil {
			r, err = l.New(ctx, kind)
		} else {
			r, err = l.Get(ctx, kind, r.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range set {
			r.Set(k, v)
		}
		if _, err := l.Save(ctx, model.FromForm, r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	group := put("organization", nil, map[string]model.Value{"code": "990101002", "name": "第一党小组", "kind": "党小组", "domain": "行政村", "parent": l.Home().ID})
	put("position", nil, map[string]model.Value{"person": all[3].ID, "body": "党组织", "post": "书记", "started_on": "2026-01-05"})
	put("person", all[0], map[string]model.Value{"party_group": group.ID})
	put("person", all[1], map[string]model.Value{"party_group": group.ID})
	put("person", all[4], map[string]model.Value{"not_due": "4"})
	put("movement", nil, map[string]model.Value{"person": all[2].ID, "kind": "去世", "happened_on": "2026-10-10"})
	for _, c := range []struct {
		what string
		set  map[string]model.Value
		n    int
	}{
		{"today, without who died and who is not counted", nil, 3},
		{"a day on which he lived", map[string]model.Value{"held_on": "2026-10-09"}, 4},
		{"the group's meeting", map[string]model.Value{"kind": "党小组会", "held_by": group.ID}, 2},
		{"the committee's meeting", map[string]model.Value{"kind": "支部委员会"}, 1},
	} {
		d := open(t, l, 80, 24, ui.FormOf{Kind: "activity", Field: "attendance", Preset: c.set})
		if want := fmt.Sprintf("全体 %d 人先登记为", c.n); !contains(d.Screen(), want) {
			t.Errorf("%s: want %q:\n%s", c.what, want, d.Screen())
		}
	}
}
