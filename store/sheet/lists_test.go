package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/store/sheet"
)

// listHead is the header of the lists below; person gives a row of it.
const listHead = "姓名,性别,公民身份号码,民族,人员类别,入党日期,转正日期,联系电话,家庭住址,备注"

func person(name string, n int, more ...string) string {
	cells := []string{name, "男", idNumber(fmt.Sprintf("1970%02d15", n%12+1), 2*n+1), "汉族", "正式党员", "1995-07-01", "1996-07-01", fmt.Sprintf("100%08d", n), "东荷庄村", ""}
	for i := 0; i+1 < len(more); i += 2 {
		for j, h := range strings.Split(listHead, ",") {
			if h == more[i] {
				cells[j] = more[i+1]
			}
		}
	}
	return strings.Join(cells, ",")
}

// table makes cells of lines of CSV without quotes.
func table(lines ...string) [][]any {
	rows := make([][]any, len(lines))
	for i, line := range lines {
		for _, text := range strings.Split(line, ",") {
			if text == "" {
				rows[i] = append(rows[i], nil)
			} else {
				rows[i] = append(rows[i], text)
			}
		}
	}
	return rows
}

// saidOf joins all that a plan says.
func saidOf(p *sheet.Plan) string {
	all := append([]string(nil), p.Notes...)
	for i := range p.Rows {
		r := &p.Rows[i]
		all = append(all, r.Where()+":"+r.Reason+strings.Join(r.Warnings, ";"))
	}
	return strings.Join(all, "\n")
}

// An opening quote that nothing closes, or that one far below closes, swallows no row:
// the row is named and every person is taken.
func TestQuotesSwallowNoRow(t *testing.T) {
	for _, c := range []struct {
		name    string
		lines   []string
		persons int
		says    string
	}{
		{"open in the last column", []string{person("张三", 1, "备注", `"高6尺`), person("李四", 2), person("王五", 3)}, 3, "J2 格有一个不成对的引号"},
		{"open in the middle", []string{person("张三", 1, "家庭住址", `"东荷庄村3组`), person("李四", 2), person("王五", 3)}, 3, "I2 格有一个不成对的引号"},
		{"open in the first column", []string{`"` + person("张三", 1), person("李四", 2), person("王五", 3)}, 3, "A2 格有一个不成对的引号"},
		{"closed in the next row's last cell", []string{person("张三", 1, "备注", `"高6尺`), person("李四", 2, "备注", `5"`), person("王五", 3)}, 3, "J2 格有一个不成对的引号"},
		{"closed three rows below", []string{person("张三", 1, "家庭住址", `"东荷庄村`), person("李四", 2), person("王五", 3), person("赵六", 4, "家庭住址", `6"`)}, 4, "I2 格有一个不成对的引号"},
		{"closed in a first cell below", []string{`"` + person("张三", 1), person("李四", 2), person(`王五"`, 3)}, 3, "A2 格有一个不成对的引号"},
		{"two in one row", []string{person("张三", 1, "联系电话", `"10000000009`, "备注", `5"`), person("李四", 2)}, 2, "H2 格有一个不成对的引号"},
		{"inside a cell", []string{person(`张"三"`, 1), person("李四", 2, "备注", `5"管`)}, 2, ""},
		{"a true value of two lines", []string{person("张三", 1, "备注", "\"一行\n二行,三\"\"四\""), person("李四", 2)}, 2, ""},
		{"a true value in the first column", []string{strings.Replace(person("张三", 1), "张三", "\"张\n三\"", 1), person("李四", 2)}, 2, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := mustCreate(t)
			for _, eol := range []string{"\n", "\r\n"} {
				content := strings.ReplaceAll(listHead+"\n"+strings.Join(c.lines, "\n")+"\n", "\n", eol)
				p := mustRead(t, l, "person", textFile(t, "a.csv", []byte(content)), sheet.ReadOptions{})
				if _, taken, _, _, _ := p.Counts(); taken != c.persons {
					t.Errorf("%d taken, want %d: %s", taken, c.persons, saidOf(p))
				}
				wantText(t, saidOf(p), c.says)
				if c.says == "" && strings.Contains(saidOf(p), "引号") {
					t.Errorf("says %s", saidOf(p))
				}
				for i := range p.Rows {
					for _, f := range p.Rows[i].Record.Kind.Fields() {
						if text := p.Rows[i].Record.Text(f.Name); f.Name != "id_number" && strings.Contains(text, "990101") {
							t.Errorf("%s of %s spans persons: %q", f.Name, p.Rows[i].Where(), text)
						}
					}
				}
			}
		})
	}
}

