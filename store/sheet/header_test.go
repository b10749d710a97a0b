package sheet_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/store/sheet"
)

// fieldsOf writes what the columns of a plan are: name, -name of a second column,
// or the reason why it is left out.
func fieldsOf(p *sheet.Plan) map[string]string {
	m := map[string]string{}
	for _, c := range p.Columns {
		if c.Field != nil {
			m[c.Heading] = c.Field.Name
		} else {
			m[c.Heading] = c.Why
		}
	}
	return m
}

func TestHeadingsOfRealForms(t *testing.T) {
	l := mustCreate(t)
	for heading, want := range map[string]string{
		"姓 名": "name", "性\n别": "sex", "民族": "ethnicity", "出生年月": "birth_date", "出生日期": "birth_date", "学历": "education",
		"公民身份号码": "id_number", "身份证号": "id_number", "身份证号码": "id_number", "人员类别": "status",
		"加入党组织日期": "joined_on", "入党时间": "joined_on", "转为正式党员日期": "confirmed_on", "转正时间": "confirmed_on",
		"工作岗位": "occupation", "手机号": "phone", "手机号码": "phone", "固定电话": "phone", "家庭住址": "address", "党籍状态": "standing",
		"外出流向": "away_place", "备注\uff08外出等\uff09": "note", "备注": "note", "文化程度": "education", "birth_date": "birth_date",
		"*联系电话\uff1a": "phone", "失去联系日期": "lost_since", "所在党支部": "party_group", "从业类别": "occupation",
		"序号": "序号,不用读入", "年龄": "由程序计算,不用读入", "党龄(年)": "由程序计算,不用读入", "喜好": "不认识",
		"宗教信仰": "不收集(个人隐私:宗教信仰)", "计生情况": "不收集(个人隐私:婚育和计划生育)", "是否怀孕": "不收集(个人隐私:婚育和计划生育)",
		"节育措施": "不收集(个人隐私:婚育和计划生育)", "婚姻状况": "不收集(个人隐私:婚育和计划生育)", "既往病史": "不收集(个人隐私:健康)",
		"残疾证号": "不收集(个人隐私:健康)", "银行卡号": "不收集(个人隐私:银行账户)", "开户行": "不收集(个人隐私:银行账户)",
		"照片": "不收集(个人隐私:照片和生物特征)", "配偶姓名": "不收集(个人隐私:亲属)", "微信号": "不收集(个人隐私:网络账号)",
	} {
		t.Run(heading, func(t *testing.T) {
			head, data := []any{"姓名", "性别", "人员类别", heading}, []any{"张三", "男", "群众"}
			if heading == "姓 名" || heading == "性\n别" || heading == "人员类别" {
				head = []any{"姓 名", "性\n别", "人员类别"}
			}
			p := mustRead(t, l, "person", workbook(t, "a.xlsx", [][]any{{"花名册"}, head, data}), sheet.ReadOptions{})
			got := fieldsOf(p)[strings.Join(strings.Fields(heading), "")]
			if got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestForbiddenColumnsGoNowhere(t *testing.T) {
	l := mustCreate(t)
	path := workbook(t, "a.xlsx", [][]any{{"姓名", "宗教信仰", "人员类别", "性别"}, {"张三", "某教", "群众", "男"}, {"李四", "某教", "党群", "男"}})
	p := mustRead(t, l, "person", path, sheet.ReadOptions{})
	if got, want := counts(p), "read 2, taken 1, updated 0, duplicates 0, rejected 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, r := range p.Rows {
		if strings.Contains(strings.Join(r.Cells, ""), "某教") {
			t.Errorf("row %d shows it: %v", r.Number, r.Cells)
		}
	}
	out := sheet.RejectedPath(path)
	if err := p.WriteRejected(out); err != nil {
		t.Fatal(err)
	}
	if all := sheetText(t, out); strings.Contains(all, "某教") || strings.Contains(all, "宗教") || !strings.Contains(all, "李四") {
		t.Errorf("rejected file holds:\n%s", all)
	}
}

// sheetText gives all cells of the first sheet.
func sheetText(t testing.TB, path string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "|") + "\n")
	}
	return b.String()
}

