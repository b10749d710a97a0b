package paper

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// load counts what the report says.
func (m *monthOf) load(ctx context.Context) (err error) {
	l := m.q.Ledger
	if m.office, err = l.IsCounty(ctx); err != nil {
		return err
	}
	if err := m.loadUnits(ctx); err != nil {
		return err
	}
	sum, err := count.Summarize(ctx, l, count.SummaryQuery{Period: count.Period{From: m.from, To: m.to, Month: m.q.Month}, By: count.ByOrganisation,
		Indicators: onlyThese("A02", "A08", "A09", "A11", "B03")})
	if err != nil {
		return err
	}
	m.figures = map[string]map[string]map[string]map[string]int64{}
	for _, g := range sum.Groups {
		m.figures[g.Key] = g.Values
	}
	if !m.office {
		b, err := count.Balance(ctx, l, m.q.Month)
		if err != nil {
			return err
		}
		m.balance = &b
	}
	return m.tally(ctx)
}

// onlyThese gives some indicators to be counted alone. They are copies: for the summary's
// own an office counts and keeps all of a period, and this one nobody asks for again.
func onlyThese(codes ...string) []*count.Indicator {
	var wanted []*count.Indicator
	for _, i := range count.Indicators() {
		if slices.Contains(codes, i.Code) {
			one := *i
			wanted = append(wanted, &one)
		}
	}
	return wanted
}

// loadUnits lists whose lines there are: a village's own, at an office those whose
// records are there.
func (m *monthOf) loadUnits(ctx context.Context) error {
	all, err := m.q.Ledger.Organisations(ctx)
	if err != nil {
		return err
	}
	names, err := m.q.Ledger.OrganisationNames(ctx)
	if err != nil {
		return err
	}
	home := m.q.Ledger.Home()
	for id, u := range all {
		if m.office == (home != nil && id == home.ID) {
			continue
		}
		unit := monthUnit{id, u.Code, u.Name, u.Township}
		if m.office {
			unit.name = cmp.Or(names[id], u.Name)
		}
		m.units = append(m.units, unit)
	}
	model.Sort(m.units, func(a, b monthUnit) int {
		return cmp.Or(cmp.Compare(a.township, b.township), cmp.Compare(a.code, b.code))
	})
	return nil
}

// rows makes a line of each unit, at an office below the name of its township.
//
//go:noinline
func (m *monthOf) rows(line func(u monthUnit) []any) [][]any {
	var rows [][]any
	for i, u := range m.units {
		if m.office && u.township != "" && (i == 0 || m.units[i-1].township != u.township) {
			rows = append(rows, []any{page.Span(u.township)})
		}
		rows = append(rows, line(u))
	}
	return rows
}

// figure gives a month's figure of a unit, its parts added up; part names one of them.
func (m *monthOf) figure(u monthUnit, name string, part ...string) int64 {
	if len(part) > 0 {
		code, key, _ := strings.Cut(name, ".")
		return m.figures[u.code][code][key][part[0]]
	}
	return all(m.figures[u.code], name)
}

// theMeetings are the sorts of meeting whose attendance is reported.
var theMeetings = []string{"支部党员大会", "支部委员会", "党小组会", "党课", "主题党日"}

// tally counts what no indicator counts.
func (m *monthOf) tally(ctx context.Context) error {
	m.tallied = map[string]*monthTally{}
	for _, u := range m.units {
		m.tallied[u.id] = &monthTally{absent: map[string]int{}}
	}
	inflow, err := flowedIn(ctx, m.q)
	if err != nil {
		return err
	}
	m.each(inflow, func(t *monthTally, _ *model.Record) { t.inflow++ })
	lost, err := read(ctx, m.q, "person", nil, model.Where("standing", model.Eq, membership.OnRolls), model.Where("status", model.In, membership.States...), model.Where("lost_since", model.Le, string(m.to)))
	if err != nil {
		return err
	}
	m.each(lost, func(t *monthTally, _ *model.Record) { t.lost++ })
	confirmed, err := read(ctx, m.q, "movement", nil, model.Where("kind", model.Eq, "转正"), model.Where("happened_on", model.Ge, string(m.from)), model.Where("happened_on", model.Le, string(m.to)))
	if err != nil {
		return err
	}
	m.each(confirmed, func(t *monthTally, _ *model.Record) { t.confirmed++ })
	if err := m.tallyMeetings(ctx); err != nil || m.office {
		return err
	}
	return m.tallyDue(ctx)
}

