package party

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/vote"
)

const sourceElection = "《中国共产党基层组织选举工作条例》(2020)"

// electionRules are those of the ballot, of who is elected, and of the term.
var electionRules = slices.Concat(ballotRules, electedRules, termRules)

// ballotRules hold where there is a ballot (domain.md §3.6).
var ballotRules = []model.Rule{
	{Code: "E-ELEC-45", Field: "attended", Text: "选举大会到会不少于应到的五分之四", Source: sourceElection, Limits: []string{"election.quorum"},
		Check: withBallot(func(x *model.Exam) {
			r := x.Record
			due, came := r.Int("eligible"), r.Int("attended")
			switch {
			case !r.Filled("eligible") || !r.Filled("attended"):
			case came > due:
				x.Say("实到 %d 人多于应到 %d 人,请核对", came, due)
			case !vote.ElectionQuorum(x.Packs, r.Date("held_on"), due, came):
				l := x.Packs.Limit("election.quorum", r.Date("held_on"))
				per := max(l.Per, 1)
				x.SayOf(l, "应到 %d 人,至少要到 %d 人(%d/%d)才能选举,现在实到 %d 人,请核对或另行选举", due, (due*l.Value+per-1)/per, l.Value, per, came)
			}
		})},
	{Code: "W-VOTE-PROXY", Field: "ballots_issued", Text: "缺席的党员不能由别人代投", Source: sourceElection,
		Check: withBallot(func(x *model.Exam) {
			if r := x.Record; r.Filled("attended") && r.Int("ballots_issued") > r.Int("attended") {
				x.Say("发出选票 %d 张多于实到 %d 人,缺席的不能由别人代投,请核对", r.Int("ballots_issued"), r.Int("attended"))
			}
		})},
	{Code: "E-ELEC-BALLOT", Field: "ballots_returned", Text: "收回的选票不多于发出的,多于的选举无效", Source: sourceElection,
		Check: withBallot(func(x *model.Exam) {
			r := x.Record
			issued, returned, valid := r.Int("ballots_issued"), r.Int("ballots_returned"), r.Int("ballots_valid")
			if r.Filled("ballots_issued") && r.Filled("ballots_returned") && !vote.BallotsValid(issued, returned) {
				x.Say("收回选票 %d 张多于发出 %d 张,选举无效,应重新投票;填错的请改正", returned, issued)
				return
			}
			if r.Filled("ballots_returned") && valid > returned {
				x.SayAt("ballots_valid", "有效票 %d 张多于收回 %d 张,请核对", valid, returned)
			}
		})},
	{Code: "E-ELEC-DIFF", Field: "votes", Text: "委员候选人比应选名额多 20% 以上", Source: sourceElection, Limits: []string{"election.candidates"},
		Check: withBallot(checkCandidates)},
	{Code: "W-ELEC-HALF", Field: "elected", Text: "赞成票超过半数才能当选", Source: sourceElection,
		Limits: []string{"election.majority", "election.base"}, Check: withBallot(checkElected)},
	{Code: "W-ELEC-SEATS", Field: "elected", Text: "当选委员不多于应选名额", Source: sourceElection,
		Check: withBallot(func(x *model.Exam) {
			r := x.Record
			if n := int64(len(r.List("elected"))); r.Filled("seats") && n > r.Int("seats") {
				x.Say("应选 %d 名,当选委员填了 %d 名,得票多的当选,请核对", r.Int("seats"), n)
			}
		})},
}

// withBallot makes the check of what was voted on: an appointment is not.
func withBallot(check func(x *model.Exam)) func(x *model.Exam) {
	return func(x *model.Exam) {
		if !x.Record.Is("kind", "任命") && !x.Record.Is("method", "任命") {
			check(x)
		}
	}
}

// checkCandidates counts the candidates by their lines in the votes. Without a list
// set before (海选), or where a committee chooses its secretary, there need be no
// more candidates than seats.
func checkCandidates(x *model.Exam) {
	r := x.Record
	if r.Is("method", "海选", "委员会选举") || !r.Filled("seats") || !r.Filled("votes") {
		return
	}
	candidates := int64(len(candidateLines(r)))
	need := vote.CandidatesNeeded(x.Packs, r.Date("held_on"), r.Int("seats"))
	if candidates > 0 && candidates < need {
		x.SayOf(x.Packs.Limit("election.candidates", r.Date("held_on")),
			"应选 %d 名,候选人应有 %d 名以上(差额不少于 20%%),候选人得票里有 %d 名;请一人一行写全", r.Int("seats"), need, candidates)
	}
}

// candidateLines gives the votes' lines, one a candidate.
func candidateLines(r *model.Record) []string {
	var lines []string
	for line := range strings.FieldsFuncSeq(model.HalfWidth(r.Str("votes")), func(c rune) bool { return strings.ContainsRune("\r\n;", c) }) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

var firstNumber = model.NewPattern(`[0-9]+`)

// checkElected compares the first figure of each elected person's line with half of
// the base: those present, or, where the county says so, those who should attend
// (sources disagree, domain.md §3.6).
func checkElected(x *model.Exam) {
	r := x.Record
	l, base := x.Packs.Limit("election.majority", r.Date("held_on")), r.Int("attended")
	if x.Packs.Limit("election.base", r.Date("held_on")).Value == 1 {
		base = r.Int("eligible")
	}
	if base == 0 {
		return
	}
	lines := candidateLines(r)
	for _, id := range r.List("elected") {
		p := x.Get("person", id)
		if p == nil || !p.Filled("name") {
			continue
		}
		for _, line := range lines {
			rest, ok := strings.CutPrefix(line, p.Str("name"))
			if !ok {
				continue
			}
			if yes, err := strconv.ParseInt(firstNumber.FindString(rest), 10, 64); err == nil && !l.MoreThan(yes, base) {
				x.SayOf(l, "%s得 %d 票,没有超过 %d 人的半数,不能当选,请核对得票或当选委员", p.Str("name"), yes, base)
			}
			break
		}
	}
}
