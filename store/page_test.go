package store_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestFilterAgreesWithMeets asks every field by every comparison and holds the rows
// against model.Meets.
func TestFilterAgreesWithMeets(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	l := storetest.CreateEverything(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	all := slices.DeleteFunc(storetest.RandomThings(t, l, 60, rnd), func(r *model.Record) bool { return r.DeletedAt != "" })
	ops := []model.Op{model.Eq, model.Ne, model.Lt, model.Le, model.Gt, model.Ge, model.In, model.Contains, model.Empty, model.Filled, "?"}
	names := []string{"id", "org_id"}
	for _, f := range all[0].Kind.Fields() {
		names = append(names, f.Name)
	}
	for _, name := range names {
		for _, op := range ops {
			for _, values := range candidates(all, name, rnd) {
				c := model.Where(name, op, values...)
				checkQuery(t, l, all, store.Query{Kind: "thing", Conds: []model.Cond{c}, Sort: []string{}})
			}
		}
	}
	for range 100 {
		var conds []model.Cond
		for range 3 {
			name := names[rnd.IntN(len(names))]
			values := candidates(all, name, rnd)
			conds = append(conds, model.Where(name, ops[rnd.IntN(len(ops))], values[rnd.IntN(len(values))]...))
		}
		checkQuery(t, l, all, store.Query{Kind: "thing", Conds: conds, Sort: []string{}})
	}
}

// candidates gives lists of values to compare a field with: none, on file, parts of
// what is shown, and such as can't be.
func candidates(all []*model.Record, name string, rnd *rand.Rand) [][]string {
	lists := [][]string{nil, {""}, {"不存在"}, {"01"}, {"3", "5"}, {"甲"}, {"在1"}, {"1"}, {"%"}, {"2026-01-01"}}
	for range 2 {
		r := all[rnd.IntN(len(all))]
		f := r.Kind.Field(name)
		if f == nil {
			lists = append(lists, []string{r.ID}, []string{r.OrgID, r.ID})
			continue
		}
		if v := r.Get(name); v != nil {
			text := []rune(r.Text(name))
			lists = append(lists, []string{f.Type.CSV(f, v)}, strings.Split(f.Type.CSV(f, v), ";"),
				[]string{string(text)}, []string{string(text[:len(text)/2+1])}, []string{strings.ToUpper(string(text)), "锄"})
		}
	}
	return lists
}

func checkQuery(t *testing.T, l *store.Ledger, all []*model.Record, q store.Query) {
	t.Helper()
	p, err := l.Page(context.Background(), q)
	if err != nil {
		t.Fatalf("%v: %v", q.Conds, err)
	}
	var want []string
	for _, r := range all {
		if model.Meets(r, q.Conds) {
			want = append(want, r.ID)
		}
	}
	if got := ids(p.Records); !slices.Equal(got, want) {
		t.Errorf("%v: %d rows, want %d", q.Conds, len(got), len(want))
	}
	n, err := l.Count(context.Background(), q)
	if err != nil || n != len(want) {
		t.Errorf("%v: count %d, %v, want %d", q.Conds, n, err, len(want))
	}
}

func ids(rs []*model.Record) []string {
	var all []string
	for _, r := range rs {
		all = append(all, r.ID)
	}
	return all
}

// TestPages turns through all rows in both directions, by every field up and down
// and by pairs of fields, and holds them against the values' own order.
func TestPages(t *testing.T) {
	l := storetest.CreateEverything(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	all := storetest.RandomThings(t, l, 40, rnd)
	var sorts [][]string
	for _, f := range all[0].Kind.Fields() {
		sorts = append(sorts, []string{f.Name}, []string{"-" + f.Name}, []string{f.Name, "-count"}, []string{"-good", "color", f.Name})
	}
	for _, sort := range append(sorts, nil, []string{}) {
		t.Run(strings.Join(sort, ","), func(t *testing.T) { turnAll(t, l, all, sort) })
	}
}

func turnAll(t *testing.T, l *store.Ledger, all []*model.Record, sort []string) {
	ctx := context.Background()
	keys := sort
	if sort == nil {
		keys = all[0].Kind.Sort
	}
	sorted := slices.DeleteFunc(slices.Clone(all), func(r *model.Record) bool { return r.DeletedAt != "" })
	slices.SortFunc(sorted, func(a, b *model.Record) int { return compare(all, a, b, keys) })
	want := ids(sorted)
	for _, size := range []int{3, len(want), len(want) + 1} {
		q := store.Query{Kind: "thing", Sort: sort, Limit: size}
		var forward, backward []string
		var p store.Page
		for {
			var err error
			if p, err = l.Page(ctx, q); err != nil {
				t.Fatal(err)
			}
			if first := len(forward) == 0; first != (p.Prev == "") {
				t.Errorf("size %d: Prev is %q after %d rows", size, p.Prev, len(forward))
			}
			forward = append(forward, ids(p.Records)...)
			if q.After = p.Next; p.Next == "" {
				break
			}
		}
		if !slices.Equal(forward, want) {
			t.Errorf("size %d: forward wrong", size)
		}
		q = store.Query{Kind: "thing", Sort: sort, Limit: size, Last: true}
		for {
			var err error
			if p, err = l.Page(ctx, q); err != nil {
				t.Fatal(err)
			}
			if last := len(backward) == 0; last != (p.Next == "") {
				t.Errorf("size %d: Next is %q before %d rows", size, p.Next, len(backward))
			}
			backward = append(ids(p.Records), backward...)
			if q.Last, q.Before = false, p.Prev; p.Prev == "" {
				break
			}
		}
		if !slices.Equal(backward, want) {
			t.Errorf("size %d: backward wrong", size)
		}
	}
	around(t, l, want, sort)
}

func around(t *testing.T, l *store.Ledger, want []string, sort []string) {
	for i, id := range want {
		if i%5 != 0 {
			continue
		}
		p, err := l.Page(context.Background(), store.Query{Kind: "thing", Sort: sort, Limit: 5, Around: id})
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(p.Records); !slices.Equal(got, want[i:min(i+5, len(want))]) || p.At != i || (p.Prev == "") != (i == 0) {
			t.Errorf("around row %d: at %d, Prev %q", i, p.At, p.Prev)
		}
	}
	p, err := l.Page(context.Background(), store.Query{Kind: "thing", Sort: sort, Limit: 5, Around: "no such id"})
	if got := ids(p.Records); err != nil || !slices.Equal(got, want[:5]) || p.At != 0 {
		t.Errorf("around nothing: %v, %v", got, err)
	}
}

// compare is the order that the store promises, in Go.
func compare(all []*model.Record, a, b *model.Record, keys []string) int {
	for _, name := range keys {
		name, desc := strings.CutPrefix(name, "-")
		x, y := keyOf(all, a, name), keyOf(all, b, name)
		switch {
		case x == nil && y == nil:
			continue
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		n := 0
		switch x := x.(type) {
		case string:
			n = cmp.Compare(x, y.(string))
		case int:
			n = cmp.Compare(x, y.(int))
		case int64:
			n = cmp.Compare(x, y.(int64))
		}
		if desc {
			n = -n
		}
		if n != 0 {
			return n
		}
	}
	if len(keys) > 0 && strings.HasPrefix(keys[0], "-") {
		return cmp.Compare(b.ID, a.ID)
	}
	return cmp.Compare(a.ID, b.ID)
}

// keyOf gives what a record sorts by: string, int or int64, nil when empty.
func keyOf(all []*model.Record, r *model.Record, name string) any {
	f, v := r.Kind.Field(name), r.Get(name)
	if v == nil {
		return nil
	}
	nameOf := func(id string) any {
		for _, t := range all {
			if t.ID == id && t.Str("title") != "" {
				return model.SortKey(t.Str("title"))
			}
		}
		return nil
	}
	switch f.Type {
	case model.TypeText:
		return model.SortKey(v.(string))
	case model.TypeBool:
		return fmt.Sprint(v) // false stands before true either way
	case model.TypeChoices:
		return f.Type.Encode(v)
	case model.TypeRef:
		return nameOf(v.(string))
	case model.TypeRefs:
		var least any
		for _, id := range v.([]string) {
			if k := nameOf(id); k != nil && (least == nil || k.(string) < least.(string)) {
				least = k
			}
		}
		return least
	case model.TypeRoll:
		return len(v.([]model.Mark))
	}
	return v
}

func TestPageRefuses(t *testing.T) {
	l := storetest.CreateEverything(t)
	if _, err := l.Page(t.Context(), store.Query{Kind: "nothing"}); storetest.Code(err) != "E-KIND" {
		t.Errorf("unknown kind: page: %v", err)
	}
	if _, err := l.Count(t.Context(), store.Query{Kind: "nothing"}); storetest.Code(err) != "E-KIND" {
		t.Errorf("unknown kind: count: %v", err)
	}
	if _, err := l.Page(t.Context(), store.Query{Kind: "物品"}); storetest.Code(err) != "E-KIND" || !strings.Contains(err.Error(), "thing") {
		t.Errorf("a kind by its title: %v", err)
	}
	if _, err := l.Page(context.Background(), store.Query{Kind: "thing", After: "?"}); err == nil {
		t.Error("a cursor that is none was taken")
	}
}

func TestEachAndRecycleBin(t *testing.T) {
	l := storetest.CreateEverything(t)
	all := storetest.RandomThings(t, l, 30, rand.New(rand.NewPCG(5, 6)))
	for _, deleted := range []bool{false, true} {
		var got []string
		err := l.Each(context.Background(), store.Query{Kind: "thing", Sort: []string{}, Deleted: deleted, Limit: 3, After: "?"}, func(r *model.Record) error {
			got = append(got, r.ID)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		want := ids(slices.DeleteFunc(slices.Clone(all), func(r *model.Record) bool { return (r.DeletedAt != "") != deleted }))
		if !slices.Equal(got, want) {
			t.Errorf("deleted %v: %d rows, want %d", deleted, len(got), len(want))
		}
	}
}

// TestUnknownFieldPanics: a name that the kind lacks is a fault of the program, found
// also where there is no record.
func TestUnknownFieldPanics(t *testing.T) {
	l := storetest.CreateEverything(t)
	ctx := t.Context()
	wrong := []model.Cond{model.Where("title", model.Eq, "1"), model.Where("nothing", model.Eq, "1")}
	for what, fn := range map[string]func() error{
		"page":  func() error { _, err := l.Page(ctx, store.Query{Kind: "thing", Conds: wrong}); return err },
		"count": func() error { _, err := l.Count(ctx, store.Query{Kind: "thing", Conds: wrong}); return err },
		"sort": func() error {
			_, err := l.Page(ctx, store.Query{Kind: "thing", Sort: []string{"-nothing"}})
			return err
		},
		"lookup":  func() error { _, err := l.Env(ctx).Look.Find("thing", wrong...); return err },
		"suggest": func() error { _, err := l.Suggest(ctx, "thing", "nothing", "", 5); return err },
	} {
		func() {
			defer func() {
				if p := recover(); fmt.Sprint(p) != "model: thing has no field nothing" {
					t.Errorf("%s: the panic says %v", what, p)
				}
			}()
			t.Errorf("%s: no panic, but %v", what, fn())
		}()
	}
	if n, err := l.Count(ctx, store.Query{Kind: "thing"}); err != nil || n != 0 {
		t.Errorf("afterwards: %d, %v", n, err)
	}
}

// TestEachNoticesAPageThatLeadsToItself: it would be read for ever.
func TestEachNoticesAPageThatLeadsToItself(t *testing.T) {
	r := model.NewRecord(storetest.Everything().Kind("thing"))
	for _, pages := range [][]string{{"a", "b", ""}, {"a", "b", "b", ""}} {
		read := 0
		err := store.EachOf(store.Query{Kind: "thing"}, func(q store.Query) (store.Page, error) {
			p := store.Page{Records: []*model.Record{r}, Next: pages[read]}
			if read > 0 && q.After != pages[read-1] {
				t.Errorf("page %d is after %q", read, q.After)
			}
			read++
			return p, nil
		}, func(*model.Record) error { return nil })
		if stuck := len(pages) == 4; stuck != (err != nil) || read != 3 {
			t.Errorf("%q: %d pages read, %v", pages, read, err)
		}
	}
}
