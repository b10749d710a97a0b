package demo

import (
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// offices writes down who holds what, and who may come after.
func (v *village) offices() {
	v.committeePosts()
	v.villagePosts()
	v.otherPosts()
	v.reserves()
}

// post writes one office down. Offices begun before the ledger are put down on
// its first day, with the day on which they really began.
func (v *village) post(p *folk.Villager, body, title string, from, to model.Date, f fields) {
	all := fields{"person": p.ID, "body": body, "post": title, "started_on": from, "ended_on": to}
	maps.Copy(all, f)
	if to == "" || to <= v.span.opening() {
		v.book.put(max(from, v.span.opening()), "position", all)
		return
	}
	delete(all, "ended_on")
	left := all["left_for"]
	delete(all, "left_for")
	r := v.book.begin(max(from, v.span.opening()), "position", all)
	v.book.change(to, r, fields{"ended_on": to, "left_for": left})
}

func (v *village) committeePosts() {
	k, now, then := v.cast, v.lastElection(), v.formerElection()
	elected := func(term int) fields { return fields{"method": "公推直选", "term_no": term} }
	with := func(f fields, duties string) fields {
		f["duties"], f["pension"] = duties, true
		return f
	}
	v.post(k.former, "党组织", "书记", then, now, fields{"method": "公推直选", "term_no": 11, "left_for": "退职"})
	v.post(k.secretary, "党组织", "副书记", then, now, elected(11))
	v.post(k.deputy, "党组织", "组织委员", then, now, elected(11))
	v.post(k.inspector, "党组织", "纪检委员", then, now, elected(11))
	v.post(k.supervisor, "党组织", "宣传委员", then, now, fields{"method": "公推直选", "term_no": 11, "left_for": "其他"})
	v.post(k.secretary, "党组织", "书记", now, "", with(elected(12), "主持党支部全面工作"))
	v.post(k.deputy, "党组织", "副书记", now, "", with(elected(12), "协助书记工作,分管产业发展和综治"))
	v.post(k.organizer, "党组织", "组织委员", now, "", with(elected(12), "发展党员、党员教育管理、党费收缴、台账"))
	v.post(k.publicist, "党组织", "宣传委员", now, "", with(elected(12), "理论学习、宣传、远程教育"))
	v.post(k.inspector, "党组织", "纪检委员", now, "", with(elected(12), "纪律检查、党务公开监督"))
}

func (v *village) villagePosts() {
	k := v.cast
	now := folk.Workday(v.lastElection().AddMonths(1))
	chosen := fields{"method": "海选", "term_no": 13, "pension": true}
	then := folk.Workday(v.formerElection().AddMonths(1))
	before := func(left string) fields {
		return fields{"method": "海选", "term_no": 12, "pension": true, "left_for": left}
	}
	v.post(k.former, "村民委员会", "主任", then, now, before("退职"))
	v.post(k.secretary, "村民委员会", "副主任", then, now, before(""))
	v.post(k.village[1], "村民委员会", "委员", then, now, before(""))
	v.post(k.women, "村民委员会", "委员", then, now, before(""))
	v.post(k.secretary, "村民委员会", "主任", now, "", chosen)
	v.post(k.deputy, "村民委员会", "副主任", now, "", chosen)
	for _, p := range k.village {
		v.post(p, "村民委员会", "委员", now, "", chosen)
	}
	v.post(k.women, "村民委员会", "委员", now, "", chosen)
	v.post(k.supervisor, "村务监督委员会", "主任", now, "", fields{"method": "选举"})
	v.post(k.elders[0], "村务监督委员会", "委员", now, "", fields{"method": "选举"})
	v.post(k.secretary, "村集体经济组织", "主任", now, "", fields{"method": "选举"})
	v.post(k.accountant, "村集体经济组织", "会计", model.Date("2018-04-10"), "", fields{"method": "任命", "pension": true})
}

func (v *village) otherPosts() {
	k := v.cast
	sent := v.span.opening().AddMonths(-15).AddDays(11)
	for i, p := range k.heads {
		v.post(p, "党组织", "党小组长", v.formerElection().AddDays(5), "", fields{"method": "选举", "duties": "第" + folk.ChineseDigits[i+1] + "党小组"})
	}
	for i, p := range k.elders {
		v.post(p, "村民小组", "组长", model.Date("2021-05-20"), "", fields{"method": "选举", "duties": folk.ChineseDigits[2*i+1] + "组"})
	}
	v.post(k.women, "群团组织", "妇联主席", model.Date("2021-06-15"), "", fields{"method": "选举"})
	v.post(k.youth, "群团组织", "团支部书记", model.Date("2023-05-04"), "", fields{"method": "选举"})
	v.post(k.militia, "群团组织", "民兵营长", model.Date("2022-03-01"), "", fields{"method": "任命"})
	v.post(k.village[1], "村民委员会", "网格员", model.Date("2022-09-01"), "", fields{"method": "任命"})
	v.post(k.firstSecretary, "党组织", "第一书记", sent, "", fields{"method": "下派挂职", "from_unit": v.place.County + "农业农村局", "duties": "建强基层组织,推动强村富民"})
	v.post(k.helper, "党组织", "驻村队员", sent, "", fields{"method": "下派挂职", "from_unit": v.place.County + "农业农村局"})
	for _, p := range k.movedOut {
		v.post(p, "村民委员会", "委员", folk.Workday(v.lastElection().AddMonths(1)), p.Until.AddDays(-20), fields{"method": "海选", "term_no": 13, "left_for": "公务员"})
	}
}

// writeElections writes the committee's last two elections down; of the last one
// the meeting's roll tells who had a vote and who of them came.
func (v *village) writeElections(d *dice.Dice, voters, came []*folk.Villager) {
	k := v.cast
	now, then := v.lastElection(), v.formerElection()
	v.election(d, now, 12, len(voters), len(came), k.secretary, k.committee)
	before := len(voters) - d.Between(2, 5)
	v.election(d, then, 11, before, (before*9+9)/10, k.former, []*folk.Villager{k.former, k.secretary, k.deputy, k.inspector, k.supervisor})
}

func (v *village) election(d *dice.Dice, on model.Date, term, eligible, came int, secretary *folk.Villager, elected []*folk.Villager) {
	votes := ""
	for i, p := range elected {
		votes += fmt.Sprintf("%s %d 票;", p.Name, max(came-2-i, came/2+1))
	}
	votes += fmt.Sprintf("%s %d 票", v.cast.village[1].Name, came/4)
	v.book.put(max(on, v.span.opening()), "election", fields{
		"organization": v.home, "kind": "换届", "method": "公推直选", "term_no": term,
		"recommended_members": came - 1, "recommended_masses": 3*came + term, "screened_on": folk.Workday(on.AddDays(-24)),
		"notice_from": folk.Workday(on.AddDays(-20)), "notice_to": folk.Workday(on.AddDays(-11)),
		"request_no": fmt.Sprintf("%s支〔%d〕1号", v.place.Name, on.Year()), "reply_no": fmt.Sprintf("芦委复〔%d〕%d号", on.Year(), 2+term%5),
		"held_on": on, "eligible": eligible, "attended": came, "ballots_issued": came, "ballots_returned": came,
		"ballots_valid": came - 1, "seats": len(elected), "votes": votes,
		"scrutineers": names2(v.cast.elders...), "tellers": names2(v.cast.heads[:2]...),
		"secretary": secretary.ID, "elected": folk.IDs(elected),
		"reported_no": fmt.Sprintf("%s支〔%d〕2号", v.place.Name, on.Year()), "next_due_on": on.AddYears(5),
		"note": dice.Phrase(d, "党员和群众推荐得票{相加排序|合并计算},镇党委考察后确定候选人 6 名,由党员大会直接选举书记和委员。", nil),
	})
}

// reserves are the young who may come after.
func (v *village) reserves() {
	k := v.cast
	d := v.dice("reserves")
	people := []*folk.Villager{k.youth, k.militia, k.publicist}
	for _, p := range slices.Concat(k.candidates, k.activists) {
		if len(people) < 5 && p.Age(v.span.asOf) <= 35 && p.Education != "初中" && p.Education != "小学" {
			people = append(people, p)
		}
	}
	for i, p := range people {
		listed := max(v.formerElection().AddMonths(14+9*i), p.From)
		if p.Birth.YearsAt(listed) > 38 {
			continue // in a small village none of the young holds the office
		}
		f := fields{"person": p.ID, "target_post": dice.Pick(d, []string{"党支部委员", "村民委员会委员", "党支部副书记"}), "nominated_by": "党员推荐、群众推荐",
			"listed_on": listed, "mentor": v.mentorOf(p, i).ID, "state": "培养中",
			"measures": dice.Phrase(d, "跟班参加村两委值班,参与{土地流转|人居环境整治|矛盾调解|稻虾共作}工作;每年参加镇党校培训{2-4}次。", nil),
			"opinion":  dice.Phrase(d, "{工作踏实,群众评价好|肯学肯干,有带富能力|办事公道,熟悉村情},{继续培养|建议压担子锻炼}。", nil)}
		if p == k.publicist {
			f["state"], f["appointed_on"] = "已任用", v.lastElection()
		}
		v.book.put(max(v.span.opening(), v.appointed(p), p.From), "reserve", f)
	}
}

// appointed is the day on which a reserve came into office, "" for the others.
func (v *village) appointed(p *folk.Villager) model.Date {
	if p == v.cast.publicist {
		return v.lastElection()
	}
	return ""
}

func (v *village) mentorOf(p *folk.Villager, i int) *folk.Villager {
	m := v.cast.committee[i%len(v.cast.committee)]
	if m == p {
		return v.cast.secretary
	}
	return m
}
