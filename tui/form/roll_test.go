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
	c.shows("共 115 人:到会115", "登记为 < 请假-公务 >")
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
	c.shows("共 115 人:到会80 请假-公务4 请假-外出27 请假-其他3 无故缺席1")
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
	d.shows("共 3 人:到会3")
	d.Type("zs")
	d.caret("登记为 < 请假-公务 > 名字:zs")
	d.Press("enter")
	d.shows("张三:请假-公务", "请假-公务 1:张三")
	d.Type("zs")
	d.Press("enter") // the same once more takes it back
	d.shows("张三:到会", "共 3 人:到会3")
	d.Type("ls")
	d.Press("enter", "backspace")
	d.shows("共 3 人:到会3")
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
	d.shows("共 4 人:到会3 请假-外出1", "赵积极:到会")
	d.Press("down") // the whole list
	d.shows("> 李四    到会", "王五    请假-外出")
	d.Press("delete", "esc")
	d.shows("共 3 人:")
	d.Press("ctrl+b")
	d.shows("名单已清空", "按回车:全体 3 人")
	d.Press("ctrl+z")
	d.shows("共 3 人:")
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
	d.shows("共 2 人:到会1 无故缺席1", "无故缺席 1:李四")
	d.Press("esc") // nothing changed: no question
	d.hides("修改组织活动")
}
