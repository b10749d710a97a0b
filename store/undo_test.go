package store_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

func TestUndo(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	if what, err := l.Undo(ctx); what != "" || err != nil {
		t.Errorf("nothing to undo: %q, %v", what, err)
	}
	r := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵", "count", "1")).Records[0]
	r.Set("count", int64(2))
	r.Set("near", []string{r.ID})
	storetest.Save(t, l, r)
	storetest.Must(t, l.Delete(ctx, "thing", r.ID))
	storetest.Must(t, l.Restore(ctx, "thing", r.ID))
	steps := []struct {
		what    string
		count   int64
		near    int
		deleted bool
	}{
		{"已撤销:恢复 物品 水泵", 2, 1, true},
		{"已撤销:删除 物品 水泵", 2, 1, false},
		{"已撤销:修改 物品 水泵", 1, 0, false},
		{"已撤销:新建 物品 水泵", 1, 0, true},
		{"", 1, 0, true},
	}
	rev := int64(4)
	for _, s := range steps {
		what, err := l.Undo(ctx)
		if err != nil || what != s.what {
			t.Fatalf("%q, %v, want %q", what, err, s.what)
		}
		got, err := l.Get(ctx, "thing", r.ID)
		storetest.Must(t, err)
		if what != "" {
			rev++
		}
		if got.Int("count") != s.count || len(got.List("near")) != s.near || (got.DeletedAt != "") != s.deleted || got.Rev != rev {
			t.Errorf("%s: count %d, near %v, deleted %q, rev %d", what, got.Int("count"), got.List("near"), got.DeletedAt, got.Rev)
		}
	}
}

// TestUndoFindsAgain: the search text goes back too, also that of records named by
// the one undone.
func TestUndoFindsAgain(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	thing := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	loan := storetest.Save(t, l, storetest.Record(t, l, "loan", "what", thing.ID, "day", "2026-01-01")).Records[0]
	storetest.Save(t, l, storetest.Record(t, l, "remark", "loan", loan.ID, "text", "好用"))
	thing.Set("title", "收音机")
	storetest.Save(t, l, thing)
	find := func(kind, typed string) int {
		n, err := l.Count(ctx, store.Query{Kind: kind, Find: typed})
		storetest.Must(t, err)
		return n
	}
	for _, kind := range []string{"thing", "loan", "remark"} {
		if find(kind, "syj") != 1 || find(kind, "shuibeng") != 0 {
			t.Errorf("%s after the change: %d, %d", kind, find(kind, "syj"), find(kind, "shuibeng"))
		}
	}
	_, err := l.Undo(ctx)
	storetest.Must(t, err)
	for _, kind := range []string{"thing", "loan", "remark"} {
		if find(kind, "syj") != 0 || find(kind, "shuibeng") != 1 {
			t.Errorf("%s after undo: %d, %d", kind, find(kind, "syj"), find(kind, "shuibeng"))
		}
	}
}

func TestUndoRefusesLaterChange(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l := storetest.Create(t, path, store.Options{Book: storetest.Book(storetest.Everything()), Source: storetest.Clock(1)})
	r := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	run(t, path, "UPDATE thing SET rev = rev + 1")
	if _, err := l.Undo(ctx); storetest.Code(err) != "E-CONFLICT" {
		t.Errorf("got %v", err)
	}
	if got, err := l.Get(ctx, "thing", r.ID); err != nil || got.DeletedAt != "" {
		t.Errorf("deleted %q, %v", got.DeletedAt, err)
	}
}

// TestUndoOfThisSitting: what was done before the ledger was opened stays.
func TestUndoOfThisSitting(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	o := store.Options{Book: storetest.Book(storetest.Everything()), Source: storetest.Clock(1)}
	l, err := storetest.Make(ctx, path, storetest.Village, o)
	storetest.Must(t, err)
	storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵"))
	storetest.Must(t, l.Close())
	l, err = storetest.Open(ctx, path, o)
	storetest.Must(t, err)
	defer func() { storetest.Must(t, l.Close()) }()
	if what, err := l.Undo(ctx); what != "" || err != nil {
		t.Errorf("%q, %v", what, err)
	}
}

