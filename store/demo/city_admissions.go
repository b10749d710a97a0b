package demo

import (
	"fmt"

	"taizhang/model"
)

// admissions writes the ways into the party of all who were admitted in the time of
// the campaign and of all who are on the way.
func (b *cityBook) admissions() {
	k, d := b.unit.people, b.dice("admissions")
	old := where(k.all, func(v *villager) bool {
		return v.since == cityOpening && v.exit == "" && v.fullSince != "" && v.fullSince < "2019-01-01" && v.age(cityAsOf) < 68
	})
	if len(old) < 2 {
		old = where(k.all, func(v *villager) bool { return v.since == cityOpening && v.exit == "" && v.fullSince < "2020-06-01" })
	}
	for i, e := range k.entered {
		b.admission(d, e, old, i)
	}
	for i, e := range k.stock {
		b.admission(d, e, old, i)
	}
}

func (b *cityBook) admission(d *dice, e *cityEntry, old []*villager, i int) {
	if e.steps["talked_on"] > e.steps["applied_on"].AddMonths(1) {
		e.steps["talked_on"] = e.steps["talked_on"].AddDays(-7) // over the holidays
	}
	has := func(step string) bool { return e.steps[step] != "" && e.steps[step] <= cityAsOf }
	f := fields{"person": e.person.id, "source": e.source}
	for step, on := range e.steps {
		if has(step) {
			f[step] = on
		}
	}
	if len(old) == 0 {
		old = b.unit.people.committee
	}
	pair := sample(d, old, 2)
	f["talked_by"] = pair[0].Name
	if has("activist_on") {
		f["nominated_by"] = pick(d, []string{"党员推荐", "党员推荐", "群团推优"})
		f["mentors"] = ids(pair)
	}
	if has("candidate_on") || has("accepted_on") {
		f["sponsors"] = ids(pair)
	}
	if has("vetted_on") {
		f["vetted"] = "合格"
	}
	if has("trained_on") {
		f["training_days"], f["training_hours"] = 3, 24
	}
	if has("accepted_on") {
		b.ballot(d, f, "votes", e.steps["accepted_on"])
		if e.fault == "E-VOTE-HALF" {
			due := f["votes_due"].(int) / 2 * 2
			f["votes_due"], f["votes_present"], f["votes_for"], f["votes_against"] = due, due/2, due/2, 0
		}
		f["form_no"] = fmt.Sprintf("澄%d%03d%02d", e.steps["accepted_on"].Year(), b.unit.index+1, i+1)
	}
	if has("approved_on") {
		f["approval_no"] = fmt.Sprintf("组批〔%d〕%d号", e.steps["approved_on"].Year(), d.between(2, 60))
	}
	if has("confirm_voted_on") {
		b.ballot(d, f, "confirm", e.steps["confirm_voted_on"])
		f["confirm_result"] = "按期转正"
	}
	f["extended_to"] = e.extended
	r := b.put(e.steps["applied_on"], "admission", f)
	e.id = r.ID
	if e.fault != "" {
		b.fault(e.fault, r)
	}
	b.observe(d, e, r.ID)
}

// ballot counts a meeting's votes: those with a vote that day.
func (b *cityBook) ballot(d *dice, f fields, prefix string, on model.Date) {
	due := max(3, len(b.unit.people.votersOn(max(on, cityOpening))))
	present := due - d.between(0, due/8)
	against := 0
	if present > 12 {
		against = d.between(0, 1)
	}
	f[prefix+"_due"], f[prefix+"_present"], f[prefix+"_for"], f[prefix+"_against"], f[prefix+"_abstain"] = due, present, present-against, against, 0
}

// observe writes the half-yearly observations of the last two years.
func (b *cityBook) observe(d *dice, e *cityEntry, id string) {
	stage := func(from, to model.Date, name string) {
		if from == "" || from > cityAsOf {
			return
		}
		for on := from.AddMonths(6).AddDays(-d.between(2, 20)); on <= min(to, cityAsOf); on = on.AddMonths(6) {
			if on < "2024-07-01" {
				continue
			}
			b.put(on, "observation", fields{"admission": id, "held_on": on, "stage": name, "observers": b.unit.people.committee[0].Name,
				"opinion": phrase(d, "{思想上积极要求进步|学习认真},{工作踏实|肯吃苦},{群众反映好|能起带头作用}。同意继续{培养|考察}。", nil)})
		}
	}
	stage(e.steps["activist_on"], e.steps["candidate_on"], "积极分子")
	stage(e.steps["approved_on"], e.steps["confirm_approved_on"], "预备党员")
}

// reserves are the young who may come after: two in each village.
func (b *cityBook) reserves() {
	u, k, d := b.unit, b.unit.people, b.dice("reserves")
	if u.domain != "行政村" {
		return
	}
	listed := workday(cityOpening.AddDays(d.between(60, 700)))
	young := where(k.all, func(v *villager) bool {
		return v.exit == "" && v.age(listed) <= 37 && v.age(listed) >= 22 && v.Education != "小学" && v.Education != "初中" && (v.since == "" || v.since <= listed) && v.away == ""
	})
	for i, v := range sample(d, young, 2) {
		f := fields{"person": v.id, "target_post": pick(d, []string{"村党组织委员", "村民委员会委员", "村党组织副书记"}), "nominated_by": "党员推荐、群众推荐",
			"listed_on": listed.AddDays(i), "state": "培养中", "measures": "跟班参加村两委值班,每年参加镇党校培训。"}
		if k.committee[0] != v {
			f["mentor"] = k.committee[0].id
		}
		b.put(listed, "reserve", f)
	}
}
