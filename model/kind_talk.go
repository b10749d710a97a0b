package model

var kindTalk = &Kind{
	Name: "talk", Title: "谈心谈话", Group: GroupOrganisation,
	Sections: []Section{{Fields: []*Field{
		{Name: "held_on", Label: "日期", Type: TypeDate, Required: true, Default: "今天", Aliases: []string{"谈话日期", "谈话时间"}},
		{Name: "person", Label: "谈话对象", Type: TypeRef, Target: "person", Required: true},
		{Name: "talker", Label: "谈话人", Type: TypeRef, Target: "person", Required: true},
		{Name: "topic", Label: "主题", Type: TypeText, Suggest: true},
		{Name: "content", Label: "要点", Type: TypeNote},
		{Name: "follow_up", Label: "落实", Type: TypeNote},
	}}},
	Label:   []string{"person", "held_on"},
	Columns: []string{"held_on", "person", "talker", "topic", "content", "follow_up"},
	Sort:    []string{"-held_on"},
	Due:     talkDue,
	Views:   []View{viewThisYear("held_on"), viewThisMonth("held_on"), viewAll},
	Rules:   []Rule{afterExit("person", laterThanExit("held_on"))},
}
