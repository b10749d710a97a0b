package dossier_test

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/dossier"
	"taizhang/store/internal/storetest"
)

// TestPut: what is written of several materials is one act that one undo takes back, and
// the past of each stays; what changes nothing leaves nothing to undo.
func TestPut(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Standard, Source: storetest.Clock(1), By: "李书记"})
	put := func(what string, ms ...dossier.Material) {
		t.Helper()
		storetest.Must(t, dossier.Put(ctx, l, "a", what, ms...))
	}
	read := func() map[int]dossier.Material {
		t.Helper()
		found, err := dossier.Read(ctx, l, "a")
		storetest.Must(t, err)
		return found
	}
	put("记下入党申请书", dossier.Material{No: 1, Held: true, Keeper: "李书记"})
	put("装盒", dossier.Material{No: 1, Held: true, Keeper: "李书记", Place: "档案柜", BoxedOn: "2026-10-31"}, dossier.Material{No: 2, Held: true})
	put("什么也没有变", dossier.Material{No: 2, Held: true}, dossier.Material{No: 9})
	if now := read(); now[1].Place != "档案柜" || now[1].BoxedOn != "2026-10-31" || now[1].By != "李书记" || !now[2].Held || len(now) != 2 {
		t.Errorf("written: %+v", now)
	}
	if other, err := dossier.Read(ctx, l, "b"); err != nil || len(other) > 0 {
		t.Errorf("of another admission: %+v, %v", other, err)
	}
	for _, want := range []string{"已撤销:装盒", "已撤销:记下入党申请书", ""} {
		what, err := l.Undo(ctx)
		if err != nil || what != want {
			t.Errorf("undone: %q, %v; want %q", what, err, want)
		}
		now := read()
		if want == "已撤销:装盒" && (!now[1].Held || now[1].Keeper != "李书记" || now[1].BoxedOn != "" || now[2].Held) {
			t.Errorf("after one undo: %+v", now)
		}
	}
	if now := read(); now[1].Held || now[2].Held {
		t.Errorf("after all undos: %+v", now)
	}
	past, err := dossier.Past(ctx, l, "a", 1)
	if err != nil || len(past) != 4 || past[1].BoxedOn != "" || past[2].BoxedOn != "2026-10-31" {
		t.Errorf("the past: %+v, %v", past, err)
	}
	for _, wrong := range []dossier.Material{{No: 3, BoxedOn: "2026-10-31"}, {No: 3, Held: true, BoxedOn: "去年"}} {
		if err := dossier.Put(ctx, l, "a", "错的", wrong); storetest.Code(err) != "E-MATERIAL" {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

// TestUndoInOrder: records and what stands beside them are taken back in the order in
// which they were written.
func TestUndoInOrder(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Standard, Source: storetest.Clock(1)})
	p := storetest.Save(t, l, storetest.Record(t, l, "person", "name", "张三", "sex", "男", "birth_date", "1990-01-02", "status", "入党申请人")).Records[0]
	storetest.Must(t, dossier.Put(ctx, l, "a", "记下材料", dossier.Material{No: 1, Held: true}))
	p.Set("name", "张四")
	storetest.Save(t, l, p)
	for _, want := range []string{"已撤销:修改 人员 张四", "已撤销:记下材料", "已撤销:新建 人员 张三"} {
		if what, err := l.Undo(ctx); err != nil || what != want {
			t.Errorf("undone: %q, %v; want %q", what, err, want)
		}
	}
}
