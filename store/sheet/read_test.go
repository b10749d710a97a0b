package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
)

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// serial is the number under which the 1900 system keeps a day.
func serial(t time.Time) float64 {
	return t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}

func TestMemberList(t *testing.T) {
	l := mustCreate(t)
	path := workbook(t, "名册.xlsx", members(
		[]any{1, "张　三", "男", "汉", idNumber("19700315", 1), "大专", "2001.07.01", serial(day(2002, 7, 1)), nil},
		[]any{2, "李 四", 2, "03", idNumber("19600101", 22), 20, "19850701", day(1986, 7, 1), "=外出"},
		[]any{3, "王五", nil, "土家族", idNumber("19800808", 35), "大学", "2010年7月1日", styled{serial(day(2011, 7, 1)), `yyyy"年"m"月"d"日"`}, nil},
		[]any{nil, "小计", "3人"},
		[]any{"序号", "姓名", "性别", "民族", "公民身份号码", "学历", "入党时间", "转正时间", "备注"},
		[]any{4, "赵六", "女", "汉族", 990101199001010034.0, "高中", "2015-07-01", "2016-07-01"},
		[]any{5, "钱七", "女", "汉族", idNumber("19700315", 1), "高中", "2015-07-01", "2016-07-01"},
		[]any{6, "孙八", "女", "汉族", idNumber("19910203", 4), "高中", "记不清", "2016-07-01"},
		[]any{7},
		[]any{"合计", nil, "7人"},
		[]any{"填表人:张三", nil, nil, "审核人:李四"},
	), func(f *excelize.File) {
		if err := f.MergeCell("Sheet1", "A1", "I1"); err != nil {
			t.Fatal(err)
		}
	})
	p := mustRead(t, l, "person", path, sheet.ReadOptions{})
	if got, want := counts(p), "read 6, taken 3, updated 0, duplicates 0, rejected 3"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	if p.HeaderRow != 3 || p.Sheet != "Sheet1" {
		t.Errorf("header in row %d of %q", p.HeaderRow, p.Sheet)
	}
	if count(t, l, "person") != 0 {
		t.Fatal("reading wrote something")
	}
	for _, c := range []struct {
		row               int
		name, sex, ethnic string
		education, joined string
		confirmed, born   string
		note, status      string
	}{
		{4, "张三", "男", "汉族", "大专", "2001-07-01", "2002-07-01", "1970-03-15", "", "正式党员"},
		{5, "李四", "女", "回族", "本科", "1985-07-01", "1986-07-01", "1960-01-01", "=外出", "正式党员"},
		{6, "王五", "男", "土家族", "本科", "2010-07-01", "2011-07-01", "1980-08-08", "", "正式党员"},
	} {
		r := rowOf(t, p, c.row).Record
		got := []string{r.Text("name"), r.Text("sex"), r.Text("ethnicity"), r.Text("education"), r.Text("joined_on"), r.Text("confirmed_on"), r.Text("birth_date"), r.Text("note"), r.Text("status")}
		want := []string{c.name, c.sex, c.ethnic, c.education, c.joined, c.confirmed, c.born, c.note, c.status}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("row %d: %v, want %v", c.row, got, want)
		}
	}
	wantText(t, rowOf(t, p, 9).Reason, "E9", "Excel", "数字")
	wantText(t, rowOf(t, p, 10).Reason, "第 10 行", "第 4 行(张三)")
	wantText(t, rowOf(t, p, 11).Reason, "G11", "记不清")

	mustApply(t, l, p)
	if persons, openings := count(t, l, "person"), count(t, l, "movement"); persons != 3 || openings != 3 {
		t.Errorf("%d persons and %d opening movements, want 3 and 3", persons, openings)
	}
	again := mustRead(t, l, "person", path, sheet.ReadOptions{})
	if got, want := counts(again), "read 6, taken 0, updated 0, duplicates 3, rejected 3"; got != want {
		t.Errorf("second run: %s, want %s", got, want)
	}
	mustApply(t, l, again)
	if what, err := l.Undo(t.Context()); err != nil || what == "" {
		t.Errorf("undo: %q, %v", what, err)
	}
	if count(t, l, "person") != 0 {
		t.Error("one undo did not take the whole list back")
	}
}

