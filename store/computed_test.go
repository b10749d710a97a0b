package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// peopled makes a ledger of villagers of all ages, some without a birth date, with crafts.
func peopled(t *testing.T, n int) *store.Ledger {
	t.Helper()
	l := storetest.CreateEverything(t)
	var all []*model.Record
	for i := range n {
		r := storetest.Villager(t, l, i*997)
		r.Set("name", r.Str("name")+string(rune('一'+i)))
		r.Set("trade", []string{"务农", "务工", "经商", ""}[i%4])
		if i%9 == 0 {
			r.Set("card", nil)
			r.Set("born", nil)
			r.Set("came_on", nil)
		}
		all = append(all, r)
	}
	saved := storetest.Save(t, l, all...).Records
	for i, r := range saved {
		for c := range i % 4 {
			storetest.Save(t, l, storetest.Record(t, l, "craft", "villager", r.ID, "technique", fmt.Sprintf("手艺%d", c)))
		}
	}
	return l
}

func names(t *testing.T, l *store.Ledger, q store.Query) []string {
	t.Helper()
	var got []string
	storetest.Must(t, l.Each(context.Background(), q, func(r *model.Record) error {
		got = append(got, r.Str("name"))
		return nil
	}))
	return got
}

// TestComputedFilter: conditions on derived values let through the rows whose value,
// computed one by one, meets them.
func TestComputedFilter(t *testing.T) {
	l := peopled(t, 60)
	ctx := context.Background()
	k := l.Kinds().Kind("villager")
	env := l.Env(ctx)
	p, err := l.Page(ctx, store.Query{Kind: "villager"})
	storetest.Must(t, err)
	conds := []model.Cond{
		model.Where("age", model.Ge, "60"), model.Where("age", model.Le, "35"), model.Where("age", model.Lt, "35"), model.Where("age", model.Gt, "0"),
		model.Where("age", model.Gt, "60"), model.Where("age", model.Eq, "40"), model.Where("age", model.In, "40", "41", "x"), model.Where("age", model.Ne, "40"),
		model.Where("age", model.Empty), model.Where("age", model.Filled), model.Where("age", model.Ge, "0"), model.Where("age", model.Ge, "9999"),
		model.Where("age", model.Lt, "9999"), model.Where("age", model.Contains, "6"), model.Where("age", model.Ge, "x"), model.Where("age", model.Ge, "-3"),
		model.Where("crafts", model.Ge, "2"), model.Where("crafts", model.Lt, "2"), model.Where("crafts", model.Empty), model.Where("crafts", model.Eq, "1"),
		model.Where("crafts", model.Ne, "1"), model.Where("call", model.Eq, "大婶"), model.Where("call", model.Contains, "叔"),
	}
	for i, c := range conds {
		also := model.Where("trade", model.Ne, "务农")
		q := store.Query{Kind: "villager", Conds: []model.Cond{c, also, conds[(i+5)%len(conds)]}}
		var want []string
		for _, r := range p.Records {
			probe := model.NewRecord(k.Probe())
			for j := range k.Derived {
				probe.Set(k.Derived[j].Name, k.Derived[j].Compute(env, r))
			}
			if model.Meets(probe, []model.Cond{q.Conds[0], q.Conds[2]}) && model.Meets(r, []model.Cond{also}) {
				want = append(want, r.Str("name"))
			}
		}
		if got := names(t, l, q); !slices.Equal(got, want) {
			t.Errorf("%v lets through %v, want %v", q.Conds, got, want)
		}
		if n, err := l.Count(ctx, q); err != nil || n != len(want) {
			t.Errorf("%v counts %d, want %d: %v", q.Conds, n, len(want), err)
		}
	}
}

