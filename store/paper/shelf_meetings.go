package paper

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// held gives the organisation's own activities that count as a kind from one day to
// another.
func (g *gaps) held(kind string, from, to model.Date) []*model.Record {
	var all []*model.Record
	for _, r := range g.records(8, "activity") {
		day := r.Date("held_on")
		if (r.Is("kind", kind) || slices.Contains(r.List("counts_as"), kind)) && day >= from && day <= to && !r.Is("kept_as", "参加或接受") {
			all = append(all, r)
		}
	}
	return all
}

// meetings are those that are held so often in each month or quarter (domain.md §4.1).
var meetings = []struct {
	kind, limit string
	quarterly   bool
}{
	{"支部党员大会", "meeting.general.quarter", true},
	{"支部委员会", "meeting.committee.month", false},
	{"主题党日", "meeting.theme.month", false},
	{"党课", "meeting.lecture.year", true},
}

const quartersOfYear = 4

// gapsMeetings names for each meeting the months or quarters of the year that have passed
// and had too few, since the ledger is kept.
func gapsMeetings(g *gaps) {
	begun, err := membership.ReadBegun(g.q.Env)
	if err != nil {
		g.err = err
		return
	}
	opened := model.Date("")
	if begun.First != "" {
		opened = begun.First.First()
	}
	for _, m := range meetings {
		least := g.q.Env.Packs.Limit(m.limit, g.period.To).Int()
		if m.limit == "meeting.lecture.year" { // asked for by the quarter only where there is one in each
			least /= quartersOfYear
		}
		if least == 0 || m.kind == "支部委员会" && !g.hasCommittee() {
			continue
		}
		var lacking []string
		for _, p := range g.spans(m.quarterly) {
			if p.first < opened || p.last > g.period.To || len(g.held(m.kind, p.first, p.last)) >= least {
				continue
			}
			lacking = append(lacking, p.name)
		}
		if len(lacking) > 0 {
			g.add(8, Missing{Text: m.kind + "不够:" + strings.Join(lacking, "、"), Kind: "activity", Preset: preset{"kind": m.kind, "held_on": nil}})
		}
	}
}

// hasCommittee tells of a branch with as many committee members as make one.
func (g *gaps) hasCommittee() bool {
	least := g.q.Env.Packs.Limit("org.branch.committee.min", g.period.To).Int()
	people := map[string]bool{}
	for _, r := range g.records(2, "position") {
		if r.Is("body", "党组织") {
			people[r.Str("person")] = true
		}
	}
	return len(people) >= least
}

type span struct {
	first, last model.Date
	name        string
}

// spans gives the months or the quarters of the year.
func (g *gaps) spans(quarterly bool) []span {
	var all []span
	for n := 1; n <= 12; n++ {
		m := model.Month(fmt.Sprintf("%04d-%02d", g.q.Year, n))
		switch {
		case !quarterly:
			all = append(all, span{m.First(), m.Last(), fmt.Sprintf("%d月", n)})
		case n%3 == 1:
			all = append(all, span{m.First(), m.Add(2).Last(), []string{"一", "二", "三", "四"}[n/3] + "季度"})
		}
	}
	return all
}
