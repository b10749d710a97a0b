package history_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

func TestRecycleBinRestores(t *testing.T) {
	l := sample.NewLedger(t)
	p := sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众"})
	if err := l.Delete(context.Background(), sample.PersonKind, p.ID); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), 80, 24)
	tm.Press("f12")
	tm.Type("hsz")
	tm.Press("enter")
	tm.WaitFor("张三")
	tm.Press("enter", "enter")
	tm.WaitFor("已恢复:张三")
	if got, err := l.Get(context.Background(), sample.PersonKind, p.ID); err != nil || got.DeletedAt != "" {
		t.Errorf("the record is %+v, %v", got, err)
	}
}

func TestHistoryBringsAVersionBack(t *testing.T) {
	l := sample.NewLedger(t)
	p := sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众", "address": "石桥村一组"})
	p.Set("address", "石桥村二组")
	if _, err := l.Save(context.Background(), model.FromForm, p); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), 80, 24)
	tm.Press("f12")
	tm.Type("xgjl")
	tm.Press("enter")
	tm.WaitFor("人员:张三")
	tm.Press("enter")
	tm.WaitFor("石桥村一组 → 石桥村二组")
	tm.Press("down", "enter", "down", "enter", "home")
	tm.WaitFor("石桥村二组 → 石桥村一组")
	if got, err := l.Get(context.Background(), sample.PersonKind, p.ID); err != nil || got.Str("address") != "石桥村一组" {
		t.Errorf("the address is %q, %v", got.Str("address"), err)
	}
}
