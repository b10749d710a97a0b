package party

import "taizhang/model"

var kindAppraisal = &model.Kind{
	Name: "appraisal", Title: "民主评议", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", Required: true},
		{Name: "year", Label: "年度", Type: model.TypeYear, Required: true, Default: "本年"},
		{Name: "grade", Label: "等次", Type: model.TypeChoice, Required: true, Choices: []string{"优秀", "合格", "基本合格", "不合格", "不定等次"},
			Help: "预备党员参加评议,选“不定等次”"},
		{Name: "not_graded_why", Label: "不定等次原因", Type: model.TypeText, Suggest: true},
		{Name: "held_on", Label: "评议日期", Type: model.TypeDate, Default: "今天"},
		{Name: "votes", Label: "测评票数", Type: model.TypeText, Help: "只记各等次的总票数,不记谁投了什么票"},
		{Name: "opinion", Label: "评定意见", Type: model.TypeNote},
	}}},
	Again:   model.Again{On: "held_on", Next: []string{"year", "held_on"}, First: "person"},
	Label:   []string{"person", "year"},
	Columns: []string{"year", "person", "grade", "held_on", "votes", "not_graded_why", "opinion"},
	Sort:    []string{"-year", "person"},
	Views: []model.View{model.ViewYear("今年", "year", 0), model.ViewYear("上年", "year", 1), model.ViewIs("优秀", "grade", "优秀"),
		model.ViewIs("基本合格与不合格", "grade", "基本合格", "不合格"), model.ViewAll},
	Unique:  []model.Unique{{Fields: []string{"person", "year"}, Text: "这个人这一年已有评议结果,请改那一条"}},
	Rules:   appraisalRules,
	Travels: &model.Travel{Field: "person"},
}
