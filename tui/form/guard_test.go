package form_test

import (
	"testing"

	"taizhang/model"
	"taizhang/tui/ui"
)

// A movement asks only for what its kind needs; saving it changes the person, and a
// transfer shows its letter.
func TestMovementAsksForWhatItNeeds(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "movement", Preset: map[string]model.Value{"person": zs.ID, "kind": "转出"}, Field: "to_org"})
	d.shows("转入党组织")
	d.shows("介绍信编号")
	d.hides("外出流向")
	d.hides("处分种类")
	d.Type("南塘村党支部")
	d.Press("f2")
	d.WaitFor("写移交包")
	d.Press("down", "enter") // 不写
	d.WaitFor("组织关系介绍信")
	d.shows("南塘村党支部:")
	// F7 asks where to; it once wrote into the home folder unasked.
	d.Press("f7", "enter")
	d.shows("写到哪里")
	d.Press("esc", "esc")
	now, err := l.Get(t.Context(), "person", zs.ID)
	if err != nil || now.Str("standing") != "转出" {
		t.Fatalf("the person stands at %s, %v", now.Str("standing"), err)
	}
}

// Where a member went away to is asked for beside the movement and written to the
// person.
func TestMovementAsksForThePerson(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "movement", Preset: map[string]model.Value{"person": zs.ID, "kind": "外出流动"}, Field: "away"})
	d.shows("外出流向")
	d.Type("跨省")
	d.Press("enter")
	d.Type("外省某市")
	d.Press("f2")
	d.WaitGone("新增党员变动")
	now, err := l.Get(t.Context(), "person", zs.ID)
	if err != nil || now.Str("away") != "跨省" || now.Str("away_place") != "外省某市" || !now.Filled("away_since") {
		t.Fatalf("the person is away %q in %q, %v", now.Str("away"), now.Str("away_place"), err)
	}
}

// What only a movement may change is read-only after the first save and says so.
func TestGuardedField(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person", ID: zs.ID, Field: "standing"})
	d.shows("办理变动")
	d.Type("转出")
	d.WaitFor("只能通过")
	d.Press("esc")
	d.hides("有改动还没保存")
}
