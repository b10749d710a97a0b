package party

import (
	"slices"

	"taizhang/model"
)

const (
	sourceBranch  = "《中国共产党支部工作条例(试行)》(2018)"
	sourceVillage = "《中国共产党农村基层组织工作条例》(2018)"
)

// organizationRules are what the record itself asks for, and the composition of
// domain.md §3.4. Sizes are never errors: there are branches of 115 members.
var organizationRules = []model.Rule{
	{Code: "E-ORG-CODE", Severity: model.Fault, Field: "code", Text: "组织代码是 6 到 24 位数字或字母", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			if s := x.Record.Str("code"); s != "" {
				if err := model.CheckOrgCode("组织代码", s); err != nil {
					x.Say("%s", err.Error())
				}
			}
		}},
	{Code: "E-ORG-PARENT", Severity: model.Fault, Field: "parent", Text: "党小组要有上级党组织", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			if x.Record.Is("kind", "党小组") && !x.Record.Filled("parent") {
				x.Say("党小组要归一个支部管,请填写上级党组织")
			}
		}},
	{Code: "E-ORG-CYCLE", Severity: model.Fault, Field: "parent", Text: "上级党组织不能绕回自己", Source: model.SourceOwn, Check: checkParentCycle},
	{Code: "E-ORG-3", Field: "kind", Text: "支部要有 3 名以上正式党员,不足的与邻近的组成联合党支部", Source: sourceBranch + "第四条",
		Limits: []string{"org.branch.full"}, Check: checkBranchFull},
	{Code: "W-ORG-SIZE", Field: "kind", Text: "支部一般不超过 50 名党员,村党总支超过 50 名,村党委 100 名以上", Source: sourceVillage + "第五条",
		Limits: []string{"org.branch.members", "org.general.members", "org.committee.members"}, Check: checkOrganizationSize},
	{Code: "W-ORG-APPROVAL", Field: "approval_no", Text: "村设党委要经县级党委批准", Source: sourceVillage + "第五条",
		Check: func(x *model.Exam) {
			if x.Record.Is("kind", "党委") && x.Record.Is("domain", "行政村") && !x.Record.Filled("approval_no") && !x.Record.Filled("abolished_on") {
				x.Say("村设党委要经县级党委批准,请填写批准文号")
			}
		}},
	{Code: "W-ORG-JOINT", Field: "kind", Text: "联合党支部覆盖的单位一般不超过 5 个", Source: sourceBranch + "第五条",
		Limits: []string{"org.joint.units"}, Check: checkJointUnits},
	{Code: "W-ORG-COMMITTEE", Field: "kind", Text: "有 7 名以上正式党员的支部设委员会,委员会人数合乎规定、一般为单数", Source: sourceBranch + "第六章",
		Limits: []string{"org.branch.committee.full", "org.branch.committee.min", "org.branch.committee.max", "org.general.committee.min",
			"org.general.committee.max", "org.village.committee.min", "org.village.committee.max", "org.township.committee.min",
			"org.township.committee.max", "org.committee.odd"}, Check: checkCommittee},
	{Code: "W-REV-THIRD", Text: "民主评议优秀的一般不超过正式党员的三分之一", Source: sourceAppraisal,
		Limits: []string{"appraisal.excellent", "appraisal.base"}, Check: checkExcellentShares},
	{Code: "W-ORG-ABOLISHED", Field: "abolished_on", Text: "撤销的党组织不再有在册党员", Source: model.SourceOwn, Check: checkAbolished},
	{Code: "W-DUE-APPROVAL", Text: "免交、减交党费要经支部大会讨论、上级党委批准", Source: sourceDues + "第七条", Check: checkReduced},
}

// checkAbolished counts the members left in an organisation that is no more.
func checkAbolished(x *model.Exam) {
	r := x.Record
	on := r.Date("abolished_on")
	if r.ID == "" || on == "" || on > x.Today {
		return
	}
	if n, _ := organizationMembers(x, r); n > 0 {
		x.Say("%s 已撤销,还有 %d 名在册党员;请把他们编到别的支部或小组,或者办理转出", on, n)
	}
}

