package party

import "taizhang/model"

var kindDuty = &model.Kind{
	Name: "duty", Title: "设岗定责", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", Required: true, Help: "没有担任职务的党员"},
		{Name: "post", Label: "岗位", Type: model.TypeText, Required: true, Suggest: true, Width: 16},
		{Name: "duties", Label: "职责", Type: model.TypeNote},
		{Name: "started_on", Label: "开始日期", Type: model.TypeDate, Required: true, Aliases: []string{"上岗日期"}},
		{Name: "ended_on", Label: "结束日期", Type: model.TypeDate},
		{Name: "rating", Label: "年度评议", Type: model.TypeChoice, Choices: []string{"优秀", "合格", "不合格"}, Width: 8},
	}}},
	Again:   model.Again{Next: []string{"started_on"}, First: "person"},
	Label:   []string{"person", "post"},
	Columns: []string{"person", "post", "started_on", "ended_on", "rating", "duties"},
	Sort:    []string{"person"},
	Views:   []model.View{model.ViewOpen("在岗", "ended_on"), model.ViewEnded("已离岗", "ended_on"), model.ViewAll},
	Rules:   dutyRules,
}
