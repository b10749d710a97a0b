package demo_test

import (
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store/demo"
)

// TestTheVillageUsesWhatCame: what the schema's second version brought stands in the
// made-up village, a field with any value or a choice among them.
func TestTheVillageUsesWhatCame(t *testing.T) {
	t.Parallel()
	l, _ := mustVillage(t, demo.Options{})
	b := readBook(t, l)
	for _, x := range []struct{ kind, field, choice string }{
		{"organization", "products", ""}, {"person", "dues_approval", ""}, {"person", "training_need", ""}, {"movement", "from_code", ""},
		{"admission", "source", "技术能手"}, {"election", "recommended_members", ""}, {"election", "recommended_masses", ""},
		{"election", "screened_on", ""}, {"election", "notice_from", ""}, {"election", "notice_to", ""}, {"dues", "method", "流入地交"},
		{"goal", "kind", "联席会任务"}, {"goal", "unit", ""}, {"assessment", "hearing", ""}, {"assessment", "reward", ""},
		{"pairing", "kind", "先富帮贫"}, {"training", "organizer_kind", "组织部门"}, {"training", "organizer_kind", "党校农校"},
		{"training", "materials", ""}, {"skill", "field", "林果"}, {"skill", "field", "水产"}, {"cultivation", "path", "经济能人培养成村组干部"},
		{"honor", "reward", ""},
	} {
		used := func(r *model.Record) bool { return r.Filled(x.field) && (x.choice == "" || r.Is(x.field, x.choice)) }
		if !slices.ContainsFunc(b[x.kind], used) {
			t.Errorf("no %s with %s %s", x.kind, x.field, x.choice)
		}
	}
	for _, g := range b["goal"] {
		if g.Is("kind", "联席会任务") && !g.Filled("unit") {
			t.Errorf("the joint meeting's task %q is of no unit", g.Str("title"))
		}
	}
	films := b.by("supply", "item")["科技片"]
	for _, c := range b["training"] {
		for _, id := range c.List("materials") {
			i := slices.IndexFunc(films, func(f *model.Record) bool { return f.ID == id })
			if i < 0 || films[i].Date("received_on") > c.Date("started_on") {
				t.Errorf("%s of %s shows what was not there", c.Str("title"), c.Date("started_on"))
			}
		}
	}
}
