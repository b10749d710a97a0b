package table_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/tuitest"
)

// keys counts the keys that a test presses.
type keys struct {
	tm *tuitest.Term
	n  int
}

func (k *keys) press(list ...string) {
	k.tm.Press(list...)
	k.n += len(list)
}

// young saves some members under 35, of all sorts of schooling.
func young(t *testing.T, l *store.Ledger) {
	t.Helper()
	var recs []*model.Record
	for i, schooling := range []string{"初中", "高中", "大专", "研究生", "小学"} {
		r := member(l, i, "郑小"+string(rune('一'+i)))
		set(r, "id_number", nil, "birth_date", fmt.Sprintf("%d-03-01", 1995+i), "education", schooling, "joined_on", "2018-07-01", "confirmed_on", "2019-07-01")
		recs = append(recs, r)
	}
	save(t, l, recs...)
}

// TestUnder35WithHighSchool: the township's question of mission.md is answered in at most
// twelve keys from the open table of persons, letter by letter.
func TestUnder35WithHighSchool(t *testing.T) {
	l := create(t, nil)
	people(t, l, 20)
	young(t, l)
	asked := []model.Cond{model.Where("age", model.Le, "35"), model.Where("education", model.In, "高中", "职高", "技校", "中专", "大专", "本科", "研究生"),
		model.Where("standing", model.Eq, "在册")}
	want, err := l.Count(context.Background(), store.Query{Kind: "person", Conds: asked})
	if err != nil || want == 0 {
		t.Fatal(want, err)
	}
	k := &keys{tm: start(t, l, "person", 80, 24)}
	k.press("f5", "3", "5", "enter", "f5", "g", "z", "j")
	wantScreen(t, k.tm, fmt.Sprintf("视图和筛选 · %d 条", want), "> 学历=高中及以上")
	k.press("enter")
	wantScreen(t, k.tm, fmt.Sprintf("共 %d 条", want), "视图:35岁及以下", "筛选:学历=高中及以上")
	if k.n > 12 {
		t.Errorf("it took %d keys, more than 12", k.n)
	}
	// The two-way table has the same number where the two cross.
	two := &keys{tm: start(t, l, "person", 80, 24)}
	two.press("ctrl+r")
	wantScreen(t, two.tm, "竖着按年龄段,横着按学历(分档)", "35岁及以下", "高中及以上", "合计")
	two.press("right")
	wantScreen(t, two.tm, fmt.Sprintf("[%d]", want))
	if two.n > 2 {
		t.Errorf("the two-way table took %d keys", two.n)
	}
	// Its people stand in the table.
	two.press("enter")
	wantScreen(t, two.tm, fmt.Sprintf("共 %d 条", want), "年龄=35岁及以下", "学历=高中及以上")
}

// TestTheCountStandsInTheHeading: in the list of choices as they are marked, and while a
// number is typed.
func TestTheCountStandsInTheHeading(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	n := func(conds ...model.Cond) string {
		n, err := l.Count(context.Background(), store.Query{Kind: "person", Conds: conds})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("· %d 条", n)
	}
	tm := start(t, l, "person", 80, 24)
	tm.Press("f5", "enter")
	tm.Type("学历")
	tm.Press("enter", "enter", "down", "down", "down", "down") // 初中及以下, 高中及以上, 大专及以上, 小学, 初中
	wantScreen(t, tm, "> [ ] 初中 ", n(model.Where("education", model.Eq, "初中")))
	tm.Press("insert")
	tm.Type("大专")
	tm.Press("insert")
	wantScreen(t, tm, n(model.Where("education", model.In, "初中", "大专")))
	tm.Press("enter")
	wantScreen(t, tm, "筛选:学历=初中、大专")
	tm.Press("esc", "f5", "enter")
	tm.Type("年龄")
	tm.Press("enter")
	tm.Type("大于或")
	tm.Press("enter")
	tm.Type("6")
	wantScreen(t, tm, n(model.Where("age", model.Ge, "6")))
	tm.Type("0")
	wantScreen(t, tm, n(model.Where("age", model.Ge, "60")))
	tm.Press("enter")
	wantScreen(t, tm, "筛选:年龄=60岁以上")
}

