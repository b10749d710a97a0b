package party

import (
	"strconv"

	"taizhang/model"
)

var kindLinkage = &model.Kind{
	Name: "linkage", Title: "挂联", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "role", Label: "挂联类别", Type: model.TypeChoice, Required: true, Width: 16,
			Choices: []string{"市领导", "机关部门", "乡镇党建指导员", "非公企业党建指导员", "科局级干部", "重点企业", "专家"}},
		{Name: "name", Label: "姓名或单位", Type: model.TypeText, Required: true, Tight: true, Width: 12},
		{Name: "unit", Label: "所在单位", Type: model.TypeText, Suggest: true, Width: 16},
		{Name: "title", Label: "职务", Type: model.TypeText, Suggest: true, Width: 10},
		{Name: "target_code", Label: "挂联对象", Type: model.TypeOrgCode, Required: true, Default: "本组织"},
		{Name: "started_on", Label: "开始日期", Type: model.TypeDate, Required: true},
		{Name: "ended_on", Label: "结束日期", Type: model.TypeDate},
		{Name: "duties", Label: "职责", Type: model.TypeNote},
		{Name: "grade", Label: "年度考核", Type: model.TypeChoice, Choices: []string{"优秀", "称职", "基本称职", "不称职"}, Width: 8},
		{Name: "results", Label: "成效", Type: model.TypeNote},
		keptAsBy("unit"),
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "role", "visits", "last_visit", "started_on", "unit", "ended_on", "title", "grade", "target_code"},
	Sort:    []string{"-started_on"},
	Views: []model.View{model.ViewOpen("在联", "ended_on"),
		{Name: "党建指导员", Where: model.Fixed(model.Where("role", model.In, "乡镇党建指导员", "非公企业党建指导员"), model.Where("ended_on", model.Empty))},
		model.ViewEnded("已结束", "ended_on"), model.ViewAll},
	Due: linkageDue,
	Derived: []model.Derived{
		{Name: "visits", Label: "到点次数", Width: 8, Type: model.TypeInt, Value: func(env *model.Env, r *model.Record) string {
			all := linkageVisits(env, r)
			return strconv.Itoa(len(all))
		}},
		{Name: "last_visit", Label: "最近到点", Width: 10, Type: model.TypeDate, Value: func(env *model.Env, r *model.Record) string {
			last := ""
			for _, v := range linkageVisits(env, r) {
				last = max(last, v.Str("happened_on"))
			}
			return last
		}},
	},
}

// linkageVisits gives the visits of a linkage: one look-up by an indexed ref,
// cheap enough for the rows that a screen shows. A fault of reading shows as none:
// a derived value has no place for an error, and the row itself was read.
func linkageVisits(env *model.Env, r *model.Record) []*model.Record {
	if env.Look == nil || r.ID == "" {
		return nil
	}
	visits, err := env.Look.Find("visit", model.Where("linkage", model.Eq, r.ID))
	if err != nil {
		return nil
	}
	return visits
}
