package county_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

// TestFirstFormat goes on with the files of a program that wrote bundles of the first format:
// its bundles are taken before and after those of this program, its ledger knows what it has
// sent, and takes the county's answers in under either name.
func TestFirstFormat(t *testing.T) {
	t.Parallel()
	kept := filepath.Join("..", "testdata", "format1")
	dir := t.TempDir()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(kept, name))
		must(t, err)
		return data
	}
	lay := func(name string, sequence string) string {
		path := filepath.Join(t.TempDir(), "990101101201_2026-11_"+sequence+".tzb")
		must(t, os.WriteFile(path, read(name), 0o600))
		return path
	}
	later := source()
	later.Now = func() time.Time { return time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) }
	open := func(name string) *store.Ledger {
		l, err := book.Open(ctx, storetest.Unpack(t, filepath.Join(kept, name), dir), store.Options{Source: later})
		must(t, err)
		t.Cleanup(func() { must(t, l.Close()) })
		return l
	}
	key, err := bundle.ParseCountyKey(read("county.key"), "")
	must(t, err)
	o := &office{l: open("county.db.gz"), key: key, stick: t.TempDir()}
	v := open("village.db.gz")

	if in := o.one(t, lay("second.age", "0002")); in.Verdict != county.Accepted {
		t.Fatalf("the second, of the first format: %s %s", in.Verdict, in.Reason)
	}
	if r, err := send.TakeReceipt(ctx, v, read("first.receipt.json")); err != nil || r.Verdict != county.Accepted {
		t.Errorf("the answer of that day: %+v, %v", r, err)
	}
	sent, err := send.Export(ctx, v, send.Options{Dir: o.stick, Month: "2026-11", AllowErrors: true})
	must(t, err)
	if in := o.one(t, sent.Path); in.Verdict != county.Accepted || in.Sequence != 3 {
		t.Fatalf("the next, of this format: %s %s", in.Verdict, in.Reason)
	}
	if in := o.one(t, lay("fifth.age", "0005")); in.Verdict != county.Accepted {
		t.Fatalf("the fifth, by the older program again: %s %s", in.Verdict, in.Reason)
	}
	for sequence, data := range o.receipts(t) {
		r, err := bundle.OpenReceipt(data, key.PublicKey())
		must(t, err)
		if r.Sequence == 5 { // made elsewhere, of a copy
			continue
		}
		if _, err := send.TakeReceipt(ctx, v, data); err != nil {
			t.Errorf("the answer %s: %v", sequence, err)
		}
	}
	must(t, o.l.Integrity(ctx))
}
