package party

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/model/party/vote"
)

const generalMeeting = "支部党员大会"

// activityRules are what an inspection finds in minutes (domain.md §4.2) and the
// quorums of §3.6. How often a branch meets falls due instead.
var activityRules = []model.Rule{
	{Code: "W-MTG-01", Field: "place", Text: "活动要有地点", Source: sourceBranch,
		Check: func(x *model.Exam) {
			if r := x.Record; r.Filled("kind") && !r.Filled("place") && !r.Filled("site") && !r.Is("kind", "党务公开") {
				x.Say("没有写地点,请填写")
			}
		}},
	{Code: "W-MTG-02", Field: "attendance", Text: "党内会议要登记到会和缺席的人", Source: sourceBranch,
		Check: func(x *model.Exam) {
			if r := x.Record; r.Is("kind", rollMeetings...) && keptHere(r) && !r.Filled("attendance") {
				x.Say("没有到会登记,缺席的是谁、什么原因都查不到,请补登")
			}
		}},
	{Code: "W-MTG-03", Field: "votes", Text: "党员大会的决定要记表决情况", Source: sourceBranch + "第十一条",
		Check: func(x *model.Exam) {
			if r := x.Record; generalDecision(r) && !r.Filled("votes") {
				x.Say("党员大会作了决定却没有表决情况,请填写应到、实到、赞成、反对、弃权各多少")
			}
		}},
	{Code: "W-MTG-04", Field: "minutes", Text: "会议记录不与以前的雷同", Source: model.SourceOwn,
		Limits: []string{"meeting.text", "meeting.text.months"}, Check: checkSameMinutes},
	{Code: "E-VOTE-HALF", Field: "votes", Text: "党员大会到会不少于应到的半数、赞成超过应到的半数才能作决定,支委会到会不少于半数", Source: sourceBranch + "第十一、十二条",
		Limits: []string{"vote.resolution.quorum", "vote.resolution.majority", "vote.committee.quorum"}, Check: checkResolution},
	{Code: "W-VOTE-ROLL", Field: "votes", Text: "表决的应到人数不多于名册上有表决权的正式党员", Source: sourceBranch + "第十一条",
		Limits: []string{"vote.roll.months"}, Check: checkVotersOnRoll},
	afterExitOnRoll("held_on", present),
}

// rollMeetings are those of which absent members have to be known by name.
var rollMeetings = []string{generalMeeting, "支部委员会", "党小组会", "组织生活会", "民主评议", "选举大会"}

func keptHere(r *model.Record) bool { return !r.Is("kept_as", KeptThere) }

// countsAs reports whether an activity is, or counts as, one of a kind.
func countsAs(r *model.Record, kind string) bool {
	return r.Is("kind", kind) || slices.Contains(r.List("counts_as"), kind)
}

func generalDecision(r *model.Record) bool {
	return countsAs(r, generalMeeting) && keptHere(r) && r.Filled("decisions")
}

// checkSameMinutes compares with the minutes of the organisation's meetings of the
// time before; a few words (无, 同上) are no text. The window keeps the search on
// the index of the day.
func checkSameMinutes(x *model.Exam) {
	r := x.Record
	text, on := r.Str("minutes"), r.Date("held_on")
	if on == "" || utf8.RuneCountInString(text) < x.Packs.Limit("meeting.text", on).Int() {
		return
	}
	from := on.AddMonths(-x.Packs.Limit("meeting.text.months", on).Int())
	conds := append([]model.Cond{model.Where("held_on", model.Ge, string(from)), model.Where("held_on", model.Le, string(on)), model.Where("minutes", model.Eq, text)}, model.OwnConds(x.Env, r)...)
	for _, a := range x.Find("activity", conds...) {
		if a.ID != r.ID && (a.Date("held_on") < on || r.ID == "" || a.ID < r.ID) {
			x.Say("记录与 %s 的“%s”一字不差,请按这一次的实际情况写", a.Str("held_on"), a.Str("title"))
			return
		}
	}
}

