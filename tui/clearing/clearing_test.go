package clearing_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/clear"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// left are two who left long ago, and one who is still here.
func left(t *testing.T) *store.Ledger {
	t.Helper()
	l := sample.NewLedger(t)
	sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "birth_date": "1970-03-02", "id_number": "990101197003020115",
		"status": "群众", "standing": "转出", "left_on": "2015-04-01", "phone": "10012345678"})
	sample.AddPerson(t, l, map[string]model.Value{"name": "李四", "sex": "女", "status": "群众", "standing": "去世", "left_on": "2016-05-01", "address": "石桥村三组"})
	sample.AddPerson(t, l, map[string]model.Value{"name": "王五", "sex": "男", "status": "群众", "phone": "10012345679"})
	return l
}

// keysAllowed is how many keys it takes from the work table until everything listed is
// cleared: the menu, two characters, Enter; F2; down, Enter; two characters, Enter.
const keysAllowed = 10

// TestAskedTwice: the list is shown, it is asked twice, nothing happens before the word is
// typed; then it can't be undone, and the history tells.
func TestAskedTwice(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		l := left(t)
		tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), size[0], size[1])
		tm.WaitFor("2 人离开已满年限")
		keys := 0
		press := func(names ...string) {
			tm.Press(names...)
			keys += len(names)
		}
		typed := func(text string) {
			tm.Type(text)
			keys += len([]rune(text))
		}
		press("f12")
		typed("清除")
		press("enter")
		tm.WaitFor("李四")
		if strings.Contains(tm.Screen(), "王五") {
			t.Errorf("one who is here is listed:\n%s", tm.Screen())
		}
		caret(t, tm, " 查找:")
		press("f2")
		tm.WaitFor("不能撤销")
		press("down", "enter")
		tm.WaitFor("再确认一次")
		stays(t, l, 2)
		tm.Press("enter")
		tm.WaitFor("什么也没有动")
		stays(t, l, 2)
		typed("清除")
		caret(t, tm, "清除")
		press("enter")
		tm.WaitFor("已清除 2 人")
		if keys > keysAllowed {
			t.Errorf("%d keys", keys)
		}
		stays(t, l, 0)
		tm.Press("enter")
		tm.WaitFor("现在没有可以清除的人")
		tm.Press("ctrl+z")
		tm.WaitStable()
		stays(t, l, 0)
		tm.Press("f12")
		tm.Type("修改记录")
		tm.Press("enter")
		tm.WaitFor("  清除  ")
		tm.WaitFor("  人员:张三")
	}
}

// TestOnlyOne clears the one that the mark stands on, and Esc at each question leaves all
// as it was.
func TestOnlyOne(t *testing.T) {
	t.Parallel()
	l := left(t)
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l, ASCII: true}), 80, 24)
	tm.Press("f12")
	tm.Type("清除")
	tm.Press("enter")
	tm.WaitFor("李四")
	tm.Press("f8")
	tm.WaitFor("清除 1 人")
	tm.Press("esc")
	tm.Press("f8", "down", "enter")
	tm.WaitFor("再确认一次")
	tm.Press("esc")
	tm.WaitGone("再确认一次")
	stays(t, l, 2)
	tm.Press("f8", "down", "enter")
	tm.WaitFor("再确认一次")
	tm.Type("清除")
	tm.Press("enter")
	tm.WaitFor("已清除 1 人")
	stays(t, l, 1)
}

// stays looks how many may still be cleared.
func stays(t *testing.T, l *store.Ledger, want int) {
	t.Helper()
	n, err := clear.Due(context.Background(), l)
	if err != nil || n != want {
		t.Errorf("%d may be cleared, want %d (%v)", n, want, err)
	}
}

func caret(t *testing.T, tm *tuitest.Term, before string) {
	t.Helper()
	tm.WaitStable()
	if got := tm.BeforeCursor(); !strings.HasSuffix(strings.TrimRight(got, " "), before) {
		t.Errorf("the caret stands behind %q, not %q:\n%s", got, before, tm.Screen())
	}
}
