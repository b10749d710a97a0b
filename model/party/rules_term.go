package party

import (
	"cmp"
	"slices"

	"taizhang/model"
)

// termRules: a committee is elected anew when its term ends; to put that off or to bring
// it forward needs the superior's approval, and a year at most (domain.md §3.5).
var termRules = []model.Rule{
	{Code: "W-ELEC-TERM", Field: "held_on", Text: "任期届满按期换届,延期或提前要经上级批准,一般不超过一年", Source: sourceElection + "第三条",
		Limits: []string{"election.late.months", "election.early.days"}, Check: checkTerm},
}

func checkTerm(x *model.Exam) {
	r := x.Record
	on := r.Date("held_on")
	if !r.Is("kind", "换届") || on == "" {
		return
	}
	end := termBefore(x, on)
	if end == "" {
		return
	}
	longest, early := x.Packs.Limit("election.late.months", on), x.Packs.Limit("election.early.days", on)
	switch {
	case on > end.AddMonths(longest.Int()):
		x.SayOf(longest, "上一届任期到 %s 届满,%s 才换届,超过 %d 个月;延期换届要报上级党组织批准,一般不超过一年,请核对日期", end, on, longest.Int())
	case on < end.AddMonths(-longest.Int()):
		x.SayOf(longest, "上一届任期到 %s 届满,%s 就换届,提前超过 %d 个月;提前换届要报上级党组织批准,请核对日期", end, on, longest.Int())
	case on < end.AddDays(-early.Int()) && !r.Filled("reply_no"):
		x.SayAtOf("reply_no", early, "上一届任期到 %s 届满,%s 提前换届要报上级党组织批准,请填写批复文号", end, on)
	}
}

// termBefore gives the day on which the term before an election ended: by the election
// before it, else by the organisation's present term where that began before. "" where
// neither is on file.
func termBefore(x *model.Exam, on model.Date) model.Date {
	r := x.Record
	org := x.Get("organization", r.Str("organization"))
	years := 0
	if org != nil {
		years = int(org.Int("term_years"))
	}
	earlier := x.Find("election", model.Where("organization", model.Eq, r.Str("organization")), model.Where("kind", model.Eq, "换届"), model.Where("held_on", model.Lt, string(on)))
	earlier = slices.DeleteFunc(earlier, func(e *model.Record) bool { return e.ID == r.ID })
	if len(earlier) > 0 {
		last := slices.MaxFunc(earlier, func(a, b *model.Record) int { return cmp.Compare(a.Str("held_on"), b.Str("held_on")) })
		switch {
		case last.Filled("next_due_on"):
			return last.Date("next_due_on")
		case years > 0:
			return last.Date("held_on").AddYears(years)
		}
		return ""
	}
	if org == nil || years == 0 || !org.Filled("term_started_on") || org.Date("term_started_on") >= on {
		return ""
	}
	return org.Date("term_started_on").AddYears(years)
}
