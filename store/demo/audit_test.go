package demo_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/demo"
)

// audited is a ledger's content by kind, for the audits.
type audited map[string][]*model.Record

func readBook(t *testing.T, l *store.Ledger) audited {
	t.Helper()
	b := audited{}
	for _, k := range l.Kinds().Kinds() {
		if err := l.Each(context.Background(), store.Query{Kind: k.Name}, func(r *model.Record) error {
			b[k.Name] = append(b[k.Name], r)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func (b audited) by(kind, field string) map[string][]*model.Record {
	all := map[string][]*model.Record{}
	for _, r := range b[kind] {
		all[r.Str(field)] = append(all[r.Str(field)], r)
	}
	return all
}

// TestTheVillageKeepsTheRules audits the village by what the rules ask of a branch
// over a year, for several seeds.
func TestTheVillageKeepsTheRules(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, o := range []demo.Options{{}, {Seed: 2}, {Seed: 11, Members: 64}} {
		l, _ := mustVillage(t, o)
		b := readBook(t, l)
		auditMembership(t, b)
		auditMeetings(t, b)
		auditDues(t, b)
		auditYearly(t, b)
		auditAdmissions(t, b)
		auditElections(t, b)
		auditHours(t, b)
	}
}

const lastDay = model.Date("2026-10-31")

// listed gives when a person came on the member list and left it.
func listed(b audited) map[string][2]model.Date {
	list := map[string][2]model.Date{}
	for id, ms := range b.by("movement", "person") {
		span := list[id]
		for _, m := range ms {
			switch m.Str("kind") {
			case "期初在册", "转入", "接收预备党员":
				span[0] = m.Date("happened_on")
			case "转出", "去世":
				span[1] = m.Date("happened_on")
			}
		}
		list[id] = span
	}
	return list
}

func on(span [2]model.Date, d model.Date) bool {
	return span[0] != "" && span[0] <= d && (span[1] == "" || d < span[1])
}

// auditMembership: members now, rolled back by the movements, are those opened.
func auditMembership(t *testing.T, b audited) {
	t.Helper()
	now, change, opened := 0, 0, 0
	for _, p := range b["person"] {
		if p.Is("status", "正式党员", "预备党员") && p.Is("standing", "在册") {
			now++
		}
	}
	for _, m := range b["movement"] {
		switch m.Str("kind") {
		case "期初在册":
			opened++
		case "接收预备党员", "转入":
			change++
		case "转出", "去世":
			change--
		}
	}
	if opened+change != now {
		t.Errorf("opening %d and changes %d don't give the %d members on file", opened, change, now)
	}
	list := listed(b)
	for _, p := range b["person"] {
		member := p.Is("status", "正式党员", "预备党员") && p.Is("standing", "在册")
		if member != on(list[p.ID], lastDay) {
			t.Errorf("%s stands as %s %s, the movements say otherwise", p.Str("name"), p.Str("status"), p.Str("standing"))
		}
	}
}

// auditMeetings: often enough, with a place, those on the list alone on the roll,
// figures with every decision, no text twice.
func auditMeetings(t *testing.T, b audited) {
	t.Helper()
	list, count, said := listed(b), map[string]int{}, map[string]string{}
	everyone := map[string]bool{}
	for _, p := range b["person"] {
		if p.Is("standing", "组织关系在外") || p.Is("status", "群众") {
			everyone[p.ID] = true
		}
	}
	for _, a := range b["activity"] {
		day, kind := a.Date("held_on"), a.Str("kind")
		for _, k := range append([]string{kind}, a.List("counts_as")...) {
			count[k+string(day.Month())+a.Str("held_by")]++
		}
		if a.Str("place") == "" || a.Str("minutes") == "" {
			t.Errorf("%s %s has no place or no minutes", day, a.Str("title"))
		}
		if kind == "支部党员大会" && a.Filled("decisions") && !a.Filled("votes") {
			t.Errorf("%s %s decides without votes", day, a.Str("title"))
		}
		if earlier := said[a.Str("minutes")]; earlier != "" {
			t.Errorf("%s and %s have the same minutes", earlier, day)
		}
		said[a.Str("minutes")] = string(day)
		came := 0
		for _, m := range a.Roll("attendance") {
			if !everyone[m.Target] && !on(list[m.Target], day) {
				t.Errorf("%s %s: one on the roll is not on the list", day, a.Str("title"))
			}
			if m.State == "到会" {
				came++
			}
		}
		if came*2 < len(a.Roll("attendance")) {
			t.Errorf("%s %s: %d of %d came", day, a.Str("title"), came, len(a.Roll("attendance")))
		}
	}
	auditFrequencies(t, b, count)
}

// auditFrequencies: the bodies met in every month and quarter (domain.md §4.1).
// count is by kind, month and who held the meeting.
func auditFrequencies(t *testing.T, b audited, count map[string]int) {
	t.Helper()
	home, groups := "", []string{}
	for _, o := range b["organization"] {
		if o.Is("kind", "党小组") {
			groups = append(groups, o.ID)
		} else {
			home = o.ID
		}
	}
	for m := model.Month("2025-11"); m <= lastDay.Month(); m = m.Add(1) {
		for _, k := range []string{"支部委员会", "主题党日"} {
			if count[k+string(m)+home] == 0 {
				t.Errorf("no %s in %s", k, m)
			}
		}
		for _, g := range groups {
			if count["党小组会"+string(m)+g] == 0 {
				t.Errorf("a group without a meeting in %s", m)
			}
		}
	}
	for _, first := range []model.Month{"2026-01", "2026-04", "2026-07", "2026-10"} {
		for _, k := range []string{"支部党员大会", "党课"} {
			if count[k+string(first)+home]+count[k+string(first.Add(1))+home]+count[k+string(first.Add(2))+home] == 0 {
				t.Errorf("no %s in the quarter of %s", k, first)
			}
		}
	}
}

// auditDues: every month paid by every member who does not go free, none twice, no
// more handed on than was paid.
func auditDues(t *testing.T, b audited) {
	t.Helper()
	list, paid := listed(b), map[string]bool{}
	var collected, remitted int64
	for _, d := range b["dues"] {
		if !d.Is("method", "流入地交") {
			collected += d.Int("amount")
		}
		paid[d.Str("person")+d.Str("month")] = true
	}
	for _, r := range b["remittance"] {
		remitted += r.Int("amount")
	}
	if remitted == 0 || remitted > collected {
		t.Errorf("remitted %d of %d", remitted, collected)
	}
	for _, p := range b["person"] {
		span := list[p.ID]
		if span[0] == "" || p.Is("dues_basis", "免交") {
			continue
		}
		if basis, fen := p.Str("dues_basis"), p.Int("monthly_dues"); fen == 0 || basis == "农民" && (fen < 20 || fen > 100) {
			t.Errorf("%s pays %d fen by %s", p.Str("name"), fen, basis)
		}
		for m := p.Month("dues_from"); m <= lastDay.Month(); m = m.Add(1) {
			if span[1] != "" && span[1].Month() <= m {
				break
			}
			if !paid[p.ID+string(m)] {
				t.Errorf("%s has not paid for %s", p.Str("name"), m)
			}
		}
	}
}

// auditYearly: a talk for each member, at most a third 优秀, visits each quarter.
func auditYearly(t *testing.T, b audited) {
	t.Helper()
	list := listed(b)
	talked := b.by("talk", "person")
	for id, span := range list {
		if on(span, lastDay) && !slices.ContainsFunc(talked[id], func(r *model.Record) bool { return r.Date("held_on").Year() == 2026 }) {
			t.Errorf("no talk with %s", id)
		}
	}
	grades := map[int64]map[string]int{}
	for _, a := range b["appraisal"] {
		if grades[a.Int("year")] == nil {
			grades[a.Int("year")] = map[string]int{}
		}
		grades[a.Int("year")][a.Str("grade")]++
	}
	for year, by := range grades {
		all := 0
		for n := range maps.Values(by) {
			all += n
		}
		if by["优秀"]*3 > all {
			t.Errorf("%d: %d of %d are 优秀", year, by["优秀"], all)
		}
	}
	visits := b.by("visit", "pairing")
	for _, p := range b["pairing"] {
		if !p.Filled("ended_on") && !recent(visits[p.ID], "happened_on", 3) {
			t.Errorf("pairing of %s: no visit for a quarter", p.Str("started_on"))
		}
	}
}

// auditHours: 32 class hours a member and 56 a member of the committee by the end
// of September.
func auditHours(t *testing.T, b audited) {
	t.Helper()
	hours, until := map[string]int64{}, model.Date("2026-09-30")
	count := func(r *model.Record, day, roll string, states ...string) {
		if d := r.Date(day); d.Year() != 2026 || d > until {
			return
		}
		for _, m := range r.Roll(roll) {
			if slices.Contains(states, m.State) {
				hours[m.Target] += r.Int("hours")
			}
		}
	}
	for _, a := range b["activity"] {
		count(a, "held_on", "attendance", "到会")
	}
	for _, c := range b["training"] {
		count(c, "ended_on", "attendance", "参加", "结业")
	}
	for id, span := range listed(b) {
		if on(span, until) && hours[id] < 32 {
			t.Errorf("%s has %d hours", id, hours[id])
		}
	}
	for _, p := range b["position"] {
		if p.Is("body", "党组织") && p.Is("post", "书记", "副书记", "组织委员", "宣传委员", "纪检委员") && !p.Filled("ended_on") && hours[p.Str("person")] < 56 {
			t.Errorf("%s of the committee has %d hours", p.Str("post"), hours[p.Str("person")])
		}
	}
}

// recent reports whether one of the records lies in the last months.
func recent(records []*model.Record, field string, months int) bool {
	return slices.ContainsFunc(records, func(r *model.Record) bool { return r.Date(field) > lastDay.AddMonths(-months) })
}
