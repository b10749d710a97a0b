package fill

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// This file says what forms ask for of the records of model/party that no field holds;
// party_names.go says what else they call the fields.

// mainKind is the kind whose records a form's rows are most often about.
const mainKind = membership.PersonKind

// extra is a value that a form asks for and no field holds.
type extra struct {
	source *Source
	names  []string
}

// The bodies whose posts a person's row may be asked for.
var villageBodies = []string{"村民委员会", "居民委员会", "村务监督委员会", "村集体经济组织", "村民小组"}

// extras by kind.
var extras = map[string][]extra{
	"organization": organisationExtras,
	"person": {
		{posts("post(党组织)", "党内职务", "党组织"), []string{"党内职务", "现任党内职务", "党组织职务", "党支部职务", "支部职务", "党内任职"}},
		{posts("post(村)", "村内职务", villageBodies...), []string{"村内职务", "村委职务", "村委会职务", "行政职务", "村务职务", "两委职务"}},
		{posts("post()", "现任职务"), []string{"职务", "现任职务", "担任职务", "任职情况", "工作职务", "村内任职", "现任职情况", "职务(岗位)", "position", "post"}},
		{branchOfPerson, []string{"所在党支部", "所属党支部", "所在支部", "所属支部", "支部", "支部名称", "党支部名称", "党支部", "组织关系所在支部", "组织关系所在党支部", "所在党组织", "所属党组织", "branch"}},
		{&Source{Name: "birth_year", Label: "出生年份", get: func(_ *reading, r *model.Record) any { return yearIn(r, "birth_date") }}, []string{"出生年份"}},
		{&Source{Name: "member", Label: "是否党员", field: yesNoField, get: isMember}, []string{"是否党员", "是否中共党员", "党员(是/否)", "是否为党员"}},
		{&Source{Name: "grade", Label: "民主评议等次", get: lastGrade}, []string{"民主评议等次", "评议等次", "民主评议结果", "评议结果", "上年度民主评议等次", "年度评议等次", "评议情况", "民主评议情况"}},
		{texts("honors", "荣誉", "honor", "person", "title"), []string{"荣誉", "荣誉称号", "获得荣誉", "所获荣誉", "表彰情况", "获奖情况", "受表彰情况", "奖励情况", "主要荣誉", "曾获荣誉"}},
		{texts("skills", "掌握的技术", "skill", "person", "technique"), []string{"掌握的技术", "技术特长", "特长", "掌握技术", "实用技术", "技能特长", "一技之长", "掌握实用技术"}},
		{texts("projects", "致富项目", "undertaking", "owner", "name", model.Where("ended_on", model.Empty)), []string{"致富项目", "产业项目", "经营项目", "领办项目", "创办项目", "从事项目", "创办实体"}},
		{texts("duties", "设岗定责岗位", "duty", "person", "post", model.Where("ended_on", model.Empty)), []string{"岗位", "设岗定责岗位", "认领岗位", "无职党员岗位", "设岗情况"}},
		{texts("pledges", "承诺事项", "pledge", "person", "item"), []string{"承诺事项", "承诺内容", "践诺事项"}},
		{attended, []string{"参加次数", "参加活动次数", "参会次数", "到会次数", "参加组织生活次数", "出勤次数", "参加组织活动次数", "参加会议次数", "实到次数"}},
		{missed, []string{"缺席次数", "未参加次数", "缺勤次数", "请假次数(含缺席)"}},
		{trainings, []string{"参训次数", "培训次数", "参加培训次数", "参加培训期数"}},
		{trainedHours, []string{"学时", "培训学时", "累计学时", "全年学时", "参训学时", "学习学时", "学时数", "培训学时数"}},
		{talks, []string{"谈话次数", "谈心谈话次数", "谈心次数"}},
		{visits, []string{"走访次数", "慰问次数", "被走访次数"}},
	},
}

