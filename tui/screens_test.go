package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/tui/tuitest/sample"
)

func TestFirstRunMakesALedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "张三 的#村%20务?", "ledger.db")
	tm, _ := start(t, Options{Path: path}, 80, 24)
	tm.WaitFor("新建本村台账")
	tm.Press("enter")
	tm.Type("99")
	tm.Press("tab")
	for _, c := range []struct{ typed, before string }{
		{"石桥村", ">*名称          石桥村"}, {"党支部", ">*名称          石桥村党支部"},
	} {
		tm.Type(c.typed)
		if got := tm.BeforeCursor(); got != c.before {
			t.Errorf("before the cursor stands %q, want %q", got, c.before)
		}
	}
	tm.Press("left")
	if got := tm.BeforeCursor(); got != ">*名称          石桥村党支" {
		t.Errorf("before the cursor stands %q", got)
	}
	tm.Press("f2")
	tm.WaitFor("组织代码应是")
	tm.Type("0101001")
	tm.Press("down", "down", "right", "down", "right", "down")
	tm.Type("柳河镇")
	tm.Press("ctrl+s")
	tm.WaitFor("工作台")
	tm.Press("f10")
	if err := tm.WaitEnd(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestFirstRunKeepsNothingOfAProfileRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	bad := filepath.Join(t.TempDir(), "county.json")
	if err := os.WriteFile(bad, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	home := sample.Home
	for _, file := range []string{bad, filepath.Join(t.TempDir(), "没有.json")} {
		_, err := createLedger(context.Background(), path, home, file)
		var known *model.Error
		if !errors.As(err, &known) || known.Field != "profile" {
			t.Errorf("%s: %v", file, err)
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a ledger is left behind: %v", err)
		}
	}
	l, err := createLedger(context.Background(), path, home, sample.CountyProfile(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestFirstRunRestoresABackup(t *testing.T) {
	l := sample.NewLedger(t)
	sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众"})
	backup := filepath.Join(t.TempDir(), "备份.db")
	if err := l.Backup(context.Background(), backup); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	tm, _ := start(t, Options{}, 80, 24)
	tm.Press("down", "enter")
	tm.Type(filepath.Dir(backup))
	tm.Press("f2")
	tm.WaitFor("知道了")
	tm.Press("enter")
	tm.Type("/备份.db")
	tm.Press("f2")
	tm.WaitFor("人员:张三")
}

func TestEveryKindIsInTheMenu(t *testing.T) {
	for _, size := range sample.Sizes {
		l := sample.NewLedger(t)
		tm, _ := start(t, Options{Ledger: l}, size.W, size.H)
		tm.Press("f12")
		for _, k := range l.Kinds().Kinds() {
			if !strings.Contains(tm.Screen(), "  "+k.Title) {
				t.Errorf("%s is not in the menu at %s", k.Title, size.Name)
			}
		}
		tm.Golden("menu-" + size.Name)
	}
}

func TestMenuNarrowsByTyping(t *testing.T) {
	tm, _ := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	for _, c := range []struct{ typed, kind string }{
		{"谈心", "talk"}, {"hjxj", "election"}, {"dangfei", "dues"},
		{"bz", "honor"}, {"df", "dues"}, {"dw", "unit"}, {"hd", "activity"}, {"pairing", "pairing"},
	} {
		tm.Press("ctrl+k")
		tm.Type(c.typed)
		if got := tm.BeforeCursor(); got != " 查找:"+c.typed {
			t.Errorf("before the cursor stands %q", got)
		}
		tm.Press("enter")
		tm.WaitFor("表格 " + c.kind)
	}
	tm.Press("f12")
	tm.Type("没有的东西")
	tm.WaitFor("没有这样的名称")
	tm.Press("esc")
	tm.WaitFor("党员变动")
	tm.Press("esc")
	tm.WaitFor("表格 pairing")
}