func TestHeaderOfTwoRows(t *testing.T) {
	l := mustCreate(t)
	path := workbook(t, "a.xlsx", [][]any{
		{"花名册"},
		{"序号", "姓名", "基本情况", nil, "党籍", nil, "党小组"},
		{nil, nil, "性别", "学历", "入党时间", "转正时间", nil},
		{1, "张三", "男", "高中", "2001-07-01", "2002-07-01", "青石沟村党支部"},
		{2, "李四", "女", "高中", "2001-07-01", "2002-07-01"},
		{"第二组的人名单附后"},
		{3, "王五", "女", "高中", "2001-07-01", "2002-07-01"},
	}, func(f *excelize.File) {
		for _, r := range []string{"A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "G4:G5", "A6:G6"} {
			from, to, _ := strings.Cut(r, ":")
			if err := f.MergeCell("Sheet1", from, to); err != nil {
				t.Fatal(err)
			}
		}
	})
	p := mustRead(t, l, "person", path, sheet.ReadOptions{})
	if p.HeaderRow != 3 || len(p.Rows) != 3 {
		t.Fatalf("header row %d, %d rows", p.HeaderRow, len(p.Rows))
	}
	got := fieldsOf(p)
	for heading, want := range map[string]string{"姓名": "name", "性别": "sex", "学历": "education", "入党时间": "joined_on", "转正时间": "confirmed_on", "党小组": "party_group"} {
		if got[heading] != want {
			t.Errorf("%s is %q, want %q", heading, got[heading], want)
		}
	}
	for row, want := range map[int]string{4: "青石沟村党支部", 5: "青石沟村党支部", 7: ""} {
		if got := rowOf(t, p, row).Record.Text("party_group"); got != want {
			t.Errorf("row %d: party group %q, want %q", row, got, want)
		}
	}
}

func TestSecondColumnOfAField(t *testing.T) {
	l := mustCreate(t)
	p := mustRead(t, l, "person", workbook(t, "a.xlsx", [][]any{{"姓名", "性别", "人员类别", "手机号", "固定电话"},
		{"张三", "男", "群众", nil, "01012345678"}, {"李四", "男", "群众", "10012345678", "01012345678"}}), sheet.ReadOptions{})
	if got := rowOf(t, p, 2).Record.Text("phone"); got != "01012345678" {
		t.Errorf("phone %q", got)
	}
	r := rowOf(t, p, 3)
	if got := r.Record.Text("phone"); got != "10012345678" {
		t.Errorf("phone %q", got)
	}
	wantText(t, strings.Join(r.Warnings, ""), "E3", "010****5678", "手机号")
}

func TestMoneyInTenThousands(t *testing.T) {
	l := mustCreate(t)
	mustSave(t, l, "person", "name", "张三", "sex", "男", "status", "群众")
	p := mustRead(t, l, "undertaking", workbook(t, "a.xlsx", [][]any{
		{"负责人", "类别", "名称", "行业", "开始日期", "年产值\n(万元)", "年利润(元)"},
		{"张三", "家庭农场", "农场甲", "种植", "2020-01-01", 12.3456, 1000},
		{"张三", "家庭农场", "农场乙", "种植", "2020-01-01", "1.5", "1,000.50元"}}), sheet.ReadOptions{})
	for row, want := range map[int]string{2: "123456.00 1000.00", 3: "15000.00 1000.50"} {
		r := rowOf(t, p, row).Record
		if got := r.Text("output") + " " + r.Text("profit"); got != want {
			t.Errorf("row %d: %s, want %s", row, got, want)
		}
	}
}

func TestColumnWithoutHeadingIsSaid(t *testing.T) {
	l := mustCreate(t)
	p := mustRead(t, l, "person", workbook(t, "a.xlsx", [][]any{{"姓名", "性别", "人员类别"}, {"张三", "男", "群众", nil, "附记"}}), sheet.ReadOptions{})
	if why := fieldsOf(p)["E 列"]; why != "没有表头" {
		t.Errorf("columns: %v", fieldsOf(p))
	}
}
