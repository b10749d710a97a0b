package form_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/ui"
)

func TestRefIsFoundByPinyinAndShowsTheName(t *testing.T) {
	l := newLedger(t)
	member(t, l, "张三", "birth_date", "1960-01-02")
	young := member(t, l, "张三", "birth_date", "1990-03-04")
	member(t, l, "李四")
	gone := member(t, l, "张三丰")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "talk", Field: "person"})
	d.Type("zs")
	d.shows("1960-01-02", "1990-03-04", "张三丰") // namesakes are told apart
	d.hides("李四")
	d.Press("down")
	d.Press("enter")
	d.shows("谈话对象  张三")
	d.caret(">*谈话人    ")
	d.Press("enter") // on an empty field it opens the list
	d.shows("李四")
	d.Press("esc")
	d.hides("李四")
	d.Type("lisi")
	d.caret(">*谈话人    lisi")
	d.Press("enter", "f2")
	d.shows("已保存")
	r := d.one("talk")
	if r.Str("person") != young.ID {
		t.Errorf("picked %s of %v", r.Text("person"), r.Str("person"))
	}
	d.texts(r, map[string]string{"person": "张三", "talker": "李四"})
	_ = gone
}

// What is typed ahead of the ledger's answer must not meet another name's list.
func TestTypingAheadOfTheSearch(t *testing.T) {
	l := newLedger(t)
	for _, n := range []string{"张三", "李四", "王五", "赵六"} {
		member(t, l, n)
	}
	d := open(t, l, 80, 24, ui.FormOf{Kind: "activity", Field: "made_up"})
	d.Type("zs\rls\rww\r")
	d.shows("张三、李四、王五、")
	d.caret("> 已补课          张三、李四、王五、")
	d.Press("backspace")
	d.caret("> 已补课          张三、李四、")
	d.Type("zl")
	d.hides("> 张三")
	d.Press("tab")
	d.shows("张三、李四、赵六")
}

func TestANewRecordIsMadeInsideTheList(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "talk", Field: "person"})
	d.Type("钱七")
	d.shows("台账里没有,按 F2 新建")
	d.Press("f2")
	d.shows("新增人员", "钱七")
	d.Press("tab", "tab")
	d.Type("男")
	d.Press("enter", "pgdown")
	d.Type("群众")
	d.Press("enter", "f2")
	d.shows("新增谈心谈话", "谈话对象  钱七")
	if got := d.one("person").Text("name"); got != "钱七" {
		t.Errorf("made %q", got)
	}
	d.Press("tab")
	d.Press("down")
	d.Press("enter", "f2")
	d.texts(d.one("talk"), map[string]string{"person": "钱七", "talker": "钱七"})
}

func TestNothingChosenFromAListOnlyLookedAt(t *testing.T) {
	l := newLedger(t)
	member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "activity", Field: "site"})
	d.Press("enter", "enter") // an empty field opens its list; Enter again goes on
	d.caret("> 主持人          ")
	d.Press("enter")
	d.shows("张三")
	d.Press("enter")
	d.caret("> 记录人          ")
}

func TestChoicesAreSeveral(t *testing.T) {
	d := open(t, newLedger(t), 80, 24, ui.FormOf{Kind: "training", Field: "audience"})
	d.Type("党员")
	d.Press("enter")
	d.Type("qz")
	d.Press("enter")
	d.Type("nmjjr")
	d.Press("enter")
	d.shows("党员、农民经纪人、群众、")
	d.Press("down")
	d.shows("[x] 党员", "[ ] 村主任")
	d.Press("down", "enter")
	d.shows("[x] 村主任", "村主任、党员、农民经纪人、群众、")
	d.Press("esc", "backspace")
	d.caret("> 对象                村主任、党员、农民经纪人、")
	d.Press("tab")
	d.shows("对象                村主任、党员、农民经纪人")
}

func TestMoneyMonthYearIntAndBool(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "dues", Preset: map[string]model.Value{"person": zs.ID}, Field: "month"})
	d.shows("张三")
	d.Type("2026、9")
	d.Press("tab")
	d.Type("\uff11,\uff12\uff10\uff10。5")
	x, _, _ := d.Cursor()
	d.Press("tab")
	d.shows("2026-09", "1200.50")
	if cx, _, ok := d.Find("1200.50"); !ok || cx+len("1200.50") != x {
		t.Errorf("the amount ends at %d, while typing the caret was at %d", cx+7, x)
	}
	d.Press("shift+tab")
	d.Type("3") // takes the place of the old amount
	d.Press("ctrl+s")
	d.texts(d.one("dues"), map[string]string{"month": "2026-09", "amount": "3.00", "person": "张三"})

	d.openForm(ui.FormOf{Kind: "person", Field: "voting_suspended"})
	x0, y0, _ := d.Cursor()
	for _, c := range []struct{ key, want string }{{"space", "是"}, {"space", "否"}, {"right", "是"}, {"left", "否"},
		{"1", "是"}, {"0", "否"}, {"是", "是"}, {"x", "是"}, {"backspace", "否"}} {
		d.Press(c.key)
		if got := d.Row(y0); !strings.Contains(got, "权利中止        "+c.want) {
			t.Errorf("after %s: %q", c.key, got)
		}
		if x, y, visible := d.Cursor(); x != x0 || y != y0 || !visible {
			t.Errorf("after %s the cursor is at %d,%d", c.key, x, y)
		}
	}
}

