package demo

import (
	"slices"

	"taizhang/model"
)

// minFaulty is how many members the village with faults has at least: more than a
// branch should have.
const minFaulty = 55

// never is the day of a step that was not taken.
const never = model.Date("2099-12-31")

// faulty are those with whom something is wrong, by what it is (domain.md §11.6).
// The faults lie in the data as the year is made up, so that every other record
// fits them; what no ledger would let in is put in at the end (spoil).
type faulty struct {
	crowd *crowd

	// Members.
	digit, sex, birth    *villager // whose ID number is wrong, or disagrees
	unpaid5, unpaid6     *villager // behind with dues for so many months
	dear                 *villager // a farmer who pays more than a farmer does
	lost                 *villager
	stopped              *villager // 停止党籍 two years ago
	lateApproval, longer *admission
	lapsed               *admission // whose probation is over

	// On their way into the party.
	eleven, notice, late, halved, young *admission
	youngBirth                          model.Date // when the young one was born
	youngID                             string

	byElection string            // id
	assessed   map[string]string // ids by stage of the year of naming
}

// choose picks the members and makes the others up.
func (v *village) choose(c *crowd) {
	k, sp, f := v.cast, v.span, &faulty{crowd: c, assessed: map[string]string{}}
	v.faulty = f
	free := where(k.all, func(p *villager) bool {
		return p.group >= 0 && p.offices == 0 && p.exit == "" && p.away == "" && p.notDue == "" && p.since == sp.opening() &&
			p.fullSince != "" && p.fullSince < sp.opening() && p.basis == "农民" && p.dues > 10 && p.Ethnicity == "汉族" && !p.needy
	})
	some := sample(c.d, free, 8)
	f.digit, f.sex, f.birth, f.unpaid5, f.unpaid6, f.dear = some[0], some[1], some[2], some[3], some[4], some[5]
	f.unpaid5.unpaid, f.unpaid6.unpaid = sp.asOf.Month().Add(-5), sp.asOf.Month().Add(-6)
	f.dear.dues = 120
	leap := some[6]
	bornAgain(c, leap, leapDay(leap.Birth))
	v.twins(c, where(free, func(p *villager) bool { return !slices.Contains(some, p) }))
	f.lost = some[7]
	f.lost.lost, f.lost.leftOn = sp.asOf.AddMonths(-6), sp.opening().AddMonths(-14)
	f.lost.away, f.lost.place, f.lost.notDue, f.lost.job = "跨省", "浙江省宁波市", "5", "外出务工"
	f.stopped = &villager{Person: c.anyone(34, 46), status: "正式党员", standing: "停止党籍", group: -1, able: true,
		until: sp.asOf.AddMonths(-24), job: "外出务工"}
	c.join(f.stopped.Person)
	k.all = append(k.all, f.stopped)
}

// bornAgain gives a person another day of birth, a number to go with it.
func bornAgain(c *crowd, p *villager, birth model.Date) {
	p.Birth = birth
	p.IDNumber = c.ids.next(birth, p.Sex)
}

// leapDay gives the last 29 February up to a day.
func leapDay(d model.Date) model.Date {
	for year := d.Year(); ; year-- {
		if leap, ok := model.NewDate(year, 2, 29); ok && leap <= d {
			return leap
		}
	}
}

// twins gives two members of one age the same name and day of birth: they are two
// people all the same.
func (v *village) twins(c *crowd, free []*villager) {
	var one, other *villager
	best := 0
	for i, a := range free {
		for _, b := range free[i+1:] {
			gap := a.Birth.DaysUntil(b.Birth)
			if a.Sex == b.Sex && (one == nil || abs(gap) < best) {
				one, other, best = a, b, abs(gap)
			}
		}
	}
	if one == nil {
		return
	}
	if one.Birth > other.Birth {
		one, other = other, one // the younger becomes as old as the older
	}
	other.Name = one.Name
	bornAgain(c, other, one.Birth)
}

// applicant makes up one on the way into the party, who is no member yet.
func (v *village) applicant() *villager {
	p := &villager{Person: v.faulty.crowd.anyone(24, 36), standing: "在册", group: -1, able: true, job: "企业务工"}
	v.cast.all = append(v.cast.all, p)
	return p
}
