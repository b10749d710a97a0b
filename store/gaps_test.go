package store_test

import (
	"testing"

	"taizhang/model"
	"taizhang/store"
)

// TestGatherGaps: what lists left open is one line a kind, the fields with most first.
func TestGatherGaps(t *testing.T) {
	name := &model.Field{Name: "name", Label: "名称", Type: model.TypeText}
	day := &model.Field{Name: "day", Label: "日期", Type: model.TypeDate}
	k := &model.Kind{Name: "thing", Title: "东西", ListName: "物品册", Sections: []model.Section{{Fields: []*model.Field{name, day}}}}
	all := []store.Problem{
		{Kind: k, Finding: model.Finding{Field: "name", Gap: true}},
		{Kind: k, Finding: model.Finding{Field: "day", Gap: true}},
		{Kind: k, Finding: model.Finding{Field: "day"}},
		{Kind: k, Finding: model.Finding{Field: "day", Gap: true}},
	}
	rest, gaps := store.GatherGaps(all)
	if len(rest) != 1 || len(gaps) != 1 || len(gaps[0].Problems) != 3 {
		t.Fatalf("%d, %+v", len(rest), gaps)
	}
	if got := gaps[0].Tally.Text(k); got != "物品册待补 3 处:日期 2、名称 1" {
		t.Error(got)
	}
}
