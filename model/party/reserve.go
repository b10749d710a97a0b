package party

import "taizhang/model"

var kindReserve = &model.Kind{
	Name: "reserve", Title: "后备干部", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", TargetView: "全部人员", Required: true},
		{Name: "target_post", Label: "拟任职务", Type: model.TypeText, Suggest: true, Width: 14},
		{Name: "nominated_by", Label: "推荐方式", Type: model.TypeText, Suggest: true, Width: 14},
		{Name: "listed_on", Label: "列入日期", Type: model.TypeDate, Required: true},
		{Name: "mentor", Label: "培养人", Type: model.TypeRef, Target: "person"},
		{Name: "measures", Label: "培养措施", Type: model.TypeNote},
		{Name: "opinion", Label: "年度考察意见", Type: model.TypeNote},
		{Name: "state", Label: "状态", Type: model.TypeChoice, Required: true, Default: "培养中", Choices: []string{"培养中", "已任用", "已调出"}},
		{Name: "appointed_on", Label: "任用日期", Type: model.TypeDate},
	}}},
	Label:   []string{"person", "target_post"},
	Columns: []string{"person", "target_post", "listed_on", "state", "mentor", "nominated_by", "appointed_on", "measures"},
	Sort:    []string{"-listed_on"},
	Views:   []model.View{model.ViewIs("培养中", "state", "培养中"), model.ViewThisYear("listed_on"), model.ViewIs("已任用", "state", "已任用"), model.ViewAll},
	Order:   [][]string{{"listed_on", "appointed_on"}},
	Rules:   reserveRules,
}
