package table_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/store"
)

// inFolder lets the boxes begin in a folder of the test's.
func inFolder(t *testing.T, l *store.Ledger) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "U盘")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := l.SetSetting(context.Background(), "sheet.folder", dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestWriteTheTableToSheets(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	dir := inFolder(t, l)
	tm := start(t, l, "person", 80, 24)
	tm.Type("张")
	tm.Press("f7")
	wantScreen(t, tm, "写出的是现在表上的 2 条")
	tm.Press("enter")
	wantScreen(t, tm, "只写一部分")
	tm.Press("down", "enter")
	sayWhy(t, tm)
	wantScreen(t, tm, "人员_在册党员_2026-10-31.xlsx")
	tm.Press("enter")
	wantScreen(t, tm, "已写成", "共 2 条")
	path := filepath.Join(dir, "人员_在册党员_2026-10-31.xlsx")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, r := range rows {
		text += strings.Join(r, "|") + "\n"
	}
	if !strings.Contains(text, "张三丰") || !strings.Contains(text, "10000000001") || strings.Contains(text, "李四") {
		t.Errorf("the sheet holds\n%s", text)
	}
	// A file that is there is not overwritten without a word.
	tm.Press("f7", "enter", "enter", "enter")
	wantScreen(t, tm, "已经有这个文件")
	tm.Press("enter")
	wantScreen(t, tm, "写到哪里")
	tm.Press("enter", "down", "enter")
	wantScreen(t, tm, "已写成")
	wantNot(t, tm, "写到哪里")
	tm.Press("f7")
	tm.Type("CSV 文件,全部")
	tm.Press("enter", "enter", "enter")
	wantScreen(t, tm, "已写成")
	data, err := os.ReadFile(filepath.Join(dir, "人员_在册党员_2026-10-31.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "10000000001") || !strings.Contains(string(data), "家庭住址") {
		t.Errorf("the file holds\n%s", data)
	}
}

// roster writes a list with a good row, one on file, one that is wrong, and a
// column that must not be collected.
func roster(t *testing.T, l *store.Ledger, dir string) {
	t.Helper()
	onFile, fresh := member(l, 1, "张三"), member(l, 700, "孙新人")
	bad := fresh.Str("id_number")[:17] + "?"
	f, err := os.Create(filepath.Join(dir, "名册.csv"))
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	rows := [][]string{
		{"姓名", "性别", "身份证号", "政治面貌", "入党时间", "转正时间", "宗教信仰", "爱好"},
		{"张三", onFile.Str("sex"), onFile.Str("id_number"), "正式党员", "1999-07-01", "2000-07-01", "x", "棋"},
		{"孙新人", fresh.Str("sex"), fresh.Str("id_number"), "正式党员", "1999-07-01", "2000-07-01", "x", "琴"},
		{"周坏号", "男", bad, "正式党员", "1999-07-01", "2000-07-01", "x", "画"},
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReadASheetInWithAPreview(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	dir := inFolder(t, l)
	roster(t, l, dir)
	n := count(t, l, "person")
	tm := start(t, l, "person", 80, 24)
	tm.Press("f7")
	tm.Type("读入")
	tm.Press("enter")
	wantScreen(t, tm, "读入哪个文件", "名册.csv")
	tm.Press("down", "enter")
	wantScreen(t, tm, "共 3 行:收入 1,更新 0,重复 1,拒收 1", "不读的列", "宗教信仰", "爱好", "身份证号→公民身份号码")
	tm.Press("f5")
	wantScreen(t, tm, "周坏号")
	wantNot(t, tm, "孙新人")
	tm.Press("f5", "tab")
	wantScreen(t, tm, "用文件里填了的内容更新")
	tm.Press("tab")
	wantScreen(t, tm, "跳过", "收入 1,更新 0", "这些党员:建账时在册(按 F6 改)")
	tm.Press("f6", "right")
	wantScreen(t, tm, "新转入", "从哪里转来", "转入日期")
	tm.Press("f2")
	wantScreen(t, tm, "请写明从哪里转来")
	tm.Press("esc")
	wantScreen(t, tm, "这些党员:建账时在册(按 F6 改)")
	if got := count(t, l, "person"); got != n {
		t.Fatalf("%d persons before anything was taken in, want %d", got, n)
	}
	tm.Press("enter")
	wantScreen(t, tm, "收入了 1 条", "有 1 行没有收", "知道了")
	tm.Press("enter")
	wantScreen(t, tm, "孙新人", "共 13 条")
	if _, err := os.Stat(filepath.Join(dir, "名册.rejected.xlsx")); err != nil {
		t.Error(err)
	}
	tm.Press("ctrl+z")
	wantScreen(t, tm, "已撤销")
	if got := count(t, l, "person"); got != n {
		t.Errorf("%d persons after undo, want %d", got, n)
	}
}

func TestFilesThatCantBeRead(t *testing.T) {
	l := create(t, nil)
	dir := inFolder(t, l)
	if err := os.WriteFile(filepath.Join(dir, "空.csv"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tm := start(t, l, "person", 80, 24)
	for _, c := range []struct{ typed, says string }{{"没有.xlsx", "没有"}, {"空.csv", "空"}} {
		tm.Press("f7")
		tm.Type("读入")
		tm.Press("enter")
		tm.Type(c.typed)
		tm.Press("enter")
		wantScreen(t, tm, "读不了这个文件", c.says)
		tm.Press("esc")
		wantScreen(t, tm, "视图:在册党员")
	}
}

func TestAnEmptyTemplate(t *testing.T) {
	l := create(t, nil)
	dir := inFolder(t, l)
	tm := start(t, l, "person", 80, 24)
	tm.Press("f7")
	tm.Type("模板")
	tm.Press("enter", "enter")
	wantScreen(t, tm, "已写成")
	if _, err := os.Stat(filepath.Join(dir, "人员_模板.xlsx")); err != nil {
		t.Error(err)
	}
}
