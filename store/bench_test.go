package store_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// benchSize is how many villagers the benchmarks' ledger holds.
const benchSize = 10_000

func benchLedger(b *testing.B, villagers int) *store.Ledger {
	b.Helper()
	return benchLedgerAt(b, filepath.Join(b.TempDir(), "ledger.db"), villagers)
}

func benchLedgerAt(b *testing.B, path string, villagers int) *store.Ledger {
	b.Helper()
	l := storetest.Create(b, path, store.Options{})
	batch := make([]*model.Record, villagers)
	for i := range batch {
		batch[i] = storetest.Villager(b, l, i)
	}
	if villagers > 0 {
		if _, err := l.Save(context.Background(), model.FromSheet, batch...); err != nil {
			b.Fatal(err)
		}
	}
	return l
}

// BenchmarkSaveAgainstBare holds a save against the bare durable transaction that writes
// the same rows: ours/bare is the ratio of the medians.
func BenchmarkSaveAgainstBare(b *testing.B) {
	path := filepath.Join(b.TempDir(), "ledger.db")
	l := benchLedgerAt(b, path, 300)
	bare := storetest.NewBare(b, copyOf(b, l))
	b.ResetTimer()
	ours, yardstick := bare.AgainstBare(b, l, b.N, func(i int) *model.Record { return storetest.Villager(b, l, 300+i) })
	b.ReportMetric(float64(ours)/1e3, "µs/save")
	b.ReportMetric(float64(yardstick)/1e3, "µs/bare")
	b.ReportMetric(float64(ours)/float64(yardstick), "ours/bare")
}

// copyOf gives a file with the ledger as it stands.
func copyOf(tb testing.TB, l *store.Ledger) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "bare.db")
	if err := l.Backup(context.Background(), path); err != nil {
		tb.Fatal(err)
	}
	return path
}

func BenchmarkSaveOne(b *testing.B) {
	l := benchLedger(b, 0)
	n := 0
	for b.Loop() {
		if _, err := l.Save(context.Background(), model.FromForm, storetest.Villager(b, l, n)); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

func BenchmarkSave5000(b *testing.B) {
	for b.Loop() {
		benchLedger(b, 5000)
	}
}

func BenchmarkRead(b *testing.B) {
	l := benchLedger(b, benchSize)
	ctx := context.Background()
	all := store.Query{Kind: "villager", Limit: 50}
	first, err := l.Page(ctx, all)
	if err != nil {
		b.Fatal(err)
	}
	deep, err := l.Page(ctx, store.Query{Kind: "villager", Limit: benchSize / 2})
	if err != nil {
		b.Fatal(err)
	}
	farmers := []model.Cond{model.Where("trade", model.In, "务农", "务工"), model.Where("lives", model.Eq, "在村")}
	cases := []struct {
		name string
		q    store.Query
	}{
		{"page", all},
		{"page in view", store.Query{Kind: "villager", Conds: farmers, Limit: 50}},
		{"page by date", store.Query{Kind: "villager", Sort: []string{"-came_on"}, Limit: 50}},
		{"next page", store.Query{Kind: "villager", After: first.Next, Limit: 50}},
		{"deep page", store.Query{Kind: "villager", After: deep.Next, Limit: 50}},
		{"last page", store.Query{Kind: "villager", Last: true, Limit: 50}},
		{"find zs", store.Query{Kind: "villager", Find: "zs", Limit: 50}},
		{"find none", store.Query{Kind: "villager", Find: "没有此人", Limit: 50}},
		{"contains", store.Query{Kind: "villager", Conds: []model.Cond{model.Where("address", model.Contains, "3组")}, Limit: 50}},
		{"around", store.Query{Kind: "villager", Around: deep.Records[len(deep.Records)-1].ID, Limit: 50}},
		{"crafts of zs", store.Query{Kind: "craft", Find: "zs", Limit: 50}},
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := l.Page(ctx, c.q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("count", func(b *testing.B) {
		for b.Loop() {
			if n, err := l.Count(ctx, store.Query{Kind: "villager", Conds: farmers}); err != nil || n != benchSize {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("count found", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.Count(ctx, store.Query{Kind: "villager", Find: "zs"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("check all", func(b *testing.B) {
		for b.Loop() {
			if err := l.CheckAll(ctx, func(store.Problem) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// searched is how many villagers BenchmarkSearchAgainstLike looks through.
var searched = flag.Int("searched", benchSize, "villagers of the benchmark of searching")

// BenchmarkSearchAgainstLike holds the first page of a search against the bare LIKE over the
// same texts: ours/bare is the ratio of the medians, on file and with what they are found by
// in memory (Prepare).
func BenchmarkSearchAgainstLike(b *testing.B) {
	l := benchLedger(b, *searched)
	ctx := context.Background()
	db, err := sql.Open("sqlite", "file:"+l.Path()+"?mode=ro")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	bare := func(typed string) {
		rows, err := db.QueryContext(ctx, "SELECT id FROM search WHERE kind = 'villager' AND text LIKE ?", "%"+typed+"%")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			b.Fatal(err)
		}
	}
	for _, held := range []string{"on file", "in memory"} {
		if held == "in memory" {
			if err := l.Prepare(ctx, "villager"); err != nil {
				b.Fatal(err)
			}
		}
		for _, typed := range []string{"z", "zh", "zht", "张", "没有", "3", "1005"} {
			b.Run(held+"/"+typed, func(b *testing.B) {
				var ours, yardstick []time.Duration
				for b.Loop() {
					begin := time.Now()
					bare(typed)
					yardstick = append(yardstick, time.Since(begin))
					begin = time.Now()
					if _, err := l.Page(ctx, store.Query{Kind: "villager", Find: typed, Best: true, Limit: 40}); err != nil {
						b.Fatal(err)
					}
					ours = append(ours, time.Since(begin))
				}
				slices.Sort(ours)
				slices.Sort(yardstick)
				mine, like := ours[len(ours)/2], yardstick[len(yardstick)/2]
				b.ReportMetric(float64(mine)/1e3, "µs/page")
				b.ReportMetric(float64(like)/1e3, "µs/bare")
				b.ReportMetric(float64(mine)/float64(like), "ours/bare")
			})
		}
	}
}
