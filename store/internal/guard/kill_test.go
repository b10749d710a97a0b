package guard_test

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
	"taizhang/store/internal/guard"
	"taizhang/store/internal/storetest"
)

// TestKilledLogs kills a process again and again while it saves records, long ones too so
// that its log is folded in: what it left is never taken for another's, nothing that it said
// was saved is lost, and looking at it changes no byte. TAIZHANG_LONG kills it more often.
func TestKilledLogs(t *testing.T) {
	if path := os.Getenv("TAIZHANG_TEST_LOGS"); path != "" {
		saveUntilKilled(t, path)
		return
	}
	kills := 5
	if os.Getenv("TAIZHANG_LONG") != "" {
		kills = 100
	}
	path, saved := at(t), 0
	for round := range kills {
		saved = max(saved, killSaving(t, path, time.Duration(7*round*round%211)*time.Millisecond))
		before := storetest.Content(t, filepath.Dir(path))
		if v := judge(t, path); v.Log == guard.Foreign {
			t.Fatalf("kill %d: the ledger's own log is taken for another's", round)
		}
		l := open(t, path, true)
		if n := things(t, l); n < saved || n > saved+1 {
			t.Fatalf("kill %d: %d things, %d were saved", round, n, saved)
		}
		storetest.Must(t, l.Integrity(context.Background()))
		storetest.Must(t, l.Close())
		if after := storetest.Content(t, filepath.Dir(path)); !same(before, after) {
			t.Fatalf("kill %d: looking changed %v", round, storetest.Names(after))
		}
	}
}

// killSaving gives how many things the process said it had saved before it was killed.
func killSaving(t *testing.T, path string, after time.Duration) (saved int) {
	t.Helper()
	storetest.Kill(t, "TestKilledLogs", []string{"TAIZHANG_TEST_LOGS=" + path}, after, func(said string) bool {
		number, found := strings.CutPrefix(said, "saved ")
		if n, err := strconv.Atoi(number); found && err == nil {
			saved = n
		}
		return true
	})
	return saved
}

// saveUntilKilled says on its standard output what is safely on the disk. Some savings are so
// long that the log is folded in after a few of them.
func saveUntilKilled(t *testing.T, path string) {
	ctx := context.Background()
	l, err := storetest.Open(ctx, path, store.Options{})
	storetest.Must(t, err)
	for n := things(t, l); ; {
		r := storetest.Record(t, l, "thing", "title", "第"+strconv.Itoa(n))
		if n%3 == 0 {
			r = storetest.Record(t, l, "thing", "remark", strings.Repeat("字", 20000))
		}
		_, err := l.Save(ctx, model.FromForm, r)
		storetest.Must(t, err)
		n++
		fmt.Printf("saved %d\n", n)
	}
}
