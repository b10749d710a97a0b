package model

var kindPlan = &Kind{
	Name: "plan", Title: "计划总结", Group: GroupJointCreation,
	Sections: []Section{{Fields: []*Field{
		{Name: "year", Label: "年度", Type: TypeYear, Required: true, Default: "本年"},
		{Name: "kind", Label: "类别", Type: TypeChoice, Required: true, Width: 14, Choices: []string{
			"年度工作计划", "争创五好计划", "培训计划", "任期规划", "半年述职", "年终总结", "其他"}},
		{Name: "title", Label: "标题", Type: TypeText, Required: true, Width: 28},
		{Name: "made_on", Label: "日期", Type: TypeDate, Required: true, Default: "今天", Help: "写成的日期"},
		{Name: "made_by", Label: "起草人", Type: TypeRef, Target: "person"},
		{Name: "content", Label: "内容", Type: TypeNote},
		{Name: "done", Label: "完成情况", Type: TypeNote},
	}}},
	Label:   []string{"title"},
	Columns: []string{"year", "kind", "title", "made_on", "made_by", "done"},
	Sort:    []string{"-year", "-made_on"},
	Views: []View{viewYear("今年", "year", 0), viewYear("上年", "year", 1),
		viewIs("计划", "kind", "年度工作计划", "争创五好计划", "培训计划", "任期规划"), viewIs("总结与述职", "kind", "半年述职", "年终总结"), viewAll},
}
