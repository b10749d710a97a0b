package book_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/storetest"
)

// ordinaryVillage is a ledger of 300 members.
func ordinaryVillage(tb testing.TB, path string) (l *store.Ledger, members []string) {
	tb.Helper()
	l, err := book.Create(context.Background(), path, storetest.Village, store.Options{Source: storetest.Clock(3)})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := l.Close(); err != nil {
			tb.Error(err)
		}
	})
	recs := make([]*model.Record, 300)
	for i := range recs {
		recs[i] = newMember(tb, l, i)
	}
	saved, err := l.Save(context.Background(), model.FromSheet, recs...)
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range saved.Records[:len(recs)] {
		members = append(members, r.ID)
	}
	return l, members
}

func newMember(tb testing.TB, l *store.Ledger, i int) *model.Record {
	return storetest.Record(tb, l, "person", "name", fmt.Sprintf("张%c%c", rune(0x4e00+i%900), rune(0x5000+i%97)), "sex", "男", "status", "正式党员",
		"birth_date", string(model.Date("1950-01-01").AddDays(i%600*20)), "joined_on", "1995-07-01", "confirmed_on", "1996-07-01", "phone", fmt.Sprintf("100%08d", i))
}

// daily are records as a secretary saves them, each with the n-th of its kind.
func daily(tb testing.TB, l *store.Ledger, members []string) map[string]func(n int) *model.Record {
	of := func(n int) string { return members[n%len(members)] }
	day := func(n int) string { return string(l.Source().Today().AddDays(-(n % 20))) }
	return map[string]func(n int) *model.Record{
		"dues": func(n int) *model.Record {
			return storetest.Record(tb, l, "dues", "person", of(n), "month", string(model.Month("2026-10").Add(-(n/len(members))%9)), "amount", "5", "paid_on", string(l.Source().Today()))
		},
		"talk": func(n int) *model.Record {
			return storetest.Record(tb, l, "talk", "person", of(n), "talker", of(n+1), "held_on", day(n), "topic", "思想", "content", "谈了近来的生产和生活,没有困难")
		},
		"person": func(n int) *model.Record { return newMember(tb, l, 1000+n) },
		"activity": func(n int) *model.Record {
			r := storetest.Record(tb, l, "activity", "kind", "支部党员大会", "title", fmt.Sprintf("第%d次党员大会", n), "held_on", day(n), "place", "村委会")
			var marks []model.Mark
			for i := range 40 {
				marks = append(marks, model.Mark{Target: of(i), State: "到会"})
			}
			r.Set("attendance", marks)
			return r
		},
	}
}

// BenchmarkSave holds a save of everyday records against the bare durable transaction that
// writes the same rows.
func BenchmarkSave(b *testing.B) {
	path := filepath.Join(b.TempDir(), "ledger.db")
	l, members := ordinaryVillage(b, path)
	for _, kind := range []string{"dues", "talk", "person", "activity"} {
		next := daily(b, l, members)[kind]
		from := 0
		b.Run(kind, func(b *testing.B) {
			copied := filepath.Join(b.TempDir(), "bare.db")
			if err := l.Backup(context.Background(), copied); err != nil {
				b.Fatal(err)
			}
			bare := storetest.NewBare(b, copied)
			b.ResetTimer()
			ours, yardstick := bare.AgainstBare(b, l, b.N, func(i int) *model.Record { return next(from + i) })
			from += b.N
			b.ReportMetric(float64(ours)/1e3, "µs/save")
			b.ReportMetric(float64(yardstick)/1e3, "µs/bare")
			b.ReportMetric(float64(ours)/float64(yardstick), "ours/bare")
		})
	}
}
