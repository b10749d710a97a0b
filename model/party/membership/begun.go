package membership

import (
	"fmt"

	"taizhang/model"
)

// Begun tells how a record book began.
type Begun struct {
	// First is the month from which the book is kept: said when it was made, else that
	// of the first 期初在册; "" where nothing tells.
	First model.Month
	// Opened is the month in which the first 期初在册 was written down, "" for none.
	Opened model.Month
}

// BegunLookup is a Lookup that knows how the book began without reading all movements.
type BegunLookup interface {
	Begun() (Begun, error)
	First() (model.Month, error) // of Begun, which takes longer
}

// ReadFirst gives what ReadBegun does, without Opened where that would have to be looked for.
func ReadFirst(env *model.Env) (Begun, error) {
	if look, ok := model.LookupAs[BegunLookup](env.Look); ok {
		first, err := look.First()
		return Begun{First: first}, err
	}
	return ReadBegun(env)
}

// ReadBegun tells how the home organisation's book began.
func ReadBegun(env *model.Env) (Begun, error) {
	if look, ok := model.LookupAs[BegunLookup](env.Look); ok {
		return look.Begun()
	}
	conds := []model.Cond{model.Where("kind", model.Eq, Opening)}
	if env.Home != nil {
		conds = append(conds, model.Where("org_id", model.Eq, env.Home.ID))
	}
	openings, err := env.Look.Find(MovementKind, conds...)
	if err != nil {
		return Begun{}, fmt.Errorf("beginning of the book: %w", err)
	}
	return BegunBy(openings), nil
}

// BegunBy tells how a book began by those of its movements that are 期初在册.
func BegunBy(openings []*model.Record) (b Begun) {
	for _, m := range openings {
		first, written := FirstOf(m.Date("happened_on")), m.Date("happened_on").Month()
		if len(m.CreatedAt) >= len("2026-10") {
			written = model.Month(m.CreatedAt[:len("2026-10")])
		}
		if b.First == "" || first < b.First {
			b.First = first
		}
		if b.Opened == "" || written < b.Opened {
			b.Opened = written
		}
	}
	return b
}

// FirstOf gives the month that an opening of a day opens: those on file at a month's
// last day open the next.
func FirstOf(day model.Date) model.Month { return day.AddDays(1).Month() }

// OpeningDay gives the day on which those stand 期初在册 who were members when the book
// began: the one before its first month.
func OpeningDay(b Begun, today model.Date) model.Date {
	first := b.First
	if first == "" {
		first = today.Month()
	}
	return first.First().AddDays(-1)
}

// Beginning tells whether members may still be put on file as there from the
// beginning without a word: in the first month, and later while no month is closed and
// the openings are being written down.
func Beginning(env *model.Env, b Begun) (bool, error) {
	month := env.Today.Month()
	if b.First == "" || month <= b.First {
		return true, nil
	}
	if look, ok := model.LookupAs[ClosedLookup](env.Look); ok {
		closed, err := look.ClosedMonths()
		if err != nil || len(closed) > 0 {
			return false, err
		}
	}
	if b.Opened == "" { // not looked for
		whole, err := ReadBegun(env)
		if err != nil {
			return false, err
		}
		b.Opened = whole.Opened
	}
	return b.Opened == "" || b.Opened >= month, nil
}
