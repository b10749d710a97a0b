package history_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// dues puts a person's dues of a month on file.
func dues(t *testing.T, l *store.Ledger, person, month string) *model.Record {
	t.Helper()
	r, err := l.New(context.Background(), "dues")
	if err != nil {
		t.Fatal(err)
	}
	r.Set("person", person)
	r.Set("month", month)
	r.Set("amount", int64(20))
	r.Set("paid_on", "2026-10-20")
	saved, err := l.Save(context.Background(), model.FromForm, r)
	if err != nil {
		t.Fatal(err)
	}
	return saved.Records[0]
}

func openBin(t *testing.T, l *store.Ledger, w, h int) *tuitest.Term {
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), w, h)
	tm.Press("f12")
	tm.Type("hsz")
	tm.Press("enter")
	tm.WaitFor("回收站")
	return tm
}

func deleted(t *testing.T, l *store.Ledger, kind, id string) bool {
	t.Helper()
	r, err := l.Get(context.Background(), kind, id)
	if err != nil {
		t.Fatal(err)
	}
	return r.DeletedAt != ""
}

// TestRecycleBinRestores: what a record was, what belongs to it, and what came back.
func TestRecycleBinRestores(t *testing.T) {
	ctx := context.Background()
	for _, size := range sample.Sizes {
		l := sample.NewLedger(t)
		p := sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众", "phone": "10012345678"})
		d, kept := dues(t, l, p.ID, "2026-09"), dues(t, l, p.ID, "2026-10")
		for _, del := range []struct{ kind, id string }{{"dues", d.ID}, {sample.PersonKind, p.ID}} {
			if err := l.Delete(ctx, del.kind, del.id); err != nil {
				t.Fatal(err)
			}
		}
		tm := openBin(t, l, size.W, size.H)
		tm.WaitFor("回收站 · 2 条")
		tm.Type("党费")
		tm.WaitFor("所指的 人员“张三” 也在回收站")
		tm.Golden("recycle-" + size.Name)
		tm.Press("enter")
		tm.WaitFor("> 一起恢复")
		tm.Golden("recycle-ask-" + size.Name)
		tm.Press("enter")
		tm.WaitFor("已恢复 2 条:人员“张三”、党费")
		tm.WaitFor("回收站是空的")
		if deleted(t, l, "dues", d.ID) || deleted(t, l, sample.PersonKind, p.ID) || deleted(t, l, "dues", kept.ID) {
			t.Error("something is still deleted")
		}
	}
}

// TestRecycleBinRestoresSeveral marks two of three, and brings what was deleted together
// back together.
func TestRecycleBinRestoresSeveral(t *testing.T) {
	ctx := context.Background()
	l := sample.NewLedger(t)
	var ids []string
	for _, name := range []string{"张三", "李四", "王五"} {
		ids = append(ids, sample.AddPerson(t, l, map[string]model.Value{"name": name, "sex": "男", "status": "群众"}).ID)
	}
	kept := dues(t, l, ids[1], "2026-10")
	if err := l.Delete(ctx, sample.PersonKind, ids...); err != nil {
		t.Fatal(err)
	}
	tm := openBin(t, l, 80, 24)
	tm.Type("ls")
	tm.WaitFor("还有记录用到它:党费的人员 1 条")
	tm.Press("esc", "home", "ctrl+b", "insert")
	tm.WaitFor("恢复标记的 2 条")
	tm.Press("enter", "enter")
	tm.WaitFor("已恢复 2 条")
	left := 0
	for _, id := range ids {
		if deleted(t, l, sample.PersonKind, id) {
			left++
		}
	}
	if left != 1 {
		t.Errorf("%d are left", left)
	}
	if what, err := l.Undo(ctx); err != nil || !strings.Contains(what, "2 条") {
		t.Fatal(what, err)
	}
	tm.Press("esc")
	tm.Press("f12")
	tm.Type("hsz")
	tm.Press("enter")
	tm.WaitFor("回收站 · 3 条")
	tm.Type("zs")
	tm.Press("enter")
	tm.WaitFor("同一次还删除了 人员“李四”")
	tm.Press("down", "enter")
	tm.WaitFor("已恢复 2 条") // the undo has deleted these two together
	if deleted(t, l, "dues", kept.ID) {
		t.Error("the dues went")
	}
}

