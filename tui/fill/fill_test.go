package fill_test

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// desk is the program on a village's ledger, with a folder in which blanks lie.
type desk struct {
	*tuitest.Term
	t    *testing.T
	l    *store.Ledger
	dir  string
	keys int
}

// village has three members and a folder of blanks, which the program offers first.
func village(t *testing.T, w, h int, ascii bool) *desk {
	t.Helper()
	home, err := os.MkdirTemp("", "f")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(home); err != nil {
			t.Error(err)
		}
	})
	t.Setenv("HOME", home)
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	dir := filepath.Join(home, "桌面")
	for _, d := range []string{dir, filepath.Join(home, "下载")} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	l := sample.NewLedger(t)
	for i, name := range []string{"王大山", "李二河", "赵三江"} {
		sample.AddPerson(t, l, map[string]model.Value{"name": name, "sex": []string{"男", "女", "男"}[i], "birth_date": fmt.Sprintf("197%d-03-02", i),
			"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01", "phone": fmt.Sprintf("1000000000%d", i)})
	}
	r := tui.New(context.Background(), tui.Options{Ledger: l, NoColor: true, ASCII: ascii, Drives: func() []string { return nil }})
	return &desk{Term: sample.StartReal(t, r, w, h), t: t, l: l, dir: dir}
}

// Press presses keys and counts them.
func (d *desk) Press(keys ...string) {
	d.t.Helper()
	d.keys += len(keys)
	d.Term.Press(keys...)
}

// roster writes a blank list.
func (d *desk) roster(name string, headings ...string) {
	d.t.Helper()
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1}, {Type: "right", Style: 1}, {Type: "top", Style: 1}, {Type: "bottom", Style: 1}}})
	if err != nil {
		d.t.Fatal(err)
	}
	last, err := excelize.CoordinatesToCellName(len(headings), 3)
	if err == nil {
		err = f.SetCellStyle("Sheet1", "A2", last, style)
	}
	if err == nil {
		err = f.SetCellStr("Sheet1", "A1", "党员花名册")
	}
	if err == nil {
		err = f.SetSheetRow("Sheet1", "A2", &headings)
	}
	if err == nil {
		err = f.SetSheetDimension("Sheet1", "A1:"+last)
	}
	if err == nil {
		err = f.SaveAs(filepath.Join(d.dir, name))
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// card writes a blank .docx of one person.
func (d *desk) card(name string) {
	d.t.Helper()
	f, err := os.Create(filepath.Join(d.dir, name))
	if err != nil {
		d.t.Fatal(err)
	}
	z := zip.NewWriter(f)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = io.WriteString(w, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+
			`<w:p><w:r><w:t>姓名:________  性别:____</w:t></w:r></w:p><w:p><w:r><w:t>血型:____</w:t></w:r></w:p></w:body></w:document>`)
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) shows(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.Screen(), s) {
			d.t.Errorf("%q is not on the screen:\n%s", s, d.Screen())
		}
	}
}

