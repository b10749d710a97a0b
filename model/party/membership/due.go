package membership

import (
	"fmt"
	"slices"

	"taizhang/model"
)

// Members gives the members on the rolls with all their fields, where they are few enough to
// be held; EachMember goes through however many.
func Members(x *model.DueExam) []*model.Record {
	return x.Find(PersonKind, isMember...)
}

// isMember are the conditions that IsMember asks of a person.
var isMember = []model.Cond{model.Where("status", model.In, States...), model.Where("standing", model.Eq, OnRolls)}

// walkMembers is what the items about members go through.
var walkMembers = &model.Walk{Kind: PersonKind, Conds: isMember, Fields: []string{"name", "status", "standing", "joined_on", "confirmed_on",
	"party_group", "not_due", "lost_since", "away", "away_since", "away_card", "dues_basis", "monthly_dues", "dues_from"}}

// EachMember has fn called with each of the members on the rolls, with the fields of
// walkMembers, and then once all are through, where it is set. One walk serves all items.
func EachMember(x *model.DueExam, fn func(p *model.Record), then func()) {
	x.Through(walkMembers, fn, then)
}

// EachMemberNow calls fn with each of the members on the rolls at once, as EachMember does
// later.
func EachMemberNow(x *model.DueExam, fn func(p *model.Record)) { x.Now(walkMembers, fn) }

// AnyMember tells whether there are members on the rolls that meet conditions.
func AnyMember(x *model.DueExam, conds ...model.Cond) bool {
	return model.Once(x, fmt.Sprintf("any member %q", conds), func() bool {
		return x.Any(&model.Walk{Kind: PersonKind, Conds: append(slices.Clone(isMember), conds...)})
	})
}

// Movements gives those of some kinds up to the day looked at, by id; not 期初在册, of
// which there are as many as members.
func Movements(x *model.DueExam, kinds ...string) []*model.Record {
	var some []*model.Record
	for _, m := range x.Find(MovementKind, model.Where("kind", model.Ne, Opening)) {
		if m.Is("kind", kinds...) && m.Date("happened_on") <= x.Today {
			some = append(some, m)
		}
	}
	return some
}

// Person gives a person of the home organisation, or nil.
func Person(x *model.DueExam, id string) *model.Record {
	known := model.Once(x, "persons", func() map[string]*model.Record { return map[string]*model.Record{} })
	p, ok := known[id]
	if !ok {
		if p = x.Get(PersonKind, id); p != nil && x.Home != nil && p.OrgID != x.Home.ID {
			p = nil
		}
		known[id] = p
	}
	return p
}

// Opened gives the day from which the book is kept: the first of its first month, ""
// where nothing tells. What is asked for each month is asked from that month on; what was
// done in it before the book was made is settled on paper.
func Opened(x *model.DueExam) model.Date {
	return model.Once(x, "opened", func() model.Date {
		day, err := KeptFrom(x.Env)
		x.Fail(err)
		return day
	})
}

// KeptFrom gives Opened where no due item is looked for.
func KeptFrom(env *model.Env) (model.Date, error) {
	b, err := ReadFirst(env)
	if err != nil || b.First == "" || b.First.First() > env.Today {
		return "", err
	}
	return b.First.First(), nil
}

// OpenedBy reports whether the ledger had begun by a day. What lies before the
// ledger's beginning stands on paper, and a fresh import of a member list must not
// be told that no meeting was held all year.
func OpenedBy(x *model.DueExam, day model.Date) bool { return Opened(x) != "" && Opened(x) <= day }

// Entry gives the movement by which a member last entered here while the ledger
// was kept (接收预备党员, 转入, 恢复党籍), or nil.
func Entry(x *model.DueExam, person string) *model.Record {
	return model.Once(x, "entered", func() map[string]*model.Record {
		all := map[string]*model.Record{}
		for _, m := range Movements(x, Entries...) {
			if last := all[m.Str("person")]; last == nil || last.Date("happened_on") <= m.Date("happened_on") {
				all[m.Str("person")] = m
			}
		}
		return all
	})[person]
}

// WholeYear reports whether the year looked at may be judged as a whole: the book had
// begun by the end of June, or the records of the sort, whose first is dated so, go back
// that far.
func WholeYear(x *model.DueExam, first model.Date) bool {
	by := x.MonthOf(x.Limit("year.opened.month").Int()).Last()
	return OpenedBy(x, by.AddDays(1)) || first != "" && first <= by
}

// Owes reports whether what has to be done once a year is owed: the book is kept, from
// whichever month of the year, or the records of the sort, whose first is dated so, go back
// to its first half. What was done in the year before the book began is settled on paper.
func Owes(x *model.DueExam, first model.Date) bool {
	return OpenedBy(x, x.Today) || WholeYear(x, first)
}

// PaperHint says what to do about a period that had begun before the book: "" where the
// book was kept from the period's first day.
func PaperHint(x *model.DueExam, p model.Period) string {
	if opened := Opened(x); opened > p.First {
		return ";台账从 " + string(opened.Month()) + " 记起,以前办过的按 F2 记“已在纸质台账办理”"
	}
	return ""
}
