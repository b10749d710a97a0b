package membership

import (
	"taizhang/model"
)

// Members gives the members on the rolls. All persons are read once, for all items.
func Members(x *model.DueExam) []*model.Record {
	return model.Once(x, "members", func() (all []*model.Record) {
		for _, p := range x.Find(PersonKind) {
			if IsMember(p) {
				all = append(all, p)
			}
		}
		return all
	})
}

// Movements gives those of some kinds up to the day looked at, by id.
func Movements(x *model.DueExam, kinds ...string) []*model.Record {
	var some []*model.Record
	for _, m := range x.Find(MovementKind) {
		if m.Is("kind", kinds...) && m.Date("happened_on") <= x.Today {
			some = append(some, m)
		}
	}
	return some
}

// Person gives a person of the home organisation, or nil.
func Person(x *model.DueExam, id string) *model.Record {
	return model.Once(x, "persons", func() map[string]*model.Record {
		all := map[string]*model.Record{}
		for _, p := range x.Find(PersonKind) {
			all[p.ID] = p
		}
		return all
	})[id]
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
// begun by the end of June, or records of the sort go back that far.
func WholeYear(x *model.DueExam, records []*model.Record, date string) bool {
	by := x.MonthOf(x.Limit("year.opened.month").Int()).Last()
	return OpenedBy(x, by.AddDays(1)) || model.AnyBy(records, date, by)
}

// Owes reports whether what has to be done once a year is owed: the book is kept, from
// whichever month of the year, or records of the sort go back to its first half. What was
// done in the year before the book began is settled on paper.
func Owes(x *model.DueExam, records []*model.Record, date string) bool {
	return OpenedBy(x, x.Today) || WholeYear(x, records, date)
}

// PaperHint says what to do about a period that had begun before the book: "" where the
// book was kept from the period's first day.
func PaperHint(x *model.DueExam, p model.Period) string {
	if opened := Opened(x); opened > p.First {
		return ";台账从 " + string(opened.Month()) + " 记起,以前办过的按 F2 记“已在纸质台账办理”"
	}
	return ""
}
