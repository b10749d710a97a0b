package demo

import (
	"fmt"
	"maps"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// planAdmissions lays out everybody's way. It goes before the persons are written
// down, since their first status comes from it.
func (v *village) planAdmissions() {
	d := v.dice("admissions")
	opening, asOf := v.span.opening(), v.span.asOf
	usual := folk.Pace{Months: 5}
	plan := func(p *folk.Villager, applied model.Date, wait folk.Pace) *folk.Admission {
		a := folk.NewAdmission(d, p, applied, wait)
		v.admissions = append(v.admissions, a)
		return a
	}
	for i, p := range v.cast.confirming {
		a := plan(p, folk.BeforeAcceptance(v.acceptedNear(i)), usual)
		if v.faulty != nil {
			v.delayed(i, a)
		}
		p.Joined = a.Steps["accepted_on"]
		p.FullSince = a.Steps["confirm_approved_on"]
	}
	for i, p := range v.cast.newcomers {
		a := plan(p, folk.BeforeAcceptance([]model.Date{opening.AddDays(48), asOf.AddMonths(-5)}[i%2]), usual)
		p.Since = a.Steps["approved_on"]
	}
	for i, p := range v.cast.candidates {
		plan(p, folk.BeforeCandidate(asOf.AddDays(-60+26*i)), usual)
	}
	for i, p := range v.cast.activists {
		if i == len(v.cast.activists)-1 {
			// The newest applied after the rules were revised in May 2026.
			plan(p, asOf.AddMonths(-5).AddDays(-3), folk.Pace{Months: 3, Days: 10})
			continue
		}
		plan(p, asOf.AddMonths(-8-3*(i%4)).AddDays(-i), usual)
	}
	for i, p := range v.cast.applicants {
		plan(p, asOf.AddMonths(-1-i%6).AddDays(-12-i), folk.Pace{Months: 8})
	}
	for _, p := range v.cast.withdrawn {
		a := plan(p, asOf.AddMonths(-13), folk.Pace{Months: 15})
		a.Withdrew = folk.Workday(asOf.AddMonths(-4))
	}
	if v.faulty != nil {
		v.faultyAdmissions(d)
	}
	for _, a := range v.admissions {
		a.Person.Status = a.Stage(opening)
		a.Person.From = max(opening, a.Steps["applied_on"])
		if a.Person.Status == "群众" {
			a.Person.Status = a.Stage(a.Person.From)
		}
		a.Mentors = v.mentors(d, a)
	}
}

// mentors gives two members of long standing.
func (v *village) mentors(d *dice.Dice, a *folk.Admission) []*folk.Villager {
	fit := func(p *folk.Villager) bool {
		return p != a.Person && p.Exit == "" && p.Entry == "" && p.FullSince != "" && p.FullSince < a.Steps["applied_on"]
	}
	pool := folk.Where(append(append([]*folk.Villager{}, v.cast.committee...), v.cast.heads...), fit)
	if len(pool) < 2 {
		pool = folk.Where(v.cast.all, func(p *folk.Villager) bool { return fit(p) && p.Standing == "在册" && p.Able })
	}
	return dice.Sample(d, pool, 2)
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
func (v *village) writeAdmission(d *dice.Dice, a *folk.Admission) {
	begun := max(v.span.opening(), a.Steps["applied_on"])
	beside := v.beside(d, a)
	f := fields{"person": a.Person.ID, "source": v.sourceOf(d, a.Person)}
	var r *model.Record
	v.stepsOf(a, func(step string, on model.Date) {
		if on > begun && r == nil {
			r = v.book.begin(begun, "admission", f)
		}
		if r == nil {
			f[step] = on
			maps.Copy(f, beside[step])
			return
		}
		g := fields{step: on}
		maps.Copy(g, beside[step])
		v.book.change(on, r, g)
	})
	if r == nil {
		r = v.book.begin(begun, "admission", f)
	}
	a.ID = r.ID
	if a.Withdrew != "" {
		v.book.change(a.Withdrew, r, fields{"ended_on": a.Withdrew, "ended_why": "本人撤回", "note": "本人书面说明要到外地长期就业,撤回申请。"})
		v.book.settle(a.Withdrew, a.Person, nil, fields{"status": "群众"})
	}
	v.settleAdmission(a)
}

// stepsOf calls fn with the steps that have been taken, by their days.
func (v *village) stepsOf(a *folk.Admission, fn func(step string, on model.Date)) {
	last := v.span.asOf
	if a.Withdrew != "" {
		last = a.Withdrew
	}
	for _, step := range folk.AdmissionSteps {
		if on := a.Steps[step]; on <= last {
			fn(step, on)
		}
	}
}

func (v *village) sourceOf(d *dice.Dice, p *folk.Villager) string {
	switch {
	case p.Capable:
		return "经济能人"
	case p.BothLead:
		return "致富带头人"
	}
	return dice.Weigh(d, dice.Shares("返乡青年30 退役军人15 村组干部10 致富带头人15 私营业主10 技术能手8 生产骨干4 生产一线4 其他4"))
}

// beside gives what is filled in together with a step.
func (v *village) beside(d *dice.Dice, a *folk.Admission) map[string]fields {
	accepted, voted := a.Steps["accepted_on"], a.Steps["confirm_voted_on"]
	b := map[string]fields{
		"talked_on":      {"talked_by": v.committeeOn(a.Steps["talked_on"])[2].Name},
		"activist_on":    {"nominated_by": "党员推荐", "mentors": folk.IDs(a.Mentors)},
		"candidate_on":   {"sponsors": folk.IDs(a.Mentors)},
		"vetted_on":      {"vetted": "合格"},
		"trained_on":     {"training_days": 3, "training_hours": 24},
		"prereviewed_on": {"form_no": fmt.Sprintf("%d-%06d", accepted.Year(), d.Between(100000, 999999))},
		"approved_on":    {"approval_no": fmt.Sprintf("芦委组〔%d〕%d号", a.Steps["approved_on"].Year(), d.Between(11, 60))},
	}
	if a.Person.Age(a.Steps["activist_on"]) < 28 {
		b["activist_on"]["nominated_by"] = "群团推优"
	}
	if v.span.past(accepted) {
		b["accepted_on"] = v.vote(d, a, accepted, "votes", "讨论接收"+a.Person.Name+"同志为预备党员", acceptanceTexts)
	}
	if v.span.past(voted) {
		b["confirm_voted_on"] = v.vote(d, a, voted, "confirm", "讨论"+a.Person.Name+"同志转正", confirmationTexts)
		b["confirm_voted_on"]["confirm_result"] = "按期转正"
		b["confirm_voted_on"]["extended_to"] = a.Extended
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
func (v *village) vote(d *dice.Dice, a *folk.Admission, on model.Date, prefix, title string, t topic) fields {
	if a.Halved {
		due := v.halfMeeting(d, on, "支部党员大会:"+title)
		return fields{"votes_due": due, "votes_present": due / 2, "votes_for": due / 2, "votes_against": 0, "votes_abstain": 0}
	}
	// Of a meeting before the book those count who were full members by then.
	due := len(folk.Where(v.voters(max(on, v.span.opening())), func(p *folk.Villager) bool { return p.Confirmed <= on })) - d.Between(0, 2)
	came := due * 9 / 10
	if v.span.holds(on) {
		due = len(v.voters(on))
		_, there := v.hold(d, meeting{kind: "支部党员大会", title: "支部党员大会:" + title, on: on, hours: 1, rate: 0.96,
			who:    v.due(on),
			agenda: t.agenda, minutes: t.minutes, votes: generalVotes, decisions: t.decisions,
			words: v.wordsOn(on).With("本人", a.Person.Name, "介绍人", a.Mentors[0].Name+"、"+a.Mentors[len(a.Mentors)-1].Name)})
		came = len(folk.Where(there, func(p *folk.Villager) bool { return p.Votes(on) }))
	}
	return fields{prefix + "_due": due, prefix + "_present": came, prefix + "_for": came, prefix + "_against": 0, prefix + "_abstain": 0}
}

// settleAdmission says how the person stands after the steps that matter to the
// membership.
func (v *village) settleAdmission(a *folk.Admission) {
	p := a.Person
	for _, step := range []string{"activist_on", "candidate_on"} {
		if on := a.Steps[step]; v.span.holds(on) && on > p.From {
			v.book.settle(on, p, nil, fields{"status": a.Stage(on)})
		}
	}
	if on := a.Steps["approved_on"]; v.span.holds(on) {
		p.Joined = a.Steps["accepted_on"]
		v.book.settle(on, p, fields{"kind": "接收预备党员", "approved_by": "中共" + v.place.Township + "委员会"},
			fields{"status": "预备党员", "joined_on": p.Joined, "party_group": v.groups[p.Group],
				"dues_basis": p.Basis, "monthly_dues": p.Dues, "dues_from": p.Joined.Month(), "dues_approval": folk.LowerDues(p.Basis, p.Joined.Month())})
	}
	if a.Extended != "" {
		v.book.settle(folk.Workday(a.Steps["accepted_on"].AddYears(1).AddDays(24)), p, fields{"kind": "延长预备期", "until": a.Extended,
			"approved_by": "中共" + v.place.Township + "委员会"}, nil)
	}
	if on := a.Steps["confirm_approved_on"]; v.span.holds(on) {
		p.Confirmed = max(a.Steps["accepted_on"].AddYears(1), a.Extended)
		v.book.settle(on, p, fields{"kind": "转正", "approved_by": "中共" + v.place.Township + "委员会"},
			fields{"status": "正式党员", "confirmed_on": p.Confirmed})
	}
}

// observations are due every half-year, from the list of activists to the end of
// probation.
func (v *village) observations(d *dice.Dice, a *folk.Admission) {
	gap := func(on model.Date) model.Date { return on.AddMonths(5).AddDays(d.Between(3, 18)) }
	for on := gap(a.Steps["activist_on"]); on < a.Steps["confirm_voted_on"] && on <= v.span.asOf && a.Withdrew == ""; on = gap(on) {
		stage := "积极分子"
		if on >= a.Steps["accepted_on"] {
			stage = "预备党员"
		}
		held := min(folk.Workday(on), v.span.asOf)
		v.book.put(max(v.span.opening(), held), "observation", fields{"admission": a.ID, "held_on": held, "stage": stage,
			"observers": a.Mentors[0].Name + "、" + a.Mentors[len(a.Mentors)-1].Name,
			"opinion":   v.unsaid(d, a.Person.Name+observationTexts, v.words)})
	}
}

const observationTexts = "{积极参加集体学习,交思想汇报 {2-4} 篇|在{春耕|秋收|防汛|环境整治}中出力 {6-20} 个工日},{能主动帮助{困难户}家|带动 {2-6} 户发展养殖|参加志愿服务 {3-8} 次};{学习深度还不够|发言偏少|遇事要再细致些}。{同意继续培养|培养联系人意见:表现良好|党小组意见:有进步}。"
