package model_test

import (
	"slices"
	"testing"

	"taizhang/model"
)

// text is a field of the least that a field must say.
func text(name string) *model.Field {
	return &model.Field{Name: name, Label: name, Type: model.TypeText}
}

// refused makes a kind with one field x, wrong by a change, which no catalog may take.
func refused(t *testing.T, wrong map[string]func(k *model.Kind)) {
	t.Helper()
	for name, change := range wrong {
		t.Run(name, func(t *testing.T) {
			k := &model.Kind{Name: "a", Title: "甲", Sections: []model.Section{{Fields: []*model.Field{text("x")}}}, Label: []string{"x"}, Columns: []string{"x"}}
			change(k)
			defer func() {
				if recover() == nil {
					t.Error("a wrong declaration is taken")
				}
			}()
			model.NewCatalog(k)
		})
	}
}

// TestNewCatalogRefusesFields: a field declared wrongly is a fault of the program, found
// at once.
func TestNewCatalogRefusesFields(t *testing.T) {
	refused(t, map[string]func(k *model.Kind){
		"field twice":         func(k *model.Kind) { k.Sections[0].Fields = []*model.Field{text("x"), text("x")} },
		"reserved name":       func(k *model.Kind) { k.Sections[0].Fields = append(k.Sections[0].Fields, text("rev")) },
		"unknown target":      func(k *model.Kind) { k.Sections[0].Fields[0].Target = "b" },
		"no type":             func(k *model.Kind) { k.Sections[0].Fields[0].Type = nil },
		"no label of a field": func(k *model.Kind) { k.Sections[0].Fields[0].Label = "" },
		"preset of no record": func(k *model.Kind) { k.Sections[0].Fields[0].Preset = map[string]string{"x": "1"} },
		"default out of bounds": func(k *model.Kind) {
			f := k.Sections[0].Fields[0]
			f.Type, f.Default, f.Min, f.Max = model.TypeInt, "9", 1, 5
		},
		"unknown through":        func(k *model.Kind) { k.Sections[0].Fields[0].Through = "b" },
		"unknown view of target": func(k *model.Kind) { f := k.Sections[0].Fields[0]; f.Target, f.TargetView = "a", "旧的" },
		"unknown in preset": func(k *model.Kind) {
			f := k.Sections[0].Fields[0]
			f.Target, f.Preset = "a", map[string]string{"y": "1"}
		},
		"default of a moment":     func(k *model.Kind) { k.Sections[0].Fields[0].Default = "今天" },
		"default of home":         func(k *model.Kind) { k.Sections[0].Fields[0].Default = "本组织" },
		"default that is refused": func(k *model.Kind) { f := k.Sections[0].Fields[0]; f.Type, f.Default = model.TypeInt, "多" },
	})
}

// TestNewCatalogRefusesKinds: so is what a kind says of its fields.
func TestNewCatalogRefusesKinds(t *testing.T) {
	refused(t, map[string]func(k *model.Kind){
		"unknown column":  func(k *model.Kind) { k.Columns = []string{"y"} },
		"unknown sort":    func(k *model.Kind) { k.Sort = []string{"-y"} },
		"unknown in rule": func(k *model.Kind) { k.Rules = []model.Rule{{Code: "E", Field: "y"}} },
		"no columns":      func(k *model.Kind) { k.Columns = nil },
		"derived as a field": func(k *model.Kind) {
			k.Derived = []model.Derived{{Name: "x", Value: func(*model.Env, *model.Record) string { return "" }}}
		},
		"derived of nothing": func(k *model.Kind) { k.Derived = []model.Derived{{Name: "y"}} },
		"no label":           func(k *model.Kind) { k.Label = nil },
		"unknown in view": func(k *model.Kind) {
			k.Views = []model.View{{Name: "旧的", Where: func(model.Date) []model.Cond { return []model.Cond{model.Where("y", model.Empty)} }}}
		},
		"unknown unless":        func(k *model.Kind) { k.Unique = []model.Unique{{Fields: []string{"x"}, Unless: "y"}} },
		"unknown in order":      func(k *model.Kind) { k.Order = [][]string{{"x", "y"}} },
		"asked and stored":      func(k *model.Kind) { k.Asks = []*model.Field{text("x")} },
		"asked without a label": func(k *model.Kind) { k.Asks = []*model.Field{{Name: "y", Type: model.TypeText}} },
		"unknown in beginning":  func(k *model.Kind) { k.Begins = []model.Begin{{Words: "来了", Preset: map[string]string{"y": "1"}}} },
		"beginning with no choice": func(k *model.Kind) {
			k.Sections[0].Fields[0].Type, k.Sections[0].Fields[0].Choices = model.TypeChoice, []string{"甲"}
			k.Begins = []model.Begin{{Words: "来了", Preset: map[string]string{"x": "乙"}}}
		},
		"unknown table of due": func(k *model.Kind) { k.Due = []model.DueItem{{Code: "R", Table: "b"}} },
		"unknown in kept rule": func(k *model.Kind) { k.Kept = []model.Rule{{Code: "E", Field: "y"}} },
	})
}

