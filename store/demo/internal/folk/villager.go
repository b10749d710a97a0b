package folk

import (
	"taizhang/model"
)

// Villager is a person of a made-up village, or of another organisation of the county,
// with what the years on file bring them.
type Villager struct {
	*Person
	ID       string // of the record, once that is written
	Status   string // 人员类别 when first written down
	Standing string // 在册状态 when first written down
	HomeOrg  string // where the membership is kept, "" for here
	Group    int    // the party group's number from 0, -1 for none

	From         model.Date // written down on; "" for the ledger's first day
	Since, Until model.Date // on the member list from, and no more from ("" for still)
	FullSince    model.Date // with voting right from, "" for not yet
	Exit         string     // the movement's kind by which a member leaves
	Entry        string     // the movement's kind by which one comes

	Able     bool       // 有劳动能力
	NotDue   string     // of domain.md §3.6, "" where due at meetings
	Away     string     // 流动类型, "" for not away
	Place    string     // where one is away
	LeftOn   model.Date // away since
	Returned model.Date // back from being away, "" for not
	Lost     model.Date // out of contact since, "" for not

	Unpaid model.Month // has paid no dues from this month on, "" for all paid

	Job                            string
	BothLead, Capable, Tech, Needy bool   // 双带, 经济能人, 科技示范户, 困难
	Talent                         string // what sort of able person, "" for none
	Basis                          string // 交费类别
	Dues                           int    // fen a month

	Offices int // positions held at the ledger's end: members without one get a post of their own
}

// OnFile reports whether the person is on the member list that day.
func (v *Villager) OnFile(d model.Date) bool {
	return v.Since != "" && v.Since <= d && (v.Until == "" || d < v.Until)
}

// Votes reports whether the person is a full member with a vote that day.
func (v *Villager) Votes(d model.Date) bool {
	return v.OnFile(d) && v.FullSince != "" && v.FullSince <= d
}

// Due reports whether the person counts among those who should attend that day.
func (v *Villager) Due(d model.Date) bool { return v.OnFile(d) && v.NotDue == "" }

// Gone reports whether the person is away that day.
func (v *Villager) Gone(d model.Date) bool {
	return v.Away != "" && v.LeftOn <= d && (v.Returned == "" || d < v.Returned)
}

// OutOfContact reports whether nobody can reach the person that day.
func (v *Villager) OutOfContact(d model.Date) bool { return v.Lost != "" && v.Lost <= d }

// Home reports whether a member is in the village that day.
func (v *Villager) Home(d model.Date) bool { return v.OnFile(d) && !v.Gone(d) }

// Age is the person's age in full years that day.
func (v *Villager) Age(d model.Date) int { return v.Birth.YearsAt(d) }

// Where gives those for whom the condition holds, in their order.
//
//go:noinline
func Where(people []*Villager, keep func(*Villager) bool) []*Villager {
	var some []*Villager
	for _, v := range people {
		if keep(v) {
			some = append(some, v)
		}
	}
	return some
}

// IDs gives the ids of their records, in their order.
func IDs(people []*Villager) []string {
	all := make([]string, len(people))
	for i, v := range people {
		all[i] = v.ID
	}
	return all
}

// Names gives their names, in their order.
func Names(people []*Villager) []string {
	all := make([]string, len(people))
	for i, v := range people {
		all[i] = v.Name
	}
	return all
}