// TestComputedOrder: rows stand by their computed values, over pages, the empty ones last.
func TestComputedOrder(t *testing.T) {
	l := peopled(t, 60)
	ctx := context.Background()
	k := l.Kinds().Kind("villager")
	for _, name := range []string{"age", "crafts", "call"} {
		d := k.DerivedValue(name)
		for _, sort := range []string{name, "-" + name} {
			var got []model.Value
			q := store.Query{Kind: "villager", Sort: []string{sort, "name"}, Limit: 7}
			for {
				p, err := l.Page(ctx, q)
				storetest.Must(t, err)
				for _, r := range p.Records {
					got = append(got, d.Compute(l.Env(ctx), r))
				}
				if p.Next == "" {
					break
				}
				q.After = p.Next
			}
			if len(got) != 60 {
				t.Fatalf("%s gives %d rows", sort, len(got))
			}
			for i := 1; i < len(got); i++ {
				a, b := got[i-1], got[i]
				if sort[0] == '-' && a != nil && b != nil {
					a, b = b, a
				}
				if a == nil && b != nil || a != nil && b != nil && order(d, a, b) > 0 {
					t.Errorf("%s: %v stands before %v", sort, got[i-1], got[i])
				}
			}
		}
	}
}

func order(d *model.Derived, a, b model.Value) int {
	if s, ok := a.(string); ok {
		return strings.Compare(model.SortKey(s), model.SortKey(b.(string)))
	}
	return d.Field().Type.Compare(a, b)
}

// TestComputedAnew: what was computed is forgotten when something is written.
func TestComputedAnew(t *testing.T) {
	l := peopled(t, 8)
	ctx := context.Background()
	q := store.Query{Kind: "villager", Conds: []model.Cond{model.Where("crafts", model.Eq, "5")}}
	if got := names(t, l, q); got != nil {
		t.Fatalf("%v have five crafts", got)
	}
	p, err := l.Page(ctx, store.Query{Kind: "villager", Conds: []model.Cond{model.Where("crafts", model.Eq, "3")}, Limit: 1})
	storetest.Must(t, err)
	for _, c := range []string{"编筐", "嫁接"} {
		storetest.Save(t, l, storetest.Record(t, l, "craft", "villager", p.Records[0].ID, "technique", c))
	}
	if got := names(t, l, q); !slices.Equal(got, []string{p.Records[0].Str("name")}) {
		t.Errorf("with two more crafts %v has five", got)
	}
}

// TestBornBy: the last day of birth of each age, on all days about a leap day.
func TestBornBy(t *testing.T) {
	for day := model.Date("2024-02-25"); day < "2025-03-05"; day = day.AddDays(1) {
		for _, years := range []int{1, 17, 18, 35, 36, 100} {
			last, ok := model.BornBy(years, day)
			if !ok || last.YearsAt(day) < years || last.AddDays(1).YearsAt(day) >= years {
				t.Fatalf("on %s of %d years: born %s, who is %d; the next day %d", day, years, last, last.YearsAt(day), last.AddDays(1).YearsAt(day))
			}
		}
	}
}

func TestSum(t *testing.T) {
	l := peopled(t, 30)
	ctx := context.Background()
	q := store.Query{Kind: "villager", Conds: []model.Cond{model.Where("age", model.Ge, "50"), model.Where("crafts", model.Filled)}, Find: "石桥"}
	n, want := 0, int64(0)
	storetest.Must(t, l.Each(ctx, q, func(r *model.Record) error {
		n, want = n+1, want+r.Int("share")
		return nil
	}))
	got, sums, err := l.Sum(ctx, q, "share")
	if err != nil || got != n || sums["share"] != want || want == 0 {
		t.Errorf("%d rows with %v, want %d with %d: %v", got, sums, n, want, err)
	}
	q.Find = "没有这个"
	if got, sums, err := l.Sum(ctx, q, "share"); err != nil || got != 0 || len(sums) != 0 {
		t.Errorf("of no rows %d, %v, %v", got, sums, err)
	}
}

// TestCrosstab: every cell and total is the count of the records that its conditions give.
func TestCrosstab(t *testing.T) {
	l := peopled(t, 60)
	ctx := context.Background()
	for _, kind := range []string{"villager", "craft"} {
		axes := store.Axes(l.Kinds().Kind(kind))
		if len(axes) < 1 {
			t.Fatalf("%s has no axes", kind)
		}
		for _, a := range axes {
			for _, b := range axes {
				q := store.Query{Kind: kind}
				if kind == "villager" {
					q.Conds = []model.Cond{model.Where("crafts", model.Filled)}
				}
				c, err := l.Crosstab(ctx, q, a, b)
				storetest.Must(t, err)
				checkCrosstab(t, l, q, a.Name()+" × "+b.Name(), c)
			}
		}
	}
}