// checkParentCycle climbs from the parent upwards. A record not yet saved can't
// stand above anything.
func checkParentCycle(x *model.Exam) {
	seen := map[string]bool{}
	for id := x.Record.Str("parent"); id != "" && !seen[id]; {
		if id == x.Record.ID {
			x.Say("上级党组织绕回了本组织自己,请改选真正的上级")
			return
		}
		seen[id] = true
		above := x.Get("organization", id)
		if above == nil {
			return
		}
		id = above.Str("parent")
	}
}

// keepsLedger reports whether a ledger is this organisation's own: its records, and
// the committee's offices, are those of the ledger. Others are groups and branches
// within it.
func keepsLedger(r *model.Record) bool { return r.ID != "" && r.OrgID == r.ID }

// examined tells whether sizes are looked at: an organisation on file that still
// exists and is no group, nor one that only works at the county.
func examined(r *model.Record) bool {
	return r.ID != "" && !r.Filled("abolished_on") && !r.Is("kind", "党小组") && !r.Is("domain", "机关")
}

// organizationMembers counts the members of an organisation, and the full ones among them:
// all of its ledger, or those of a branch within one and of the groups below it; 0 where
// they are not all on file.
func organizationMembers(x *model.Exam, r *model.Record) (all, full int64) {
	n := model.Recall(x, "members of "+r.ID, func() (n [2]int64) {
		n[0], n[1] = countOrganization(x, r)
		return n
	})
	return n[0], n[1]
}

func countOrganization(x *model.Exam, r *model.Record) (all, full int64) {
	if keepsLedger(r) {
		return countMembers(x, model.Where("org_id", model.Eq, r.ID))
	}
	below, seen := []string{r.ID}, []string{r.ID}
	for len(below) > 0 {
		var next []string
		for _, o := range x.Find("organization", model.Where("parent", model.In, below...)) {
			if keepsLedger(o) {
				return 0, 0 // one above the ledger's own has members elsewhere
			}
			if !slices.Contains(seen, o.ID) {
				next = append(next, o.ID)
			}
		}
		seen = append(seen, next...)
		below = next
	}
	return countMembers(x, model.Where("party_group", model.In, seen...))
}

// countMembers counts the members that meet a condition, and the full ones among them.
func countMembers(x *model.Exam, of model.Cond) (all, full int64) {
	all = int64(x.Count("person", ofMembers(of)...))
	return all, int64(x.Count("person", append(ofMembers(of), model.Where("status", model.Eq, "正式党员"))...))
}

// checkBranchFull speaks only where members are kept: a ledger just begun has none.
func checkBranchFull(x *model.Exam) {
	r := x.Record
	if !examined(r) || !r.Is("kind", "党支部", "联合党支部") {
		return
	}
	all, full := organizationMembers(x, r)
	l := x.Packs.Limit("org.branch.full", x.Today)
	if all > 0 && full < l.Value {
		x.SayOf(l, "支部要有 %d 名以上正式党员,现在在册 %d 名;不足的应与邻近单位组成联合党支部,请核对党员名册", l.Value, full)
	}
}

func checkOrganizationSize(x *model.Exam) {
	r := x.Record
	village := r.Is("domain", "行政村", "社区")
	if !examined(r) || !r.Is("kind", "党支部", "联合党支部") && !(village && r.Is("kind", "党总支", "党委")) {
		return
	}
	n, _ := organizationMembers(x, r)
	branch, general, committee := x.Packs.Limit("org.branch.members", x.Today), x.Packs.Limit("org.general.members", x.Today), x.Packs.Limit("org.committee.members", x.Today)
	switch kind := r.Str("kind"); {
	case n == 0:
	case kind == "党总支" && n <= general.Value:
		x.SayOf(general, "党总支一般有 %d 名以上党员,现在在册 %d 名,请核对组织类别和党员名册", general.Value+1, n)
	case kind == "党委" && n < committee.Value:
		x.SayOf(committee, "村、社区设党委一般要有 %d 名以上党员,现在在册 %d 名,请核对组织类别和党员名册", committee.Value, n)
	case kind != "党总支" && kind != "党委" && n > branch.Value:
		x.SayOf(branch, "支部党员一般不超过 %d 名,现在在册 %d 名;可以报上级党委批准改设党总支或分设支部", branch.Value, n)
	}
}

