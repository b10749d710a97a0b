package paper_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// inYear asks for a paper of a year.
func inYear(l *store.Ledger, year int) *page.Request {
	q := paper.Ask(ctx, l)
	q.InYear(year)
	return q
}

func readShelf(t *testing.T, l *store.Ledger, year int) []*paper.ShelfLedger {
	t.Helper()
	all, err := paper.ReadShelf(ctx, inYear(l, year))
	must(t, err)
	return all
}

// lines gives what is missing: 07 没有培训计划.
func lines(all []*paper.ShelfLedger) []string {
	var found []string
	for _, l := range all {
		for _, m := range l.Missing {
			found = append(found, fmt.Sprintf("%02d %s", l.No, m.Text))
		}
	}
	return found
}

// TestShelf: the set has the 24 ledgers in their order, as many kept as G01 counts, each
// with as many rows as records; every line of what is missing leads to a form.
func TestShelf(t *testing.T) {
	t.Parallel()
	l := demoVillage(t)
	for _, year := range []int{2026, 2025} {
		all := readShelf(t, l, year)
		p, err := count.YearPeriod(l, year)
		must(t, err)
		sum, err := count.Summarize(ctx, l, count.SummaryQuery{Period: p, OnFile: true})
		must(t, err)
		kept := int64(0)
		for i, s := range all {
			if s.No != i+1 {
				t.Errorf("%d: ledger %d stands at place %d", year, s.No, i+1)
			}
			if s.Count() > 0 {
				kept++
			}
			formsOpen(t, l, s)
		}
		g := sum.Groups[0].Values["G01"]
		if len(all) != 24 || g["asked"][""] != 24 || g["kept"][""] != kept || kept < 15 {
			t.Errorf("%d: %d ledgers, %d kept; G01 counts %d of %d", year, len(all), kept, g["kept"][""], g["asked"][""])
		}
		made, err := paper.Make(ctx, paper.Find("shelf"), inYear(l, year))
		must(t, err)
		var firsts []string
		for _, p := range made.Pages {
			if !strings.Contains(p.Name, "-") {
				firsts = append(firsts, p.Name)
			}
		}
		if len(firsts) != 27 || firsts[0] != "封面" || firsts[1] != "目录" || firsts[2] != "缺项清单" || firsts[3] != "01 党支部情况" || firsts[26] != "24 五好申报与考核" {
			t.Errorf("%d: tabs %q", year, firsts)
		}
		contents := strings.Join(made.Pages[1].Lines(), "\n")
		for _, s := range all {
			if !strings.Contains(contents, s.Title) {
				t.Errorf("%d: the contents don't name %s", year, s.Title)
			}
		}
	}
}

// formsOpen makes the record that each line of what is missing begins, and reads the one
// that it leads to.
func formsOpen(t *testing.T, l *store.Ledger, s *paper.ShelfLedger) {
	t.Helper()
	for _, m := range s.Missing {
		k := l.Kinds().Kind(m.Kind)
		if k == nil {
			t.Errorf("%s %s: no kind %q", s.Name(), m.Text, m.Kind)
			continue
		}
		if m.ID != "" {
			r, err := l.Get(ctx, m.Kind, m.ID)
			must(t, err)
			if k.Field(m.Field) == nil || r.Filled(m.Field) {
				t.Errorf("%s %s: leads to %s.%s, which is filled", s.Name(), m.Text, m.Kind, m.Field)
			}
			continue
		}
		r, err := l.New(ctx, m.Kind)
		must(t, err)
		for field, v := range m.Preset {
			r.Set(field, v) // panics on a field that is none
			if f := k.Field(field); r.Filled(field) && f.Type == model.TypeChoice && !slices.Contains(f.Choices, r.Str(field)) {
				t.Errorf("%s %s: %s is no choice of %s.%s", s.Name(), m.Text, r.Str(field), m.Kind, field)
			}
		}
	}
}

