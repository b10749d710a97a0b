package model_test

import (
	"testing"

	"taizhang/model"
)

func TestMeets(t *testing.T) {
	person := record(t, "neighbor", "p1", "name", "张三", "born", "1970-03-15", "fee", "0.5", "poor", "是", "status", "组员")
	meeting := record(t, "meeting", "a1", "title", "ＡＢＣ 学习", "themes", "唱歌;下棋", "attendance", "p1=到;p2=缺", "guests", "p1;p2", "hours", "4", "host", "p1")
	meeting.Names = map[string]string{"p1": "张三"}
	for _, c := range []struct {
		name   string
		record *model.Record
		cond   model.Cond
		want   bool
	}{
		{"equal", person, model.Where("status", model.Eq, "组员"), true},
		{"not equal", person, model.Where("status", model.Ne, "组员"), false},
		{"an empty field is not equal", person, model.Where("away", model.Ne, "远方"), true},
		{"an empty field is equal to nothing", person, model.Where("away", model.Eq, "远方"), false},
		{"one of", person, model.Where("status", model.In, "候补", "组员"), true},
		{"empty", person, model.Where("away", model.Empty), true},
		{"filled", person, model.Where("away", model.Filled), false},
		{"a bool", person, model.Where("poor", model.Eq, "1"), true},
		{"an untouched bool", person, model.Where("able", model.Eq, "0"), true},
		{"before a date", person, model.Where("born", model.Lt, "1970-03-15"), false},
		{"up to a date", person, model.Where("born", model.Le, "1970-03-15"), true},
		{"after a date", person, model.Where("born", model.Gt, "1970-03-14"), true},
		{"an empty date is not before", person, model.Where("joined", model.Lt, "2020-01-01"), false},
		{"money in fen", person, model.Where("fee", model.Ge, "50"), true},
		{"numbers, not texts", meeting, model.Where("hours", model.Lt, "10"), true},
		{"part of a text, folded", meeting, model.Where("title", model.Contains, "abc学"), true},
		{"part of a ref's label", meeting, model.Where("host", model.Contains, "张"), true},
		{"one of several choices", meeting, model.Where("themes", model.Eq, "下棋"), true},
		{"none of several choices", meeting, model.Where("themes", model.Ne, "读书"), true},
		{"a person on a roll", meeting, model.Where("attendance", model.Eq, "p2"), true},
		{"a person not on a roll", meeting, model.Where("attendance", model.Eq, "p3"), false},
		{"one of several refs", meeting, model.Where("guests", model.Eq, "p2"), true},
		{"none of several refs", meeting, model.Where("guests", model.Eq, "p3"), false},
		{"a comparison without a bound", person, model.Where("born", model.Lt), false},
		{"a comparison that there is not", person, model.Where("born", "?", "1970-03-15"), false},
		{"the id", person, model.Where("id", model.Eq, "p1"), true},
		{"the organisation", person, model.Where("org_id", model.Eq, "other"), false},
		{"what has no text contains nothing", person, model.Where("id", model.Contains, "p"), false},
		{"a bound that is none", person, model.Where("born", model.Lt, "soon"), false},
	} {
		if got := model.Meets(c.record, []model.Cond{c.cond}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if !model.Meets(person, nil) {
		t.Error("no conditions are not met")
	}
	if model.Meets(person, []model.Cond{model.Where("status", model.Eq, "组员"), model.Where("away", model.Filled)}) {
		t.Error("one of two conditions suffices")
	}
}
