package fill_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// trap is a blank made by code, with what a filled one must hold.
type trap struct {
	name   string
	blank  blank
	kind   string // that it must be taken for
	view   string
	conds  []model.Cond
	take   int // only so many of the records
	first  int // row, rows: the blanks
	rows   int
	cols   string // as forms.tsv writes them: A 序号=#; B 姓名=name
	cells  string
	total  string // 12: C D
	after  bool   // new rows stand behind the last one, not above it
	open   bool   // nothing is inserted: the sheet goes on
	kept   string // cells that may have changed beside those
	check  func(t *testing.T, f *excelize.File, sheet string, n int)
	noLook bool // rows are put on in a look of their own
}

func (c trap) run(t *testing.T) {
	l := village(t)
	view := c.view
	if view == "" {
		view = "在册党员"
	}
	records := chosen(t, l, c.kind, view, c.conds...)
	if c.take > 0 {
		records = records[:min(c.take, len(records))]
	}
	if len(records) == 0 {
		t.Fatal("no records")
	}
	path := c.blank.write(t)
	p := plan(t, path, "")
	if p.Kind.Name != c.kind {
		t.Fatalf("taken for a form of %s: %v", p.Kind.Title, bound(p))
	}
	out, result := fillForm(t, l, p, records)
	sheet := c.blank.sheet
	if sheet == "" {
		sheet = "Sheet1"
	}
	f := form{sheet: sheet, first: c.first, rows: c.rows, columns: asks(c.cols), cells: asks(c.cells), total: c.total}
	check := &formCheck{t: t, l: l, f: f, book: open(t, out), seen: map[string]bool{}}
	check.run(records)
	g := grown{sheet: sheet}
	if need := check.lines(records) - c.rows*check.blocks(); need > 0 && !c.open {
		g.n = (need + check.blocks() - 1) / check.blocks()
		g.at, g.like = c.first+c.rows-1, c.first+c.rows-2
		if c.after {
			g.at, g.like = c.first+c.rows, c.first+c.rows-1
		}
	}
	if result.Added != g.n {
		t.Errorf("says that %d rows were added, not %d", result.Added, g.n)
	}
	if !c.noLook {
		unchanged(t, path, out, g, func(_, cell string) bool {
			return check.seen[cell] || strings.Contains(" "+c.kept+" ", " "+cell+" ")
		})
	}
	check.totals(g)
	if c.check != nil {
		c.check(t, check.book, sheet, g.n)
	}
}

// with puts maps of cells together.
func with(all ...map[string]any) map[string]any {
	out := map[string]any{}
	for _, m := range all {
		maps.Copy(out, m)
	}
	return out
}

// head is a usual roster's table: a title, headings in row 3, five blank rows, sums.
func head(headings ...string) blank {
	last := at(8, len(headings))
	return blank{cells: with(map[string]any{"A1": "党员花名册"}, columns(3, headings...)), frames: []string{"A3:" + last}}
}

const full = "\uFF08" // the full-width bracket, as input methods write it

