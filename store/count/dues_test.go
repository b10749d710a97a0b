package count_test

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/count"
	"taizhang/store/demo"
	"taizhang/store/internal/storetest"
)

// save writes one record as a form does.
func (b *dated) save(kind string, set map[string]model.Value) *model.Record {
	b.t.Helper()
	r, err := b.l.New(context.Background(), kind)
	storetest.Must(b.t, err)
	for name, v := range set {
		r.Set(name, v)
	}
	saved, err := b.l.Save(context.Background(), model.FromForm, r)
	storetest.Must(b.t, err)
	return saved.Records[0]
}

func (b *dated) dues(year int) *count.DuesSheet {
	b.t.Helper()
	s, err := count.Dues(context.Background(), b.l, year)
	storetest.Must(b.t, err)
	return s
}

// marks writes a row as letters: — none, p on paper, x exempt, o to pay, ! arrears,
// $ paid, < paid in part, ~ paid elsewhere.
func marks(r count.DuesRow) string {
	text := ""
	for _, c := range r.Months {
		switch {
		case c.Elsewhere:
			text += "~"
		case c.Short():
			text += "<"
		default:
			text += string([]rune("—pxo!$")[c.State])
		}
	}
	return text
}

func member(name, joined string, more map[string]model.Value) map[string]model.Value {
	set := map[string]model.Value{"name": name, "sex": "男", "birth_date": "1970-03-15", "status": "正式党员", "joined_on": joined,
		"confirmed_on": string(model.Date(joined).AddYears(1)), "monthly_dues": int64(200)}
	for k, v := range more {
		set[k] = v
	}
	return set
}

// TestDuesSheet: what each member's month is, the sums and the cash.
func TestDuesSheet(t *testing.T) {
	t.Parallel()
	b := newBook(t, "2026-02-10")
	jia := b.save("person", member("甲", "1995-07-01", nil))
	yi := b.save("person", member("乙", "1995-07-01", map[string]model.Value{"dues_basis": "免交"}))
	bing := b.save("person", member("丙", "1995-07-01", map[string]model.Value{"dues_from": "2026-05"}))
	b.save("person", map[string]model.Value{"name": "丁", "sex": "女", "birth_date": "1990-01-01", "status": "群众"})
	b.at("2026-05-20")
	wu := b.save("person", member("戊", "2000-07-01", map[string]model.Value{"standing": "组织关系在外", "home_org": "柳河村党支部"}))
	b.save("movement", map[string]model.Value{"person": wu.ID, "kind": "转入", "happened_on": "2026-04-15", "from_org": "柳河村党支部"})
	b.at("2026-06-20")
	ji := b.save("person", member("己", "1995-07-01", nil))
	b.save("movement", map[string]model.Value{"person": bing.ID, "kind": "转出", "happened_on": "2026-06-10", "to_org": "柳河村党支部"})
	pay := func(p *model.Record, month, on string, fen int64, more map[string]model.Value) {
		set := map[string]model.Value{"person": p.ID, "month": month, "paid_on": on, "amount": fen}
		for k, v := range more {
			set[k] = v
		}
		b.save("dues", set)
	}
	pay(jia, "2026-03", "2026-03-20", 200, nil)
	pay(jia, "2026-04", "2026-06-20", 150, nil)
	pay(jia, "2027-01", "2026-06-20", 200, nil)
	pay(bing, "2026-03", "2026-06-09", 200, map[string]model.Value{"method": "流入地交"})
	pay(bing, "2026-06", "2026-06-09", 200, map[string]model.Value{"collector": jia.ID})
	b.save("remittance", map[string]model.Value{"period": "2026-03", "amount": int64(100), "paid_on": "2026-03-31", "receiver": "柳河镇党委"})
	b.at("2026-08-05")
	s := b.dues(2026)
	want := map[string]string{
		jia.ID:  "pp$<!!!ooooo", // the ledger opened in February is kept from March on
		yi.ID:   "xxxxxxxxxxxx",
		bing.ID: "pp~!!$——————", // left in June
		wu.ID:   "————!!!ooooo", // came in the middle of April
		ji.ID:   "pp!!!!!ooooo", // written down late
	}
	if len(s.Rows) != len(want) {
		t.Errorf("%d rows", len(s.Rows))
	}
	for _, r := range s.Rows {
		if got := marks(r); got != want[r.Person.ID] {
			t.Errorf("%s is %s, want %s", r.Person.Str("name"), got, want[r.Person.ID])
		}
	}
	if s.Carried != 0 || s.Collected != 750 || s.Remitted != 100 || s.Other != 200 || s.InHand() != 650 || s.Collector != jia.ID {
		t.Errorf("%+v in hand %d", s, s.InHand())
	}
	for _, r := range s.Rows {
		sums := map[string]int64{jia.ID: 350, bing.ID: 200}
		if r.Sum() != sums[r.Person.ID] {
			t.Errorf("%s paid %d", r.Person.Str("name"), r.Sum())
		}
		april := r.Months[3].Missing("2026-08", "2026-04")
		if wants := map[string]int64{jia.ID: 50, ji.ID: 200}; april != wants[r.Person.ID] {
			t.Errorf("%s misses %d of April", r.Person.Str("name"), april)
		}
	}
	next := b.dues(2027)
	if next.Carried != 650 || next.Collected != 0 || len(next.Rows) != 4 {
		t.Errorf("%+v", next)
	}
}

