package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

func TestFind(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Source: storetest.Clock(1)})
	people := map[string]*model.Record{}
	for _, p := range [][]string{
		{"张三", "99010119491231028X", "10012345678", "石桥村1组"},
		{"单雄", "", "", ""},
		{"李四海", "", "10087654321", "ABC 小区 3-1"},
	} {
		r := storetest.Record(t, l, "villager", "name", p[0], "sex", "男", "phone", p[2], "address", p[3])
		if p[1] != "" {
			r.Set("card", p[1])
			r.Set("sex", "女")
			r.Set("born", "1949-12-31")
		}
		people[p[0]] = storetest.Save(t, l, r).Records[0]
	}
	storetest.Save(t, l, storetest.Record(t, l, "craft", "villager", people["张三"].ID, "technique", "果树100%嫁接"))
	storetest.Save(t, l, storetest.Record(t, l, "outing", "title", "植树", "held_on", "2026-03-12", "place", "村委会"))
	cases := []struct {
		kind, typed string
		want        string
	}{
		{"villager", "张", "张三"}, {"villager", "zs", "张三"}, {"villager", "zhangs", "张三"}, {"villager", "zhangsan", "张三"},
		{"villager", "ZHANG", "张三"}, {"villager", "028x", "张三"}, {"villager", "345678", "张三"}, {"villager", "石桥", "张三"},
		{"villager", "张 女", "张三"}, {"villager", "张 男", ""}, {"villager", "zhang 石桥", "张三"},
		{"villager", "shanx", "单雄"}, {"villager", "danx", "单雄"}, {"villager", "abc小区", "李四海"}, {"villager", "ABC 3-1", "李四海"},
		{"villager", "%", ""}, {"villager", "_", ""}, {"villager", "", "张三 单雄 李四海"}, {"villager", "  ", "张三 单雄 李四海"},
		{"craft", "zs", "果树100%嫁接"}, {"craft", "100%", "果树100%嫁接"}, {"craft", "100_", ""}, {"craft", "gsj", ""},
		{"outing", "zhishu", "植树"}, {"outing", "石桥", ""}, // held by the home organisation, which all are
	}
	for _, c := range cases {
		p, err := l.Page(ctx, store.Query{Kind: c.kind, Find: c.typed, Sort: []string{}})
		storetest.Must(t, err)
		var got []string
		for _, r := range p.Records {
			got = append(got, r.Str(map[string]string{"villager": "name", "craft": "technique", "outing": "title"}[c.kind]))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s %q finds %v, want %s", c.kind, c.typed, got, c.want)
		}
	}
}

// TestFindOverPages: what is found is paged like anything else.
func TestFindOverPages(t *testing.T) {
	l := storetest.CreateEverything(t)
	for i := range 10 {
		storetest.Save(t, l, storetest.Record(t, l, "thing", "title", []string{"水泵", "铁锹"}[i%2]+strings.Repeat("甲", i)))
	}
	q := store.Query{Kind: "thing", Find: "shuib", Limit: 2}
	var n int
	for {
		p, err := l.Page(context.Background(), q)
		storetest.Must(t, err)
		n += len(p.Records)
		if q.After = p.Next; p.Next == "" {
			break
		}
	}
	if n != 5 {
		t.Errorf("%d found", n)
	}
}

func TestLabelsOfLabels(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	thing := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	loan := storetest.Save(t, l, storetest.Record(t, l, "loan", "what", thing.ID, "day", "2026-01-01")).Records[0]
	remark := storetest.Save(t, l, storetest.Record(t, l, "remark", "loan", loan.ID)).Records[0]
	if got := remark.Text("loan"); got != "水泵 2026-01-01" {
		t.Errorf("label %q", got)
	}
	labels, err := l.Labels(ctx, "remark", []string{remark.ID})
	if err != nil || labels[remark.ID] != "水泵 2026-01-01" {
		t.Errorf("labels %v, %v", labels, err)
	}
	storetest.Must(t, l.Delete(ctx, "thing", thing.ID))
	got, err := l.Get(ctx, "loan", loan.ID)
	if err != nil || got.Text("what") != "水泵(已删除)" {
		t.Errorf("%q, %v", got.Text("what"), err)
	}
	// Its being deleted is no part of what it is found by.
	if n, err := l.Count(ctx, store.Query{Kind: "loan", Find: "已删除"}); err != nil || n != 0 {
		t.Errorf("%d found, %v", n, err)
	}
}