func TestCatalogRefusesAKindTwice(t *testing.T) {
	mustPanic(t, "twice", func() { model.NewCatalog(kindClub, kindClub) }, "club twice")
}

// TestViews: the first view is the default; 全部 is there in any case.
func TestViews(t *testing.T) {
	for _, c := range []struct {
		kind, name, want string
		ok               bool
		conds            int
	}{
		{"neighbor", "", "在组", true, 1}, {"neighbor", "离组", "离组", true, 1}, {"neighbor", "全部", "全部", true, 0},
		{"neighbor", "没有", "", false, 0}, {"club", "", "全部", true, 0}, {"club", "全部", "全部", true, 0}, {"club", "在组", "全部", false, 0},
		{"meeting", "今年", "今年", true, 2},
	} {
		v, ok := made.Kind(c.kind).View(c.name)
		if v.Name != c.want || ok != c.ok || len(v.Conds(today)) != c.conds {
			t.Errorf("%s %q: %q, %v, %d conditions", c.kind, c.name, v.Name, ok, len(v.Conds(today)))
		}
	}
}

// TestReadyMadeViews: each takes the first and the last day of what it says, and not
// those beside them.
func TestReadyMadeViews(t *testing.T) {
	for _, c := range []struct {
		view   model.View
		fields []string // of a meeting
		day    model.Date
		want   bool
	}{
		{model.ViewThisYear("held_on"), []string{"held_on", "2026-01-01"}, "2026-12-31", true},
		{model.ViewThisYear("held_on"), []string{"held_on", "2026-12-31"}, "2026-01-01", true},
		{model.ViewThisYear("held_on"), []string{"held_on", "2025-12-31"}, "2026-01-01", false},
		{model.ViewThisYear("held_on"), []string{"held_on", "2027-01-01"}, "2026-12-31", false},
		{model.ViewThisYear("held_on"), nil, today, false},
		{model.ViewThisMonth("held_on"), []string{"held_on", "2024-02-01"}, "2024-02-29", true},
		{model.ViewThisMonth("held_on"), []string{"held_on", "2024-02-29"}, "2024-02-01", true},
		{model.ViewThisMonth("held_on"), []string{"held_on", "2024-01-31"}, "2024-02-01", false},
		{model.ViewThisMonth("held_on"), []string{"held_on", "2024-03-01"}, "2024-02-29", false},
		{model.ViewYear("本年", "year", 0), []string{"year", "2026"}, "2026-01-01", true},
		{model.ViewYear("本年", "year", 0), []string{"year", "2025"}, "2026-01-01", false},
		{model.ViewYear("上年", "year", 1), []string{"year", "2025"}, "2026-12-31", true},
		{model.ViewOpen("未开", "held_on"), nil, today, true},
		{model.ViewOpen("未开", "held_on"), []string{"held_on", "2026-01-01"}, today, false},
		{model.ViewEnded("已开", "held_on"), []string{"held_on", "2026-01-01"}, today, true},
		{model.ViewEnded("已开", "held_on"), nil, today, false},
		{model.ViewIs("村部", "place", "村部", "祠堂"), []string{"place", "祠堂"}, today, true},
		{model.ViewIs("村部", "place", "村部", "祠堂"), []string{"place", "河边"}, today, false},
		{model.ViewAll, nil, today, true},
	} {
		if got := model.Meets(record(t, "meeting", "m", c.fields...), c.view.Conds(c.day)); got != c.want {
			t.Errorf("%s on %s of %v: %v", c.view.Name, c.day, c.fields, got)
		}
	}
}

// TestLocked: a field that changes through another kind alone is free in a new record,
// and where that does not hold of the record on file.
func TestLocked(t *testing.T) {
	f := made.Kind("neighbor").MustField("status")
	member, waiting := record(t, "neighbor", "a", "status", "组员"), record(t, "neighbor", "b", "status", "候补")
	unsaved := member.Clone()
	member.Rev, waiting.Rev = 1, 1
	if !f.Locked(member) || f.Locked(waiting) || f.Locked(unsaved) || f.Locked(nil) || made.Kind("neighbor").MustField("name").Locked(member) {
		t.Error("what is locked")
	}
}

// TestReferrers: what refers to a kind, in the order of the catalog.
func TestReferrers(t *testing.T) {
	var got []string
	for _, r := range made.Referrers("neighbor") {
		got = append(got, r.Kind.Name+"."+r.Field.Name)
	}
	if want := []string{"meeting.attendance", "meeting.host", "meeting.guests", "stay.who"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if d := made.Kind("neighbor").DerivedValue("age"); d == nil || made.Kind("neighbor").DerivedValue("name") != nil {
		t.Error("derived values")
	}
}
