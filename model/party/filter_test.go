package party_test

import (
	"testing"

	"taizhang/model"
)

func TestMeets(t *testing.T) {
	person := record(t, "person", "p1", "name", "张三", "birth_date", "1970-03-15", "monthly_dues", "0.5", "hardship", "是", "status", "正式党员")
	activity := record(t, "activity", "a1", "title", "ＡＢＣ 学习", "counts_as", "党课;主题党日", "attendance", "p1=到会;p2=无故缺席", "hours", "4", "host", "p1")
	activity.Names = map[string]string{"p1": "张三"}
	for _, c := range []struct {
		name   string
		record *model.Record
		cond   model.Cond
		want   bool
	}{
		{"equal", person, model.Where("status", model.Eq, "正式党员"), true},
		{"not equal", person, model.Where("status", model.Ne, "正式党员"), false},
		{"an empty field is not equal", person, model.Where("away", model.Ne, "跨省"), true},
		{"an empty field is equal to nothing", person, model.Where("away", model.Eq, "跨省"), false},
		{"one of", person, model.Where("status", model.In, "预备党员", "正式党员"), true},
		{"empty", person, model.Where("away", model.Empty), true},
		{"filled", person, model.Where("away", model.Filled), false},
		{"a bool", person, model.Where("hardship", model.Eq, "1"), true},
		{"an untouched bool", person, model.Where("both_leader", model.Eq, "0"), true},
		{"before a date", person, model.Where("birth_date", model.Lt, "1970-03-15"), false},
		{"up to a date", person, model.Where("birth_date", model.Le, "1970-03-15"), true},
		{"after a date", person, model.Where("birth_date", model.Gt, "1970-03-14"), true},
		{"an empty date is not before", person, model.Where("joined_on", model.Lt, "2020-01-01"), false},
		{"money in fen", person, model.Where("monthly_dues", model.Ge, "50"), true},
		{"numbers, not texts", activity, model.Where("hours", model.Lt, "10"), true},
		{"part of a text, folded", activity, model.Where("title", model.Contains, "abc学"), true},
		{"part of a ref's label", activity, model.Where("host", model.Contains, "张"), true},
		{"one of several choices", activity, model.Where("counts_as", model.Eq, "主题党日"), true},
		{"none of several choices", activity, model.Where("counts_as", model.Ne, "党务公开"), true},
		{"a person on a roll", activity, model.Where("attendance", model.Eq, "p2"), true},
		{"a person not on a roll", activity, model.Where("attendance", model.Eq, "p3"), false},
		{"the id", person, model.Where("id", model.Eq, "p1"), true},
		{"the organisation", person, model.Where("org_id", model.Eq, "other"), false},
		{"what has no text contains nothing", person, model.Where("id", model.Contains, "p"), false},
		{"a bound that is none", person, model.Where("birth_date", model.Lt, "soon"), false},
	} {
		if got := model.Meets(c.record, []model.Cond{c.cond}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if !model.Meets(person, nil) {
		t.Error("no conditions are not met")
	}
	if model.Meets(person, []model.Cond{model.Where("status", model.Eq, "正式党员"), model.Where("away", model.Filled)}) {
		t.Error("one of two conditions suffices")
	}
}
