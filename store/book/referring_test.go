package book_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
)

// TestReferredByEveryField puts, for every field of every kind that refers to another, a
// record on file that refers by this field alone: it is listed under its field and state,
// counted, and gone once it is deleted.
func TestReferredByEveryField(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Standard, Source: storetest.Clock(1)})
	inside := l.Inside(raw.Pass{})
	fields := 0
	for _, target := range l.Kinds().Kinds() {
		for _, by := range l.Kinds().Referrers(target.Name) {
			fields++
			meant := model.NewRecord(target)
			id, err := l.Source().NewID()
			storetest.Must(t, err)
			meant.ID = id
			r := model.NewRecord(by.Kind)
			r.ID, err = l.Source().NewID()
			storetest.Must(t, err)
			want := store.Role{Field: by.Field}
			switch by.Field.Type.Storage() {
			case model.StoreMarks:
				want.State = by.Field.Choices[len(by.Field.Choices)-1]
				r.Set(by.Field.Name, []model.Mark{{Target: id, State: want.State}})
			case model.StoreLinks:
				r.Set(by.Field.Name, []string{id})
			default:
				r.Set(by.Field.Name, id)
			}
			storetest.Must(t, inside.PutUnchecked(ctx, meant, r))
			name := by.Kind.Name + "." + by.Field.Name
			found, err := l.ReferredBy(ctx, target.Name, id, "", 0)
			storetest.Must(t, err)
			if len(found.List) != 1 || found.List[0].Record.ID != r.ID || !slices.Equal(found.List[0].Roles, []store.Role{want}) {
				t.Errorf("by %s: %+v", name, found.List)
			}
			if len(found.Counts) != 1 || found.Counts[0].Kind != by.Kind || found.Counts[0].N != 1 {
				t.Errorf("by %s counted: %+v", name, found.Counts)
			}
			storetest.Must(t, inside.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				return tx.Exec(ctx, `UPDATE "`+by.Kind.Name+`" SET deleted_at = '2026-10-31T09:00:00Z' WHERE id = ?`, r.ID)
			}))
			if found, err = l.ReferredBy(ctx, target.Name, id, "", 0); err != nil || len(found.List)+len(found.Counts) > 0 {
				t.Errorf("by %s, deleted: %+v, %v", name, found, err)
			}
		}
	}
	if fields < 50 {
		t.Errorf("only %d fields refer to anything", fields)
	}
}

// TestReferredByOrder: the newest day first, a record that refers twice once, one kind
// alone, and no more than asked for while all are counted.
func TestReferredByOrder(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Source: storetest.Clock(1)})
	pot := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "锅")).Records[0]
	lend := func(day string) string {
		return storetest.Save(t, l, storetest.Record(t, l, "loan", "what", pot.ID, "day", day)).Records[0].ID
	}
	old, late := lend("2025-03-01"), lend("2026-03-01")
	lid := storetest.Record(t, l, "thing", "title", "锅盖", "part_of", pot.ID, "month", "2025-12")
	lid.Set("roll", []model.Mark{{Target: pot.ID, State: "缺"}})
	lidID := storetest.Save(t, l, lid).Records[0].ID

	found, err := l.ReferredBy(ctx, "thing", pot.ID, "", 0)
	storetest.Must(t, err)
	var ids, days []string
	for _, r := range found.List {
		ids, days = append(ids, r.Record.ID), append(days, r.Record.Day())
	}
	if !slices.Equal(ids, []string{late, lidID, old}) || !slices.Equal(days, []string{"2026-03-01", "2025-12", "2025-03-01"}) {
		t.Errorf("in the order %v of %v", days, ids)
	}
	if roles := found.List[1].Roles; len(roles) != 2 || roles[0].Field.Name != "part_of" || roles[1].State != "缺" {
		t.Errorf("the lid refers by %+v", roles)
	}
	if brief := found.List[1].Record.Brief(pot.ID); !slices.Equal(brief, []string{"锅盖"}) {
		t.Errorf("of the lid it says %q", brief)
	}
	one, err := l.ReferredBy(ctx, "thing", pot.ID, "loan", 1)
	storetest.Must(t, err)
	if len(one.List) != 1 || one.List[0].Record.ID != late || len(one.Counts) != 2 || one.Counts[1].N != 2 {
		t.Errorf("of loans alone: %+v", one)
	}
	if _, err := l.ReferredBy(ctx, "nothing", pot.ID, "", 0); storetest.Code(err) != "E-KIND" {
		t.Errorf("of no kind: %v", err)
	}
}
