package form_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/tui/ui"
)

// The next talk of the evening keeps the day, the talker and the topic; only whom it was
// with is asked.
func TestTheNextRecordKeepsWhatRepeats(t *testing.T) {
	l := newLedger(t)
	zs, ls, ww := member(t, l, "张三"), member(t, l, "李四"), member(t, l, "王五")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "talk"})
	d.goTo("日期")
	d.Type("20261018")
	d.goTo("谈话对象")
	d.Type("李四")
	d.Press("enter")
	d.Type("张三")
	d.Press("enter")
	d.Type("秋收")
	d.goTo("要点")
	d.Type("收成好")
	d.Press("ctrl+r")
	d.shows("已保存:谈心谈话 李四 2026-10-18", "新增谈心谈话", "照刚才那一条留下了:日期、谈话人、主题")
	d.hides("收成好")
	d.caret(">*谈话对象  ")
	d.Type("王五")
	d.Press("enter", "f2")
	d.shows("已保存:谈心谈话 王五 2026-10-18", "工作台")
	talks := d.all("talk")
	if len(talks) != 2 {
		t.Fatalf("%d talks", len(talks))
	}
	for _, r := range talks {
		if r.Str("talker") != zs.ID || r.Str("topic") != "秋收" || r.Str("held_on") != "2026-10-18" {
			t.Errorf("%s with %s of %s on %s", r.Text("person"), r.Text("talker"), r.Str("topic"), r.Str("held_on"))
		}
		if r.Str("person") == ww.ID && r.Filled("content") {
			t.Errorf("what was said to the one was not said to the other: %s", r.Str("content"))
		}
	}
	if talks[0].Str("person") == talks[1].Str("person") {
		t.Errorf("both are with %s, one should be with %s", talks[0].Text("person"), ls.ID)
	}
}

// A form with a mistake goes on to no next one.
func TestNothingFollowsWhatIsNotSaved(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "talk"})
	d.Press("ctrl+r")
	d.shows("没有保存", "请填写谈话对象")
	if n := len(d.all("talk")); n != 0 {
		t.Errorf("%d talks", n)
	}
}

func TestACultivationOffersTheAblePerson(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	c := add(t, l, "cultivation", map[string]string{"person": zs.ID, "path": "党员培养成经济能人", "started_on": "2026-01-05"})
	d := open(t, l, 80, 24, ui.FormOf{Kind: "cultivation", ID: c.ID})
	d.goTo("状态")
	d.Type("已成功")
	d.Press("enter")
	d.goTo("成功日期")
	d.Type("20261010")
	d.Press("f2")
	d.shows("[*] 张三 的“经济能人”改为 是")
	d.Press("f2")
	d.shows("跟着办好了 1 项")
	if p, err := l.Get(context.Background(), "person", zs.ID); err != nil || !p.Bool("able_person") {
		t.Errorf("%v, %v", p.Bool("able_person"), err)
	}
}

// A supply is entered under the model on file of whoever got it; of one who is no model
// yet a model household is offered, and not ticked.
func TestASupplyOffersItsModel(t *testing.T) {
	l := newLedger(t)
	zs, ls := member(t, l, "张三"), member(t, l, "李四")
	model1 := add(t, l, "demonstration", map[string]string{"kind": "党员科技示范户", "name": "示范户张三", "person": zs.ID, "level": "乡镇", "designated_on": "2025-05-01"})
	set := map[string]string{"item": "图书", "title": "稻虾共作", "quantity": "2", "provider": "柳河镇", "received_on": "2026-10-01"}
	for _, c := range []struct {
		who  *model.Record
		text string
		keys []string
	}{
		{zs, "[*] “稻虾共作”记在示范典型“示范户张三”名下", []string{"f2"}},
		{ls, "[ ] 把 李四 登记为党员科技示范户(村级,2026-10-01 起)", []string{"f2", "enter", "f2"}},
	} {
		set["recipient"] = c.who.ID
		s := add(t, l, "supply", set)
		d := open(t, l, 80, 24, ui.FormOf{Kind: "supply", ID: s.ID})
		d.Press("f2")
		d.shows(c.text)
		d.Press(c.keys...)
		d.shows("跟着办好了 1 项")
		got, err := l.Get(context.Background(), "supply", s.ID)
		if err != nil {
			t.Fatal(err)
		}
		if c.who == zs && got.Str("demonstration") != model1.ID || got.Name(got.Str("demonstration")) == "" {
			t.Errorf("%s stands under %s", c.who.Str("name"), got.Text("demonstration"))
		}
	}
}

// The sentence after a save names the record and what changed of others.
func TestASaveSaysWhatFollowed(t *testing.T) {
	l := newLedger(t)
	member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "movement", Preset: map[string]model.Value{"kind": "外出流动"}})
	d.Type("张三")
	d.Press("enter")
	d.goTo("流动")
	d.Type("跨省")
	d.Press("enter")
	d.Type("邻省滨海市")
	d.Press("f2")
	d.shows("已保存;张三已改为:跨省,外出流向 邻省滨海市,外出日期 2026-10-20")
}
