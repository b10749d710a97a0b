package tui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/practice"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// startReal runs the program as people do.
func startReal(t *testing.T, o Options, w, h int) (*tuitest.Term, *Root) {
	t.Helper()
	if o.Source == nil {
		o.Source = sample.Source()
	}
	r := New(context.Background(), o)
	return sample.StartReal(t, r, w, h), r
}

// made makes the village beforehand: on a busy machine that takes longer than a screen is
// waited for.
func made(t *testing.T, dir string) {
	t.Helper()
	l, err := practice.Open(context.Background(), dir, store.Options{Source: sample.Source()})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// guided tells that the practice's line stands on the screen, whole.
func guided(t *testing.T, tm *tuitest.Term, want string) {
	t.Helper()
	tm.WaitFor(want)
	if row := tm.Row(22); !strings.Contains(row, want) || strings.HasSuffix(row, "…") {
		t.Errorf("the line is %q, not %q", row, want)
	}
	if !strings.Contains(tm.Row(0), "【练习】") {
		t.Errorf("nothing says that this is for practice: %q", tm.Row(0))
	}
}

// TestFirstRunOffersThree: the choices of the first run.
func TestFirstRunOffersThree(t *testing.T) {
	tm, _ := start(t, Options{Path: "/没有/ledger.db", Practice: "/没有/practice"}, 80, 24)
	tm.Golden("firstrun-80x24")
}

// TestPractice goes through the five tasks key by key, as the lines on the screen say; each
// is ticked off by what the ledger holds. In between the program is left and taken up again.
func TestPractice(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a village")
	}
	dir := t.TempDir()
	o := Options{Path: filepath.Join(dir, "ledger.db"), Practice: filepath.Join(dir, "practice"), Drives: func() []string { return nil }}
	made(t, o.Practice)
	tm, r := startReal(t, o, 80, 24)
	tm.Press("end", "enter")
	tm.WaitFor("接着练")
	tm.Golden("practice-80x24")
	tm.Press("enter")
	guided(t, tm, "练习 1/5 登记一次会议")

	tm.Press("f2")
	tm.Type("开会")
	tm.Press("enter")
	tm.WaitFor("支部党员大会")
	tm.Press("enter")
	tm.WaitFor("议题")
	guided(t, tm, "练习 1/5") // opening the form alone does not do it
	tm.Press("f2")
	tm.WaitFor("√ 办好了:登记一次会议。下一件:收一次党费")
	tm.Press("down") // another key, and the line is back
	guided(t, tm, "练习 2/5 收一次党费")
	tm.Golden("practice-work-80x24")

	tm.Press("f2")
	tm.Type("收党费")
	tm.Press("enter", "enter")
	tm.WaitFor("√ 办好了:收一次党费。下一件:找一个人")
	tm.Press("f12")
	tm.Type("ry")
	tm.Press("enter")
	tm.WaitFor("联系电话")
	guided(t, tm, "练习 3/5 找一个人,改他的电话")
	tm.Press("f10") // to go on another day
	if err := tm.WaitEnd(); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}

	tm, r = startReal(t, o, 80, 24)
	tm.WaitFor("上次练过的还在,接着练")
	tm.Press("end", "enter")
	guided(t, tm, "练习 3/5")
	tm.Press("f12")
	tm.Type("ry")
	tm.Press("enter")
	tm.Type("lj")
	tm.Press("f3", "pgdown", "pgdown")
	tm.WaitFor("── 联系电话")
	tm.Type("10011112222")
	tm.Press("f2")
	tm.WaitFor("√ 办好了:找一个人,改他的电话。下一件:办一次转出")
	tm.Send(ui.Home{})
	tm.Press("f2")
	tm.Type("党员转出")
	tm.Press("enter")
	tm.Type("xlj")
	tm.Press("enter", "tab", "tab", "tab")
	tm.Type("南塘村党支部")
	tm.Press("f2")
	tm.WaitFor("不写")
	tm.Press("down", "enter", "esc")
	guided(t, tm, "练习 4/5") // it has to be taken back, too
	tm.Press("f12")
	tm.Type("党员变动")
	tm.Press("enter", "ctrl+z")
	tm.WaitFor("√ 办好了:办一次转出,再撤销。下一件:月末报送")
	tm.Press("f9", "tab", "tab", "tab", "tab")
	guided(t, tm, "练习 5/5 月末报送到一个文件夹")
	out := t.TempDir()
	tm.Type(out)
	tm.Press("f2")
	tm.WaitFor("√ 办好了:月末报送到一个文件夹。五件事都办好了")
	if sent, err := filepath.Glob(filepath.Join(out, "*.tzb")); err != nil || len(sent) != 1 {
		t.Errorf("in the folder lies %v, %v", sent, err)
	}
	sample.OpenScreen(tm, "练习")
	tm.WaitFor("五件事都办好了")
	tm.Golden("practice-done-80x24")
	tm.Press("enter")
	tm.WaitFor("新建本村台账")
	if strings.Contains(tm.Screen(), "【练习】") || r.app.Ledger != nil {
		t.Errorf("still in the village:\n%s", tm.Screen())
	}
}

// TestPracticeTouchesNoOtherLedger: from the menu of an own ledger one goes to the village
// and back; the own file is the same, byte for byte, and the own name is back on top.
func TestPracticeTouchesNoOtherLedger(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a village")
	}
	own := sample.NewLedger(t)
	before := own.Home().Text("name")
	o := Options{Ledger: own, Practice: filepath.Join(t.TempDir(), "practice"), Drives: func() []string { return nil }}
	made(t, o.Practice)
	tm, r := startReal(t, o, 80, 24)
	sample.OpenScreen(tm, "练习")
	tm.WaitFor("【练习】")
	if r.app.Ledger == own {
		t.Fatal("the own ledger is the one to practise in")
	}
	sample.AddPerson(t, r.app.Ledger, map[string]model.Value{"name": "张练习", "sex": "男", "status": "群众"})
	tm.Press("end", "enter")
	tm.WaitFor("回到了本村台账")
	if r.app.Ledger != own || strings.Contains(tm.Screen(), "【练习】") || !strings.Contains(tm.Row(0), before) {
		t.Errorf("not gone back:\n%s", tm.Screen())
	}
	n, err := own.Count(context.Background(), store.Query{Kind: sample.PersonKind, Find: "张练习"})
	if err != nil || n > 0 {
		t.Errorf("the own ledger has %d of the village's people, %v", n, err)
	}
	// Leaving from within the village closes both.
	sample.OpenScreen(tm, "练习")
	tm.WaitFor("【练习】")
	tm.Press("f10")
	if err := tm.WaitEnd(); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := book.Open(context.Background(), own.Path(), store.Options{})
	if err != nil {
		t.Fatalf("the own ledger is still held: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// TestPracticeLeavesOthersAlone: a ledger that lies where the village would is not touched.
func TestPracticeLeavesOthersAlone(t *testing.T) {
	l := sample.NewLedger(t)
	path := l.Path()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, open := range []func(context.Context, string, store.Options) (*store.Ledger, error){practice.Open, practice.Anew} {
		if _, err := open(context.Background(), filepath.Dir(path), store.Options{}); err == nil || !strings.Contains(err.Error(), "不是练习用的台账") {
			t.Errorf("opened: %v", err)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil || len(after) != len(before) {
		t.Errorf("the ledger is changed: %d bytes, not %d, %v", len(after), len(before), err)
	}
}
