package county_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestSecretPaper: what bears a mark of secrecy is set aside, and what it is about stands
// neither in the county's ledger nor in the receipt, which travels in the clear.
func TestSecretPaper(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	v.add(t, "circular", "direction", "收文", "title", "关于秋收的通知", "unit", "芦溆镇党委", "happened_on", "2026-10-01")
	v.add(t, "circular", "direction", "收文", "title", "关于秋收的通知", "unit", "芦溆镇党委", "happened_on", "2026-10-02")
	sent := v.export(t)
	v.rowed(func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
		row := tables["circular"][0]
		row[slices.Index(row, "关于秋收的通知")] = "机密 某某行动"
		return rs
	})(t, sent)
	in := o.one(t, sent.Path)
	if in.Verdict != county.Partly || in.SetAside != 1 || len(in.Problems) != 1 || in.Problems[0].Code != "E-CIRC-SECRET" || in.Problems[0].Label != "" {
		t.Fatalf("%s %s: %+v", in.Verdict, in.Reason, in.Problems)
	}
	if n, err := o.l.Count(ctx, store.Query{Kind: "circular"}); err != nil || n != 1 {
		t.Errorf("%d circulars, %v", n, err)
	}
	o.receipts(t)
	entries, err := os.ReadDir(o.stick)
	must(t, err)
	for _, e := range entries {
		data, err := os.ReadFile(o.stick + "/" + e.Name())
		must(t, err)
		if strings.Contains(string(data), "某某行动") {
			t.Errorf("%s tells what the paper is about", e.Name())
		}
	}
	if strings.Contains(o.dump(t), "某某行动") {
		t.Error("the county's ledger holds it")
	}
}
