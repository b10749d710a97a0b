package party

import "taizhang/model"

var kindPlace = &model.Kind{
	Name: "place", Title: "阵地", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "name", Label: "名称", Type: model.TypeText, Required: true, Width: 24},
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 12,
			Choices: []string{"党员活动室", "党校", "农校", "电教网点", "党群服务中心", "学习点", "其他"}},
		{Name: "address", Label: "地址", Type: model.TypeText},
		{Name: "area", Label: "面积与设施", Type: model.TypeText},
		{Name: "keeper", Label: "管理人", Type: model.TypeRef, Target: "person", TargetView: "全部人员"},
		{Name: "started_on", Label: "启用日期", Type: model.TypeDate},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "kind", "address", "keeper", "started_on", "area"},
	Sort:    []string{"kind", "name"},
	Views:   []model.View{model.ViewAll, model.ViewIs("党员活动室", "kind", "党员活动室"), model.ViewIs("党校与农校", "kind", "党校", "农校")},
}
