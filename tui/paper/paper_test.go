package paper_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// desk is the program over a village with some members, one of whom goes away; its home
// has a desktop and a stick.
type desk struct {
	*tuitest.Term
	t              *testing.T
	l              *store.Ledger
	app            *ui.App
	desktop, stick string
	opened         []string // what was given to the system to open
	cannot         error    // what the system answers
}

func start(t *testing.T, w, h int, ascii bool) *desk {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "设置"))
	t.Setenv("USERPROFILE", home)
	d := &desk{t: t, l: sample.NewLedger(t), desktop: filepath.Join(home, "桌面"), stick: filepath.Join(home, "U盘")}
	for _, dir := range []string{d.desktop, d.stick} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 26 {
		sample.AddPerson(t, d.l, map[string]model.Value{"name": "党员" + string([]rune("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄")[i]),
			"sex": "男", "birth_date": model.Date(fmt.Sprintf("19%02d-03-02", 50+i)), "status": "正式党员", "id_checked": true,
			"id_number": fmt.Sprintf("99010119%02d03020118", 50+i), "phone": fmt.Sprintf("100123456%02d", i), "address": "石桥村三组8号",
			"joined_on": model.Date("1999-07-01"), "confirmed_on": model.Date("2000-07-01")})
	}
	r := tui.New(context.Background(), tui.Options{Ledger: d.l, Source: sample.Source(), ASCII: ascii, NoColor: true,
		Drives: func() []string { return []string{d.stick} },
		Opener: func(path string) error {
			d.opened = append(d.opened, path)
			return d.cannot
		}})
	d.app, d.Term = r.App(), sample.StartReal(t, r, w, h)
	return d
}

// transfer puts the going away of the first member on file.
func (d *desk) transfer() *model.Record {
	d.t.Helper()
	found, err := d.l.Page(context.Background(), store.Query{Kind: sample.PersonKind, Limit: 1})
	if err != nil {
		d.t.Fatal(err)
	}
	m, err := d.l.New(context.Background(), "movement")
	if err != nil {
		d.t.Fatal(err)
	}
	for field, v := range map[string]model.Value{"person": found.Records[0].ID, "kind": "转出", "happened_on": model.Date("2026-10-20"),
		"to_org": "南塘村党支部", "letter_no": "7", "valid_until": model.Date("2027-01-18"), "dues_paid_to": model.Month("2026-10")} {
		m.Set(field, v)
	}
	s, err := d.l.Save(context.Background(), model.FromForm, m)
	if err != nil {
		d.t.Fatal(err)
	}
	return s.Records[0]
}

// files are the names in a folder, and whether it is there.
func (d *desk) files(dir string) string {
	d.t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "没有文件夹"
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return strings.Join(names, "|")
}

func (d *desk) shows(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.Screen(), s) {
			d.t.Errorf("%q is not on the screen:\n%s", s, d.Screen())
		}
	}
}

// open goes to a paper from the list, found by what is typed.
func (d *desk) open(find string) {
	d.t.Helper()
	sample.OpenScreen(d.Term, "报表")
	d.WaitFor("找:")
	d.Type(find)
	d.Press("enter")
}

// TestLook looks at the list and at the pages of a paper at each size.
func TestLook(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		w, h  int
		ascii bool
	}{{"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"ascii", 80, 24, true}} {
		d := start(t, c.w, c.h, c.ascii)
		sample.OpenScreen(d.Term, "报表")
		d.WaitFor("党员花名册")
		sample.Golden(t, d.Term, here, "list-"+c.name)
		d.Type("党员花名册")
		d.Press("enter")
		d.WaitFor("党员丙")
		sample.Golden(t, d.Term, here, "roster-"+c.name)
		d.Press("right", "right", "pgdown")
		sample.Golden(t, d.Term, here, "roster-moved-"+c.name)
		d.Press("home", "ctrl+u")
		d.WaitFor("隐去一部分")
		sample.Golden(t, d.Term, here, "hide-"+c.name)
	}
}