// TestComputedColumnsAreLikeOthers: filtered, sorted by F6 and by a click on the heading.
func TestComputedColumnsAreLikeOthers(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	tm := start(t, l, "person", 80, 24)
	tm.ClickOn("年龄*")
	wantScreen(t, tm, "年龄*↑", "排序:年龄从小到大")
	wantSelected(t, tm, "1962-")
	tm.ClickOn("年龄*")
	wantScreen(t, tm, "年龄*↓", "排序:年龄从大到小")
	wantSelected(t, tm, "1951-02-02")
	tm.Press("f6")
	tm.Type("表决权")
	tm.Press("enter")
	wantScreen(t, tm, "排序:表决权顺排")
	tm.Press("f5", "enter")
	tm.Type("年龄")
	tm.Press("enter")
	tm.Type("之间")
	tm.Press("enter")
	tm.Type("70到65")
	tm.Press("enter")
	wantScreen(t, tm, "前一头比后一头大")
	tm.Press("backspace", "backspace", "backspace", "backspace", "backspace")
	tm.Type("65到70")
	tm.Press("enter")
	wantScreen(t, tm, "筛选:年龄≥65;年龄≤70")
	conds := []model.Cond{model.Where("age", model.Ge, "65"), model.Where("age", model.Le, "70")}
	n, err := l.Count(context.Background(), store.Query{Kind: "person", Conds: conds})
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	wantScreen(t, tm, fmt.Sprintf("共 %d 条", n))
	// The order outlives the screen.
	tm = start(t, l, "person", 80, 24)
	wantScreen(t, tm, "排序:表决权顺排")
}

// TestWhoHasLeftIsOffered: one who is in no row of the view, with what became of him, and
// Enter goes there.
func TestWhoHasLeftIsOffered(t *testing.T) {
	l := create(t, nil)
	people(t, l, 0)
	gone, dead := member(l, 50, "龚小明"), member(l, 51, "龚小亮")
	save(t, l, gone, dead)
	for name, set := range map[string][]any{
		"龚小明": {"kind", "转出", "happened_on", "2026-10-03", "to_org", "青石镇机关党支部"},
		"龚小亮": {"kind", "去世", "happened_on", "2026-10-06"},
	} {
		p, err := l.Page(context.Background(), store.Query{Kind: "person", Find: name})
		if err != nil || len(p.Records) != 1 {
			t.Fatal(err)
		}
		m := model.NewRecord(l.Kinds().Kind("movement"))
		set = append(set, "person", p.Records[0].ID)
		for i := 0; i < len(set); i += 2 {
			m.Set(set[i].(string), set[i+1])
		}
		if _, err := l.Save(context.Background(), model.FromForm, m); err != nil {
			t.Fatal(err)
		}
	}
	tm := start(t, l, "person", 80, 24)
	tm.Type("gxm")
	wantScreen(t, tm, "“在册党员”里没有“gxm”,台账里有:", ">  龚小明:2026-10-03 转出至青石镇机关党支部", "回车 打开")
	x, _, visible := tm.Cursor()
	if !visible || x != 9 {
		t.Errorf("the cursor is not behind what was typed: %d", x)
	}
	tm.Press("enter")
	wantScreen(t, tm, "档案 · 龚小明")
	tm.Press("esc", "esc")
	tm.Type("龚小")
	wantScreen(t, tm, "龚小明:2026-10-03 转出至", "龚小亮:2026-10-06 去世")
	wantSelected(t, tm, "龚小亮")
	tm.Press("down")
	wantSelected(t, tm, "龚小明")
	tm.Press("up")
	tm.ClickOn("龚小明:")
	wantSelected(t, tm, "龚小明")
	tm.ClickOn("龚小明:")
	wantScreen(t, tm, "档案 · 龚小明")
	tm.Press("esc", "esc")
	wantNot(t, tm, "台账里有", "转出至")
	wantSelected(t, tm, "") // the table is back
}

// TestTheBestRowIsFirst: what fits best stands first; in an order asked for the pointer
// goes to it.
func TestTheBestRowIsFirst(t *testing.T) {
	l := create(t, nil)
	save(t, l, member(l, 1, "褚文"), member(l, 2, "周文"), member(l, 3, "石张"), member(l, 4, "张海"), member(l, 5, "张浩然"), member(l, 6, "安吉"))
	tm := start(t, l, "person", 80, 24)
	tm.Type("zh")
	wantSelected(t, tm, "张海")
	_, zhou, ok := tm.Find("周文")
	_, chu, found := tm.Find("褚文")
	if !ok || found && chu < zhou {
		t.Errorf("a 褚 stands before a 周:\n%s", tm.Screen())
	}
	tm.Press("esc")
	tm.ClickOn("出生日期")
	wantSelected(t, tm, "褚文")
	tm.Type("zh")
	wantSelected(t, tm, "张海")
	wantScreen(t, tm, "排序:出生日期从早到晚")
	tm.Press("up")
	wantSelected(t, tm, "石张")
}

