package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
)

// mustPanic runs fn, which must panic with a message that holds all the words.
func mustPanic(t *testing.T, what string, fn func(), words ...string) {
	t.Helper()
	defer func() {
		t.Helper()
		p := recover()
		if p == nil {
			t.Errorf("%s: no panic", what)
			return
		}
		for _, w := range words {
			if !strings.Contains(fmt.Sprint(p), w) {
				t.Errorf("%s: the panic says %q, not %q", what, p, w)
			}
		}
	}()
	fn()
}

// TestUnknownFieldPanics: a mistyped name is a fault at once, however it is used.
func TestUnknownFieldPanics(t *testing.T) {
	r := record(t, "neighbor", "p1", "name", "张三")
	env := testEnv(t, shelf{"neighbor": {r}})
	inMemory := model.NewRecordSet()
	inMemory.Add(r)
	wrong := model.Where("nmae", model.Eq, "张三")
	for what, fn := range map[string]func(){
		"Get":    func() { r.Get("nmae") },
		"Str":    func() { r.Str("nmae") },
		"Date":   func() { r.Date("nmae") },
		"Month":  func() { r.Month("nmae") },
		"Int":    func() { r.Int("nmae") },
		"Bool":   func() { r.Bool("nmae") },
		"List":   func() { r.List("nmae") },
		"Roll":   func() { r.Roll("nmae") },
		"Filled": func() { r.Filled("nmae") },
		"Is":     func() { r.Is("nmae", "张三") },
		"Text":   func() { r.Text("nmae") },
		"Masked": func() { r.Masked("nmae") },
		"Set":    func() { r.Set("nmae", "李四") },
		"Meets":  func() { model.Meets(r, []model.Cond{wrong}) },
		"Meets, decided before": func() {
			model.Meets(r, []model.Cond{model.Where("name", model.Empty), wrong})
		},
		"Find in memory":     func() { inMemory.Find("neighbor", wrong) },
		"Find, with nothing": func() { inMemory.Find("neighbor", model.Where("name", model.Eq, "李四"), wrong) },
		"Find of an exam":    func() { (&model.Exam{Env: env}).Find("neighbor", wrong) },
		"finding": func() {
			k := &model.Kind{Name: "a", Title: "甲", Sections: []model.Section{{Fields: []*model.Field{{Name: "nmea", Label: "x", Type: model.TypeText}}}},
				Label: []string{"nmea"}, Columns: []string{"nmea"},
				Rules: []model.Rule{{Code: "E", Check: func(x *model.Exam) { x.SayAt("nmae", "不对") }}}}
			model.NewCatalog(k)
			_, _ = model.Check(env, model.NewRecord(k), nil)
		},
	} {
		kind := "neighbor"
		if what == "finding" {
			kind = "a"
		}
		mustPanic(t, what, fn, kind+" has no field nmae")
	}
}

// TestAskedFieldIsHeld: what a form asks for and the record does not store is read like
// a field, but no condition can be on it.
func TestAskedFieldIsHeld(t *testing.T) {
	k := &model.Kind{Name: "a", Title: "甲", Label: []string{"x"}, Columns: []string{"x"},
		Sections: []model.Section{{Fields: []*model.Field{{Name: "x", Label: "子", Type: model.TypeText}}}},
		Asks:     []*model.Field{{Name: "to", Label: "去向", Type: model.TypeText}, {Name: "far", Label: "远", Type: model.TypeBool}}}
	model.NewCatalog(k)
	r := model.NewRecord(k)
	if r.Filled("to") || r.Str("to") != "" || r.Text("to") != "" || r.Get("far") != false {
		t.Error("an empty asked field is not empty")
	}
	r.Set("to", "省外")
	if r.Text("to") != "省外" || !r.Is("to", "省外") {
		t.Errorf("%q", r.Text("to"))
	}
	mustPanic(t, "condition", func() { model.Meets(r, []model.Cond{model.Where("to", model.Filled)}) }, "a has no field to")
}

