package table_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/tui/tuitest"
)

// probes is a catalog with a kind that has a field of every type; nothing in store
// or tui knows it.
func probes() *model.Catalog {
	field := func(name, label string, t model.Type) *model.Field {
		return &model.Field{Name: name, Label: label, Type: t}
	}
	choice := field("choice", "挑一个", model.TypeChoice)
	choice.Choices = []string{"甲", "乙", "丙"}
	choices := field("choices", "挑几个", model.TypeChoices)
	choices.Choices = choice.Choices
	ref := field("friend", "朋友", model.TypeRef)
	ref.Target = "probe"
	refs := field("friends", "朋友们", model.TypeRefs)
	refs.Target = "probe"
	roll := field("roll", "名册", model.TypeRoll)
	roll.Target, roll.Choices = "probe", []string{"到", "没到"}
	probe := &model.Kind{
		Name: "probe", Title: "试样", Group: model.GroupOrganisation, Label: []string{"name"},
		Columns: []string{"name", "birth", "amount", "size"}, Sort: []string{"name"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "name", Label: "名字", Type: model.TypeText, Required: true},
			field("birth", "生日", model.TypeDate), field("month", "月份", model.TypeMonth), field("year", "年份", model.TypeYear),
			field("amount", "钱数", model.TypeMoney), field("size", "大小", model.TypeInt), field("yes", "好不好", model.TypeBool),
			choice, choices, ref, refs, roll,
			field("code", "组织", model.TypeOrgCode), field("phone", "电话", model.TypePhone), field("words", "说明", model.TypeNote),
		}}},
	}
	return model.NewCatalog(append(append([]*model.Kind{}, party.Kinds.Kinds()...), probe)...)
}

func probeRows(t *testing.T, l *store.Ledger) {
	t.Helper()
	k := l.Kinds().Kind("probe")
	a, b, c := model.NewRecord(k), model.NewRecord(k), model.NewRecord(k)
	set(a, "name", "阿一", "birth", "1990-05-01", "month", "2026-01", "year", int64(2024), "amount", int64(1250), "size", int64(3), "yes", true,
		"choice", "甲", "choices", []string{"甲", "丙"}, "code", village.Code, "phone", "10000000001", "words", "会养鱼\n会开车")
	set(b, "name", "阿二", "birth", "1980-12-31", "month", "2026-02", "year", int64(2025), "amount", int64(99), "size", int64(20),
		"choice", "乙", "choices", []string{"乙"}, "phone", "10000000002", "words", "会唱歌")
	set(c, "name", "阿三")
	save(t, l, a, b, c)
	p, err := l.Page(context.Background(), store.Query{Kind: "probe", Find: "阿三"})
	if err != nil || len(p.Records) != 1 {
		t.Fatal(err, len(p.Records))
	}
	id := p.Records[0].ID
	p, err = l.Page(context.Background(), store.Query{Kind: "probe", Find: "阿一"})
	if err != nil || len(p.Records) != 1 {
		t.Fatal(err, len(p.Records))
	}
	a = p.Records[0]
	set(a, "friend", id, "friends", []string{id}, "roll", []model.Mark{{Target: id, State: "到"}})
	save(t, l, a)
}

// filterBy goes through the boxes: the field, the comparison, what is typed.
func filterBy(tm *tuitest.Term, field, comparison string, then ...string) {
	tm.Press("f5", "enter")
	tm.Type(field)
	tm.Press("enter")
	tm.Type(comparison)
	tm.Press("enter")
	for _, s := range then {
		if s == "enter" || s == "space" {
			tm.Press(s)
		} else {
			tm.Type(s)
		}
	}
}

