package fill_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// listTraps are lists of other kinds, and lists that ask for what other records say.
var listTraps = []trap{
	{name: "activities with their rolls counted", kind: "activity", view: "今年", first: 4, rows: 3,
		blank: blank{cells: with(map[string]any{"A1": "组织活动台账"}, columns(3, "序号", "会议时间"+full+"如2026.11.05\uFF09", "会议类型", "会议名称", "会议地点", "主持人", "应到人数", "实到人数", "主持人联系电话")), frames: []string{"A3:I6"}},
		cols:  "A x=#; B x=held_on; C x=kind; D x=title; E x=place; F x=host; G x=due; H x=present; I x=host.phone"},
	{name: "dues with the payer's own data", kind: "dues", view: "全部", conds: []model.Cond{model.Where("month", model.Eq, "2026-09")}, first: 4, rows: 3, total: "7: D",
		blank: blank{cells: with(columns(3, "姓名", "性别", "缴纳月份", "缴费金额(元)", "收缴人"), map[string]any{"A7": "合计"}), frames: []string{"A3:E7"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			must(t, f.SetCellFormula(sheet, "D7", "SUM(D4:D6)"))
		}},
		kept: months("C", 4, 140), cols: "A x=person.name; B x=person.sex; D x=yuan(amount); E x=collector.name"},
	{name: "undertakings in ten thousands", kind: "undertaking", view: "在营", first: 4, rows: 2,
		blank: blank{cells: with(map[string]any{"F2": "金额单位:万元"}, columns(3, "项目名称", "负责人", "负责人电话", "年产值", "年利润(元)", "从业人数(人)", "开始时间"+full+"年/月\uFF09")), frames: []string{"A3:G5"}},
		cols:  "A x=name; B x=owner.name; C x=owner.phone; D x=wan(output); E x=yuan(profit); F x=employees; G x=started_on as 2026/11"},
	{name: "observations name the person behind the admission", kind: "observation", view: "全部", first: 3, rows: 2,
		blank: blank{cells: columns(2, "考察对象", "性别", "考察时间", "考察人", "考察意见"), frames: []string{"A2:E4"}},
		cols:  "B x=admission.person.sex; C x=held_on; D x=observers; E x=opinion", kept: column("A", 3, 80)},
	{name: "honours", kind: "honor", view: "全部", first: 3, rows: 2,
		blank: blank{cells: columns(2, "荣誉称号", "表彰级别", "授予单位", "表彰时间", "文号"), frames: []string{"A2:E4"}},
		cols:  "A x=title; B x=level; C x=granted_by; D x=granted_on; E x=document_no"},
	{name: "reserve cadres with their own data and their mentor's", kind: "reserve", view: "全部", first: 4, rows: 2,
		blank: blank{cells: map[string]any{"A2": "后备干部信息", "A3": "姓名", "B3": "性别", "C3": "学历", "D2": "拟任职务", "E2": "培养人", "E3": "姓名", "F3": "电话"},
			merge: []string{"A2:C2", "D2:D3", "E2:F2"}, frames: []string{"A2:F5"}},
		cols: "A x=person.name; B x=person.sex; C x=person.education; D x=target_post; E x=mentor.name; F x=mentor.phone"},
	{name: "trainings", kind: "training", view: "今年", first: 3, rows: 2,
		blank: blank{cells: columns(2, "培训班名称", "培训内容", "培训方式", "主办单位", "培训时间", "培训学时", "授课老师"), frames: []string{"A2:G4"}},
		cols:  "A x=title; B x=topic; C x=method; D x=organizer; E x=started_on; F x=hours; G x=lecturer"},
	{name: "movements", kind: "movement", view: "全部", first: 3, rows: 2,
		blank: blank{cells: columns(2, "姓名", "性别", "变动类型", "变动时间", "转入党组织", "介绍信编号"), frames: []string{"A2:F4"}},
		cols:  "A x=person.name; B x=person.sex; C x=kind; D x=happened_on; E x=to_org; F x=letter_no"},
	{name: "progress as a share", kind: "goal", view: "全部", first: 3, rows: 2,
		blank: blank{cells: columns(2, "目标名称", "责任单位", "完成时限", "进度"), frames: []string{"A2:D4"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			id, err := f.NewStyle(&excelize.Style{NumFmt: 9, Border: []excelize.Border{{Type: "left", Style: 1}, {Type: "top", Style: 1}}})
			must(t, err)
			must(t, f.SetCellStyle(sheet, "D3", "D4", id))
		}},
		cols: "A x=title; B x=unit; C x=due_on", kept: column("D", 3, 60),
		check: func(t *testing.T, f *excelize.File, sheet string, n int) {
			for r := 3; r <= 4+n; r++ {
				if v := value(t, f, sheet, at(r, 4)); v != "" && !strings.HasSuffix(v, "%") || len(v) > 4 {
					t.Errorf("%s shows %q", at(r, 4), v)
				}
			}
		}},
}

