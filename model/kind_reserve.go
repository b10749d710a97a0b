package model

var kindReserve = &Kind{
	Name: "reserve", Title: "后备干部", Group: GroupOrganisation,
	Sections: []Section{{Fields: []*Field{
		{Name: "person", Label: "人员", Type: TypeRef, Target: "person", TargetView: "全部人员", Required: true},
		{Name: "target_post", Label: "拟任职务", Type: TypeText, Suggest: true, Width: 14},
		{Name: "nominated_by", Label: "推荐方式", Type: TypeText, Suggest: true, Width: 14},
		{Name: "listed_on", Label: "列入日期", Type: TypeDate, Required: true},
		{Name: "mentor", Label: "培养人", Type: TypeRef, Target: "person"},
		{Name: "measures", Label: "培养措施", Type: TypeNote},
		{Name: "opinion", Label: "年度考察意见", Type: TypeNote},
		{Name: "state", Label: "状态", Type: TypeChoice, Required: true, Default: "培养中", Choices: []string{"培养中", "已任用", "已调出"}},
		{Name: "appointed_on", Label: "任用日期", Type: TypeDate},
	}}},
	Label:   []string{"person", "target_post"},
	Columns: []string{"person", "target_post", "listed_on", "state", "mentor", "nominated_by", "appointed_on", "measures"},
	Sort:    []string{"-listed_on"},
	Views:   []View{viewIs("培养中", "state", "培养中"), viewThisYear("listed_on"), viewIs("已任用", "state", "已任用"), viewAll},
	Order:   [][]string{{"listed_on", "appointed_on"}},
	Rules:   reserveRules,
}
