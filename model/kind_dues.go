package model

var kindDues = &Kind{
	Name: "dues", Title: "党费", Group: GroupOrganisation,
	Sections: []Section{{Fields: []*Field{
		{Name: "person", Label: "人员", Type: TypeRef, Target: "person", Required: true},
		{Name: "month", Label: "月份", Type: TypeMonth, Required: true, Default: "本月", Help: "交的是哪个月的党费"},
		{Name: "amount", Label: "金额", Type: TypeMoney, Required: true, Help: "单位:元"},
		{Name: "paid_on", Label: "缴纳日期", Type: TypeDate, Required: true, Default: "今天"},
		{Name: "method", Label: "方式", Type: TypeChoice, Default: "现金", Choices: []string{"现金", "转账", "代交"}},
		{Name: "collector", Label: "收缴人", Type: TypeRef, Target: "person"},
		{Name: "note", Label: "备注", Type: TypeText},
	}}},
	Label:   []string{"person", "month"},
	Columns: []string{"month", "person", "amount", "paid_on", "method", "collector", "note"},
	Sort:    []string{"-month", "person"},
	Due:     duesDue,
	Views: []View{
		{Name: "本月", Where: func(today Date) []Cond { return []Cond{Where("month", Eq, string(today.Month()))} }},
		{Name: "今年", Where: func(today Date) []Cond {
			return []Cond{Where("month", Ge, string(today)[:4]+"-01"), Where("month", Le, string(today)[:4]+"-12")}
		}},
		viewIs("代交", "method", "代交"),
		viewAll,
	},
	Unique: []Unique{{Fields: []string{"person", "month"}, Text: "这个人这个月的党费已经登记过,请改那一条"}},
	Rules:  duesRules,
}
