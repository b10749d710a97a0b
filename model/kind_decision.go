package model

var kindDecision = &Kind{
	Name: "decision", Title: "四议两公开", Group: GroupJointCreation,
	Sections: []Section{{Fields: []*Field{
		{Name: "title", Label: "事项", Type: TypeText, Required: true, Width: 22},
		{Name: "proposed_on", Label: "党支部提议", Type: TypeDate, Required: true},
		{Name: "consulted_on", Label: "两委商议", Type: TypeDate},
		{Name: "members_on", Label: "党员大会审议", Type: TypeDate, Width: 12},
		{Name: "members_votes", Label: "党员表决", Type: TypeText, Help: "应到、实到、赞成、反对、弃权各多少"},
		{Name: "villagers_on", Label: "村民会议决议", Type: TypeDate, Width: 12, Help: "村民会议或村民代表会议"},
		{Name: "villagers_votes", Label: "村民表决", Type: TypeText},
		{Name: "resolution_shown_on", Label: "决议公开", Type: TypeDate},
		{Name: "result_shown_on", Label: "结果公开", Type: TypeDate},
		{Name: "result", Label: "实施结果", Type: TypeNote},
	}}},
	Label:   []string{"title"},
	Columns: []string{"title", "proposed_on", "members_on", "villagers_on", "result_shown_on", "consulted_on", "resolution_shown_on", "result"},
	Sort:    []string{"-proposed_on"},
	Views: []View{{Name: "进行中", Where: where(Where("result_shown_on", Empty))}, viewThisYear("proposed_on"),
		{Name: "已公开结果", Where: where(Where("result_shown_on", Filled))}, viewAll},
	Order: [][]string{{"proposed_on", "consulted_on", "members_on", "villagers_on", "resolution_shown_on", "result_shown_on"}},
}
