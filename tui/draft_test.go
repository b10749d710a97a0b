package tui

import (
	"context"
	"testing"
	"time"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// A form that a power cut ended is offered at the next start, with all but the
// last half second of typing.
func TestAFormIsGoneOnWithAfterAPowerCut(t *testing.T) {
	l := copyOfTemplate(t)
	run := func() (*tuitest.Term, *Root) {
		r := New(context.Background(), Options{Ledger: l, Path: l.Path()})
		return tuitest.Start(t, r, 80, 24), r
	}
	tm, r := run()
	tm.Press("f12")
	tm.Type("人员")
	tm.Press("enter", "f2")
	tm.Type("司马光")
	waitForDraft(t, l, "司马光")
	tm.Kill()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	l = reopen(t, l.Path())
	tm, r = run()
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	tm.WaitFor("接着填写")
	tm.WaitFor("人员(新增):司马光")
	tm.Press("enter")
	tm.WaitFor("新增人员")
	if got := tm.BeforeCursor(); got != ">*姓名            司马光" {
		t.Errorf("before the cursor stands %q:\n%s", got, tm.Screen())
	}
}

// waitForDraft waits until a draft of that name is on file: a second at most.
func waitForDraft(t *testing.T, l *store.Ledger, label string) {
	t.Helper()
	for deadline := time.Now().Add(tuitest.Patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		drafts, err := l.Drafts(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if len(drafts) == 1 && drafts[0].Label == label {
			return
		}
	}
	t.Fatalf("no draft of %s", label)
}

func reopen(t *testing.T, path string) *store.Ledger {
	t.Helper()
	l, err := book.Open(context.Background(), path, store.Options{Source: sample.Source()})
	if err != nil {
		t.Fatal(err)
	}
	return l
}
