package work_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// dueLedger has two probationary members whose probation is over, one about to end,
// and a term that is over.
func dueLedger(t *testing.T) *store.Ledger {
	t.Helper()
	l := sample.NewLedger(t)
	for _, p := range [][2]string{{"张三", "2025-09-01"}, {"李四", "2025-10-20"}, {"王五", "2025-11-20"}} {
		sample.AddPerson(t, l, map[string]model.Value{
			"name": p[0], "sex": "男", "birth_date": "1990-03-02", "status": "预备党员", "joined_on": p[1],
		})
	}
	home, err := l.Get(context.Background(), "organization", l.Home().ID)
	if err != nil {
		t.Fatal(err)
	}
	home.Set("term_started_on", "2021-01-20")
	if _, err := l.Save(context.Background(), model.FromForm, home); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestWorkTableShowsWhatIsDue(t *testing.T) {
	for _, size := range sample.Sizes {
		l := dueLedger(t)
		r := tui.New(context.Background(), tui.Options{Ledger: l})
		tm := sample.Start(t, r, size.W, size.H)
		r.App().Form = func(_ *ui.App, o ui.FormOf) ui.Screen { return &sample.Fake{Head: "表单 " + o.Kind} }
		tm.WaitFor("已超期 3 名预备党员预备期")
		tm.WaitFor("错误 0 条")
		tm.Golden("due-work-" + size.Name)
		tm.Press("down", "down", "down", "enter")
		tm.WaitFor("依据:")
		screen := tm.Screen()
		for _, name := range []string{"张三", "李四", "王五"} {
			if !strings.Contains(screen, name+":") {
				t.Errorf("%s is not listed:\n%s", name, screen)
			}
		}
		tm.Golden("due-list-" + size.Name)
		tm.Type("ls")
		if got := tm.BeforeCursor(); got != " 查找:ls" {
			t.Errorf("before the cursor stands %q", got)
		}
		tm.Press("enter")
		tm.WaitFor("档案 · ") // a person opens on the profile
	}
}

// What has been done is no longer listed when the work table shows again.
func TestWorkTableForgetsWhatIsDone(t *testing.T) {
	l := dueLedger(t)
	r := tui.New(context.Background(), tui.Options{Ledger: l})
	tm := sample.Start(t, r, 80, 24)
	r.App().Form = func(app *ui.App, o ui.FormOf) ui.Screen {
		home, err := app.Ledger.Get(context.Background(), o.Kind, o.ID)
		if err != nil {
			t.Error(err)
			return &sample.Fake{Head: "表单"}
		}
		home.Set("term_started_on", "2026-01-20")
		if _, err := app.Ledger.Save(context.Background(), model.FromForm, home); err != nil {
			t.Error(err)
		}
		return &sample.Fake{Head: "表单 " + o.Kind}
	}
	tm.WaitFor("1 个党组织任期")
	tm.Press("down", "down", "enter")
	tm.WaitFor("届满")
	tm.Press("enter")
	tm.WaitFor("表单 organization")
	tm.Send(ui.Changed{Kind: "organization", ID: l.Home().ID})
	tm.Press("esc")
	tm.WaitFor("这一项已经没有要办的了")
	tm.Press("esc")
	tm.WaitFor("工作台")
	if strings.Contains(tm.Screen(), "个党组织任期") {
		t.Errorf("the term is still due:\n%s", tm.Screen())
	}
}