// cardTraps are forms of one record.
var cardTraps = []trap{
	{name: "labels and blanks in one cell", kind: "person", take: 1,
		blank: blank{cells: map[string]any{"A1": "党员登记表", "A2": "姓名:______  性别:□男 □女", "A3": "出生日期:     年   月   日", "A4": "身份证号码\uFF1A________________", "A5": "联系电话:      籍贯:", "A6": "家庭人口:____  宗教信仰:____",
			"A7": "民族:", "A8": "备注:无"}},
		kept: "A2 A3 A4 A5 A6 A7",
		check: func(t *testing.T, f *excelize.File, sheet string, _ int) {
			p := first(t)
			mark := "☑男 □女"
			if p.Str("sex") == "女" {
				mark = "□男 ☑女"
			}
			d := p.Date("birth_date").Time()
			wantValue(t, f, sheet, "A2", "姓名:"+p.Str("name")+"  性别:"+mark)
			wantValue(t, f, sheet, "A3", fmt.Sprintf("出生日期:%d年%d月%d日", d.Year(), d.Month(), d.Day()))
			wantValue(t, f, sheet, "A4", "身份证号码\uFF1A"+p.Str("id_number"))
			wantValue(t, f, sheet, "A5", "联系电话:"+p.Str("phone")+"  籍贯:"+p.Str("native_place"))
			wantValue(t, f, sheet, "A6", "家庭人口:____  宗教信仰:____")
			wantValue(t, f, sheet, "A7", "民族:"+p.Str("ethnicity"))
		}},
	{name: "blanks that print the frame of their value", kind: "person", take: 1,
		blank: blank{cells: map[string]any{"A1": "党员基本情况", "A2": "姓名", "A3": "性别", "B3": "男□  女□", "A4": "出生年月", "B4": "      年     月", "A5": "入党时间", "B5": "   年   月   日", "A6": "月缴党费", "B6": "      元", "A7": "是否困难党员", "B7": "□是 □否", "A8": "文化程度", "B8": "____"},
			frames: []string{"A2:B8"}},
		cells: "B2 x=name", kept: "B3 B4 B5 B6 B7 B8",
		check: func(t *testing.T, f *excelize.File, sheet string, _ int) {
			p := first(t)
			mark := map[string]string{"男": "男☑  女□", "女": "男□  女☑"}[p.Str("sex")]
			b, j := p.Date("birth_date").Time(), p.Date("joined_on").Time()
			wantValue(t, f, sheet, "B3", mark)
			wantValue(t, f, sheet, "B4", fmt.Sprintf("%d年%d月", b.Year(), b.Month()))
			wantValue(t, f, sheet, "B5", fmt.Sprintf("%d年%d月%d日", j.Year(), j.Month(), j.Day()))
			if v := value(t, f, sheet, "B6"); !strings.HasSuffix(v, "元") || strings.HasPrefix(v, " ") {
				t.Errorf("B6 is %q", v)
			}
			wantValue(t, f, sheet, "B7", map[bool]string{true: "☑是 □否", false: "□是 ☑否"}[p.Bool("hardship")])
			wantValue(t, f, sheet, "B8", p.Str("education"))
		}},
	{name: "relatives and contacts are not the member", kind: "person", take: 1,
		blank: blank{cells: map[string]any{"A1": "入党志愿登记卡", "A2": "姓名", "C2": "民族", "A3": "身份证号码", "C3": "学历", "A4": "家庭主要成员", "B4": "姓名", "C4": "年龄", "D4": "联系电话", "A6": "联系人", "C6": "联系人电话", "A7": "配偶姓名", "C7": "介绍人姓名",
			"A8": "家庭人口", "C8": "收入", "A9": "紧急联系人", "B9": "姓名", "A10": "身份证复印件", "C10": "银行卡号"},
			merge: []string{"A4:A5"}, frames: []string{"A2:D10"}},
		cells: "B2 x=name; D2 x=ethnicity; B3 x=id_number; D3 x=education"},
	{name: "an election's result", kind: "election", view: "全部", take: 1,
		blank: blank{cells: map[string]any{"A1": "选举结果报告单", "A2": "选举日期", "C2": "选举方式", "A3": "应到人数", "C3": "实到人数", "A4": "发出选票", "C4": "收回选票", "A5": "有效票", "C5": "届次", "A6": "监票人", "C6": "计票人", "A7": "得票情况"},
			merge: []string{"B7:D7"}, frames: []string{"A2:D7"}},
		cells: "B2 x=held_on; D2 x=method; B3 x=eligible; D3 x=attended; B4 x=ballots_issued; D4 x=ballots_returned; B5 x=ballots_valid; D5 x=term_no; B6 x=scrutineers; D6 x=tellers", kept: "B7"},
	{name: "a meeting's record", kind: "activity", view: "全部", take: 1, conds: []model.Cond{model.Where("kind", model.Eq, "支部党员大会"), model.Where("decisions", model.Filled)},
		blank: blank{cells: map[string]any{"A1": "支部党员大会记录", "A2": "时 间", "C2": "地 点", "A3": "主持人", "C3": "记录人", "A4": "应到", "C4": "实到", "A5": "会议议题", "A6": "会议记录", "A7": "决定事项", "A8": "缺席人员及原因", "A9": "党支部书记签字"},
			merge: []string{"B5:D5", "B6:D6", "B7:D7", "B8:D8", "B9:D9"}, frames: []string{"A2:D9"}},
		cells: "B2 x=held_on; D2 x=place; B3 x=host.name; D3 x=recorder.name; B4 x=due; D4 x=present; B5 x=agenda; B6 x=minutes; B7 x=decisions", kept: "B8"},
}

