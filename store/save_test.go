package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

func TestSaveAndGet(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	a := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	r := storetest.Record(t, l, "thing", "title", "铁锹", "remark", "第一行\n第二行", "phone", "10000000001", "day", "20260701",
		"month", "2026.7", "year", "2026", "count", "3", "price", "12.5", "good", "是", "color", "红", "uses", "甲、丙",
		"part_of", a.ID, "unit", storetest.Village.Code)
	r.Set("near", []string{a.ID})
	r.Set("roll", []model.Mark{{Target: a.ID, State: "在"}})
	s := storetest.Save(t, l, r)
	if r.ID == "" || r.Rev != 1 || r.OrgID != l.Home().ID || r.CreatedAt == "" || r.UpdatedAt != r.CreatedAt {
		t.Errorf("the record given carries %q, rev %d, org %q, %q, %q", r.ID, r.Rev, r.OrgID, r.CreatedAt, r.UpdatedAt)
	}
	got, err := l.Get(ctx, "thing", r.ID)
	storetest.Must(t, err)
	if d := model.Diff(r, got); len(d) > 0 {
		t.Errorf("read back otherwise: %v", d)
	}
	for _, one := range []*model.Record{got, s.Records[0]} {
		if one.Text("part_of") != "水泵" || one.Text("near") != "水泵" || one.Text("unit") != storetest.Village.Name || one.Name(a.ID) != "水泵" {
			t.Errorf("labels: %v", one.Names)
		}
	}
	r.Set("title", nil)
	r.Set("near", nil)
	r.Set("roll", []model.Mark{{Target: a.ID, State: "缺"}, {Target: r.ID, State: "在"}})
	r.Set("good", false)
	storetest.Save(t, l, r)
	got, err = l.Get(ctx, "thing", r.ID)
	storetest.Must(t, err)
	if d := model.Diff(r, got); len(d) > 0 || got.Rev != 2 || got.CreatedAt != s.Records[0].CreatedAt || got.UpdatedAt <= got.CreatedAt {
		t.Errorf("after the change: %v, rev %d, %s, %s", d, got.Rev, got.CreatedAt, got.UpdatedAt)
	}
	if _, err := l.Get(ctx, "thing", "no such id"); storetest.Code(err) != "E-MISSING" {
		t.Errorf("missing: %v", err)
	}
	if _, err := l.Get(ctx, "nothing", r.ID); storetest.Code(err) != "E-KIND" {
		t.Errorf("unknown kind: %v", err)
	}
}

func TestSaveRefuses(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	thing := storetest.Record(t, l, "thing", "title", "水泵", "phone", "10000000001", "month", "2026-01")
	storetest.Save(t, l, thing)
	stale := thing.Clone()
	thing.Set("title", "新水泵")
	storetest.Save(t, l, thing)
	gone := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "旧水泵")).Records[0]
	storetest.Must(t, l.Delete(ctx, "thing", gone.ID))
	never := thing.Clone()
	never.ID = "01900000-0000-7000-8000-000000000000"
	before, err := l.Count(ctx, store.Query{Kind: "loan"})
	storetest.Must(t, err)
	good := storetest.Record(t, l, "loan", "what", thing.ID)
	cases := []struct {
		name, code string
		rec        *model.Record
	}{
		{"required", "E-REQUIRED", storetest.Record(t, l, "loan")},
		{"no such target", "E-REF", storetest.Record(t, l, "loan", "what", "no such id")},
		{"target in the recycle bin", "E-REF", storetest.Record(t, l, "loan", "what", gone.ID)},
		{"dates backwards", "E-ORDER", storetest.Record(t, l, "loan", "what", thing.ID, "day", "2026-02-01", "back", "2026-01-01")},
		{"twice", "E-UNIQUE", storetest.Record(t, l, "thing", "phone", "10000000001", "month", "2026-01")},
		{"changed meanwhile", "E-CONFLICT", changed(stale)},
		{"in the recycle bin", "E-DELETED", changed(gone)},
		{"never there", "E-MISSING", never},
	}
	for _, c := range cases {
		_, err := l.Save(ctx, model.FromForm, good.Clone(), c.rec)
		var refusal *store.Refusal
		if errors.As(err, &refusal) {
			if refusal.Findings[0].Code != c.code || refusal.Index != 1 || refusal.Kind != c.rec.Kind {
				t.Errorf("%s: refusal %v, index %d", c.name, refusal.Findings, refusal.Index)
			}
		} else if storetest.Code(err) != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
		if n, err := l.Count(ctx, store.Query{Kind: "loan"}); err != nil || n != before {
			t.Errorf("%s: %d loans were written, %v", c.name, n-before, err)
		}
	}
	if good.ID != "" || good.Rev != 0 {
		t.Error("a record that was not written carries an id")
	}
}

