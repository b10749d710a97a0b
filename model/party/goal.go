package party

import "taizhang/model"

var kindGoal = &model.Kind{
	Name: "goal", Title: "目标责任", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 16, Choices: []string{"三级联创争创目标", "任期工作目标", "年度目标", "联席会任务"}},
		{Name: "title", Label: "目标", Type: model.TypeText, Required: true, Width: 24},
		{Name: "measures", Label: "措施", Type: model.TypeNote},
		{Name: "target", Label: "指标值", Type: model.TypeText, Width: 12},
		{Name: "principal", Label: "主要责任人", Type: model.TypeText, Suggest: true, Width: 10, Help: "乡镇党委书记等负主要责任的人"},
		{Name: "unit", Label: "责任单位", Type: model.TypeText, Suggest: true, Width: 12, Help: "联席会议定、由部门承办的任务,写承办的单位"},
		{Name: "responsible", Label: "直接责任人", Type: model.TypeRef, Target: "person", Help: "责任单位和直接责任人至少填一个"},
		{Name: "started_on", Label: "起", Type: model.TypeDate, Ahead: true, Required: true, Aliases: []string{"开始日期"}},
		{Name: "due_on", Label: "止", Type: model.TypeDate, Ahead: true, Required: true, Aliases: []string{"完成期限"}},
		{Name: "progress", Label: "进度%", Type: model.TypeInt, NoSum: true, Default: "0", Min: 0, Max: 100, Width: 5},
		{Name: "state", Label: "状态", Type: model.TypeChoice, Required: true, Default: "进行中", Choices: []string{"进行中", "已完成", "未完成"}},
		{Name: "finished_on", Label: "完成日期", Type: model.TypeDate},
	}}},
	Label:   []string{"title"},
	Columns: []string{"title", "responsible", "due_on", "progress", "state", "kind", "unit", "target", "principal", "started_on", "finished_on"},
	Sort:    []string{"due_on"},
	Views: []model.View{model.ViewIs("进行中", "state", "进行中"),
		{Name: "已到期", Where: func(today model.Date) []model.Cond {
			return []model.Cond{model.Where("state", model.Eq, "进行中"), model.Where("due_on", model.Lt, string(today))}
		}},
		model.ViewThisYear("due_on"), model.ViewIs("联席会任务", "kind", "联席会任务"), model.ViewIs("已完成", "state", "已完成"), model.ViewAll},
	Order: [][]string{{"started_on", "due_on"}, {"started_on", "finished_on"}},
	Rules: []model.Rule{
		model.NeedsOneOf("E-GOAL-WHO", "谁来负责还没有写,请填直接责任人或责任单位", "responsible", "unit"),
		model.Needs("E-GOAL-FINISHED", "finished_on", "state", "已完成", "状态是“已完成”的要填完成日期"),
		{Code: "E-GOAL-PROGRESS", Severity: model.Fault, Field: "progress", Text: "已完成的目标进度是 100%", Source: model.SourceOwn,
			Check: func(x *model.Exam) {
				if x.Record.Is("state", "已完成") && x.Record.Int("progress") != 100 {
					x.Say("状态是“已完成”的,进度要填 100")
				}
			}},
	},
}
