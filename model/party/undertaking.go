package party

import "taizhang/model"

var kindUndertaking = &model.Kind{
	Name: "undertaking", Title: "致富项目", Group: model.GroupBothLead,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "owner", Label: "负责人", Type: model.TypeRef, Target: "person", Required: true},
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 12,
			Choices: []string{"致富工程", "经济实体", "专业合作社", "家庭农场", "个体工商户", "私营企业"}},
		{Name: "name", Label: "名称", Type: model.TypeText, Required: true, Width: 24, Aliases: []string{"项目名称"}},
		{Name: "key_project", Label: "骨干项目", Type: model.TypeBool, Width: 8},
		{Name: "industry", Label: "行业", Type: model.TypeChoice, Required: true, Choices: []string{"种植", "养殖", "林果", "加工", "服务", "租赁",
			"商贸", "电商", "乡村旅游", "运输", "建筑", "农机服务", "机械制造", "灯具", "服装", "箱包", "其他"}},
		{Name: "started_on", Label: "开始日期", Type: model.TypeDate, Required: true},
		{Name: "ended_on", Label: "结束日期", Type: model.TypeDate},
		{Name: "output", Label: "年产值", Type: model.TypeMoney, Width: 12, Help: "单位:元"},
		{Name: "profit", Label: "年利润", Type: model.TypeMoney, Width: 12, Help: "单位:元"},
		{Name: "employees", Label: "从业人数", Type: model.TypeInt, Width: 8},
		{Name: "led_households", Label: "带动户数", Type: model.TypeInt, Width: 8},
		{Name: "support", Label: "享受扶持", Type: model.TypeText, Suggest: true},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "owner", "kind", "industry", "led_households", "employees", "started_on", "output", "key_project", "profit", "ended_on"},
	Sort:    []string{"-started_on"},
	Views: []model.View{model.ViewOpen("在营", "ended_on"), {Name: "骨干项目", Where: model.Fixed(model.Where("key_project", model.Eq, "1"), model.Where("ended_on", model.Empty))},
		model.ViewEnded("已结束", "ended_on"), model.ViewAll},
}
