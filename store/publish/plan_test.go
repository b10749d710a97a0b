package publish_test

import (
	"encoding/json"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo/province"
	"taizhang/store/publish"
)

// TestSummaryScopeByScope: the summary goes through its scopes one by one, with a scope's
// numbers in memory and found by a key: with little memory for sorting nothing goes to disk
// at any level, and ten times the scopes read about ten times the pages: what the depth of the keys adds is little.
func TestSummaryScopeByScope(t *testing.T) {
	ctx := t.Context()
	pages := map[string][]float64{}
	for _, units := range []int{50, 500} {
		made, err := province.Make(ctx, t.TempDir(), province.Options{Seed: 4, Units: units})
		must(t, err)
		l, err := book.Open(ctx, made.Ledger, store.Options{ReadOnly: true})
		must(t, err)
		conn, _ := connected(t)
		_, err = publish.Publish(ctx, l, conn, publish.Options{})
		must(t, err)
		must(t, l.Close())
		_, err = conn.Exec(ctx, "SET work_mem = '512kB'; SET max_parallel_workers_per_gather = 0")
		must(t, err)
		for _, ask := range []string{"'township')", "'organization')", "'organization') WHERE figure = 'A02.members'"} {
			var text []byte
			must(t, conn.QueryRow(ctx, "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM taizhang.summary('2026-10', "+ask).Scan(&text))
			var plans []struct{ Plan map[string]any }
			must(t, json.Unmarshal(text, &plans))
			top := plans[0].Plan
			if top["Temp Read Blocks"] != 0.0 || top["Temp Written Blocks"] != 0.0 {
				t.Errorf("%d units, by %s: %v pages of temporary files written, %v read", units, ask, top["Temp Written Blocks"], top["Temp Read Blocks"])
			}
			scopes := map[bool]int{true: units, false: units / 25}[strings.Contains(ask, "organization")]
			if rows := int(top["Actual Rows"].(float64)); rows%scopes != 0 || rows < scopes {
				t.Errorf("%d units, by %s: %d rows", units, ask, rows)
			}
			pages[ask] = append(pages[ask], top["Shared Hit Blocks"].(float64)+top["Shared Read Blocks"].(float64))
		}
	}
	for ask, n := range pages {
		t.Logf("by %s: %v pages for 50 and 500 units", ask, n)
		if n[1] > 13*n[0] {
			t.Errorf("by %s: %v pages for ten times the units of %v", ask, n[1], n[0])
		}
	}
}