// TestNamesOfAnotherKind: a copy of a catalogued kind with other fields has its own.
func TestNamesOfAnotherKind(t *testing.T) {
	text := func(name string) *model.Field { return &model.Field{Name: name, Label: name, Type: model.TypeText} }
	first := &model.Kind{Name: "a", Title: "甲", Label: []string{"x"}, Columns: []string{"x"}, Sections: []model.Section{{Fields: []*model.Field{text("x")}}}}
	model.NewCatalog(first)
	copied := *first
	copied.Sections = []model.Section{{Fields: []*model.Field{text("x"), text("y")}}}
	for _, when := range []string{"before", "after"} {
		if copied.Field("y") == nil || first.Field("y") != nil || copied.Field("x") == first.Field("x") {
			t.Errorf("%s the catalog: the copy has the other's fields", when)
		}
		model.NewCatalog(&copied)
	}
}

// TestFindField: a name from a command line gives an error for the person.
func TestFindField(t *testing.T) {
	k := made.Kind("neighbor")
	for _, name := range []string{"born", "出生日期"} {
		if f, err := k.FindField(name); err != nil || f.Name != "born" {
			t.Errorf("%s: %v, %v", name, f, err)
		}
	}
	_, err := k.FindField("鞋码\x1b")
	var e *model.Error
	if !errors.As(err, &e) || e.Code != "E-FIELD" || e.Message != "邻居没有“鞋码”这一项,请用登记表里的项目名" {
		t.Errorf("%v", err)
	}
}

// TestReadAsWhatItIsNot: a number read as a text would be empty in every record.
func TestReadAsWhatItIsNot(t *testing.T) {
	r := record(t, "meeting", "a1", "title", "下棋", "hours", "4", "attendance", "p1=到", "themes", "下棋")
	for what, fn := range map[string]func(){
		"Str":  func() { r.Str("hours") },
		"Date": func() { r.Date("hours") },
		"Is":   func() { r.Is("hours", "4") },
		"Int":  func() { r.Int("title") },
		"Bool": func() { r.Bool("title") },
		"List": func() { r.List("attendance") },
		"Roll": func() { r.Roll("themes") },
	} {
		mustPanic(t, what, fn, "model: meeting.", "is read as", "holds")
	}
}

// TestUsualWidth: a reference is as wide as the kind referred to says, in whatever
// catalog that is.
func TestUsualWidth(t *testing.T) {
	catalog := func(width int) *model.Kind {
		to := &model.Kind{Name: "b", Title: "乙", Label: []string{"x"}, Columns: []string{"x"}, LabelWidth: width,
			Sections: []model.Section{{Fields: []*model.Field{{Name: "x", Label: "子", Type: model.TypeText}}}}}
		from := &model.Kind{Name: "a", Title: "甲", Label: []string{"x"}, Columns: []string{"x"},
			Sections: []model.Section{{Fields: []*model.Field{{Name: "x", Label: "子", Type: model.TypeRef, Target: "b"}}}}}
		model.NewCatalog(from, to)
		return from
	}
	for width, want := range map[int]int{0: 16, 8: 8} {
		k := catalog(width)
		if got := k.UsualWidth(k.Field("x")); got != want {
			t.Errorf("a label of %d: %d, want %d", width, got, want)
		}
	}
	m := made.Kind("meeting")
	for name, want := range map[string]int{"host": 8, "held_by": 16, "held_on": 10, "for_code": 16} {
		if got := m.UsualWidth(m.Field(name)); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// TestKindIsFound: by name or title; else the one best known stands as the example.
func TestKindIsFound(t *testing.T) {
	for _, name := range []string{"neighbor", "邻居"} {
		if k, err := made.Find(name); err != nil || k.Name != "neighbor" {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := made.Find("邻")
	var e *model.Error
	if !errors.As(err, &e) || e.Code != "E-KIND" || e.Message != "没有“邻”这种记录,请用记录的代号或名称,例如 neighbor 或 邻居" {
		t.Errorf("%v", err)
	}
}
