package model

var kindDuty = &Kind{
	Name: "duty", Title: "设岗定责", Group: GroupJointCreation,
	Sections: []Section{{Fields: []*Field{
		{Name: "person", Label: "人员", Type: TypeRef, Target: "person", Required: true, Help: "没有担任职务的党员"},
		{Name: "post", Label: "岗位", Type: TypeText, Required: true, Suggest: true, Width: 16},
		{Name: "duties", Label: "职责", Type: TypeNote},
		{Name: "started_on", Label: "开始日期", Type: TypeDate, Required: true, Aliases: []string{"上岗日期"}},
		{Name: "ended_on", Label: "结束日期", Type: TypeDate},
		{Name: "rating", Label: "年度评议", Type: TypeChoice, Choices: []string{"优秀", "合格", "不合格"}, Width: 8},
	}}},
	Label:   []string{"person", "post"},
	Columns: []string{"person", "post", "started_on", "ended_on", "rating", "duties"},
	Sort:    []string{"person"},
	Views:   []View{viewOpen("在岗", "ended_on"), viewEnded("已离岗", "ended_on"), viewAll},
	Rules:   dutyRules,
}