// changedPerson is a person whose address and phone were changed.
func changedPerson(t *testing.T, l *store.Ledger) *model.Record {
	t.Helper()
	p := sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众", "address": "石桥村一组"})
	p.Set("address", "石桥村二组")
	p.Set("phone", "10012345678")
	if _, err := l.Save(context.Background(), model.FromForm, p); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestHistoryBringsAVersionBack: the past of a record in words; bringing a version back
// shows first what would change.
func TestHistoryBringsAVersionBack(t *testing.T) {
	for _, size := range sample.Sizes {
		l, err := book.Create(context.Background(), filepath.Join(t.TempDir(), "ledger.db"), sample.Home, store.Options{Source: sample.Source(), By: "陈书记"})
		if err != nil {
			t.Fatal(err)
		}
		p := changedPerson(t, l)
		tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), size.W, size.H)
		tm.Press("f12")
		tm.Type("xgjl")
		tm.Press("enter")
		tm.WaitFor("人员:张三")
		tm.Press("enter")
		tm.WaitFor("从“石桥村一组”改成“石桥村二组”")
		tm.WaitFor("填上“100****5678”")
		tm.Golden("history-" + size.Name)
		tm.Press("enter")
		tm.WaitFor("不用恢复")
		tm.Press("down", "enter")
		tm.WaitFor("> 不恢复")
		tm.WaitFor("去掉,现在是“100****5678”")
		tm.Golden("history-ask-" + size.Name)
		tm.Press("esc", "up", "down", "enter", "down", "enter")
		tm.WaitFor("已恢复,改回了 2 项")
		tm.Press("home")
		tm.WaitFor("从“石桥村二组”改成“石桥村一组”")
		if got, err := l.Get(context.Background(), sample.PersonKind, p.ID); err != nil || got.Str("address") != "石桥村一组" || got.Filled("phone") {
			t.Errorf("the address is %q, %v", got.Str("address"), err)
		}
	}
}

// TestHistoryOfTheRecordAtHand: the key leads there from table and form, the menu too; a
// form reads the version brought back, and what is typed and not saved is not lost.
func TestHistoryOfTheRecordAtHand(t *testing.T) {
	l := sample.NewLedger(t)
	p := changedPerson(t, l)
	tm := sample.StartReal(t, tui.New(context.Background(), tui.Options{Ledger: l, Kind: sample.PersonKind}), 80, 24)
	tm.Press("f5")
	tm.Type("全部")
	tm.Press("enter")
	tm.WaitFor("张三")
	tm.Press("ctrl+x")
	tm.WaitFor("修改经过:张三")
	tm.Press("esc", "f3")
	tm.WaitFor("修改人员")
	tm.Press("f12")
	tm.Type("这一条")
	tm.Press("enter")
	tm.WaitFor("修改经过:张三")
	tm.Press("down", "enter", "down", "enter")
	tm.WaitFor("已恢复")
	tm.Press("esc")
	tm.WaitFor("修改人员")
	if r, err := l.Get(context.Background(), sample.PersonKind, p.ID); err != nil || r.Rev != 3 {
		t.Fatal(r, err)
	}
	tm.Type("李") // the form has read the record anew: saving meets no conflict
	tm.Press("ctrl+x")
	tm.WaitFor("修改经过")
	tm.Press("enter")
	tm.WaitFor("表单里有没保存的改动")
	tm.Press("esc", "f2")
	tm.WaitGone("修改人员")
	if r, err := l.Get(context.Background(), sample.PersonKind, p.ID); err != nil || r.Rev != 4 || r.Str("address") != "石桥村一组" {
		t.Errorf("the record is %v, %v; the screen\n%s", r, err, tm.Screen())
	}
}
