package party

import "taizhang/model"

var kindCultivation = &model.Kind{
	Name: "cultivation", Title: "四培一促", Group: model.GroupBothLead,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", TargetView: "全部人员", Required: true},
		{Name: "path", Label: "路径", Type: model.TypeChoice, Required: true, Width: 24, Choices: []string{
			"经济能人培养成党员", "党员培养成经济能人", "村组干部培养成经济能人", "能人党员培养成村干部", "经济能人培养成村组干部", "促进创办实体"}},
		{Name: "mentor", Label: "培养人", Type: model.TypeRef, Target: "person"},
		{Name: "started_on", Label: "开始日期", Type: model.TypeDate, Required: true},
		{Name: "measures", Label: "措施", Type: model.TypeNote},
		{Name: "state", Label: "状态", Type: model.TypeChoice, Required: true, Default: "培养中", Choices: []string{"培养中", "已成功", "已终止"}},
		{Name: "achieved_on", Label: "成功日期", Type: model.TypeDate},
	}}},
	Label:   []string{"person", "path"},
	Columns: []string{"person", "path", "mentor", "started_on", "state", "achieved_on", "measures"},
	Sort:    []string{"-started_on"},
	Views:   []model.View{model.ViewIs("培养中", "state", "培养中"), model.ViewIs("已成功", "state", "已成功"), model.ViewThisYear("started_on"), model.ViewAll},
	Offers:  offerAblePerson,
	Order:   [][]string{{"started_on", "achieved_on"}},
	Rules:   []model.Rule{model.Needs("E-CULTIVATION-ACHIEVED", "achieved_on", "state", "已成功", "状态是“已成功”的要填成功日期")},
}
