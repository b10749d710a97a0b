package demo

import (
	"fmt"

	"taizhang/model"
)

// admission is one person's way into the party: the days of the twenty-five steps
// (domain.md §3.1) and what stands beside them. Steps after the ledger's last day
// have not happened.
type admission struct {
	id       string
	person   *villager
	steps    map[string]model.Date
	mentors  []*villager // sponsors too
	withdrew model.Date
	extended model.Date // the end of the prolonged probation, "" for none
	halved   bool       // only half came to the meeting that accepted
}

// pace says how long one waited between application and the list of activists.
type pace struct{ months, days int }

// newAdmission lays the steps out from the day of application. The chain keeps
// both editions of the rules: a notice of seven working days, a branch meeting
// within a month of the pre-review, approval within three months, an oath within
// a month.
func newAdmission(d *dice, p *villager, applied model.Date, wait pace) *admission {
	a := &admission{person: p, steps: map[string]model.Date{}}
	day := workday(applied)
	set := func(step string, from model.Date, low, high int) model.Date {
		a.steps[step] = workday(from.AddDays(d.between(low, high)))
		return a.steps[step]
	}
	set("applied_on", day, 0, 0)
	set("talked_on", day, 9, 24)
	activist := set("activist_on", day.AddMonths(wait.months), wait.days, wait.days+6)
	set("activist_filed_on", activist, 6, 15)
	notice := set("notice_from", activist.AddMonths(12), 5, 9)
	end, _ := model.AfterWorkdays(notice, 7)
	a.steps["notice_to"] = end
	candidate := set("candidate_on", end, 4, 6)
	set("candidate_filed_on", candidate, 5, 9)
	vetted := set("vetted_on", candidate, 20, 26)
	trained := set("trained_on", vetted, 14, 20)
	committee := set("committee_on", trained, 7, 11)
	reviewed := set("prereviewed_on", committee, 9, 14)
	accepted := set("accepted_on", reviewed, 8, 14)
	set("superior_talk_on", accepted, 10, 18)
	approved := set("approved_on", accepted, 26, 36)
	set("grouped_on", approved, 3, 5)
	set("filed_on", approved, 6, 12)
	set("oath_on", approved, 6, 20)
	ends := accepted.AddYears(1)
	set("asked_on", ends, -12, -5)
	voted := set("confirm_voted_on", ends, 5, 10)
	if voted < ends {
		voted = ends.AddDays(1)
		a.steps["confirm_voted_on"] = voted
	}
	confirmed := set("confirm_approved_on", voted, 18, 26)
	set("archived_on", confirmed, 10, 20)
	return a
}

// beforeAcceptance is about how long one has been on the way when the branch
// meeting accepts one, after a wait of five months.
func beforeAcceptance(accepted model.Date) model.Date { return accepted.AddMonths(-20).AddDays(-2) }

// beforeCandidate is likewise for the list of candidates.
func beforeCandidate(candidate model.Date) model.Date {
	return candidate.AddMonths(-17).AddDays(-24)
}

// stage names the sort of person on a day.
func (a *admission) stage(d model.Date) string {
	has := func(step string) bool { return a.steps[step] <= d }
	switch {
	case a.withdrew != "" && a.withdrew <= d, !has("applied_on"):
		return "群众"
	case has("confirm_approved_on"):
		return "正式党员"
	case has("approved_on"):
		return "预备党员"
	case has("candidate_on"):
		return "发展对象"
	case has("activist_on"):
		return "入党积极分子"
	}
	return "入党申请人"
}

