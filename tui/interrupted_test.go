package tui

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/tuitest/sample"
)

// TestInterruptedRestoreIsTold: a restore that was stopped is ended when the ledger is
// opened, and the screen says so before anything else.
func TestInterruptedRestoreIsTold(t *testing.T) {
	ctx := context.Background()
	l := sample.NewLedger(t)
	ledger, backup := l.Path(), filepath.Join(t.TempDir(), "备份.db")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众"})
	must(l.Backup(ctx, backup))
	must(l.Close())
	content, err := os.ReadFile(backup)
	must(err)
	must(os.WriteFile(ledger+".restoring", content, 0o600))
	must(os.WriteFile(ledger+".restoring.json", fmt.Appendf(nil, `{"format": 1, "kept": "ledger-恢复前-1.db", "had": true, "size": %d, "sha256": "%x", "since": "2026-10-31T09:00:00Z"}`,
		len(content), sha256.Sum256(content)), 0o600))
	l, err = book.Open(ctx, ledger, store.Options{Source: sample.Source()})
	must(err)
	tm, _ := start(t, Options{Ledger: l}, 80, 24)
	tm.WaitFor("现在已经做完")
	tm.Press("enter")
	tm.WaitFor("工作台")
	if strings.Contains(tm.Screen(), "做完") {
		t.Errorf("it stays:\n%s", tm.Screen())
	}
}

// TestFirstRunNamesWhatIsThere: nobody begins anew beside a ledger that could be gone on
// with.
func TestFirstRunNamesWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"ledger-恢复前-20261031-090000.db", "台账备份_990101101201_20261031-090000.db", "ledger.db.restoring"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tm, _ := start(t, Options{Path: filepath.Join(dir, "ledger.db")}, 80, 24)
	for _, want := range []string{"> 从备份恢复", "选“从备份恢复”,不要新建", "ledger-恢复前-20261031-090000.db", "恢复以前的台账", "ledger.db.restoring", "没做完的恢复", "台账备份_"} {
		if !strings.Contains(tm.Screen(), want) {
			t.Errorf("no %s on the screen:\n%s", want, tm.Screen())
		}
	}
}
