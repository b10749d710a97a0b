package party

import "taizhang/model"

var kindCircular = &model.Kind{
	Name: "circular", Title: "文件收发", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "direction", Label: "收发", Type: model.TypeChoice, Required: true, Choices: []string{"收文", "发文"}},
		{Name: "title", Label: "标题", Type: model.TypeText, Required: true, Width: 28},
		{Name: "document_no", Label: "文号", Type: model.TypeText, Width: 16},
		{Name: "unit", Label: "来文或主送单位", Type: model.TypeText, Required: true, Suggest: true, Width: 16},
		{Name: "happened_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"收文日期", "发文日期"}},
		{Name: "action", Label: "办理情况", Type: model.TypeNote},
		{Name: "place", Label: "存放位置", Type: model.TypeText, Suggest: true, Width: 12},
	}}},
	Again:   model.Again{By: []string{"direction"}, On: "happened_on", Fields: []string{"unit", "place"}, Next: []string{"happened_on"}, First: "title"},
	Label:   []string{"title"},
	Columns: []string{"happened_on", "direction", "title", "document_no", "unit", "action", "place"},
	Sort:    []string{"-happened_on"},
	Rules:   circularRules,
	Views: []model.View{model.ViewThisYear("happened_on"), model.ViewIs("收文", "direction", "收文"), model.ViewIs("发文", "direction", "发文"),
		{Name: "未办理", Where: model.Fixed(model.Where("direction", model.Eq, "收文"), model.Where("action", model.Empty))}, model.ViewAll},
}
