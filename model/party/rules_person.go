package party

import (
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

const sourceConstitution = "《中国共产党章程》"

// personRules are those of the membership and the ID number. Errors are what
// records.md calls so; the rest may be saved.
var personRules = append([]model.Rule{
	{Code: "E-BIRTH", Severity: model.Fault, Field: "birth_date", Text: "在册党员要有出生日期", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			if membership.IsMember(x.Record) && !x.Record.Filled("birth_date") {
				x.Say("在册党员要有出生日期,请填写(填了身份证号会自动带出)")
			}
		}},
	{Code: "E-JOINED", Severity: model.Fault, Field: "joined_on", Text: "正式党员、预备党员要有入党日期", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			if x.Record.Is("status", membership.States...) && !x.Record.Filled("joined_on") {
				x.Say("%s要有入党日期(支部大会通过的日期),请填写", x.Record.Str("status"))
			}
		}},
	{Code: "E-CONFIRMED-EARLY", Severity: model.Fault, Field: "confirmed_on", Text: "预备党员还没有转正日期", Source: sourceConstitution + "第七条",
		Check: func(x *model.Exam) {
			if x.Record.Is("status", "预备党员") && x.Record.Filled("confirmed_on") {
				x.Say("预备党员不能有转正日期;已经转正的请把人员类别改为正式党员,没有转正的请清空这一项")
			}
		}},
	{Code: "W-CONFIRMED-MISSING", Gap: true, Field: "confirmed_on", Text: "正式党员的转正日期待补", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			if x.Record.Is("status", "正式党员") && !membership.HasLeft(x.Record) && !x.Record.Filled("confirmed_on") {
				x.Say("转正日期待补,请查档案后填写")
			}
		}},
	{Code: "W-PROBATION", Field: "confirmed_on", Text: "转正日期在预备期满以后", Source: sourceConstitution + "第七条",
		Limits: []string{"probation.months"}, Check: checkProbation},
	{Code: "W-JOIN-AGE", Field: "joined_on", Text: "入党时已满 18 周岁", Source: sourceConstitution + "第一条",
		Limits: []string{"join.age"}, Check: checkJoinAge},
	{Code: "E-LEFT", Severity: model.Fault, Field: "left_on", Text: "已离开的人员要有离开日期", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			if membership.HasLeft(x.Record) && !x.Record.Filled("left_on") {
				x.Say("在册状态是“%s”的要填离开日期", x.Record.Str("standing"))
			}
		}},
	{Code: "W-AWAY-PLACE", Gap: true, Field: "away_place", Text: "流动党员要写外出流向", Source: "《关于进一步加强和改进流动党员管理工作的意见》(2024)",
		Check: func(x *model.Exam) {
			if x.Record.Filled("away") && !x.Record.Filled("away_place") && !membership.HasLeft(x.Record) {
				x.Say("流动党员要写外出流向,请填到县(市)一级")
			}
		}},
	{Code: "E-DUE-RANGE", Field: "monthly_dues", Text: "农民党员月缴党费在规定的范围内", Source: sourceDues + "第六条",
		Limits: []string{"dues.farmer.min", "dues.farmer.max"}, Check: checkFarmerDues},
}, idNumberRules...)

// checkProbation asks for a year between joining and full membership. Who joined
// from 1969-04-01 to 1977-08-11 had no probation, from 1945-04 to 1956-09 half a
// year (the editions of the Party Constitution in packs_data.go).
func checkProbation(x *model.Exam) {
	joined, confirmed := x.Record.Date("joined_on"), x.Record.Date("confirmed_on")
	if joined == "" || confirmed == "" || confirmed < joined {
		return // out of order is an error of its own
	}
	l := x.Packs.Limit("probation.months", joined)
	if end := joined.AddMonths(l.Int()); confirmed < end {
		x.SayOf(l, "从入党(%s)到转正不满 %d 个月,预备期满应在 %s 或以后,请核对两个日期", joined, l.Int(), end)
	}
}

func checkJoinAge(x *model.Exam) {
	birth, joined := x.Record.Date("birth_date"), x.Record.Date("joined_on")
	if birth == "" || joined == "" || joined < birth {
		return
	}
	l := x.Packs.Limit("join.age", joined)
	if age := birth.YearsAt(joined); age < l.Int() {
		x.SayOf(l, "入党那天(%s)只有 %d 周岁,不满 %d 周岁,请核对出生日期和入党日期", joined, age, l.Int())
	}
}

