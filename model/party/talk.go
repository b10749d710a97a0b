package party

import "taizhang/model"

var kindTalk = &model.Kind{
	Name: "talk", Title: "谈心谈话", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "held_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"谈话日期", "谈话时间"}},
		{Name: "person", Label: "谈话对象", Type: model.TypeRef, Target: "person", Required: true},
		{Name: "talker", Label: "谈话人", Type: model.TypeRef, Target: "person", Required: true},
		{Name: "topic", Label: "主题", Type: model.TypeText, Suggest: true},
		{Name: "content", Label: "要点", Type: model.TypeNote, Later: true},
		{Name: "follow_up", Label: "落实", Type: model.TypeNote},
	}}},
	Again:   model.Again{On: "held_on", Fields: []string{"talker"}, Next: []string{"held_on", "topic"}, First: "person"},
	Label:   []string{"person", "held_on"},
	Columns: []string{"held_on", "person", "talker", "topic", "content", "follow_up"},
	Sort:    []string{"-held_on"},
	Due:     talkDue,
	Views: []model.View{model.ViewThisYear("held_on"), model.ViewThisMonth("held_on"),
		model.ViewIs("要点待填", "content", model.Pending), model.ViewAll},
	Rules: []model.Rule{afterExit("person", laterThanExit("held_on"))},
}
