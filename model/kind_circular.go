package model

var kindCircular = &Kind{
	Name: "circular", Title: "文件收发", Group: GroupJointCreation,
	Sections: []Section{{Fields: []*Field{
		{Name: "direction", Label: "收发", Type: TypeChoice, Required: true, Choices: []string{"收文", "发文"}},
		{Name: "title", Label: "标题", Type: TypeText, Required: true, Width: 28},
		{Name: "document_no", Label: "文号", Type: TypeText, Width: 16},
		{Name: "unit", Label: "来文或主送单位", Type: TypeText, Required: true, Suggest: true, Width: 16},
		{Name: "happened_on", Label: "日期", Type: TypeDate, Required: true, Default: "今天", Aliases: []string{"收文日期", "发文日期"}},
		{Name: "action", Label: "办理情况", Type: TypeNote},
		{Name: "place", Label: "存放位置", Type: TypeText, Suggest: true, Width: 12},
	}}},
	Label:   []string{"title"},
	Columns: []string{"happened_on", "direction", "title", "document_no", "unit", "action", "place"},
	Sort:    []string{"-happened_on"},
	Views: []View{viewThisYear("happened_on"), viewIs("收文", "direction", "收文"), viewIs("发文", "direction", "发文"),
		{Name: "未办理", Where: where(Where("direction", Eq, "收文"), Where("action", Empty))}, viewAll},
}