// heard is what is said of a row that is taken.
func heard(r sheet.Row) string {
	said := strings.Join(r.Warnings, "\n")
	for _, g := range r.Gaps {
		said += "\n" + g.Text
	}
	return said
}

// cellCase reads one cell of a person list.
type cellCase struct {
	name    string
	heading string
	cell    any
	field   string
	want    string
	says    string // a warning, or with reject a reason
	reject  bool
}

var cellCases = []cellCase{
	{name: "date number", heading: "入党日期", cell: serial(day(1999, 5, 6)), field: "joined_on", want: "1999-05-06"},
	{name: "date number with time", heading: "入党日期", cell: serial(day(1999, 5, 6)) + 0.5, field: "joined_on", want: "1999-05-06"},
	{name: "date number as text", heading: "入党日期", cell: "36286", field: "joined_on", want: "1999-05-06"},
	{name: "short date", heading: "加入党组织日期", cell: styled{serial(day(1999, 5, 6)), "m/d/yy"}, field: "joined_on", want: "1999-05-06"},
	{name: "date with locale", heading: "入党日期", cell: styled{serial(day(1999, 5, 6)), "[$-804]yyyy/m/d;@"}, field: "joined_on", want: "1999-05-06"},
	{name: "date with clock", heading: "入党日期", cell: styled{serial(day(1999, 5, 6)) + 0.25, "yyyy-mm-dd hh:mm:ss.000"}, field: "joined_on", want: "1999-05-06"},
	{name: "text with clock", heading: "入党日期", cell: "1999/5/6 0:00:00", field: "joined_on", want: "1999-05-06"},
	{name: "day with 号", heading: "入党日期", cell: "1999年5月6号", field: "joined_on", want: "1999-05-06"},
	{name: "full-width date", heading: "入党日期", cell: "\uff11\uff19\uff19\uff19-05-06", field: "joined_on", want: "1999-05-06"},
	{name: "number 19990506", heading: "入党日期", cell: 19990506, field: "joined_on", want: "1999-05-06"},
	{name: "month text", heading: "入党日期", cell: "1999.05", field: "joined_on", want: "1999-05-01", says: "只有年月"},
	{name: "month number", heading: "入党日期", cell: 1999.05, field: "joined_on", want: "1999-05-01", says: "只有年月"},
	{name: "month format", heading: "入党日期", cell: styled{serial(day(1999, 5, 1)), `yyyy"年"m"月"`}, field: "joined_on", want: "1999-05-01", says: "只有年月"},
	{name: "month 1 or 10", heading: "入党日期", cell: 1999.1, reject: true, says: "1999-01 或 1999-10"},
	{name: "month 10 by format", heading: "入党日期", cell: styled{1999.1, "0.00"}, field: "joined_on", want: "1999-10-01", says: "只有年月"},
	{name: "a year alone", heading: "入党日期", cell: 1999, reject: true, says: "不是日期"},
	{name: "no such day", heading: "入党日期", cell: "1999-02-30", reject: true, says: "1999-02-30"},
	{name: "error value", heading: "学历", cell: "#N/A!", field: "education", want: "", says: "没有"},
	{name: "group code", heading: "文化程度", cell: "40", field: "education", want: "中专"},
	{name: "code", heading: "文化程度", cell: 61, field: "education", want: "高中"},
	{name: "name of the list", heading: "学历", cell: "大学本科毕业", field: "education", want: "本科"},
	{name: "unknown choice", heading: "学历", cell: "速成班", field: "education", want: "", says: "C2 格"},
	{name: "unknown trade", heading: "工作岗位", cell: "打零工的", field: "occupation", want: "", says: "先空着"},
	{name: "no number of fen", heading: "月缴党费", cell: "五毛", field: "monthly_dues", want: "", says: "C2 格"},
	{name: "unknown kind of person's standing", heading: "在册状态", cell: "在家", reject: true, says: "C2"},
	{name: "ethnic group by number", heading: "民族", cell: 3, field: "ethnicity", want: "回族"},
	{name: "phone as number", heading: "手机号码", cell: int64(10012345678), field: "phone", want: "10012345678"},
	{name: "phone in full width", heading: "联系电话(手机)", cell: "\uff11\uff10\uff1012345678", field: "phone", want: "10012345678"},
	{name: "masked phone", heading: "联系电话", cell: "100****5678", field: "phone", want: "", says: "星号"},
	{name: "old ID number", heading: "身份证", cell: "990101700315001", field: "id_number", want: "990101197003150016", says: "15 位"},
	{name: "ID number with spaces", heading: "身份证号码", cell: " 990101 19700315 0016\t", field: "id_number", want: "990101197003150016"},
	{name: "ID number behind an apostrophe", heading: "身份证号", cell: "'990101197003150016", field: "id_number", want: "990101197003150016"},
	{name: "ID number as 3.21E+17", heading: "身份证号", cell: "9.90101E+17", reject: true, says: "C2"},
	{name: "ID number with a wrong check digit", heading: "身份证号", cell: "990101197003150017", reject: true, says: "C2"},
	{name: "ID number too short", heading: "身份证号", cell: "99010119700315001", reject: true, says: "17 位"},
	{name: "long number in a text", heading: "籍贯", cell: 1234567890123456.0, field: "native_place", want: "", says: "15 位"},
	{name: "tick", heading: "双带型党员", cell: "√", field: "both_leader", want: "是"},
	{name: "money", heading: "党费标准", cell: 0.5, field: "monthly_dues", want: "0.50"},
	{name: "money as text", heading: "月缴党费(元)", cell: "0.50元", field: "monthly_dues", want: "0.50"},
	{name: "month field", heading: "标准起始", cell: styled{serial(day(2026, 4, 1)), "yyyy-mm"}, field: "dues_from", want: "2026-04"},
	{name: "full-width digits in a text", heading: "家庭住址", cell: "青石沟村\uff13组\uff08东\uff09", field: "address", want: "青石沟村3组\uff08东\uff09"},
	{name: "date in a text", heading: "备注", cell: day(2020, 2, 3), field: "note", want: "2020-02-03"},
}