// TestMove: the headings and the first columns stay while the pages move; the ends are
// ends.
func TestMove(t *testing.T) {
	d := start(t, 80, 24, false)
	d.open("党员花名册")
	d.WaitFor("党员丙")
	d.Press("pgdown", "pgdown", "right", "right", "right")
	d.shows("序号", "姓名", "手机号")
	if s := d.Screen(); strings.Contains(s, "党员丙") || !strings.Contains(s, "党员") {
		t.Errorf("the names don't stay:\n%s", s)
	}
	d.Press("end")
	d.shows("序号", "党员子")
	at := d.Screen()
	d.Press("down", "pgdown")
	if d.Screen() != at {
		t.Errorf("there is more behind the end:\n%s", d.Screen())
	}
	for range 30 {
		d.Press("right")
	}
	d.shows("备注")
	d.Press("home")
	d.shows("党员丙")
	d.Wheel(10, 10, 3)
	if d.Screen() == at || !strings.Contains(d.Screen(), "序号") {
		t.Errorf("the wheel does nothing, or the headings are gone:\n%s", d.Screen())
	}
	d.Press("home", "f5")
	d.WaitFor("没有空白的样子")
	d.shows("党员丙")
}

// keysToPrint is how many keys a list may take from the work table to the printed file:
// the menu, its entry, the paper, 打印, the numbers hidden, the desktop.
const keysToPrint = 6

// TestPrint: a paper goes into 台账报表 on the desktop and is opened; a second one stands
// beside it; what the system can't open is said, and the file stays.
func TestPrint(t *testing.T) {
	d := start(t, 80, 24, false)
	keys := 0
	press := func(key string) {
		keys++
		d.Press(key)
	}
	press("f12")
	d.Type("报表") // typed words are not counted: an input method takes as many keys as it likes
	press("enter")
	d.Type("党员花名册")
	press("enter")
	d.WaitFor("党员丙")
	press("ctrl+u")
	press("enter")
	d.WaitFor("写到哪里")
	press("enter")
	d.WaitFor("已写成:")
	if keys > keysToPrint {
		t.Errorf("%d keys, want at most %d", keys, keysToPrint)
	}
	dir := filepath.Join(d.desktop, "台账报表")
	first := filepath.Join(dir, "党员花名册 2026-10-31.xlsx")
	if len(d.opened) != 1 || d.opened[0] != first {
		t.Errorf("opened %q", d.opened)
	}
	d.shows("请电脑上的表格程序打开")
	d.cannot = model.Errorf("E-OPEN", "没有装表格程序")
	d.Press("shift+f9", "enter", "enter")
	d.WaitFor("没能自动打开")
	d.shows("没有装表格程序")
	// The path is wrapped where the line ends.
	if !strings.Contains(strings.Join(strings.Fields(d.Screen()), ""), "党员花名册2026-10-31(2).xlsx") {
		t.Errorf("the second file is not named:\n%s", d.Screen())
	}
	if got := d.files(dir); got != "党员花名册 2026-10-31(2).xlsx|党员花名册 2026-10-31.xlsx" {
		t.Errorf("on the desktop: %s", got)
	}
	if past, err := d.l.HandedOut(context.Background(), 0); err != nil || len(past) != 0 {
		t.Errorf("masked papers are kept as handed out: %+v, %v", past, err)
	}
}

// TestPrintElsewhere: the stick, and a folder that is typed and offered again; a wrong one
// is said.
func TestPrintElsewhere(t *testing.T) {
	d := start(t, 80, 24, false)
	d.open("党员花名册(上墙)")
	d.WaitFor("张贴用")
	d.Press("enter")
	d.WaitFor("写到哪里")
	d.Type("U盘")
	d.Press("enter")
	d.WaitFor("已写成:")
	if got := d.files(filepath.Join(d.stick, "台账报表")); got != "党员花名册(上墙) 2026-10-31.xlsx" || len(d.opened) != 0 {
		t.Errorf("on the stick: %s, opened %q", got, d.opened)
	}
	d.Press("enter")
	d.Type("别的")
	d.Press("enter")
	d.WaitFor("写到哪个文件夹")
	d.Type(filepath.Join(d.desktop, "没有"))
	d.Press("f2")
	d.WaitFor("核对位置写得对不对")
	d.Press("enter")
	d.Press("ctrl+u")
	d.Type(d.desktop)
	d.Press("enter", "enter")
	d.WaitFor("请电脑上的表格程序打开")
	if got := d.files(d.desktop); got != "党员花名册(上墙) 2026-10-31.xlsx" {
		t.Errorf("in the folder: %s", got)
	}
	d.Press("enter")
	d.WaitFor("上次选的文件夹")
}

