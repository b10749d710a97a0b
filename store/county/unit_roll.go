package county

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// What became of a unit that the new list of units lacks, and of a code of a retired unit
// that it has.
const (
	RollAbolished = "撤销"
	RollMerged    = "合并到"
	RollRecoded   = "换了代码"
	RollMissed    = "表里漏了"
	RollBack      = "撤销记错了"  // the retired unit is there again
	RollReused    = "给了别的单位" // its code is another's from now on
)

// RollComparison is a new list of units beside what is on file.
type RollComparison struct {
	Units   []store.Unit // the new list
	Gone    []RollGone   // units on file that it lacks, by code: each is to be answered
	Retired []Life       // retired units whose code it has, by code: each is to be answered
	New     []store.Unit // units that were not on file
	Renamed []RollRenamed
}

// RollGone is a unit that the new list lacks.
type RollGone struct {
	Life
	Likely string // a code new on the list under the same name, "" for none
}

// RollRenamed is a unit whose name the new list changes.
type RollRenamed struct{ Code, Before, Now string }

// Open tells how many questions are to be answered before the list is taken in.
func (c RollComparison) Open() int { return len(c.Gone) + len(c.Retired) }

// RollAnswer is what the clerk says of one unit.
type RollAnswer struct {
	Code string     // as on file
	What string     // RollAbolished … RollReused
	To   string     // of RollMerged and RollRecoded: the other code
	On   model.Date // of all but RollMissed and RollBack: from which day
}

// CompareRoll compares a new list of units with the one on file and with the units of
// which bundles came. Nothing is changed.
func CompareRoll(ctx context.Context, l *store.Ledger, units []store.Unit) (RollComparison, error) {
	c := RollComparison{Units: units}
	lives, err := Lives(ctx, l)
	if err != nil {
		return c, err
	}
	listed := map[string]store.Unit{}
	for _, u := range units {
		listed[u.Code] = u
		switch old, known := lives[u.Code]; {
		case !known:
			c.New = append(c.New, u)
		case old.RetiredOn != "":
			c.Retired = append(c.Retired, old)
		case old.OnRoll && old.Name != u.Name:
			c.Renamed = append(c.Renamed, RollRenamed{u.Code, old.Name, u.Name})
		}
	}
	for _, code := range slices.Sorted(maps.Keys(lives)) {
		u := lives[code]
		if _, there := listed[code]; there || u.RetiredOn != "" {
			continue
		}
		g := RollGone{Life: u}
		for _, n := range c.New {
			if plainName(n.Name) == plainName(u.Name) && (n.Township == u.Township || n.Township == "" || u.Township == "") {
				g.Likely = n.Code
			}
		}
		c.Gone = append(c.Gone, g)
	}
	slices.SortFunc(c.Retired, func(a, b Life) int { return cmp.Compare(a.Code, b.Code) })
	return c, nil
}

// ApplyRoll takes the new list in, with what the clerk says of each unit that has gone, in
// one transaction; one that was left out by mistake stays on the list. *model.Error E-ROLL
// where a unit is not answered for, those of Retire and Recode.
func ApplyRoll(ctx context.Context, l *store.Ledger, c RollComparison, answers []RollAnswer) error {
	by := map[string]RollAnswer{}
	for _, a := range answers {
		by[a.Code] = a
	}
	units := slices.Clone(c.Units)
	var recoded, ended []RollAnswer
	for _, g := range c.Gone {
		a := by[g.Code]
		switch a.What {
		case RollMissed:
			units = append(units, store.Unit{Code: g.Code, Name: g.Name, Township: g.Township, Domain: g.Domain, Phone: g.Phone})
		case RollRecoded:
			recoded = append(recoded, a)
		case RollAbolished, RollMerged:
			ended = append(ended, a)
		default:
			return model.Errorf("E-ROLL", "新名单里没有 %s(%s),请先说明是撤销、合并、换了代码,还是表里漏了", g.Code, model.Clean(g.Name, false))
		}
	}
	for _, u := range c.Retired {
		if what := by[u.Code].What; what != RollBack && what != RollReused {
			return model.Errorf("E-ROLL", "新名单里有已撤销的 %s(%s),请先说明是撤销记错了,还是代码给了别的单位", u.Code, model.Clean(u.Name, false))
		}
	}
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		for _, u := range c.Retired {
			if err := applyRetired(ctx, t, u, by[u.Code]); err != nil {
				return err
			}
		}
		if err := applyRecoded(ctx, t, recoded); err != nil {
			return err
		}
		if err := t.SetUnits(ctx, slices.Concat(units, leaving(c, ended))); err != nil {
			return err
		}
		for _, a := range ended {
			r := Retirement{Code: a.Code, On: a.On, Reason: Abolished}
			if a.What == RollMerged {
				r.Into, r.Reason = a.To, Merged
			}
			if err := retire(ctx, t, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// leaving gives the units that end, as they stand on the list until then.
func leaving(c RollComparison, ended []RollAnswer) []store.Unit {
	var all []store.Unit
	for _, g := range c.Gone {
		if slices.ContainsFunc(ended, func(a RollAnswer) bool { return a.Code == g.Code }) {
			all = append(all, store.Unit{Code: g.Code, Name: g.Name, Township: g.Township, Domain: g.Domain, Phone: g.Phone})
		}
	}
	return all
}

func applyRetired(ctx context.Context, t *store.Tx, u Life, a RollAnswer) error {
	if a.What == RollBack {
		return unretire(ctx, t, u.Code)
	}
	lives, err := livesAt(ctx, t.Ledger(), t)
	if err != nil {
		return err
	}
	return recode(ctx, t, u, spareCode(lives, u.Code), cmp.Or(a.On, t.Ledger().Source().Today()))
}

// applyRecoded changes codes, one after the other as they become free.
func applyRecoded(ctx context.Context, t *store.Tx, pending []RollAnswer) error {
	home, today := t.Ledger().Home().Str(fieldCode), t.Ledger().Source().Today()
	for len(pending) > 0 {
		at := slices.IndexFunc(pending, func(a RollAnswer) bool {
			return !slices.ContainsFunc(pending, func(b RollAnswer) bool { return b.Code == a.To })
		})
		a := pending[max(at, 0)]
		pending = slices.Delete(slices.Clone(pending), max(at, 0), max(at, 0)+1)
		a.To = strings.TrimSpace(a.To)
		lives, err := livesAt(ctx, t.Ledger(), t)
		if err != nil {
			return err
		}
		if err := CheckRecode(lives, home, a.Code, a.To, a.On, today); err != nil {
			return err
		}
		if err := recode(ctx, t, lives[a.Code], a.To, a.On); err != nil {
			return err
		}
	}
	return nil
}