// planAdmissions lays out everybody's way. It goes before the persons are written
// down, since their first status comes from it.
func (v *village) planAdmissions() {
	d := v.dice("admissions")
	opening, asOf := v.span.opening(), v.span.asOf
	usual := pace{5, 0}
	plan := func(p *villager, applied model.Date, wait pace) *admission {
		a := newAdmission(d, p, applied, wait)
		v.admissions = append(v.admissions, a)
		return a
	}
	for i, p := range v.cast.confirming {
		a := plan(p, beforeAcceptance(v.acceptedNear(i)), usual)
		if v.faulty != nil {
			v.delayed(i, a)
		}
		p.Joined = a.steps["accepted_on"]
		p.fullSince = a.steps["confirm_approved_on"]
	}
	for i, p := range v.cast.newcomers {
		a := plan(p, beforeAcceptance([]model.Date{opening.AddDays(48), asOf.AddMonths(-5)}[i%2]), usual)
		p.since = a.steps["approved_on"]
	}
	for i, p := range v.cast.candidates {
		plan(p, beforeCandidate(asOf.AddDays(-60+26*i)), usual)
	}
	for i, p := range v.cast.activists {
		if i == len(v.cast.activists)-1 {
			// The newest applied after the rules were revised in May 2026.
			plan(p, asOf.AddMonths(-5).AddDays(-3), pace{3, 10})
			continue
		}
		plan(p, asOf.AddMonths(-8-3*(i%4)).AddDays(-i), usual)
	}
	for i, p := range v.cast.applicants {
		plan(p, asOf.AddMonths(-1-i%6).AddDays(-12-i), pace{8, 0})
	}
	for _, p := range v.cast.withdrawn {
		a := plan(p, asOf.AddMonths(-13), pace{15, 0})
		a.withdrew = workday(asOf.AddMonths(-4))
	}
	if v.faulty != nil {
		v.faultyAdmissions(d)
	}
	for _, a := range v.admissions {
		a.person.status = a.stage(opening)
		a.person.from = max(opening, a.steps["applied_on"])
		if a.person.status == "群众" {
			a.person.status = a.stage(a.person.from)
		}
		a.mentors = v.mentors(d, a)
	}
}

// mentors gives two members of long standing.
func (v *village) mentors(d *dice, a *admission) []*villager {
	fit := func(p *villager) bool {
		return p != a.person && p.exit == "" && p.entry == "" && p.fullSince != "" && p.fullSince < a.steps["applied_on"]
	}
	pool := where(append(append([]*villager{}, v.cast.committee...), v.cast.heads...), fit)
	if len(pool) < 2 {
		pool = where(v.cast.all, func(p *villager) bool { return fit(p) && p.standing == "在册" && p.able })
	}
	return sample(d, pool, 2)
}

// development writes the admissions down step by step, with the meetings that
// decided and the half-yearly observations.
func (v *village) development() {
	d := v.dice("development")
	for _, a := range v.admissions {
		v.writeAdmission(d, a)
		v.observations(d, a)
	}
}

// writeAdmission puts the record down as it stood when the ledger began and
// changes it on the day of each later step.
func (v *village) writeAdmission(d *dice, a *admission) {
	begun := max(v.span.opening(), a.steps["applied_on"])
	beside := v.beside(d, a)
	f := fields{"person": a.person.id, "source": v.sourceOf(d, a.person)}
	var r *model.Record
	v.stepsOf(a, func(step string, on model.Date) {
		if on > begun && r == nil {
			r = v.book.begin(begun, "admission", f)
		}
		if r == nil {
			f[step] = on
			add(f, beside[step])
			return
		}
		g := fields{step: on}
		add(g, beside[step])
		v.book.change(on, r, g)
	})
	if r == nil {
		r = v.book.begin(begun, "admission", f)
	}
	a.id = r.ID
	if a.withdrew != "" {
		v.book.change(a.withdrew, r, fields{"ended_on": a.withdrew, "ended_why": "本人撤回", "note": "本人书面说明要到外地长期就业,撤回申请。"})
		v.book.settle(a.withdrew, a.person, nil, fields{"status": "群众"})
	}
	v.settleAdmission(a)
}