// cell reads a filled .xlsx.
func (d *desk) cell(file, at string) string {
	d.t.Helper()
	f, err := excelize.OpenFile(filepath.Join(d.dir, file))
	if err != nil {
		d.t.Fatal(err)
	}
	v, err := f.GetCellValue("Sheet1", at)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

// golden compares the screen with its picture, in which the made-up home is called ~.
func (d *desk) golden(name string) {
	d.t.Helper()
	home := filepath.Dir(d.dir)
	lines := strings.Split(d.Screen(), "\n")
	for i, line := range lines {
		if !strings.Contains(line, home) {
			continue
		}
		line = strings.ReplaceAll(line, home, "~")
		for _, border := range []string{"│", "|"} {
			if head, ok := strings.CutSuffix(line, border); ok {
				line = head + strings.Repeat(" ", len(home)-1) + border
			}
		}
		lines[i] = line
	}
	tuitest.Golden(d.t, name, strings.Join(lines, "\n")+"\n")
}

// A list of members is filled from 今天办什么: picked, looked at, filled.
func TestAListIsFilled(t *testing.T) {
	d := village(t, 80, 24, false)
	d.roster("花名册.xlsx", "序号", "姓名", "性别", "血型", "签名")
	d.Press("f2", "y", "b", "enter", "enter")
	d.shows("填哪张表", "花名册.xlsx", "下载")
	d.Press("down", "down", "down", "enter") // 上一级, 下载
	d.shows("认出 3 格,1 格不认识", "在册党员,3 人", "← 姓名", "空着:不认识", "留给人签")
	d.Press("f2")
	d.shows("已填好 3 人,表里加了 2 行", "花名册(已填).xlsx", "台账里没有、空着的", "血型", "留给人签字盖章的", "签名")
	d.t.Logf("a list: %d keys", d.keys)
	if d.keys > 10 {
		t.Errorf("a list took %d keys, at most 10 are allowed", d.keys)
	}
	if got := d.cell("花名册(已填).xlsx", "B5"); got == "" {
		t.Error("the third member is not in the form")
	}
	if got := d.cell("花名册.xlsx", "B3"); got != "" {
		t.Errorf("the blank holds %q", got)
	}
	d.Press("enter")
	d.shows("没能打开:现在没有图形桌面")
	d.Press("esc", "f2")
	d.shows("花名册(已填2).xlsx")
}

// A binding that is corrected is kept for forms of the same headings.
func TestACorrectedBindingIsKept(t *testing.T) {
	d := village(t, 80, 24, false)
	d.roster("花名册.xlsx", "姓名", "性别", "身份说明")
	pick := func() { d.Press("down", "down", "down", "enter") }
	open := func() {
		d.Press("f12")
		d.Type("填表")
		d.Press("enter")
		pick()
	}
	open()
	d.Press("end")
	d.shows("> C2    身份说明", "空着:不认识")
	d.Press("enter")
	d.shows("> 留空")
	d.Type("人员类别")
	d.Press("enter")
	d.shows("← 人员类别", "记住了")
	d.Press("esc")
	open()
	d.shows("身份说明", "← 人员类别")
	d.Press("f2")
	if got := d.cell("花名册(已填).xlsx", "C3"); got != "正式党员" {
		t.Errorf("C3 holds %q", got)
	}
	// 留空 takes a binding away, for the next time too.
	d.Press("f4")
	pick()
	d.Press("end", "up", "enter", "enter")
	d.shows("空着:不认识")
	d.Press("f2")
	if got := d.cell("花名册(已填2).xlsx", "B3"); got != "" {
		t.Errorf("B3 holds %q", got)
	}
}

// Whole numbers are asked for what and for whom, before anything is written.
func TestWholeNumbersNeedAPurpose(t *testing.T) {
	d := village(t, 80, 24, false)
	d.roster("花名册.xlsx", "姓名", "联系电话")
	d.Press("f12")
	d.Type("填表")
	d.Press("enter", "down", "down", "down", "enter", "f2")
	d.shows("表里写全身份证号和电话", "用途", "接收单位")
	d.golden("purpose")
	d.Press("f2")
	d.shows("写全号码一定要填这一项")
	if _, err := os.Stat(filepath.Join(d.dir, "花名册(已填).xlsx")); err == nil {
		t.Error("written without a purpose")
	}
	d.Type("年底统计")
	d.Press("enter")
	d.Type("柳河镇党委")
	d.Press("f2")
	d.shows("已填好 3 人")
	if got := d.cell("花名册(已填).xlsx", "B3"); !strings.HasPrefix(got, "1000000000") {
		t.Errorf("B3 holds %q", got)
	}
	past, err := d.l.HandedOut(context.Background(), 0)
	if err != nil || len(past) != 1 || past[0].Title != "填表:花名册" || past[0].Purpose != "年底统计" || past[0].File != filepath.Join(d.dir, "花名册(已填).xlsx") {
		t.Errorf("the history holds %+v, %v", past, err)
	}
	d.Press("esc", "f2")
	d.shows("年底统计", "柳河镇党委")
}

// A form of one person asks for whom.
func TestACardOfOnePerson(t *testing.T) {
	d := village(t, 80, 24, false)
	d.card("登记卡.docx")
	d.Press("f12")
	d.Type("填表")
	d.Press("enter", "down", "down", "down", "enter")
	d.shows("还没有选", "正文", "血型")
	d.Press("f2")
	d.Type("李二")
	d.WaitFor("> 李二河")
	d.Press("enter", "f2")
	d.shows("已填好 1 人", "登记卡(已填).docx", "血型")
	z, err := zip.OpenReader(filepath.Join(d.dir, "登记卡(已填).docx"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := z.Close(); err != nil {
			t.Error(err)
		}
	}()
	r, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil || !strings.Contains(string(text), "李二河") || !strings.Contains(string(text), "女") {
		t.Errorf("%v in\n%s", err, text)
	}
}

// Marked rows go from their table into a form.
func TestMarkedRowsAreFilled(t *testing.T) {
	d := village(t, 80, 24, false)
	d.roster("花名册.xlsx", "姓名", "性别")
	d.Press("f12")
	d.Type("人员")
	d.Press("enter", "insert", "insert", "ctrl+a")
	d.Type("填表")
	d.Press("enter", "down", "down", "down", "enter")
	d.shows("标记的 2 人")
	d.Press("f5")
	d.shows("标记的 2 人", "在册党员", "全部")
	d.golden("rows")
	d.Type("全部")
	d.Press("enter")
	d.shows("全部,3 人")
	d.Press("f2")
	d.shows("已填好 3 人")
}

// Old formats are refused with how to save them, and the list of files stays open.
func TestAnOldFormat(t *testing.T) {
	d := village(t, 80, 24, false)
	if err := os.WriteFile(filepath.Join(d.dir, "旧表.doc"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Press("f12")
	d.Type("填表")
	d.Press("enter", "down", "down", "down", "enter")
	d.shows("另存为", "*.docx")
	d.Press("esc", "esc", "esc")
	d.shows("工作台")
}

func TestScreens(t *testing.T) {
	for _, look := range []struct {
		name  string
		w, h  int
		ascii bool
	}{{"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"ascii", 80, 24, true}} {
		d := village(t, look.w, look.h, look.ascii)
		d.roster("花名册.xlsx", "序号", "姓名", "性别", "出生年月", "血型", "签名")
		d.Press("f12")
		d.Type("填表")
		d.Press("enter")
		d.golden("pick-" + look.name)
		d.Press("down", "down", "down", "enter")
		d.golden("plan-" + look.name)
		d.Press("end", "up", "enter")
		d.shows("> 留空  这一格不填", "序号", "姓名") // how wide it is hangs on all that a form may ask for
		d.Press("esc", "f2")
		d.golden("filled-" + look.name)
	}
	d := village(t, 60, 20, false)
	d.shows("至少要宽 80 格、高 24 行")
}
