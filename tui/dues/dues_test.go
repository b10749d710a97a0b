package dues_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// desk is the program at 党费表.
type desk struct {
	*tuitest.Term
	t *testing.T
	l *store.Ledger
}

// open starts the program as people see it and goes to 党费表 by the menu.
func open(t *testing.T, l *store.Ledger, w, h int, o tui.Options) *desk {
	t.Helper()
	o.Ledger, o.Source = l, l.Source()
	d := &desk{sample.StartReal(t, tui.New(context.Background(), o), w, h), t, l}
	sample.OpenScreen(d.Term, "dfb")
	d.WaitFor("党费表 2026年")
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// pay puts dues on file.
func pay(t *testing.T, l *store.Ledger, person *model.Record, month, on string, fen int64, more map[string]model.Value) {
	t.Helper()
	r, err := l.New(context.Background(), count.DuesKind)
	must(t, err)
	for name, v := range map[string]model.Value{"person": person.ID, "month": month, "paid_on": on, "amount": fen} {
		r.Set(name, v)
	}
	for name, v := range more {
		r.Set(name, v)
	}
	_, err = l.Save(context.Background(), model.FromForm, r)
	must(t, err)
}

// village has a member for every mark of the table: the dues go back to July.
func village(t *testing.T) (*store.Ledger, map[string]*model.Record) {
	t.Helper()
	l := sample.NewLedger(t)
	people := map[string]*model.Record{}
	for _, p := range []struct {
		name string
		more map[string]model.Value
	}{
		{"张三", map[string]model.Value{"monthly_dues": int64(100)}},
		{"李四", map[string]model.Value{"dues_basis": "免交", "dues_approval": "支部党员大会 2026-01-10"}},
		{"王五", map[string]model.Value{"monthly_dues": int64(50)}},
		{"赵六", map[string]model.Value{"monthly_dues": int64(1850), "dues_basis": "离退休"}},
		{"孙七", map[string]model.Value{"dues_basis": "工资"}},
		{"周八", map[string]model.Value{"monthly_dues": int64(20), "away": "跨省", "away_place": "南塘市"}},
		{"吴九", map[string]model.Value{"monthly_dues": int64(20), "joined_on": "2026-09-10", "confirmed_on": nil, "status": "预备党员"}},
	} {
		set := map[string]model.Value{"name": p.name, "sex": "男", "birth_date": "1970-03-15", "status": "正式党员",
			"joined_on": "1995-07-01", "confirmed_on": "1996-07-01", "dues_basis": "农民"}
		for name, v := range p.more {
			set[name] = v
		}
		people[p.name] = sample.AddPerson(t, l, set)
	}
	for _, m := range []string{"2026-07", "2026-08", "2026-09"} {
		pay(t, l, people["张三"], m, m+"-20", 100, map[string]model.Value{"collector": people["王五"].ID})
		pay(t, l, people["周八"], m, m+"-20", 20, map[string]model.Value{"method": "流入地交"})
	}
	pay(t, l, people["王五"], "2026-08", "2026-08-20", 30, nil)
	pay(t, l, people["赵六"], "2026-07", "2026-07-20", 1850, nil)
	r, err := l.New(context.Background(), "remittance")
	must(t, err)
	for name, v := range map[string]model.Value{"period": "2026年三季度", "amount": int64(2000), "paid_on": "2026-09-28", "receiver": "柳河镇党委"} {
		r.Set(name, v)
	}
	_, err = l.Save(context.Background(), model.FromForm, r)
	must(t, err)
	return l, people
}

// paid gives what is on file for a month, by name: 张三 1.00 现金.
func (d *desk) paid(month string) map[string]string {
	d.t.Helper()
	page, err := d.l.Page(context.Background(), store.Query{Kind: count.DuesKind, Conds: []model.Cond{model.Where("month", model.Eq, month)}})
	must(d.t, err)
	all := map[string]string{}
	for _, r := range page.Records {
		all[r.Text("person")] = strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Text("amount"), r.Text("method"), r.Text("collector")))
	}
	return all
}

func (d *desk) has(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.Screen(), s) {
			d.t.Errorf("%q is not on the screen:\n%s", s, d.Screen())
		}
	}
}

// caretAfter wants the caret behind a text.
func (d *desk) caretAfter(text string) {
	d.t.Helper()
	if got := d.BeforeCursor(); !strings.HasSuffix(got, text) {
		d.t.Errorf("before the caret stands %q, want %q at its end", got, text)
	}
}