func changed(r *model.Record) *model.Record {
	r = r.Clone()
	r.Set("title", "又改了")
	return r
}

// TestCheck: a record is examined as a save would, and nothing is written.
func TestCheck(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	thing := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	for _, c := range []struct {
		rec  *model.Record
		code string
	}{
		{storetest.Record(t, l, "loan", "what", thing.ID), ""},
		{storetest.Record(t, l, "loan", "what", "no such id"), "E-REF"},
		{storetest.Record(t, l, "loan"), "E-REQUIRED"},
	} {
		got, err := l.Check(ctx, c.rec)
		if err != nil || len(got) > 1 || len(got) == 1 && got[0].Code != c.code || len(got) == 0 && c.code != "" {
			t.Errorf("%+v, %v, want %q", got, err, c.code)
		}
	}
	if n, err := l.Count(ctx, store.Query{Kind: "loan"}); err != nil || n != 0 {
		t.Errorf("%d loans were written, %v", n, err)
	}
}

// TestUniqueUnless: the set holds only where Unless is empty, and only over rows
// that are not in the recycle bin.
func TestUniqueUnless(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	one := func(more ...string) *model.Record {
		return storetest.Record(t, l, "thing", append([]string{"phone", "10000000001", "month", "2026-01"}, more...)...)
	}
	first := storetest.Save(t, l, one()).Records[0]
	storetest.Save(t, l, one("ended", "2026-01-05"), one("ended", "2026-01-05"))
	storetest.Save(t, l, storetest.Record(t, l, "thing", "phone", "10000000001"), storetest.Record(t, l, "thing", "phone", "10000000001"))
	storetest.Must(t, l.Delete(ctx, "thing", first.ID))
	storetest.Save(t, l, one())
	err := l.Restore(ctx, "thing", first.ID)
	if storetest.Code(err) != "E-UNIQUE" || err.Error() != "这个月这部电话已登记,请改那一条" {
		t.Errorf("restoring a second one: %v", err)
	}
}

func TestSaveTakesGivenID(t *testing.T) {
	l := storetest.CreateEverything(t)
	r := storetest.Record(t, l, "thing", "title", "水泵")
	r.ID = "01900000-0000-7000-8000-000000000001"
	loan := storetest.Record(t, l, "loan", "what", r.ID)
	storetest.Save(t, l, r, loan) // the loan refers to what stands before it
	if got, err := l.Get(context.Background(), "loan", loan.ID); err != nil || got.Text("what") != "水泵" {
		t.Errorf("got %v", err)
	}
}

func TestSaveNothingNew(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	r := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	s := storetest.Save(t, l, r.Clone())
	if s.Records[0].Rev != 1 {
		t.Errorf("rev %d", s.Records[0].Rev)
	}
	if events, err := l.History(ctx, "thing", r.ID); err != nil || len(events) != 1 {
		t.Errorf("%d events, %v", len(events), err)
	}
	if what, err := l.Undo(ctx); err != nil || what != "已撤销:新建 物品 水泵" {
		t.Errorf("undo: %q, %v", what, err)
	}
}