func checkCrosstab(t *testing.T, l *store.Ledger, q store.Query, what string, c store.Crosstab) {
	t.Helper()
	count := func(groups ...store.Group) int {
		all := q
		for _, g := range groups {
			all.Conds = slices.Concat(all.Conds, g.Conds)
		}
		n, err := l.Count(context.Background(), all)
		storetest.Must(t, err)
		return n
	}
	if want := count(); c.Total != want {
		t.Errorf("%s: in all %d, want %d", what, c.Total, want)
	}
	for i, r := range c.Rows {
		if want := count(r); r.Total != want {
			t.Errorf("%s: %s has %d, want %d", what, r.Title, r.Total, want)
		}
		for j, col := range c.Cols {
			if want := count(r, col); c.Cells[i][j] != want {
				t.Errorf("%s: %s, %s has %d, want %d", what, r.Title, col.Title, c.Cells[i][j], want)
			}
		}
	}
	for _, col := range c.Cols {
		if want := count(col); col.Total != want {
			t.Errorf("%s: %s has %d, want %d", what, col.Title, col.Total, want)
		}
	}
}

// TestBestFirst: a query gives what fits best first, over pages as on one.
func TestBestFirst(t *testing.T) {
	l := storetest.CreateEverything(t)
	for i, n := range []string{"褚文", "周文", "赵海", "张海", "石张", "曾一", "单四", "丁单"} {
		storetest.Save(t, l, storetest.Record(t, l, "villager", "name", n, "sex", "男", "phone", fmt.Sprintf("1000000%04d", i), "address", "张庄"))
	}
	for _, c := range []struct{ find, want string }{
		{"zh", "张海 赵海 周文 褚文 丁单 石张"}, {"zhang", "张海 石张"}, {"张", "张海 石张 褚文 丁单 单四 曾一 赵海 周文"},
		{"zhu", "褚文"}, {"shan", "单四 丁单"}, {"zeng", "曾一"}, {"0003", "张海"}, {"wen zh", "褚文 周文"},
	} {
		want := strings.Split(c.want, " ")
		got := names(t, l, store.Query{Kind: "villager", Find: c.find, Best: true})
		if !slices.Equal(got[:min(len(got), len(want))], want) {
			t.Errorf("%s gives %v, want %v", c.find, got, want)
		}
		paged := store.Query{Kind: "villager", Find: c.find, Best: true, Limit: 2}
		var again []string
		for {
			p, err := l.Page(context.Background(), paged)
			storetest.Must(t, err)
			for _, r := range p.Records {
				again = append(again, r.Str("name"))
			}
			if p.Next == "" {
				break
			}
			paged.After = p.Next
		}
		if !slices.Equal(again, got) {
			t.Errorf("%s over pages gives %v, on one %v", c.find, again, got)
		}
	}
	// What was typed is text, whatever it holds.
	for _, find := range []string{"'", "''; DROP TABLE villager", "张'", "\x00"} {
		if _, err := l.Page(context.Background(), store.Query{Kind: "villager", Find: find, Best: true}); err != nil {
			t.Errorf("%q: %v", find, err)
		}
	}
}

// TestTooManyToCompute: a bound that says what to do, and years since a date have none.
func TestTooManyToCompute(t *testing.T) {
	if testing.Short() {
		t.Skip("it writes 20,001 records")
	}
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Source: storetest.Clock(1)})
	ctx := context.Background()
	batch := make([]*model.Record, 20001)
	for i := range batch {
		batch[i] = storetest.Villager(t, l, i)
	}
	_, err := l.Save(ctx, model.AsRecorded, batch...)
	storetest.Must(t, err)
	var coded *model.Error
	_, err = l.Page(ctx, store.Query{Kind: "villager", Sort: []string{"crafts"}, Limit: 20})
	if !errors.As(err, &coded) || coded.Code != "E-TOOMANY" {
		t.Errorf("sorted by crafts: %v", err)
	}
	young := model.Where("age", model.Le, "35")
	n, err := l.Count(ctx, store.Query{Kind: "villager", Conds: []model.Cond{young}})
	if err != nil || n == 0 {
		t.Errorf("%d are young: %v", n, err)
	}
	if _, err = l.Page(ctx, store.Query{Kind: "villager", Conds: []model.Cond{young}, Sort: []string{"-age", "call"}, Limit: 20}); err != nil {
		t.Errorf("the young by age and call: %v", err)
	}
}