func TestLooks(t *testing.T) {
	for _, size := range sample.Sizes {
		l, _ := village(t)
		d := open(t, l, size.W, size.H, tui.Options{})
		d.Golden("grid-" + size.Name)
		d.Press("f5")
		d.Type("ww")
		d.Press("enter")
		d.Golden("fill-" + size.Name)
	}
	l, _ := village(t)
	d := open(t, l, 80, 24, tui.Options{ASCII: true})
	d.Golden("grid-ascii")
	d.Resize(60, 20)
	d.Golden("grid-60x20")
}

// TestPayOne: Enter pays the standing amount, digits another one, a name finds who.
func TestPayOne(t *testing.T) {
	l, _ := village(t)
	d := open(t, l, 80, 24, tui.Options{})
	d.caretAfter(" 查找:")
	d.Type("zs")
	d.caretAfter(" 查找:zs")
	d.Press("enter")
	d.WaitFor("张三2026年10月党费 1 元已登记")
	if got := d.paid("2026-10"); len(got) != 1 || got["张三"] != "1.00 现金 王五" {
		t.Errorf("%v", got)
	}
	d.Type("王五")
	d.Type("0")
	d.caretAfter("0")
	d.Type("。3") // full-width, as an input method types them
	d.caretAfter("0.3")
	d.Press("enter")
	d.WaitFor("王五2026年10月党费 0.3 元已登记,比标准少 0.2 元")
	d.has("少0.3")
	d.Type("王五")
	d.Type("0.5")
	d.Press("down") // taken by going on too
	d.WaitFor("王五2026年10月党费 0.5 元已登记")
	if got := d.paid("2026-10"); got["王五"] != "0.50 现金 王五" {
		t.Errorf("%v", got)
	}
	d.Press("ctrl+z")
	d.WaitFor("少0.3")
	d.Press("ctrl+z", "ctrl+z")
	if got := d.paid("2026-10"); len(got) != 0 {
		t.Errorf("after undoing: %v", got)
	}
	d.Type("zl") // arrears, and in advance
	d.Press("left", "left", "enter")
	d.WaitFor("赵六2026年8月党费 18.5 元已登记")
	d.Type("zl")
	d.Press("right", "right", "right", "right", "right", "enter")
	d.WaitFor("党费表 2027年")
	d.WaitFor("赵六2027年1月党费 18.5 元已登记")
	if got := d.paid("2027-01"); got["赵六"] != "18.50 现金 王五" {
		t.Errorf("%v", got)
	}
}

// TestWhatIsNotPaid: each refusal has its sentence, and nothing is written.
func TestWhatIsNotPaid(t *testing.T) {
	l, _ := village(t)
	d := open(t, l, 80, 24, tui.Options{})
	before := len(d.paid("2026-08"))
	for _, c := range []struct {
		find string
		keys []string
		says string
		back []string
	}{
		{"ls", []string{"enter"}, "李四免交党费,不用交", nil},
		{"sq", []string{"enter"}, "月缴标准没有核定,请直接打金额", nil},
		{"wj", []string{"left", "left", "enter"}, "吴九在 2026-09-10 入党,2026年8月还不是党员", nil},
		{"wj", []string{"5"}, "吴九在 2026-09-10 入党,2026年8月还不是党员", []string{"right", "right"}},
		{"没有", []string{"enter"}, "没有找到这个名字", nil},
		{"", []string{"f8"}, "这一格还没有登记", nil},
		{"sq", []string{"0", "enter"}, "金额应大于 0", []string{"esc"}},
		{"sq", []string{"1", ".", ".", "enter"}, "不是金额", []string{"esc"}},
		{"sq", []string{"1", "a"}, "这里打的是金额", []string{"esc"}},
	} {
		d.Type(c.find)
		d.Press(c.keys...)
		d.has(c.says)
		d.Press(c.back...)
		d.Press("f4")
	}
	if got := len(d.paid("2026-08")) + len(d.paid("2026-10")); got != before {
		t.Errorf("%d written", got-before)
	}
}