func checkJointUnits(x *model.Exam) {
	r := x.Record
	if !examined(r) || !r.Is("kind", "联合党支部") {
		return
	}
	l := x.Packs.Limit("org.joint.units", x.Today)
	if n := int64(len(x.Find("unit", model.Where("organization", model.Eq, r.ID)))); n > l.Value {
		x.SayOf(l, "联合党支部覆盖的单位一般不超过 %d 个,现在有 %d 个,请核对单位的所属党组织", l.Value, n)
	}
}

// committeePosts are the offices of a committee; who holds two counts once.
var committeePosts = []string{"书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员"}

// checkCommittee counts the committee of the ledger's own organisation: an office
// does not say of which branch within it is one.
func checkCommittee(x *model.Exam) {
	r := x.Record
	least, most, ok := committeeSize(x, r)
	if !ok {
		return
	}
	all, full := organizationMembers(x, r)
	needed := x.Packs.Limit("org.branch.committee.full", x.Today)
	if all == 0 || r.Is("kind", "党支部", "联合党支部") && full < needed.Value {
		return
	}
	held := map[string]bool{}
	for _, p := range x.Find("position", model.Where("org_id", model.Eq, r.ID), model.Where("body", model.Eq, "党组织"), model.Where("post", model.In, committeePosts...), model.Where("ended_on", model.Empty)) {
		held[p.Str("person")] = true
	}
	n, odd := int64(len(held)), x.Packs.Limit("org.committee.odd", x.Today)
	switch {
	case n < least.Value:
		x.SayOf(least, "应设 %d 至 %d 人的委员会,任职里现任党组织班子成员只有 %d 人;没有登记的请在任职里登记,缺额的请补选", least.Value, most.Value, n)
	case n > most.Value:
		x.SayOf(most, "委员会最多 %d 人,任职里现任党组织班子成员有 %d 人;已离任的请填免职日期", most.Value, n)
	case odd.Value > 0 && n%2 == 0:
		x.SayOf(odd, "委员会人数一般为单数,任职里现任党组织班子成员有 %d 人,请核对,缺额的请补选", n)
	}
}

// committeeSize gives the bounds of an organisation's committee; ok is false where
// none is asked for.
func committeeSize(x *model.Exam, r *model.Record) (least, most model.Limit, ok bool) {
	if !examined(r) || !keepsLedger(r) {
		return least, most, false
	}
	set := ""
	switch {
	case r.Is("kind", "党支部", "联合党支部"):
		set = "org.branch.committee"
	case r.Is("kind", "党总支"):
		set = "org.general.committee"
	case r.Is("kind", "党委") && r.Is("domain", "乡镇"):
		set = "org.township.committee"
	case r.Is("kind", "党委"):
		set = "org.village.committee"
	default:
		return least, most, false
	}
	return x.Packs.Limit(set+".min", x.Today), x.Packs.Limit(set+".max", x.Today), true
}

// unitRules: three full members make a branch.
var unitRules = []model.Rule{
	{Code: "E-ORG-3", Field: "party_body", Text: "有 3 名以上正式党员的单位要成立党组织", Source: sourceBranch + "第四条",
		Limits: []string{"org.branch.full"},
		Check: func(x *model.Exam) {
			l := x.Packs.Limit("org.branch.full", x.Today)
			if n := x.Record.Int("members"); x.Record.Is("party_body", "未组建") && n >= l.Value {
				x.SayOf(l, "有 %d 名党员还没有组建党组织,正式党员满 %d 名的应成立支部,请报上级党委,组建后改这一项", n, l.Value)
			}
		}},
}
