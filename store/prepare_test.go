package store_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// typedAtRandom gives what somebody may type: a part of a name, its pinyin, its initials, a
// number or an address, and now and then what nobody is found by.
func typedAtRandom(dice *rand.Rand, rs []*model.Record) string {
	r := rs[dice.IntN(len(rs))]
	texts := append(strings.Split(model.SearchName(r.Str("name")), "\n"), r.Str("phone"), r.Str("address"), "务农", "男", "没有", "qq", "单", "n", "ng", "1")
	text := []rune(texts[dice.IntN(len(texts))])
	if len(text) == 0 {
		return "z"
	}
	from := dice.IntN(len(text)) * dice.IntN(2)
	return string(text[from:min(len(text), from+1+dice.IntN(4))])
}

// foundPages gives the ids of a search's first pages, as far as they are turned over, and the
// places where they begin and end.
func foundPages(tb *testing.T, l *store.Ledger, q store.Query) (all []string) {
	tb.Helper()
	for range 4 {
		p, err := l.Page(context.Background(), q)
		storetest.Must(tb, err)
		for _, r := range p.Records {
			all = append(all, r.ID)
		}
		all = append(all, "next "+p.Next, "prev "+p.Prev)
		if q.After = p.Next; p.Next == "" {
			break
		}
	}
	return all
}

// TestPreparedFindsTheSame: what is held in memory of many records gives the same pages as
// going through all of them, also after saves, deletions and undoing, when it is read anew;
// it is never asked while it is older than the ledger.
func TestPreparedFindsTheSame(t *testing.T) {
	ctx, dice := context.Background(), rand.New(rand.NewPCG(5, 6))
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Source: storetest.Clock(1)})
	rs := make([]*model.Record, 1500)
	for i := range rs {
		rs[i] = storetest.Villager(t, l, i)
		if i%7 == 0 {
			rs[i].Set("name", []string{"单雄", "曾", "南", "Anna", "长孙无忌", "尉迟恭"}[i/7%6])
		}
		if i%400 == 0 { // so few that a page of them is looked for on file
			rs[i].Set("lives", "外出")
		}
	}
	storetest.Save(t, l, rs...)
	gone := storetest.Villager(t, l, 3000)
	gone.Set("name", "张已删")
	gone = storetest.Save(t, l, gone).Records[0]
	for round := range 3 {
		var queries []store.Query
		for range 50 {
			q := store.Query{Kind: "villager", Find: typedAtRandom(dice, rs), Best: true, Limit: 1 + dice.IntN(40)}
			switch dice.IntN(4) {
			case 0:
				q.Conds = []model.Cond{model.Where("lives", model.Eq, "外出")}
			case 1:
				q.Conds = []model.Cond{model.Where("sex", model.Eq, "女")}
			}
			queries = append(queries, q)
		}
		var want [][]string
		if l.Prepared("villager") != 0 {
			t.Fatal("a write has not let it go")
		}
		for _, q := range queries {
			want = append(want, foundPages(t, l, q))
		}
		storetest.Must(t, l.Prepare(ctx, "villager"))
		if n := l.Prepared("villager"); n != 1501 {
			t.Fatalf("%d records are held", n)
		}
		for i, q := range queries {
			if got := foundPages(t, l, q); !reflect.DeepEqual(got, want[i]) {
				t.Fatalf("round %d: %q %v, %d a page:\n%v, not\n%v", round, q.Find, q.Conds, q.Limit, got, want[i])
			}
		}
		storetest.Must(t, l.SetSetting(ctx, "columns.villager", "name"))
		if l.Prepared("villager") == 0 {
			t.Error("a setting lets it go")
		}
		switch round {
		case 0:
			storetest.Must(t, l.Delete(ctx, "villager", gone.ID))
		case 1:
			_, err := l.Undo(ctx)
			storetest.Must(t, err)
			if l.Prepared("villager") != 0 {
				t.Fatal("undoing has not let it go")
			}
		}
		rs[round].Set("name", "张新名")
		rs[round] = storetest.Save(t, l, rs[round]).Records[0]
	}
}

// TestPreparedWhileWritten: what was read while something was written is not kept.
func TestPreparedWhileWritten(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Source: storetest.Clock(1)})
	rs := make([]*model.Record, 1500)
	for i := range rs {
		rs[i] = storetest.Villager(t, l, i)
	}
	storetest.Save(t, l, rs...)
	read := make(chan error, 1)
	for n := range 20 {
		go func() { read <- l.Prepare(ctx, "villager") }()
		storetest.Save(t, l, storetest.Villager(t, l, 2000+n))
		storetest.Must(t, <-read)
		if held := l.Prepared("villager"); held != 0 && held != 1501+n {
			t.Fatalf("of %d records %d are held", 1501+n, held)
		}
	}
}
