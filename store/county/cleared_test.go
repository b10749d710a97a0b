package county_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/store"
	"taizhang/store/clear"
	"taizhang/store/county"
	"taizhang/store/county/rescue"
)

// TestVillageHasCleared: the bundle after a village's clearing takes the numbers from the
// county's rows, its search, its lists and the file; it is no loss and no fault, and who
// stands elsewhere by the same number keeps it.
func TestVillageHasCleared(t *testing.T) {
	o := newOffice(t)
	v, w := o.village(t, "990101101201", 100), o.village(t, "990101101202", 101)
	const moved, died, phone = "990101196003020110", "990101195003020116", "10011223344"
	v.person(t, "张三", "id_number", moved, "phone", phone, "standing", "转出", "left_on", "2019-03-01", "birth_date", "1960-03-02")
	b := v.person(t, "李四", "id_number", died, "phone", "10011223355", "standing", "去世", "left_on", "2019-04-01", "birth_date", "1950-03-02", "address", "石桥村东巷第三排12号")
	w.person(t, "张三", "id_number", moved, "phone", phone, "birth_date", "1960-03-02")
	o.one(t, v.export(t).Path)
	o.one(t, w.export(t).Path)
	db, err := sql.Open("sqlite", o.l.Path())
	must(t, err)
	defer func() { must(t, db.Close()) }()
	_, err = db.Exec("INSERT INTO compared (org_id, at, content) SELECT org_id, '2026-10-01T00:00:00Z', ? FROM person WHERE id = ?", `[{"name":"李四","theirs":"`+died+`"}]`, b.ID)
	must(t, err)

	p, err := clear.Find(ctx, v.Ledger, clear.Options{})
	must(t, err)
	if len(p.Who) != 2 {
		t.Fatalf("to clear: %+v", p.Who)
	}
	_, err = clear.Do(ctx, v.Ledger, p)
	must(t, err)
	in := o.one(t, v.export(t).Path)
	if in.Verdict != county.Accepted || in.Changes["person"].Changed != 2 || len(in.Problems) > 0 {
		t.Errorf("received: %+v", in)
	}
	if got := texts(t, db, "SELECT name || coalesce(id_number, '') || coalesce(phone, '') FROM person WHERE name IN ('张三', '李四') ORDER BY 1"); !slices.Equal(got, []string{"张三", "张三" + moved + phone, "李四"}) {
		t.Errorf("on file: %q", got)
	}
	for find, want := range map[string]int{died: 0, moved: 1, "李四": 1} {
		n, err := o.l.Count(ctx, store.Query{Kind: "person", Find: find})
		must(t, err)
		if n != want {
			t.Errorf("%s finds %d", find, n)
		}
	}
	must(t, o.l.Integrity(ctx))
	for _, gone := range []string{died, "10011223355", "石桥村东巷第三排12号"} {
		for _, end := range []string{"", "-wal"} {
			content, err := os.ReadFile(o.l.Path() + end)
			if err == nil && bytes.Contains(content, []byte(gone)) {
				t.Errorf("%s still stands in the county's ledger%s", gone, end)
			}
		}
	}
	if open, err := clear.Unfinished(ctx, o.l); open || err != nil {
		t.Errorf("unfinished: %v %v", open, err)
	}
	got, err := rescue.Rescue(ctx, o.l, "990101101201", filepath.Join(t.TempDir(), "rescued.db"), nil)
	must(t, err)
	back, err := sql.Open("sqlite", got.Path)
	must(t, err)
	defer func() { must(t, back.Close()) }()
	if rows := texts(t, back, "SELECT name || coalesce(id_number, '(无)') FROM person ORDER BY 1"); !slices.Equal(rows, []string{"张三(无)", "李四(无)"}) {
		t.Errorf("rescued: %q", rows)
	}
}
