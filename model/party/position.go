package party

import "taizhang/model"

var kindPosition = &model.Kind{
	Name: "position", Title: "任职", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", TargetView: "全部人员", Required: true},
		{Name: "body", Label: "班子", Type: model.TypeChoice, Required: true, Width: 14, Choices: []string{
			"党组织", "村民委员会", "居民委员会", "村务监督委员会", "村集体经济组织", "村民小组", "群团组织", "乡镇领导班子", "企业"}},
		{Name: "post", Label: "职务", Type: model.TypeChoice, Required: true, Width: 10, Choices: []string{
			"书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员", "主任", "副主任", "会计", "组长", "党小组长",
			"第一书记", "驻村队员", "网格员", "团支部书记", "妇联主席", "民兵营长", "其他"}, Aliases: []string{"党内职务", "村务职务"}},
		{Name: "started_on", Label: "任职日期", Type: model.TypeDate, Required: true, Aliases: []string{"任职时间"}},
		{Name: "ended_on", Label: "免职日期", Type: model.TypeDate, Aliases: []string{"免职时间", "离任日期"}, Help: "还在任的不填"},
		{Name: "method", Label: "产生方式", Type: model.TypeChoice, Choices: []string{"公推直选", "海选", "选举", "任命", "下派挂职"}},
		{Name: "from_unit", Label: "派出单位", Type: model.TypeText, Suggest: true, Help: "下派挂职、第一书记和驻村队员填写"},
		{Name: "term_no", Label: "届次", Type: model.TypeInt, NoSum: true, Width: 4, Min: 1, Max: 99},
		{Name: "pension", Label: "参加养老保险", Type: model.TypeBool, Width: 12},
		{Name: "left_for", Label: "离任去向", Type: model.TypeChoice, Choices: []string{"乡镇领导", "公务员", "事业单位", "退职", "其他"}},
		{Name: "duties", Label: "分工", Type: model.TypeNote},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}},
	Again:   model.Again{Next: []string{"body", "started_on", "method", "term_no"}, First: "person"},
	Label:   []string{"person", "body", "post"},
	Columns: []string{"person", "body", "post", "started_on", "ended_on", "method", "term_no", "pension", "left_for", "from_unit", "duties"},
	Sort:    []string{"body", "-started_on"},
	Views: []model.View{
		model.ViewOpen("现任", "ended_on"),
		{Name: "党组织班子", Where: model.Fixed(model.Where("body", model.Eq, "党组织"), model.Where("ended_on", model.Empty))},
		{Name: "村(居)委会", Where: model.Fixed(model.Where("body", model.In, "村民委员会", "居民委员会"), model.Where("ended_on", model.Empty))},
		{Name: "下派挂职", Where: model.Fixed(model.Where("method", model.Eq, "下派挂职"))},
		model.ViewEnded("离任", "ended_on"),
		model.ViewAll,
	},
	Rules: positionRules,
	Travels: &model.Travel{Field: "person",
		Arrive: func(r *model.Record, d model.Departure) { positionEnds(r, d.Left) }, End: positionEnds},
	Due: positionDue,
}

// positionEnds ends an office that is still held with the transfer.
func positionEnds(r *model.Record, left model.Date) bool {
	if r.Filled("ended_on") || r.Date("started_on") > left {
		return false
	}
	r.Set("ended_on", left)
	return true
}