// first is the member that a card takes.
func first(t *testing.T) *model.Record { return chosen(t, village(t), "person", "在册党员")[0] }

func column(name string, from, to int) string {
	var b strings.Builder
	for r := from; r <= to; r++ {
		fmt.Fprintf(&b, " %s%d", name, r)
	}
	return b.String()
}

func months(name string, from, to int) string { return column(name, from, to) }

// TestListTraps fills lists of other kinds.
func TestListTraps(t *testing.T) {
	for _, c := range listTraps {
		t.Run(c.name, c.run)
	}
}

// TestCardTraps fills forms of one record.
func TestCardTraps(t *testing.T) {
	for _, c := range cardTraps {
		t.Run(c.name, c.run)
	}
}

// TestParts: lists of one kind on one form are filled with the records that each is for.
func TestParts(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")
	count := func(is func(*model.Record) bool) int {
		n := 0
		for _, p := range people {
			if is(p) {
				n++
			}
		}
		return n
	}
	t.Run("two lists on a sheet", func(t *testing.T) {
		b := blank{cells: with(map[string]any{"A1": "一、正式党员", "A8": "二、预备党员"}, columns(2, "序号", "姓名", "性别"), columns(9, "序号", "姓名", "入党时间")), frames: []string{"A2:C6", "A9:C12"}}
		out, result := fillForm(t, l, plan(t, b.write(t), ""), people)
		f := open(t, out)
		full := count(func(p *model.Record) bool { return p.Str("status") == "正式党员" })
		at2 := 9 + result.Added
		if full+count(func(p *model.Record) bool { return p.Str("status") == "预备党员" }) != len(people) {
			t.Fatal("the village has others")
		}
		wantValue(t, f, "Sheet1", at(at2-1, 1), "二、预备党员")
		if n := rowsUnder(t, f, "Sheet1", 3, 2); n != full {
			t.Errorf("%d full members, want %d", n, full)
		}
		if n := rowsUnder(t, f, "Sheet1", at2+1, 2); n != len(people)-full {
			t.Errorf("%d probationary members, want %d", n, len(people)-full)
		}
	})
	t.Run("two lists that say nothing", func(t *testing.T) {
		b := blank{cells: with(columns(2, "序号", "姓名", "性别"), columns(9, "序号", "姓名", "性别")), frames: []string{"A2:C6", "A9:C12"}}
		out, result := fillForm(t, l, plan(t, b.write(t), ""), people)
		f := open(t, out)
		if n := rowsUnder(t, f, "Sheet1", 3, 2); n != len(people) {
			t.Errorf("%d rows, want %d", n, len(people))
		}
		if len(result.Left) != 1 {
			t.Errorf("left: %q", result.Left)
		}
	})
}

