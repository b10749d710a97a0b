package store_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
)

// TestPutUnchecked: what the rules refuse goes in all the same, with its history
// and its search text; a conflict is found as ever.
func TestPutUnchecked(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	r := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	stale := r.Clone()
	r.Set("title", "铁锹")
	r.Set("color", "不在列表里的颜色")
	if _, err := l.Save(ctx, model.FromForm, r.Clone()); err == nil {
		t.Fatal("the rules let it pass")
	}
	storetest.Must(t, l.Inside(raw.Pass{}).PutUnchecked(ctx, r, storetest.Record(t, l, "thing", "title", "木桶")))
	got, err := l.Get(ctx, "thing", r.ID)
	storetest.Must(t, err)
	if got.Str("title") != "铁锹" || got.Rev != 2 {
		t.Errorf("got %s, rev %d", got.Str("title"), got.Rev)
	}
	for typed, want := range map[string]int{"tieq": 1, "muton": 1, "shuib": 0} {
		p, err := l.Page(ctx, store.Query{Kind: "thing", Find: typed})
		storetest.Must(t, err)
		if len(p.Records) != want {
			t.Errorf("%s finds %d, want %d", typed, len(p.Records), want)
		}
	}
	events, err := l.History(ctx, "thing", r.ID)
	storetest.Must(t, err)
	if len(events) != 2 || events[1].Action != "修改" {
		t.Errorf("history %+v", events)
	}
	if err := l.Inside(raw.Pass{}).PutUnchecked(ctx, stale); storetest.Code(err) != "E-CONFLICT" {
		t.Errorf("a stale record: %v", err)
	}
}
