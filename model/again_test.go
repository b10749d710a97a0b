package model_test

import (
	"testing"

	"taizhang/model"
)

func TestRenewMovesTheTimesThatATitleNames(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to model.Date
		want     string // "" for what is not taken over
	}{
		{"10月份主题党日", "2026-10-15", "2026-11-20", "11月份主题党日"},
		{"12月支部党员大会", "2026-12-15", "2027-01-20", "1月支部党员大会"},
		{"2026年12月主题党日", "2026-12-15", "2027-01-20", "2027年1月主题党日"},
		{"2026-12", "2027-01-05", "2027-02-04", "2027-01"},
		{"2026年三季度", "2026-10-05", "2027-01-05", "2026年四季度"},
		{"2026年第4季度", "2027-01-05", "2027-04-05", "2027年第1季度"},
		{"第三季度党员大会:总结", "2026-09-10", "2026-10-12", "第四季度党员大会"},
		{"2026年度民主评议党员", "2026-12-20", "2027-12-18", "2027年度民主评议党员"},
		{"第9次联席例会", "2026-03-01", "2026-09-01", "第10次联席例会"},
		{"支委会:10月安排", "2026-10-08", "2026-11-08", "支委会:11月安排"},
		{"学习党章", "2026-10-08", "2026-11-08", ""},
		{"10月5日座谈会", "2026-10-05", "2026-11-08", ""},
		{"2026-10-05 会议", "2026-10-05", "2026-11-08", ""},
		{"第四季度党员大会", "2026-10-12", "2026-11-28", ""}, // the same again
		{"", "2026-10-12", "2026-11-28", ""},
		{"10月", "", "2026-11-28", ""},
	} {
		got, moved := model.Renew(c.text, c.from, c.to)
		if !moved {
			got = ""
		}
		if got != c.want {
			t.Errorf("%q of %s on %s: %q, want %q", c.text, c.from, c.to, got, c.want)
		}
	}
}

// againKind is a kind of meetings with what repeats.
func againKind(a model.Again) *model.Kind {
	return &model.Kind{Name: "gathering", Title: "集会", Label: []string{"name"}, Columns: []string{"name"}, Again: a,
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "name", Label: "名称", Type: model.TypeText},
			{Name: "sort", Label: "类别", Type: model.TypeChoice, Choices: []string{"大会", "小会"}},
			{Name: "on", Label: "日期", Type: model.TypeDate},
			{Name: "place", Label: "地点", Type: model.TypeText},
			{Name: "minutes", Label: "记录", Type: model.TypeNote},
			{Name: "roll", Label: "到会", Type: model.TypeRoll, Target: "gathering", Choices: []string{"到", "请假"}},
		}}}}
}

func TestRepeatTakesOverWhatIsDeclared(t *testing.T) {
	k := againKind(model.Again{By: []string{"sort"}, On: "on", Fields: []string{"place", "roll"}, Next: []string{"on"}, Title: "name"})
	model.NewCatalog(k)
	last := model.NewRecord(k)
	last.Set("sort", "大会")
	last.Set("name", "10月大会")
	last.Set("on", "2026-10-05")
	last.Set("place", "村部")
	last.Set("minutes", "说了什么")
	last.Set("roll", []model.Mark{{Target: "a", State: "到"}, {Target: "b", State: "请假"}})
	again := k.Repeat(last, "2026-11-05", false)
	if len(again.Values) != 3 || again.Values["name"] != "11月大会" || again.Values["place"] != "村部" || again.Values["sort"] != "大会" {
		t.Errorf("from last time: %v", again.Values)
	}
	if u := again.Usual["roll"]; len(u) != 1 || u[0].Target != "b" {
		t.Errorf("usually away: %v", again.Usual)
	}
	next := k.Repeat(last, "2026-11-05", true)
	if next.Values["on"] != "2026-10-05" || next.Values["name"] != nil || next.Values["minutes"] != nil || len(next.Usual) != 0 {
		t.Errorf("for the next: %v, %v", next.Values, next.Usual)
	}
	if conds, ok := k.LastConds(map[string]model.Value{"sort": "大会"}); !ok || !model.Meets(last, conds) {
		t.Errorf("the last of its sort is not found by %v, %v", conds, ok)
	}
	if _, ok := k.LastConds(nil); ok {
		t.Error("without its sort there is no last one")
	}
}

// A name that the kind lacks is a fault of the program, found when the catalog is made.
func TestMistypedAgainPanics(t *testing.T) {
	for what, a := range map[string]model.Again{
		"by": {By: []string{"sotr"}}, "on": {On: "no"}, "fields": {Fields: []string{"palce"}}, "next": {Next: []string{"palce"}},
		"title": {Title: "nmae"}, "first": {First: "nmae"}, "a day that is none": {On: "place"}, "a title that is none": {Title: "minutes"},
	} {
		mustPanic(t, what, func() { model.NewCatalog(againKind(a)) }, "gathering", "again")
	}
}

func TestChangeSaysWhatBecameOfAField(t *testing.T) {
	k := againKind(model.Again{})
	model.NewCatalog(k)
	before := model.NewRecord(k)
	before.Set("place", "村部")
	after := model.NewRecord(k)
	after.Set("sort", "小会")
	after.Set("on", "2026-11-03")
	if got := (model.Change{Before: before, After: after}).Words(); got != "小会,日期 2026-11-03,地点已清空" {
		t.Errorf("it says %q", got)
	}
	if got := (model.Change{After: after}).Words(); got != "" {
		t.Errorf("of a new record it says %q", got)
	}
}