var rosterTraps = []trap{
	{name: "columns in another order", kind: "person", first: 4, rows: 5,
		blank: head("联系电话", "家庭住址", "身份证号", "党龄", "姓名", "序号", "文化程度", "年龄", "性别", "是否流动党员"),
		cols:  "A x=phone; B x=address; C x=id_number; D x=party_years; E x=name; F x=#; G x=education; H x=age; I x=sex; J x=yesno(away)"},
	{name: "English names of fields", kind: "person", first: 4, rows: 5,
		blank: head("No.", "Name", "Gender", "ID Number", "Birth Date", "Mobile", "joined_on", "Native-Place", "Monthly Dues"),
		cols:  "A x=#; B x=name; C x=sex; D x=id_number; E x=birth_date; F x=phone; G x=joined_on; H x=native_place; I x=yuan(monthly_dues)"},
	{name: "units, notes, numbers and line ends in headings", kind: "person", first: 4, rows: 5,
		blank: head("序\n号", "1.姓  名", "(2)性 别\n"+full+"男/女\uFF09", "③民族", "4、出生年月"+full+"如1985.03\uFF09", "党龄(年)", "年龄/岁", "每月应缴党费(元)", "联系电话(手机)※", "*文化程度", "现家庭住址"),
		cols:  "A x=#; B x=name; C x=sex; D x=ethnicity; E x=birth_date as 2026.11; F x=party_years; G x=age; H x=yuan(monthly_dues); I x=phone; J x=education; K x=address"},
	{name: "two rows of headings that aren't merged", kind: "person", first: 5, rows: 4,
		blank: blank{cells: with(map[string]any{"A1": "名册", "A3": "序号", "B3": "基本情况", "E3": "党籍情况", "G3": "外出", "I3": "备注"}, map[string]any{
			"B4": "姓名", "C4": "性别", "D4": "学历", "E4": "入党时间", "F4": "人员类别", "G4": "时间", "H4": "地点"}), frames: []string{"A3:I8"}},
		cols: "A x=#; B x=name; C x=sex; D x=education; E x=joined_on; F x=status; G x=away_since; H x=away_place; I x=note"},
	{name: "three merged rows of headings", kind: "person", first: 6, rows: 3,
		blank: blank{cells: map[string]any{"A3": "序号", "B3": "党员信息", "B4": "姓名", "C4": "身份", "C5": "性别", "D5": "民族", "E4": "组织关系", "E5": "入党时间", "F5": "转正时间", "G3": "联系电话"},
			merge: []string{"A3:A5", "B3:F3", "B4:B5", "C4:D4", "E4:F4", "G3:G5"}, frames: []string{"A3:G8"}},
		cols: "A x=#; B x=name; C x=sex; D x=ethnicity; E x=joined_on; F x=confirmed_on; G x=phone"},
	{name: "no borders, headings in the last row", kind: "person", first: 6, rows: 0, open: true,
		blank: blank{cells: with(map[string]any{"A1": "XX镇党员名单", "A2": "请各村于本月底前填报"}, columns(5, "序号", "姓名", "性别", "出生日期", "联系电话"))},
		cols:  "A x=#; B x=name; C x=sex; D x=birth_date; E x=phone"},
	{name: "borders, headings in the last row", kind: "person", first: 3, rows: 0, open: true, noLook: true,
		blank: blank{cells: columns(2, "序号", "姓名", "性别", "出生日期"), frames: []string{"A2:D2"}},
		cols:  "A x=#; B x=name; C x=sex; D x=birth_date",
		check: func(t *testing.T, f *excelize.File, sheet string, _ int) {
			st, err := f.GetStyle(style(t, f, sheet, "C40"))
			must(t, err)
			if len(st.Border) != 4 {
				t.Errorf("the rows put on have %d borders", len(st.Border))
			}
		}},
	{name: "no borders, a note below", kind: "person", first: 3, rows: 3,
		blank: blank{cells: with(columns(2, "姓名", "性别", "民族", "年龄"), map[string]any{"A6": "注:本表一式两份。", "A7": "填表人:"})},
		cols:  "A x=name; B x=sex; C x=ethnicity; D x=age"},
	{name: "headings far down", kind: "person", first: 31, rows: 4,
		blank: blank{cells: with(map[string]any{"A1": "关于报送党员名册的通知", "A3": "各村党支部:", "A4": "请按要求填写。"}, columns(30, "序号", "姓名", "性别", "人员类别")), frames: []string{"A30:D34"}},
		cols:  "A x=#; B x=name; C x=sex; D x=status"},
	{name: "hidden columns and rows", kind: "person", first: 5, rows: 4, take: 4,
		blank: blank{cells: with(columns(3, "序号", "姓名", "身份证号码", "性别"), columns(4, "XH", "XM", "SFZH", "XB")), frames: []string{"A3:D8"},
			more: func(t *testing.T, f *excelize.File, sheet string) {
				must(t, f.SetRowVisible(sheet, 4, false))
				must(t, f.SetColVisible(sheet, "C", false))
			}},
		cols: "A x=#; B x=name; C x=id_number; D x=sex"},
	{name: "numbers of columns below the headings", kind: "person", first: 5, rows: 4,
		blank: blank{cells: with(columns(3, "姓名", "性别", "民族", "学历"), map[string]any{"A4": 1, "B4": 2, "C4": 3, "D4": 4}), frames: []string{"A3:D8"}},
		cols:  "A x=name; B x=sex; C x=ethnicity; D x=education"},
	{name: "one blank row, whose sums must grow", kind: "person", first: 4, rows: 1, after: true, total: "5: C D",
		blank: blank{cells: with(columns(3, "序号", "姓名", "年龄", "月缴党费(元)", "性别"), map[string]any{"A5": "合计"}), frames: []string{"A3:E5"},
			more: func(t *testing.T, f *excelize.File, sheet string) {
				must(t, f.SetCellFormula(sheet, "C5", "SUM(C4:C4)"))
				must(t, f.SetCellFormula(sheet, "D5", "SUM(D4)"))
				listCheck(t, f, sheet, "E4", "男", "女")
			}},
		kept: "D120", // SUM(D4) has become a range
		cols: "A x=#; B x=name; C x=age; D x=yuan(monthly_dues); E x=sex",
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			wantFormula(t, f, sheet, fmt.Sprintf("D%d", 5+n), fmt.Sprintf("SUM(D4:D%d)", 4+n))
		}},
	{name: "serial numbers as formulas", kind: "person", first: 6, rows: 6, cols: "B x=name; C x=sex",
		blank: blank{cells: columns(5, "序号", "姓名", "性别"), frames: []string{"A5:C11"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			for r := 6; r <= 11; r++ {
				must(t, f.SetCellFormula(sheet, at(r, 1), "ROW()-5"))
			}
		}},
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			for r := 6; r <= 11+n; r++ {
				wantFormula(t, f, sheet, at(r, 1), "ROW()-5")
			}
			wantValue(t, f, sheet, "A60", "55")
		}},
	{name: "serial numbers that count on", kind: "person", first: 4, rows: 5, cols: "B x=name; C x=sex",
		blank: blank{cells: with(columns(3, "序号", "姓名", "性别"), map[string]any{"A4": 1}), frames: []string{"A3:C8"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			for r := 5; r <= 8; r++ {
				must(t, f.SetCellFormula(sheet, at(r, 1), fmt.Sprintf("A%d+1", r-1)))
			}
		}},
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			for r := 5; r <= 8+n; r++ {
				wantFormula(t, f, sheet, at(r, 1), fmt.Sprintf("A%d+1", r-1))
			}
			wantValue(t, f, sheet, at(8+n, 1), fmt.Sprint(5+n))
		}},
	{name: "sums above the rows", kind: "person", first: 5, rows: 5, total: "",
		blank: blank{cells: with(columns(3, "序号", "姓名", "年龄"), map[string]any{"A4": "合计"}), frames: []string{"A3:C9"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			must(t, f.SetCellFormula(sheet, "C4", "SUM(C5:C9)"))
		}},
		cols: "A x=#; B x=name; C x=age",
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			wantFormula(t, f, sheet, "C4", fmt.Sprintf("SUM(C5:C%d)", 9+n))
		}},
	{name: "each row added by itself", kind: "person", first: 4, rows: 3,
		blank: blank{cells: with(columns(3, "姓名", "年龄"), map[string]any{"A7": "合计"}), frames: []string{"A3:B7"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			must(t, f.SetCellFormula(sheet, "B7", "B4+B5+B6"))
		}},
		cols: "A x=name; B x=age",
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			wantFormula(t, f, sheet, at(7+n, 2), fmt.Sprintf("SUM(B4:B%d)", 6+n))
		}},
	{name: "a column of the form's own formulas", kind: "person", first: 4, rows: 3, cols: "A x=name; B x=yuan(monthly_dues)",
		blank: blank{cells: columns(3, "姓名", "月缴党费", "全年应缴", "年龄"), frames: []string{"A3:D6"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			for r := 4; r <= 6; r++ {
				must(t, f.SetCellFormula(sheet, at(r, 3), fmt.Sprintf("B%d*12", r)))
				must(t, f.SetCellFormula(sheet, at(r, 4), fmt.Sprintf("LEN(A%d)", r)))
			}
		}},
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			for r := 4; r <= 6+n; r++ {
				wantFormula(t, f, sheet, at(r, 3), fmt.Sprintf("B%d*12", r))
				wantFormula(t, f, sheet, at(r, 4), fmt.Sprintf("LEN(A%d)", r))
			}
		}},
	{name: "a list beside itself", kind: "person", first: 3, rows: 4,
		blank: blank{cells: columns(2, "序号", "姓名", "性别", "", "序号", "姓名", "性别"), frames: []string{"A2:C6", "E2:G6"}},
		cols:  "A x=#; B x=name; C x=sex; E x=#; F x=name; G x=sex"},
	{name: "a cell merged down beside the rows", kind: "person", first: 3, rows: 6, take: 6,
		blank: blank{cells: with(columns(2, "类别", "姓名", "性别"), map[string]any{"A3": "党\n员"}), merge: []string{"A3:A8"}, frames: []string{"A2:C8"}},
		cols:  "B x=name; C x=sex"},
	{name: "dates as a note below says", kind: "person", first: 3, rows: 3,
		blank: blank{cells: with(columns(2, "姓名", "出生日期", "入党日期"), map[string]any{"A6": "注:1.出生日期格式为1985年3月;2.入党日期请填写为2001-07样式。"}), frames: []string{"A2:C5"}},
		cols:  "A x=name; B x=birth_date as 2026年11月; C x=joined_on as 2026-11"},
	{name: "lists of the form's own words", kind: "person", first: 3, rows: 3,
		blank: blank{cells: columns(2, "姓名", "政治面貌", "是否困难", "学历"), frames: []string{"A2:D5"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			must(t, f.SetSheetCol(sheet, "J1", &[]string{"是(困难)", "否(困难)"}))
			listCheck(t, f, sheet, "B3:B5", "中共党员", "中共预备党员", "群众")
			listCheck(t, f, sheet, "D3:D5", "小学", "初中", "高中", "职业高中", "中等专科", "大学专科", "大学本科", "研究生")
		}},
		cols: "A x=name; C x=hardship", kept: ownWords(3, 130),
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			for r := 3; r <= 5+n; r++ {
				if v := value(t, f, sheet, at(r, 2)); v != "中共党员" && v != "中共预备党员" {
					t.Errorf("%s is %q, not of the form's list", at(r, 2), v)
				}
			}
		}},
	{name: "columns to tick", kind: "person", first: 4, rows: 4,
		blank: blank{cells: map[string]any{"A2": "姓名", "B2": "性别", "B3": "男", "C3": "女", "D2": "困难党员(打√)", "E2": "双带型党员(是/否)"},
			merge: []string{"A2:A3", "B2:C2", "D2:D3", "E2:E3"}, frames: []string{"A2:E7"}},
		cols: "A x=name; E x=both_leader", kept: ticked(4, 130),
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			men, women, poor := 0, 0, 0
			for r := 4; r <= 7+n; r++ {
				m, w, p := value(t, f, sheet, at(r, 2)), value(t, f, sheet, at(r, 3)), value(t, f, sheet, at(r, 4))
				if (m == "√") == (w == "√") || p != "" && p != "√" {
					t.Errorf("row %d is ticked %q %q %q", r, m, w, p)
				}
				men, women, poor = men+len(m)/3, women+len(w)/3, poor+len(p)/3
			}
			if men == 0 || women == 0 || poor == 0 {
				t.Errorf("%d men, %d women, %d in hardship", men, women, poor)
			}
		}},
}

