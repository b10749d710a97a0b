package party

import "taizhang/model"

var kindPairing = &model.Kind{
	Name: "pairing", Title: "结对帮扶", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Choices: []string{"部门帮村", "企业帮村", "党员帮党员", "党员帮群众", "先富帮贫"}},
		{Name: "helper_unit", Label: "帮扶单位", Type: model.TypeText, Suggest: true, Width: 16, Help: "部门帮村、企业帮村填写"},
		{Name: "helper", Label: "帮扶人", Type: model.TypeRef, Target: "person", Help: "帮扶人在本台账里的从这里选"},
		{Name: "helper_name", Label: "帮扶人姓名", Type: model.TypeText, Tight: true, Suggest: true, Width: 10, Help: "帮扶人不在本台账里的写姓名"},
		{Name: "helped", Label: "帮扶对象", Type: model.TypeRef, Target: "person", TargetView: "困难党员"},
		{Name: "helped_name", Label: "对象名称", Type: model.TypeText, Tight: true, Width: 10, Help: "对象不在本台账里的写姓名或户名"},
		{Name: "target_code", Label: "受帮村", Type: model.TypeOrgCode},
		{Name: "helps", Label: "帮扶内容", Type: model.TypeChoices, Choices: []string{"资金", "技术", "信息", "劳力", "项目", "其他"}},
		{Name: "started_on", Label: "开始日期", Type: model.TypeDate, Required: true},
		{Name: "term_years", Label: "期限年", Type: model.TypeInt, NoSum: true, Min: 1, Max: 30},
		{Name: "measures", Label: "帮扶措施", Type: model.TypeNote},
		{Name: "in_poverty", Label: "属贫困对象", Type: model.TypeBool, Width: 10, Help: "选 是 的,不脱贫不脱钩"},
		{Name: "lifted_on", Label: "脱贫日期", Type: model.TypeDate},
		{Name: "ended_on", Label: "脱钩日期", Type: model.TypeDate},
		{Name: "end_reason", Label: "脱钩原因", Type: model.TypeChoice, Choices: []string{"已脱贫", "轮换接续", "去世", "单位撤并"}},
		{Name: "results", Label: "成效", Type: model.TypeNote},
		keptAs(helpedByUnit, "kind", "helper_unit"),
	}}},
	Again:   model.Again{Next: []string{"kind", "helper_unit", "target_code", "helps", "started_on", "term_years", "in_poverty"}},
	Label:   []string{"kind", "helper_unit", "helper", "helper_name", "helped", "helped_name"},
	Columns: []string{"kind", "giver", "taker", "started_on", "ended_on", "helps", "helper_unit", "helper", "helper_name", "helped", "helped_name", "in_poverty", "lifted_on", "end_reason", "target_code"},
	Sort:    []string{"-started_on"},
	Due:     pairingDue,
	Views: []model.View{model.ViewOpen("结对中", "ended_on"),
		{Name: "村结对", Where: model.Fixed(model.Where("kind", model.In, "部门帮村", "企业帮村"), model.Where("ended_on", model.Empty))},
		{Name: "党员结对", Where: model.Fixed(model.Where("kind", model.In, "党员帮党员", "党员帮群众"), model.Where("ended_on", model.Empty))},
		{Name: "先富帮贫", Where: model.Fixed(model.Where("kind", model.Eq, "先富帮贫"), model.Where("ended_on", model.Empty))},
		{Name: "未脱贫", Where: model.Fixed(model.Where("in_poverty", model.Eq, "1"), model.Where("lifted_on", model.Empty), model.Where("ended_on", model.Empty))},
		model.ViewEnded("已脱钩", "ended_on"), model.ViewAll},
	Derived: []model.Derived{
		{Name: "giver", Label: "帮扶方", Width: 14, Value: func(_ *model.Env, r *model.Record) string {
			return firstText(r, "helper", "helper_name", "helper_unit")
		}},
		{Name: "taker", Label: "受助方", Width: 14, Value: func(_ *model.Env, r *model.Record) string {
			return firstText(r, "helped", "helped_name", "target_code")
		}},
	},
	Rules: []model.Rule{
		model.NeedsOneOf("E-PAIR-HELPER", "谁来帮还没有写,请填帮扶单位、帮扶人或帮扶人姓名", "helper", "helper_name", "helper_unit"),
		model.NeedsOneOf("E-PAIR-HELPED", "帮谁还没有写,请填帮扶对象、对象名称或受帮村", "helped", "helped_name", "target_code"),
		{Code: "E-PAIR-REASON", Severity: model.Fault, Field: "end_reason", Text: "贫困对象的结对脱钩要有原因(不脱贫不脱钩)", Source: "三级联创:不脱贫不脱钩",
			Check: func(x *model.Exam) {
				if x.Record.Bool("in_poverty") && x.Record.Filled("ended_on") && !x.Record.Filled("end_reason") {
					x.Say("贫困对象不脱贫不脱钩,脱钩的请填写脱钩原因")
				}
			}},
		{Code: "E-PAIR-LIFTED", Severity: model.Fault, Field: "lifted_on", Text: "以“已脱贫”脱钩的,脱贫日期不晚于脱钩日期", Source: "三级联创:不脱贫不脱钩",
			Check: checkLifted},
	},
}

// firstText shows the first field that is filled.
func firstText(r *model.Record, fields ...string) string {
	for _, f := range fields {
		if s := r.Text(f); s != "" {
			return s
		}
	}
	return ""
}

func checkLifted(x *model.Exam) {
	r := x.Record
	if !r.Bool("in_poverty") || !r.Is("end_reason", "已脱贫") {
		return
	}
	switch lifted, ended := r.Date("lifted_on"), r.Date("ended_on"); {
	case lifted == "":
		x.Say("脱钩原因是“已脱贫”的,请填写脱贫日期")
	case ended != "" && lifted > ended:
		x.Say("脱贫日期(%s)晚于脱钩日期(%s),不脱贫不脱钩,请核对", lifted, ended)
	}
}