func TestFilterByEveryType(t *testing.T) {
	l := create(t, probes())
	probeRows(t, l)
	tm := start(t, l, "probe", 80, 24)
	for _, c := range []struct {
		field, comparison string
		then              []string
		says, finds       string
		not               []string
	}{
		{"名字", "含有", []string{"一", "enter"}, "名字含有一", "阿一", []string{"阿二", "阿三"}},
		{"说明", "含有", []string{"唱", "enter"}, "说明含有唱", "阿二", []string{"阿一", "阿三"}},
		{"生日", "从", []string{"1985.1.1", "enter"}, "生日≥1985-01-01", "阿一", []string{"阿二", "阿三"}},
		{"生日", "等于", []string{"1980", "enter"}, "生日≥1980-01-01;生日≤1980-12-31", "阿二", []string{"阿一", "阿三"}},
		{"生日", "早于", []string{"1990-5", "enter"}, "生日<1990-05-01", "阿二", []string{"阿一"}},
		{"月份", "等于", []string{"2026年2月", "enter"}, "月份=2026-02", "阿二", []string{"阿一"}},
		{"年份", "小于或", []string{"2024", "enter"}, "年份≤2024", "阿一", []string{"阿二"}},
		{"钱数", "大于", []string{"12", "enter"}, "钱数>12.00", "阿一", []string{"阿二", "阿三"}},
		{"大小", "不等于", []string{"3", "enter"}, "大小≠3", "阿二", []string{"阿一"}},
		{"好不好", "是", nil, "好不好=是", "阿一", []string{"阿二"}},
		{"挑一个", "其中之一", []string{"space", "space", "enter"}, "挑一个=甲、乙", "阿二", []string{"阿三"}},
		{"挑一个", "都不是", []string{"甲", "enter"}, "挑一个≠甲", "阿三", []string{"阿一"}},
		{"挑一个", "不为空", nil, "挑一个不为空", "阿一", []string{"阿三"}},
		{"挑几个", "其中之一", []string{"丙", "enter"}, "挑几个=丙", "阿一", []string{"阿二"}},
		{"朋友", "按名称选", []string{"as", "enter"}, "朋友=阿三", "阿一", []string{"阿二"}},
		{"朋友们", "含有", []string{"阿三", "enter"}, "朋友们含有阿三", "阿一", []string{"阿二"}},
		{"名册", "按名称选", []string{"阿三", "enter"}, "名册=阿三", "阿一", []string{"阿二"}},
		{"组织", "按名称选", []string{"石桥", "enter"}, "组织=石桥村党支部", "阿一", []string{"阿二"}},
		{"电话", "为空", nil, "电话为空", "阿三", []string{"阿一", "阿二"}},
	} {
		filterBy(tm, c.field, c.comparison, c.then...)
		wantScreen(t, tm, "筛选:"+c.says)
		rows := tableRows(tm)
		if !contains(rows, c.finds) {
			t.Errorf("%s: %s is not among %q", c.says, c.finds, rows)
		}
		for _, n := range c.not {
			if contains(rows, n) {
				t.Errorf("%s: %s is among %q", c.says, n, rows)
			}
		}
		tm.Press("esc")
		wantNot(t, tm, "筛选:")
		wantScreen(t, tm, "共 3 条")
	}
}

// tableRows gives the rows below the header.
func tableRows(tm *tuitest.Term) string {
	text := ""
	for y := 4; y < 22; y++ {
		text += tm.Row(y) + "\n"
	}
	return text
}

func contains(text, part string) bool { return strings.Contains(text, part) }

func TestConditionsAddUpAndAreTakenAwayOneByOne(t *testing.T) {
	l := create(t, probes())
	probeRows(t, l)
	tm := start(t, l, "probe", 80, 24)
	filterBy(tm, "大小", "大于或", "3", "enter")
	filterBy(tm, "大小", "小于或", "x3", "enter")
	wantScreen(t, tm, "不是整数")
	tm.Press("backspace", "backspace")
	tm.Type("10")
	tm.Press("enter")
	wantScreen(t, tm, "筛选:大小≥3;大小≤10", "共 1 条")
	// The same bound again takes the place of the first.
	filterBy(tm, "大小", "小于或", "30", "enter")
	wantScreen(t, tm, "筛选:大小≥3;大小≤30", "共 2 条")
	tm.Press("f5")
	tm.Type("去掉:大小≥")
	tm.Press("enter")
	wantScreen(t, tm, "筛选:大小≤30")
	tm.Press("f5", "enter", "esc")
	wantScreen(t, tm, "视图和筛选")
	tm.Press("esc", "esc")
	wantNot(t, tm, "视图和筛选", "筛选:")
}

func TestReadyMadeViews(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	r := member(l, 500, "钱七")
	set(r, "status", "入党申请人", "joined_on", nil, "confirmed_on", nil)
	save(t, l, r)
	tm := start(t, l, "person", 80, 24)
	wantNot(t, tm, "钱七")
	tm.Press("ctrl+l")
	wantScreen(t, tm, "在册党员", "全部人员")
	tm.Type("jjfz")
	tm.Press("enter")
	wantScreen(t, tm, "视图:积极分子与申请人", "钱七", "共 1 条")
	tm.Press("f5")
	tm.Type("全部")
	tm.Press("enter")
	wantScreen(t, tm, "共 13 条")
}