// TestPartsBySheet: sheets that are called by what members belong to hold those members.
func TestPartsBySheet(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")
	t.Run("a sheet for each group", func(t *testing.T) {
		f := excelize.NewFile()
		groups := map[string]int{}
		for _, p := range people {
			groups[p.Text("party_group")]++
		}
		names := []string{}
		for g := range groups {
			names = append(names, g)
		}
		slices.Sort(names)
		for _, g := range names {
			if g == "" {
				continue
			}
			_, err := f.NewSheet(g)
			must(t, err)
			blank{cells: columns(2, "序号", "姓名", "性别"), frames: []string{"A2:C6"}}.fill(t, f, g)
		}
		must(t, f.DeleteSheet("Sheet1"))
		out, _ := fillForm(t, l, plan(t, save(t, f, ""), ""), people)
		book := open(t, out)
		for _, g := range names {
			if g == "" {
				continue
			}
			if n := rowsUnder(t, book, g, 3, 2); n != groups[g] {
				t.Errorf("%s has %d rows, want %d", g, n, groups[g])
			}
		}
	})
}

// rowsUnder counts filled cells of a column from a row on.
func rowsUnder(t *testing.T, f *excelize.File, sheet string, row, col int) int {
	t.Helper()
	n := 0
	for ; value(t, f, sheet, at(row, col)) != ""; row++ {
		n++
	}
	return n
}

