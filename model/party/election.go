package party

import "taizhang/model"

var kindElection = &model.Kind{
	Name: "election", Title: "换届选举", Group: model.GroupOrganisation,
	Sections: []model.Section{{Title: "换届", Fields: []*model.Field{
		{Name: "organization", Label: "党组织", Type: model.TypeRef, Target: "organization", Required: true, Default: "本组织"},
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Choices: []string{"换届", "补选", "任命"}},
		{Name: "method", Label: "方式", Type: model.TypeChoice, Required: true, Width: 12,
			Choices: []string{"公推直选", "海选", "两推一选", "党员大会选举", "委员会选举", "任命"}},
		{Name: "term_no", Label: "届次", Type: model.TypeInt, NoSum: true, Width: 4, Min: 1, Max: 99},
	}}, {Title: "提名与报批", Fields: []*model.Field{
		{Name: "recommended_members", Shown: openlyRecommended, Label: "党员推荐票数", Type: model.TypeInt, Width: 12, Help: "党员推荐候选人的有效票数"},
		{Name: "recommended_masses", Shown: openlyRecommended, Label: "群众推荐票数", Type: model.TypeInt, Width: 12, Help: "群众(户代表)推荐候选人的有效票数"},
		{Name: "screened_on", Label: "资格审查", Type: model.TypeDate, Aliases: []string{"资格审查日期"}, Help: "候选人资格审查的日期,在选举以前"},
		{Name: "notice_from", Label: "公示起", Type: model.TypeDate, Ahead: true},
		{Name: "notice_to", Label: "公示止", Type: model.TypeDate, Ahead: true},
		{Name: "request_no", Label: "请示文号", Type: model.TypeText},
		{Name: "reply_no", Label: "批复文号", Type: model.TypeText},
	}}, {Title: "选举大会", Fields: []*model.Field{
		{Name: "held_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"选举日期"}},
		{Name: "eligible", Label: "应到", Type: model.TypeInt, Help: "有选举权的正式党员中应到会的人数"},
		{Name: "attended", Label: "实到", Type: model.TypeInt, Help: "不少于应到的五分之四才能选举"},
		{Name: "ballots_issued", Label: "发出选票", Type: model.TypeInt, Width: 8},
		{Name: "ballots_returned", Label: "收回", Type: model.TypeInt, Help: "多于发出的选票时选举无效"},
		{Name: "ballots_valid", Label: "有效票", Type: model.TypeInt},
		{Name: "seats", Label: "应选名额", Type: model.TypeInt, Width: 8, Max: 99},
		{Name: "votes", Label: "候选人得票", Type: model.TypeNote, Help: "一人一行:姓名、赞成、不赞成、弃权"},
		{Name: "scrutineers", Label: "监票人", Type: model.TypeText, Suggest: true},
		{Name: "tellers", Label: "计票人", Type: model.TypeText, Suggest: true},
	}}, {Title: "结果", Fields: []*model.Field{
		{Name: "secretary", Label: "当选书记", Type: model.TypeRef, Target: "person"},
		{Name: "elected", Label: "当选委员", Type: model.TypeRefs, Target: "person"},
		{Name: "reported_no", Label: "结果报批文号", Type: model.TypeText},
		{Name: "next_due_on", Label: "下届到期", Type: model.TypeDate, Ahead: true},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}},
	Again:   model.Again{By: []string{"kind"}, On: "held_on", Fields: []string{"organization", "method", "seats"}, First: "method"},
	Label:   []string{"organization", "held_on"},
	Columns: []string{"held_on", "organization", "kind", "method", "secretary", "eligible", "attended", "term_no", "next_due_on", "elected", "reported_no"},
	Sort:    []string{"-held_on"},
	Views:   []model.View{model.ViewAll, model.ViewThisYear("held_on"), model.ViewIs("换届", "kind", "换届"), model.ViewIs("公推直选", "method", "公推直选")},
	Order:   [][]string{{"screened_on", "held_on", "next_due_on"}, {"notice_from", "notice_to"}},
	Rules:   electionRules,
	Offers:  offerElection,
}

// openlyRecommended tells of the methods that begin with a recommendation by members
// and masses.
func openlyRecommended(r *model.Record) bool {
	return r.Is("method", "公推直选", "海选", "两推一选")
}