// A character that GB18030 does not define, one that a user made for himself, and a byte
// that is broken spoil their cell alone.
func TestUnknownCharacters(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Join([]string{listHead, person("张X三", 1), person("李四", 2), ""}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	utf8Text := strings.Join([]string{listHead, person("张X三", 1), person("李四", 2), ""}, "\n")
	for name, content := range map[string]string{
		"user-defined AAA1": strings.Replace(gbk, "X", "\xAA\xA1", 1), "user-defined A140": strings.Replace(gbk, "X", "\xA1\x40", 1),
		"user-defined FEFE": strings.Replace(gbk, "X", "\xFE\xFE", 1), "undefined A2AB": strings.Replace(gbk, "X", "\xA2\xAB", 1), "a broken byte": strings.Replace(gbk, "X", "\xFF", 1),
		"a broken byte in UTF-8": strings.Replace(utf8Text, "X", "\xFF", 1), "private use in UTF-8": strings.Replace(utf8Text, "X", "\ue000", 1),
		"a supplementary plane": strings.Replace(utf8Text, "X", "\U000F0000", 1),
	} {
		t.Run(name, func(t *testing.T) {
			l := mustCreate(t)
			p := mustRead(t, l, "person", textFile(t, "a.csv", []byte(content)), sheet.ReadOptions{})
			if got, want := counts(p), "read 2, taken 2, updated 0, duplicates 0, rejected 0"; got != want {
				t.Fatalf("%s, want %s: %s", got, want, saidOf(p))
			}
			if got := p.Rows[0].Record.Text("name"); got != "张□三" {
				t.Errorf("name %q", got)
			}
			wantText(t, saidOf(p), "A2 格(姓名)里有认不出的字")
		})
	}
	p := mustRead(t, mustCreate(t), "person", textFile(t, "a.csv", []byte(strings.Replace(gbk, "X", "\xA8\xBC", 1))), sheet.ReadOptions{})
	if got := p.Rows[0].Record.Text("name"); got != "张ḿ三" {
		t.Errorf("a character of the newer standard: %q", got)
	}
}

// UTF-16 without a byte order mark, and values that programs write as formulas.
func TestOddCSV(t *testing.T) {
	text := strings.Join([]string{listHead, person("张三", 1), person("李四", 2), ""}, "\n")
	var wide []byte
	for _, r := range text {
		wide = append(wide, byte(r), byte(r>>8))
	}
	formulas := strings.Replace(text, "10000000001", `"=""10000000001"""`, 1)
	formulas = strings.Replace(formulas, "10000000002", `="10000000002"`, 1)
	for name, content := range map[string][]byte{"UTF-16": wide, "formulas": []byte(formulas), "marks inside": []byte(strings.ReplaceAll(text, "\n", "\n\ufeff"))} {
		p := mustRead(t, mustCreate(t), "person", textFile(t, "a.csv", content), sheet.ReadOptions{})
		if len(p.Rows) != 2 || p.Rows[0].Record.Text("phone") != "10000000001" || p.Rows[1].Record.Text("phone") != "10000000002" {
			t.Errorf("%s: %s %s", name, counts(p), saidOf(p))
		}
	}
}

// addSheet writes lines to a further sheet.
func addSheet(t testing.TB, f *excelize.File, name string, lines ...string) {
	t.Helper()
	if _, err := f.NewSheet(name); err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		for j, text := range strings.Split(line, ",") {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStr(name, cell, text); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Every sheet that holds the list is read; its name stands for 所在支部或小组; the others
// are named; columns may stand in another order.
func TestSheetsOfGroups(t *testing.T) {
	l := mustCreate(t)
	group := mustSave(t, l, "organization", "name", "青石沟村第二党小组", "code", "990101001091", "kind", "党小组", "domain", "行政村", "parent", l.Home().ID)
	second := strings.Split(person("李四", 2), ",")
	path := workbook(t, "a.xlsx", table("填表说明", "每行一人"), func(f *excelize.File) {
		addSheet(t, f, "第一党小组", listHead, person("张三", 1))
		addSheet(t, f, "第二党小组", "备注,公民身份号码,性别,姓名,民族,人员类别,入党日期,转正日期,职业爱好", strings.Join([]string{"外出", second[2], "男", "李四", "汉族", "正式党员", "1995-07-01", "1996-07-01", "下棋"}, ","))
		addSheet(t, f, "全体", listHead, person("张三", 1), person("王五", 3))
		addSheet(t, f, "停用", listHead, person("赵六", 4))
		addSheet(t, f, "空表")
		if err := f.SetSheetVisible("停用", false); err != nil {
			t.Fatal(err)
		}
	})
	p := mustRead(t, l, "person", path, sheet.ReadOptions{})
	if got, want := counts(p), "read 4, taken 3, updated 0, duplicates 1, rejected 0"; got != want {
		t.Fatalf("%s, want %s: %s", got, want, saidOf(p))
	}
	wantText(t, saidOf(p), "工作表“Sheet1”没有读入", "隐藏的工作表“停用”", "与“第一党小组”第 2 行是同一个人")
	if strings.Contains(saidOf(p), "空表") {
		t.Errorf("an empty sheet needs no word: %s", saidOf(p))
	}
	if got := p.Rows[1].Record; got.Str("party_group") != group.ID || got.Text("note") != "外出" {
		t.Errorf("group %q, note %q", got.Str("party_group"), got.Text("note"))
	}
	if got := strings.Join(p.Sheets(), " "); got != "第一党小组 第二党小组 全体" {
		t.Errorf("sheets %s", got)
	}
	mustApply(t, l, p)
	if p := mustRead(t, l, "person", path, sheet.ReadOptions{Sheet: "停用"}); len(p.Rows) != 1 || p.Rows[0].Record.Text("name") != "赵六" {
		t.Errorf("the sheet that was named: %s", counts(p))
	}
}

// A list on a hidden sheet alone is read and said.
func TestOnlyAHiddenSheet(t *testing.T) {
	path := workbook(t, "a.xlsx", table("封面"), func(f *excelize.File) {
		addSheet(t, f, "名单", listHead, person("张三", 1))
		if err := f.SetSheetVisible("名单", false, true); err != nil {
			t.Fatal(err)
		}
	})
	p := mustRead(t, mustCreate(t), "person", path, sheet.ReadOptions{})
	if _, taken, _, _, _ := p.Counts(); taken != 1 {
		t.Errorf("%s", counts(p))
	}
	wantText(t, saidOf(p), "隐藏的工作表“名单”")
}

// Formulas of which the file stores no value are said once a column, and keep out the
// row whose name is one; hidden and struck-out rows are said.
func TestFormulasAndMarkedRows(t *testing.T) {
	path := workbook(t, "a.xlsx", table(listHead, person("张三", 1, "联系电话", ""), person("李四", 2, "联系电话", ""), person("", 3)), func(f *excelize.File) {
		style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{f.SetCellFormula("Sheet1", "A4", "B9"), f.SetCellFormula("Sheet1", "H2", "B9"), f.SetCellFormula("Sheet1", "H3", "B9"),
			f.SetRowVisible("Sheet1", 2, false), f.SetCellStyle("Sheet1", "A3", "A3", style)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	p := mustRead(t, mustCreate(t), "person", path, sheet.ReadOptions{})
	if got, want := counts(p), "read 3, taken 2, updated 0, duplicates 0, rejected 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	wantText(t, saidOf(p), "“联系电话”一列有公式没有存下结果", "H2、H3", "A4 格是公式", "在表格里隐藏的行也读入了", "(第 2 行)", "删除线", "(第 3 行)")
}

// What is written where nothing is known is nothing, said once a column; a choice that is
// called so stays; 同上 is the cell above.
func TestPlaceholders(t *testing.T) {
	lines := []string{listHead}
	for i, word := range []string{"不详", "无", "/", "—", "——", "-", "暂无", "未知", "N/A", "待补", "／", "没有"} {
		lines = append(lines, person("人"+string([]rune("甲乙丙丁戊己庚辛壬癸子丑")[i]), i+1, "转正日期", word, "联系电话", word))
	}
	p := mustRead(t, mustCreate(t), "person", workbook(t, "a.xlsx", table(lines...)), sheet.ReadOptions{})
	if _, taken, _, _, _ := p.Counts(); taken != 12 {
		t.Errorf("%s: %s", counts(p), saidOf(p))
	}
	for _, r := range p.Rows {
		if r.Record.Filled("confirmed_on") || r.Record.Filled("phone") {
			t.Errorf("%s holds %q %q", r.Where(), r.Record.Text("confirmed_on"), r.Record.Text("phone"))
		}
	}
	wantText(t, saidOf(p), "“转正日期”一列写着“不详”的,按没有填处理(G2)", "“联系电话”")

	p = mustRead(t, mustCreate(t), "person", workbook(t, "a.xlsx", table(listHead, person("张三", 1), person("李四", 2, "家庭住址", "同上"), person("王五", 3, "家庭住址", "〃"))), sheet.ReadOptions{})
	if got := p.Rows[2].Record.Text("address"); got != "东荷庄村" {
		t.Errorf("同上 gives %q", got)
	}
	wantText(t, saidOf(p), "取了上一行的内容")
}

// A phone with a remark keeps the number, and the remark goes to the note.
func TestPhonesWithRemarks(t *testing.T) {
	p := mustRead(t, mustCreate(t), "person", workbook(t, "a.xlsx", table(listHead, person("张三", 1, "联系电话", "10000000010(妻)", "备注", "外出"), person("李四", 2, "联系电话", "儿子:100 0000 0011"),
		person("王五", 3, "联系电话", "10000000012本人、10000000013妻"), person("赵六", 4, "联系电话", "+86 10000000014"), person("钱七", 5, "联系电话", "0101-2345678转801"))), sheet.ReadOptions{})
	for i, want := range []string{"10000000010|外出\n联系电话:妻", "10000000011|联系电话:儿子", "10000000012、10000000013|联系电话:尾号0012本人、尾号0013妻", "10000000014|", "0101-2345678转801|"} {
		if got := p.Rows[i].Record.Text("phone") + "|" + p.Rows[i].Record.Text("note"); got != want {
			t.Errorf("row %d: %q, want %q", i, got, want)
		}
	}
	wantText(t, saidOf(p), "“妻”记在备注里")
}

// Notes and signatures below the list are no persons; one of whom little is written is
// still a rejected person; a row of column numbers is none.
func TestLinesBelowTheList(t *testing.T) {
	lines := []string{listHead, "1,2,3,4,5,6,7,8,9,10", person("张三", 1), person("李四", 2)}
	lines = append(lines, "支部书记签字:", "联系人:王五,电话:10000000001", "制表单位:某村党支部(盖章)", "填报日期:2026年3月", "以上共2名党员", "注1:入党日期以支部大会为准",
		"*为流动党员", "(续表)", "党支部(公章)", "截至2026年2月底", "第二党小组", "※ 名单由支部保管", "合计,2")
	p := mustRead(t, mustCreate(t), "person", workbook(t, "a.xlsx", table(lines...)), sheet.ReadOptions{})
	if got, want := counts(p), "read 2, taken 2, updated 0, duplicates 0, rejected 0"; got != want {
		t.Errorf("%s, want %s: %s", got, want, saidOf(p))
	}
	wantText(t, saidOf(p), "行是说明、签字一类")
	p = mustRead(t, mustCreate(t), "person", workbook(t, "a.xlsx", table(listHead, person("张三", 1), "丁秋禾,女,,汉族", "丁秋")), sheet.ReadOptions{})
	if got, want := counts(p), "read 3, taken 1, updated 0, duplicates 0, rejected 2"; got != want {
		t.Errorf("%s, want %s: %s", got, want, saidOf(p))
	}
}

// A person whose name is merged over two rows is one.
func TestPersonOverTwoRows(t *testing.T) {
	merge := func(f *excelize.File) {
		for _, column := range []string{"A", "B", "C", "D", "E"} {
			if err := f.MergeCell("Sheet1", column+"2", column+"3"); err != nil {
				t.Fatal(err)
			}
		}
	}
	p := mustRead(t, mustCreate(t), "person", workbook(t, "a.xlsx", table(listHead, person("张三", 1), ",,,,,1995-08-01,,10000000099,,另有一号", person("李四", 2)), merge), sheet.ReadOptions{})
	if got, want := counts(p), "read 2, taken 2, updated 0, duplicates 0, rejected 0"; got != want {
		t.Fatalf("%s, want %s: %s", got, want, saidOf(p))
	}
	if got := p.Rows[0].Record.Text("phone") + " " + p.Rows[0].Record.Text("note"); got != "10000000001、10000000099 另有一号" {
		t.Errorf("%q", got)
	}
	wantText(t, saidOf(p), "F3 格的内容没有读入")
}

// Headings stand under others in any way.
func TestNestedHeadings(t *testing.T) {
	ids := []string{idNumber("19700115", 1), idNumber("19700115", 3)}
	data := func(row string, i int) string { return strings.ReplaceAll(row, "ID", ids[i]) }
	for name, c := range map[string]struct {
		head   []string
		merges []string
		row    string
	}{
		"the part above comes second": {[]string{"姓名,性别,身份证号,人员类别,时间,,联系电话", ",,,,入党,转正,"}, []string{"E1:F1"}, "张三,男,ID,正式党员,1995-07-01,1996-07-01,10000000001"},
		"the same, not merged":        {[]string{"姓名,性别,身份证号,人员类别,时间,,联系电话", ",,,,入党,转正,"}, nil, "张三,男,ID,正式党员,1995-07-01,1996-07-01,10000000001"},
		"three rows": {[]string{"花名册", "基本情况,,,党籍,,,联系电话", "姓名,性别,身份证号,人员类别,时间,,", ",,,,入党,转正,"},
			[]string{"A1:G1", "A2:C2", "D2:F2", "G2:G4", "E3:F3", "A3:A4", "B3:B4", "C3:C4", "D3:D4"}, "张三,男,ID,正式党员,1995-07-01,1996-07-01,10000000001"},
		"remarks below": {[]string{"姓名,性别,身份证号,人员类别,入党时间,转正时间,联系电话", "(必填),(男或女),(18位),,(年月日),(年月日),"}, nil, "张三,男,ID,正式党员,1995-07-01,1996-07-01,10000000001"},
		"another's name beside": {[]string{"姓名,性别,身份证号,人员类别,入党时间,转正时间,联系电话,介绍人,", ",,,,,,,姓名,电话"}, []string{"H1:I1"},
			"张三,男,ID,正式党员,1995-07-01,1996-07-01,10000000001,孙八,10000000077"},
		"a relative beside": {[]string{"家庭成员,,姓名,性别,身份证号,人员类别,入党时间,转正时间,联系电话", "姓名,电话,,,,,,,"}, []string{"A1:B1"},
			"孙八,10000000077,张三,男,ID,正式党员,1995-07-01,1996-07-01,10000000001"},
	} {
		t.Run(name, func(t *testing.T) {
			lines := append(append([]string(nil), c.head...), data(c.row, 0), data(strings.Replace(c.row, "张三", "李四", 1), 1))
			p := mustRead(t, mustCreate(t), "person", workbook(t, "a.xlsx", table(lines...), func(f *excelize.File) {
				for _, m := range c.merges {
					from, to, _ := strings.Cut(m, ":")
					if err := f.MergeCell("Sheet1", from, to); err != nil {
						t.Fatal(err)
					}
				}
			}), sheet.ReadOptions{})
			if len(p.Rows) != 2 {
				t.Fatalf("%s: %s", counts(p), saidOf(p))
			}
			r := p.Rows[0].Record
			if got, want := strings.Join([]string{r.Text("name"), r.Text("status"), r.Text("joined_on"), r.Text("confirmed_on"), r.Text("phone")}, " "), "张三 正式党员 1995-07-01 1996-07-01 10000000001"; got != want {
				t.Errorf("%s, want %s (%v)", got, want, fieldsOf(p))
			}
			for _, row := range p.Rows {
				if strings.Contains(strings.Join(row.Cells, ""), "孙八") && name == "a relative beside" {
					t.Errorf("a relative's name is shown: %v", row.Cells)
				}
			}
		})
	}
}