// TestSaveStopsWithContext: a save that is called off writes nothing.
func TestSaveStopsWithContext(t *testing.T) {
	l := storetest.CreateEverything(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := l.Save(ctx, model.FromForm, storetest.Record(t, l, "thing", "title", "水泵"))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n, err := l.Count(context.Background(), store.Query{Kind: "thing"}); err != nil || n != 0 {
		t.Errorf("%d things, %v", n, err)
	}
}

// following is a catalog in which a visit raises a house's counter, which is noted
// in a diary, and so on without end.
func following(refuse bool) *model.Catalog {
	base := storetest.Everything().Kinds()[0]
	house := &model.Kind{Name: "house", Title: "农户", Label: []string{"name"}, Columns: []string{"name"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "name", Label: "户主", Type: model.TypeText, Required: true},
			{Name: "visits", Label: "次数", Type: model.TypeInt, Max: 3},
		}}}}
	visit := &model.Kind{Name: "visit", Title: "走访", Label: []string{"house"}, Columns: []string{"house"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "house", Label: "农户", Type: model.TypeRef, Target: "house", Required: true},
			{Name: "again", Label: "上次", Type: model.TypeRef, Target: "visit"},
		}}}}
	visit.Follow = func(env *model.Env, old, saved *model.Record, how model.Origin) ([]*model.Record, error) {
		h, err := env.Look.Get("house", saved.Str("house"))
		if err != nil {
			return nil, err
		}
		h.Set("visits", h.Int("visits")+1)
		if refuse {
			h.Set("visits", int64(99))
		}
		next := model.NewRecord(visit)
		next.Set("house", h.ID)
		next.Set("again", saved.ID)
		return []*model.Record{h, next}, nil
	}
	return model.NewCatalog(base, house, visit)
}

// TestFollow: what follows is saved in the same transaction and group, to a depth.
func TestFollow(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: storetest.Book(following(false)), Source: storetest.Clock(1)})
	h := storetest.Save(t, l, storetest.Record(t, l, "house", "name", "张三")).Records[0]
	s := storetest.Save(t, l, storetest.Record(t, l, "visit", "house", h.ID))
	var written []string
	for _, r := range s.Records {
		written = append(written, r.Kind.Name)
	}
	if got := strings.Join(written, " "); got != "visit house visit house visit house visit" {
		t.Errorf("written: %s", got)
	}
	if got, err := l.Get(ctx, "house", h.ID); err != nil || got.Int("visits") != 3 || got.Rev != 4 {
		t.Errorf("visits %d, rev %d, %v", got.Int("visits"), got.Rev, err)
	}
	if what, err := l.Undo(ctx); err != nil || what != "已撤销:新建 走访 张三 等 5 条记录" {
		t.Errorf("undo: %q, %v", what, err)
	}
	got, err := l.Get(ctx, "house", h.ID)
	if err != nil || got.Int("visits") != 0 || got.DeletedAt != "" {
		t.Errorf("after undo: visits %d, %v", got.Int("visits"), err)
	}
	if n, err := l.Count(ctx, store.Query{Kind: "visit"}); err != nil || n != 0 {
		t.Errorf("%d visits left, %v", n, err)
	}
}

func TestFollowRefused(t *testing.T) {
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: storetest.Book(following(true)), Source: storetest.Clock(1)})
	h := storetest.Save(t, l, storetest.Record(t, l, "house", "name", "张三")).Records[0]
	_, err := l.Save(context.Background(), model.FromForm, storetest.Record(t, l, "visit", "house", h.ID))
	var refusal *store.Refusal
	if !errors.As(err, &refusal) || refusal.Kind.Name != "house" {
		t.Fatalf("got %v", err)
	}
	if n, err := l.Count(context.Background(), store.Query{Kind: "visit"}); err != nil || n != 0 {
		t.Errorf("%d visits, %v", n, err)
	}
}

// TestSaveOfManyRefused: rows that were handed on to be written are gone with the record that
// is refused after them, and the next save of many stands.
func TestSaveOfManyRefused(t *testing.T) {
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{})
	all := make([]*model.Record, 100)
	for i := range all {
		all[i] = storetest.Villager(t, l, i)
	}
	name := all[70].Str("name")
	all[70].Set("name", nil)
	_, err := l.Save(t.Context(), model.FromSheet, all...)
	var refusal *store.Refusal
	if !errors.As(err, &refusal) || refusal.Index != 70 {
		t.Fatalf("%v, want record 70 refused", err)
	}
	stand := func(want int) {
		t.Helper()
		if n, err := l.Count(t.Context(), store.Query{Kind: "villager"}); err != nil || n != want {
			t.Fatalf("%d villagers, %v; want %d", n, err, want)
		}
	}
	stand(0)
	all[70].Set("name", name)
	if _, err := l.Save(t.Context(), model.FromSheet, all...); err != nil {
		t.Fatal(err)
	}
	stand(len(all))
	page, err := l.Page(t.Context(), store.Query{Kind: "villager", Find: name})
	if err != nil || len(page.Records) == 0 {
		t.Errorf("found %d, %v", len(page.Records), err)
	}
}
