package tui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/tuitest/sample"
)

// TestRepairAtStart: of a ledger whose persons' table is gone the screen shows what repairing
// brings before anything is replaced, and four keys put it in place; the damaged file stays as
// it was, beside it.
func TestRepairAtStart(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			path, _ := withBackup(t)
			spoil(t, path, "PRAGMA foreign_keys = 0", "DROP TABLE person", "PRAGMA wal_checkpoint(TRUNCATE)")
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			l, err := book.Open(context.Background(), path, store.Options{Source: sample.Source()})
			if err != nil {
				t.Fatal(err)
			}
			tm, r := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, size.W, size.H)
			tm.WaitFor("没有找到好的备份")
			keys := 0
			press := func(all ...string) {
				keys += len(all)
				tm.Press(all...)
			}
			press("down", "enter")
			tm.WaitFor("还没有换上")
			tm.WaitFor("按修改经过恢复 2 条")
			if now, err := os.ReadFile(path); err != nil || string(now) != string(before) {
				t.Errorf("the damaged file is another, %v", err)
			}
			tm.Press("down", "enter")
			tm.WaitFor("李四")
			tm.Press("esc", "up")
			press("enter", "enter")
			tm.WaitFor("已换上修好的台账")
			if keys > 4 {
				t.Errorf("%d keys", keys)
			}
			if r.app.Ledger.ReadOnly() || r.app.Ledger.Damage() != nil {
				t.Error("it is not whole")
			}
			kept, err := filepath.Glob(filepath.Join(filepath.Dir(path), "ledger-恢复前-*.db"))
			if err != nil || len(kept) != 1 {
				t.Fatalf("the damaged one is not kept: %v, %v", kept, err)
			}
			if now, err := os.ReadFile(kept[0]); err != nil || string(now[4096:]) != string(before[4096:]) {
				t.Errorf("it is kept as another, %v", err)
			}
			n, err := r.app.Ledger.Count(context.Background(), store.Query{Kind: "person"})
			if err != nil || n != 2 {
				t.Errorf("%d persons, %v", n, err)
			}
		})
	}
}

// TestRepairLeft: 先不换 goes back to the choices, and the ledger stays the damaged one.
func TestRepairLeft(t *testing.T) {
	path, _ := withBackup(t)
	spoil(t, path, "PRAGMA foreign_keys = 0", "DROP TABLE training")
	l, err := book.Open(context.Background(), path, store.Options{Source: sample.Source()})
	if err != nil {
		t.Fatal(err)
	}
	tm, r := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, 80, 24)
	tm.WaitFor("没有找到好的备份")
	tm.Press("down", "enter")
	tm.WaitFor("还没有换上")
	tm.Press("esc")
	tm.WaitFor("台账文件坏了,不能再往里写")
	if r.app.Ledger.Damage() == nil {
		t.Error("it is no longer damaged")
	}
	made, err := filepath.Glob(filepath.Join(filepath.Dir(path), "ledger-修复-*"))
	if err != nil || len(made) < 2 {
		t.Errorf("the repaired one and its report don't lie there: %v, %v", made, err)
	}
}