func TestCells(t *testing.T) {
	l := mustCreate(t)
	for _, c := range cellCases {
		t.Run(c.name, func(t *testing.T) {
			path := workbook(t, "a.xlsx", [][]any{
				{"姓名", "性别", c.heading, "人员类别", "入党日期", "转正日期", "出生日期"},
				{"张三", "男", c.cell, "群众", nil, nil, nil},
			})
			p := mustRead(t, l, "person", path, sheet.ReadOptions{})
			r := rowOf(t, p, 2)
			if c.reject != (r.Verdict == sheet.Reject) {
				t.Fatalf("verdict %v: %s", r.Verdict, r.Reason)
			}
			if c.reject {
				wantText(t, r.Reason, c.says)
				return
			}
			if got := r.Record.Text(c.field); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			wantText(t, heard(r), c.says)
			if c.says == "" && len(r.Warnings) > 0 && strings.Contains(r.Warnings[0], c.heading) {
				t.Errorf("warnings: %v", r.Warnings)
			}
		})
	}
}

func TestErrorValueAndFormula(t *testing.T) {
	l := mustCreate(t)
	path := workbook(t, "a.xlsx", [][]any{{"姓名", "性别", "人员类别", "籍贯", "别的"}, {"张三", "男", "群众", nil, nil}, {"李四", "女", "群众"}}, func(f *excelize.File) {
		if err := f.SetCellFormula("Sheet1", "D2", "1/0"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellFormula("Sheet1", "E2", "1/0"); err != nil {
			t.Fatal(err)
		}
	})
	path = patched(t, path, "xl/worksheets/sheet1.xml",
		`<c r="D2" t="str"><f>1/0</f></c>`, `<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`,
		`<c r="E2" t="str"><f>1/0</f></c>`, `<c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`)
	p := mustRead(t, l, "person", path, sheet.ReadOptions{})
	if r, said := rowOf(t, p, 2), strings.Join(rowOf(t, p, 2).Warnings, ";"); r.Verdict != sheet.Take || !strings.Contains(said, "D2") || strings.Contains(said, "E2") {
		t.Errorf("verdict %v, %q", r.Verdict, said)
	}
	path = patched(t, path, "xl/worksheets/sheet1.xml", `<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, `<c r="D2" t="str"><f>A1</f><v>江洲澄安</v></c>`)
	if got := rowOf(t, mustRead(t, l, "person", path, sheet.ReadOptions{}), 2).Record.Text("native_place"); got != "江洲澄安" {
		t.Errorf("cached value of a formula read as %q", got)
	}
}

func TestDates1904(t *testing.T) {
	l := mustCreate(t)
	yes := true
	path := workbook(t, "mac.xlsx", [][]any{
		{"姓名", "性别", "人员类别", "出生日期", "失联日期"},
		{"张三", "男", "群众", styled{serial(day(1970, 3, 15)) - 1462, "yyyy-mm-dd"}, serial(day(2020, 2, 3)) - 1462},
	}, func(f *excelize.File) {
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
	})
	r := rowOf(t, mustRead(t, l, "person", path, sheet.ReadOptions{}), 2).Record
	if r.Text("birth_date") != "1970-03-15" || r.Text("lost_since") != "2020-02-03" {
		t.Errorf("born %s, lost %s", r.Text("birth_date"), r.Text("lost_since"))
	}
}

func TestIDNumberFillsWhatIsMissing(t *testing.T) {
	l := mustCreate(t)
	p := mustRead(t, l, "person", workbook(t, "a.xlsx", [][]any{
		{"姓名", "身份证号", "出生年月", "入党时间"},
		{"张三", idNumber("19700315", 1), "1970.03", "2001-07-01"},
		{"李四", idNumber("19600101", 22), nil, "2001-07-01"},
		{"王五", idNumber("19800808", 35), "1980.07", "2001-07-01"},
		{"赵六", nil, "1970.03", "2025-07-01"},
	}), sheet.ReadOptions{})
	if r := rowOf(t, p, 2); r.Record.Text("birth_date") != "1970-03-15" || r.Record.Text("sex") != "男" || strings.Contains(strings.Join(r.Warnings, ""), "只有年月") {
		t.Errorf("row 2: %s %s %v", r.Record.Text("birth_date"), r.Record.Text("sex"), r.Warnings)
	}
	if r := rowOf(t, p, 3); r.Record.Text("birth_date") != "1960-01-01" || r.Record.Text("sex") != "女" {
		t.Errorf("row 3: %s %s", r.Record.Text("birth_date"), r.Record.Text("sex"))
	}
	if r := rowOf(t, p, 4); r.Verdict != sheet.Reject {
		t.Errorf("a birth month that is not the ID number's was taken: %s", r.Record.Text("birth_date"))
	}
	if r := rowOf(t, p, 5); r.Verdict != sheet.Reject || !strings.Contains(r.Reason, "性别") {
		t.Errorf("row 5: %v %s", r.Verdict, r.Reason)
	}
}

func TestStatusIsInferredWithoutItsColumn(t *testing.T) {
	l := mustCreate(t)
	rows := [][]any{{"姓名", "性别", "出生日期", "入党日期", "转正日期", "政治面貌"},
		{"张三", "男", "1970-03-15", "2001-07-01", "2002-07-01"},
		{"李四", "女", "1990-03-15", "2025-07-01"},
		{"王五", "男", "1970-03-15", "2001-07-01"},
		{"赵六", "男", "1970-03-15"}}
	p := mustRead(t, l, "person", workbook(t, "a.xlsx", rows), sheet.ReadOptions{})
	for row, want := range map[int]string{2: "正式党员", 3: "预备党员", 4: "正式党员", 5: ""} {
		r := rowOf(t, p, row)
		if r.Record.Text("status") != want || (want == "") != (r.Verdict == sheet.Reject) {
			t.Errorf("row %d: %q %v %s", row, r.Record.Text("status"), r.Verdict, r.Reason)
		}
	}
	rows[1] = append(rows[1], "中共党员")
	rows[2] = append(rows[2], nil, "中共预备党员")
	p = mustRead(t, l, "person", workbook(t, "b.xlsx", rows), sheet.ReadOptions{})
	if got, want := counts(p), "read 4, taken 2, updated 0, duplicates 0, rejected 2"; got != want {
		t.Errorf("with the column: %s, want %s", got, want)
	}
}

func TestEncodings(t *testing.T) {
	plain := csvBytes("姓名,性别,人员类别,备注", "张三,男,群众,\"说\"\"好\"\",\r\n第二行\"", "", "龘靐,女,群众,")
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(plain)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(strings.ReplaceAll(string(plain), ",", "\t")))
	if err != nil {
		t.Fatal(err)
	}
	l := mustCreate(t)
	for name, content := range map[string][]byte{"utf8": plain, "bom": withBOM(plain), "gb18030": gb, "utf16 tabs": wide,
		"semicolons": []byte(strings.ReplaceAll(string(plain), ",", ";")), "old mac": []byte(strings.ReplaceAll(string(plain), "\r\n", "\r"))} {
		t.Run(name, func(t *testing.T) {
			p := mustRead(t, l, "person", textFile(t, "a.csv", content), sheet.ReadOptions{})
			if got, want := counts(p), "read 2, taken 2, updated 0, duplicates 0, rejected 0"; got != want {
				t.Fatalf("%s, want %s", got, want)
			}
			if note := rowOf(t, p, 2).Record.Text("note"); !strings.HasSuffix(note, "\n第二行") {
				t.Errorf("note %q", note)
			}
			// The empty line is a row of the sheet, the line within quotes is none.
			if got := rowOf(t, p, 4).Record.Text("name"); got != "龘靐" {
				t.Errorf("row 4 is %q", got)
			}
		})
	}
}

func TestHomeIsNotForeign(t *testing.T) {
	l := mustCreate(t)
	p := mustRead(t, l, "person", workbook(t, "a.xlsx", [][]any{{"姓名", "性别", "人员类别", "所在党支部"},
		{"张三", "男", "群众", "青石沟村党支部"}, {"李四", "男", "群众", "别处支部"}}), sheet.ReadOptions{})
	if got := rowOf(t, p, 2).Record.Text("party_group"); got != "青石沟村党支部" {
		t.Errorf("party group %q", got)
	}
	r := rowOf(t, p, 3)
	if r.Verdict != sheet.Take || r.Record.Filled("party_group") {
		t.Errorf("verdict %v, %s", r.Verdict, r.Reason)
	}
	wantText(t, strings.Join(r.Warnings, ""), "D3", "别处支部", "先空着")
	mustApply(t, l, p)
	rs, err := l.Page(t.Context(), store.Query{Kind: "person", Conds: []model.Cond{model.Where("party_group", model.Filled)}})
	if err != nil || len(rs.Records) != 1 {
		t.Errorf("%d records with a party group, %v", len(rs.Records), err)
	}
}
