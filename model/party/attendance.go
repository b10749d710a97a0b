package party

import (
	"strconv"

	"taizhang/model"
	"taizhang/model/party/admission"
)

// dueAndAbsent counts who should have come and who did not, by the attendance roll:
// those not counted as due (not_due, domain.md §3.6) are left out unless they came
// all the same. "" where there is no roll.
func dueAndAbsent(env *model.Env, r *model.Record) (due, absent string) {
	roll := r.Roll("attendance")
	if len(roll) == 0 {
		return "", ""
	}
	excused := map[string]bool{}
	if env.Look != nil {
		// A table can't report a fault of reading here; the numbers are then those
		// of the whole roll, and opening the record says what is wrong.
		if all, err := env.Look.Find("person", inBookOf(r, model.Where("not_due", model.Filled))...); err == nil {
			for _, p := range all {
				excused[p.ID] = true
			}
		}
	}
	n, away := 0, 0
	for _, m := range roll {
		came := m.State == present
		if excused[m.Target] && !came {
			continue
		}
		n++
		away += model.OneIf(!came)
	}
	return strconv.Itoa(n), strconv.Itoa(away)
}

// inBookOf bounds what is looked for to the record book that a record stands in: a
// county's ledger holds hundreds, and reading them all for every row of a table takes
// seconds.
func inBookOf(r *model.Record, conds ...model.Cond) []model.Cond {
	if r.OrgID == "" {
		return conds // not saved yet
	}
	return append(conds, model.Where("org_id", model.Eq, r.OrgID))
}

// votersDue counts who should have come to a vote: of those on the roll the full
// members with voting right who are not left out (domain.md §3.6). Only for the
// meetings that vote.
func votersDue(env *model.Env, r *model.Record) string {
	roll := r.Roll("attendance")
	if len(roll) == 0 || env.Look == nil || !r.Is("kind", "支部党员大会", "选举大会") {
		return ""
	}
	all, err := env.Look.Find("person", inBookOf(r, model.Where("status", model.Eq, "正式党员"))...)
	if err != nil {
		return ""
	}
	full := make(map[string]*model.Record, len(all))
	for _, p := range all {
		full[p.ID] = p
	}
	n, _ := votersOf(r, r.Date("held_on"), func(id string) *model.Record { return full[id] })
	return strconv.FormatInt(n, 10)
}

// mayVoteOn tells whether a person has the right to vote on a day: a full member by
// then whose membership is here and whose rights are not suspended (《中国共产党基层
// 组织选举工作条例》(2020)第五条, domain.md §1.4).
func mayVoteOn(p *model.Record, on model.Date) bool {
	return admission.FullMemberOn(p, on) && !p.Is("standing", "组织关系在外") && !p.Bool("voting_suspended")
}
