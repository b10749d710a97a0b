package county

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
)

// standing is what is on file about the units.
type standing struct {
	month model.Month
	lives map[string]Life // by present code
	roll  []store.Unit
	keys  map[string]KnownKey
	orgs  map[string]store.Unit // by code
	lines map[string][]IntakeLine
	order []string               // codes of lines, as first seen
	told  map[string]model.Month // from which its ledger is kept, by the organisation's id
	first model.Month            // the earliest of which a bundle was accepted, of any unit; "" for none
}

func readStanding(ctx context.Context, l *store.Ledger, month model.Month) (*standing, error) {
	s := &standing{month: month, keys: map[string]KnownKey{}, orgs: map[string]store.Unit{}, lines: map[string][]IntakeLine{}}
	var err error
	if s.lives, err = Lives(ctx, l); err != nil {
		return nil, err
	}
	if s.roll, err = l.Roll(ctx); err != nil {
		return nil, err
	}
	keys, err := KnownKeys(ctx, l)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		s.keys[k.Code] = k
	}
	orgs, err := l.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	for _, u := range orgs {
		s.orgs[u.Code] = u
	}
	lines, err := IntakeLines(ctx, l, month)
	if err != nil {
		return nil, err
	}
	for _, i := range lines {
		code := named(&i)
		if code == "" {
			continue
		}
		code = codeThen(s.lives, code, localDay(i.At))
		if _, seen := s.lines[code]; !seen {
			s.order = append(s.order, code)
		}
		s.lines[code] = append(s.lines[code], i)
		if i.accepted() && (s.first == "" || i.Month < s.first) {
			s.first = i.Month
		}
	}
	s.told, err = toldBegun(ctx, inside(l).Readers())
	return s, inside(l).Explain(err)
}

func (i *IntakeLine) accepted() bool { return i.Verdict == Accepted || i.Verdict == Partly }

// begun gives the first month that a unit is asked for: that from which its ledger is
// kept, where its bundles tell, else that of its first bundle; one that never sent any is
// asked from the month on in which the county's reporting began. "" asks for every month.
func (s *standing) begun(code string) model.Month {
	begun := model.Month("")
	for _, i := range s.lines[code] {
		if i.accepted() && (begun == "" || i.Month < begun) {
			begun = i.Month
		}
	}
	if begun == "" {
		return s.first
	}
	if told := s.told[s.keys[code].OrgID]; told != "" {
		begun = min(begun, max(told, s.first))
	}
	return begun
}

// named gives the code of a line. A file that could not be opened is known by its
// name alone, which says month and number too.
func named(i *IntakeLine) string {
	if i.Code == "" {
		i.Code, i.Month, i.Sequence, _ = bundle.NameIn(i.File)
	}
	return i.Code
}

// codeThen gives the present code of the unit that had a code on a day: another may have
// it since.
func codeThen(lives map[string]Life, code string, day model.Date) string {
	found, until := "", model.Date("")
	for now, u := range lives {
		for _, f := range u.Former {
			if f.Code == code && day < f.Until && (until == "" || f.Until < until) {
				found, until = now, f.Until
			}
		}
	}
	if found != "" {
		return found
	}
	return CurrentCode(lives, code)
}

// units gives those of the list, those retired, then those seen.
func (s *standing) units() []store.Unit {
	all := slices.Clone(s.roll)
	listed := map[string]bool{}
	for i := range all {
		listed[all[i].Code] = true
		all[i].OnFile = true // here: on the list
	}
	for _, code := range slices.Sorted(maps.Keys(s.lives)) {
		if u := s.lives[code]; u.RetiredOn != "" && !listed[code] {
			listed[code] = true
			all = append(all, u.Unit())
		}
	}
	for _, code := range s.order {
		if listed[code] {
			continue
		}
		u := s.orgs[code]
		u.Code, u.OnFile = code, false
		all = append(all, u)
	}
	return all
}

