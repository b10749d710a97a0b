package party

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/model/party/membership"
)

// sourceRights says who has a vote and may be elected.
const sourceRights = sourceElection + "第五条"

// partyOffices are the posts of a Party organisation that one is elected to. Who is
// sent (第一书记, 驻村队员) or helps (网格员) holds none.
var partyOffices = append([]string{"党小组长"}, committeePosts...)

// rightsRules are those of who may hold a Party office and when: full members whose
// rights are not suspended and whom no penalty keeps from it. Posts of the villagers'
// committee and of others are not meant.
var rightsRules = []model.Rule{
	{Code: "W-POS-RIGHTS", Field: "person", Text: "党组织的职务由有被选举权的正式党员担任", Source: sourceRights, Check: checkOfficeRights},
	{Code: "W-POS-PENALTY", Field: "started_on", Text: "处分影响期内不担任、不提升党内职务", Source: sourceDiscipline, Limits: penaltyLimits,
		Check: func(x *model.Exam) {
			if r := x.Record; isPartyOffice(r) {
				sayPenalty(x, "started_on", r.Str("person"), r.Date("started_on"), officeRank(r.Str("post")))
			}
		}},
}

func isPartyOffice(r *model.Record) bool {
	return r.Is("body", "党组织") && r.Is("post", partyOffices...)
}

func checkOfficeRights(x *model.Exam) {
	r := x.Record
	start := r.Date("started_on")
	p := x.Get("person", r.Str("person"))
	if !isPartyOffice(r) || p == nil || start == "" {
		return
	}
	// Of a secretary who is no full member W-POS-STANDING speaks.
	if !isSecretary(r) && !admission.FullMemberOn(p, start) {
		x.Say("%s任职时(%s)不是正式党员,没有被选举权,不能担任党组织的%s,请核对人员和日期", p.Str("name"), start, r.Str("post"))
		return
	}
	// A penalty that came later takes the office away.
	day := start
	if !r.Filled("ended_on") {
		day = max(day, x.Today)
	}
	s := membership.SuspendedOn(x, p, start)
	if s == nil {
		s = membership.SuspendedOn(x, p, day)
	}
	if s != nil {
		x.Say("%s%s不能担任党组织的%s,请核对;已免职的请填免职日期", p.Str("name"), s.Text(), r.Str("post"))
	}
}

// electedRules hold what positions hold of those who were elected.
var electedRules = []model.Rule{
	{Code: "W-ELEC-RIGHTS", Field: "elected", Text: "当选的是有被选举权的正式党员", Source: sourceRights,
		Check: func(x *model.Exam) {
			on := x.Record.Date("held_on")
			var without []string
			for _, id := range electedIn(x.Record) {
				p := x.Get("person", id)
				if p == nil || on == "" {
					continue
				}
				if s := membership.SuspendedOn(x, p, on); s != nil {
					without = append(without, p.Str("name")+s.Text())
				} else if !admission.FullMemberOn(p, on) {
					without = append(without, p.Str("name")+"(当时不是正式党员)")
				}
			}
			if len(without) > 0 {
				x.Say("当选的要有被选举权,%s没有,请核对", strings.Join(without, "、"))
			}
		}},
	{Code: "W-ELEC-PENALTY", Field: "elected", Text: "处分影响期内的不当选、不提升党内职务", Source: sourceDiscipline, Limits: penaltyLimits,
		Check: func(x *model.Exam) {
			for _, id := range electedIn(x.Record) {
				rank := officeRank("委员")
				if id == x.Record.Str("secretary") {
					rank = officeRank("书记")
				}
				sayPenalty(x, "elected", id, x.Record.Date("held_on"), rank)
			}
		}},
}

// electedIn gives the secretary and the committee that were elected, each once.
func electedIn(r *model.Record) []string {
	all := slices.Clone(r.List("elected"))
	if id := r.Str("secretary"); id != "" && !slices.Contains(all, id) {
		all = append(all, id)
	}
	return all
}

const sourceDiscipline = "《中国共产党纪律处分条例》"

// penaltyLimits are how long a penalty keeps one from an office.
var penaltyLimits = []string{"penalty.warning.months", "penalty.severe.months", "penalty.removed.months", "penalty.restored.months", "penalty.probation.months"}

// officeRank orders the offices: who is warned may keep one, and not rise to a higher.
func officeRank(post string) int {
	switch post {
	case "书记":
		return 4
	case "副书记":
		return 3
	case "党小组长":
		return 1
	}
	return 2
}

// sayPenalty speaks of an office taken up on a day within the time for which a penalty
// keeps one from it: any higher one after a warning, an equal or a higher one after
// 撤销党内职务 and 留党察看. While 留党察看 lasts the rule of rights speaks.
func sayPenalty(x *model.Exam, field, person string, day model.Date, rank int) {
	if day == "" {
		return
	}
	for _, m := range x.Find("movement", model.Where("person", model.Eq, person), model.Where("kind", model.Eq, "处分"), model.Where("happened_on", model.Le, string(day))) {
		from, limit := m.Date("happened_on"), ""
		switch m.Str("penalty") {
		case "警告":
			limit = "penalty.warning.months"
		case "严重警告":
			limit = "penalty.severe.months"
		case "撤销党内职务":
			limit = "penalty.removed.months"
		case "留党察看":
			limit = "penalty.restored.months"
		default:
			continue
		}
		l := x.Packs.Limit(limit, from)
		end := from.AddMonths(l.Int())
		before := rankBefore(x, person, from)
		if m.Is("penalty", "留党察看") {
			over := m.Date("until")
			if over == "" {
				over = from.AddMonths(x.Packs.Limit("penalty.probation.months", from).Int())
			}
			if day <= over {
				continue
			}
			end = over.AddMonths(l.Int())
		}
		warned := m.Is("penalty", "警告", "严重警告")
		if day >= end || warned && rank <= before || !warned && rank < before {
			continue
		}
		p := x.Get("person", person)
		name := ""
		if p != nil {
			name = p.Str("name")
		}
		x.SayAtOf(field, l, "%s %s 受“%s”处分,影响期到 %s,期内不能担任或提升这一职务,请核对;上级另有决定的在备注里写明", name, from, m.Str("penalty"), end)
		return
	}
}

// rankBefore gives the highest Party office that a person held when a penalty came.
func rankBefore(x *model.Exam, person string, day model.Date) int {
	rank := 0
	for _, r := range x.Find("position", model.Where("person", model.Eq, person), model.Where("body", model.Eq, "党组织"), model.Where("started_on", model.Le, string(day))) {
		if isPartyOffice(r) && r.ID != x.Record.ID && (!r.Filled("ended_on") || r.Date("ended_on") >= day) {
			rank = max(rank, officeRank(r.Str("post")))
		}
	}
	return rank
}
