package monthend_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

func TestRollIsConfirmedAndClosed(t *testing.T) {
	l := sample.NewLedger(t)
	ctx := context.Background()
	people := []*model.Record{}
	for _, name := range []string{"张三", "李四", "王五"} {
		people = append(people, sample.AddPerson(t, l, map[string]model.Value{"name": name, "sex": "男", "birth_date": "1970-03-15",
			"status": "正式党员", "joined_on": "1995-07-01", "confirmed_on": "1996-07-01"}))
	}
	stray := people[0].Clone() // on file without a movement, as from an old copy
	stray.ID, stray.Rev = "", 0
	stray.Set("name", "赵六")
	if _, err := l.Save(ctx, model.AsRecorded, stray); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), 80, 24)
	tm.Press("f9")
	tm.WaitFor("1 个人对不上")
	tm.Press("down", "enter")
	tm.WaitFor("! 赵六")
	tm.Golden("roll-80x24")
	tm.Press("f2")
	tm.WaitFor("还不能结账")
	tm.Press("enter")
	tm.WaitFor("表单")
	m, err := l.New(ctx, "movement")
	if err != nil {
		t.Fatal(err)
	}
	m.Set("person", stray.ID)
	m.Set("kind", "期初在册")
	m.Set("happened_on", "2026-10-01")
	if _, err := l.Save(ctx, model.FromForm, m); err != nil {
		t.Fatal(err)
	}
	tm.Press("esc", "esc")
	tm.WaitFor("应有 4,名册 4,还没有结账")
	tm.Press("enter")
	tm.WaitFor("对上了")
	tm.Press("ctrl+b")
	tm.WaitFor("已核对 1 人")
	tm.Press("f2")
	tm.WaitFor("还有 3 名没有逐个核对")
	tm.Press("enter")
	tm.WaitFor("已结账 4 名")
	tm.WaitFor("已核对 4 人")
	if err := l.Delete(ctx, "movement", m.ID); err != nil {
		t.Fatal(err)
	}
	tm.Press("esc")
	tm.WaitFor("个人对不上")
	tm.Press("enter")
	tm.WaitFor("! 赵六")
	closed, err := count.Closed(ctx, l)
	if err != nil || len(closed) != 1 || closed[0].Members != 4 {
		t.Errorf("%+v, %v", closed, err)
	}
}
