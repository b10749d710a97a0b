package yearbook

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// body is an organisation of table 24.
type body struct {
	r      *model.Record
	nature string // of the unit that formed it, "" where that is not on file
	ended  bool   // its term ended by the day, or it was elected anew in the span
	chosen bool   // it was elected anew in the span
	before bool   // its term ended in an earlier year
}

// bodyKinds are those that count as primary organisations, by column (domain.md §2.5).
var bodyKinds = [][]string{{"党委"}, {"党总支"}, {"党支部", "联合党支部"}}

func (o *body) is(kinds ...string) answer { return when(o.r.Is("kind", kinds...)) }

// standing tells whether an organisation stood at the day.
func (b *book) standing(o *model.Record) bool {
	founded, abolished := o.Date("founded_on"), o.Date("abolished_on")
	return founded <= b.to && (abolished == "" || abolished > b.to)
}

// street tells whether an organisation's township is a city's street office (城市街道): the
// name says it. Without a township it is unclear.
func street(o *model.Record) answer {
	name := o.Str("township")
	if o.Is("domain", townships) {
		name += o.Str("name")
	}
	switch {
	case strings.Contains(name, "街道"):
		return yes
	case name == "" || !strings.ContainsAny(name, "镇乡"):
		return unclear
	}
	return no
}

func not(a answer) answer {
	switch a {
	case yes:
		return no
	case no:
		return yes
	}
	return unclear
}

// rural organisations stand under a township or a street office.
func (o *body) rural() answer { return when(o.r.Is("domain", villages, townships, "社区")) }

func (o *body) street() answer {
	if o.r.Is("domain", villages) && street(o.r) == unclear {
		return no // a village is one of a township
	}
	return street(o.r)
}

func (b *book) readBodies() ([]*body, error) {
	orgs, err := b.organisations()
	if err != nil {
		return nil, err
	}
	elections, err := b.find("election", model.Where("kind", model.Eq, "换届"), model.Where("held_on", model.Ge, string(b.from)), model.Where("held_on", model.Le, string(b.to)))
	if err != nil {
		return nil, err
	}
	units, err := b.find("unit")
	if err != nil {
		return nil, err
	}
	nature := map[string]string{}
	for _, u := range units {
		if u.Is("party_body", "单独组建") {
			nature[u.Str("organization")] = u.Str("nature")
		}
	}
	chosen := map[string]bool{}
	for _, e := range elections {
		chosen[e.Str("organization")] = true
	}
	var all []*body
	for _, r := range orgs {
		if b.office(r) || !b.standing(r) || !r.Is("kind", slices.Concat(bodyKinds...)...) {
			continue
		}
		o := &body{r: r, nature: nature[r.ID], chosen: chosen[r.ID]}
		if began := r.Date("term_started_on"); began != "" {
			years := int(r.Int("term_years"))
			if years == 0 {
				years = 5
			}
			end := began.AddYears(years)
			o.ended, o.before = end <= b.to, end < b.from && !o.chosen
		}
		o.ended = o.ended || o.chosen
		all = append(all, o)
	}
	return all, nil
}

// bodies is table 24 (domain.md §8.4).
func (b *book) bodies() ([]page.Block, error) {
	all24, err := b.readBodies()
	if err != nil {
		return nil, err
	}
	domain := func(of ...string) func(*body) answer {
		return func(o *body) answer { return when(o.r.Is("domain", of...)) }
	}
	firm := domain("国有企业", "非公企业")
	collective := func(o *body) answer { return both(firm(o), when(o.nature == "集体企业")) }
	rows := []class[*body]{
		{label: "党的基层组织数", is: all[*body]},
		{label: "任届期满", deep: 1, is: func(o *body) answer { return when(o.ended) }},
		{label: "其中报告期内换届", deep: 2, is: func(o *body) answer { return when(o.chosen) }},
		{label: "城市街道", deep: 1, is: func(o *body) answer { return both(o.rural(), o.street()) }},
		{label: "乡镇", deep: 1, is: func(o *body) answer { return both(o.rural(), not(o.street())) }},
		{label: "企业:国有经济控制", deep: 1, is: func(o *body) answer { return both(domain("国有企业")(o), not(collective(o))) }},
		{label: "集体经济控制", deep: 2, is: collective},
		{label: "非公有经济控制", deep: 2, is: func(o *body) answer { return both(domain("非公企业")(o), not(collective(o))) }},
		{label: "事业单位", deep: 1, is: domain("事业单位")},
		{label: "机关", deep: 1, is: domain("机关")},
	}
	for _, level := range []string{"中央一级", "省(区、市)一级", "市(地、州、盟)一级", "县(市、区、旗)一级"} {
		rows = append(rows, class[*body]{label: level, deep: 2, is: func(o *body) answer { return both(domain("机关")(o), unclear) }})
	}
	rows = append(rows, class[*body]{label: "其他", deep: 1, is: domain("社会组织", "专业协会", "园区", "产业链", "行业")})
	columns := []class[*body]{{label: "总数", is: all[*body]}}
	for i, label := range []string{"党委", "总支部", "支部"} {
		columns = append(columns, class[*body]{label: label, is: func(o *body) answer { return o.is(bodyKinds[i]...) }})
	}
	g := cross("项目", all24, rows, columns)
	more, err := b.bodiesMore(all24)
	if err != nil {
		return nil, err
	}
	return b.blocks(g, 30, more, check(g, columnIs(1, 2, 3, 4), rowIs(1, 4, 5, 6, 7, 8, 9, 10, 15), rowHolds(1, 2), rowHolds(2, 3), rowHolds(10, 11, 12, 13, 14)), b.bodyNotes(all24)), nil
}