// TestMonths: a year's months across are what each member paid in them.
func TestMonths(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")
	paid := map[string]float64{} // by person and month
	for _, d := range chosen(t, l, "dues", "全部") {
		paid[d.Str("person")+d.Str("month")] += float64(d.Int("amount")) / 100
	}
	heads := []string{"序号", "姓名", "月缴标准"}
	for m := 1; m <= 12; m++ {
		heads = append(heads, fmt.Sprintf("%d月", m))
	}
	check := func(t *testing.T, b blank, row, col, step int, sum string) {
		t.Helper()
		out, _ := fillForm(t, l, plan(t, b.write(t), ""), people)
		f := open(t, out)
		some := 0
		for i, p := range people {
			total := 0.0
			for m := 1; m <= 12; m++ {
				want := paid[p.ID+fmt.Sprintf("2026-%02d", m)]
				total += want
				have := value(t, f, "Sheet1", at(row+i, col+(m-1)*step))
				if want == 0 && have != "" || want != 0 && have != fmt.Sprint(want) {
					t.Fatalf("%s in month %d is %q, want %v", p.Str("name"), m, have, want)
				}
				if want != 0 {
					some++
				}
			}
			if sum != "" && total > 0 {
				if have := value(t, f, "Sheet1", sum+fmt.Sprint(row+i)); have != fmt.Sprint(float64(int(total*100+0.5))/100) {
					t.Errorf("%s in the year is %q, want %v", p.Str("name"), have, total)
				}
			}
		}
		if some < 100 {
			t.Errorf("only %d payments", some)
		}
	}
	t.Run("1月 to 12月 and 合计", func(t *testing.T) {
		all := append(slices.Clone(heads), "合计", "备注")
		check(t, blank{cells: with(map[string]any{"A1": "2026年度党费收缴登记表"}, columns(3, all...)), frames: []string{"A3:Q8"}}, 4, 4, 1, "P")
	})
	t.Run("months over amount and signature", func(t *testing.T) {
		cells := map[string]any{"A1": "党支部党费收缴登记表(2026年)", "A3": "姓名"}
		b := blank{merge: []string{"A3:A4"}, frames: []string{"A3:Y8"}}
		for m := 1; m <= 12; m++ {
			cells[at(3, 2*m)], cells[at(4, 2*m)], cells[at(4, 2*m+1)] = fmt.Sprintf("%d月", m), "金额", "收款人签名"
			b.merge = append(b.merge, at(3, 2*m)+":"+at(3, 2*m+1))
		}
		b.cells = cells
		check(t, b, 5, 2, 2, "")
	})
}

// TestMonthsOfOtherThings: months are not taken for dues where nothing speaks of dues.
func TestMonthsOfOtherThings(t *testing.T) {
	heads := []string{"序号", "姓名", "性别"}
	for m := 1; m <= 12; m++ {
		heads = append(heads, fmt.Sprintf("%d月", m))
	}
	b := blank{cells: with(map[string]any{"A1": "2026年走访情况"}, columns(3, heads...)), frames: []string{"A3:O8"}}
	for h, s := range bound(plan(t, b.write(t), "person")) {
		if strings.HasSuffix(h, "月") && s != "" {
			t.Errorf("%s is bound to %s", h, s)
		}
	}
}

// TestCounts: how often somebody came is counted from the year's records.
func TestCounts(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")
	came, hours := map[string]int{}, map[string]int{}
	for _, a := range chosen(t, l, "activity", "全部", model.Where("held_on", model.Ge, "2026-01-01"), model.Where("held_on", model.Le, "2026-12-31")) {
		for _, m := range a.Roll("attendance") {
			if m.State == "到会" {
				came[m.Target]++
				hours[m.Target] += int(a.Int("hours"))
			}
		}
	}
	courses := map[string]int{}
	for _, c := range chosen(t, l, "training", "全部", model.Where("started_on", model.Ge, "2026-01-01"), model.Where("started_on", model.Le, "2026-12-31")) {
		for _, m := range c.Roll("attendance") {
			if m.State != "缺席" {
				courses[m.Target]++
				hours[m.Target] += int(c.Int("hours"))
			}
		}
	}
	b := blank{cells: with(map[string]any{"A1": "2026年党员参加组织生活和培训情况统计表"}, columns(3, "姓名", "参加活动次数", "参训次数", "学时")), frames: []string{"A3:D6"}}
	out, _ := fillForm(t, l, plan(t, b.write(t), ""), people)
	f := open(t, out)
	for i, p := range people {
		wantValue(t, f, "Sheet1", at(4+i, 2), fmt.Sprint(came[p.ID]))
		wantValue(t, f, "Sheet1", at(4+i, 3), fmt.Sprint(courses[p.ID]))
		wantValue(t, f, "Sheet1", at(4+i, 4), fmt.Sprint(hours[p.ID]))
	}
}
