package count_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/internal/storetest"
)

// moveKinds are the movements that a random sequence tries; most of them more than
// once, so that the rare ones don't empty the branch.
var moveKinds = []string{"接收预备党员", "接收预备党员", "转入", "转入", "恢复党籍", "恢复党籍", "转正", "转正", "延长预备期",
	"取消预备党员资格", "转出", "转出", "去世", "停止党籍", "停止党籍", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍",
	"外出流动", "流动返回", "失联", "取得联系", "限期改正", "处分"}

// TestFormulasHold makes random sequences of legal movements, each saved as from a
// form: whatever the rules and the person on file allow. The six formulas hold for
// every month and year, also while months are closed on the way and movements are
// undone.
func TestFormulasHold(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { formulasHold(t, rand.New(rand.NewPCG(seed, 26))) })
	}
}

func formulasHold(t *testing.T, r *rand.Rand) {
	ctx := context.Background()
	b := newBook(t, "2024-11-05")
	people := b.roster(8)
	for i := range 6 { // who may come
		people = append(people, b.must("person", "name", fmt.Sprintf("来人%c", '甲'+rune(i)), "sex", "男", "birth_date", "1980-01-01",
			"status", []string{"发展对象", "正式党员"}[i%2], "standing", []string{"在册", "组织关系在外"}[i%2],
			"home_org", []string{"", "南塘村党支部"}[i%2], "joined_on", []string{"", "2001-07-01"}[i%2], "confirmed_on", []string{"", "2002-07-01"}[i%2]))
	}
	saved, refused := 0, 0
	closes := map[model.Month]int{}
	day := model.Date("2024-11-05")
	for range 180 {
		next := day.AddDays(r.IntN(8))
		for m := day.Month(); m < next.Month(); m = m.Add(1) {
			if r.IntN(3) > 0 || len(closes) > 0 { // some months pass before the first closing
				storetest.Must(t, count.CloseMonth(ctx, b.l, m, ""))
				got, err := count.Balance(ctx, b.l, m)
				storetest.Must(t, err)
				closes[m] = got.Closing
			}
		}
		day = next
		b.at(string(day))
		p := people[r.IntN(len(people))]
		kind := moveKinds[r.IntN(len(moveKinds))]
		pairs := []string{"person", p.ID, "kind", kind, "happened_on", string(day), "to_org", "甲支部", "from_org", "乙支部"}
		if kind == "延长预备期" || kind == "限期改正" {
			pairs = append(pairs, "until", string(day.AddMonths(6)))
		}
		_, _, err := b.add("movement", pairs...)
		var refusal *store.Refusal
		switch {
		case err == nil:
			saved++
			if r.IntN(6) == 0 {
				if _, err := b.l.Undo(ctx); err != nil {
					t.Fatal(err)
				}
			}
		case errors.As(err, &refusal):
			refused++
		default:
			t.Fatal(err)
		}
	}
	if saved < 30 || refused == 0 {
		t.Errorf("%d saved, %d refused: the sequence says little", saved, refused)
	}
	b.now = b.now.Add(24 * time.Hour)
	last := 0
	for m := model.Month("2024-10"); m <= day.Month(); m = m.Add(1) {
		got, err := count.Balance(ctx, b.l, m)
		storetest.Must(t, err)
		holds(t, string(m), got)
		if got.Opening-got.Opened != last {
			t.Errorf("%s opens with %d, the month before closed with %d", m, got.Opening-got.Opened, last)
		}
		if n, ok := closes[m]; ok && (n != got.Closing || len(got.Changed) > 0) {
			t.Errorf("%s closed with %d, is %d; %+v", m, n, got.Closing, got.Changed)
		}
		ids, err := count.MembersAt(ctx, b.l, m.Last())
		storetest.Must(t, err)
		if len(ids) != got.Closing {
			t.Errorf("%d members at the end of %s, closing %d", len(ids), m, got.Closing)
		}
		sameMembers(t, b.l, m, ids)
		last = got.Closing
	}
	for y := 2024; y <= day.Year(); y++ {
		got, err := count.YearBalance(ctx, b.l, y)
		storetest.Must(t, err)
		holds(t, fmt.Sprint(y), got)
	}
}

func holds(t *testing.T, period string, got membership.Reckoning) {
	t.Helper()
	for _, f := range got.Formulas() {
		if !f.OK {
			t.Errorf("%s: %s %s: %+v", period, f.Code, f.Text, got.Balance)
		}
	}
	if !got.Closes() {
		t.Errorf("%s: %+v", period, got.Gaps)
	}
}
