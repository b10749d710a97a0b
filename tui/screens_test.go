package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/send"
	"taizhang/tui/tuitest"
)

var sizes = []struct {
	name string
	w, h int
}{{"80x24", 80, 24}, {"120x40", 120, 40}}

func TestFirstRunMakesALedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "张三 的#村%20务?", "ledger.db")
	tm, _ := start(t, Options{Path: path}, 80, 24)
	tm.WaitFor("新建本村台账")
	tm.Press("enter")
	tm.Type("99")
	tm.Press("tab")
	for _, c := range []struct{ typed, before string }{
		{"石桥村", "> 名称 *        石桥村"}, {"党支部", "> 名称 *        石桥村党支部"},
	} {
		tm.Type(c.typed)
		if got := tm.BeforeCursor(); got != c.before {
			t.Errorf("before the cursor stands %q, want %q", got, c.before)
		}
	}
	tm.Press("left")
	if got := tm.BeforeCursor(); got != "> 名称 *        石桥村党支" {
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
	home := testHome
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
	l, err := createLedger(context.Background(), path, home, countyProfile(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestFirstRunRestoresABackup(t *testing.T) {
	l := newLedger(t)
	addPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众"})
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

func TestFirstRunOpensTheDemo(t *testing.T) {
	demo := func(context.Context) (string, error) {
		l := newLedger(t)
		return l.Path(), l.Close()
	}
	tm, _ := start(t, Options{Demo: demo, Path: "/没有/ledger.db"}, 80, 24)
	tm.Golden("firstrun-80x24")
	tm.Press("end", "enter")
	tm.WaitFor("工作台")
}

func TestEveryKindIsInTheMenu(t *testing.T) {
	for _, size := range sizes {
		l := newLedger(t)
		tm, _ := start(t, Options{Ledger: l}, size.w, size.h)
		tm.Press("f12")
		for _, k := range l.Kinds().Kinds() {
			if !strings.Contains(tm.Screen(), "  "+k.Title) {
				t.Errorf("%s is not in the menu at %s", k.Title, size.name)
			}
		}
		tm.Golden("menu-" + size.name)
	}
}

func TestMenuNarrowsByTyping(t *testing.T) {
	tm, _ := start(t, Options{Ledger: newLedger(t)}, 80, 24)
	for _, c := range []struct{ typed, kind string }{
		{"谈心", "talk"}, {"hjxj", "election"}, {"dangfei", "dues"}, {"pairing", "pairing"},
	} {
		tm.Press("ctrl+k")
		tm.Type(c.typed)
		if got := tm.BeforeCursor(); got != " 找:"+c.typed {
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

func TestWorkTable(t *testing.T) {
	for _, size := range sizes {
		l := newLedger(t)
		addPerson(t, l, map[string]model.Value{
			"name": "张三", "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "joined_on": "1999-07-01",
		})
		if err := l.SaveDraft(context.Background(), &store.Draft{
			ID: "0199a000-0000-7000-8000-000000000001", Kind: "talk", Label: "李四", Texts: []byte(`{}`), SavedAt: "2026-10-30T01:02:03Z",
		}); err != nil {
			t.Fatal(err)
		}
		tm, _ := start(t, Options{Ledger: l}, size.w, size.h)
		tm.WaitFor("接着填写")
		tm.Golden("drafts-" + size.name)
		tm.Press("esc")
		tm.Golden("work-" + size.name)
		tm.Press("right", "down", "enter")
		tm.WaitFor("表格 person")
	}
}

func TestDraftsAreOfferedAndDropped(t *testing.T) {
	l := newLedger(t)
	for i, label := range []string{"张三", "李四"} {
		d := &store.Draft{ID: "0199a000-0000-7000-8000-00000000000" + string(rune('1'+i)), Kind: "talk", Label: label, Texts: []byte(`{}`)}
		if err := l.SaveDraft(context.Background(), d); err != nil {
			t.Fatal(err)
		}
	}
	tm, _ := start(t, Options{Ledger: l}, 80, 24)
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

func TestRecycleBinRestores(t *testing.T) {
	l := newLedger(t)
	p := addPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众"})
	if err := l.Delete(context.Background(), peopleKind, p.ID); err != nil {
		t.Fatal(err)
	}
	tm, _ := start(t, Options{Ledger: l}, 80, 24)
	tm.Press("f12")
	tm.Type("hsz")
	tm.Press("enter")
	tm.WaitFor("张三")
	tm.Press("enter", "enter")
	tm.WaitFor("已恢复:张三")
	if got, err := l.Get(context.Background(), peopleKind, p.ID); err != nil || got.DeletedAt != "" {
		t.Errorf("the record is %+v, %v", got, err)
	}
}

func TestHistoryBringsAVersionBack(t *testing.T) {
	l := newLedger(t)
	p := addPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "status": "群众", "address": "石桥村一组"})
	p.Set("address", "石桥村二组")
	if _, err := l.Save(context.Background(), model.FromForm, p); err != nil {
		t.Fatal(err)
	}
	tm, _ := start(t, Options{Ledger: l}, 80, 24)
	tm.Press("f12")
	tm.Type("xgjl")
	tm.Press("enter")
	tm.WaitFor("人员:张三")
	tm.Press("enter")
	tm.WaitFor("石桥村一组 → 石桥村二组")
	tm.Press("down", "enter", "down", "enter", "home")
	tm.WaitFor("石桥村二组 → 石桥村一组")
	if got, err := l.Get(context.Background(), peopleKind, p.ID); err != nil || got.Str("address") != "石桥村一组" {
		t.Errorf("the address is %q, %v", got.Str("address"), err)
	}
}

func TestMonthEndExports(t *testing.T) {
	l := newLedger(t)
	dir := t.TempDir()
	tm, _ := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, 80, 24)
	tm.Press("f9")
	tm.WaitFor("县配置文件")
	tm.Golden("monthend-80x24")
	tm.Press("f2")
	tm.WaitFor("请填写报送包要写到哪个文件夹")
	setDir(tm, dir+"/没有")
	tm.Press("f2")
	tm.WaitFor("还没有县里的配置文件")
	tm.Type(countyProfile(t))
	tm.Press("enter")
	tm.WaitFor("县配置文件已取入")
	tm.Press("f2")
	tm.WaitFor("没有文件夹")
	setDir(tm, dir)
	tm.Press("f2")
	tm.WaitFor("导出完成")
	files, err := filepath.Glob(filepath.Join(dir, "990101001_2026-10_0001.tzb"))
	if err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
	tm.Press("esc")
	tm.WaitFor("已导出第 1 号报送包")
}

func TestMonthEndAsksAboutErrors(t *testing.T) {
	l := newLedger(t)
	if err := send.SetProfile(context.Background(), l, []byte(read(t, countyProfile(t)))); err != nil {
		t.Fatal(err)
	}
	twoProblems(t, l)
	tm, _ := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, 80, 24)
	tm.Press("f9")
	dir := t.TempDir()
	setDir(tm, dir)
	tm.WaitFor("要先改正")
	tm.Press("f2")
	tm.WaitFor("还有错误没有改正")
	tm.Press("down", "enter")
	tm.WaitFor("导出完成")
}

// setDir goes to the field of the folder and types another one.
func setDir(tm *tuitest.Term, dir string) {
	for !strings.HasPrefix(cursorRow(tm), "> 写到") {
		tm.Press("tab")
		if strings.Contains(tm.Screen(), "> [ 导出报送包") {
			tm.Press("up", "up", "up", "up", "up", "up")
		}
	}
	for range 200 {
		if strings.TrimSpace(strings.TrimPrefix(tm.BeforeCursor(), "> 写到")) == "" {
			break
		}
		tm.Press("backspace")
	}
	tm.Type(dir)
}

func cursorRow(tm *tuitest.Term) string {
	_, y, _ := tm.Cursor()
	return tm.Row(y)
}
