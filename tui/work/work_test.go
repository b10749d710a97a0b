package work_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

func TestWorkTable(t *testing.T) {
	for _, size := range sample.Sizes {
		l := sample.NewLedger(t)
		sample.AddPerson(t, l, map[string]model.Value{
			"name": "张三", "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "joined_on": "1999-07-01",
		})
		if err := l.SaveDraft(context.Background(), &store.Draft{
			ID: "0199a000-0000-7000-8000-000000000001", Kind: "talk", Label: "李四", Texts: []byte(`{}`), SavedAt: "2026-10-30T01:02:03Z",
		}); err != nil {
			t.Fatal(err)
		}
		tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), size.W, size.H)
		tm.WaitFor("接着填写")
		tm.Golden("drafts-" + size.Name)
		tm.Press("esc")
		tm.Golden("work-" + size.Name)
		tm.Press("right", "down", "enter")
		tm.WaitFor("表格 person")
	}
}

func TestDraftsAreOfferedAndDropped(t *testing.T) {
	l := sample.NewLedger(t)
	for i, label := range []string{"张三", "李四"} {
		d := &store.Draft{ID: "0199a000-0000-7000-8000-00000000000" + string(rune('1'+i)), Kind: "talk", Label: label, Texts: []byte(`{}`)}
		if err := l.SaveDraft(context.Background(), d); err != nil {
			t.Fatal(err)
		}
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), 80, 24)
	tm.WaitFor("谈心谈话(新增):李四")
	tm.Press("f8")
	tm.WaitFor("找不回来")
	tm.Press("down", "enter")
	left, err := l.Drafts(context.Background())
	if err != nil || len(left) != 1 {
		t.Fatalf("%d drafts are left, %v", len(left), err)
	}
	tm.Press("enter")
	tm.WaitFor("表单")
}
