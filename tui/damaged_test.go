package tui

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// spoil runs statements on a ledger's file as another program would.
func spoil(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func person(name string) map[string]model.Value {
	return map[string]model.Value{"name": name, "sex": "男", "birth_date": "1990-01-02", "status": "入党申请人"}
}

// withBackup makes a ledger with one person in its backup and one more since, and closes it.
func withBackup(t *testing.T) (path, backup string) {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	l := sample.NewLedger(t)
	sample.AddPerson(t, l, person("张三"))
	path, backup = l.Path(), filepath.Join(t.TempDir(), "台账备份.db")
	if err := l.Backup(context.Background(), backup); err != nil {
		t.Fatal(err)
	}
	sample.AddPerson(t, l, person("李四"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path, backup
}

// TestDamagedAtStart: a ledger without a table is shown as damaged, the newest good backup
// and what would be lost by it, and three keys go back to it; the damaged file stays.
func TestDamagedAtStart(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			path, backup := withBackup(t)
			spoil(t, path, "PRAGMA foreign_keys = 0", "DROP TABLE training")
			l, err := book.Open(context.Background(), path, store.Options{Source: sample.Source()})
			if err != nil {
				t.Fatal(err)
			}
			tm, r := start(t, Options{Ledger: l, Drives: func() []string { return []string{filepath.Dir(backup)} }}, size.W, size.H)
			r.stack[0].screen.(*damaged).path = "/村/ledger.db" // the same in every run
			tm.Send(nil)
			tm.WaitFor("会少 1 次登记、1 条记录")
			tm.Golden("damaged-" + size.Name)
			tm.Press("f12", "esc")
			tm.WaitFor("缺少“培训”的表")
			r.stack[0].screen.(*damaged).path = path
			tm.Press("enter", "enter", "enter") // 从备份恢复, the newest, yes
			tm.WaitFor("已从备份恢复")
			tm.WaitFor("工作台")
			if r.app.Ledger.ReadOnly() || r.app.Ledger.Damage() != nil {
				t.Error("it is not whole again")
			}
			kept, err := filepath.Glob(filepath.Join(filepath.Dir(path), "ledger-恢复前-*.db"))
			if err != nil || len(kept) != 1 {
				t.Errorf("the damaged one is not kept: %v, %v", kept, err)
			}
		})
	}
}

// TestDamagedToLookAt: what is left can be looked at.
func TestDamagedToLookAt(t *testing.T) {
	path, _ := withBackup(t)
	spoil(t, path, "PRAGMA foreign_keys = 0", "DROP TABLE training")
	l, err := book.Open(context.Background(), path, store.Options{Source: sample.Source()})
	if err != nil {
		t.Fatal(err)
	}
	tm, _ := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, 80, 24)
	tm.WaitFor("没有找到好的备份")
	tm.Press("down", "down", "enter")
	tm.WaitFor("工作台")
	if !strings.Contains(tm.Row(0), "(只读)") {
		t.Errorf("the head line is %q", tm.Row(0))
	}
	if strings.Contains(tm.Screen(), "正在查找") {
		t.Errorf("it waits for what never comes:\n%s", tm.Screen())
	}
}

// TestDamagedBeyondOpening: a file that is no ledger any more can't be looked at, and can be
// gone back from.
func TestDamagedBeyondOpening(t *testing.T) {
	path, backup := withBackup(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(b[:100])
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	tm, _ := start(t, Options{Path: path, Damage: "开头坏了", Drives: func() []string { return []string{filepath.Dir(backup)} }}, 80, 24)
	tm.WaitFor("以后登记的会没有")
	tm.Press("down", "down", "enter")
	tm.WaitFor("看不了;请从备份恢复")
	tm.Press("home", "enter", "enter", "enter")
	tm.WaitFor("工作台")
}

// TestDamagedSaysKeys: what is said to one before the page is which row to choose, not what
// to type at a command line.
func TestDamagedSaysKeys(t *testing.T) {
	path, backup := withBackup(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(b[200:])
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := book.Open(t.Context(), path, store.Options{})
	var known *model.Error
	if !errors.As(err, &known) || !strings.Contains(known.Message, "taizhang restore") {
		t.Fatalf("opened: %v, %v", l, err)
	}
	tm, _ := start(t, Options{Path: path, Damage: known.Message, Drives: func() []string { return []string{filepath.Dir(backup)} }}, 80, 24)
	tm.WaitFor("以后登记的会没有")
	if s := strings.Join(strings.Fields(tm.Screen()), ""); strings.Contains(s, "taizhangrestore") || !strings.Contains(s, "在下面选“从备份恢复”按回车") {
		t.Errorf("the page says:\n%s", tm.Screen())
	}
}

// TestDamageFoundOnTheWay: what is met while reading, and what the looking-through in the
// background finds, lead to the same screen; once.
func TestDamageFoundOnTheWay(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	l := sample.NewLedger(t)
	for _, name := range []string{"张三", "李四", "王五"} {
		sample.AddPerson(t, l, person(name))
	}
	tm, r := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, 80, 24)
	tm.Send(lookNow{l})
	if strings.Contains(tm.Screen(), "坏") {
		t.Fatalf("of a sound one it says:\n%s", tm.Screen())
	}
	spoil(t, l.Path(), "PRAGMA writable_schema = 1", "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'person_org') WHERE name = 'training_org'", "PRAGMA schema_version = 4711")
	tm.Send(lookNow{l})
	tm.WaitFor("台账文件坏了")
	if !l.ReadOnly() {
		t.Error("it can be written")
	}
	tm.Press("esc")
	tm.WaitFor("工作台")
	tm.Send(ui.Failed{Err: l.Damaged()})
	if n := len(r.stack); n > 2 || strings.Contains(tm.Row(0), "台账文件坏了") {
		t.Errorf("it is shown again, %d screens", n)
	}
}
