package party

import "taizhang/model"

var kindPledge = &model.Kind{
	Name: "pledge", Title: "承诺践诺", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "承诺党员", Type: model.TypeRef, Target: "person", Help: "党员个人的承诺填这里"},
		{Name: "organization", Label: "承诺党组织", Type: model.TypeRef, Target: "organization", Help: "党组织的承诺填这里"},
		{Name: "year", Label: "年度", Type: model.TypeYear, Required: true, Default: "本年"},
		{Name: "item", Label: "承诺事项", Type: model.TypeText, Required: true, Width: 28},
		{Name: "measures", Label: "措施", Type: model.TypeNote},
		{Name: "due_on", Label: "期限", Type: model.TypeDate, Ahead: true},
		{Name: "reviewed_on", Label: "审诺", Type: model.TypeDate},
		{Name: "shown_on", Label: "公示", Type: model.TypeDate},
		{Name: "done_on", Label: "践诺完成", Type: model.TypeDate},
		{Name: "rating", Label: "评诺", Type: model.TypeChoice, Choices: []string{"好", "较好", "一般", "差"}},
	}}},
	Again:   model.Again{Next: []string{"year", "due_on", "reviewed_on", "shown_on"}, First: "person"},
	Label:   []string{"person", "organization", "item"},
	Columns: []string{"year", "person", "item", "due_on", "done_on", "rating", "organization", "reviewed_on", "shown_on"},
	Sort:    []string{"-year", "person"},
	Views: []model.View{model.ViewYear("今年", "year", 0), {Name: "未完成", Where: model.Fixed(model.Where("done_on", model.Empty))},
		{Name: "党组织承诺", Where: model.Fixed(model.Where("organization", model.Filled))}, model.ViewAll},
	Rules: []model.Rule{model.NeedsOneOf("E-PLEDGE-WHO", "谁的承诺还没有写,请填承诺党员或承诺党组织", "person", "organization")},
}
