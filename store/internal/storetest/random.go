package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"taizhang/model"
	"taizhang/store"
)

// RandomThings saves things whose fields are filled at random, often alike and
// often empty, some of them in the recycle bin. They are given as they are on file.
func RandomThings(tb testing.TB, l *store.Ledger, n int, rnd *rand.Rand) []*model.Record {
	tb.Helper()
	k := l.Kinds().Kind("thing")
	var ids []string
	for i := range n {
		r := model.NewRecord(k)
		for _, f := range k.Fields() {
			if f.Name == "phone" || rnd.IntN(3) == 0 {
				continue
			}
			r.Set(f.Name, RandomValue(f, ids, rnd))
		}
		r.Set("phone", fmt.Sprintf("100%08d", i/2))
		if i%2 == 0 {
			r.Set("phone", nil)
		}
		Save(tb, l, r)
		ids = append(ids, r.ID)
	}
	for _, id := range ids[:n/10] {
		if err := l.Delete(context.Background(), "thing", id); err != nil {
			tb.Fatal(err)
		}
	}
	var all []*model.Record
	for _, id := range ids {
		r, err := l.Get(context.Background(), "thing", id)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// RandomValue gives a value that a field may hold; refs are among ids.
func RandomValue(f *model.Field, ids []string, rnd *rand.Rand) model.Value {
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	some := func(list []string) []string {
		var chosen []string
		for _, s := range list {
			if rnd.IntN(3) == 0 && len(chosen) < 3 {
				chosen = append(chosen, s)
			}
		}
		return chosen
	}
	switch f.Type {
	case model.TypeBool:
		return rnd.IntN(2) == 0
	case model.TypeYear:
		return int64(2020 + rnd.IntN(4))
	case model.TypeInt:
		return int64(rnd.IntN(12))
	case model.TypeMoney:
		return int64(rnd.IntN(5)) * 1050
	case model.TypeDate:
		return string(model.Date("2025-12-28").AddDays(rnd.IntN(9)))
	case model.TypeMonth:
		return pick("2025-11", "2025-12", "2026-01")
	case model.TypeChoice:
		return pick(f.Choices...)
	case model.TypeChoices:
		return some(f.Choices)
	case model.TypeIDNumber:
		return pick("99010119900101001X", "990101199001010028", "990101198501010036")
	case model.TypeOrgCode:
		return pick("990101001")
	case model.TypeRef:
		if len(ids) == 0 {
			return nil
		}
		return pick(ids...)
	case model.TypeRefs:
		return some(ids)
	case model.TypeRoll:
		var marks []model.Mark
		for _, id := range some(ids) {
			marks = append(marks, model.Mark{Target: id, State: pick(f.Choices...)})
		}
		return marks
	case model.TypeNote:
		return pick("第一行\n第二行", "ABC def", "100%", "下_划线", "反\\斜线")
	}
	return pick("锄头", "铁锹", "水泵", "A型 水管", "100%棉", "a_b", "收音机", "银杏", "重庆 火锅")
}
