package party

import "taizhang/model"

var kindRegulation = &model.Kind{
	Name: "regulation", Title: "工作制度", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "name", Label: "名称", Type: model.TypeText, Required: true, Width: 28, Aliases: []string{"制度名称"}},
		{Name: "category", Label: "类别", Type: model.TypeChoice, Required: true, Width: 12, Choices: []string{
			"三会一课", "民主评议", "党务公开", "党费管理", "学习培训", "发展党员", "联席例会", "挂联帮扶", "考核奖惩", "村务管理", "优惠扶持政策", "其他"}},
		{Name: "adopted_on", Label: "通过日期", Type: model.TypeDate, Required: true},
		{Name: "adopted_at", Label: "通过会议", Type: model.TypeRef, Target: "activity", TargetView: "全部"},
		{Name: "revised_on", Label: "修订日期", Type: model.TypeDate},
		{Name: "state", Label: "状态", Type: model.TypeChoice, Required: true, Default: "现行", Choices: []string{"现行", "废止"}},
		{Name: "content", Label: "内容", Type: model.TypeNote},
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "category", "adopted_on", "revised_on", "state", "adopted_at", "content"},
	Sort:    []string{"category", "-adopted_on"},
	Views:   []model.View{model.ViewIs("现行", "state", "现行"), model.ViewIs("废止", "state", "废止"), model.ViewAll},
	Order:   [][]string{{"adopted_on", "revised_on"}},
}
