package sheet_test

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	reckon "taizhang/store/count"
	"taizhang/store/sheet"
)

// TestArrival: those of a list stand 期初在册 on the day before the book's first month;
// once that is closed it has to be said whether they were missed then or have come.
func TestArrival(t *testing.T) {
	now := today
	source := &model.Source{Now: func() time.Time { return now }, Rand: rand.NewChaCha8([32]byte{2})}
	home := store.Home{Code: "990101001001", Name: "青石沟村党支部", Kind: "党支部", Domain: "行政村", FirstMonth: "2026-09"}
	l, err := book.Create(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), home, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	list := func(names ...string) string {
		rows := [][]any{{"姓名", "性别", "出生日期", "人员类别", "入党日期", "转正日期"}}
		for _, n := range names {
			rows = append(rows, []any{n, "男", "1970-03-15", "正式党员", "1995-01-05", "1996-01-05"})
		}
		return workbook(t, "名册.xlsx", rows)
	}
	read := func(path string, asked ...string) *sheet.Plan {
		o := sheet.ReadOptions{Asked: map[string]string{}}
		for i := 0; i < len(asked); i += 2 {
			o.Asked[asked[i]] = asked[i+1]
		}
		return mustRead(t, l, "person", path, o)
	}
	moves := func(name, want string) {
		t.Helper()
		all, err := l.Env(t.Context()).Look.Find("movement", model.Where("person", model.Eq, onFile(t, l, name).ID))
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %d movements, %v", name, len(all), err)
		}
		if got := all[0].Str("happened_on") + " " + all[0].Str("kind") + " " + all[0].Str("from_org"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	mustApply(t, l, read(list("先甲")))
	moves("先甲", "2026-08-31 期初在册 ")
	for _, month := range []model.Month{"2026-09", "2026-10"} {
		if err := reckon.CloseMonth(t.Context(), l, month, ""); err != nil {
			t.Fatal(err)
		}
	}
	now = now.AddDate(0, 1, 0)

	p := read(list("后乙"))
	wantText(t, rowOf(t, p, 2).Reason, "新转入", "建账时漏登", "2026年9月")
	p = read(list("后乙"), "arrival", "新转入", "arrival_from", "外县某支部", "arrival_on", "2026-08-01")
	wantText(t, rowOf(t, p, 2).Reason, "2026-08-01", "建账")
	p = read(list("后乙"), "arrival", "新转入", "arrival_from", "外县某支部", "arrival_on", "2026-11-10", "arrival_whole", "是")
	mustApply(t, l, p)
	moves("后乙", "2026-11-10 转入 外县某支部")
	p = read(list("漏丙"), "arrival", "建账时漏登")
	wantText(t, strings.Join(rowOf(t, p, 2).Warnings, ";"), "2026年9月、2026年10月", "重新核对结账")
	mustApply(t, l, p)
	moves("漏丙", "2026-08-31 期初在册 ")
	b, err := reckon.Balance(t.Context(), l, "2026-11")
	if err != nil || b.MovedIn != 1 || b.WholeIn != 1 {
		t.Errorf("%+v, %v", b.Balance, err)
	}
	if _, err := sheet.Read(t.Context(), l, kindOf(t, l, "person"), list("谁"), sheet.ReadOptions{Asked: map[string]string{"arrival": "新转入"}}); err == nil || !strings.Contains(err.Error(), "从哪里转来") {
		t.Errorf("without a place: %v", err)
	}
}

// TestArrivalComesBack: one of a list of those transferred in who left before comes back as
// the same person by the same act, in a list with and without other news of them; one who
// is a member stays a duplicate, and the day can't lie before the leaving.
func TestArrivalComesBack(t *testing.T) {
	now := today
	source := &model.Source{Now: func() time.Time { return now }, Rand: rand.NewChaCha8([32]byte{3})}
	home := store.Home{Code: "990101001001", Name: "青石沟村党支部", Kind: "党支部", Domain: "行政村", FirstMonth: "2026-09"}
	l, err := book.Create(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), home, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	list := func(job string) string {
		rows := [][]any{{"姓名", "性别", "出生日期", "人员类别", "在册状态", "入党日期", "转正日期", "工作岗位"}}
		for _, n := range []string{"先甲", "先乙"} {
			rows = append(rows, []any{n, "男", "1970-03-15", "正式党员", "在册", "1995-01-05", "1996-01-05", job})
		}
		return workbook(t, "名册.xlsx", rows)
	}
	read := func(path string, asked map[string]string) *sheet.Plan {
		return mustRead(t, l, "person", path, sheet.ReadOptions{Asked: asked})
	}
	mustApply(t, l, read(list("务农"), nil))
	gone := onFile(t, l, "先甲")
	for _, round := range []struct{ out, in, job string }{{"2026-10-01", "2026-10-05", "务农"}, {"2026-10-07", "2026-10-09", "教师"}} {
		m, err := l.New(t.Context(), "movement")
		if err != nil {
			t.Fatal(err)
		}
		for name, v := range map[string]string{"person": gone.ID, "kind": "转出", "happened_on": round.out, "to_org": "南塘村党支部"} {
			m.Set(name, v)
		}
		if _, err := l.Save(t.Context(), model.FromForm, m); err != nil {
			t.Fatal(err)
		}
		asked := map[string]string{"arrival": "新转入", "arrival_from": "南塘村党支部", "arrival_on": round.in}
		early := map[string]string{"arrival": "新转入", "arrival_from": "南塘村党支部", "arrival_on": "2026-09-10"}
		if _, _, updated, _, rejected := read(list(round.job), early).Counts(); updated != 0 || rejected != 1 {
			t.Errorf("before the leaving: %d updated, %d rejected", updated, rejected)
		}
		plan := read(list(round.job), asked)
		if _, taken, updated, duplicates, rejected := plan.Counts(); taken != 0 || updated != 1 || duplicates != 1 || rejected != 0 {
			t.Fatalf("coming back: %d taken, %d updated, %d duplicates, %d rejected: %+v", taken, updated, duplicates, rejected, plan.Rows)
		}
		mustApply(t, l, plan)
		here := onFile(t, l, "先甲")
		if here.ID != gone.ID || !here.Is("standing", "在册") || here.Filled("left_on") || !here.Is("occupation", round.job) {
			t.Errorf("came back as %s %s %s", here.ID, here.Str("standing"), here.Str("occupation"))
		}
		if what, err := l.Undo(t.Context()); err != nil || what == "" || !onFile(t, l, "先甲").Is("standing", "转出") {
			t.Errorf("one undo takes it back: %q, %v", what, err)
		}
		mustApply(t, l, read(list(round.job), asked))
	}
	all, err := l.Env(t.Context()).Look.Find("movement", model.Where("person", model.Eq, gone.ID), model.Where("kind", model.Eq, "转入"))
	if err != nil || len(all) != 2 {
		t.Errorf("%d movements in, %v", len(all), err)
	}
}
