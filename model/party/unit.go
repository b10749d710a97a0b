package party

import "taizhang/model"

var kindUnit = &model.Kind{
	Name: "unit", Title: "单位", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "name", Label: "单位名称", Type: model.TypeText, Required: true, Width: 24},
		{Name: "credit_code", Label: "统一社会信用代码", Type: model.TypeText, Width: 18, Help: "营业执照上的 18 位代码"},
		{Name: "nature", Label: "单位性质", Type: model.TypeChoice, Required: true, Aliases: []string{"单位性质类别"},
			Choices: []string{"非公企业", "国有企业", "集体企业", "社会组织", "专业合作社", "事业单位", "其他"}},
		{Name: "employees", Label: "从业人数", Type: model.TypeInt, Width: 8, Aliases: []string{"从业人员"}},
		{Name: "members", Label: "党员数", Type: model.TypeInt, Width: 6, Help: "在这个单位工作的党员人数,含组织关系没有转来的"},
		{Name: "party_body", Label: "组建方式", Type: model.TypeChoice, Required: true, Aliases: []string{"法人单位建立党组织情况"},
			Choices: []string{"单独组建", "联合组建", "挂靠", "未组建"}},
		{Name: "organization", Label: "所属党组织", Type: model.TypeRef, Target: "organization"},
		{Name: "adviser", Label: "党建指导员", Type: model.TypeText, Suggest: true, Width: 10},
		{Name: "listed", Label: "市列统企业", Type: model.TypeBool, Width: 10},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "nature", "employees", "members", "party_body", "adviser", "organization", "credit_code", "listed"},
	Sort:    []string{"name"},
	Views: []model.View{
		model.ViewAll,
		model.ViewIs("未组建", "party_body", "未组建"),
		model.ViewIs("已组建", "party_body", "单独组建", "联合组建", "挂靠"),
		{Name: "列统企业", Where: model.Fixed(model.Where("listed", model.Eq, "1"))},
	},
	Rules: unitRules,
}