func TestNoteHasLinesAndACaret(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "circular", Field: "action"})
	d.Type("已传达")
	d.Press("enter")
	d.Type("学习两次")
	d.caret("学习两次")
	d.Press("up")
	d.caret("> 办理情况        已传达")
	d.Press("home", "delete")
	d.Type("都")
	d.caret("> 办理情况        都")
	d.Press("down", "end")
	long := strings.Repeat("村民小组长会", 12)
	d.Type(long)
	if !strings.HasSuffix(d.BeforeCursor(), "长会") {
		t.Errorf("before the cursor stands %q", d.BeforeCursor())
	}
	d.Press("backspace", "ctrl+z", "tab")
	d.caret("> 存放位置        ")
	d.Press("shift+tab")
	d.Type("。")
	d.Paste("一\r\n二\x1b[31m\t三")
	d.Press("pgup")
	d.Type("s")
	d.Press("enter")
	d.Type("通知")
	d.Press("tab", "tab")
	d.Type("柳河镇党委")
	d.Press("tab")
	d.Type("2026.10.8")
	d.Press("f2")
	got := d.one("circular").Text("action")
	if !strings.HasPrefix(got, "都传达\n学习两次"+long+"。一\n二") || strings.Contains(got, "\x1b") {
		t.Errorf("saved %q", got)
	}
}

func TestValuesUsedBeforeAreOffered(t *testing.T) {
	l := newLedger(t)
	for _, place := range []string{"村部二楼会议室", "村部二楼会议室", "老槐树下"} {
		add(t, l, "activity", map[string]string{"kind": "主题党日", "title": "学习" + place, "held_on": "2026-09-05", "place": place})
	}
	d := open(t, l, 80, 24, ui.FormOf{Kind: "activity", Field: "place"})
	d.Type("cb")
	d.shows("村部二楼会议室")
	d.hides("老槐树下")
	d.Press("tab") // nothing is taken unless one goes into the list
	d.shows("地点            cb")
	d.Press("shift+tab", "backspace", "backspace")
	d.Press("down")
	d.shows("老槐树下")
	d.Press("enter")
	d.shows("地点            村部二楼会议室")
	d.caret("> 现场            ")
}

func TestOrgCodeByNameOrCode(t *testing.T) {
	l := newLedger(t)
	err := l.SetUnits(context.Background(), []store.Unit{
		{Code: "990101001001", Name: "清溪村党支部", Township: "柳河镇"},
		{Code: "990101001002", Name: "石桥村党支部", Township: "柳河镇"},
	})
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, l, 80, 24, ui.FormOf{Kind: "assessment", Field: "target_code"})
	d.shows("中共澄安县柳河镇清溪村支部委员会")
	d.Type("sqc")
	d.shows("石桥村党支部", "990101001002")
	d.Press("enter")
	d.shows("石桥村党支部")
	d.Press("shift+tab", "backspace")
	d.Type("\uff19\uff190101001009")
	d.Press("tab")
	d.shows("990101001009", "没有代码为“990101001009”的党组织")
}

func TestMouse(t *testing.T) {
	l := newLedger(t)
	member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "talk"})
	d.ClickOn("主题")
	d.Type("思想动态")
	x, y, _ := d.Find("思想动态")
	d.Click(x+4, y)
	d.caret("> 主题      思想")
	d.ClickOn("谈话对象")
	d.shows("张三")
	d.ClickOn("张三")
	d.shows("谈话对象  张三")
	d.Wheel(5, 5, 1)
	d.caret(">*谈话人    ")
	d.ClickOn("保存")
	d.shows("没有保存,请先改好“谈话人”")
}

func TestReadOnlyShowsAndDoesNotEdit(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	path := l.Path()
	r, err := book.Open(context.Background(), path, store.Options{ReadOnly: true, Source: source()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	d := open(t, r, 80, 24, ui.FormOf{Kind: "person", ID: zs.ID})
	d.shows("台账是只读打开的", "查看人员 张三")
	d.Type("李")
	d.hides("张三李")
	d.Press("tab", "f2", "f8")
	d.shows("只读")
	if _, _, visible := d.Cursor(); visible {
		t.Error("the cursor is shown where nothing can be typed")
	}
	d.Press("esc")
	d.hides("查看人员")
}