// stepsOf calls fn with the steps that have been taken, by their days.
func (v *village) stepsOf(a *admission, fn func(step string, on model.Date)) {
	last := v.span.asOf
	if a.withdrew != "" {
		last = a.withdrew
	}
	for _, step := range admissionSteps {
		if on := a.steps[step]; on <= last {
			fn(step, on)
		}
	}
}

var admissionSteps = []string{"applied_on", "talked_on", "activist_on", "activist_filed_on", "notice_from", "notice_to", "candidate_on",
	"candidate_filed_on", "vetted_on", "trained_on", "committee_on", "prereviewed_on", "accepted_on", "superior_talk_on", "approved_on",
	"grouped_on", "filed_on", "oath_on", "asked_on", "confirm_voted_on", "confirm_approved_on", "archived_on"}

func (v *village) sourceOf(d *dice, p *villager) string {
	switch {
	case p.capable:
		return "经济能人"
	case p.bothLead:
		return "致富带头人"
	}
	return weigh(d, []share[string]{{"返乡青年", 40}, {"退役军人", 15}, {"村组干部", 15}, {"致富带头人", 15}, {"私营业主", 10}, {"其他", 5}})
}

// beside gives what is filled in together with a step.
func (v *village) beside(d *dice, a *admission) map[string]fields {
	accepted, voted := a.steps["accepted_on"], a.steps["confirm_voted_on"]
	b := map[string]fields{
		"talked_on":      {"talked_by": v.committeeOn(a.steps["talked_on"])[2].Name},
		"activist_on":    {"nominated_by": "党员推荐", "mentors": ids(a.mentors)},
		"candidate_on":   {"sponsors": ids(a.mentors)},
		"vetted_on":      {"vetted": "合格"},
		"trained_on":     {"training_days": 3, "training_hours": 24},
		"prereviewed_on": {"form_no": fmt.Sprintf("%d-%06d", accepted.Year(), d.between(100000, 999999))},
		"approved_on":    {"approval_no": fmt.Sprintf("芦委组〔%d〕%d号", a.steps["approved_on"].Year(), d.between(11, 60))},
	}
	if a.person.age(a.steps["activist_on"]) < 28 {
		b["activist_on"]["nominated_by"] = "群团推优"
	}
	if v.span.past(accepted) {
		b["accepted_on"] = v.vote(d, a, accepted, "votes", "讨论接收"+a.person.Name+"同志为预备党员", acceptanceTexts)
	}
	if v.span.past(voted) {
		b["confirm_voted_on"] = v.vote(d, a, voted, "confirm", "讨论"+a.person.Name+"同志转正", confirmationTexts)
		b["confirm_voted_on"]["confirm_result"] = "按期转正"
		b["confirm_voted_on"]["extended_to"] = a.extended
	}
	return b
}

var acceptanceTexts = topic{
	agenda:    "一、本人宣读志愿书;二、介绍人介绍情况;三、支委会报告审查意见;四、讨论和无记名投票",
	minutes:   "{本人}宣读入党志愿书,介绍人{介绍人}介绍了培养考察情况。{党员}、{党员}发言,肯定{本人}{肯干、热心|带头搞产业|遇事肯出力},希望今后{学习再抓紧|大胆管事}。逐人讨论后无记名投票。",
	decisions: "同意接收{本人}同志为中共预备党员,报镇党委审批。",
}

var confirmationTexts = topic{
	agenda:    "一、本人汇报预备期表现;二、党小组和介绍人意见;三、讨论和无记名投票",
	minutes:   "{本人}汇报一年来的思想和工作,介绍人{介绍人}谈了预备期考察情况,{党员}认为{进步明显|能起带头作用},{党员}提醒{联系群众还要多些|处事再沉稳些}。讨论后无记名投票。",
	decisions: "同意{本人}同志按期转为中共正式党员,报镇党委审批。",
}

