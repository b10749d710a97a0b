package party

import "taizhang/model"

var kindDecision = &model.Kind{
	Name: "decision", Title: "四议两公开", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "title", Label: "事项", Type: model.TypeText, Required: true, Width: 22},
		{Name: "proposed_on", Label: "党支部提议", Type: model.TypeDate, Required: true, Default: "今天"},
		{Name: "consulted_on", Label: "两委商议", Type: model.TypeDate},
		{Name: "members_on", Label: "党员大会审议", Type: model.TypeDate, Width: 12},
		{Name: "members_votes", Label: "党员表决", Type: model.TypeText, Help: "应到、实到、赞成、反对、弃权各多少"},
		{Name: "villagers_on", Label: "村民会议决议", Type: model.TypeDate, Width: 12, Help: "村民会议或村民代表会议"},
		{Name: "villagers_votes", Label: "村民表决", Type: model.TypeText},
		{Name: "resolution_shown_on", Label: "决议公开", Type: model.TypeDate},
		{Name: "result_shown_on", Label: "结果公开", Type: model.TypeDate},
		{Name: "result", Label: "实施结果", Type: model.TypeNote},
	}}},
	Label:   []string{"title"},
	Columns: []string{"title", "proposed_on", "members_on", "villagers_on", "result_shown_on", "consulted_on", "resolution_shown_on", "result"},
	Sort:    []string{"-proposed_on"},
	Views: []model.View{{Name: "进行中", Where: model.Fixed(model.Where("result_shown_on", model.Empty))}, model.ViewThisYear("proposed_on"),
		{Name: "已公开结果", Where: model.Fixed(model.Where("result_shown_on", model.Filled))}, model.ViewAll},
	Order: [][]string{{"proposed_on", "consulted_on", "members_on", "villagers_on", "resolution_shown_on", "result_shown_on"}},
}
