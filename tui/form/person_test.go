package form_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/tui/ui"
)

// label is a field's row up to the field itself, where person's labels take 14 cells.
func label(text string) string { return text + strings.Repeat(" ", 16-ui.Width(text)) }

func TestPersonIsFilledInInTheOrderOfTheDeclaration(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person"})
	d.Type("李小")
	d.Type("龙")
	d.caret(">*" + label("姓名") + "李小龙")
	d.Press("left", "backspace")
	d.caret(">*" + label("姓名") + "李")
	d.Type("大明")
	d.caret(">*" + label("姓名") + "李大明")
	d.Press("ctrl+z")
	d.caret(">*" + label("姓名") + "李大")
	d.Press("tab") // the sex comes after the ID number, which fills it in
	d.Type("11010519491231002\uff38")
	d.caret("> " + label("公民身份号码") + "11010519491231002X")
	d.Press("enter")
	d.shows("已按公民身份号码填上性别、出生日期", label("性别")+"女", label("出生日期")+"1949-12-31")
	d.hides("请填写性别")
	d.caret(">*" + label("性别") + "女")
	d.Press("enter")
	d.caret("> " + label("已核对证件"))
	d.Press("enter", "tab") // the date is there already
	d.Type("han")
	d.shows("> 汉族")
	d.caret("> " + label("民族") + "han")
	d.Press("enter")
	d.Type("江洲市")
	d.Press("tab")
	d.Press("down", "down")
	d.Press("enter") // 初中
	d.Type("zsd")    // 正式党员
	d.Press("tab")
	d.caret(">*" + label("在册状态") + "在册")
	d.Press("tab", "tab")
	d.Type("1970。7。1")
	d.Press("tab")
	d.Type("1971年7月1日")
	d.Press("tab")
	d.shows(label("入党日期")+"1970-07-01", label("转正日期")+"1971-07-01")
	d.Press("pgdown")
	d.caret("> " + label("联系电话"))
	d.Type("10012345678")
	d.Press("f2")
	d.shows("已保存")
	r := d.one("person")
	d.texts(r, map[string]string{"name": "李大龙", "sex": "女", "id_number": "11010519491231002X", "birth_date": "1949-12-31",
		"ethnicity": "汉族", "native_place": "江洲市", "education": "初中", "status": "正式党员", "joined_on": "1970-07-01",
		"confirmed_on": "1971-07-01", "phone": "10012345678", "able_bodied": "是"})
	if n := len(drafts(t, l)); n != 0 {
		t.Errorf("%d drafts are left after saving", n)
	}
}

// The caret must be right where the text is longer than the field, too.
func TestCaretWhereTheFieldScrolls(t *testing.T) {
	d := open(t, newLedger(t), 80, 24, ui.FormOf{Kind: "person", Field: "address"})
	typed := ""
	for _, r := range "江洲市澄安县柳河镇清溪村第三村民小组老槐树旁边从东往西数第七户李家老屋后院新盖的两层楼一楼东边那一间屋" {
		d.Type(string(r))
		typed += string(r)
		got := d.BeforeCursor()
		tail := []rune(got)
		if end := string(tail[len(tail)-1]); end != string(r) {
			t.Fatalf("before the cursor stands %q, want it to end in %q", got, string(r))
		}
		if x, _, _ := d.Cursor(); x > 78 {
			t.Fatalf("the cursor is at %d", x)
		}
	}
	if !strings.Contains(d.BeforeCursor(), "…") {
		t.Errorf("the field has not scrolled:\n%s", d.Screen())
	}
	for n := len([]rune(typed)) - 1; n >= 0; n-- {
		d.Press("left")
		want := string([]rune(typed)[n])
		x, y, _ := d.Cursor()
		if got := ui.Slice(d.Row(y)+strings.Repeat(" ", 80), x, x+2); got != want {
			t.Fatalf("on the cursor stands %q, want %q:\n%s", got, want, d.Row(y))
		}
	}
}

func TestFindingsStandUnderTheirFields(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person"})
	d.Press("f2")
	d.shows("没有保存,请先改好“姓名”", "错误:请填写姓名", "错误:请填写性别")
	d.caret(">*" + label("姓名"))
	d.Type("王")
	d.hides("错误:请填写姓名")
	d.Press("tab")
	d.Type("110105194912310021")
	d.Press("tab")
	d.shows("错误:") // the check digit
	d.Type("qqq")
	d.shows("没有这一项")
	d.Press("tab")
	d.shows("错误:性别里没有“qqq”")
	d.Press("tab")
	d.Type("\uff12\uff10\uff12\uff13-2-30")
	d.caret("> " + label("出生日期") + "2023-2-30")
	d.Press("tab")
	d.shows("错误:没有“2023-2-30”这一天")
	d.Press("f2")
	d.shows("没有保存,请先改好“性别”")
	d.caret(">*" + label("性别") + "qqq")
	if n := len(d.all("person")); n != 0 {
		t.Errorf("%d persons were saved", n)
	}
}

func TestWarningsMayBeSaved(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person"})
	d.Type("王五")
	d.Press("tab", "tab")
	d.Type("男")
	d.Press("enter", "tab")
	d.Type("19700305")
	d.Press("pgdown")
	d.Type("正式")
	d.Press("enter", "tab", "tab")
	d.Type("19950701")
	d.Press("tab", "tab")
	d.shows("提醒:")
	d.Press("f2")
	d.shows("已保存", "条提醒")
	d.one("person")
}

func TestAPersonOnFileIsChanged(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person", ID: zs.ID, Field: "phone"})
	d.shows("修改人员 张三", "F8 删除")
	d.Type("10000000001")
	// Changed elsewhere meanwhile: nothing is written over, and nothing is lost.
	other := zs.Clone()
	other.Set("address", "清溪村1组")
	if _, err := l.Save(context.Background(), 0, other); err != nil {
		t.Fatal(err)
	}
	d.Press("ctrl+s")
	d.shows("没有保存,原因写在最上面", "已被别处改过", "10000000001")
	if got := d.one("person").Text("phone"); got != "" {
		t.Errorf("the phone is %q", got)
	}
}

func TestDeletingSaysWhatRefersToIt(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	add(t, l, "talk", map[string]string{"held_on": "2026-05-01", "person": zs.ID, "talker": zs.ID})
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person", ID: zs.ID})
	d.Press("delete") // edits the text
	d.hides("要删除这条")
	d.Press("f8")
	d.shows("要删除这条", "谈心谈话", "谈话对象")
	d.Press("esc")
	if n := len(d.all("person")); n != 1 {
		t.Fatalf("%d persons", n)
	}
	d.Press("ctrl+d", "down", "enter")
	d.shows("已删除", "放进了回收站")
	if n := len(d.all("person")); n != 0 {
		t.Errorf("%d persons are left", n)
	}
}
