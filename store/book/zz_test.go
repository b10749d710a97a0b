package book_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
)

func TestZZ(t *testing.T) {
	ctx := context.Background()
	for _, p := range []string{"s", "big"} {
		l, err := book.Open(ctx, "/tmp/h4/"+p+"/ledger.db", store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		k := l.Kinds().Kind("person")
		v, _ := k.View("")
		conds := v.Conds(l.Source().Today())
		fmt.Println("==", p, v.Name, conds, k.Sort)
		best := func(name string, f func() int) {
			var min time.Duration = 1 << 60
			n := 0
			for range 7 {
				t0 := time.Now()
				n = f()
				if d := time.Since(t0); d < min {
					min = d
				}
			}
			fmt.Printf("%-28s %8.2f ms  n=%d\n", name, float64(min.Microseconds())/1000, n)
		}
		page := func(q store.Query) func() int {
			return func() int {
				q.Limit = 42
				p, err := l.Page(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				return len(p.Records)
			}
		}
		q := store.Query{Kind: "person", Conds: conds}
		best("first", page(q))
		pg, _ := l.Page(ctx, store.Query{Kind: "person", Conds: conds, Limit: 42})
		q2 := q
		q2.After = pg.Next
		best("after", page(q2))
		q2 = q
		q2.Last = true
		best("last", page(q2))
		q2 = q
		q2.Around = pg.Records[20].ID
		best("around", page(q2))
		best("count", func() int { n, _ := l.Count(ctx, q); return n })
		best("countall", func() int { n, _ := l.Count(ctx, store.Query{Kind: "person"}); return n })
		best("sum", func() int { n, _, _ := l.Sum(ctx, q); return n })
		for _, f := range []string{"z", "zs", "zhangsan", "王", "王明", "李", "990101", "10012", "qqqqq"} {
			q3 := q
			q3.Find, q3.Best = f, true
			best("find "+f, page(q3))
			q3.Sort = []string{"birth_date"}
			q3.Best = false
			best("find sorted "+f, page(q3))
			best("count "+f, func() int { n, _ := l.Count(ctx, q3); return n })
		}
		for _, s := range []string{"birth_date", "-join_date", "sex", "education", "phone"} {
			if k.Field(s) == nil && k.Field(s[1:]) == nil {
				continue
			}
			q3 := q
			q3.Sort = []string{s}
			best("sort "+s, page(q3))
		}
		_ = model.NoRank
		l.Close()
	}
}
