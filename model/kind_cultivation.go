package model

var kindCultivation = &Kind{
	Name: "cultivation", Title: "四培一促", Group: GroupBothLead,
	Sections: []Section{{Fields: []*Field{
		{Name: "person", Label: "人员", Type: TypeRef, Target: "person", TargetView: "全部人员", Required: true},
		{Name: "path", Label: "路径", Type: TypeChoice, Required: true, Width: 24, Choices: []string{
			"经济能人培养成党员", "党员培养成经济能人", "村组干部培养成经济能人", "能人党员培养成村干部", "促进创办实体"}},
		{Name: "mentor", Label: "培养人", Type: TypeRef, Target: "person"},
		{Name: "started_on", Label: "开始日期", Type: TypeDate, Required: true},
		{Name: "measures", Label: "措施", Type: TypeNote},
		{Name: "state", Label: "状态", Type: TypeChoice, Required: true, Default: "培养中", Choices: []string{"培养中", "已成功", "已终止"}},
		{Name: "achieved_on", Label: "成功日期", Type: TypeDate},
	}}},
	Label:   []string{"person", "path"},
	Columns: []string{"person", "path", "mentor", "started_on", "state", "achieved_on", "measures"},
	Sort:    []string{"-started_on"},
	Views:   []View{viewIs("培养中", "state", "培养中"), viewIs("已成功", "state", "已成功"), viewThisYear("started_on"), viewAll},
	Order:   [][]string{{"started_on", "achieved_on"}},
	Rules:   []Rule{needs("E-CULTIVATION-ACHIEVED", "achieved_on", "state", "已成功", "状态是“已成功”的要填成功日期")},
}
