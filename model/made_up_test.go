package model_test

import (
	"fmt"
	"testing"

	"taizhang/model"
)

// today is the day of the tests.
const today = model.Date("2026-10-31")

// made is the catalog of these tests, of a village's club: it has a field of every type.
var made = model.NewCatalog(kindClub, kindNeighbor, kindMeeting, kindStay)

var kindClub = &model.Kind{
	Name: "club", Title: "兴趣小组", Group: "小组", Label: []string{"name"}, Columns: []string{"name", "code"}, Sort: []string{"code"},
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "code", Label: "代码", Type: model.TypeText, Required: true},
		{Name: "name", Label: "名称", Type: model.TypeText, Required: true},
	}}},
}

var kindNeighbor = &model.Kind{
	Name: "neighbor", Title: "邻居", Group: "小组", LabelWidth: 8, Label: []string{"name"}, Columns: []string{"name", "age", "born"}, Sort: []string{"name"},
	Sections: []model.Section{
		{Title: "本人", Fields: []*model.Field{
			{Name: "name", Label: "姓名", Type: model.TypeText, Required: true, Tight: true},
			{Name: "sex", Label: "性别", Type: model.TypeChoice, Choices: []string{"男", "女"}, Codes: []model.Code{{Code: "1", Name: "男性", Value: "男"}, {Code: "2", Name: "女性", Value: "女"}}},
			{Name: "card", Label: "证件号", Type: model.TypeIDNumber},
			{Name: "born", Label: "出生日期", Type: model.TypeDate},
			{Name: "school", Label: "学历", Type: model.TypeChoice, Choices: []string{"小学", "中专", "技校", "本科"},
				Codes: []model.Code{{Code: "40", Name: "中等职业", Value: "中专"}, {Code: "47", Name: "技工学校", Value: "技校"}, {Name: "大学", Value: "本科"}}},
		}},
		{Title: "在组", Fields: []*model.Field{
			{Name: "status", Label: "类别", Type: model.TypeChoice, Choices: []string{"组员", "候补"}, Through: "stay",
				ThroughWhen: func(old *model.Record) bool { return old.Is("status", "组员") },
				Codes:       []model.Code{{Code: "01", Name: "正式组员", Value: "组员"}, {Code: "02", Name: "候补组员", Value: "候补"}}},
			{Name: "joined", Label: "入组日期", Type: model.TypeDate},
			{Name: "left", Label: "离组日期", Type: model.TypeDate},
			{Name: "away", Label: "外出", Type: model.TypeChoice, Choices: []string{"近处", "远方"}},
			{Name: "phone", Label: "电话", Type: model.TypePhone},
			{Name: "fee", Label: "会费", Type: model.TypeMoney},
			{Name: "poor", Label: "困难", Type: model.TypeBool},
			{Name: "able", Label: "能劳动", Type: model.TypeBool, Default: "是"},
		}},
	},
	Unique: []model.Unique{{Fields: []string{"card"}, Code: "E-CARD", Text: "这个证件号已经登记"}, {Fields: []string{"name", "born"}, Unless: "left"}},
	Order:  [][]string{{"born", "joined", "left"}},
	Derived: []model.Derived{{Name: "age", Label: "年龄", Width: 4, Value: func(env *model.Env, r *model.Record) string {
		return fmt.Sprint(r.Date("born").YearsAt(env.Today))
	}}},
	Views: []model.View{model.ViewOpen("在组", "left"), model.ViewEnded("离组", "left"), model.ViewIs("组员", "status", "组员"), model.ViewAll},
	Rules: []model.Rule{
		model.Needs("E-AWAY", "left", "away", "远方", "去了远方,请填离组日期"),
		model.NeedsOneOf("E-REACH", "电话和外出至少填一项", "phone", "away"),
		{Code: "W-AGE", Severity: model.Warning, Field: "joined", Text: "年满入组", Source: model.SourceOwn, Limits: []string{"join.age"}, Check: joinAge},
	},
	Kept: []model.Rule{{Code: "E-CARD", Severity: model.Fault, Field: "card", Text: "一个证件号只登记一人", Source: model.SourceOwn}},
	Due: []model.DueItem{{Code: "R-BACK", Text: "外出的要回访", Line: "%d 人外出要回访", Source: model.SourceOwn, Limits: []string{"visit.days"},
		Find: func(x *model.DueExam) {
			l := x.Limit("visit.days")
			for _, p := range away(x) {
				x.Until(l, p, p.Date("joined").AddDays(l.Int()), 10, "回访%s", p.Str("name"))
			}
		}}},
}

