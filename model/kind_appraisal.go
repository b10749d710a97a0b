package model

var kindAppraisal = &Kind{
	Name: "appraisal", Title: "民主评议", Group: GroupOrganisation,
	Sections: []Section{{Fields: []*Field{
		{Name: "person", Label: "人员", Type: TypeRef, Target: "person", Required: true},
		{Name: "year", Label: "年度", Type: TypeYear, Required: true, Default: "本年"},
		{Name: "grade", Label: "等次", Type: TypeChoice, Required: true, Choices: []string{"优秀", "合格", "基本合格", "不合格", "不定等次"},
			Help: "预备党员参加评议,选“不定等次”"},
		{Name: "not_graded_why", Label: "不定等次原因", Type: TypeText, Suggest: true},
		{Name: "held_on", Label: "评议日期", Type: TypeDate},
		{Name: "votes", Label: "测评票数", Type: TypeText, Help: "只记各等次的总票数,不记谁投了什么票"},
		{Name: "opinion", Label: "评定意见", Type: TypeNote},
	}}},
	Label:   []string{"person", "year"},
	Columns: []string{"year", "person", "grade", "held_on", "votes", "not_graded_why", "opinion"},
	Sort:    []string{"-year", "person"},
	Views: []View{viewYear("今年", "year", 0), viewYear("上年", "year", 1), viewIs("优秀", "grade", "优秀"),
		viewIs("基本合格与不合格", "grade", "基本合格", "不合格"), viewAll},
	Unique: []Unique{{Fields: []string{"person", "year"}, Text: "这个人这一年已有评议结果,请改那一条"}},
	Rules:  appraisalRules,
}
