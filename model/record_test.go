package model_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/model"
)

// TestNew: a new record begins with the defaults; what a sheet does not date did not
// happen today.
func TestNew(t *testing.T) {
	env := testEnv(t, nil)
	m := model.New(env, made.Kind("meeting"))
	if m.Date("held_on") != today || m.Month("month") != "2026-10" || m.Int("year") != 2026 || m.Str("held_by") != "home" ||
		m.Str("for_code") != "990101001" || m.Str("place") != "村部" || m.Filled("title") {
		t.Errorf("a new meeting: %s %s %d %s %s %s", m.Date("held_on"), m.Month("month"), m.Int("year"), m.Str("held_by"), m.Str("for_code"), m.Str("place"))
	}
	if p := model.New(env, made.Kind("neighbor")); !p.Bool("able") || p.Bool("poor") || p.Filled("status") {
		t.Error("a new neighbour")
	}
	s := model.NewFromSheet(env, made.Kind("meeting"))
	if s.Filled("held_on") || s.Filled("month") || s.Filled("year") || s.Str("held_by") != "home" || s.Str("place") != "村部" {
		t.Error("a row of a sheet is dated today")
	}
	env.Home = nil
	if m := model.New(env, made.Kind("meeting")); m.Filled("held_by") || m.Filled("for_code") {
		t.Error("held by nobody's club")
	}
}

// TestNewPanics: a default that was not checked by a catalog is found when it is used.
func TestNewPanics(t *testing.T) {
	k := &model.Kind{Name: "a", Title: "甲", Label: []string{"n"}, Columns: []string{"n"},
		Sections: []model.Section{{Fields: []*model.Field{{Name: "n", Label: "数", Type: model.TypeInt, Default: "很多"}}}}}
	mustPanic(t, "default", func() { model.New(testEnv(t, nil), k) }, "default of a.n")
}

// TestSet: what is empty is kept as nothing, of whatever type it is.
func TestSet(t *testing.T) {
	r := record(t, "meeting", "m")
	for field, values := range map[string][2]model.Value{
		"title":      {"下棋", ""},
		"held_on":    {today, model.Date("")},
		"month":      {today.Month(), model.Month("")},
		"hours":      {3, nil},
		"themes":     {[]string{"下棋"}, []string{}},
		"attendance": {[]model.Mark{{Target: "p1", State: "到"}}, []model.Mark{}},
	} {
		r.Set(field, values[0])
		if !r.Filled(field) {
			t.Errorf("%s is empty with %v", field, values[0])
		}
		if err := r.Kind.MustField(field).Type.Check(r.Kind.MustField(field), r.Get(field)); err != nil {
			t.Errorf("%s: %v", field, err)
		}
		r.Set(field, values[1])
		if r.Filled(field) {
			t.Errorf("%s holds %v", field, r.Get(field))
		}
	}
}

func TestCloneAndDiff(t *testing.T) {
	a := record(t, "meeting", "a1", "title", "下棋", "themes", "下棋;读书", "attendance", "p1=到;p2=到")
	b := a.Clone()
	if d := model.Diff(a, b); len(d) > 0 {
		t.Errorf("a copy differs in %v", d)
	}
	b.Roll("attendance")[0].State = "缺"
	b.List("themes")[0] = "唱歌"
	if a.Roll("attendance")[0].State != "到" || a.List("themes")[0] != "下棋" {
		t.Error("a copy shares its lists")
	}
	b.Set("place", "村部")
	if d := strings.Join(model.Diff(a, b), " "); d != "themes attendance place" {
		t.Errorf("differs in %s", d)
	}
	set(t, b, "attendance", "p2=到;p1=到")
	if slices.Contains(model.Diff(a, b), "attendance") {
		t.Error("a roll is a set: its order does not count")
	}
}

// TestLabel: a record is named by the texts of its label's fields, as far as they are known.
func TestLabel(t *testing.T) {
	m := record(t, "meeting", "m", "title", "下棋")
	if got := m.Label(); got != "下棋" {
		t.Errorf("%q", got)
	}
	m.Set("host", "p1")
	m.Names = map[string]string{"p1": "张三"}
	if got := m.Label(); got != "下棋 张三" || m.Name("p1") != "张三" || m.Name("p2") != "" {
		t.Errorf("%q", got)
	}
	m.Names = nil
	if got := m.Label(); got != "下棋 (已删除)" {
		t.Errorf("%q", got)
	}
}