// joinAge tells by the limit that held on the day of joining.
func joinAge(x *model.Exam) {
	joined := x.Record.Date("joined")
	if joined == "" || !x.Record.Filled("born") {
		return
	}
	l := x.Packs.Limit("join.age", joined)
	if x.Record.Date("born").YearsAt(joined) < l.Int() {
		x.SayOf(l, "入组时不满 %d 岁", l.Int())
		x.SayAtOf("born", l, "请核对出生日期")
		x.Warn("也可能是%s写错了", "入组日期")
	}
}

// away gives those who are away, once for all items that ask.
func away(x *model.DueExam) []*model.Record {
	return model.Once(x, "away", func() []*model.Record { return x.Find("neighbor", model.Where("away", model.Filled)) })
}

var kindMeeting = &model.Kind{
	Name: "meeting", Title: "聚会", Group: "活动", Label: []string{"title", "host"}, Columns: []string{"title", "held_on"}, Sort: []string{"-held_on"},
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "title", Label: "名目", Type: model.TypeText, Required: true},
		{Name: "held_on", Label: "日期", Type: model.TypeDate, Default: "今天"},
		{Name: "month", Label: "月份", Type: model.TypeMonth, Default: "本月"},
		{Name: "year", Label: "年度", Type: model.TypeYear, Default: "本年"},
		{Name: "held_by", Label: "小组", Type: model.TypeRef, Target: "club", Default: "本组织"},
		{Name: "for_code", Label: "对象", Type: model.TypeOrgCode, Default: "本组织"},
		{Name: "themes", Label: "主题", Type: model.TypeChoices, Choices: []string{"唱歌", "下棋", "读书"}},
		{Name: "attendance", Label: "到场", Type: model.TypeRoll, Target: "neighbor", Choices: []string{"到", "请假", "缺"}},
		{Name: "host", Label: "主持", Type: model.TypeRef, Target: "neighbor", TargetView: "组员", Preset: map[string]string{"status": "组员"}},
		{Name: "guests", Label: "客人", Type: model.TypeRefs, Target: "neighbor"},
		{Name: "hours", Label: "小时", Type: model.TypeInt, Min: 1, Max: 12},
		{Name: "place", Label: "地点", Type: model.TypeText, Default: "村部"},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}},
	Unique: []model.Unique{{Fields: []string{"title", "held_on"}, Text: "这次聚会已经登记"}},
	Views:  []model.View{model.ViewThisYear("held_on"), model.ViewThisMonth("held_on"), model.ViewYear("上年", "year", 1), model.ViewAll},
	Due: []model.DueItem{
		{Code: "R-MEET", Text: "每月聚一次", Line: "本月还没有聚会", Source: model.SourceOwn, Table: "meeting", Find: func(x *model.DueExam) {
			if len(x.Find("meeting", model.Where("month", model.Eq, string(x.Today.Month())))) == 0 {
				x.Add(x.Home, x.Today.Month().Last(), model.ForInformation, "请安排本月的聚会")
			}
		}},
		{Code: "R-HOST", Text: "主持人外出要换人", Line: "%d 次聚会要换主持人", Source: model.SourceOwn, Limits: []string{"visit.days"}, Find: func(x *model.DueExam) {
			for _, m := range x.Find("meeting", model.Where("host", model.Filled)) {
				if h := x.Get("neighbor", m.Str("host")); h != nil && h.Filled("away") {
					x.UntilBy(x.Limit("visit.days"), m, m.Date("held_on"), 3, "换人主持")
				}
			}
		}},
	},
}

