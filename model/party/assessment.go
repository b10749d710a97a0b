package party

import (
	"fmt"
	"strconv"
	"strings"

	"taizhang/model"
)

var kindAssessment = &model.Kind{
	Name: "assessment", Title: "五好考核", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "target_code", Label: "对象党组织", Type: model.TypeOrgCode, Required: true, Default: "本组织"},
		{Name: "year", Label: "年度", Type: model.TypeYear, Required: true, Default: "本年"},
		{Name: "level", Label: "环节", Type: model.TypeChoice, Required: true,
			Choices: []string{"自评", "乡镇考核", "公示", "市级过堂", "抽查", "命名", "复查"}},
		{Name: "leadership", Label: "领导班子好", Type: model.TypeInt, NoSum: true, Max: 100, Width: 10, Help: "满分 20 分"},
		{Name: "team", Label: "党员干部队伍好", Type: model.TypeInt, NoSum: true, Max: 100, Width: 14, Help: "满分 20 分"},
		{Name: "mechanism", Label: "工作机制好", Type: model.TypeInt, NoSum: true, Max: 100, Width: 10, Help: "满分 20 分"},
		{Name: "results", Label: "小康建设业绩好", Type: model.TypeInt, NoSum: true, Max: 100, Width: 14, Help: "满分 20 分"},
		{Name: "satisfaction", Label: "农民群众反映好", Type: model.TypeInt, NoSum: true, Max: 100, Width: 14, Help: "满分 20 分"},
		{Name: "vetoes", Label: "一票否决", Type: model.TypeChoices, Help: "被否决的才选;计生只用于 2021 年度及以前",
			Choices: []string{"综治", "纪检监察", "计生", "安全生产", "信访", "环保"}},
		{Name: "assessor", Label: "考核单位", Type: model.TypeText, Suggest: true},
		{Name: "held_on", Label: "日期", Type: model.TypeDate, Aliases: []string{"考核日期"}, Help: "环节是“公示”的填公示开始的日期"},
		{Name: "hearing", Label: "各成员单位意见", Type: model.TypeNote, Help: "过堂时各成员单位逐家的意见"},
		{Name: "reward", Label: "奖惩", Type: model.TypeNote, Help: "按考核结果兑现的奖励或处理"},
		{Name: "notice_to", Label: "公示止", Type: model.TypeDate, Ahead: true},
		{Name: "objections", Label: "公示异议", Type: model.TypeNote},
		{Name: "document_no", Label: "命名文号", Type: model.TypeText},
		{Name: "findings", Label: "问题与整改", Type: model.TypeNote},
	}}},
	Label:   []string{"target_code", "year", "level"},
	Columns: []string{"year", "level", "target_code", "total", "result", "held_on", "assessor", "vetoes", "leadership", "team", "mechanism", "results", "satisfaction", "document_no"},
	Sort:    []string{"-year", "-held_on"},
	Views: []model.View{model.ViewYear("今年", "year", 0), model.ViewYear("上年", "year", 1), model.ViewIs("命名", "level", "命名"),
		{Name: "被否决", Where: model.Fixed(model.Where("vetoes", model.Filled))}, model.ViewAll},
	Unique: []model.Unique{{Fields: []string{"year", "level", "target_code", "held_on"},
		Text: "同一对象同一天的这个考核环节已经登记过,请改那一条"}},
	Order: [][]string{{"held_on", "notice_to"}},
	Derived: []model.Derived{
		{Name: "total", Label: "总分", Width: 4, Type: model.TypeInt, Value: func(_ *model.Env, r *model.Record) string {
			total, scored := assessmentTotal(r)
			if !scored {
				return ""
			}
			return strconv.FormatInt(total, 10)
		}},
		{Name: "result", Label: "结果", Width: 16, Value: assessmentResult},
	},
	Rules: assessmentRules,
}

// fiveGoods are the score fields, in the order of the form.
var fiveGoods = []string{"leadership", "team", "mechanism", "results", "satisfaction"}

// assessmentTotal adds the five scores up; scored is false where none is given.
func assessmentTotal(r *model.Record) (total int64, scored bool) {
	for _, f := range fiveGoods {
		total += r.Int(f)
		scored = scored || r.Filled(f)
	}
	return total, scored
}

// assessmentResult gives 达标 for the pass mark or more without a veto of that year,
// else 未达标 with the vetoes named; "" where there are neither scores nor a veto.
func assessmentResult(env *model.Env, r *model.Record) string {
	if vetoes := vetoesOf(env, r); len(vetoes) > 0 {
		return "未达标(" + strings.Join(vetoes, "、") + ")"
	}
	total, scored := assessmentTotal(r)
	switch {
	case !scored:
		return ""
	case total >= env.Packs.Limit("assess.pass", assessedOn(r)).Value:
		return "达标"
	}
	return "未达标"
}

// assessedOn is the day by which the assessment's limits are looked up.
func assessedOn(r *model.Record) model.Date {
	if d := r.Date("held_on"); d != "" {
		return d
	}
	return model.Date(fmt.Sprintf("%04d-12-31", r.Int("year")))
}
