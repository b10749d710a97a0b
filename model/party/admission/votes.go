package admission

import (
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/model/party/vote"
)

// checkMentors asks for one or two full members once one is an activist.
func checkMentors(x *model.Exam) {
	mentors := x.Record.List("mentors")
	on := x.Record.Date("activist_on")
	if on == "" && len(mentors) == 0 {
		return
	}
	least, most := stepLimit(x, "admission.mentors.min", "activist_on"), stepLimit(x, "admission.mentors.max", "activist_on")
	if n := int64(len(mentors)); n < least.Value || n > most.Value {
		x.SayOf(least, "培养联系人应是 %d 至 %d 名正式党员,现在填了 %d 名,请核对", least.Value, most.Value, n)
		return
	}
	if names := notFullMembers(x, mentors, on); names != "" {
		x.SayOf(least, "培养联系人要是正式党员,%s当时不是,请改选", names)
	}
}

// checkSponsors asks for two full members. They are chosen after the candidate is
// (step 9), so none is missed before the branch meeting.
func checkSponsors(x *model.Exam) {
	r := x.Record
	sponsors := r.List("sponsors")
	if len(sponsors) == 0 && !r.Filled("accepted_on") {
		return
	}
	on := r.Date("accepted_on")
	if on == "" {
		on = r.Date("candidate_on")
	}
	l := limitOn(x, "admission.sponsors", on)
	if int64(len(sponsors)) != l.Value {
		x.SayOf(l, "入党介绍人应是 %d 名正式党员,现在填了 %d 名,请核对", l.Value, len(sponsors))
		return
	}
	for _, id := range sponsors {
		if id == r.Str("person") {
			x.SayOf(l, "入党介绍人不能是本人,请改选")
			return
		}
	}
	if names := notFullMembers(x, sponsors, on); names != "" {
		x.SayOf(l, "入党介绍人要是正式党员,%s当时不是,请改选", names)
		return
	}
	for _, id := range sponsors {
		p := x.Get("person", id)
		day := on
		if day == "" {
			day = x.Today
		}
		if s := membership.SuspendedOn(x, p, day); s != nil {
			x.SayOf(l, "受留党察看处分、权利中止或者权利还没有恢复的不能作入党介绍人:%s%s,请改选别的党员", p.Str("name"), s.Text())
			return
		}
	}
}

// notFullMembers names those of some persons who were no full members of the Party
// on a day. Of a past that is not on file the best is taken.
func notFullMembers(x *model.Exam, ids []string, on model.Date) string {
	var names []string
	for _, id := range ids {
		if p := x.Get("person", id); p != nil && !FullMemberOn(p, on) {
			names = append(names, p.Str("name"))
		}
	}
	return strings.Join(names, "、")
}

// FullMemberOn reports whether a person was a full member of the Party on a day,
// here or elsewhere. Without a day it is the present.
func FullMemberOn(p *model.Record, on model.Date) bool {
	if !p.Is("status", "正式党员") {
		return false
	}
	if on == "" {
		return !p.Is("standing", "停止党籍", "出党", "去世")
	}
	if left := p.Date("left_on"); left != "" && left < on && p.Is("standing", "停止党籍", "出党", "去世") {
		return false
	}
	since := p.Date("confirmed_on")
	if since == "" {
		since = p.Date("joined_on")
	}
	return since <= on
}

// An admission counts votes twice: at the acceptance and at the confirmation.
var admissionBallots = []struct{ day, prefix, what string }{
	{"accepted_on", "votes", "讨论接收的支部大会"},
	{"confirm_voted_on", "confirm", "讨论转正的支部大会"},
}

func checkVotesGiven(x *model.Exam) {
	for _, b := range admissionBallots {
		if !x.Record.Filled(b.day) {
			continue
		}
		for _, part := range []string{"_due", "_present", "_for"} {
			if field := b.prefix + part; !x.Record.Filled(field) {
				x.SayAt(field, "%s要记应到、实到和赞成人数,请填写%s", b.what, x.Record.Kind.Field(field).Label)
				break
			}
		}
	}
}

