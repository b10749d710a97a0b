package model_test

import (
	"fmt"
	"slices"
	"testing"

	"taizhang/model"
)

// TestRecordSetFinds compares what a set finds with what Meets says of each record.
func TestRecordSetFinds(t *testing.T) {
	k := made.Kind("meeting")
	b := model.NewRecordSet()
	var all []*model.Record
	for i := range 60 {
		r := model.NewRecord(k)
		r.ID, r.OrgID = fmt.Sprintf("id%02d", i), fmt.Sprintf("org%d", i%2)
		r.Set("title", fmt.Sprintf("课%d", i%7))
		r.Set("held_on", fmt.Sprintf("2026-0%d-01", 1+i%5))
		if i%3 == 0 {
			r.Set("attendance", []model.Mark{{Target: fmt.Sprintf("p%d", i%4), State: "到"}, {Target: "p9", State: "到"}, {Target: "p9", State: "请假"}})
		}
		all = append(all, r)
		b.Add(r)
		b.Find("meeting", model.Where("title", model.Eq, "课1")) // an index made before the set was full
	}
	for _, conds := range [][]model.Cond{
		nil,
		{model.Where("id", model.Eq, "id07")},
		{model.Where("org_id", model.Eq, "org1"), model.Where("title", model.Eq, "课3")},
		{model.Where("title", model.In, "课3", "课4")},
		{model.Where("title", model.In)},
		{model.Where("title", model.Eq, "课9")},
		{model.Where("attendance", model.Eq, "p9")},
		{model.Where("attendance", model.Eq, "p3"), model.Where("held_on", model.Ge, "2026-02-01")},
		{model.Where("attendance", model.Empty), model.Where("title", model.Ne, "课2")},
	} {
		want := slices.DeleteFunc(slices.Clone(all), func(r *model.Record) bool { return !model.Meets(r, conds) })
		if got := b.Find("meeting", conds...); !slices.Equal(got, want) {
			t.Errorf("%v: %d records, want %d", conds, len(got), len(want))
		}
	}
	if b.Get("meeting", "id07") != all[7] || b.Get("meeting", "x") != nil || b.Get("neighbor", "id07") != nil || len(b.Records("meeting")) != 60 || b.Records("stay") != nil {
		t.Error("Get")
	}
}