// vote gives the figures of the branch meeting that voted on a person. A meeting
// in the ledger's time is written down with its roll; of an earlier one there are
// the figures alone.
func (v *village) vote(d *dice, a *admission, on model.Date, prefix, title string, t topic) fields {
	if a.halved {
		due := v.halfMeeting(d, on, "支部党员大会:"+title)
		return fields{"votes_due": due, "votes_present": due / 2, "votes_for": due / 2, "votes_against": 0, "votes_abstain": 0}
	}
	due := len(v.voters(max(on, v.span.opening()))) - d.between(0, 2)
	came := due * 9 / 10
	if v.span.holds(on) {
		due = len(v.voters(on))
		_, there := v.hold(d, meeting{kind: "支部党员大会", title: "支部党员大会:" + title, on: on, hours: 1, rate: 0.96,
			who:    v.due(on),
			agenda: t.agenda, minutes: t.minutes, votes: generalVotes, decisions: t.decisions,
			words: v.wordsOn(on).with("本人", a.person.Name, "介绍人", a.mentors[0].Name+"、"+a.mentors[len(a.mentors)-1].Name)})
		came = len(where(there, func(p *villager) bool { return p.votes(on) }))
	}
	return fields{prefix + "_due": due, prefix + "_present": came, prefix + "_for": came, prefix + "_against": 0, prefix + "_abstain": 0}
}

// settleAdmission says how the person stands after the steps that matter to the
// membership.
func (v *village) settleAdmission(a *admission) {
	p := a.person
	for _, step := range []string{"activist_on", "candidate_on"} {
		if on := a.steps[step]; v.span.holds(on) && on > p.from {
			v.book.settle(on, p, nil, fields{"status": a.stage(on)})
		}
	}
	if on := a.steps["approved_on"]; v.span.holds(on) {
		p.Joined = a.steps["accepted_on"]
		v.book.settle(on, p, fields{"kind": "接收预备党员", "approved_by": "中共" + v.place.Township + "委员会"},
			fields{"status": "预备党员", "joined_on": p.Joined, "party_group": v.groups[p.group],
				"dues_basis": p.basis, "monthly_dues": p.dues, "dues_from": p.Joined.Month()})
	}
	if a.extended != "" {
		v.book.settle(workday(a.steps["accepted_on"].AddYears(1).AddDays(24)), p, fields{"kind": "延长预备期", "until": a.extended,
			"approved_by": "中共" + v.place.Township + "委员会"}, nil)
	}
	if on := a.steps["confirm_approved_on"]; v.span.holds(on) {
		p.Confirmed = max(a.steps["accepted_on"].AddYears(1), a.extended)
		v.book.settle(on, p, fields{"kind": "转正", "approved_by": "中共" + v.place.Township + "委员会"},
			fields{"status": "正式党员", "confirmed_on": p.Confirmed})
	}
}

// observations are due every half-year, from the list of activists to the end of
// probation.
func (v *village) observations(d *dice, a *admission) {
	gap := func(on model.Date) model.Date { return on.AddMonths(5).AddDays(d.between(3, 18)) }
	for on := gap(a.steps["activist_on"]); on < a.steps["confirm_voted_on"] && on <= v.span.asOf && a.withdrew == ""; on = gap(on) {
		stage := "积极分子"
		if on >= a.steps["accepted_on"] {
			stage = "预备党员"
		}
		held := min(workday(on), v.span.asOf)
		v.book.put(max(v.span.opening(), held), "observation", fields{"admission": a.id, "held_on": held, "stage": stage,
			"observers": a.mentors[0].Name + "、" + a.mentors[len(a.mentors)-1].Name,
			"opinion":   v.unsaid(d, a.person.Name+observationTexts, v.words)})
	}
}

const observationTexts = "{积极参加集体学习,交思想汇报 {2-4} 篇|在{春耕|秋收|防汛|环境整治}中出力 {6-20} 个工日},{能主动帮助{困难户}家|带动 {2-6} 户发展养殖|参加志愿服务 {3-8} 次};{学习深度还不够|发言偏少|遇事要再细致些}。{同意继续培养|培养联系人意见:表现良好|党小组意见:有进步}。"