// TestLabelsInALoop: labels that refer to each other in a circle come to an end.
func TestLabelsInALoop(t *testing.T) {
	base := storetest.Everything().Kinds()[0]
	k := &model.Kind{Name: "node", Title: "节点", Label: []string{"name", "next"}, Columns: []string{"name"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "name", Label: "名称", Type: model.TypeText}, {Name: "next", Label: "下一个", Type: model.TypeRef, Target: "node"},
		}}}}
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Book: storetest.Book(model.NewCatalog(base, k)), Source: storetest.Clock(1)})
	a := storetest.Save(t, l, storetest.Record(t, l, "node", "name", "甲")).Records[0]
	b := storetest.Save(t, l, storetest.Record(t, l, "node", "name", "乙", "next", a.ID)).Records[0]
	a.Set("next", b.ID)
	a = storetest.Save(t, l, a).Records[0]
	a.Set("name", "丙")
	storetest.Save(t, l, a)
	labels, err := l.Labels(context.Background(), "node", []string{a.ID})
	if err != nil || !strings.HasPrefix(labels[a.ID], "丙 乙") {
		t.Errorf("%v, %v", labels, err)
	}
}

func TestSuggest(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	for _, title := range []string{"水泵", "铁锹", "铁锹", "水管", "铁锹", "水管"} {
		storetest.Save(t, l, storetest.Record(t, l, "thing", "title", title, "count", "1"))
	}
	cases := []struct {
		field, typed string
		limit        int
		want         []string
	}{
		{"title", "", 0, []string{"铁锹", "水管", "水泵"}}, {"title", "", 2, []string{"铁锹", "水管"}},
		{"title", "shui", 5, []string{"水管", "水泵"}}, {"title", "泵", 5, []string{"水泵"}}, {"title", "没有", 5, nil},
		{"count", "", 5, nil}, {"near", "", 5, nil},
	}
	for _, c := range cases {
		got, err := l.Suggest(ctx, "thing", c.field, c.typed, c.limit)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s %q: %v, %v, want %v", c.field, c.typed, got, err, c.want)
		}
	}
}

func TestUnits(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Source: storetest.Clock(1)})
	look := func(code string) (string, bool) {
		name, ok, err := l.Env(ctx).Look.OrgCode(code)
		storetest.Must(t, err)
		return name, ok
	}
	if name, ok := look(storetest.Village.Code); name != storetest.Village.Name || !ok {
		t.Errorf("own: %q, %v", name, ok)
	}
	if name, ok := look("990101999"); name != "" || !ok {
		t.Errorf("unknown, without a list: %q, %v", name, ok)
	}
	storetest.Must(t, l.SetUnits(ctx, []store.Unit{
		{Code: storetest.Village.Code, Name: "石桥村", Township: "石桥镇"},
		{Code: "990101002", Name: "柳林村党支部", Township: "石桥镇", Domain: "行政村", Phone: "10000000002"},
		{Code: "990101003", Name: "白塔村党支部", Township: "白塔乡"},
	}))
	if name, ok := look("990101002"); name != "柳林村党支部" || !ok {
		t.Errorf("on the list: %q, %v", name, ok)
	}
	if name, ok := look("990101999"); name != "" || ok {
		t.Errorf("unknown, with a list: %q, %v", name, ok)
	}
	cases := []struct {
		find  string
		limit int
		want  []string
	}{
		{"", 0, []string{storetest.Village.Name, "白塔村党支部", "柳林村党支部"}}, {"", 1, []string{storetest.Village.Name}},
		{"ll", 5, []string{"柳林村党支部"}}, {"990101003", 5, []string{"白塔村党支部"}}, {"石桥", 5, []string{storetest.Village.Name, "柳林村党支部"}},
	}
	for _, c := range cases {
		units, err := l.Units(ctx, c.find, c.limit)
		storetest.Must(t, err)
		var got []string
		for _, u := range units {
			got = append(got, u.Name)
			if u.OnFile != (u.Code == storetest.Village.Code) {
				t.Errorf("%s on file: %v", u.Code, u.OnFile)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.find, got, c.want)
		}
	}
}
