package party

import "taizhang/model"

var kindPanel = &model.Kind{
	Name: "panel", Title: "领导小组", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "name", Label: "名称", Type: model.TypeText, Required: true, Width: 28},
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 16,
			Choices: []string{"三级联创领导小组", "联席会议", "党建工作领导小组", "培训工作领导小组", "其他"}},
		{Name: "lead", Label: "牵头单位或组长", Type: model.TypeText, Required: true, Suggest: true, Width: 14},
		{Name: "members", Label: "成员单位与成员", Type: model.TypeNote},
		{Name: "duties", Label: "职责分工", Type: model.TypeNote},
		{Name: "contact", Label: "专人负责", Type: model.TypeText, Suggest: true, Width: 10},
		{Name: "document_no", Label: "文号", Type: model.TypeText},
		{Name: "started_on", Label: "开始日期", Type: model.TypeDate, Required: true, Aliases: []string{"成立日期"}},
		{Name: "ended_on", Label: "结束日期", Type: model.TypeDate},
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "kind", "lead", "contact", "started_on", "ended_on", "document_no", "members"},
	Sort:    []string{"-started_on"},
	Views:   []model.View{model.ViewOpen("现有", "ended_on"), model.ViewEnded("已撤销", "ended_on"), model.ViewAll},
}
