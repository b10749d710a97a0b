package book_test

import (
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/storetest"
)

// TestMovementAndPerson: a movement changes its person in the same save; undo,
// deleting and restoring take the person along.
func TestMovementAndPerson(t *testing.T) {
	ctx := t.Context()
	l, err := book.Create(ctx, t.TempDir()+"/l.db", storetest.Village, store.Options{})
	storetest.Must(t, err)
	t.Cleanup(func() { storetest.Must(t, l.Close()) })
	save := func(kind string, pairs ...string) (*model.Record, error) {
		r, err := l.New(ctx, kind)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(pairs); i += 2 {
			r.Set(pairs[i], pairs[i+1])
		}
		_, err = l.Save(ctx, model.FromForm, r)
		return r, err
	}
	p, err := save("person", "name", "张三", "sex", "男", "status", "正式党员", "birth_date", "1970-03-15", "joined_on", "1995-07-01", "confirmed_on", "1996-07-01")
	if err != nil {
		t.Fatal(err)
	}
	standing := func(want string) {
		t.Helper()
		now, err := l.Get(ctx, "person", p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := now.Str("standing") + now.Str("left_on"); got != want {
			t.Errorf("the person stands at %s, want %s", got, want)
		}
	}
	day := string(l.Source().Today())
	if _, err := save("movement", "person", p.ID, "kind", "转正", "happened_on", day); err == nil {
		t.Error("a full member was confirmed again")
	}
	m, err := save("movement", "person", p.ID, "kind", "转出", "happened_on", day, "to_org", "南塘村党支部")
	if err != nil {
		t.Fatal(err)
	}
	standing("转出" + day)
	if what, err := l.Undo(ctx); err != nil || what == "" {
		t.Fatalf("undo: %q, %v", what, err)
	}
	standing("在册")
	if err := l.Restore(ctx, "movement", m.ID); err != nil {
		t.Fatal(err)
	}
	standing("转出" + day)
	if err := l.Delete(ctx, "movement", m.ID); err != nil {
		t.Fatal(err)
	}
	standing("在册")
	if _, err := l.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	standing("转出" + day)
}
