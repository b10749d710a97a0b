package packs

import (
	"slices"

	"taizhang/model"
)

// practicePacks hold what many places ask for and no regulation that was read says: a
// county that does otherwise sets its own.
var practicePacks = []model.Pack{
	{Name: "惯例", Title: model.SourcePractice, Limits: []model.Limit{
		{Name: "admission.vetting.months", Text: "政治审查的有效期(0 为不要求)", Value: 12, Unit: "个月"},
		{Name: "admission.discuss.months", Text: "预备期满后讨论转正的期限", Value: 1, Unit: "个月"},
		{Name: "admission.archive.months", Text: "转正审批后归档的期限", Value: 1, Unit: "个月"},
		{Name: "vote.roll.months", Text: "记账以前多久以内的会议,应到人数与名册比对", Value: 36, Unit: "个月"},
		{Name: "meeting.lecture.year", Text: "党课每年最少", Value: 4, Unit: "次"},
		{Name: "secretary.training.months", Text: "新任书记任职后参加培训的期限(0 为不要求)", Value: 6, Unit: "个月"},
		{Name: "found.decide.days", Text: "取得联系后研究处置的期限", Value: 90, Unit: "天"},
		{Name: "backup.elsewhere.days", Text: "多久没有在别处备份台账就提醒", Value: 30, Unit: "天"},
		{Name: "medal.years", Text: "颁发“光荣在党50年”纪念章的党龄", Value: 50, Unit: "年"},
		{Name: "medal.again.years", Text: "到这个党龄还没有纪念章的,再提醒一年", Value: 55, Unit: "年"},
	}},
}

// disciplinePacks say what a penalty keeps one from, and for how long. The two editions
// agree in it.
var disciplinePacks = []model.Pack{
	disciplinePack("《中国共产党纪律处分条例》(2018)", "2018-10-01"),
	disciplinePack("《中国共产党纪律处分条例》(2023)", "2024-01-01"),
}

func disciplinePack(title string, from model.Date) model.Pack {
	return model.Pack{Name: "纪律处分", Title: title, From: from, Limits: []model.Limit{
		{Name: "penalty.warning.months", Text: "受警告处分后多久不得提升党内职务", Value: 12, Unit: "个月", Article: "第十条", Fixed: true},
		{Name: "penalty.severe.months", Text: "受严重警告处分后多久不得提升党内职务", Value: 18, Unit: "个月", Article: "第十条", Fixed: true},
		{Name: "penalty.removed.months", Text: "撤销党内职务后多久不得担任相当或更高的党内职务", Value: 24, Unit: "个月", Article: "第十一条", Fixed: true},
		{Name: "penalty.probation.least", Text: "留党察看最短", Value: 12, Unit: "个月", Article: "第十二条", Fixed: true},
		{Name: "penalty.restored.months", Text: "留党察看期满恢复权利后多久不得担任相当或更高的党内职务", Value: 24, Unit: "个月", Article: "第十二条", Fixed: true},
		{Name: "reentry.expelled.years", Text: "开除党籍后不得重新入党", Value: 5, Unit: "年", Article: "第十三条", Fixed: true},
	}}
}

// retired are parameters of earlier programs that are no rule any more. A county's
// profile may still name them.
var retired = []string{"dues.ahead.months"}

// Retired tells whether a parameter was one once and means nothing now.
func Retired(name string) bool { return slices.Contains(retired, name) }
