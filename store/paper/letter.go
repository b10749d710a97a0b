package paper

import (
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// letters are the papers that go with a member from one organisation to another.
var letters = []*page.Paper{
	{Name: "letter", Title: "党员组织关系介绍信", Group: "组织关系", Over: page.OverRecord, Kind: "movement", Whole: true, AfterSave: true,
		Applies: func(r *model.Record) bool { return r.Is("kind", "转出") },
		Suggest: func(q *page.Request) (purpose, receiver string) {
			if q.Record == nil {
				return "转接组织关系", ""
			}
			return "转接组织关系", q.Record.Str("to_org")
		},
		Make: transferLetter},
}

// letterFields are the texts of a letter; what is not known is a line to write on.
type letterFields struct {
	no, home, to                              string
	name, sex, age, ethnicity, status, number string
	phone, day, paidTo, valid                 string
}

// transferLetter is 《中国共产党党员组织关系介绍信》 of a transfer out with its three
// parts on one sheet: stub, letter and receipt, with lines to cut along over which the
// seal goes (domain.md §6.2). The stub has room for the receipt that comes back.
func transferLetter(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	f, err := fillLetter(ctx, q)
	if err != nil {
		return nil, err
	}
	text := func(lines ...string) page.Lines { return page.Lines{Text: lines, Size: letterSize} }
	right := func(lines ...string) page.Lines {
		return page.Lines{Text: lines, Size: letterSize, Align: page.RightAlign, Space: letterSpace}
	}
	heading := func(title string) []page.Block {
		return []page.Block{page.Lines{Text: []string{title}, Size: letterHeading, Bold: true, Align: page.Centre}, right(f.no)}
	}
	blocks := heading("中国共产党党员组织关系介绍信存根")
	blocks = append(blocks,
		text(fmt.Sprintf("    %s同志系中共%s,组织关系由 %s 转到 %s。", f.name, f.status, f.home, f.to)), right(f.day),
		&page.Form{Rows: []page.FormRow{{Tall: letterReceipt, Items: []page.Item{page.Label("回执粘贴处", 1), page.Blank("", 5)}}}},
		page.Cut{Text: "……沿此线剪开……" + f.no + "……(加盖骑缝章)……"})
	blocks = append(blocks, heading("中国共产党党员组织关系介绍信")...)
	blocks = append(blocks, text(f.to+":",
		fmt.Sprintf("    %s同志(%s),%s,%s,系中共%s,身份证号码 %s,由 %s 去 %s,请转接组织关系。该同志党费已交到%s。",
			f.name, f.sex, f.age, f.ethnicity, f.status, f.number, f.home, f.to, f.paidTo),
		"    (有效期"+f.valid+"天)"), right(f.home+"(盖章)", f.day),
		text("党员联系电话:"+f.phone, "党员原所在基层党委通讯地址:"+blank("", 44),
			"联系电话:"+blank("", 16)+"  传真:"+blank("", 16)+"  邮编:"+blank("", 8)),
		page.Cut{Text: "……沿此线剪开……" + f.no + "……(加盖骑缝章)……"})
	blocks = append(blocks, heading("中国共产党党员组织关系介绍信回执联")...)
	blocks = append(blocks, text(f.home+":", "    "+f.name+"同志的党员组织关系已转达我处,特此回复。"),
		right(f.to+"(盖章)", blank("", 6)+"年"+blank("", 4)+"月"+blank("", 4)+"日"),
		text("经办人:"+blank("", 14)+"    联系电话:"+blank("", 18)))
	return []page.Sheet{{Name: "组织关系介绍信", Blocks: blocks}}, nil
}

// What stands on the sheet, so that its three parts fill one page: points.
const (
	letterSize    = 14
	letterHeading = 18
	letterSpace   = 8  // above the line with the seal
	letterReceipt = 90 // room to paste the receipt
)

func fillLetter(ctx context.Context, q *page.Request) (letterFields, error) {
	f := letterFields{no: letterNo(""), home: q.Home(), to: blank("", 24), name: blank("", 8), sex: "男/女", age: blank("", 4) + "岁",
		ethnicity: blank("", 6), status: "正式党员(预备党员)", number: blank("", 18), phone: blank("", 14),
		day: blank("", 6) + "年" + blank("", 4) + "月" + blank("", 4) + "日", paidTo: paidTo(""), valid: validDays("", "")}
	m := q.Record
	if q.Blank || m == nil {
		return f, nil
	}
	p, err := q.Env.Look.Get("person", m.Str("person"))
	if err != nil {
		return f, err
	}
	if p == nil {
		return f, model.Errorf("E-PAPER-PERSON", "这条变动的人员已不在台账里,写不出介绍信")
	}
	if f.home, err = branchOf(ctx, q, m); err != nil {
		return f, err
	}
	day := m.Date("happened_on")
	f.no, f.to = letterNo(m.Str("letter_no")), blank(m.Str("to_org"), 24)
	f.name, f.sex, f.age, f.ethnicity = p.Str("name"), p.Str("sex"), ageText(p, day), blank(p.Str("ethnicity"), 6)
	f.number, f.phone = blank(q.Private(p, "id_number"), 18), blank(q.Private(p, "phone"), 14)
	f.day, f.paidTo, f.valid = day.Chinese(), paidTo(m.Month("dues_paid_to")), validDays(day, m.Date("valid_until"))
	f.status = "正式党员"
	if p.Is("status", "预备党员") {
		f.status = "预备党员"
	}
	return f, nil
}

// letterNo writes a letter's number: 第 7 号, or as it stands where it has its words.
func letterNo(no string) string {
	if strings.Contains(no, "号") {
		return no
	}
	return "第 " + blank(no, 8) + " 号"
}

// blank gives a line to write on where nothing is known.
func blank(s string, cells int) string {
	if s != "" {
		return s
	}
	return strings.Repeat("_", cells)
}

func ageText(p *model.Record, on model.Date) string {
	if !p.Filled("birth_date") {
		return "___岁"
	}
	return fmt.Sprintf("%d岁", p.Date("birth_date").YearsAt(on))
}

// paidTo writes a month in capitals, as letters have it: 贰零贰陆年壹拾月.
func paidTo(m model.Month) string {
	if !m.Valid() {
		return "______年____月"
	}
	t := m.First().Time()
	year := ""
	for _, d := range fmt.Sprint(t.Year()) {
		year += capitals[d-'0']
	}
	return year + "年" + CapitalNumber(int(t.Month())) + "月"
}

func validDays(from, until model.Date) string {
	if until == "" || until < from {
		return "____"
	}
	return CapitalNumber(from.DaysUntil(until))
}

var capitals = [...]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}

// CapitalNumber writes 0 to 9999 in the capitals that can't be altered: 玖拾, 壹佰零伍.
func CapitalNumber(n int) string {
	if n < 0 || n > 9999 {
		return fmt.Sprint(n)
	}
	if n == 0 {
		return capitals[0]
	}
	text, gap := "", false
	for _, unit := range []struct {
		value int
		name  string
	}{{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}} {
		d := n / unit.value % 10
		switch {
		case d > 0 && gap:
			text += capitals[0] + capitals[d] + unit.name
			gap = false
		case d > 0:
			text += capitals[d] + unit.name
		default:
			gap = text != ""
		}
	}
	return text
}