// ofMember counts the members of an organisation of whom something holds.
func ofMember(name, label string, holds func(r *reading, p *model.Record) bool) *Source {
	return &Source{Name: name, Label: label, get: func(r *reading, org *model.Record) any {
		n := int64(0)
		for _, p := range r.membersOf(org) {
			if holds(r, p) {
				n++
			}
		}
		return n
	}}
}

// membersOf gives the members of an organisation: those in its own book, or of a branch or
// group within one those who belong to it.
func (r *reading) membersOf(org *model.Record) []*model.Record {
	var all []*model.Record
	for _, p := range r.referring("person", "", "", model.Where("status", model.In, membership.States...), model.Where("standing", model.Eq, membership.OnRolls)) {
		if org.ID == org.OrgID && p.OrgID == org.ID || p.Str("party_group") == org.ID {
			all = append(all, p)
		}
	}
	return all
}

// secretary gives a field of the person who is an organisation's secretary today.
func secretary(name, label, field string) *Source {
	return &Source{Name: name, Label: label, get: func(r *reading, org *model.Record) any {
		if org.ID != org.OrgID {
			return nil
		}
		for _, f := range r.referring("position", "", "", model.Where("body", model.Eq, "党组织"), model.Where("post", model.Eq, "书记"), model.Where("ended_on", model.Empty)) {
			if f.OrgID == org.ID && f.Date("started_on") <= r.env.Today {
				if p := r.get("person", f.Str("person")); p != nil {
					return p.Str(field)
				}
			}
		}
		return nil
	}}
}

var organisationExtras = []extra{
	{secretary("secretary", "书记姓名", "name"), []string{"书记", "书记姓名", "党支部书记", "党组织书记", "支部书记", "支部书记姓名", "党组织书记姓名", "现任书记"}},
	{secretary("secretary_phone", "书记电话", "phone"), []string{"书记电话", "书记联系电话", "党组织书记联系电话", "支部书记电话", "书记手机"}},
	{ofMember("members", "党员数", func(*reading, *model.Record) bool { return true }), []string{"党员数", "党员人数", "党员总数", "现有党员数", "在册党员数", "党员总人数"}},
	{ofMember("women", "女党员数", func(_ *reading, p *model.Record) bool { return p.Str("sex") == "女" }), []string{"女党员数", "女党员", "女党员人数"}},
	{ofMember("probationary", "预备党员数", func(_ *reading, p *model.Record) bool { return p.Str("status") == "预备党员" }), []string{"预备党员数", "预备党员", "预备党员人数"}},
	{ofMember("full_members", "正式党员数", func(_ *reading, p *model.Record) bool { return p.Str("status") == "正式党员" }), []string{"正式党员数", "正式党员", "正式党员人数"}},
	{ofMember("away_members", "流动党员数", func(_ *reading, p *model.Record) bool { return p.Filled("away") }), []string{"流动党员数", "流动党员", "流出党员数", "外出党员数"}},
	{ofMember("poor_members", "困难党员数", func(_ *reading, p *model.Record) bool { return p.Bool("hardship") }), []string{"困难党员数", "困难党员", "困难党员人数"}},
	{ofMember("young_members", "35岁及以下党员数", func(r *reading, p *model.Record) bool {
		return p.Filled("birth_date") && p.Date("birth_date").YearsAt(r.env.Today) <= 35
	}), []string{"35岁及以下党员数", "35岁及以下", "35岁以下党员数(含35岁)"}},
	{ofMember("old_members", "60岁及以上党员数", func(r *reading, p *model.Record) bool {
		return p.Filled("birth_date") && p.Date("birth_date").YearsAt(r.env.Today) >= 60
	}), []string{"60岁及以上党员数", "60岁及以上", "60岁以上党员数"}},
}