// bodiesMore is 补充资料 of table 24.
func (b *book) bodiesMore(bodies []*body) ([]string, error) {
	kinds := func(is func(*body) bool) string {
		n := [4]int{}
		for _, o := range bodies {
			for i, k := range bodyKinds {
				if is(o) && o.is(k...) == yes {
					n[0]++
					n[i+1]++
				}
			}
		}
		return fmt.Sprintf("党组织 %d 个,其中党委 %d 个、总支部 %d 个、支部 %d 个", n[0], n[1], n[2], n[3])
	}
	units, err := b.find("unit")
	if err != nil {
		return nil, err
	}
	farms, err := b.find("undertaking", model.Where("kind", model.Eq, "家庭农场"))
	if err != nil {
		return nil, err
	}
	cooperatives, open := 0, 0
	for _, u := range units {
		cooperatives += model.OneIf(u.Is("nature", "专业合作社"))
	}
	for _, u := range farms {
		open += model.OneIf(u.Date("started_on") <= b.to && (u.Date("ended_on") == "" || u.Date("ended_on") > b.to))
	}
	return []string{
		"补充资料:1.党组____个。2.中央和各级地方党委派出工委____个。3.国务院和地方政府工作部门中有基层党组织____个(台账不记,留空)。",
		"4.建制村中有" + kinds(func(o *body) bool { return o.r.Is("domain", villages) }) + "。",
		"5.农村专业技术协会____个,共有" + kinds(func(o *body) bool { return o.r.Is("domain", "专业协会") }) + ";",
		fmt.Sprintf("农民专业合作社 %d 个(“单位”里登记的),共有%s;", cooperatives, kinds(func(o *body) bool { return o.nature == "专业合作社" })),
		fmt.Sprintf("家庭农场 %d 个(“致富项目”里登记的),共有党组织____个(台账不记,留空)。", open),
	}, nil
}

func (b *book) bodyNotes(bodies []*body) []string {
	var lines []string
	overdue, undated, unplaced := 0, 0, 0
	for _, o := range bodies {
		overdue += model.OneIf(o.before)
		undated += model.OneIf(!o.r.Filled("term_started_on"))
		unplaced += model.OneIf(both(o.rural(), o.street()) == unclear)
	}
	if overdue > 0 {
		lines = append(lines, fmt.Sprintf("任届期满里有 %d 个是以前年度到期、还没有换届的。", overdue))
	}
	if undated > 0 {
		lines = append(lines, fmt.Sprintf("有 %d 个党组织没有填“本届起始”,是否任届期满说不出,没有计入第 2 行。", undated))
	}
	if unplaced > 0 {
		lines = append(lines, fmt.Sprintf("有 %d 个党组织的“乡镇”没有写明是街道还是乡镇,第 4、5 行所在的格留空。", unplaced))
	}
	if len(b.officeNote()) > 0 {
		lines = append(lines, b.officeNote())
	}
	return append(lines, "不计临时党支部、流动党员党支部、党小组。联合党支部计在支部栏。机关分哪一级台账不记,留空;“集体经济控制”看“单位”里登记的单位性质。")
}

func (b *book) officeNote() string {
	if !b.county {
		return ""
	}
	return "不计" + b.q.Home() + "(县里的台账单位)。"
}
