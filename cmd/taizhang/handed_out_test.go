package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/store"
	"taizhang/store/book"
)

// TestHandedOutCommands: by no command do ID numbers or phones leave whole without a
// purpose and a receiver, and what leaves is noted with who did it.
func TestHandedOutCommands(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	ledger, blank := filepath.Join(dir, "ledger.db"), filepath.Join(dir, "名册.xlsx")
	run := func(args ...string) (int, string) {
		var out bytes.Buffer
		m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Getenv: func(string) string { return "" }}
		return m.Run(ctx, append(args, "--db", ledger)), out.String()
	}
	if code, said := run("demo", "--out", dir, "--members", "20"); code != exitDone {
		t.Fatal(said)
	}
	x := excelize.NewFile()
	for i, heading := range []string{"序号", "姓名", "公民身份号码", "联系电话"} {
		cell, err := excelize.CoordinatesToCellName(i+1, 2)
		if err == nil {
			err = x.SetCellValue("Sheet1", cell, heading)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := x.SetCellValue("Sheet1", "A1", "党员花名册"); err != nil {
		t.Fatal(err)
	}
	if err := x.SaveAs(blank); err != nil {
		t.Fatal(err)
	}
	sign(t, ledger, "陈书记")
	why := []string{"--purpose", "年底统计", "--receiver", "柳河镇党委"}
	for name, args := range map[string][]string{
		"列表":    {"list", "person", "--show-ids", "--format", "csv", "--out", filepath.Join(dir, "名单.csv")},
		"填表":    {"fill", blank, "--out", filepath.Join(dir, "填好.xlsx")},
		"党员花名册": {"report", "roster", "--whole", "--out", filepath.Join(dir, "花名册.xlsx")},
	} {
		file := args[len(args)-1]
		for _, part := range [][]string{nil, why[:2], why[2:]} {
			code, said := run(append(append([]string{}, args...), part...)...)
			if code != exitUsage || !strings.Contains(said, "--purpose 用途 和 --receiver 接收单位") {
				t.Errorf("%s with %v: %d %s", name, part, code, said)
			}
			if _, err := os.Stat(file); err == nil {
				t.Errorf("%s with %v wrote %s", name, part, file)
			}
		}
		if code, said := run(append(append([]string{}, args...), why...)...); code != exitDone {
			t.Errorf("%s: %d %s", name, code, said)
		}
		if got := newest(t, ledger); !strings.HasPrefix(got.Title, name) || got.Purpose != "年底统计" || got.Receiver != "柳河镇党委" || got.File != file || !strings.HasPrefix(got.By, "陈书记(") {
			t.Errorf("%s is noted as %+v", name, got)
		}
	}
	if code, said := run("export", "--plain", "--allow-errors", "--month", "2026-10", "--out", dir); code != exitDone {
		t.Errorf("export: %s", said)
	}
	if got := newest(t, ledger); !strings.HasPrefix(got.Title, "不加密的报送包") {
		t.Errorf("the bundle that is not encrypted is noted as %+v", got)
	}
}

// sign sets who keeps the ledger.
func sign(t *testing.T, path, name string) {
	t.Helper()
	l, err := book.Open(context.Background(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SetHandler(context.Background(), name); err != nil {
		t.Error(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// newest gives what was handed out last.
func newest(t *testing.T, path string) store.HandedOut {
	t.Helper()
	l, err := book.Open(context.Background(), path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	past, err := l.HandedOut(context.Background(), 1)
	if err != nil || len(past) == 0 {
		t.Fatalf("nothing is noted: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return past[0]
}
