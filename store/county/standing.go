package county

import (
	"context"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
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
