package model

import (
	"slices"
	"strconv"
	"strings"
)

// Op is a comparison of a filter.
type Op string

// The comparisons. Values are in stored form (dates YYYY-MM-DD, money in fen).
const (
	Eq       Op = "="
	Ne       Op = "!="
	Lt       Op = "<"
	Le       Op = "<="
	Gt       Op = ">"
	Ge       Op = ">="
	In       Op = "in"       // one of Values
	Contains Op = "contains" // substring of the text, or of a ref's label
	Empty    Op = "empty"
	Filled   Op = "filled"
)

// Cond is one condition of a filter; conditions are joined by "and". A row whose
// field is empty meets Ne, and none of the others but Empty. On refs, roll and
// choices Eq and In ask whether one of the entries fits.
type Cond struct {
	Field  string // a field, or "id", "org_id"
	Op     Op
	Values []string
}

// Where is short for one condition.
func Where(field string, op Op, values ...string) Cond { return Cond{field, op, values} }

// ofEveryKind tells whether a condition is on what the records of all kinds have.
func (c Cond) ofEveryKind() bool { return c.Field == "id" || c.Field == "org_id" }

// Meets reports whether a record meets all conditions. It is the reference for
// the SQL that the store makes of them. It panics on a field that the kind lacks, also
// where an earlier condition decides; what a person wrote goes through Kind.FindField.
func Meets(r *Record, conds []Cond) bool {
	r.Kind.mustMeet(conds)
	for i := range conds {
		c := conds[i].on(r.Kind)
		if !c.meets(r) {
			return false
		}
	}
	return true
}

// condOn is a condition on the records of one kind, read once for many of them.
type condOn struct {
	*Cond
	placed
	bound Value // of Lt, Le, Gt and Ge; nil where it can't be read
}

func (c *Cond) on(k *Kind) condOn {
	on := condOn{Cond: c}
	if c.ofEveryKind() {
		return on
	}
	on.placed = k.mustPlace(c.Field)
	switch c.Op {
	case Lt, Le, Gt, Ge:
		if len(c.Values) > 0 {
			if bound, err := on.field.Type.ParseCSV(on.field, c.Values[0]); err == nil {
				on.bound = bound
			}
		}
	}
	return on
}

func (c *condOn) meets(r *Record) bool {
	switch c.Op {
	case Empty:
		return !c.has(r, anything)
	case Filled:
		return c.has(r, anything)
	case Ne:
		return !c.has(r, c.listed)
	case Eq, In:
		return c.has(r, c.listed)
	case Contains:
		if c.ofEveryKind() {
			return slices.ContainsFunc(c.Values, func(v string) bool { return Fold(v) == "" }) // they have no text
		}
		text := Fold(r.Text(c.Field))
		return slices.ContainsFunc(c.Values, func(v string) bool { return strings.Contains(text, Fold(v)) })
	}
	if c.bound == nil {
		return false
	}
	v := r.at(c.placed)
	if v == nil {
		return false
	}
	n := c.field.Type.Compare(v, c.bound)
	return c.Op == Lt && n < 0 || c.Op == Le && n <= 0 || c.Op == Gt && n > 0 || c.Op == Ge && n >= 0
}

func (c *condOn) listed(entry string) bool { return slices.Contains(c.Values, entry) }

// has tells whether one of the entries that a record holds in the condition's field is of
// the kind asked for.
func (c *condOn) has(r *Record, is func(entry string) bool) bool {
	switch c.Field {
	case "id":
		return is(r.ID)
	case "org_id":
		return is(r.OrgID)
	}
	switch v := r.at(c.placed).(type) {
	case nil:
		return false
	case []string:
		return slices.ContainsFunc(v, is)
	case []Mark:
		return slices.ContainsFunc(v, func(m Mark) bool { return is(m.Target) })
	default:
		return is(c.field.Type.CSV(c.field, v))
	}
}

func anything(string) bool { return true }

// OwnConds keeps a search to the organisation whose record r is or will be.
func OwnConds(env *Env, r *Record) []Cond {
	switch {
	case r.OrgID != "":
		return []Cond{Where("org_id", Eq, r.OrgID)}
	case env.Home != nil:
		return []Cond{Where("org_id", Eq, env.Home.ID)}
	}
	return nil
}

// Fixed makes the conditions of a view that do not depend on the day.
func Fixed(conds ...Cond) func(Date) []Cond {
	return func(Date) []Cond { return conds }
}

// ViewAll shows every record.
var ViewAll = View{Name: "全部"}

// ViewThisYear shows the records whose date stands in the calendar year of today.
func ViewThisYear(date string) View {
	return View{Name: "今年", Where: func(today Date) []Cond {
		y := strconv.Itoa(today.Year())
		return []Cond{Where(date, Ge, y+"-01-01"), Where(date, Le, y+"-12-31")}
	}}
}

// ViewThisMonth shows the records whose date stands in the month of today.
func ViewThisMonth(date string) View {
	return View{Name: "本月", Where: func(today Date) []Cond {
		m := today.Month()
		return []Cond{Where(date, Ge, string(m.First())), Where(date, Le, string(m.Last()))}
	}}
}

// ViewYear shows the records of this year or, with back 1, of last year, by a
// field of type year.
func ViewYear(name, field string, back int) View {
	return View{Name: name, Where: func(today Date) []Cond {
		return []Cond{Where(field, Eq, strconv.Itoa(today.Year()-back))}
	}}
}

// ViewOpen shows what is begun and not ended.
func ViewOpen(name, end string) View { return View{Name: name, Where: Fixed(Where(end, Empty))} }

// ViewEnded shows what is ended.
func ViewEnded(name, end string) View { return View{Name: name, Where: Fixed(Where(end, Filled))} }

// ViewIs shows the records with one of the values in a field.
func ViewIs(name, field string, values ...string) View {
	return View{Name: name, Where: Fixed(Where(field, In, values...))}
}
