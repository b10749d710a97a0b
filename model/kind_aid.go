package model

var kindAid = &Kind{
	Name: "aid", Title: "帮扶实事", Group: GroupJointCreation,
	Sections: []Section{{Fields: []*Field{
		{Name: "kind", Label: "类别", Type: TypeChoice, Required: true, Width: 12, Choices: []string{
			"活动经费", "办实事资金", "养老保险补助", "项目", "物资", "技术", "信息", "送文艺", "送知识", "送医疗", "送法律"}},
		{Name: "title", Label: "事项", Type: TypeText, Required: true, Width: 20},
		{Name: "provider", Label: "提供单位", Type: TypeText, Required: true, Suggest: true, Width: 14},
		{Name: "target_code", Label: "受助党组织", Type: TypeOrgCode, Required: true, Default: "本组织"},
		{Name: "linkage", Label: "挂联", Type: TypeRef, Target: "linkage"},
		{Name: "pairing", Label: "结对", Type: TypeRef, Target: "pairing"},
		{Name: "amount", Label: "金额", Type: TypeMoney, Help: "单位:元;技术、信息等不折钱的不填"},
		{Name: "given_on", Label: "日期", Type: TypeDate, Required: true},
		{Name: "beneficiary", Label: "受益人", Type: TypeRef, Target: "person", TargetView: "全部人员"},
		{Name: "heads", Label: "受益人次", Type: TypeInt, Width: 8},
		{Name: "result", Label: "成效", Type: TypeNote},
		keptAs(),
	}}},
	Label:   []string{"given_on", "title"},
	Columns: []string{"given_on", "title", "kind", "provider", "amount", "heads", "beneficiary", "target_code", "linkage", "pairing"},
	Sort:    []string{"-given_on"},
	Views: []View{viewThisYear("given_on"), viewIs("资金", "kind", "活动经费", "办实事资金", "养老保险补助"),
		viewIs("项目与物资", "kind", "项目", "物资"), viewAll},
}
