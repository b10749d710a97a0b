package party_test

import (
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
)

func TestNew(t *testing.T) {
	env := testEnv(t, nil)
	p := model.New(env, party.Kinds.Kind("person"))
	if p.Str("standing") != "在册" || p.Str("ethnicity") != "汉族" || !p.Bool("able_bodied") || p.Bool("hardship") || p.Filled("status") {
		t.Errorf("a new person: %s %s %v", p.Str("standing"), p.Str("ethnicity"), p.Bool("able_bodied"))
	}
	a := model.New(env, party.Kinds.Kind("activity"))
	if a.Date("held_on") != today || a.Str("held_by") != "home" || a.Str("kept_as") != "本级主办" {
		t.Errorf("a new activity: %s %s", a.Date("held_on"), a.Str("held_by"))
	}
	if s := model.New(env, party.Kinds.Kind("assessment")); s.Str("target_code") != "990101101201" || s.Int("year") != 2026 {
		t.Errorf("a new assessment: %s %d", s.Str("target_code"), s.Int("year"))
	}
	if d := model.New(env, party.Kinds.Kind("dues")); d.Month("month") != "2026-10" || d.Str("method") != "现金" {
		t.Errorf("new dues: %s %s", d.Month("month"), d.Str("method"))
	}
	if d := model.NewFromSheet(env, party.Kinds.Kind("dues")); d.Filled("month") || d.Filled("paid_on") || d.Str("method") != "现金" {
		t.Error("a row of a sheet is dated today")
	}
	env.Home = nil
	if a := model.New(env, party.Kinds.Kind("activity")); a.Filled("held_by") {
		t.Error("held by nobody's organisation")
	}
}

func TestDerived(t *testing.T) {
	env := testEnv(t, shelf{"visit": {
		record(t, "visit", "v1", "linkage", "l1", "happened_on", "2026-03-01"),
		record(t, "visit", "v2", "linkage", "l1", "happened_on", "2026-09-01"),
		record(t, "visit", "v3", "linkage", "l2", "happened_on", "2026-10-01"),
	}})
	admission := func(pairs ...string) *model.Record {
		return record(t, "admission", "a", append([]string{"applied_on", "2020-01-01"}, pairs...)...)
	}
	scores := []string{"year", "2026", "leadership", "16", "team", "16", "mechanism", "16", "results", "16"}
	for _, c := range []struct {
		record *model.Record
		name   string
		want   string
	}{
		{record(t, "person", "p", "birth_date", "1970-11-01"), "age", "55"},
		{record(t, "person", "p"), "age", ""},
		{record(t, "person", "p", "joined_on", "1999-01-01", "confirmed_on", "2000-01-01"), "party_years", "26"},
		{record(t, "activity", "a", "attendance", "p1=到会;p2=到会;p3=请假-公务"), "due", "3"},
		{record(t, "activity", "a", "attendance", "p1=到会;p2=到会;p3=请假-公务"), "present", "2"},
		{record(t, "activity", "a", "attendance", "p1=到会;p2=到会;p3=请假-公务"), "absent", "1"},
		{record(t, "activity", "a"), "present", ""},
		{record(t, "linkage", "l1"), "visits", "2"},
		{record(t, "linkage", "l1"), "last_visit", "2026-09-01"},
		{record(t, "linkage", "l3"), "visits", "0"},
		{record(t, "linkage", "l3"), "last_visit", ""},
		{record(t, "assessment", "s", append(scores, "satisfaction", "16")...), "total", "80"},
		{record(t, "assessment", "s", append(scores, "satisfaction", "16")...), "result", "达标"},
		{record(t, "assessment", "s", append(scores, "satisfaction", "15")...), "result", "未达标"},
		{record(t, "assessment", "s", append(scores, "satisfaction", "20", "vetoes", "综治;信访")...), "result", "未达标(综治、信访)"},
		{record(t, "assessment", "s", "year", "2026"), "result", ""},
		{admission(), "stage", "入党申请人"},
		{admission("activist_on", "2020-06-01"), "stage", "入党积极分子"},
		{admission("candidate_on", "2021-06-01"), "stage", "发展对象"},
		{admission("accepted_on", "2021-12-01"), "stage", "待审批"},
		{admission("approved_on", "2022-01-01"), "stage", "预备党员"},
		{admission("approved_on", "2022-01-01", "confirm_result", "延长预备期", "confirm_approved_on", "2023-01-01"), "stage", "延长预备期"},
		{admission("confirm_approved_on", "2023-01-01", "confirm_result", "取消资格"), "stage", "已取消资格"},
		{admission("confirm_approved_on", "2023-01-01"), "stage", "已转正"},
		{admission("ended_on", "2020-05-01"), "stage", "已终止"},
	} {
		if got := c.record.Kind.DerivedValue(c.name).Value(env, c.record); got != c.want {
			t.Errorf("%s of %s is %q, want %q", c.name, c.record.Kind.Name, got, c.want)
		}
	}
}

func TestPacks(t *testing.T) {
	limits, err := model.NewPacks(packs.Default(), map[string]string{"assess.pass": "85"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		began model.Date
		want  int
	}{
		{"admission.notice.workdays", "2014-06-01", 0}, {"admission.notice.workdays", "2026-05-10", 0}, {"admission.notice.workdays", "2026-05-11", 5},
		{"admission.notice.workdays", "1990-01-01", 0}, // before the first edition, the first
		{"probation.months", "1969-03-31", 12}, {"probation.months", "1969-04-01", 0}, {"probation.months", "1977-08-11", 0},
		{"probation.months", "1977-08-12", 12}, {"probation.months", "1956-09-30", 6}, {"probation.months", "2026-01-01", 12},
		{"join.age", "1970-01-01", 18}, {"assess.pass", "2026-01-01", 85}, {"dues.farmer.max", "2026-01-01", 100},
	} {
		if got := limits.Limit(c.name, c.began).Int(); got != c.want {
			t.Errorf("%s on %s is %d, want %d", c.name, c.began, got, c.want)
		}
	}
	if s := limits.Limit("assess.pass", today).Source(); s != "本县(市)规定" {
		t.Errorf("the county's limit comes from %s", s)
	}
	if s := limits.Limit("admission.oath.months", today).Source(); s != "《中国共产党发展党员工作细则》(2026)第二十九条" {
		t.Errorf("the limit comes from %s", s)
	}
	for name, value := range map[string]string{"no.such": "1", "assess.pass": "很多", "probation.months": "6"} {
		if _, err := model.NewPacks(packs.Default(), map[string]string{name: value}); err == nil {
			t.Errorf("%s = %s is taken", name, value)
		}
	}
}
