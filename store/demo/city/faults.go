package city

import (
	"slices"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// The deliberate faults of the county (domain.md §11.6), each in an organisation of
// its own, so that one does not hide another. What falls due is no finding of a rule
// and not among them (due.go).
const (
	crossTwice       = county.CrossTwice
	faultDigit       = "wrong check digit"
	faultSex         = "sex against the number"
	faultBirth       = "birth against the number"
	faultYoung       = "applicant under 18"
	faultEleven      = "candidate after eleven months"
	faultNotice      = "notice of four working days"
	faultLate        = "approved after six months and a half"
	faultLonger      = "probation prolonged by five months"
	faultHalf        = "half of the voters at an admission"
	faultTwo         = "branch of two full members"
	faultNoCommittee = "branch of eight without a committee"
	faultLarge       = "branch of fifty-five"
	faultElection    = "one short of four fifths at an election"
	faultDear        = "farmer who pays 1.20"
	faultLetter      = "letter valid for 91 days"
	faultThird       = "more than a third excellent"
	faultVeto        = "named despite a veto"
	faultMeeting     = "branch meeting five weeks after the pre-review"
	faultRoll        = "more who should vote than the list has"
	faultPaidLate    = "dues paid more than half a year late"
	faultReduced     = "less dues without an approval"
	faultAhead       = "a day that has not come"
	faultLetterDues  = "a letter that says more than the ledger"
	faultOffice      = "a Party office of one without a vote"
)

func (u *unit) has(fault string) bool { return slices.Contains(u.faults, fault) }

// faultySizes gives three organisations the sizes at which a rule speaks; others
// take or give the difference.
func (c *city) faultySizes() {
	resize := func(domain, fault string, members int) {
		units := where2(c.of(domain), func(u *unit) bool {
			return len(u.faults) == 0 && !u.villageOf && (domain == "行政村" || u.kind == "党支部")
		})
		slices.SortStableFunc(units, func(a, b *unit) int { return abs(a.members-members) - abs(b.members-members) })
		u := units[0]
		u.faults = append(u.faults, fault)
		rest := u.members - members
		u.members = members
		for _, o := range units[1:] {
			// Those near the bounds of their kind stay as they are.
			if n := o.members + rest; domain == "行政村" && n > 100 && n < 230 && o.members > 100 || domain != "行政村" && n > 15 && n < 48 && o.members > 15 {
				o.members = n
				return
			}
		}
		units[len(units)-1].members += rest
	}
	resize("行政村", faultLarge, 55)
	resize("非公企业", faultTwo, 4)
	resize("非公企业", faultNoCommittee, 8)
}

// faultyPlaces chooses where the other faults are.
func (c *city) faultyPlaces() {
	d := c.dice("faults")
	order := dice.Shuffled(d, c.of("行政村"))
	put := func(fault string, fits func(*unit) bool) {
		for _, u := range order {
			if len(u.faults) == 0 && !u.villageOf && fits(u) {
				u.faults = append(u.faults, fault)
				return
			}
		}
	}
	any := func(*unit) bool { return true }
	put(faultVeto, func(u *unit) bool { return u.good != "" })
	put(faultLetter, func(u *unit) bool { return u.quotas["out"] > 0 })
	put(faultElection, func(u *unit) bool { return u.elected >= firstDay && u.members > 40 })
	for _, fault := range []string{faultLate, faultLonger, faultEleven, faultHalf} {
		put(fault, func(u *unit) bool { return u.enter > 1 })
	}
	for _, fault := range []string{faultYoung, faultNotice} {
		put(fault, func(u *unit) bool { return u.applicants > 0 })
	}
	for _, fault := range []string{faultDigit, faultSex, faultBirth, faultDear, faultThird} {
		put(fault, any)
	}
	// Two of the four members of one branch were admitted in the last year: another
	// organisation has two fewer.
	two := where2(c.units, func(u *unit) bool { return u.has(faultTwo) })[0]
	for _, u := range order {
		if len(u.faults) == 0 && u.enter > 2 {
			u.enter, two.enter = u.enter-2, 2
			break
		}
	}
	put(faultLetterDues, func(u *unit) bool { return u.movedOut >= recentDay.AddMonths(3) })
	put(faultRoll, func(u *unit) bool { return u.enter > 0 && u.members > 40 })
	put(faultOffice, func(u *unit) bool { return u.applicants > 0 })
	for _, fault := range []string{faultPaidLate, faultReduced, faultAhead} {
		put(fault, any)
	}
}

// doubled gives a member of one village the ID number of a member of another: only
// the county can see it.
func (c *city) doubled() {
	var two []*folk.Villager
	for _, u := range c.of("行政村") {
		free := folk.Where(u.people.all, func(v *folk.Villager) bool {
			return stays(v) && v.Entry == "" && v.Offices == 0 && v.Sex == "男" && v.Ethnicity == "汉族" && v.Age(lastDay) > 40 && !u.isOdd(v)
		})
		if len(u.faults) > 0 || u.villageOf || len(free) == 0 || len(two) == 2 {
			continue
		}
		slices.SortStableFunc(free, func(a, b *folk.Villager) int { return abs(a.Age(lastDay)-52) - abs(b.Age(lastDay)-52) })
		u.double = free[0]
		two = append(two, free[0])
	}
	if len(two) == 2 {
		two[1].Birth, two[1].IDNumber = two[0].Birth, two[0].IDNumber
	}
}

// spoil changes the way of one who was admitted.
func (e *entry) spoil(u *unit, i int) {
	a := e.Steps
	switch {
	case u.has(faultEleven) && i == 0:
		e.fault = "E-DEV-12M"
		a["activist_on"] = a["candidate_on"].AddMonths(-11)
		a["activist_filed_on"] = a["activist_on"].AddDays(8)
	case u.has(faultHalf) && i == 0:
		e.fault = "E-VOTE-HALF"
	case u.has(faultLate) && i == u.enter-1:
		e.fault = "E-DEV-6M"
		days := a["accepted_on"].DaysUntil(a["approved_on"].AddMonths(-6).AddDays(-15))
		for _, step := range []string{"applied_on", "talked_on", "activist_on", "activist_filed_on", "notice_from", "notice_to", "candidate_on", "candidate_filed_on",
			"vetted_on", "trained_on", "committee_on", "prereviewed_on", "accepted_on", "superior_talk_on", "asked_on", "confirm_voted_on", "confirm_approved_on", "archived_on"} {
			a[step] = a[step].AddDays(days)
		}
		for _, step := range []string{"asked_on", "confirm_voted_on", "confirm_approved_on", "archived_on"} {
			a[step] = folk.Never
		}
	case u.has(faultLonger) && i == 0:
		e.fault = "W-DEV-EXTEND"
		e.Extended = a["accepted_on"].AddMonths(17)
		a["asked_on"] = e.Extended.AddDays(-9)
		a["confirm_voted_on"] = folk.Workday(e.Extended.AddDays(6))
		a["confirm_approved_on"] = folk.Workday(a["confirm_voted_on"].AddDays(21))
		a["archived_on"] = folk.Workday(a["confirm_approved_on"].AddDays(14))
	}
}

// spoilStock changes the way of one who has applied.
func (e *entry) spoilStock(c *city, u *unit) bool {
	a, v := e.Steps, e.person
	if v.Status != "入党申请人" {
		return false
	}
	switch {
	case u.has(faultNotice):
		// The Dragon Boat Festival lies in the notice.
		e.fault = "E-DEV-NOTICE"
		for step := range a {
			a[step] = folk.Never
		}
		a["applied_on"], a["talked_on"], a["notice_from"], a["notice_to"] = "2026-05-13", "2026-05-25", "2026-06-16", "2026-06-22"
	case u.has(faultYoung):
		e.fault = "E-AGE-01"
		v.Birth = a["applied_on"].AddYears(-17).AddDays(-100)
		v.IDNumber = c.ids.Next(v.Birth, v.Sex)
		v.Education = "高中"
	default:
		return false
	}
	return true
}

// lateMeeting hurries one who applied under the rules of May 2026 through to a branch
// meeting five weeks after the pre-review. When the candidate was chosen is not on file:
// nobody can have been an activist for a year by then, which would be a fault besides.
func (u *unit) lateMeeting() bool {
	i := slices.IndexFunc(u.people.stock, func(e *entry) bool { return e.fault == "" && e.person.Status == "入党申请人" })
	if i < 0 {
		return false
	}
	e := u.people.stock[i]
	u.faults = append(u.faults, faultMeeting)
	e.fault, e.person.Status = "W-DEV-MTG1M", "发展对象"
	e.Steps = folk.LaidOut(map[string]model.Date{"applied_on": "2026-05-12", "talked_on": "2026-05-13", "activist_on": "2026-05-14", "activist_filed_on": "2026-05-15",
		"vetted_on": "2026-05-18", "trained_on": "2026-05-20", "committee_on": "2026-05-21", "prereviewed_on": "2026-05-22", "accepted_on": "2026-06-26"}).Steps
	return true
}

// fault notes one in the answer key.
//
//go:noinline
func (b *gathering) fault(rule string, r *model.Record) {
	b.answers.Faults = append(b.answers.Faults, Fault{Rule: rule, Org: b.unit.code, Kind: r.Kind.Name, ID: r.ID})
}

// spoil puts in what no ledger would have let in, and notes what lies in the plan.
func (b *gathering) spoil() {
	u := b.unit
	if u.villageOf || u.has(faultLarge) {
		b.fault("W-ORG-SIZE", b.home)
	}
	if u.double != nil {
		b.fault(crossTwice, b.person(u.double))
	}
	for fault, rule := range map[string]string{faultTwo: "E-ORG-3", faultNoCommittee: "W-ORG-COMMITTEE"} {
		if u.has(fault) {
			b.fault(rule, b.home)
		}
	}
	for _, fault := range u.faults {
		switch fault {
		case faultDigit, faultSex, faultBirth, faultDear:
			b.spoilMember(fault)
		case faultElection:
			r := b.records["election"][0]
			came := (4*r.Int("eligible")+4)/5 - 1
			for _, name := range []string{"attended", "ballots_issued", "ballots_returned", "ballots_valid"} {
				r.Set(name, came)
			}
			b.fault("E-ELEC-45", r)
		case faultLetter:
			for _, r := range b.records["movement"] {
				if r.Is("kind", "转出") {
					r.Set("valid_until", r.Date("happened_on").AddDays(91))
					b.fault("E-TRF-90D", r)
					break
				}
			}
		case faultThird:
			b.spoilAppraisals()
		case faultVeto:
			b.spoilAssessment()
		default:
			b.spoilRule(fault)
		}
	}
}

// spoilMember changes a member's own record.
func (b *gathering) spoilMember(fault string) {
	k := b.unit.people
	free := folk.Where(k.all, func(v *folk.Villager) bool {
		return stays(v) && v.Offices == 0 && v.Entry == "" && !v.Needy && v.Away == "" && (fault != faultDear || v.Basis == "农民")
	})
	v := dice.Pick(b.dice("spoil"), free)
	r := b.person(v)
	r.Set("id_checked", false)
	switch fault {
	case faultDigit:
		r.Set("id_number", folk.WrongDigit(v.IDNumber))
		b.fault("E-ID-03", r)
	case faultSex:
		r.Set("sex", folk.OtherSex(v.Sex))
		b.fault("E-ID-05", r)
	case faultBirth:
		r.Set("birth_date", v.Birth.AddDays(-31))
		b.fault("E-ID-06", r)
	case faultDear:
		r.Set("monthly_dues", 120)
		for _, paid := range b.records["dues"] {
			if paid.Str("person") == v.ID {
				paid.Set("amount", 120)
			}
		}
		b.fault("E-DUE-RANGE", r)
	}
}

// spoilAppraisals lets 34 in a hundred be excellent.
func (b *gathering) spoilAppraisals() {
	graded, best := 0, 0
	for _, r := range b.records["appraisal"] {
		if !r.Is("grade", "不定等次") {
			graded++
		}
		if r.Is("grade", "优秀") {
			best++
		}
	}
	want := graded/3 + 1
	for _, r := range b.records["appraisal"] {
		if best < want && r.Is("grade", "合格") {
			r.Set("grade", "优秀")
			best++
		}
	}
	b.fault("W-REV-THIRD", b.home)
}

// spoilAssessment puts a veto into the year in which the organisation was named.
func (b *gathering) spoilAssessment() {
	year := int64(b.unit.good.Year() - 1)
	for _, r := range b.records["assessment"] {
		switch {
		case r.Int("year") != year:
		case r.Is("level", "乡镇考核"):
			r.Set("vetoes", []string{"综治"})
			r.Set("findings", "发生一起越级上访,综治一票否决。")
		case r.Is("level", "命名"):
			b.fault("E-FG-VETO", r)
		}
	}
}

func abs(n int) int { return max(n, -n) }
