package storetest

import (
	"context"
	"fmt"
	"testing"

	"taizhang/model"
	"taizhang/store"
)

// villager is a kind of people: names in pinyin, numbers that are found by a part.
func villager() *model.Kind {
	return &model.Kind{Name: "villager", Title: "村民", Label: []string{"name"}, LabelWidth: 8,
		Columns: []string{"name", "sex", "born", "phone", "came_on"}, Sort: []string{"name"},
		Sections: []model.Section{
			{Title: "本人", Fields: []*model.Field{
				{Name: "name", Label: "姓名", Type: model.TypeText, Required: true, Tight: true},
				{Name: "sex", Label: "性别", Type: model.TypeChoice, Required: true, Choices: []string{"男", "女"}},
				{Name: "card", Label: "证件号", Type: model.TypeIDNumber},
				{Name: "born", Label: "出生", Type: model.TypeDate},
			}},
			{Title: "在村", Fields: []*model.Field{
				{Name: "phone", Label: "电话", Type: model.TypePhone},
				{Name: "address", Label: "住址", Type: model.TypeText},
				{Name: "trade", Label: "从业", Type: model.TypeChoice, Choices: []string{"务农", "务工", "经商"},
					Bands: []model.Band{{Name: "不务农", Values: []string{"务工", "经商"}}}},
				{Name: "lives", Label: "居住", Type: model.TypeChoice, Default: "在村", Choices: []string{"在村", "外出"}},
				{Name: "came_on", Label: "来村日期", Type: model.TypeDate},
				{Name: "share", Label: "股金", Type: model.TypeMoney},
			}},
		},
		Derived: []model.Derived{
			model.YearsSince("age", "年龄", "born", model.Band{Name: "35岁及以下", To: 35}, model.Band{Name: "60岁以上", From: 60}),
			{Name: "crafts", Label: "手艺数", Width: 6, Type: model.TypeInt, Value: craftsOf},
			{Name: "call", Label: "称呼", Width: 8, Value: func(_ *model.Env, r *model.Record) string {
				return map[string]string{"男": "大叔", "女": "大婶"}[r.Str("sex")]
			}},
		},
		Order:  [][]string{{"born", "came_on"}},
		Unique: []model.Unique{{Fields: []string{"card"}}},
	}
}

// craftsOf counts what a villager is able to do: a value that looks other records up.
func craftsOf(env *model.Env, r *model.Record) string {
	all, err := env.Look.Find("craft", model.Where("villager", model.Eq, r.ID))
	if err != nil || len(all) == 0 {
		return ""
	}
	return fmt.Sprint(len(all))
}

// craft is what a villager is able to do: named by somebody else's name and its own.
func craft() *model.Kind {
	return &model.Kind{Name: "craft", Title: "手艺", Label: []string{"villager", "technique"}, Columns: []string{"villager", "technique"}, Sort: []string{"villager"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "villager", Label: "村民", Type: model.TypeRef, Target: "villager", Required: true},
			{Name: "technique", Label: "技术", Type: model.TypeText, Required: true, Suggest: true},
		}}},
	}
}

// outing is what all do together; the home organisation, which holds it, is no part of
// its name.
func outing() *model.Kind {
	return &model.Kind{Name: "outing", Title: "出工", Label: []string{"title", "held_on"}, Columns: []string{"title", "held_on"}, Sort: []string{"-held_on"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "title", Label: "名目", Type: model.TypeText, Required: true},
			{Name: "held_on", Label: "日期", Type: model.TypeDate, Default: "今天"},
			{Name: "place", Label: "地点", Type: model.TypeText},
			{Name: "held_by", Label: "组织", Type: model.TypeRef, Target: "organization", Default: "本组织"},
			{Name: "present", Label: "到场", Type: model.TypeRefs, Target: "villager"},
		}}},
		Views: []model.View{model.ViewThisYear("held_on"), model.ViewAll},
	}
}

var (
	surnames = []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜")
	givens   = []rune("建国志强秀英桂兰玉梅海涛文斌春燕红军伟芳敏静丽勇艳杰娟磊洋")
)

// Villager makes the n-th made-up villager, whose card says what the record says.
func Villager(tb testing.TB, l *store.Ledger, n int) *model.Record {
	tb.Helper()
	r, err := l.New(context.Background(), "villager")
	if err != nil {
		tb.Fatal(err)
	}
	born := model.Date("1950-01-01").AddDays(n % 18000)
	body := fmt.Sprintf("990101%s%03d", born[:4]+born[5:7]+born[8:], n/18000)
	sex := "女"
	if (body[16]-'0')%2 == 1 {
		sex = "男"
	}
	r.Set("name", string([]rune{surnames[n%len(surnames)], givens[n/7%len(givens)], givens[n/3%len(givens)]}))
	r.Set("sex", sex)
	r.Set("card", body+string(model.IDCheckChar(body)))
	r.Set("born", born)
	r.Set("phone", fmt.Sprintf("100%08d", n))
	r.Set("address", "石桥村"+fmt.Sprint(n%12+1)+"组")
	r.Set("trade", "务农")
	r.Set("came_on", born.AddYears(25))
	r.Set("share", int64(50))
	return r
}