var kindStay = &model.Kind{
	Name: "stay", Title: "借住", Group: "活动", Label: []string{"who"}, Columns: []string{"who", "started_on"}, Sort: []string{"who"},
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "who", Label: "邻居", Type: model.TypeRef, Target: "neighbor", Required: true},
		{Name: "started_on", Label: "起", Type: model.TypeDate},
		{Name: "ended_on", Label: "止", Type: model.TypeDate},
		{Name: "seen_on", Label: "看望", Type: model.TypeDate},
	}}},
	Asks:       []*model.Field{{Name: "to", Label: "去向", Type: model.TypeText}, {Name: "far", Label: "远", Type: model.TypeBool}},
	Begins:     []model.Begin{{Words: "来住了", Preset: map[string]string{"started_on": "2026-01-01"}}},
	BeginTitle: "登记借住",
	Order:      [][]string{{"started_on", "seen_on"}},
	Unique:     []model.Unique{{Fields: []string{"who", "started_on"}}},
}

// madePacks are the limits of the made-up kinds' rules, in two editions.
var madePacks = []model.Pack{
	{Name: "小组", Title: "《小组章程》(2020)", From: "2020-05-01", Limits: []model.Limit{
		{Name: "join.age", Text: "入组的最低年龄", Value: 14, Unit: "周岁", Article: "第二条"},
		{Name: "visit.days", Text: "回访的间隔", Value: 60, Unit: "天", Article: "第九条"},
	}},
	{Name: "小组", Title: "《小组章程》(2010)", From: "2010-01-01", Limits: []model.Limit{
		{Name: "join.age", Text: "入组的最低年龄", Value: 18, Unit: "周岁", Article: "第一条"},
		{Name: "vote.share", Text: "表决的比例", Value: 2, Per: 3, Article: "第五条"},
		{Name: "seats", Text: "席位", Value: 5, Article: "第六条", Fixed: true},
	}},
}

// shelf is a ledger in memory: Meets is its query. Like a ledger it knows its kinds.
type shelf map[string][]*model.Record

func (s shelf) Get(kind, id string) (*model.Record, error) {
	if made.Kind(kind) == nil {
		panic("no kind " + kind)
	}
	for _, r := range s[kind] {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, nil
}

func (s shelf) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	var found []*model.Record
	for _, r := range s[kind] {
		if model.Meets(r, conds) {
			found = append(found, r)
		}
	}
	return found, nil
}

func (s shelf) OrgCode(code string) (string, bool, error) { return "", code != "999999", nil }

// testEnv gives surroundings on 2026-10-31, at a home club with the id "home".
func testEnv(t *testing.T, look shelf) *model.Env {
	t.Helper()
	packs, err := model.NewPacks(madePacks, nil)
	if err != nil {
		t.Fatal(err)
	}
	home := record(t, "club", "home", "code", "990101001", "name", "石桥棋社")
	if look == nil {
		look = shelf{}
	}
	look["club"] = append(look["club"], home)
	return &model.Env{Today: today, Packs: packs, Look: look, Home: home, Kinds: made}
}

// record makes a record from pairs of field and typed text; refs are ids, refs of
// several and rolls are in the form of CSV.
func record(t *testing.T, kind, id string, pairs ...string) *model.Record {
	t.Helper()
	r := model.NewRecord(made.Kind(kind))
	r.ID, r.OrgID = id, "home"
	set(t, r, pairs...)
	return r
}

// set fills fields in from pairs of field and typed text.
func set(t *testing.T, r *model.Record, pairs ...string) {
	t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		f := r.Kind.MustField(pairs[i])
		parse := f.Type.Parse
		if f.Target != "" {
			parse = f.Type.ParseCSV
		}
		v, err := parse(f, pairs[i+1])
		if err != nil {
			t.Fatalf("%s.%s: %v", r.Kind.Name, pairs[i], err)
		}
		r.Set(pairs[i], v)
	}
}