func checkFarmerDues(x *model.Exam) {
	if !membership.IsMember(x.Record) || !x.Record.Is("dues_basis", "农民") || !x.Record.Filled("monthly_dues") {
		return
	}
	on := x.Today
	if from := x.Record.Month("dues_from"); from != "" {
		on = from.First()
	}
	least, most := x.Packs.Limit("dues.farmer.min", on), x.Packs.Limit("dues.farmer.max", on)
	if fen := x.Record.Int("monthly_dues"); fen < least.Value || fen > most.Value {
		x.SayOf(most, "农民党员月缴党费应在 %s 元到 %s 元之间,现在是 %s 元;不按农民标准交的请改交费类别",
			model.FormatYuan(least.Value), model.FormatYuan(most.Value), model.FormatYuan(fen))
	}
}

const sourceGB11643 = "GB 11643-1999《公民身份号码》"

// idNumberRules are E-ID-02 to E-ID-06 of domain.md §2.7. E-ID-01 (the form) is
// the type's own check, E-ID-07 (twice in one organisation) the kind's Unique.
// What speaks of the number itself becomes a warning once it was read from the card.
var idNumberRules = []model.Rule{
	{Code: "E-ID-02", Severity: model.Fault, Field: "id_number", Text: "身份证号里的出生日期不在将来,也不早于 120 年前", Source: sourceGB11643,
		Check: withIDNumber(func(x *model.Exam, id model.IDNumber) {
			switch {
			case id.Birth > x.Today:
				sayUnlessChecked(x, "身份证号里的出生日期 %s 在将来,请核对第 7 至 14 位", id.Birth)
			case id.Birth.YearsAt(x.Today) > oldest:
				sayUnlessChecked(x, "身份证号里的出生日期是 %s,已超过 %d 岁,请核对第 7 至 14 位", id.Birth, oldest)
			}
		})},
	{Code: "E-ID-03", Severity: model.Fault, Field: "id_number", Text: "身份证号的末位要与前 17 位相符", Source: sourceGB11643,
		Check: withIDNumber(func(x *model.Exam, id model.IDNumber) {
			if !id.CheckOK {
				sayUnlessChecked(x, "身份证号的末位与前 17 位对不上,多半有一位写错了,请逐位核对;对着证件核对无误的,把“已核对证件”选为 是")
			}
		})},
	{Code: "E-ID-04", Field: "id_number", Text: "身份证号的前两位是省级代码", Source: "GB/T 2260",
		Check: withIDNumber(func(x *model.Exam, id model.IDNumber) {
			if id.Area != MadeUpArea && !slices.Contains(provinces, id.Area[:2]) {
				x.Say("身份证号开头的 %s 不是省级代码,请核对", id.Area[:2])
			}
		})},
	{Code: "E-ID-05", Severity: model.Fault, Field: "sex", Text: "性别要与身份证号相符", Source: sourceGB11643,
		Check: withIDNumber(func(x *model.Exam, id model.IDNumber) {
			if sex := x.Record.Str("sex"); sex != "" && sex != id.Sex {
				sayUnlessChecked(x, "性别填的是%s,身份证号第 17 位表示的是%s,请核对;对着证件核对无误的,把“已核对证件”选为 是", sex, id.Sex)
			}
		})},
	{Code: "E-ID-06", Severity: model.Fault, Field: "birth_date", Text: "出生日期要与身份证号相符", Source: sourceGB11643,
		Check: withIDNumber(func(x *model.Exam, id model.IDNumber) {
			if birth := x.Record.Date("birth_date"); birth != "" && birth != id.Birth {
				sayUnlessChecked(x, "出生日期填的是 %s,身份证号里是 %s,请核对;以档案为准且对着证件核对无误的,把“已核对证件”选为 是", birth, id.Birth)
			}
		})},
}

// oldest is the age beyond which a birth date is taken for a slip of the pen.
const oldest = 120

// MadeUpArea is the area code of made-up ID numbers: no such area exists, and the
// area rule lets it pass (design.md §1).
const MadeUpArea = "990101"

// provinces are the first two digits of area codes; 83 stands on residence permits.
// Counties change their codes, so no more of the area is looked at.
var provinces = []string{"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
	"41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"}

// withIDNumber calls check for a record whose ID number can be taken apart.
func withIDNumber(check func(x *model.Exam, id model.IDNumber)) func(x *model.Exam) {
	return func(x *model.Exam) {
		if id, err := model.ReadIDNumber(x.Record.Str("id_number")); err == nil {
			check(x, id)
		}
	}
}

func sayUnlessChecked(x *model.Exam, format string, args ...any) {
	if x.Record.Bool("id_checked") {
		x.Warn(format, args...)
		return
	}
	x.Say(format, args...)
}