// TestUndoAll takes many random changes back one by one and comes to where they
// began, then checks that each version can be restored.
func TestUndoAll(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	rnd := rand.New(rand.NewPCG(7, 8))
	all := storetest.RandomThings(t, l, 20, rnd)
	for {
		what, err := l.Undo(ctx)
		storetest.Must(t, err)
		if what == "" {
			break
		}
	}
	for _, r := range all {
		storetest.Must(t, l.Restore(ctx, "thing", r.ID))
	}
	for range 20 {
		if _, err := l.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := l.Count(ctx, store.Query{Kind: "thing"}); err != nil || n != 0 {
		t.Errorf("%d left, %v", n, err)
	}
	for _, r := range all {
		got, err := l.Get(ctx, "thing", r.ID)
		storetest.Must(t, err)
		if d := model.Diff(r, got); len(d) > 0 {
			t.Errorf("%s differs in %v", r.ID, d)
		}
	}
}

func TestHistory(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	a := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	r := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "铁锹", "price", "1.5", "part_of", a.ID)).Records[0]
	r.Set("price", int64(200))
	r.Set("part_of", nil)
	r.Set("good", true)
	storetest.Save(t, l, r)
	storetest.Must(t, l.Delete(ctx, "thing", r.ID))
	storetest.Must(t, l.Restore(ctx, "thing", r.ID))
	events, err := l.History(ctx, "thing", r.ID)
	storetest.Must(t, err)
	var actions []string
	for i, e := range events {
		actions = append(actions, e.Action)
		if e.Rev != int64(i+1) || e.By != "测试" || e.Kind != "thing" || e.ID != r.ID || i > 0 && e.Seq <= events[i-1].Seq {
			t.Errorf("event %d: %+v", i, e)
		}
	}
	if !slices.Equal(actions, []string{"新建", "修改", "删除", "恢复"}) {
		t.Errorf("actions %v", actions)
	}
	want := []store.FieldChange{
		{Field: "price", Label: "金额", Old: "1.50", New: "2.00", StoredOld: "150", StoredNew: "200"},
		{Field: "good", Label: "完好", Old: "否", New: "是", StoredOld: "0", StoredNew: "1"},
		{Field: "part_of", Label: "属于", Old: "水泵", StoredOld: a.ID},
	}
	if !slices.Equal(events[1].Changes, want) {
		t.Errorf("changes %+v", events[1].Changes)
	}
}

func TestRestoreVersion(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	r := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	var versions []*model.Record
	rnd := rand.New(rand.NewPCG(9, 9))
	for range 12 {
		for _, f := range r.Kind.Fields() {
			if f.Name != "phone" && rnd.IntN(3) == 0 {
				r.Set(f.Name, storetest.RandomValue(f, []string{r.ID}, rnd))
			}
		}
		storetest.Save(t, l, r)
		versions = append(versions, r.Clone())
	}
	for _, v := range versions {
		got, err := l.RestoreVersion(ctx, "thing", r.ID, v.Rev)
		storetest.Must(t, err)
		if d := model.Diff(v, got); len(d) > 0 {
			t.Errorf("rev %d differs in %v", v.Rev, d)
		}
	}
	if _, err := l.RestoreVersion(ctx, "thing", r.ID, 999); storetest.Code(err) != "E-MISSING" {
		t.Errorf("no such rev: %v", err)
	}
	storetest.Must(t, l.Delete(ctx, "thing", r.ID))
	if _, err := l.RestoreVersion(ctx, "thing", r.ID, 1); storetest.Code(err) != "E-DELETED" {
		t.Errorf("in the recycle bin: %v", err)
	}
}

func TestDelete(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Source: storetest.Clock(1)})
	home := l.Home()
	if err := l.Delete(ctx, "organization", home.ID); storetest.Code(err) != "E-HOME" {
		t.Errorf("the home organisation: %v", err)
	}
	if err := l.Delete(ctx, "villager", "no such id"); storetest.Code(err) != "E-MISSING" {
		t.Errorf("missing: %v", err)
	}
	p := storetest.Save(t, l, storetest.Record(t, l, "villager", "name", "张三", "sex", "男")).Records[0]
	if refs, err := l.Referring(ctx, "villager", p.ID); err != nil || len(refs) != 0 {
		t.Errorf("%v, %v", refs, err)
	}
	storetest.Save(t, l, storetest.Record(t, l, "craft", "villager", p.ID, "technique", "果树嫁接"))
	refs, err := l.Referring(ctx, "villager", p.ID)
	if err != nil || len(refs) != 1 || refs[0].Kind.Name != "craft" || refs[0].Field.Name != "villager" || refs[0].Count != 1 || len(refs[0].Labels) != 1 {
		t.Errorf("%+v, %v", refs, err)
	}
	storetest.Must(t, l.Delete(ctx, "villager", p.ID))
	got, err := l.Get(ctx, "villager", p.ID)
	if err != nil || got.DeletedAt == "" || got.Rev != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	labels, err := l.Labels(ctx, "villager", []string{p.ID, "no such id"})
	if err != nil || len(labels) != 1 || labels[p.ID] != "张三(已删除)" {
		t.Errorf("%v, %v", labels, err)
	}
	storetest.Must(t, l.Delete(ctx, "villager", p.ID)) // once more does nothing
	storetest.Must(t, l.Restore(ctx, "villager", p.ID, p.ID))
	if got, err = l.Get(ctx, "villager", p.ID); err != nil || got.DeletedAt != "" || got.Rev != 3 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestHomeFollowsItsRecord: a home organisation that is renamed is known by its new
// name at once.
func TestHomeFollowsItsRecord(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	h := l.Home()
	h.Set("name", "新村党支部")
	storetest.Save(t, l, h)
	if got := l.Home().Str("name"); got != "新村党支部" {
		t.Errorf("home is %s", got)
	}
	if _, err := l.Undo(ctx); err != nil || l.Home().Str("name") != storetest.Village.Name {
		t.Errorf("home is %s, %v", l.Home().Str("name"), err)
	}
}