// TestSumsStandUnderNumbers: of the whole view as filtered, not of the screen.
func TestSumsStandUnderNumbers(t *testing.T) {
	l := create(t, nil)
	people(t, l, 40)
	p, err := l.Page(context.Background(), store.Query{Kind: "person"})
	if err != nil {
		t.Fatal(err)
	}
	var recs []*model.Record
	for i, r := range p.Records {
		d := model.NewRecord(l.Kinds().Kind("dues"))
		set(d, "person", r.ID, "month", "2026-09", "amount", int64(12345+i), "paid_on", "2026-09-05", "method", []string{"现金", "转账"}[i%2])
		recs = append(recs, d)
	}
	save(t, l, recs...)
	sum := func(conds ...model.Cond) string {
		_, sums, err := l.Sum(context.Background(), store.Query{Kind: "dues", Conds: conds}, "amount")
		if err != nil {
			t.Fatal(err)
		}
		return model.FormatYuan(sums["amount"])
	}
	tm := openTable(t, l, "dues", 80, 24)
	wantSum(t, tm, sum())
	tm.Press("end")
	wantSum(t, tm, sum())
	tm.Press("f5")
	tm.Type("转账")
	tm.Press("enter")
	wantSum(t, tm, sum(model.Where("method", model.Eq, "转账")))
}

func openTable(t *testing.T, l *store.Ledger, kind string, w, h int) *tuitest.Term {
	t.Helper()
	tm := start(t, l, kind, w, h)
	tm.Press("f5")
	tm.Type("全部")
	tm.Press("enter")
	return tm
}

// wantSum looks for the sum in the line of sums, ending in the cell where the column of
// numbers ends.
func wantSum(t *testing.T, tm *tuitest.Term, sum string) {
	t.Helper()
	x, y, ok := tm.Find("合计")
	if !ok || x != 3 {
		t.Fatalf("no line of sums:\n%s", tm.Screen())
	}
	if row := tm.Row(y); !strings.Contains(row, sum) {
		t.Errorf("the sums are %q, want %s", row, sum)
	}
}

// TestCrosstabScreen: its sides are changed, turned round and kept, and it is written to a
// sheet.
func TestCrosstabScreen(t *testing.T) {
	l := create(t, nil)
	people(t, l, 20)
	folder := inFolder(t, l)
	tm := start(t, l, "person", 80, 24)
	tm.Press("shift+f5")
	wantScreen(t, tm, "在册党员:竖着按年龄段,横着按学历(分档)")
	tm.Press("f5")
	tm.Type("性别")
	tm.Press("enter")
	wantScreen(t, tm, "竖着按性别", " 男", " 女")
	tm.Press("tab")
	wantScreen(t, tm, "竖着按学历(分档),横着按性别")
	tm.Press("f6")
	tm.Type("月缴")
	wantScreen(t, tm, "没有这一项")
	tm.Press("esc", "esc", "end")
	wantScreen(t, tm, "[32]")
	tm.Press("f7", "enter")
	wantScreen(t, tm, "已写成 ")
	f, err := excelize.OpenFile(filepath.Join(folder, "人员_在册党员_2026-10-31_学历(分档)_性别.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("分类统计")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if last := strings.Join(rows[len(rows)-1], " "); last != "合计 16 16 32" {
		t.Errorf("the sheet ends with %q", last)
	}
	tm.Press("esc", "ctrl+r")
	wantScreen(t, tm, "竖着按学历(分档),横着按性别")
	tm.Press("f1")
	wantScreen(t, tm, "分档可以重叠")
}

// TestCrosstabGolden looks at the two-way table.
func TestCrosstabGolden(t *testing.T) {
	l := create(t, nil)
	people(t, l, 20)
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		tm := start(t, l, "person", size[0], size[1])
		tm.Press("ctrl+r", "right", "down")
		tm.Golden(fmt.Sprintf("crosstab_%dx%d", size[0], size[1]))
		tm.Resize(60, 20)
		wantScreen(t, tm, "窗口太小了")
	}
}
