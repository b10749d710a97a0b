package city

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// admissions writes the ways into the party of all who were admitted in the time of
// the campaign and of all who are on the way.
func (b *gathering) admissions() {
	k, d := b.unit.people, b.dice("admissions")
	old := folk.Where(k.all, func(v *folk.Villager) bool {
		return v.Since == firstDay && v.Exit == "" && v.FullSince != "" && v.FullSince < "2019-01-01" && v.Age(lastDay) < 68
	})
	if len(old) < 2 {
		old = folk.Where(k.all, func(v *folk.Villager) bool { return v.Since == firstDay && v.Exit == "" && v.FullSince < "2020-06-01" })
	}
	for i, e := range k.entered {
		b.admission(d, e, old, i)
	}
	for i, e := range k.stock {
		b.admission(d, e, old, i)
	}
}

func (b *gathering) admission(d *dice.Dice, e *entry, old []*folk.Villager, i int) {
	if e.Steps["talked_on"] > e.Steps["applied_on"].AddMonths(1) {
		e.Steps["talked_on"] = e.Steps["talked_on"].AddDays(-7) // over the holidays
	}
	has := func(step string) bool { return e.Steps[step] != "" && e.Steps[step] <= lastDay }
	f := fields{"person": e.person.ID, "source": e.source}
	for step, on := range e.Steps {
		if has(step) {
			f[step] = on
		}
	}
	if len(old) == 0 {
		old = b.unit.people.committee
	}
	pair := dice.Sample(d, old, 2)
	f["talked_by"] = pair[0].Name
	if has("activist_on") {
		f["nominated_by"] = dice.Pick(d, []string{"党员推荐", "党员推荐", "群团推优"})
		f["mentors"] = folk.IDs(pair)
	}
	if has("candidate_on") || has("accepted_on") {
		f["sponsors"] = folk.IDs(pair)
	}
	if has("vetted_on") {
		f["vetted"] = "合格"
	}
	if has("trained_on") {
		f["training_days"], f["training_hours"] = 3, 24
	}
	if has("accepted_on") {
		b.ballot(d, f, "votes", e.Steps["accepted_on"])
		if e.fault == "E-VOTE-HALF" {
			due := f["votes_due"].(int) / 2 * 2
			f["votes_due"], f["votes_present"], f["votes_for"], f["votes_against"] = due, due/2, due/2, 0
		}
		f["form_no"] = fmt.Sprintf("%s%d%03d%02d", b.city.county.Mark(), e.Steps["accepted_on"].Year(), b.unit.index+1, i+1)
	}
	if has("approved_on") {
		f["approval_no"] = fmt.Sprintf("组批〔%d〕%d号", e.Steps["approved_on"].Year(), d.Between(2, 60))
	}
	if has("confirm_voted_on") {
		b.ballot(d, f, "confirm", e.Steps["confirm_voted_on"])
		f["confirm_result"] = "按期转正"
	}
	f["extended_to"] = e.Extended
	r := b.put(e.Steps["applied_on"], "admission", f)
	e.ID = r.ID
	if e.fault != "" {
		b.fault(e.fault, r)
	}
	b.observe(d, e, r.ID)
}

// ballot counts a meeting's votes: those with a vote that day.
func (b *gathering) ballot(d *dice.Dice, f fields, prefix string, on model.Date) {
	due := max(2, len(b.unit.people.votersOn(max(on, firstDay))))
	present := due - d.Between(0, due/8)
	against := 0
	if present > 12 {
		against = d.Between(0, 1)
	}
	f[prefix+"_due"], f[prefix+"_present"], f[prefix+"_for"], f[prefix+"_against"], f[prefix+"_abstain"] = due, present, present-against, against, 0
}

// observe writes the half-yearly observations of the last two years.
func (b *gathering) observe(d *dice.Dice, e *entry, id string) {
	stage := func(from, to model.Date, name string) {
		if from == "" || from > lastDay {
			return
		}
		for on := from.AddMonths(6).AddDays(-d.Between(2, 20)); on <= min(to, lastDay); on = on.AddMonths(6) {
			if on < "2024-07-01" {
				continue
			}
			b.put(on, "observation", fields{"admission": id, "held_on": on, "stage": name, "observers": b.unit.people.committee[0].Name,
				"opinion": dice.Phrase(d, "{思想上积极要求进步|学习认真},{工作踏实|肯吃苦},{群众反映好|能起带头作用}。同意继续{培养|考察}。", nil)})
		}
	}
	stage(e.Steps["activist_on"], e.Steps["candidate_on"], "积极分子")
	stage(e.Steps["approved_on"], e.Steps["confirm_approved_on"], "预备党员")
}

// reserves are the young who may come after: two in each village.
func (b *gathering) reserves() {
	u, k, d := b.unit, b.unit.people, b.dice("reserves")
	if u.domain != "行政村" {
		return
	}
	listed := folk.Workday(firstDay.AddDays(d.Between(60, 700)))
	young := folk.Where(k.all, func(v *folk.Villager) bool {
		return v.Exit == "" && v.Age(listed) <= 37 && v.Age(listed) >= 22 && v.Education != "小学" && v.Education != "初中" && (v.Since == "" || v.Since <= listed) && v.Away == ""
	})
	for i, v := range dice.Sample(d, young, 2) {
		f := fields{"person": v.ID, "target_post": dice.Pick(d, []string{"村党组织委员", "村民委员会委员", "村党组织副书记"}), "nominated_by": "党员推荐、群众推荐",
			"listed_on": listed.AddDays(i), "state": "培养中", "measures": "跟班参加村两委值班,每年参加镇党校培训。"}
		if k.committee[0] != v {
			f["mentor"] = k.committee[0].ID
		}
		b.put(listed, "reserve", f)
	}
}