// checkAdmissionVotes: more than half of those with voting right who should attend
// do, and more than half of them say yes. Written opinions handed in before count
// as votes, so there may be more votes than people present.
func checkAdmissionVotes(x *model.Exam) {
	for _, b := range admissionBallots {
		admissionBallot(x, b.day, b.prefix, b.what)
	}
}

func admissionBallot(x *model.Exam, day, prefix, what string) {
	r := x.Record
	due, present, yes := r.Int(prefix+"_due"), r.Int(prefix+"_present"), r.Int(prefix+"_for")
	if !r.Filled(prefix + "_due") {
		return
	}
	quorum, majority := stepLimit(x, "admission.quorum", day), stepLimit(x, "admission.majority", day)
	on := r.Date(day)
	if on == "" {
		on = x.Today
	}
	cast := yes + r.Int(prefix+"_against") + r.Int(prefix+"_abstain")
	switch {
	case present > due:
		x.SayAt(prefix+"_present", "%s实到 %d 人多于应到 %d 人,请核对", what, present, due)
	case cast > due:
		x.SayAt(prefix+"_for", "%s赞成、反对、弃权共 %d 人,多于应到 %d 人,请核对", what, cast, due)
	case r.Filled(prefix+"_present") && !vote.AdmissionQuorum(x.Packs, on, due, present):
		x.SayAtOf(prefix+"_present", quorum, "%s到会的正式党员要超过应到的半数,应到 %d 人、实到 %d 人,不能表决,请核对或另行开会", what, due, present)
	case r.Filled(prefix+"_for") && !vote.AdmissionPasses(x.Packs, on, due, yes):
		x.SayAtOf(prefix+"_for", majority, "%s赞成要超过应到的半数才能通过,应到 %d 人、赞成 %d 人,没有通过,请核对", what, due, yes)
	}
}

// checkApproval speaks of a late approval that is not yet beyond the longest term:
// that one is E-DEV-6M.
func checkApproval(x *model.Exam) {
	accepted, approved := x.Record.Date("accepted_on"), x.Record.Date("approved_on")
	if accepted == "" || approved == "" {
		return
	}
	l, longest := stepLimit(x, "admission.approve.months", "accepted_on"), stepLimit(x, "admission.approve.longest", "accepted_on")
	if last := accepted.AddMonths(l.Int()); approved > last && approved <= accepted.AddMonths(longest.Int()) {
		x.SayOf(l, "党委审批应在支部大会通过(%s)后 %d 个月内,即不晚于 %s;有特殊情况的请在备注里说明", accepted, l.Int(), last)
	}
}

// checkDiscussion: an extension is decided at the end of the probation, everything
// else at the end of the extension where there was one.
func checkDiscussion(x *model.Exam) {
	r := x.Record
	voted := r.Date("confirm_voted_on")
	end := firstProbationEnd(x)
	if r.Filled("extended_to") && !r.Is("confirm_result", "延长预备期") {
		end = max(end, r.Date("extended_to"))
	}
	if voted == "" || end == "" || voted >= end || r.Is("confirm_result", "取消资格") {
		return
	}
	x.SayOf(stepLimit(x, "admission.probation.months", "accepted_on"), "预备期到 %s 才满,%s 讨论转正早了,请核对日期", end, voted)
}

// firstProbationEnd is the end of the probation without its extension.
func firstProbationEnd(x *model.Exam) model.Date {
	return x.Record.Date("accepted_on").AddMonths(stepLimit(x, "admission.probation.months", "accepted_on").Int())
}

func checkExtension(x *model.Exam) {
	r := x.Record
	to, end := r.Date("extended_to"), firstProbationEnd(x)
	least, most := stepLimit(x, "admission.extend.min", "confirm_voted_on"), stepLimit(x, "admission.extend.max", "confirm_voted_on")
	switch {
	case r.Is("confirm_result", "延长预备期") && to == "":
		x.SayOf(least, "讨论结果是“延长预备期”的,请填写延长到哪一天")
	case to == "" || end == "":
	case to < end.AddMonths(least.Int()) || to > end.AddMonths(most.Int()):
		x.SayOf(least, "预备期 %s 期满,延长 %d 至 %d 个月应到 %s 至 %s 之间,现在是 %s,请核对",
			end, least.Int(), most.Int(), end.AddMonths(least.Int()), end.AddMonths(most.Int()), to)
	}
}
