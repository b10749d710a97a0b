package demo

import (
	"taizhang/model"
)

// villager is a person of the made-up village with what the year brings them.
type villager struct {
	*Person
	id       string
	status   string // 人员类别 when first written down
	standing string // 在册状态 when first written down
	homeOrg  string
	group    int // the party group's number from 0, -1 for none

	from         model.Date // written down on; "" for the ledger's first day
	since, until model.Date // on the member list from, and no more from ("" for still)
	fullSince    model.Date // with voting right from, "" for not yet
	exit         string     // the movement's kind by which a member leaves
	entry        string     // the movement's kind by which one comes

	able     bool
	notDue   string // of domain.md §3.6, "" where due at meetings
	away     string
	place    string     // where one is away
	leftOn   model.Date // away since
	returned model.Date // back from being away, "" for not
	lost     model.Date // out of contact since, "" for not

	unpaid model.Month // has paid no dues from this month on, "" for all paid

	job                            string
	bothLead, capable, tech, needy bool
	talent                         string
	basis                          string // 交费类别
	dues                           int    // fen a month

	offices int // positions held at the ledger's end: members without one get a post of their own
}

// onFile reports whether the person is on the member list that day.
func (v *villager) onFile(d model.Date) bool {
	return v.since != "" && v.since <= d && (v.until == "" || d < v.until)
}

// votes reports whether the person is a full member with a vote that day.
func (v *villager) votes(d model.Date) bool {
	return v.onFile(d) && v.fullSince != "" && v.fullSince <= d
}

// due reports whether the person counts among those who should attend that day.
func (v *villager) due(d model.Date) bool { return v.onFile(d) && v.notDue == "" }

// gone reports whether the person is away that day.
func (v *villager) gone(d model.Date) bool {
	return v.away != "" && v.leftOn <= d && (v.returned == "" || d < v.returned)
}

// outOfContact reports whether nobody can reach the person that day.
func (v *villager) outOfContact(d model.Date) bool { return v.lost != "" && v.lost <= d }

// home reports whether a member is in the village that day.
func (v *villager) home(d model.Date) bool { return v.onFile(d) && !v.gone(d) }

func (v *villager) age(d model.Date) int { return v.Birth.YearsAt(d) }

// where gives those for whom the condition holds, in their order.
func where(people []*villager, keep func(*villager) bool) []*villager {
	var some []*villager
	for _, v := range people {
		if keep(v) {
			some = append(some, v)
		}
	}
	return some
}

func ids(people []*villager) []string {
	all := make([]string, len(people))
	for i, v := range people {
		all[i] = v.id
	}
	return all
}

func names(people []*villager) []string {
	all := make([]string, len(people))
	for i, v := range people {
		all[i] = v.Name
	}
	return all
}
