package store_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// A trial says what each record would come to, those before it seen, and writes nothing.
func TestTryWritesNothing(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	old := storetest.Record(t, l, "thing", "title", "水泵", "phone", "10000000001", "month", "2026-01")
	storetest.Save(t, l, old)
	changed := old.Clone()
	changed.Set("title", "大水泵")
	recs := []*model.Record{
		storetest.Record(t, l, "thing", "title", "铁锹", "phone", "10000000002", "month", "2026-01"),
		storetest.Record(t, l, "thing", "title", "犁", "phone", "10000000002", "month", "2026-01"), // the same once more
		storetest.Record(t, l, "thing", "title", "耙", "phone", "10000000001", "month", "2026-01"), // as on file
		changed,
		storetest.Record(t, l, "loan", "day", "2026-01-05"), // nothing lent
	}
	tried, err := l.Try(ctx, model.FromForm, recs...)
	storetest.Must(t, err)
	want := []string{"", "E-UNIQUE", "E-UNIQUE", "", "E-REQUIRED"}
	for i, w := range want {
		got := ""
		if len(tried[i].Refused) > 0 {
			got = tried[i].Refused[0].Code
		}
		if got != w {
			t.Errorf("record %d: %q, want %q", i, got, w)
		}
	}
	for kind, n := range map[string]int{"thing": 1, "loan": 0} {
		if got, err := l.Count(ctx, store.Query{Kind: kind}); err != nil || got != n {
			t.Errorf("%d %s on file after the trial, %v", got, kind, err)
		}
	}
	got, err := l.Get(ctx, "thing", old.ID)
	storetest.Must(t, err)
	if got.Str("title") != "水泵" || got.Rev != 1 || recs[0].ID != "" || changed.Rev != 1 {
		t.Errorf("after the trial: %s rev %d, id %q", got.Str("title"), got.Rev, recs[0].ID)
	}
	// What was tried can be saved, and one undo takes it back.
	if _, err := l.Save(ctx, model.FromForm, recs[0], recs[3]); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if n, err := l.Count(ctx, store.Query{Kind: "thing"}); err != nil || n != 1 {
		t.Errorf("%d things after undo, %v", n, err)
	}
}
