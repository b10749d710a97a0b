package demo

import (
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// minFaulty is how many members the village with faults has at least: more than a
// branch should have.
const minFaulty = 55

// faulty are those with whom something is wrong, by what it is (domain.md §11.6).
// The faults lie in the data as the year is made up, so that every other record
// fits them; what no ledger would let in is put in at the end (spoil).
type faulty struct {
	crowd *folk.Crowd

	// Members.
	digit, sex, birth    *folk.Villager // whose ID number is wrong, or disagrees
	unpaid5, unpaid6     *folk.Villager // behind with dues for so many months
	dear                 *folk.Villager // a farmer who pays more than a farmer does
	lost                 *folk.Villager
	stopped              *folk.Villager // 停止党籍 two years ago
	lateApproval, longer *folk.Admission
	lapsed               *folk.Admission // whose probation is over

	// On their way into the party.
	eleven, notice, late, halved, young *folk.Admission
	youngBirth                          model.Date // when the young one was born
	youngID                             string

	byElection string // id
	// Ids of what faulty_rules.go puts wrong.
	warnedOffice, probationOffice, latePaid, aheadPlan string
	assessed                                           map[string]string // ids by stage of the year of naming
}

// choose picks the members and makes the others up.
func (v *village) choose(c *folk.Crowd) {
	k, sp, f := v.cast, v.span, &faulty{crowd: c, assessed: map[string]string{}}
	v.faulty = f
	free := folk.Where(k.all, func(p *folk.Villager) bool {
		return p.Group >= 0 && p.Offices == 0 && p.Exit == "" && p.Away == "" && p.NotDue == "" && p.Since == sp.opening() &&
			p.FullSince != "" && p.FullSince < sp.opening() && p.Basis == "农民" && p.Dues > 10 && p.Ethnicity == "汉族" && !p.Needy
	})
	some := dice.Sample(c.Dice, free, 8)
	f.digit, f.sex, f.birth, f.unpaid5, f.unpaid6, f.dear = some[0], some[1], some[2], some[3], some[4], some[5]
	f.unpaid5.Unpaid, f.unpaid6.Unpaid = sp.asOf.Month().Add(-5), sp.asOf.Month().Add(-6)
	f.dear.Dues = 120
	leap := some[6]
	bornAgain(c, leap, folk.LeapDay(leap.Birth))
	v.twins(c, folk.Where(free, func(p *folk.Villager) bool { return !slices.Contains(some, p) }))
	f.lost = some[7]
	f.lost.Lost, f.lost.LeftOn = sp.asOf.AddMonths(-6), sp.opening().AddMonths(-14)
	f.lost.Away, f.lost.Place, f.lost.NotDue, f.lost.Job = "跨省", "浙江省宁波市", "5", "外出务工"
	f.stopped = &folk.Villager{Person: c.Anyone(34, 46), Status: "正式党员", Standing: "停止党籍", Group: -1, Able: true,
		Until: sp.asOf.AddMonths(-24), Job: "外出务工"}
	c.Join(f.stopped.Person)
	k.all = append(k.all, f.stopped)
}

// bornAgain gives a person another day of birth, a number to go with it.
func bornAgain(c *folk.Crowd, p *folk.Villager, birth model.Date) {
	p.Birth = birth
	p.IDNumber = c.IDs.Next(birth, p.Sex)
}

// twins gives two members of one age the same name and day of birth: they are two
// people all the same.
func (v *village) twins(c *folk.Crowd, free []*folk.Villager) {
	var one, other *folk.Villager
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
func (v *village) applicant() *folk.Villager {
	p := &folk.Villager{Person: v.faulty.crowd.Anyone(24, 36), Standing: "在册", Group: -1, Able: true, Job: "企业务工"}
	v.cast.all = append(v.cast.all, p)
	return p
}
