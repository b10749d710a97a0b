package store_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestReadManyIsRead: records read many at once are those read column by column, whatever
// their texts hold: also what parts the columns, NULs and broken characters, which no form
// lets in and a file may hold.
func TestReadManyIsRead(t *testing.T) {
	ctx := t.Context()
	l := storetest.CreateEverything(t)
	things := storetest.RandomThings(t, l, 120, rand.New(rand.NewPCG(8, 15)))
	same := func(what string) {
		t.Helper()
		many, plain, err := l.ReadBothWays(ctx, "thing")
		storetest.Must(t, err)
		if len(many) != len(things) || len(plain) != len(things) {
			t.Fatalf("%s: %d and %d records of %d", what, len(many), len(plain), len(things))
		}
		for i := range many {
			if a, b := spelled(many[i]), spelled(plain[i]); a != b {
				t.Errorf("%s: at once\n%s\ncolumn by column\n%s", what, a, b)
			}
		}
		for _, field := range []string{"near", "roll"} {
			many, plain, whole, err := l.ReadLinksBothWays(ctx, "thing", field)
			storetest.Must(t, err)
			if !whole || len(plain) < 20 || !reflect.DeepEqual(many, plain) {
				t.Errorf("%s: %s at once %v (%v), row by row %v", what, field, many, whole, plain)
			}
		}
	}
	same("as saved")
	db := storetest.OpenRaw(t, l.Path())
	put := func(statement string, args ...any) {
		t.Helper()
		_, err := db.ExecContext(ctx, statement, args...)
		storetest.Must(t, err)
	}
	for i, text := range []string{"有\x00零", "坏\xff\xfe字", "\x00", " 空 格 ", "一行\n两行", "\x1e"} {
		put("UPDATE thing SET remark = ?, title = ? WHERE id = ?", text, text, things[i].ID)
	}
	put("UPDATE thing SET year = ?, count = ?, price = ?, good = 0 WHERE id = ?", -1, int64(-1<<63), int64(1<<63-1), things[9].ID)
	same("with odd texts")
	put("UPDATE thing SET remark = ? WHERE id = ?", "分\x1f开", things[20].ID)
	same("with a text that parts")
	put("UPDATE thing_roll SET state = ? WHERE record_id = (SELECT min(record_id) FROM thing_roll)", "分\x1f开")
	many, plain, whole, err := l.ReadLinksBothWays(ctx, "thing", "roll")
	storetest.Must(t, err)
	if whole {
		t.Errorf("a state that parts was taken as two: %v, row by row %v", many, plain)
	}
	seen := map[string]bool{}
	for _, r := range func() []*model.Record { _, p, _ := l.ReadBothWays(ctx, "thing"); return p }() {
		for _, m := range r.Roll("roll") {
			seen[m.State] = true
		}
	}
	if !seen["分\x1f开"] {
		t.Error("the state that parts is lost")
	}
	storetest.Must(t, l.CheckAll(ctx, func(store.Problem) error { return nil }))
}

// spelled gives all that stands in a record.
func spelled(r *model.Record) string {
	text := fmt.Sprintf("%q %q %q %q %d %q", r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, r.Rev, r.DeletedAt)
	for _, f := range r.Kind.Fields() {
		text += fmt.Sprintf(" %s=%#v", f.Name, r.Get(f.Name))
	}
	return text
}
