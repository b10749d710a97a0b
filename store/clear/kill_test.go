package clear_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/clear"
	"taizhang/store/internal/storetest"
)

// TestKilledClearing kills a process again and again while it clears: at the next start
// either nothing was cleared, or all of it is, and no file holds it any more.
func TestKilledClearing(t *testing.T) {
	if path := os.Getenv("TAIZHANG_TEST_CLEAR"); path != "" {
		clearUntilKilled(t, path)
		return
	}
	t.Parallel()
	ctx := context.Background()
	l, dir := village(t)
	p, err := clear.Find(ctx, l, clear.Options{})
	storetest.Must(t, err)
	one, err := l.Get(ctx, p.Who[0].Kind.Name, p.Who[0].ID)
	storetest.Must(t, err)
	spread(t, l, dir, one)
	storetest.Must(t, os.Remove(filepath.Join(dir, "名册.csv"))) // the person's own
	p, err = clear.Find(ctx, l, clear.Options{})
	storetest.Must(t, err)
	numbers, addresses := values(t, l, p)
	storetest.Must(t, l.Close())
	rounds, step := 8, 60*time.Millisecond
	if os.Getenv("TAIZHANG_LONG") != "" {
		rounds, step = 60, 15*time.Millisecond
	}
	begun := 0
	for round := range rounds {
		at := filepath.Join(t.TempDir(), "copy")
		storetest.Must(t, os.CopyFS(at, os.DirFS(dir)))
		path := filepath.Join(at, "ledger.db")
		storetest.Kill(t, "TestKilledClearing", []string{"TAIZHANG_TEST_CLEAR=" + path}, time.Duration(round)*step, func(said string) bool { return said == "begun" })
		l := open(t, path)
		acts, err := clear.Acts(ctx, l)
		storetest.Must(t, err)
		now, err := l.Get(ctx, one.Kind.Name, one.ID)
		storetest.Must(t, err)
		if done := len(acts) == 1; done == now.Filled("id_number") {
			t.Errorf("kill %d: acts %+v, and the number is %q", round, acts, now.Str("id_number"))
		} else if !done {
			storetest.Must(t, l.Close())
			continue
		}
		begun++
		ended, err := clear.End(ctx, l)
		storetest.Must(t, err)
		if ended.Waiting != "" || len(ended.Remain) > 0 {
			t.Errorf("kill %d: %+v", round, ended)
		}
		storetest.Must(t, l.Integrity(ctx))
		storetest.Must(t, l.Close())
		if found := search(t, at, append(numbers, addresses...)); len(found) > 0 {
			t.Errorf("kill %d: still found in %v", round, found)
		}
	}
	t.Logf("%d kills, %d of them after it was cleared", rounds, begun)
}

func clearUntilKilled(t *testing.T, path string) {
	ctx := context.Background()
	l, err := book.Open(ctx, path, store.Options{Source: clockOf(later)})
	storetest.Must(t, err)
	p, err := clear.Find(ctx, l, clear.Options{Files: true})
	storetest.Must(t, err)
	fmt.Println("begun")
	_, err = clear.Do(ctx, l, p)
	storetest.Must(t, err)
	fmt.Println("done")
	time.Sleep(time.Minute) // until the kill
}
