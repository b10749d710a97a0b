package party

import "taizhang/model"

var kindAid = &model.Kind{
	Name: "aid", Title: "帮扶实事", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 12, Choices: []string{
			"活动经费", "办实事资金", "养老保险补助", "项目", "物资", "技术", "信息", "送文艺", "送知识", "送医疗", "送法律"}},
		{Name: "title", Label: "事项", Type: model.TypeText, Required: true, Width: 20},
		{Name: "provider", Label: "提供单位", Type: model.TypeText, Required: true, Suggest: true, Width: 14},
		{Name: "target_code", Label: "受助党组织", Type: model.TypeOrgCode, Required: true, Default: "本组织"},
		{Name: "linkage", Label: "挂联", Type: model.TypeRef, Target: "linkage"},
		{Name: "pairing", Label: "结对", Type: model.TypeRef, Target: "pairing"},
		{Name: "amount", Label: "金额", Type: model.TypeMoney, Help: "单位:元;技术、信息等不折钱的不填"},
		{Name: "given_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天"},
		{Name: "beneficiary", Label: "受益人", Type: model.TypeRef, Target: "person", TargetView: "全部人员"},
		{Name: "heads", Label: "受益人次", Type: model.TypeInt, Width: 8},
		{Name: "result", Label: "成效", Type: model.TypeNote},
		keptAsBy("provider"),
	}}},
	Again:   model.Again{By: []string{"kind"}, On: "given_on", Fields: []string{"provider", "target_code", "linkage", "kept_as"}, Next: []string{"given_on"}, First: "title"},
	Label:   []string{"given_on", "title"},
	Columns: []string{"given_on", "title", "kind", "provider", "amount", "heads", "beneficiary", "target_code", "linkage", "pairing"},
	Sort:    []string{"-given_on"},
	Views: []model.View{model.ViewThisYear("given_on"), model.ViewIs("资金", "kind", "活动经费", "办实事资金", "养老保险补助"),
		model.ViewIs("项目与物资", "kind", "项目", "物资"), model.ViewAll},
}