// TestPrintWhole: whole numbers want a purpose and a receiver, which stand among the
// changes; the second time they are proposed.
func TestPrintWhole(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	d := start(t, 80, 24, false)
	d.open("党员花名册")
	d.WaitFor("党员丙")
	if s := d.Screen(); strings.Contains(s, "03020118") {
		t.Errorf("the number is whole on the screen:\n%s", s)
	}
	d.Press("ctrl+u", "down", "enter")
	d.WaitFor("接收单位")
	d.Press("f2")
	d.WaitFor("一定要填")
	d.Type("年底统计")
	d.Press("enter")
	if got := d.BeforeCursor(); !strings.Contains(got, "接收单位") {
		t.Errorf("the caret stands behind %q", got)
	}
	d.Type("柳河镇党委")
	sample.Golden(t, d.Term, here, "purpose-80x24")
	d.Press("enter", "enter")
	d.WaitFor("写到哪里")
	d.Press("enter")
	d.WaitFor("已写成:")
	past, err := d.l.HandedOut(context.Background(), 0)
	if err != nil || len(past) != 1 || past[0].Purpose != "年底统计" || past[0].Receiver != "柳河镇党委" || past[0].File != d.opened[0] {
		t.Errorf("kept: %+v, %v", past, err)
	}
	d.Press("ctrl+u", "down", "enter")
	d.WaitFor("年底统计")
	d.shows("柳河镇党委")
	d.Press("esc", "esc")
	sample.OpenScreen(d.Term, "修改记录")
	d.WaitFor("出表")
	d.shows("党员花名册 2026-10-31:年底统计,交柳河镇党委")
	d.Type("出表")
	d.Press("enter")
	d.WaitFor("接收单位:柳河镇党委")
}

// TestPrintFromTable: from a table and from a form the key leads to what the record gives,
// for a record that gives nothing to the list of its kind and to all papers; what is not
// saved is saved first.
func TestPrintFromTable(t *testing.T) {
	d := start(t, 80, 24, false)
	m := d.transfer()
	d.Send(ui.Push{Screen: d.app.Table(d.app, ui.TableOf{Kind: "movement", View: "减少"})})
	d.WaitFor("转出")
	d.Press("ctrl+u")
	d.WaitFor("介绍信存根")
	d.shows("党员丙 转出")
	d.Press("esc")
	d.Send(ui.Push{Screen: d.app.Form(d.app, ui.FormOf{Kind: "movement", ID: m.ID, Field: "note"})})
	d.WaitFor("修改党员变动")
	d.Press("ctrl+u")
	d.WaitFor("介绍信存根")
	d.Press("esc")
	d.Type("改一改")
	d.Press("ctrl+u")
	d.WaitFor("先按 F2 保存")
	d.Send(ui.Push{Screen: d.app.Table(d.app, ui.TableOf{Kind: "movement", View: "全部"})})
	d.WaitFor("期初在册")
	d.Type("期初")
	d.Press("ctrl+u")
	d.WaitFor("打印哪一张")
	d.shows("党员变动登记簿", "表上的")
	d.Press("down", "enter")
	d.WaitFor("看这张表")
	d.shows("党员花名册")
}

// TestChooseRecord: from the list a letter asks for its transfer, or is made blank; F4
// chooses another, F5 goes between the two.
func TestChooseRecord(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	d := start(t, 80, 24, false)
	d.transfer()
	d.open("介绍信")
	d.WaitFor("哪一条党员变动")
	d.shows("党员丙 转出", "空白表")
	d.Press("enter")
	d.WaitFor("介绍信存根")
	sample.Golden(t, d.Term, here, "letter-80x24")
	d.Press("f5")
	d.WaitFor("空白表")
	d.WaitGone("党员丙同志")
	d.Press("f5")
	d.WaitFor("党员丙同志")
	d.Press("f4")
	d.WaitFor("哪一条党员变动")
	d.Press("down", "enter")
	d.WaitGone("党员丙同志")
	d.shows("________同志")
	d.Press("f5")
	d.WaitFor("哪一条党员变动")
	d.Press("enter")
	d.WaitFor("党员丙同志")
}