// everywhere are values that a form may ask for beside the records of every kind: what
// the organisation is called whose record it is.
var everywhere = []extra{
	{home("branch", "本党组织", "name"), []string{"所在党支部", "所属党支部", "所在支部", "所属支部", "党支部", "支部", "支部名称", "党支部名称", "党组织名称", "党组织",
		"所在党组织", "所属党组织", "村党组织", "填报单位", "单位", "本党组织", "单位名称", "branch"}},
	{village, []string{"所在村", "村名", "村(社区)", "村(社区)名称", "村", "行政村", "填报村", "所属村", "村居", "村社", "village"}},
	{home("township", "乡镇", "township"), []string{"乡镇", "所在乡镇", "所属乡镇", "镇", "街道", "乡镇(街道)", "镇(街道)", "乡(镇)", "乡镇名称", "乡镇街道", "township"}},
	{home("county", "县市", "county"), []string{"县(市、区)", "县市区", "县区", "所在县", "县(区)"}},
	{home("code", "党组织代码", "code"), []string{"党组织代码", "支部代码"}},
}

// posts gives the posts that a person holds today in the bodies, all of them for none.
func posts(name, label string, bodies ...string) *Source {
	return &Source{Name: name, Label: label, get: func(r *reading, p *model.Record) any {
		var all []string
		for _, f := range r.referring("position", "person", p.ID, model.Where("ended_on", model.Empty)) {
			if len(bodies) == 0 || slices.Contains(bodies, f.Str("body")) {
				if f.Date("started_on") <= r.env.Today && !slices.Contains(all, f.Str("post")) {
					all = append(all, f.Str("post"))
				}
			}
		}
		return strings.Join(all, "、")
	}}
}

// home gives a field of the organisation whose record it is.
func home(name, label, field string) *Source {
	return &Source{Name: name, Label: label, get: func(r *reading, rec *model.Record) any {
		if org := r.orgOf(rec); org != nil {
			return org.Str(field)
		}
		return nil
	}}
}

// village is what the village of an organisation is called: its name up to 村 or 社区.
var village = &Source{Name: "village", Label: "村名", get: func(r *reading, rec *model.Record) any {
	org := r.orgOf(rec)
	if org == nil {
		return nil
	}
	name := model.BriefName(org.Str("name"), org.Str("county"), org.Str("township"))
	for _, end := range []string{"村", "社区"} {
		if i := strings.Index(name, end); i > 0 {
			return name[:i+len(end)]
		}
	}
	return name
}}

// orgOf gives the organisation in whose book a record stands.
func (r *reading) orgOf(rec *model.Record) *model.Record {
	if r.env.Home == nil || rec.OrgID == "" || rec.OrgID == r.env.Home.ID {
		return r.env.Home
	}
	return r.get("organization", rec.OrgID)
}

// branchOfPerson is the branch that a person belongs to: that of his own where the
// organisation has several, else the organisation itself.
var branchOfPerson = &Source{Name: "branch", Label: "所在党支部", get: func(r *reading, p *model.Record) any {
	if own := r.get("organization", p.Str("party_group")); own != nil && strings.Contains(own.Str("kind"), "支部") {
		return own.Str("name")
	}
	if org := r.orgOf(p); org != nil {
		return org.Str("name")
	}
	return nil
}}

func isMember(_ *reading, p *model.Record) any {
	if membership.IsMember(p) {
		return "是"
	}
	return "否"
}

func yearIn(r *model.Record, field string) any {
	if d := r.Date(field); d != "" {
		return int64(d.Year())
	}
	return nil
}

// scopedExtras are names below a ref's heading that mean something of the record itself:
// the helper's name is known also where he isn't on file.
func scopedExtras(k *model.Kind, f *model.Field) map[string]*Source {
	by := map[string]string{"pairing.helper": "giver", "pairing.helped": "taker"}[k.Name+"."+f.Name]
	if by == "" {
		return nil
	}
	s := derived(*k.DerivedValue(by))
	return map[string]*Source{"姓名": s, "名称": s, "姓名或单位": s, "单位": s, "姓名(单位)": s, "姓名或名称": s}
}
