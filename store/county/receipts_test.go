package county_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// receipts writes the answers that are due, and gives them by code, month and number: their
// names without the digits of the hash.
func (o *office) receipts(tb testing.TB) map[string][]byte {
	tb.Helper()
	paths, err := county.Receipts(ctx, o.l, o.key, o.stick, "")
	must(tb, err)
	all := map[string][]byte{}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		must(tb, err)
		code, month, sequence, ok := bundle.ParseReceiptName(filepath.Base(p))
		if !ok || len(filepath.Base(p)) != len(receiptOf(code, month, sequence))+9 {
			tb.Errorf("a receipt is called %s", filepath.Base(p))
		}
		all[receiptOf(code, month, sequence)] = data
	}
	return all
}

// receiptOf is what programs before the second bundle format called a receipt.
func receiptOf(code string, month model.Month, sequence int64) string {
	return fmt.Sprintf("%s_%s_%04d.receipt.json", code, month, sequence)
}

// TestReceipts follows an answer home: accepted, with a row set aside, and refused.
func TestReceipts(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	who := v.person(t, "张三")
	first := v.export(t)
	o.one(t, first.Path)
	answers := o.receipts(t)
	data := answers["990101101201_2026-10_0001.receipt.json"]
	if len(answers) != 1 || data == nil {
		t.Fatalf("answers %v", len(answers))
	}
	if again := o.receipts(t); len(again) != 0 {
		t.Errorf("answered twice: %d", len(again))
	}
	// One byte changed, anywhere, is refused.
	for at := 0; at < len(data); at += 1 + len(data)/150 {
		bad := bytes.Clone(data)
		bad[at] ^= 1
		if _, err := send.TakeReceipt(ctx, v.Ledger, bad); err == nil {
			t.Errorf("byte %d changed: taken in", at)
		}
	}
	neighbour, err := bundle.NewCountyKey(&counter{200})
	must(t, err)
	own, err := bundle.OpenReceipt(data, o.key.PublicKey())
	must(t, err)
	foreign, err := bundle.SealReceipt(*own, neighbour, source().Now())
	must(t, err)
	if _, err := send.TakeReceipt(ctx, v.Ledger, foreign); code(err) != "E-RECEIPT-KEY" {
		t.Errorf("from another county: %v", err)
	}
	if got := v.state(t, 1); got != "待回执" {
		t.Fatalf("after refused receipts: %s", got)
	}
	if _, err := send.TakeReceipt(ctx, v.Ledger, data); err != nil {
		t.Fatal(err)
	}
	if got := v.state(t, 1); got != county.Accepted {
		t.Errorf("state %s", got)
	}

	second := v.export(t)
	v.changed(t, second, func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
		set(tables, rs, "person", who.ID, "sex", "未知")
		return rs
	})
	if in := o.one(t, second.Path); in.Verdict != county.Partly {
		t.Fatalf("second: %+v", in)
	}
	// Where the village's own list holds the hash of what it exported, the answer to the
	// changed bundle is not one to it.
	v.made(t, second.Sequence, second.Hash)
	_, err = send.TakeReceipt(ctx, v.Ledger, o.receipts(t)["990101101201_2026-10_0002.receipt.json"])
	if code(err) != "E-RECEIPT-UNKNOWN" {
		t.Errorf("another bundle of that number: %v", err)
	}
}

// TestReceiptProblems takes in an answer that names a record.
func TestReceiptProblems(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	who := v.person(t, "张三", "status", "正式党员", "joined_on", "2001-07-01", "birth_date", "1970-01-01")
	sent := v.export(t)
	if in := o.one(t, sent.Path); in.Verdict == county.Refused {
		t.Fatalf("got %+v", in)
	}
	if _, err := send.TakeReceipt(ctx, v.Ledger, o.receipts(t)["990101101201_2026-10_0001.receipt.json"]); err != nil {
		t.Fatal(err)
	}
	r, err := send.Receipt(ctx, v.Ledger, 1)
	must(t, err)
	if !slices.ContainsFunc(r.Problems, func(p bundle.ReceiptProblem) bool {
		return p.Kind == "person" && p.ID == who.ID && p.Label == "张三" && p.Message != ""
	}) {
		t.Errorf("a full member without confirmed_on is not named: %+v", r.Problems)
	}
}

func (v *village) state(tb testing.TB, sequence int64) string {
	tb.Helper()
	all, err := send.SentBundles(ctx, v.Ledger)
	must(tb, err)
	for _, s := range all {
		if s.Sequence == sequence {
			return s.State
		}
	}
	return ""
}

// TestReceiptsNameBothSides answers two organisations that have one ID number on the
// rolls: both are told.
func TestReceiptsNameBothSides(t *testing.T) {
	o := newOffice(t)
	a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
	const born = "1970-03-02"
	ids := map[*village]string{a: a.member(t, "张三", born, idFor(born, 11)), b: b.member(t, "张三", born, idFor(born, 11))}
	for range 2 { // the answer to an older bundle says nothing of it
		for v := range ids {
			o.one(t, v.export(t).Path)
		}
	}
	answers := o.receipts(t)
	for v, id := range ids {
		for sequence, want := range map[int64]int{1: 0, 2: 1} {
			r, err := bundle.OpenReceipt(answers[receiptOf(v.code, "2026-10", sequence)], o.key.PublicKey())
			must(t, err)
			n := 0
			for _, p := range r.Problems {
				if p.Code == county.CrossTwice && p.ID == id && p.Kind == "person" && p.Message != "" {
					n++
				}
			}
			if n != want || r.Verdict != county.Accepted {
				t.Errorf("%s %d: %s, named %d times", v.code, sequence, r.Verdict, n)
			}
		}
	}
}
