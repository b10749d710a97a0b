package summary_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

func TestSummary(t *testing.T) {
	for _, size := range sample.Sizes {
		l := sample.NewLedger(t)
		sample.AddPerson(t, l, map[string]model.Value{
			"name": "张三", "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "standing": "在册", "joined_on": "1999-07-01",
		})
		tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), size.W, size.H)
		tm.Press("f12")
		tm.Type("汇总")
		tm.Press("enter")
		tm.WaitFor("A01")
		tm.Press("tab")
		tm.Golden("summary-" + size.Name)
		tm.Press("enter")
		tm.WaitFor("人员:张三")
		tm.Golden("summary-behind-" + size.Name)
		tm.Press("enter")
		tm.WaitFor("档案 · 张三")
		tm.Press("esc", "esc", "f5", "down", "enter")
		tm.WaitFor("按乡镇")
		tm.Golden("summary-township-" + size.Name)
		tm.Press("f2", "down", "enter")
		tm.WaitFor("增减")
		tm.Golden("summary-compare-" + size.Name)
		tm.Press("f6", "down", "enter", "f2")
		tm.WaitFor("只看选定的指标")
	}
}

// TestSheetOfChosenIndicators: what is chosen on the screen is what is written, three keys
// from the screen to the file.
func TestSheetOfChosenIndicators(t *testing.T) {
	l := sample.NewLedger(t)
	sample.AddPerson(t, l, map[string]model.Value{
		"name": "张三", "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "standing": "在册", "joined_on": "1999-07-01",
	})
	dir := t.TempDir()
	if err := l.SetSetting(context.Background(), "sheet.folder", dir); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), 80, 24)
	tm.Press("f12")
	tm.Type("汇总")
	tm.Press("enter")
	tm.WaitFor("A01")
	tm.Press("f6", "down", "down", "enter", "f2")
	tm.WaitFor("只看选定的指标")
	tm.Press("f7", "enter")
	tm.WaitFor("已写成文件")
	found, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	if err != nil || len(found) != 1 {
		t.Fatalf("files %v, %v", found, err)
	}
	f, err := excelize.OpenFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, err := f.GetRows("合计")
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(rows)
	if !strings.Contains(text, "A02 党员数") || strings.Contains(text, "A01") || strings.Contains(text, "A03") || !strings.Contains(text, "审核人:") {
		t.Errorf("the sheet holds %s", text)
	}
}
