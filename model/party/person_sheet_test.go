package party_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
)

func TestFillPerson(t *testing.T) {
	fill := party.Kinds.Kind("person").Fill
	for _, c := range []struct {
		name             string
		set              []string
		changed          string
		filled           string
		birth, sexFilled string
	}{
		{"both empty", []string{"id_number", "11010519491231002X"}, "id_number", "birth_date sex", "1949-12-31", "女"},
		{"a birth date is there", []string{"id_number", "11010519491231002X", "birth_date", "1949-12-01"}, "id_number", "sex", "1949-12-01", "女"},
		{"another field", []string{"id_number", "11010519491231002X"}, "name", "", "", ""},
		{"half a number", []string{"id_number", "1101051949"}, "id_number", "", "", ""},
		{"a wrong check digit", []string{"id_number", "110105194912310021"}, "id_number", "birth_date sex", "1949-12-31", "女"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := record(t, "person", "", c.set...)
			got := strings.Join(fill(testEnv(t, nil), r, c.changed), " ")
			if got != c.filled || r.Str("birth_date") != c.birth || r.Str("sex") != c.sexFilled {
				t.Errorf("filled %q: %s %s", got, r.Str("birth_date"), r.Str("sex"))
			}
		})
	}
}

func TestInferMembership(t *testing.T) {
	infer := party.Kinds.Kind("person").Infer
	for _, c := range []struct {
		name    string
		set     []string
		column  bool // the sheet has a column for the sort of person
		status  string
		warns   bool
		refused bool
	}{
		{"a column", []string{"joined_on", "2000-01-01"}, true, "", false, false},
		{"confirmed", []string{"joined_on", "2000-01-01", "confirmed_on", "2001-01-01"}, false, "正式党员", false, false},
		{"confirmed only", []string{"confirmed_on", "2001-01-01"}, false, "正式党员", false, false},
		{"joined a year back", []string{"joined_on", "2025-10-31"}, false, "预备党员", false, false},
		{"joined a day less than two years back", []string{"joined_on", "2024-11-01"}, false, "预备党员", false, false},
		{"joined two years back", []string{"joined_on", "2024-10-31"}, false, "正式党员", true, false},
		{"neither", nil, false, "", false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := record(t, "person", "", c.set...)
			warning, err := infer(testEnv(t, nil), r, func(f string) bool { return f == "status" && !c.column })
			if (err != nil) != c.refused || (warning != "") != c.warns || r.Str("status") != c.status {
				t.Errorf("status %q, warning %q, %v", r.Str("status"), warning, err)
			}
		})
	}
}

func TestMatchPerson(t *testing.T) {
	const one, two = "990101197003150016", "990101198507200026"
	onFile := func(t *testing.T) shelf {
		return shelf{"person": {
			record(t, "person", "withID", "name", "张三", "birth_date", "1970-03-15", "id_number", one),
			record(t, "person", "noID", "name", "李四", "birth_date", "1985-07-20"),
		}}
	}
	for _, c := range []struct {
		name string
		set  []string
		want string
	}{
		{"the same number, another name", []string{"name", "张叁", "birth_date", "1970-03-15", "id_number", one}, "withID"},
		{"name and birth date, no number in the sheet", []string{"name", "张三", "birth_date", "1970-03-15"}, "withID"},
		{"name and birth date, no number on file", []string{"name", "李四", "birth_date", "1985-07-20", "id_number", two}, "noID"},
		{"name and birth date, two numbers", []string{"name", "张三", "birth_date", "1970-03-15", "id_number", two}, ""},
		{"the name alone", []string{"name", "张三", "birth_date", "1971-03-15"}, ""},
		{"no birth date", []string{"name", "李四"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			same, err := party.Kinds.Kind("person").Match(testEnv(t, onFile(t)), record(t, "person", "", c.set...))
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, r := range same {
				ids = append(ids, r.ID)
			}
			if got := strings.Join(ids, " "); got != c.want {
				t.Errorf("matches %q, want %q", got, c.want)
			}
		})
	}
}

