package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// positionDue: a secretary new in office is trained soon.
var positionDue = []model.DueItem{
	{Code: "R-POS-01", Text: "新任书记任职后半年内参加培训", Line: "%d 名新任书记还没有参加培训", Source: model.SourcePractice,
		Limits: []string{"secretary.training.months", "due.days"}, Find: dueSecretaryTraining},
}

// dueSecretaryTraining speaks of those who took office while the book was kept, since of
// a training before that nothing is on file, and for a year: after that it is no longer
// about one who is new. Who was secretary just before is not new.
func dueSecretaryTraining(x *model.DueExam) {
	trained := map[string]model.Date{}
	for _, t := range x.Find("training", model.Where("started_on", model.Le, string(x.Today))) {
		for _, m := range t.Roll("attendance") {
			if m.State != "缺席" {
				trained[m.Target] = max(trained[m.Target], t.Date("started_on"))
			}
		}
	}
	all := x.Find("position", model.Where("body", model.Eq, "党组织"), model.Where("post", model.Eq, "书记"))
	for _, r := range all {
		from := r.Date("started_on")
		l := x.Packs.Limit("secretary.training.months", from)
		if l.Int() == 0 || r.Filled("ended_on") || from > x.Today || !membership.OpenedBy(x, from) || trained[r.Str("person")] >= from || servedBefore(all, r) {
			continue
		}
		if by := from.AddMonths(l.Int()); x.Today <= from.AddYears(1) {
			x.Until(l, r, by, x.Limit("due.days").Int(), "%s 新任书记,半年内(到 %s)要参加一次培训;参加过的请在培训里补登", from, by)
		}
	}
}

// servedBefore tells whether the same person was secretary until this office began.
func servedBefore(all []*model.Record, r *model.Record) bool {
	for _, o := range all {
		if o.ID != r.ID && o.Str("person") == r.Str("person") && o.Date("started_on") < r.Date("started_on") {
			return true
		}
	}
	return false
}
