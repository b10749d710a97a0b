package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestHandedOut: a paper with whole numbers is kept with its purpose and its receiver,
// the newest first, and without them it is refused; an undo leaves it alone.
func TestHandedOut(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Source: storetest.Clock(1), By: "李书记"})
	for _, h := range []store.HandedOut{{Title: "花名册"}, {Title: "花名册", Purpose: "年底统计"}, {Title: "花名册", Purpose: " ", Receiver: "镇党委"}} {
		if err := l.NoteHandOut(ctx, h); storetest.Code(err) != "E-PURPOSE" {
			t.Errorf("%+v: %v", h, err)
		}
	}
	for _, title := range []string{"花名册", "介绍信"} {
		storetest.Must(t, l.NoteHandOut(ctx, store.HandedOut{Title: title, Purpose: "转接\n组织关系", Receiver: "镇党委", File: "甲.xlsx"}))
	}
	all, err := l.HandedOut(ctx, 0)
	if err != nil || len(all) != 2 || all[0].Title != "介绍信" || all[1].Title != "花名册" {
		t.Fatalf("kept: %+v, %v", all, err)
	}
	if h := all[0]; h.Purpose != "转接 组织关系" || h.Receiver != "镇党委" || h.File != "甲.xlsx" || h.By != "李书记" || h.At == "" {
		t.Errorf("kept as %+v", h)
	}
	if what, err := l.Undo(ctx); what != "" || err != nil {
		t.Errorf("undone: %q, %v", what, err)
	}
	if one, err := l.HandedOut(ctx, 1); err != nil || len(one) != 1 || one[0].Title != "介绍信" {
		t.Errorf("the newest: %+v, %v", one, err)
	}
}