func ownWords(from, to int) string {
	var b strings.Builder
	for r := from; r <= to; r++ {
		fmt.Fprintf(&b, " B%d D%d", r, r)
	}
	return b.String()
}

func ticked(from, to int) string {
	var b strings.Builder
	for r := from; r <= to; r++ {
		fmt.Fprintf(&b, " B%d C%d D%d", r, r, r)
	}
	return b.String()
}

func listCheck(t *testing.T, f *excelize.File, sheet, cells string, options ...string) {
	t.Helper()
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	must(t, v.SetDropList(options))
	must(t, f.AddDataValidation(sheet, v))
}

func wantFormula(t *testing.T, f *excelize.File, sheet, cell, want string) {
	t.Helper()
	have, err := f.GetCellFormula(sheet, cell)
	must(t, err)
	if have != want {
		t.Errorf("%s is =%s, want =%s", cell, have, want)
	}
}

func wantValue(t *testing.T, f *excelize.File, sheet, cell, want string) {
	t.Helper()
	have, err := f.GetCellValue(sheet, cell)
	must(t, err)
	if have != want {
		t.Errorf("%s is %q, want %q", cell, have, want)
	}
}

// TestRosterTraps fills lists of persons in all shapes that offices give them.
func TestRosterTraps(t *testing.T) {
	for _, c := range rosterTraps {
		t.Run(c.name, c.run)
	}
}
