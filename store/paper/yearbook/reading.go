package yearbook

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// span is what the statistics are over: a year, or its first half, to today at the latest.
type span struct {
	year     int
	half     bool
	from, to model.Date
}

func (s span) in(d model.Date) bool { return d >= s.from && d <= s.to }

// name writes 2026年 or 2026年上半年.
func (s span) name() string {
	if s.half {
		return fmt.Sprintf("%d年上半年", s.year)
	}
	return fmt.Sprintf("%d年", s.year)
}

// book is what is read of a ledger for the tables, each kind at most once.
type book struct {
	ctx context.Context
	q   *page.Request
	span
	county  bool
	first   model.Month // from which a village's book is kept, "" where nothing tells
	records map[string][]*model.Record
	persons []*person
	homes   map[string]*model.Record // the units by their ids
	orgs    map[string]*model.Record
	reckon  *membership.Reckoning
}

// open begins reading for a request. *model.Error E-MONTH for a year to come, and for one
// before the book was begun.
func open(ctx context.Context, q *page.Request, half bool) (*book, error) {
	today := q.Ledger.Source().Today()
	b := &book{ctx: ctx, q: q, records: map[string][]*model.Record{}}
	b.span = span{year: q.Year, half: half, from: model.Date(fmt.Sprintf("%04d-01-01", q.Year)), to: model.Date(fmt.Sprintf("%04d-12-31", q.Year))}
	if half {
		b.to = model.Date(fmt.Sprintf("%04d-06-30", q.Year))
	}
	b.to = min(b.to, today)
	if q.Year < 1921 || b.from > today {
		return nil, model.Errorf("E-MONTH", "%d年没有统计可算,请写到%d年为止的年份", q.Year, today.Year())
	}
	var err error
	if b.county, err = q.Ledger.IsCounty(ctx); err != nil || b.county {
		return b, err
	}
	begun, err := membership.ReadBegun(q.Env)
	if err != nil {
		return nil, err
	}
	b.first = begun.First
	if b.first != "" && b.to < b.first.First() {
		return nil, model.Errorf("E-MONTH", "台账从%s记起,没有%s的统计可算", b.first.Chinese(), b.name())
	}
	return b, nil
}

// late says that the book was begun within the span: what happened before is not in it.
func (b *book) late() []string {
	if b.first == "" || b.first <= b.from.Month() {
		return nil
	}
	return []string{fmt.Sprintf("台账从%s记起,本期以前的变动、会议和评议不在台账里,请补上再报。", b.first.Chinese())}
}

// find gives the records of a kind that meet the conditions, which are the same whenever
// the kind is asked for.
func (b *book) find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	if found, ok := b.records[kind]; ok {
		return found, nil
	}
	found, err := b.q.Env.Look.Find(kind, conds...)
	if err != nil {
		return nil, fmt.Errorf("statistics: %w", err)
	}
	b.records[kind] = found
	return found, nil
}

// balance gives the balance of the span.
func (b *book) balance() (*membership.Reckoning, error) {
	if b.reckon == nil {
		of := count.YearBalance
		if b.half {
			of = count.HalfYearBalance
		}
		r, err := of(b.ctx, b.q.Ledger, b.year)
		if err != nil {
			return nil, err
		}
		b.reckon = &r
	}
	return b.reckon, nil
}

// organisations reads the organisations and which of them are units: those whose records
// the ledger holds.
func (b *book) organisations() (map[string]*model.Record, error) {
	if b.orgs != nil {
		return b.orgs, nil
	}
	found, err := b.find("organization")
	if err != nil {
		return nil, err
	}
	b.orgs, b.homes = map[string]*model.Record{}, map[string]*model.Record{}
	for _, o := range found {
		b.orgs[o.ID] = o
		if o.ID == o.OrgID {
			b.homes[o.ID] = o
		}
	}
	return b.orgs, nil
}

// office tells of the county's own organisation, which is an office and no organisation of
// members.
func (b *book) office(o *model.Record) bool {
	home := b.q.Ledger.Home()
	return b.county && home != nil && o.ID == home.ID
}

// everyone reads the persons on file with what has happened to them.
func (b *book) everyone() ([]*person, error) {
	if b.persons != nil {
		return b.persons, nil
	}
	if _, err := b.organisations(); err != nil {
		return nil, err
	}
	records, err := b.find(membership.PersonKind)
	if err != nil {
		return nil, err
	}
	moves, err := b.find(membership.MovementKind, model.Where("person", model.Filled), model.Where("happened_on", model.Filled))
	if err != nil {
		return nil, err
	}
	by := map[string][]*model.Record{}
	for _, m := range moves {
		by[m.Str("person")] = append(by[m.Str("person")], m)
	}
	b.persons = make([]*person, 0, len(records))
	for _, m := range membership.Memberships(records, moves) {
		p := &person{r: m.Person, home: b.homes[m.Person.OrgID], moves: by[m.Person.ID], passages: m.Passages, day: b.to, stays: m.Stays, elsewhere: m.Elsewhere()}
		slices.SortStableFunc(p.moves, func(a, b *model.Record) int { return cmp.Compare(a.Str("happened_on"), b.Str("happened_on")) })
		for _, s := range m.Stays {
			if s.From <= b.to && (s.Until == "" || s.Until > b.to) {
				p.member, p.probationary = true, m.Probationary(b.to)
			}
		}
		b.persons = append(b.persons, p)
	}
	return b.persons, nil
}

// members gives the members at the span's last day.
func (b *book) members() ([]*person, error) {
	everyone, err := b.everyone()
	if err != nil {
		return nil, err
	}
	var found []*person
	for _, p := range everyone {
		if p.member {
			found = append(found, p)
		}
	}
	return found, nil
}

// branchOf gives the branch that a person stands in: that of the party group, else the
// unit itself.
func (b *book) branchOf(p *person) *model.Record {
	return b.branch(b.orgs[p.r.Str("party_group")], p.home)
}

// branch gives the organisation itself or, of a party group, that above it.
func (b *book) branch(o, home *model.Record) *model.Record {
	for range 5 { // groups stand below a branch, not deeper
		if o == nil || !o.Is("kind", "党小组") {
			break
		}
		o = b.orgs[o.Str("parent")]
	}
	if o == nil {
		return home
	}
	return o
}

// named names up to ten persons and says how many more there are.
func (b *book) named(people []*person) string {
	const most = 10
	var names []string
	for i, p := range people {
		if i == most {
			return strings.Join(names, "、") + fmt.Sprintf("等 %d 人", len(people))
		}
		name := p.r.Str("name")
		if b.county && p.home != nil {
			name += "(" + cmp.Or(p.home.Str("short_name"), p.home.Str("name")) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, "、")
}

// lacking says of how many members something that a table counts by is not on file.
func (b *book) lacking(people []*person, field, columns string) []string {
	var without []*person
	for _, p := range people {
		if !p.r.Filled(field) {
			without = append(without, p)
		}
	}
	if len(without) == 0 {
		return nil
	}
	label := without[0].r.Kind.Field(field).Label
	return []string{fmt.Sprintf("没有填%s的 %d 人,没有计入%s:%s。", label, len(without), columns, b.named(without))}
}
