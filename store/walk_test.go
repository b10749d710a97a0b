package store_test

import (
	"fmt"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
)

// TestWalkReadsAhead: while the records of a page are looked at the next page is read by the
// same connection. Whatever is asked meanwhile, and wherever it ends, each record comes once,
// by id, as it stands alone; also a row that can't be read as one text.
func TestWalkReadsAhead(t *testing.T) {
	ctx := t.Context()
	l := storetest.CreateEverything(t)
	defer l.Inside(raw.Pass{}).ExamineFrom(1000, 7)()
	var ids []string
	for i := range 40 {
		ids = append(ids, storetest.Save(t, l, storetest.Record(t, l, "thing", "title", fmt.Sprintf("水泵%d", i))).Records[0].ID)
	}
	slices.Sort(ids)
	db := storetest.OpenRaw(t, l.Path())
	_, err := db.ExecContext(ctx, "UPDATE thing SET title = ? WHERE id = ?", "分\x1f开", ids[30])
	storetest.Must(t, err)
	conds := []model.Cond{model.Where("org_id", model.Eq, l.Home().ID)}
	walk := func(env *model.Env, most int) (seen []string) {
		wide := model.Widely(env.Look)
		err := wide.Walk("thing", []string{"title"}, conds, func(r *model.Record) bool {
			seen = append(seen, r.ID)
			alone, err := env.Look.Get("thing", r.ID)
			storetest.Must(t, err)
			if alone == nil || alone.Str("title") != r.Str("title") || r.Label() == "" {
				t.Errorf("%s: %q goes by, %v alone", r.ID, r.Str("title"), alone)
			}
			// The same walk within the walk.
			found := 0
			storetest.Must(t, wide.Walk("thing", []string{"title"}, conds, func(*model.Record) bool { found++; return found < 20 }))
			if found != 20 {
				t.Errorf("%d found within", found)
			}
			return len(seen) < most
		})
		storetest.Must(t, err)
		return seen
	}
	for _, most := range []int{1, 7, 8, 14, 15, 21, 22, 40, 100} {
		storetest.Must(t, l.AtOneMoment(ctx, func(env *model.Env) error {
			if seen := walk(env, most); !slices.Equal(seen, ids[:min(most, len(ids))]) {
				t.Errorf("of %d: %v", most, seen)
			}
			return nil
		}))
		if seen := walk(l.Env(ctx), most); !slices.Equal(seen, ids[:min(most, len(ids))]) {
			t.Errorf("of %d by any reader: %v", most, seen)
		}
	}
}