// TestFillAsksForTheCash: the difference is said before anything is written, and going
// back loses nothing.
func TestFillAsksForTheCash(t *testing.T) {
	l, _ := village(t)
	d := open(t, l, 80, 24, tui.Options{})
	d.Press("f5")
	d.WaitFor("填了 4 人,应收 20.2 元,还没有登记")
	d.has("没填:上次流入地交 1 人、没有标准 1 人")
	d.caretAfter("实收现金:")
	d.Type("zl")
	d.caretAfter(" 查找:zl")
	d.Press("delete")
	d.WaitFor("填了 3 人,应收 1.7 元,还没有登记;去掉 赵六")
	d.Type("1。5")
	d.caretAfter("实收现金:1.5")
	d.has("比应收少 0.2 元")
	if got := d.paid("2026-10"); len(got) != 0 {
		t.Errorf("written before it was said: %v", got)
	}
	d.Press("f10")
	d.WaitFor("2026年10月填好的 3 人还没有登记")
	d.Press("esc", "f2")
	d.WaitFor("3 人应收 1.7 元,实收现金 1.5 元,少 0.2 元")
	d.Press("enter") // the first answer goes back
	d.WaitFor("去掉 赵六")
	d.caretAfter("实收现金:1.5")
	d.Press("f2", "down", "enter")
	d.WaitFor("2026年10月党费已登记:3 人,共 1.7 元")
	if got := d.paid("2026-10"); fmt.Sprint(got) != "map[吴九:0.20 现金 王五 张三:1.00 现金 王五 王五:0.50 现金 王五]" {
		t.Errorf("%v", got)
	}
	d.Press("ctrl+z")
	if got := d.paid("2026-10"); len(got) != 0 {
		t.Errorf("one undo leaves %v", got)
	}
	d.Press("f5")
	d.Type("zs")
	d.Press("enter", "esc") // what was taken off is not dropped unasked
	d.WaitFor("去掉的人和实收现金也会一起取消")
	d.Press("down", "enter")
	d.WaitFor("什么也没有登记")
	d.has("手中")
}

// TestCellsOpen: a paid cell opens its record, F3 a new one for another way of paying,
// F8 asks first.
func TestCellsOpen(t *testing.T) {
	l, _ := village(t)
	d := open(t, l, 80, 24, tui.Options{})
	d.Type("zs")
	d.Press("left", "enter")
	d.WaitFor("修改党费 张三 2026-09")
	d.Press("esc")
	d.Type("zb")
	d.Press("right", "f3")
	d.WaitFor("新增党费")
	d.Type("流入")
	d.Press("enter", "f2")
	d.WaitFor("党费表")
	if got := d.paid("2026-10"); got["周八"] != "0.20 流入地交 王五" {
		t.Errorf("%v", got)
	}
	d.has("流0.2")
	d.Press("f8")
	d.WaitFor("把周八2026年10月的党费 0.2 元放进回收站吗")
	d.Press("enter")
	if got := d.paid("2026-10"); len(got) != 1 {
		t.Errorf("the safe answer is not the first: %v", got)
	}
	d.Press("f8", "down", "enter")
	d.WaitFor("已放进回收站")
	if got := d.paid("2026-10"); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// TestFromTheTable: the table of dues leads to 党费表 by a key that its key line names.
func TestFromTheTable(t *testing.T) {
	l, _ := village(t)
	d := open(t, l, 80, 24, tui.Options{})
	d.Press("esc", "f12")
	d.Type("dangfei")
	d.Press("enter")
	d.WaitFor("Ctrl+P 党费表")
	d.Press("ctrl+p")
	d.WaitFor("党费表 2026年")
	d.ClickOn("18.5") // the cursor goes where the mouse is
	d.has("赵六(离退休) 2026年7月:交了 18.50 元")
}

// TestQuarterInTheForm: a quarter typed for the month makes three records, one undo.
func TestQuarterInTheForm(t *testing.T) {
	l, _ := village(t)
	d := open(t, l, 80, 24, tui.Options{})
	d.Press("esc", "f12")
	d.Type("dangfei")
	d.Press("enter", "f2")
	d.WaitFor("新增党费")
	d.Type("zl")
	d.Press("enter")
	d.Type("2026年四季度")
	d.Press("tab")
	d.has("2026年第四季度")
	d.Type("55.5")
	d.Press("f2")
	d.WaitFor("存成 3 条")
	for _, m := range []string{"2026-10", "2026-11", "2026-12"} {
		if got := d.paid(m); got["赵六"] != "18.50 现金" {
			t.Errorf("%s: %v", m, got)
		}
	}
	d.Press("ctrl+z")
	if got := len(d.paid("2026-10")) + len(d.paid("2026-11")) + len(d.paid("2026-12")); got != 0 {
		t.Errorf("one undo leaves %d", got)
	}
}
