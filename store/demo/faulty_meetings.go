package demo

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// faultyMeetings writes down a resolution at which just half were present, which
// is enough, and a by-election at which one was missing, which is not.
func (v *village) faultyMeetings() {
	if v.faulty == nil {
		return
	}
	d, asOf := v.dice("faulty meetings"), v.span.asOf
	on := folk.Workday(asOf.AddDays(-24))
	v.halfMeeting(d, on, "支部党员大会:讨论冬季水利投工方案")
	on = folk.Workday(asOf.AddDays(-38))
	eligible := len(v.voters(on)) / 5 * 5
	came := eligible*4/5 - 1
	v.faulty.byElection = v.book.put(on, "election", fields{
		"organization": v.home, "kind": "补选", "method": "党员大会选举", "term_no": 12, "held_on": on,
		"request_no": fmt.Sprintf("%s支〔%d〕9号", v.place.Name, on.Year()), "reply_no": fmt.Sprintf("芦委复〔%d〕19号", on.Year()),
		"eligible": eligible, "attended": came, "ballots_issued": came, "ballots_returned": came, "ballots_valid": came, "seats": 1,
		"votes":       fmt.Sprintf("%s %d 票;%s %d 票", v.cast.village[0].Name, came/2-3, v.cast.village[1].Name, came/2-4),
		"scrutineers": names2(v.cast.elders...), "tellers": names2(v.cast.heads[:2]...),
		"note": "得票都没有过半,名额空缺。"})
}

// halfMeeting is a branch meeting to which half of those with a vote came; it gives
// how many should have come.
func (v *village) halfMeeting(d *dice.Dice, on model.Date, title string) (due int) {
	voters := v.voters(on)
	due = len(voters) / 2 * 2
	var marks []model.Mark
	officers := v.committeeOn(on)
	for _, p := range officers {
		marks = append(marks, model.Mark{Target: p.ID, State: "到会"})
	}
	for _, p := range folk.Where(voters, func(p *folk.Villager) bool { return !isOneOf(officers, p) })[:due-len(officers)] {
		state := "到会"
		if len(marks) >= due/2 {
			state = "请假-其他"
		}
		marks = append(marks, model.Mark{Target: p.ID, State: state})
	}
	v.book.put(on, "activity", fields{
		"kind": "支部党员大会", "title": title, "held_on": on, "held_by": v.home, "place": v.place.Name + "党员活动室",
		"host": officers[0].ID, "recorder": officers[2].ID, "attendance": marks, "kept_as": party.KeptHere,
		"agenda": "一、说明情况;二、讨论;三、表决", "minutes": v.unsaid(d, "农忙时节到会的少,{党员}等 {3-6} 人发言,意见集中在{工期|经费|用工}上,讨论 {40-90} 分钟。", v.wordsOn(on)),
		"votes":     fmt.Sprintf("有表决权应到 %d 人,实到 %d 人,无人反对", due, due/2),
		"decisions": "按讨论的意见办,结果张榜公布。"})
	return due
}

func isOneOf(list []*folk.Villager, p *folk.Villager) bool {
	for _, q := range list {
		if q == p {
			return true
		}
	}
	return false
}
