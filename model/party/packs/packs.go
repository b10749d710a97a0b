// Package packs holds the limits that ship with the program, by the regulation and the day
// from which it holds.
package packs

import (
	"slices"

	"taizhang/model"
)

// Default gives the limits that ship with the program. An edition of a
// regulation is a pack of its own, so that a matter keeps the rules in force when
// it began. No limit stands in the code of a rule.
func Default() []model.Pack {
	return slices.Concat(constitutionPacks, admissionPacks(), organisationPacks, meetingPacks, membershipPacks, duesPacks, disciplinePacks, practicePacks, privacyPacks, countyPacks, duePacks)
}

// constitutionPacks are the editions of the Party Constitution as far as the
// probation and the age differ (records.md, person; no county may set them), and
// what the present one says of inactivity and penalties.
var constitutionPacks = []model.Pack{
	{Name: "党章", Title: "《中国共产党章程》(1945 年七大)", From: "1945-04-01", Limits: []model.Limit{
		{Name: "join.age", Text: "入党的最低年龄", Value: 18, Unit: "周岁", Article: "第四条", Fixed: true},
		{Name: "probation.months", Text: "预备期(候补期)", Value: 6, Unit: "个月", Article: "第六条", Fixed: true},
	}},
	{Name: "党章", Title: "《中国共产党章程》(1956 年八大)", From: "1956-10-01", Limits: []model.Limit{
		{Name: "join.age", Text: "入党的最低年龄", Value: 18, Unit: "周岁", Article: "第一条", Fixed: true},
		{Name: "probation.months", Text: "预备期", Value: 12, Unit: "个月", Article: "第七条", Fixed: true},
	}},
	{Name: "党章", Title: "《中国共产党章程》(1969 年九大)", From: "1969-04-01", Limits: []model.Limit{
		{Name: "probation.months", Text: "预备期", Value: 0, Unit: "个月", Fixed: true},
	}},
	{Name: "党章", Title: "《中国共产党章程》(1977 年十一大起)", From: "1977-08-12", Limits: []model.Limit{
		{Name: "join.age", Text: "入党的最低年龄", Value: 18, Unit: "周岁", Article: "第一条", Fixed: true},
		{Name: "probation.months", Text: "预备期", Value: 12, Unit: "个月", Article: "第七条", Fixed: true},
	}},
	{Name: "党章", Title: "《中国共产党章程》(2022)", From: "2022-10-22", Limits: []model.Limit{
		{Name: "member.inactive.months", Text: "没有正当理由连续不参加组织生活、不交党费、不做党的工作,按自行脱党处理", Value: 6, Unit: "个月", Article: "第九条", Fixed: true},
		{Name: "penalty.probation.months", Text: "留党察看最长", Value: 24, Unit: "个月", Article: "第四十一条", Fixed: true},
	}},
}
