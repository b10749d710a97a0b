package party

import "taizhang/model"

// positionRules: an organisation has one secretary, of a year's standing or more
// (domain.md §3.4).
var positionRules = append([]model.Rule{
	{Code: "W-POS-SECRETARY", Field: "post", Text: "党组织同一时间只有一名书记", Source: sourceBranch + "第六章", Check: checkOneSecretary},
	{Code: "W-POS-STANDING", Field: "person", Text: "党组织书记是正式党员,一般有一年以上党龄", Source: sourceBranch,
		Limits: []string{"org.secretary.months"}, Check: checkSecretaryStanding},
	afterExit("person", func(r, p *model.Record) bool {
		// A villager may hold office in the village when the membership has moved.
		return (r.Is("body", "党组织") || p.Is("standing", "去世")) && openAfterExit(r, p)
	}),
}, rightsRules...)

func isSecretary(r *model.Record) bool { return r.Is("body", "党组织") && r.Is("post", "书记") }

// checkOneSecretary speaks of the one who came later. An office does not say of
// which branch it is, so a ledger with several branches may have as many.
func checkOneSecretary(x *model.Exam) {
	r := x.Record
	start := r.Date("started_on")
	if !isSecretary(r) || start == "" {
		return
	}
	own := model.OwnConds(x.Env, r)
	before := 0
	var other *model.Record
	for _, p := range x.Find("position", append(own, model.Where("body", model.Eq, "党组织"), model.Where("post", model.Eq, "书记"))...) {
		begun := p.Date("started_on")
		earlier := begun < start || begun == start && (r.ID == "" || p.ID < r.ID)
		if p.ID != r.ID && earlier && (!p.Filled("ended_on") || p.Date("ended_on") > start) {
			before++
			other = p
		}
	}
	if before == 0 {
		return
	}
	branches := len(x.Find("organization", append(own, model.Where("kind", model.Ne, "党小组"), model.Where("abolished_on", model.Empty))...))
	if before < max(branches, 1) {
		return
	}
	name := ""
	if p := x.Get("person", other.Str("person")); p != nil {
		name = p.Str("name")
	}
	x.Say("%s 起任书记的%s还没有免职,党组织同一时间只有一名书记,请先填那一条的免职日期", other.Str("started_on"), name)
}

func checkSecretaryStanding(x *model.Exam) {
	r := x.Record
	p, start := x.Get("person", r.Str("person")), r.Date("started_on")
	if !isSecretary(r) || p == nil || start == "" {
		return
	}
	if !p.Is("status", "正式党员") {
		x.Say("%s是%s,党组织书记要由正式党员担任,请核对人员", p.Str("name"), p.Str("status"))
		return
	}
	l := x.Packs.Limit("org.secretary.months", start)
	if since := p.Date("confirmed_on"); since != "" && start < since.AddMonths(l.Int()) {
		x.SayOf(l, "党组织书记一般要有 %d 个月以上党龄,%s转正日期是 %s,请核对日期", l.Int(), p.Str("name"), since)
	}
}

const sourceCampaign = "三级联创活动要求"

// reserveRules: reserve cadres are about 35 with senior secondary schooling or more.
var reserveRules = []model.Rule{
	model.Needs("E-RESERVE-APPOINTED", "appointed_on", "state", "已任用", "状态是“已任用”的要填任用日期"),
	{Code: "W-RESERVE-AGE", Field: "listed_on", Text: "后备干部列入时 35 岁左右", Source: sourceCampaign, Limits: []string{"reserve.age"},
		Check: func(x *model.Exam) {
			p, on := x.Get("person", x.Record.Str("person")), x.Record.Date("listed_on")
			if p == nil || on == "" || !p.Filled("birth_date") {
				return
			}
			l := x.Packs.Limit("reserve.age", on)
			if age := p.Date("birth_date").YearsAt(on); age > l.Int() {
				x.SayOf(l, "后备干部一般在 35 岁左右(不超过 %d 周岁),%s列入时 %d 周岁,请核对人员和日期", l.Int(), p.Str("name"), age)
			}
		}},
	{Code: "W-RESERVE-SCHOOL", Field: "person", Text: "后备干部有高中以上学历", Source: sourceCampaign,
		Check: func(x *model.Exam) {
			if p := x.Get("person", x.Record.Str("person")); p != nil && p.Is("education", "小学", "初中") {
				x.Say("后备干部一般要有高中以上学历,%s登记的是%s,请核对人员和学历", p.Str("name"), p.Str("education"))
			}
		}},
}

// dutyRules: posts are for members without office.
var dutyRules = []model.Rule{
	{Code: "W-DUTY-OFFICE", Field: "person", Text: "设岗定责的是没有担任职务的党员", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			r := x.Record
			if !r.Filled("person") || r.Filled("ended_on") {
				return
			}
			held := x.Find("position", model.Where("person", model.Eq, r.Str("person")), model.Where("body", model.In, "党组织", "村民委员会", "居民委员会"),
				model.Where("post", model.In, append([]string{"主任", "副主任"}, committeePosts...)...), model.Where("ended_on", model.Empty))
			if len(held) > 0 {
				x.Say("这名党员现任%s%s,设岗定责是给没有职务的党员的,请核对人员", held[0].Str("body"), held[0].Str("post"))
			}
		}},
	afterExit("person", openAfterExit),
}