// noteBegun keeps from which month a unit's ledger is kept. A bundle of the program that
// did not tell yet changes nothing.
func noteBegun(ctx context.Context, t *store.Tx, orgID string, first model.Month) error {
	if first == "" {
		return nil
	}
	if err := t.Exec(ctx, "INSERT OR REPLACE INTO unit_begun (org_id, month) VALUES (?, ?)", orgID, string(first)); err != nil {
		return fmt.Errorf("beginning of a unit: %w", err)
	}
	return nil
}

// toldBegun gives from which month each unit's ledger is kept, by its organisation's id,
// for those whose bundles told.
func toldBegun(ctx context.Context, q raw.Querier) (map[string]model.Month, error) {
	return begunBy(ctx, q, func(text string) model.Month { return model.Month(text) }, "SELECT org_id, month FROM unit_begun")
}

// openedMonths gives the month that the first 期初在册 of each organisation opens: from
// there on its movements tell who was a member.
func openedMonths(ctx context.Context, q raw.Querier) (map[string]model.Month, error) {
	return begunBy(ctx, q, func(text string) model.Month { return membership.FirstOf(model.Date(text)) },
		"SELECT org_id, min(happened_on) FROM movement WHERE kind = ? AND deleted_at IS NULL AND happened_on IS NOT NULL GROUP BY org_id", membership.Opening)
}

func begunBy(ctx context.Context, q raw.Querier, month func(string) model.Month, query string, args ...any) (map[string]model.Month, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("beginning of the units: %w", err)
	}
	defer rows.Close()
	all := map[string]model.Month{}
	for rows.Next() {
		var org, text string
		if err := rows.Scan(&org, &text); err != nil {
			return nil, fmt.Errorf("beginning of the units: %w", err)
		}
		all[org] = month(text)
	}
	return all, rows.Err()
}

// leftOut gives the organisations, by id, of which nothing is known for the month of a
// report since their books had not begun: their movements begin later and no bundle of the
// month or one before was accepted; and those that have not reported for it.
func leftOut(ctx context.Context, l *store.Ledger, r *Report) (absent, silent map[string]bool, err error) {
	q := inside(l).Readers()
	told, err := toldBegun(ctx, q)
	if err != nil {
		return nil, nil, inside(l).Explain(err)
	}
	var opened map[string]model.Month
	if l.Kinds().Kind(membership.MovementKind) != nil {
		if opened, err = openedMonths(ctx, q); err != nil {
			return nil, nil, inside(l).Explain(err)
		}
	}
	lives, err := Lives(ctx, l)
	if err != nil {
		return nil, nil, err
	}
	absent, silent = map[string]bool{}, map[string]bool{}
	for i := range r.Units {
		u := &r.Units[i]
		org := lives[u.Code].OrgID
		if org == "" {
			continue
		}
		silent[org] = !u.In() && u.State != Gone // of one that is no more all is known
		first := told[org]
		if first == "" {
			first = opened[org]
		}
		if first != "" && u.First != "" {
			first = min(first, u.First)
		}
		absent[org] = r.Month < first
	}
	return absent, silent, nil
}

// DeadlineOf gives the last day on which a month can be reported in time: the
// deadline_day that was in force on the month's first day, of the month after it. A
// change made during a month holds from the next month on; what was in force before the
// first change holds for all before.
func DeadlineOf(ctx context.Context, l *store.Ledger, month model.Month) (model.Date, error) {
	profile, err := send.Profile(ctx, l)
	if err != nil {
		return "", err
	}
	day := int64(defaultDeadline)
	if x := l.Extract(); x != nil && x.Deadline > 0 {
		day = int64(x.Deadline)
	}
	if profile != nil {
		day = int64(profile.DeadlineDay)
	}
	changed, err := raw.Number(ctx, inside(l).Readers(), `SELECT coalesce(
		(SELECT day FROM deadline_change WHERE on_day <= ?1 ORDER BY on_day DESC LIMIT 1),
		(SELECT was FROM deadline_change ORDER BY on_day LIMIT 1), 0)`, string(month.First()))
	if err != nil {
		return "", inside(l).Explain(fmt.Errorf("deadline of %s: %w", month, err))
	}
	if changed > 0 {
		day = changed
	}
	return month.Add(1).First().AddDays(int(day) - 1), nil
}
