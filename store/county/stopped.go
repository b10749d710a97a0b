package county

import (
	"context"
	"slices"

	"taizhang/store"
)

// Stopped is a unit whose last bundle was refused for a reason that the county can lift
// after a call to the village: another key, or an old backup.
type Stopped struct {
	Unit store.Unit // by the list; by the bundle where it is not on it
	At   string     // when it was refused, YYYY-MM-DDThh:mm:ssZ
	Code string     // of the fault, e.g. E-KEY-CHANGED
}

// liftable are the faults after which the county can let the next bundle in: another key,
// a ledger that did not make the last bundle accepted, a number that came before.
var liftable = []string{"E-KEY-CHANGED", "E-FORK", "E-REPEATED"}

// StoppedUnits gives the units that wait to be let in (认可、放行), by code.
func StoppedUnits(ctx context.Context, l *store.Ledger) ([]Stopped, error) {
	book, err := Intakes(ctx, l, "")
	if err != nil {
		return nil, err
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	last := map[string]*IntakeLine{}
	for i := range book {
		if book[i].Code != "" {
			last[book[i].Code] = &book[i]
		}
	}
	keys, err := KnownKeys(ctx, l)
	if err != nil {
		return nil, err
	}
	var all []Stopped
	for _, k := range keys {
		line := last[k.Code]
		if line == nil || line.Verdict != Refused {
			continue
		}
		why, err := readReasons(line)
		if err != nil {
			return nil, err
		}
		// One that is let in already only has to be received again.
		if k.Restored || k.Successor != "" && k.Successor == why.Key || !slices.Contains(liftable, why.Code) {
			continue
		}
		s := Stopped{Unit: store.Unit{Code: k.Code, Name: why.Name}, At: line.At, Code: why.Code}
		if i := slices.IndexFunc(roll, func(u store.Unit) bool { return u.Code == k.Code }); i >= 0 {
			s.Unit = roll[i]
		}
		all = append(all, s)
	}
	return all, nil
}

// HeldUnits gives the units of which the county has accepted a bundle, in the order of the
// list, those not on it last: what can be given back to a village.
func HeldUnits(ctx context.Context, l *store.Ledger) ([]store.Unit, error) {
	keys, err := KnownKeys(ctx, l)
	if err != nil {
		return nil, err
	}
	held := map[string]bool{}
	for _, k := range keys {
		if k.OrgID != "" {
			held[k.Code] = true
		}
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	var all []store.Unit
	for _, u := range roll {
		if held[u.Code] {
			all = append(all, u)
			delete(held, u.Code)
		}
	}
	if len(held) == 0 {
		return all, nil
	}
	on, err := l.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		if held[k.Code] {
			u := on[k.OrgID]
			u.Code, u.OnFile = k.Code, false
			all = append(all, u)
		}
	}
	return all, nil
}
