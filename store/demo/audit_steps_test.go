package demo_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/demo"
)

// auditAdmissions: the order and the terms of both editions of the rules.
func auditAdmissions(t *testing.T, b audited) {
	t.Helper()
	people := map[string]*model.Record{}
	for _, p := range b["person"] {
		people[p.ID] = p
	}
	seen := b.by("observation", "admission")
	stages := map[string]int{}
	for _, a := range b["admission"] {
		name := people[a.Str("person")].Str("name")
		stages[people[a.Str("person")].Str("status")]++
		within := func(from, to string, months int) {
			if a.Filled(from) && a.Filled(to) && (a.Date(to) < a.Date(from) || a.Date(to) > a.Date(from).AddMonths(months)) {
				t.Errorf("%s: %s %s and %s %s", name, from, a.Date(from), to, a.Date(to))
			}
		}
		within("applied_on", "talked_on", 1)
		within("prereviewed_on", "accepted_on", 1)
		within("accepted_on", "approved_on", 3)
		within("approved_on", "oath_on", 1)
		within("confirm_voted_on", "confirm_approved_on", 3)
		within("confirm_approved_on", "archived_on", 1)
		if a.Filled("candidate_on") && a.Date("candidate_on") < a.Date("activist_on").AddMonths(12) {
			t.Errorf("%s: candidate before a year", name)
		}
		if a.Filled("candidate_on") {
			if n, _ := model.Workdays(a.Date("notice_from"), a.Date("notice_to")); n < 5 || a.Date("candidate_on") <= a.Date("notice_to") {
				t.Errorf("%s: a notice of %d working days", name, n)
			}
		}
		if a.Filled("accepted_on") && a.Int("votes_for")*2 <= a.Int("votes_due") {
			t.Errorf("%s: %d of %d voted for", name, a.Int("votes_for"), a.Int("votes_due"))
		}
		if a.Filled("accepted_on") && !a.Filled("confirm_voted_on") && a.Date("accepted_on").AddYears(1) <= lastDay.AddDays(30) {
			t.Errorf("%s: probation ends soon (%s)", name, a.Date("accepted_on"))
		}
		auditObservations(t, name, a, seen[a.ID])
	}
	for _, s := range []string{"入党申请人", "入党积极分子", "发展对象", "预备党员", "正式党员", "群众"} {
		if stages[s] == 0 {
			t.Errorf("nobody on the way is %s", s)
		}
	}
}

func auditObservations(t *testing.T, name string, a *model.Record, seen []*model.Record) {
	t.Helper()
	if !a.Filled("activist_on") {
		return
	}
	last, end := a.Date("activist_on"), lastDay
	if a.Filled("confirm_voted_on") {
		end = a.Date("confirm_voted_on")
	}
	days := []model.Date{}
	for _, o := range seen {
		days = append(days, o.Date("held_on"))
	}
	slices.Sort(days)
	for _, d := range append(days, end) {
		if d > last.AddMonths(6) {
			t.Errorf("%s: not observed from %s to %s", name, last, d)
		}
		last = d
	}
}

// auditElections: four fifths came, candidates enough, one secretary at a time.
func auditElections(t *testing.T, b audited) {
	t.Helper()
	for _, e := range b["election"] {
		if e.Int("attended")*5 < e.Int("eligible")*4 || e.Int("ballots_returned") > e.Int("ballots_issued") {
			t.Errorf("election of %s: %d of %d", e.Date("held_on"), e.Int("attended"), e.Int("eligible"))
		}
		if n := strings.Count(e.Str("votes"), "票"); n*5 < int(e.Int("seats"))*6 {
			t.Errorf("election of %s: %d candidates for %d seats", e.Date("held_on"), n, e.Int("seats"))
		}
	}
	people := map[string]*model.Record{}
	for _, p := range b["person"] {
		people[p.ID] = p
	}
	open := 0
	for _, p := range b["position"] {
		if p.Is("body", "党组织") && p.Is("post", "书记") && !p.Filled("ended_on") {
			open++
		}
		if joined := people[p.Str("person")].Date("joined_on"); p.Is("body", "党组织") && p.Date("started_on") < joined {
			t.Errorf("%s held an office of the branch before joining", people[p.Str("person")].Str("name"))
		}
	}
	if open != 1 {
		t.Errorf("%d secretaries", open)
	}
}

// TestHalfAreOldAndTheRestHaveProjects holds figure F29 of domain.md §11.1.
func TestHalfAreOldAndTheRestHaveProjects(t *testing.T) {
	t.Parallel()
	l, _ := mustVillage(t, demo.Options{})
	b := readBook(t, l)
	owned := b.by("undertaking", "owner")
	able, weak := 0, 0
	for _, p := range b["person"] {
		if !p.Is("status", "正式党员", "预备党员") || !p.Is("standing", "在册") {
			continue
		}
		if !p.Bool("able_bodied") {
			weak++
			continue
		}
		able++
		if n := len(owned[p.ID]); n < 2 || n > 3 {
			t.Errorf("%s has %d undertakings", p.Str("name"), n)
		}
	}
	if able != 50 || weak != 65 {
		t.Errorf("%d able, %d old or weak; want 50 and 65", able, weak)
	}
}