func TestOpenMembership(t *testing.T) {
	follow := party.Kinds.Kind("person").Follow
	member := []string{"name", "张三", "status", "正式党员", "standing", "在册"}
	for _, c := range []struct {
		name  string
		set   []string
		how   model.Origin
		old   bool
		past  bool // a movement is on file
		opens bool
	}{
		{"a new member from a sheet", member, model.FromSheet, false, false, true},
		{"a new member from the form in the first month", member, model.FromForm, false, false, true},
		{"a new member from the form in a later month", member, model.FromForm, false, true, false},
		{"a member changed in the form", member, model.FromForm, true, false, false},
		{"one recorded with all that follows", member, model.AsRecorded, false, false, false},
		{"an activist from a sheet", []string{"status", "入党积极分子", "standing", "在册"}, model.FromSheet, false, false, false},
		{"one who has left", []string{"status", "正式党员", "standing", "转出"}, model.FromSheet, false, false, false},
		{"a member updated, without an opening", member, model.FromSheet, true, false, true},
		{"a member updated, opened before", member, model.FromSheet, true, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			look := shelf{}
			if c.past {
				look["movement"] = []*model.Record{record(t, "movement", "m1", "person", "p1", "kind", "期初在册", "happened_on", "2026-09-01")}
			}
			saved := record(t, "person", "p1", c.set...)
			var old *model.Record
			if c.old {
				old = saved.Clone()
			}
			also, err := follow(testEnv(t, look), old, saved, c.how)
			if err != nil || (len(also) == 1) != c.opens {
				t.Fatalf("%d records follow, %v", len(also), err)
			}
			if !c.opens {
				return
			}
			m := also[0]
			if m.Kind.Name != "movement" || m.Str("person") != "p1" || m.Str("kind") != "期初在册" || m.Date("happened_on") != "2026-09-30" || m.OrgID != "home" {
				t.Errorf("the opening is %s %s %s", m.Str("kind"), m.Str("person"), m.Date("happened_on"))
			}
			all, err := model.Check(testEnv(t, shelf{"person": {saved}}), m, nil)
			if err != nil || len(all) > 0 {
				t.Errorf("the opening is not right: %+v, %v", all, err)
			}
		})
	}
}

func TestProtectHome(t *testing.T) {
	env := testEnv(t, nil)
	protect := party.Kinds.Kind("organization").Protect
	if protect(env, env.Home) == nil {
		t.Error("the home organisation may be deleted")
	}
	if err := protect(env, record(t, "organization", "group", "name", "第一党小组")); err != nil {
		t.Errorf("a group may not be deleted: %v", err)
	}
}

func TestPersonViews(t *testing.T) {
	person := func(id string, pairs ...string) *model.Record {
		return record(t, "person", id, append([]string{"status", "正式党员", "standing", "在册", "birth_date", "1970-01-01"}, pairs...)...)
	}
	all := []*model.Record{
		person("full"), person("probate", "status", "预备党员"), person("away", "away", "跨省"), person("poor", "hardship", "是"),
		person("leader", "both_leader", "是"), person("turns36today", "birth_date", "1990-10-31"), person("turns36tomorrow", "birth_date", "1990-11-01"),
		person("turns60today", "birth_date", "1966-10-31"), person("turns60tomorrow", "birth_date", "1966-11-01"),
		person("activist", "status", "入党积极分子"), person("able", "status", "群众", "able_person", "是"),
		person("guest", "standing", "组织关系在外"), person("dead", "standing", "去世"),
	}
	for view, want := range map[string]string{
		"预备党员": "probate", "流动党员": "away", "困难党员": "poor", "双带党员": "leader", "35岁及以下": "turns36tomorrow",
		"60岁以上": "turns60today", "积极分子与申请人": "activist", "经济能人": "able", "组织关系在外": "guest", "已离开": "dead",
	} {
		v, ok := party.Kinds.Kind("person").View(view)
		if !ok {
			t.Errorf("no view %s", view)
			continue
		}
		var ids []string
		for _, r := range all {
			if model.Meets(r, v.Conds(today)) {
				ids = append(ids, r.ID)
			}
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s shows %q, want %q", view, got, want)
		}
	}
	v, _ := party.Kinds.Kind("person").View("")
	if v.Name != "在册党员" {
		t.Errorf("the default view is %s", v.Name)
	}
	if n := len(slices.DeleteFunc(slices.Clone(all), func(r *model.Record) bool { return !model.Meets(r, v.Conds(today)) })); n != 9 {
		t.Errorf("%d members, want 9", n)
	}
}
