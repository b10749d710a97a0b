package model

// members gives the members on the rolls. All persons are read once, for all items.
func (x *DueExam) members() []*Record {
	return Once(x, "members", func() (all []*Record) {
		for _, p := range x.Find(PersonKind) {
			if isMember(p) {
				all = append(all, p)
			}
		}
		return all
	})
}

// movements gives those of some kinds up to the day looked at, by id.
func (x *DueExam) movements(kinds ...string) []*Record {
	var some []*Record
	for _, m := range x.Find(MovementKind) {
		if m.Is("kind", kinds...) && m.Date("happened_on") <= x.Today {
			some = append(some, m)
		}
	}
	return some
}

// person gives a person of the home organisation, or nil.
func (x *DueExam) person(id string) *Record {
	return Once(x, "persons", func() map[string]*Record {
		all := map[string]*Record{}
		for _, p := range x.Find(PersonKind) {
			all[p.ID] = p
		}
		return all
	})[id]
}

// opened gives the day from which the ledger is taken as kept: the first day of the
// month after that of the first 期初在册, "" when there is none. The month of the
// beginning itself is half on paper, and its 期初在册 stands on its first day.
func (x *DueExam) opened() Date {
	return Once(x, "opened", func() Date {
		first := Date("")
		for _, m := range x.movements(opening) {
			if day := m.Date("happened_on"); first == "" || day < first {
				first = day
			}
		}
		if first != "" {
			first = first.Month().Add(1).First()
		}
		return first
	})
}

// openedBy reports whether the ledger had begun by a day. What lies before the
// ledger's beginning stands on paper, and a fresh import of a member list must not
// be told that no meeting was held all year.
func (x *DueExam) openedBy(day Date) bool { return x.opened() != "" && x.opened() <= day }

// entry gives the movement by which a member last entered here while the ledger
// was kept (接收预备党员, 转入, 恢复党籍), or nil.
func (x *DueExam) entry(person string) *Record {
	return Once(x, "entered", func() map[string]*Record {
		all := map[string]*Record{}
		for _, m := range x.movements(entries...) {
			if last := all[m.Str("person")]; last == nil || last.Date("happened_on") <= m.Date("happened_on") {
				all[m.Str("person")] = m
			}
		}
		return all
	})[person]
}

// wholeYear reports whether the year looked at may be judged as one: the ledger
// had begun by the end of June, or records of the sort go back that far.
func (x *DueExam) wholeYear(records []*Record, date string) bool {
	by := x.monthOf(x.limit("year.opened.month").Int()).Last()
	return x.openedBy(by.AddDays(1)) || anyBy(records, date, by)
}
