package monthend_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/send"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestMonthEndWarnsOfTheLost: before it exports the village reads, in the county's words,
// who is gone without a movement; refusing is the first answer.
func TestMonthEndWarnsOfTheLost(t *testing.T) {
	ctx, l, dir := context.Background(), sample.NewLedger(t), "U盘"
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := send.SetProfile(ctx, l, []byte(sample.Read(t, sample.CountyProfile(t)))); err != nil {
		t.Fatal(err)
	}
	p := sample.AddPerson(t, l, map[string]model.Value{"name": "赵一", "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"})
	if _, err := send.Export(ctx, l, send.Options{Month: "2026-10", Dir: dir, AllowErrors: true}); err != nil {
		t.Fatal(err)
	}
	if err := l.Delete(ctx, sample.PersonKind, p.ID); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return nil }}), 80, 24)
	tm.Press("f9")
	tm.WaitFor("看检查结果")
	setDir(tm, dir)
	tm.WaitFor("条")
	export := func() {
		t.Helper()
		tm.Press("f2")
		tm.WaitFor("返回")
		if strings.Contains(tm.Screen(), "还有错误没有改正") {
			tm.Press("down", "enter")
		}
		tm.WaitFor("这次比上次少了 1 名在册党员")
	}
	export()
	sample.Golden(t, tm, home, "lost-80x24")
	tm.Press("enter")
	tm.WaitFor("核对名册")
	tm.Press("esc")
	tm.WaitFor("导出报送包")
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
	export()
	tm.Press("down", "enter")
	tm.WaitFor("导出完成")
}
