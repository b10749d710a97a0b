package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestKilled kills a process in the middle of saving records and drafts, again and
// again. What it said was saved is there, the file is whole, and the lock is free.
func TestKilled(t *testing.T) {
	if path := os.Getenv("TAIZHANG_TEST_KILL"); path != "" {
		writeUntilKilled(t, path)
		return
	}
	if os.Getenv("TAIZHANG_LONG") == "" {
		t.Skip("kills processes: set TAIZHANG_LONG")
	}
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	closed(t, path)
	for round := range 5 {
		saved, drafted := killWhileWriting(t, path, time.Duration(20+30*round)*time.Millisecond)
		l, err := storetest.Open(ctx, path, store.Options{})
		storetest.Must(t, err)
		storetest.Must(t, l.Integrity(ctx))
		n, err := l.Count(ctx, store.Query{Kind: "villager"})
		if err != nil || n < saved || n > saved+1 {
			t.Errorf("round %d: %d villagers are there, %d were saved, %v", round, n, saved, err)
		}
		drafts, err := l.Drafts(ctx)
		storetest.Must(t, err)
		if drafted > 0 && (len(drafts) != 1 || draftNumber(t, drafts[0]) < drafted) {
			t.Errorf("round %d: drafts %+v, number %d was saved", round, drafts, drafted)
		}
		storetest.Must(t, l.CheckAll(ctx, func(p store.Problem) error {
			if p.Finding.Severity == model.Fault { // a branch without committee is a warning
				return fmt.Errorf("%s: %s", p.Label, p.Finding.Message)
			}
			return nil
		}))
		storetest.Must(t, l.Close())
	}
}

func draftNumber(t *testing.T, d store.Draft) int {
	t.Helper()
	n, err := strconv.Atoi(string(d.Texts))
	storetest.Must(t, err)
	return n
}

// killWhileWriting gives how many villagers and which draft the process said to have
// saved before it was killed.
func killWhileWriting(t *testing.T, path string, after time.Duration) (saved, drafted int) {
	t.Helper()
	storetest.Kill(t, "TestKilled", []string{"TAIZHANG_TEST_KILL=" + path}, after, func(said string) bool {
		word, number, _ := strings.Cut(said, " ")
		n, err := strconv.Atoi(number)
		if err != nil {
			return false
		}
		switch word {
		case "saved":
			saved = n
		case "draft":
			drafted = n
		}
		return true
	})
	return saved, drafted
}

// writeUntilKilled says on its standard output what is safely on the disk.
func writeUntilKilled(t *testing.T, path string) {
	ctx := context.Background()
	l, err := storetest.Open(ctx, path, store.Options{})
	storetest.Must(t, err)
	draft := &store.Draft{Kind: "villager"}
	if old, err := l.Drafts(ctx); err == nil && len(old) > 0 {
		draft.ID = old[0].ID
	}
	n, err := l.Count(ctx, store.Query{Kind: "villager"})
	storetest.Must(t, err)
	for i := 0; ; i++ {
		r := storetest.Villager(t, l, n)
		_, err := l.Save(ctx, model.FromForm, r)
		storetest.Must(t, err)
		n++
		fmt.Printf("saved %d\n", n)
		draft.Texts = []byte(strconv.Itoa(i))
		storetest.Must(t, l.SaveDraft(ctx, draft))
		fmt.Printf("draft %d\n", i)
	}
}

func TestDrafts(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	a := &store.Draft{Kind: "thing", Label: "物品", Texts: []byte(`{"title":"水"}`)}
	b := &store.Draft{Kind: "loan", RecordID: "x", BaseRev: 3, Texts: []byte(`["半个日期 2026-"]`)}
	storetest.Must(t, l.SaveDraft(ctx, a))
	storetest.Must(t, l.SaveDraft(ctx, b))
	all, err := l.Drafts(ctx)
	if err != nil || len(all) != 2 || all[0].ID != b.ID || all[0].RecordID != "x" || all[0].BaseRev != 3 || string(all[0].Texts) != string(b.Texts) {
		t.Fatalf("%+v, %v", all, err)
	}
	a.Texts = []byte(`{"title":"水泵"}`)
	storetest.Must(t, l.SaveDraft(ctx, a))
	all, err = l.Drafts(ctx)
	if err != nil || len(all) != 2 || all[0].ID != a.ID || string(all[0].Texts) != string(a.Texts) || all[0].SavedAt == "" || all[0].Label != "物品" {
		t.Errorf("%+v, %v", all, err)
	}
	storetest.Must(t, l.DropDraft(ctx, a.ID))
	storetest.Must(t, l.DropDraft(ctx, a.ID))
	if all, err = l.Drafts(ctx); err != nil || len(all) != 1 || all[0].ID != b.ID {
		t.Errorf("%+v, %v", all, err)
	}
	if err := l.SaveDraft(ctx, &store.Draft{Kind: "nothing"}); storetest.Code(err) != "E-KIND" {
		t.Errorf("unknown kind: %v", err)
	}
}
