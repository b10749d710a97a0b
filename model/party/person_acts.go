package party

import (
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// personActs are what a branch does to many persons at once, the most frequent first.
var personActs = []model.Act{
	{Words: "谈心谈话", Note: "每人记一条", Kind: "talk", Field: "person",
		Asks: []string{"held_on", "talker", "topic", "content"}, Last: []string{"talker"}, Each: talkEach},
	{Words: "走访慰问", Note: "每人记一条", Kind: "visit", Field: "person", Preset: map[string]string{"kind": "慰问困难党员"},
		Asks: []string{"happened_on", "kind", "visited_by", "means", "content"}, Last: []string{"visited_by"}},
	{Words: "联系流动党员", Note: "每人记一条", Kind: "visit", Field: "person", Preset: map[string]string{"kind": "联系流动党员", "means": "电话"},
		Asks: []string{"happened_on", "visited_by", "means", "content"}, Last: []string{"visited_by"}, Each: callEach},
	{Words: "收党费", Note: "一个月的,按各人的标准", Kind: "dues", Field: "person",
		Asks: []string{"month", "paid_on", "method", "collector"}, Last: []string{"method", "collector"}, Each: duesEach},
	{Words: "开会、组织生活", Note: "记一次,这些人都到会", Kind: "activity", Field: "attendance", Vary: "attendance",
		Asks: []string{"kind", "title", "held_on", "place", "host", "recorder", "agenda"}, Last: []string{"place", "host", "recorder"}},
	{Words: "培训、学时", Note: "记一次,这些人都参加", Kind: "training", Field: "attendance", Vary: "attendance",
		Preset: map[string]string{"started_on": "今天"},
		Asks:   []string{"title", "topic", "method", "organizer", "started_on", "hours", "lecturer", "venue_name"}, Last: []string{"organizer", "venue_name"}},
	{Words: "民主评议", Note: "每人一个等次,个别的再改", Kind: "appraisal", Field: "person", Vary: "grade", Preset: map[string]string{"grade": "合格"},
		Asks: []string{"year", "held_on", "grade"}, Each: appraisalEach},
	{Words: "表彰", Note: "每人记一条", Kind: "honor", Field: "person", Preset: map[string]string{"kind": "优秀共产党员", "granted_on": "今天"},
		Asks: []string{"title", "kind", "level", "granted_by", "granted_on", "document_no", "reward"}, Last: []string{"level", "granted_by"}},
	{Words: "设岗定责", Note: "每人记一条", Kind: "duty", Field: "person", Preset: map[string]string{"started_on": "今天"},
		Asks: []string{"post", "duties", "started_on"}},
	{Words: "承诺践诺", Note: "每人记一条", Kind: "pledge", Field: "person",
		Asks: []string{"year", "item", "measures", "due_on", "reviewed_on", "shown_on"}},
	{Words: "组织关系转出", Note: "每人记一条变动,可以整建制", Kind: "movement", Field: "person", Preset: map[string]string{"kind": "转出"},
		Asks: []string{"happened_on", "to_org", "to_code", "whole_unit", "dues_paid_to", "valid_until"}, Begin: wholeUnit},
}

// left is the reason why nothing is made for one of many.
func left(format string, args ...any) error { return model.Errorf("E-ACT", format, args...) }

// talkEach leaves out the one who talks to the others.
func talkEach(_ *model.Env, of, made *model.Record) error {
	if of.ID == made.Str("talker") {
		return left("是谈话人自己")
	}
	return nil
}

func callEach(_ *model.Env, of, _ *model.Record) error {
	if !of.Filled("away") {
		return left("没有登记外出,不是流动党员")
	}
	return nil
}

// duesEach takes what the person owes for the month by the standard on file; the one who
// owes nothing, or has paid, is left out.
func duesEach(env *model.Env, of, made *model.Record) error {
	month := made.Month("month")
	paid, err := env.Look.Find("dues", model.Where("person", model.Eq, of.ID), model.Where("month", model.Eq, string(month)))
	if err != nil {
		return err
	}
	owed := standingDues(of, month)
	switch {
	case len(paid) > 0:
		return left("%s的党费已经登记过", month.Chinese())
	case of.Is("dues_basis", "免交"):
		return left("免交党费")
	case owed == 0:
		return left("人员里没有填这个月的月缴党费")
	}
	made.Set("amount", owed)
	return nil
}

// appraisalEach gives no grade to a probationary member (《中国共产党支部工作条例(试行)》
// 第十八条), nor a second one for the year.
func appraisalEach(env *model.Env, of, made *model.Record) error {
	year := made.Kind.MustField("year")
	done, err := env.Look.Find("appraisal", model.Where("person", model.Eq, of.ID), model.Where("year", model.Eq, year.Type.CSV(year, made.Get("year"))))
	switch {
	case err != nil:
		return err
	case len(done) > 0:
		return left("这一年已有评议结果")
	case !membership.IsMember(of):
		return left("不是在册党员")
	case of.Is("status", "预备党员"):
		made.Set("grade", notGraded)
		made.Set("not_graded_why", "预备党员")
	}
	return nil
}

// wholeUnit marks transfers as those of a whole unit when all members on the rolls are
// among those taken.
func wholeUnit(env *model.Env, of []*model.Record) (map[string]string, error) {
	all, err := env.Look.Find(membership.PersonKind, ofMembers()...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	for _, p := range all {
		if !slices.ContainsFunc(of, func(r *model.Record) bool { return r.ID == p.ID }) {
			return nil, nil
		}
	}
	return map[string]string{"whole_unit": "是"}, nil
}