func (m *monthOf) each(records []*model.Record, add func(*monthTally, *model.Record)) {
	for _, r := range records {
		if t := m.tallied[r.OrgID]; t != nil {
			add(t, r)
		}
	}
}

// tallyMeetings adds up who should have come and who came, in the month, and how often
// each was absent in the year so far and has not made it up.
func (m *monthOf) tallyMeetings(ctx context.Context) error {
	excused := map[string]bool{}
	people, err := read(ctx, m.q, "person", nil, model.Where("not_due", model.Filled))
	if err != nil {
		return err
	}
	for _, p := range people {
		excused[p.ID] = true
	}
	query := store.Query{Kind: "activity", Sort: []string{"held_on"}, Conds: []model.Cond{model.Where("held_on", model.Ge, string(m.from[:4])+"-01-01"), model.Where("held_on", model.Le, string(m.to))}}
	return m.q.Ledger.Each(ctx, query, func(r *model.Record) error {
		t := m.tallied[r.OrgID]
		if t == nil || !counts(r, theMeetings...) {
			return nil
		}
		inMonth := r.Date("held_on") >= m.from
		if inMonth && counts(r, "主题党日") {
			t.themes = append(t.themes, r.Date("held_on").Time().Format("1月2日")+" "+r.Text("title"))
		}
		madeUp := r.List("made_up")
		for _, mark := range r.Roll("attendance") {
			came := mark.State == "到会"
			if excused[mark.Target] && !came {
				continue
			}
			if inMonth {
				t.due++
				t.present += int64(model.OneIf(came))
			}
			if !came && !slices.Contains(madeUp, mark.Target) {
				t.absent[mark.Target]++
			}
		}
		return nil
	})
}

// counts tells whether an activity is of one of the sorts, or counts as one.
func counts(r *model.Record, sorts ...string) bool {
	return r.Is("kind", sorts...) || slices.ContainsFunc(r.List("counts_as"), func(s string) bool { return slices.Contains(sorts, s) })
}

// tallyDue counts the steps of 发展党员 that are late and those behind with dues for three
// months or more: what R-DUE-01 says more urgently than for information.
func (m *monthOf) tallyDue(ctx context.Context) error {
	all, err := m.q.Ledger.Due(ctx, m.to)
	if err != nil {
		return err
	}
	late, behind := int64(0), int64(0)
	for _, d := range all {
		switch {
		case strings.HasPrefix(d.Code, "R-DEV-") && d.Urgency == model.Overdue:
			late++
		case d.Code == "R-DUE-01" && d.Urgency >= model.Soon:
			behind++
		}
	}
	for _, t := range m.tallied {
		t.overdue, t.arrears = late, behind
	}
	return nil
}

// standing gives the figures of all at a day.
func (m *monthOf) standing(ctx context.Context, day model.Date) (*count.SummaryGroup, error) {
	var codes []string
	for _, s := range stocks {
		code, _, _ := strings.Cut(s.figure, ".")
		codes = append(codes, code)
	}
	sum, err := count.Summarize(ctx, m.q.Ledger, count.SummaryQuery{Period: count.Period{From: model.Date(day[:4] + "-01-01"), To: day}, Indicators: onlyThese(codes...)})
	if err != nil || len(sum.Groups) == 0 {
		return nil, err
	}
	return &sum.Groups[0], nil
}

// stoodAt gives a figure of a day, or — where nobody wrote down what it was then.
func stoodAt(g *count.SummaryGroup, figure string) any {
	if g == nil || g.Lacks[figure] > 0 {
		return count.Unknown
	}
	return all(g.Values, figure)
}
