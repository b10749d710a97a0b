package party

import "taizhang/model"

var kindPlan = &model.Kind{
	Name: "plan", Title: "计划总结", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "year", Label: "年度", Type: model.TypeYear, Required: true, Default: "本年"},
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 14, Choices: []string{
			"年度工作计划", "争创五好计划", "培训计划", "任期规划", "半年述职", "年终总结", "其他"}},
		{Name: "title", Label: "标题", Type: model.TypeText, Required: true, Width: 28},
		{Name: "made_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天", Help: "写成的日期"},
		{Name: "made_by", Label: "起草人", Type: model.TypeRef, Target: "person"},
		{Name: "content", Label: "内容", Type: model.TypeNote},
		{Name: "done", Label: "完成情况", Type: model.TypeNote},
	}}},
	Label:   []string{"title"},
	Columns: []string{"year", "kind", "title", "made_on", "made_by", "done"},
	Sort:    []string{"-year", "-made_on"},
	Views: []model.View{model.ViewYear("今年", "year", 0), model.ViewYear("上年", "year", 1),
		model.ViewIs("计划", "kind", "年度工作计划", "争创五好计划", "培训计划", "任期规划"), model.ViewIs("总结与述职", "kind", "半年述职", "年终总结"), model.ViewAll},
}
