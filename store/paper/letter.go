package paper

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// letter is 《中国共产党党员组织关系介绍信》 of domain.md §6.2.
var letter = &Paper{Name: "letter", Title: "组织关系介绍信", Of: transferLetter}

// transferLetter writes 《中国共产党党员组织关系介绍信》 of a transfer out with its
// three parts: stub, letter and receipt (domain.md §6.2). Other movements give none.
func transferLetter(env *model.Env, m *model.Record) (*Text, error) {
	if !m.Is("kind", "转出") {
		return nil, nil
	}
	p, err := env.Look.Get("person", m.Str("person"))
	if err != nil || p == nil {
		return nil, err
	}
	home := ""
	if env.Home != nil {
		home = env.Home.Str("name")
	}
	day := m.Date("happened_on")
	no := blank(m.Str("letter_no"), 8)
	sort := "正式党员"
	if p.Is("status", "预备党员") {
		sort = "预备党员"
	}
	var b []string
	add := func(format string, args ...any) { b = append(b, fmt.Sprintf(format, args...)) }
	add("【存根】  第 %s 号", no)
	add("%s同志系中共%s,组织关系由 %s 转到 %s。", p.Str("name"), sort, home, m.Str("to_org"))
	add("%s", day.Chinese())
	add("")
	add("中国共产党党员组织关系介绍信  第 %s 号", no)
	add("%s:", m.Str("to_org"))
	add("  %s同志(%s),%s,%s,系中共%s,身份证号码 %s,由 %s 去 %s,请转接组织关系。该同志党费已交到%s。",
		p.Str("name"), p.Str("sex"), ageText(p, day), p.Str("ethnicity"), sort, blank(p.Str("id_number"), 18),
		home, m.Str("to_org"), paidTo(m.Month("dues_paid_to")))
	add("  (有效期%s天)", validDays(day, m.Date("valid_until")))
	add("  %s(盖章)", home)
	add("  %s", day.Chinese())
	add("  党员联系电话:%s", blank(p.Str("phone"), 11))
	add("")
	add("【回执联】  第 %s 号", no)
	add("%s:", home)
	add("  %s同志的党员组织关系已转达我处,特此回复。", p.Str("name"))
	add("  %s(盖章)    经办人:%s    电话:%s", m.Str("to_org"), blank("", 8), blank("", 11))
	add("  %s", "    年    月    日")
	return &Text{Title: "组织关系介绍信 " + p.Str("name"), Lines: b}, nil
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
