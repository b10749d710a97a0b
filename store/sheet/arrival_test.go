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
