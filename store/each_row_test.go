package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
)

// TestEachRow holds the texts of rows against those of records read column by column, also
// where a row holds what no form lets in: then it is read as a record is.
func TestEachRow(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	storetest.RandomThings(t, l, 700, rand.New(rand.NewPCG(3, 4)))
	storetest.Must(t, l.Inside(raw.Pass{}).Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for n, text := range []string{"'a' || char(31) || 'b'", "''", "' x '"} {
			for _, k := range l.Kinds().Kinds() {
				for _, f := range k.Fields() {
					if f.Type != model.TypeText {
						continue
					}
					err := tx.Exec(ctx, fmt.Sprintf("UPDATE OR IGNORE %s SET %s = %s WHERE rowid %% 97 = %d", raw.Quote(k.Name), raw.Quote(f.Name), text, n))
					if err != nil {
						return err
					}
				}
			}
		}
		return nil
	}))
	seen := 0
	storetest.Must(t, l.Inside(raw.Pass{}).Moment(ctx, func(s store.Snapshot) error {
		for _, k := range l.Kinds().Kinds() {
			var want [][]string
			err := s.Each(ctx, k, func(r *model.Record) error {
				row := []string{r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, strconv.FormatInt(r.Rev, 10), r.DeletedAt}
				for _, f := range k.Fields() {
					if !f.Linked() {
						row = append(row, f.Type.CSV(f, r.Get(f.Name)))
					}
				}
				want = append(want, row)
				return nil
			})
			if err != nil {
				return err
			}
			n := 0
			err = s.EachRow(ctx, k, func(row []string) error {
				if n >= len(want) || !slices.Equal(row, want[n]) {
					t.Fatalf("%s, row %d: %q", k.Name, n, row)
				}
				n++
				return nil
			})
			if err != nil || n != len(want) {
				t.Fatalf("%s: %d rows of %d, %v", k.Name, n, len(want), err)
			}
			seen += n
		}
		return nil
	}))
	if seen < 700 {
		t.Fatalf("%d rows seen", seen)
	}
}
