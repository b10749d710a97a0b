package model

var kindPanel = &Kind{
	Name: "panel", Title: "领导小组", Group: GroupJointCreation,
	Sections: []Section{{Fields: []*Field{
		{Name: "name", Label: "名称", Type: TypeText, Required: true, Width: 28},
		{Name: "kind", Label: "类别", Type: TypeChoice, Required: true, Width: 16,
			Choices: []string{"三级联创领导小组", "联席会议", "党建工作领导小组", "培训工作领导小组", "其他"}},
		{Name: "lead", Label: "牵头单位或组长", Type: TypeText, Required: true, Suggest: true, Width: 14},
		{Name: "members", Label: "成员单位与成员", Type: TypeNote},
		{Name: "duties", Label: "职责分工", Type: TypeNote},
		{Name: "contact", Label: "专人负责", Type: TypeText, Suggest: true, Width: 10},
		{Name: "document_no", Label: "文号", Type: TypeText},
		{Name: "started_on", Label: "开始日期", Type: TypeDate, Required: true, Aliases: []string{"成立日期"}},
		{Name: "ended_on", Label: "结束日期", Type: TypeDate},
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "kind", "lead", "contact", "started_on", "ended_on", "document_no", "members"},
	Sort:    []string{"-started_on"},
	Views:   []View{viewOpen("现有", "ended_on"), viewEnded("已撤销", "ended_on"), viewAll},
}