// checkResolution takes the figures of the vote where they are written down, else
// those of the roll.
func checkResolution(x *model.Exam) {
	r := x.Record
	on := r.Date("held_on")
	switch {
	case generalDecision(r):
		due, present := votedFigure(r.Str("votes"), votedDue), votedFigure(r.Str("votes"), votedPresent)
		if due < 0 || present < 0 {
			due, present = votersOnRoll(x, on)
		}
		quorum, majority := x.Packs.Limit("vote.resolution.quorum", on), x.Packs.Limit("vote.resolution.majority", on)
		yes := votedFigure(r.Str("votes"), votedYes)
		switch {
		case due <= 0:
		case present > due:
			x.Say("表决情况里实到 %d 人多于应到 %d 人,请核对", present, due)
		case !vote.ResolutionQuorum(x.Packs, on, due, present):
			x.SayOf(quorum, "有表决权的党员应到 %d 人、实到 %d 人,不到半数,不能作决定,请核对或另行开会", due, present)
		case yes >= 0 && !vote.ResolutionPasses(x.Packs, on, due, yes):
			x.SayOf(majority, "应到 %d 人、赞成 %d 人,赞成没有超过应到的半数,决定没有通过,请核对", due, yes)
		}
	case r.Is("kind", "支部委员会") && keptHere(r) && r.Filled("decisions"):
		due, came := int64(len(r.Roll("attendance"))), int64(0)
		for _, m := range r.Roll("attendance") {
			came += int64(model.OneIf(m.State == present))
		}
		if due > 0 && !vote.CommitteeQuorum(x.Packs, on, due, came) {
			x.SayAtOf("attendance", x.Packs.Limit("vote.committee.quorum", on), "支部委员应到 %d 人、到会 %d 人,不到半数,不能作决定,请核对或另行开会", due, came)
		}
	}
}

// checkVotersOnRoll compares the figure of those who should have come with the member
// list of that day.
func checkVotersOnRoll(x *model.Exam) {
	r := x.Record
	due := votedFigure(r.Str("votes"), votedDue)
	if !countsAs(r, generalMeeting) || !keptHere(r) || due <= 0 {
		return
	}
	if n, known := membership.VotersOn(x, r.Date("held_on")); known && due > n {
		x.Say("表决情况里应到 %d 人,多于名册上那天有表决权的正式党员 %d 人;预备党员和权利中止的不计入应到,请核对", due, n)
	}
}

// votersOnRoll counts those on the roll who had a vote on the day, and those of
// them who came: full members of the branch whose rights are not suspended and who
// count as due (domain.md §1.4, §3.6).
func votersOnRoll(x *model.Exam, on model.Date) (due, came int64) {
	return votersOf(x.Record, on, func(id string) *model.Record { return x.Get("person", id) })
}

// votersOf counts the voters on a record's roll; get gives a person, nil for none.
func votersOf(r *model.Record, on model.Date, get func(id string) *model.Record) (due, came int64) {
	for _, m := range r.Roll("attendance") {
		p := get(m.Target)
		if p == nil || !hasVote(p, on) {
			continue
		}
		due++
		came += int64(model.OneIf(m.State == present))
	}
	return due, came
}

// hasVote reports whether a person had a vote on a day and counts as due.
func hasVote(p *model.Record, on model.Date) bool {
	return mayVoteOn(p, on) && !p.Filled("not_due")
}

// Figures of a vote as people write them: 应到 98 人, 赞成90票.
var (
	votedDue     = model.NewPattern(`应到[^0-9,;。、]{0,6}([0-9]+)`)
	votedPresent = model.NewPattern(`实到[^0-9,;。、]{0,6}([0-9]+)`)
	votedYes     = model.NewPattern(`(?:赞成|同意)[^0-9,;。、]{0,6}([0-9]+)`)
)

// votedFigure reads a figure of the votes; -1 where it does not stand there exactly
// once: of several ballots none can be told apart.
func votedFigure(votes string, form *model.Pattern) int64 {
	found := form.FindAllStringSubmatch(model.HalfWidth(votes), -1)
	if len(found) != 1 {
		return -1
	}
	n, err := strconv.ParseInt(found[0][1], 10, 64)
	if err != nil {
		return -1
	}
	return n
}
