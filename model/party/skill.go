package party

import "taizhang/model"

var kindSkill = &model.Kind{
	Name: "skill", Title: "实用技术", Group: model.GroupTraining,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", Required: true},
		{Name: "technique", Label: "技术名称", Type: model.TypeText, Required: true, Suggest: true},
		{Name: "field", Label: "类别", Type: model.TypeChoice, Choices: []string{"种植", "养殖", "林果", "水产", "加工", "机械", "经营管理", "信息技术", "其他"}},
		{Name: "mastery", Label: "掌握程度", Type: model.TypeChoice, Default: "掌握", Choices: []string{"了解", "掌握", "熟练"}, Width: 8},
		{Name: "learned_on", Label: "学会日期", Type: model.TypeDate},
		{Name: "certificate_no", Label: "证书编号", Type: model.TypeText},
		{Name: "training", Label: "来源培训", Type: model.TypeRef, Target: "training", TargetView: "全部"},
	}}},
	Again:   model.Again{Next: []string{"technique", "field", "mastery", "learned_on", "training"}, First: "person"},
	Label:   []string{"person", "technique"},
	Columns: []string{"person", "technique", "field", "mastery", "learned_on", "training", "certificate_no"},
	Sort:    []string{"person"},
	Views: []model.View{model.ViewAll, model.ViewIs("已掌握", "mastery", "掌握", "熟练"), model.ViewIs("种植", "field", "种植"), model.ViewIs("养殖", "field", "养殖"),
		model.ViewIs("林果与水产", "field", "林果", "水产"), model.ViewIs("加工与机械", "field", "加工", "机械")},
}
