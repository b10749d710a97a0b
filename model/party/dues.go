package party

import "taizhang/model"

// methodElsewhere is of dues that a mobile member paid where he lives: no arrears here,
// and no money that was collected here.
const methodElsewhere = "流入地交"

var kindDues = &model.Kind{
	Name: "dues", Title: "党费", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", Required: true},
		{Name: "month", Label: "月份", Type: model.TypeMonth, Required: true, Default: "本月", Quarter: true,
			Help: "交的是哪个月的党费;一次交一季度的写 2026年三季度,金额写三个月合计,存成三条"},
		{Name: "amount", Label: "金额", Type: model.TypeMoney, Required: true, Help: "单位:元"},
		{Name: "paid_on", Label: "缴纳日期", Type: model.TypeDate, Required: true, Default: "今天"},
		{Name: "method", Label: "方式", Type: model.TypeChoice, Default: "现金", Choices: []string{"现金", "转账", "代交", methodElsewhere},
			Help: "流动党员交给流入地党组织的选“流入地交”:算交过了,不计入本支部收缴的金额"},
		{Name: "collector", Label: "收缴人", Type: model.TypeRef, Target: "person"},
		{Name: "note", Label: "备注", Type: model.TypeText},
	}}},
	Again:   model.Again{On: "paid_on", Fields: []string{"method", "collector"}, Next: []string{"month", "paid_on"}, First: "person"},
	Label:   []string{"person", "month"},
	Columns: []string{"month", "person", "amount", "paid_on", "method", "collector", "note"},
	Sort:    []string{"-month", "person"},
	Due:     duesDue,
	Views: []model.View{
		{Name: "本月", Where: func(today model.Date) []model.Cond {
			return []model.Cond{model.Where("month", model.Eq, string(today.Month()))}
		}},
		{Name: "今年", Where: func(today model.Date) []model.Cond {
			return []model.Cond{model.Where("month", model.Ge, string(today)[:4]+"-01"), model.Where("month", model.Le, string(today)[:4]+"-12")}
		}},
		model.ViewIs("代交", "method", "代交"),
		model.ViewIs(methodElsewhere, "method", methodElsewhere),
		model.ViewAll,
	},
	Unique: []model.Unique{{Fields: []string{"person", "month"}, Text: "这个人这个月的党费已经登记过,请改那一条"}},
	Rules:  duesRules,
	Travels: &model.Travel{Field: "person", Arrive: func(r *model.Record, d model.Departure) {
		// Paid where the member was then: no money that was collected here.
		r.Set("method", methodElsewhere)
	}},
	Spread: spreadDues,
}
