package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
)

// Everything is a catalog of its own: a kind with every field type, one whose label
// is another's, and nothing of the thirty-six.
func Everything() *model.Catalog {
	org := &model.Kind{Name: "organization", Title: "党组织", Label: []string{"name"}, Columns: []string{"code", "name"}, Sort: []string{"name"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "code", Label: "组织代码", Type: model.TypeText, Required: true},
			{Name: "name", Label: "名称", Type: model.TypeText, Required: true},
		}}},
		Unique: []model.Unique{{Fields: []string{"code"}}},
	}
	thing := &model.Kind{Name: "thing", Title: "物品", Label: []string{"title"}, Columns: []string{"title"}, Sort: []string{"title"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "title", Label: "名称", Type: model.TypeText},
			{Name: "remark", Label: "备注", Type: model.TypeNote},
			{Name: "phone", Label: "电话", Type: model.TypePhone},
			{Name: "number", Label: "证号", Type: model.TypeIDNumber},
			{Name: "day", Label: "日期", Type: model.TypeDate},
			{Name: "month", Label: "月份", Type: model.TypeMonth},
			{Name: "year", Label: "年度", Type: model.TypeYear},
			{Name: "count", Label: "数量", Type: model.TypeInt},
			{Name: "price", Label: "金额", Type: model.TypeMoney},
			{Name: "good", Label: "完好", Type: model.TypeBool},
			{Name: "color", Label: "颜色", Type: model.TypeChoice, Choices: []string{"红", "黄", "绿"}},
			{Name: "uses", Label: "用途", Type: model.TypeChoices, Choices: []string{"甲", "乙", "丙"}},
			{Name: "part_of", Label: "属于", Type: model.TypeRef, Target: "thing"},
			{Name: "near", Label: "邻近", Type: model.TypeRefs, Target: "thing"},
			{Name: "roll", Label: "登记", Type: model.TypeRoll, Target: "thing", Choices: []string{"在", "缺"}},
			{Name: "unit", Label: "单位", Type: model.TypeOrgCode},
			{Name: "ended", Label: "结束", Type: model.TypeDate},
		}}},
		Unique: []model.Unique{{Fields: []string{"phone", "month"}, Unless: "ended", Text: "这个月这部电话已登记,请改那一条"}},
	}
	loan := &model.Kind{Name: "loan", Title: "借用", Label: []string{"what", "day"}, Columns: []string{"what", "day"}, Sort: []string{"-day"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "what", Label: "物品", Type: model.TypeRef, Target: "thing", Required: true},
			{Name: "day", Label: "日期", Type: model.TypeDate},
			{Name: "back", Label: "归还", Type: model.TypeDate},
		}}},
		Order: [][]string{{"day", "back"}},
	}
	remark := &model.Kind{Name: "remark", Title: "评语", Label: []string{"loan"}, Columns: []string{"loan"}, Sort: []string{"loan"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "loan", Label: "借用", Type: model.TypeRef, Target: "loan"},
			{Name: "text", Label: "内容", Type: model.TypeText},
		}}},
	}
	return model.NewCatalog(org, thing, loan, remark)
}

func CreateEverything(tb testing.TB) *store.Ledger {
	tb.Helper()
	return Create(tb, filepath.Join(tb.TempDir(), "ledger.db"), store.Options{Book: book.Of(Everything()), Source: Clock(1), By: "测试"})
}

// Save saves records and fails the test when that fails.
func Save(tb testing.TB, l *store.Ledger, recs ...*model.Record) store.Saved {
	tb.Helper()
	s, err := l.Save(context.Background(), model.FromForm, recs...)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// Record makes a record of a kind with values as people type them.
func Record(tb testing.TB, l *store.Ledger, kind string, pairs ...string) *model.Record {
	tb.Helper()
	r, err := l.New(context.Background(), kind)
	if err != nil {
		tb.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		if f.Target != "" && !f.Linked() {
			r.Set(f.Name, pairs[i+1])
			continue
		}
		v, err := f.Type.Parse(f, pairs[i+1])
		if err != nil {
			tb.Fatal(err)
		}
		r.Set(f.Name, v)
	}
	return r
}

// RandomThings saves things whose fields are filled at random, often alike and
// often empty, some of them in the recycle bin. They are given as they are on file.
func RandomThings(tb testing.TB, l *store.Ledger, n int, rnd *rand.Rand) []*model.Record {
	tb.Helper()
	k := l.Kinds().Kind("thing")
	var ids []string
	for i := range n {
		r := model.NewRecord(k)
		for _, f := range k.Fields() {
			if f.Name == "phone" || rnd.IntN(3) == 0 {
				continue
			}
			r.Set(f.Name, RandomValue(f, ids, rnd))
		}
		r.Set("phone", fmt.Sprintf("100%08d", i/2))
		if i%2 == 0 {
			r.Set("phone", nil)
		}
		Save(tb, l, r)
		ids = append(ids, r.ID)
	}
	for _, id := range ids[:n/10] {
		if err := l.Delete(context.Background(), "thing", id); err != nil {
			tb.Fatal(err)
		}
	}
	var all []*model.Record
	for _, id := range ids {
		r, err := l.Get(context.Background(), "thing", id)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func RandomValue(f *model.Field, ids []string, rnd *rand.Rand) model.Value {
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	some := func(list []string) []string {
		var chosen []string
		for _, s := range list {
			if rnd.IntN(3) == 0 && len(chosen) < 3 {
				chosen = append(chosen, s)
			}
		}
		return chosen
	}
	switch f.Type {
	case model.TypeBool:
		return rnd.IntN(2) == 0
	case model.TypeYear:
		return int64(2020 + rnd.IntN(4))
	case model.TypeInt:
		return int64(rnd.IntN(12))
	case model.TypeMoney:
		return int64(rnd.IntN(5)) * 1050
	case model.TypeDate:
		return string(model.Date("2025-12-28").AddDays(rnd.IntN(9)))
	case model.TypeMonth:
		return pick("2025-11", "2025-12", "2026-01")
	case model.TypeChoice:
		return pick(f.Choices...)
	case model.TypeChoices:
		return some(f.Choices)
	case model.TypeIDNumber:
		return pick("99010119900101001X", "990101199001010028", "990101198501010036")
	case model.TypeOrgCode:
		return pick("990101001")
	case model.TypeRef:
		if len(ids) == 0 {
			return nil
		}
		return pick(ids...)
	case model.TypeRefs:
		return some(ids)
	case model.TypeRoll:
		var marks []model.Mark
		for _, id := range some(ids) {
			marks = append(marks, model.Mark{Target: id, State: pick(f.Choices...)})
		}
		return marks
	case model.TypeNote:
		return pick("第一行\n第二行", "ABC def", "100%", "下_划线", "反\\斜线")
	}
	return pick("锄头", "铁锹", "水泵", "A型 水管", "100%棉", "a_b", "收音机", "银杏", "重庆 火锅")
}