// TestMissingIsFilled: in a ledger with one member all is missing; a record saved with
// what its line begins with takes the line away, and no other.
func TestMissingIsFilled(t *testing.T) {
	t.Parallel()
	l := newOffice(t).village
	before := lines(readShelf(t, l, 2026))
	for _, want := range []string{"01 没有任期目标(任期规划)", "07 没有培训计划", "08 党课不够:三季度", "09 2 名党员没有评议结果(年底前要有)", "10 2 名党员没有谈心谈话的记录(年底前要有)",
		"12 一条记录也没有", "17 没有走访的记录", "20 没有党务公开的记录", "21 一条记录也没有(确实没有发生的,不用补)", "24 没有五好自评(年底前要有)"} {
		if !slices.ContainsFunc(before, func(s string) bool {
			return s == want || strings.HasPrefix(want, "08") && strings.HasPrefix(s, "08 党课不够:")
		}) {
			t.Errorf("%q is not among what is missing:\n%s", want, strings.Join(before, "\n"))
		}
	}
	fill := func(no int, text string, set map[string]model.Value) {
		t.Helper()
		all := readShelf(t, l, 2026)
		was := lines(all)
		i := slices.IndexFunc(all[no-1].Missing, func(m paper.Missing) bool { return strings.Contains(m.Text, text) })
		if i < 0 {
			t.Fatalf("%s is not missing: %q", text, was)
		}
		m := all[no-1].Missing[i]
		r, err := l.New(ctx, m.Kind)
		must(t, err)
		for field, v := range m.Preset {
			r.Set(field, v)
		}
		for field, v := range set {
			r.Set(field, v)
		}
		_, err = l.Save(ctx, model.FromForm, r)
		must(t, err)
		now := lines(readShelf(t, l, 2026))
		gone := slices.DeleteFunc(slices.Clone(was), func(s string) bool { return slices.Contains(now, s) })
		if len(gone) != 1 || !strings.Contains(gone[0], text) {
			t.Errorf("filling in %s takes away %q", text, gone)
		}
	}
	fill(7, "没有培训计划", map[string]model.Value{"title": "2026年培训计划"})
	fill(12, "一条记录也没有", map[string]model.Value{"title": "果树培训", "topic": "生产技术", "method": "集中培训", "organizer": "镇农技站", "started_on": "2026-05-06"})
	fill(16, "没有党组织的承诺", map[string]model.Value{"item": "修好东渠"})
	fill(20, "没有党务公开的记录", map[string]model.Value{"title": "三季度党务公开"})
}

// TestShelfTakesPapersMadeForIt: a paper of the right name stands in place of the general
// list; one that has nothing to say doesn't. It may not run beside tests that list all.
func TestShelfTakesPapersMadeForIt(t *testing.T) {
	l := demoVillage(t)
	before := paper.All
	defer func() { paper.All = before }()
	none := func(name string, sheets []page.Sheet) *page.Paper {
		return &page.Paper{Name: name, Title: name, Group: "试", Over: page.OverYear, Make: func(context.Context, *page.Request) ([]page.Sheet, error) { return sheets, nil }}
	}
	paper.All = append([]*page.Paper{
		none("talk-year", []page.Sheet{{Name: "谈", Title: "谈话专用表", Blocks: []page.Block{page.Lines{Text: []string{"专用"}}}}}),
		none("dues-year", nil),
		{Name: "election-report", Title: "记录", Group: "试", Over: page.OverRecord, Kind: "election", Make: func(_ context.Context, q *page.Request) ([]page.Sheet, error) {
			return []page.Sheet{{Name: "记", Title: "选举记录", Blocks: []page.Block{page.Lines{Text: []string{q.Record.ID}}}}}, nil
		}}}, slices.DeleteFunc(slices.Clone(before), func(p *page.Paper) bool {
		return slices.Contains([]string{"talk-year", "dues-year", "election-report"}, p.Name)
	})...)
	made, err := paper.Make(ctx, paper.Find("shelf"), inYear(l, 2026))
	must(t, err)
	elections, text := 0, map[string]string{}
	for _, p := range made.Pages {
		text[p.Name] = strings.Join(p.Lines(), "\n")
		if strings.Contains(text[p.Name], "选举记录") {
			elections++
		}
	}
	if s := text["10 谈心谈话"]; !strings.Contains(s, "10. 谈话专用表") {
		t.Errorf("the talks have another form:\n%s", s)
	}
	if s := text["11 党费交纳"]; !strings.Contains(s, "月份") {
		t.Errorf("the dues have no list:\n%s", s)
	}
	if n := readShelf(t, l, 2026)[20].Count(); elections != n || n == 0 {
		t.Errorf("%d records of %d elections", elections, n)
	}
}

// TestEveryKindHasAList: 36 kinds, 36 lists, each with a blank one.
func TestEveryKindHasAList(t *testing.T) {
	t.Parallel()
	l := newOffice(t).village
	for _, k := range l.Kinds().Kinds() {
		p := paper.Find("list-" + strings.ReplaceAll(k.Name, "_", "-"))
		if p == nil {
			t.Errorf("%s has no list", k.Name)
			continue
		}
		q := paper.Ask(ctx, l)
		q.Blank = true
		made, err := paper.Make(ctx, p, q)
		must(t, err)
		if s := strings.Join(made.Lines(), "\n"); !strings.Contains(s, k.Title+"登记簿") || !strings.Contains(s, "填表人") {
			t.Errorf("%s:\n%s", p.Name, s)
		}
	}
}
