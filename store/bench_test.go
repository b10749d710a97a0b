package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// benchSize is how many persons the benchmarks' ledger holds.
const benchSize = 10_000

var (
	surnames = []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜")
	givens   = []rune("建国志强秀英桂兰玉梅海涛文斌春燕红军伟芳敏静丽勇艳杰娟磊洋")
)

// somePerson makes the n-th made-up member.
func somePerson(tb testing.TB, l *store.Ledger, n int) *model.Record {
	tb.Helper()
	r, err := l.New(context.Background(), "person")
	if err != nil {
		tb.Fatal(err)
	}
	name := string([]rune{surnames[n%len(surnames)], givens[n/7%len(givens)], givens[n/3%len(givens)]})
	birth := model.Date("1950-01-01").AddDays(n % 18000)
	body := fmt.Sprintf("990101%s%03d", birth[:4]+birth[5:7]+birth[8:], n/18000)
	sex := "女"
	if (body[16]-'0')%2 == 1 {
		sex = "男"
	}
	r.Set("name", name)
	r.Set("sex", sex)
	r.Set("id_number", body+string(model.IDCheckChar(body)))
	r.Set("birth_date", birth)
	r.Set("status", "正式党员")
	r.Set("joined_on", birth.AddYears(25))
	r.Set("confirmed_on", birth.AddYears(26))
	r.Set("phone", fmt.Sprintf("100%08d", n))
	r.Set("address", "石桥村"+fmt.Sprint(n%12+1)+"组")
	r.Set("dues_basis", "农民")
	r.Set("monthly_dues", int64(50))
	return r
}

func benchLedger(b *testing.B, persons int) *store.Ledger {
	b.Helper()
	l := storetest.Create(b, filepath.Join(b.TempDir(), "ledger.db"), store.Options{})
	batch := make([]*model.Record, persons)
	for i := range batch {
		batch[i] = somePerson(b, l, i)
	}
	if persons > 0 {
		if _, err := l.Save(context.Background(), model.FromSheet, batch...); err != nil {
			b.Fatal(err)
		}
	}
	return l
}

func BenchmarkSaveOne(b *testing.B) {
	l := benchLedger(b, 0)
	n := 0
	for b.Loop() {
		if _, err := l.Save(context.Background(), model.FromForm, somePerson(b, l, n)); err != nil {
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
	all := store.Query{Kind: "person", Limit: 50}
	first, err := l.Page(ctx, all)
	if err != nil {
		b.Fatal(err)
	}
	deep, err := l.Page(ctx, store.Query{Kind: "person", Limit: benchSize / 2})
	if err != nil {
		b.Fatal(err)
	}
	members := []model.Cond{model.Where("status", model.In, "正式党员", "预备党员"), model.Where("standing", model.Eq, "在册")}
	cases := []struct {
		name string
		q    store.Query
	}{
		{"page", all},
		{"page in view", store.Query{Kind: "person", Conds: members, Limit: 50}},
		{"page by date", store.Query{Kind: "person", Sort: []string{"-joined_on"}, Limit: 50}},
		{"next page", store.Query{Kind: "person", After: first.Next, Limit: 50}},
		{"deep page", store.Query{Kind: "person", After: deep.Next, Limit: 50}},
		{"last page", store.Query{Kind: "person", Last: true, Limit: 50}},
		{"find zs", store.Query{Kind: "person", Find: "zs", Limit: 50}},
		{"find none", store.Query{Kind: "person", Find: "没有此人", Limit: 50}},
		{"contains", store.Query{Kind: "person", Conds: []model.Cond{model.Where("address", model.Contains, "3组")}, Limit: 50}},
		{"around", store.Query{Kind: "person", Around: deep.Records[len(deep.Records)-1].ID, Limit: 50}},
		{"movements of zs", store.Query{Kind: "movement", Find: "zs", Limit: 50}},
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
			if n, err := l.Count(ctx, store.Query{Kind: "person", Conds: members}); err != nil || n != benchSize {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("count found", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.Count(ctx, store.Query{Kind: "person", Find: "zs"}); err != nil {
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