// TestDuesRefused: nothing is paid before joining, before coming and after leaving.
func TestDuesRefused(t *testing.T) {
	t.Parallel()
	b := newBook(t, "2026-02-10")
	jia := b.save("person", member("甲", "2026-02-01", map[string]model.Value{"status": "预备党员", "confirmed_on": nil}))
	yi := b.save("person", member("乙", "1995-07-01", nil))
	b.save("movement", map[string]model.Value{"person": yi.ID, "kind": "转出", "happened_on": "2026-02-05", "to_org": "柳河村党支部"})
	for _, r := range b.dues(2026).Rows {
		refuses := map[string][]model.Month{jia.ID: {"2026-01"}, yi.ID: {"2026-03", "2026-12"}}[r.Person.ID]
		for m := model.Month("2026-01"); m <= "2026-12"; m = m.Add(1) {
			why, want := r.Refused(m), false
			for _, no := range refuses {
				want = want || no == m || r.Person.ID == yi.ID && m > "2026-02"
			}
			if (why != "") != want {
				t.Errorf("%s %s: %q", r.Person.Str("name"), m, why)
			}
		}
	}
}

var months = regexp.MustCompile(`(?:欠交|连续) (\d+) 个月`)

// TestDuesSheetAgrees: the table and the reminder of arrears say the same of everybody.
func TestDuesSheetAgrees(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	res, err := demo.Village(ctx, t.TempDir(), demo.Options{Members: 60, Faults: true})
	storetest.Must(t, err)
	now := model.Date("2026-10-31").Time().Add(18 * time.Hour)
	l, err := book.Open(ctx, res.Ledger, store.Options{Source: &model.Source{Now: func() time.Time { return now }}, ReadOnly: true})
	storetest.Must(t, err)
	t.Cleanup(func() { storetest.Must(t, l.Close()) })
	behind := map[string]int{}
	for _, year := range []int{2025, 2026} {
		s, err := count.Dues(ctx, l, year)
		storetest.Must(t, err)
		for _, r := range s.Rows {
			for i, c := range r.Months {
				if m := s.Month(i); m >= "2025-10" && m < "2026-10" && (c.State == count.DuesArrears || c.Short()) {
					behind[r.Person.ID]++
				}
			}
		}
	}
	due, err := l.Due(ctx, "2026-10-31")
	storetest.Must(t, err)
	said := 0
	for _, d := range due {
		if d.Code != "R-DUE-01" {
			continue
		}
		said++
		n, err := strconv.Atoi(months.FindStringSubmatch(d.Text)[1])
		storetest.Must(t, err)
		if behind[d.ID] != n {
			t.Errorf("%s: the table says %d; %s", d.Label, behind[d.ID], d.Text)
		}
		delete(behind, d.ID)
	}
	if said == 0 || len(behind) > 0 {
		t.Errorf("%d are said to be behind; beside them the table has %v", said, fmt.Sprint(behind))
	}
}
