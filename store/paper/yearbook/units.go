package yearbook

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// seat is a unit of table 25 that the ledger knows by its own organisation.
type seat struct {
	r       *model.Record // the organisation
	service bool          // has a place that serves members (党群服务中心)
}

// units is table 25 (domain.md §8.5). A unit of these sorts is on file as an organisation,
// so that those without one can't be told. Enterprises and societies are on file as units
// too: firms counts the same rows for them.
func (b *book) units() ([]page.Block, error) {
	seats, err := b.readSeats()
	if err != nil {
		return nil, err
	}
	column := func(label string, is func(*seat) answer) class[*seat] { return class[*seat]{label: label, is: is} }
	in := func(domain string, city bool) func(*seat) answer {
		return func(s *seat) answer {
			a := street(s.r)
			if !city {
				a = not(a)
			}
			return both(when(s.r.Is("domain", domain)), a)
		}
	}
	columns := []class[*seat]{column("城市街道", in(townships, true)), column("城市社区(居委会)", in("社区", true)), column("乡镇", in(townships, false)),
		column("乡镇社区(居委会)", in("社区", false)), column("建制村", func(s *seat) answer { return when(s.r.Is("domain", villages)) })}
	kind := func(of ...string) func(*seat) answer {
		return func(s *seat) answer { return when(s.r.Is("kind", of...)) }
	}
	joint := kind("联合党支部")
	// A joint branch stands for several units, and which is not on file.
	several := func(s *seat) answer { return both(joint(s), unclear) }
	count := func(s *seat) answer {
		if joint(s) == yes {
			return unclear
		}
		return yes
	}
	rows := []class[*seat]{{label: "单位数", is: count},
		{label: "已单独建立党组织:建立党委的", is: kind("党委")}, {label: "建立总支部的", deep: 1, is: kind("党总支")}, {label: "建立支部的", deep: 1, is: kind("党支部")},
		{label: "已建立联合党支部的", is: several}, {label: "具有3名以上党员的", deep: 1, is: several}, {label: "联合党支部数", deep: 1, is: joint},
		{label: "未建立党组织:应建尚未建立党组织的"}, {label: "其中建立党小组的", deep: 2}, {label: "仅有个别党员的", deep: 1},
		{label: "没有党员的", deep: 1},
		{label: "补充情况:建立党员服务机构的", is: func(s *seat) answer { return when(s.service) }}, {label: "建立党员志愿者队伍的", deep: 1, is: untold[*seat]}}
	g := cross("项目", seats, rows, columns)
	joints := 0
	for _, s := range seats {
		joints += model.OneIf(joint(s) == yes && s.r.Is("domain", villages, townships, "社区"))
	}
	below := []string{"补充资料:本表 A1 栏中包括建立工委的城市街道____个(台账不记,留空)。"}
	below = append(below, check(g, rowIs(1, 2, 3, 4, 5, 8, 10, 11), rowHolds(5, 6), rowHolds(8, 9))...)
	below = append(below, "一个单位按它的党组织登记在台账里,没有建立党组织的说不出,第 8 至 11 行留空;志愿者队伍不单记,留空。党员服务机构看“阵地”里的党群服务中心。")
	if joints > 0 {
		below = append(below, fmt.Sprintf("有 %d 个联合党支部,由几个单位组成台账不记,所在栏的单位数和第 5、6 行留空。", joints))
	}
	if b.county {
		below = append(below, b.officeNote())
	}
	return b.blocks(g, 34, below), nil
}

func (b *book) readSeats() ([]*seat, error) {
	orgs, err := b.organisations()
	if err != nil {
		return nil, err
	}
	places, err := b.find("place", model.Where("kind", model.Eq, "党群服务中心"))
	if err != nil {
		return nil, err
	}
	served := map[string]bool{}
	for _, p := range places {
		served[p.OrgID] = served[p.OrgID] || p.Date("started_on") <= b.to
	}
	var seats []*seat
	for _, o := range orgs {
		if o.ID == o.OrgID && b.standing(o) && !b.office(o) && o.Is("kind", "党委", "党总支", "党支部", "联合党支部") {
			seats = append(seats, &seat{r: o, service: served[o.ID]})
		}
	}
	return seats, nil
}

// firm is a unit on file.
type firm struct {
	r     *model.Record
	body  *model.Record // 所属党组织
	first bool          // the first of those in its joint branch
}

// firms counts the rows of table 25 and of its sisters (table 30) for the units on file.
func (b *book) firms() ([]page.Block, error) {
	orgs, err := b.organisations()
	if err != nil {
		return nil, err
	}
	units, err := b.find("unit")
	if err != nil {
		return nil, err
	}
	var all25 []*firm
	seen := map[string]bool{}
	for _, u := range units {
		f := &firm{r: u, body: orgs[u.Str("organization")]}
		if f.body != nil && u.Is("party_body", "联合组建") {
			f.first = !seen[f.body.ID]
			seen[f.body.ID] = true
		}
		all25 = append(all25, f)
	}
	columns := []class[*firm]{{label: "合计", is: all[*firm]}}
	for _, nature := range []string{"非公企业", "国有企业", "集体企业", "社会组织", "专业合作社", "事业单位", "其他"} {
		columns = append(columns, class[*firm]{label: nature, is: func(f *firm) answer { return when(f.r.Is("nature", nature)) }})
	}
	g := cross("项目", all25, firmRows(), columns)
	unknown := 0
	for _, f := range all25 {
		unknown += model.OneIf(f.r.Is("party_body", "单独组建") && f.body == nil || !f.r.Filled("members") && f.r.Is("party_body", "未组建", "联合组建"))
	}
	below := check(g, rowIs(1, 2, 3, 4, 5, 8, 9, 11, 12), rowHolds(5, 6), rowHolds(9, 10))
	if unknown > 0 {
		below = append(below, fmt.Sprintf("有 %d 个单位没有填所属党组织或党员数,所在的格留空。", unknown))
	}
	below = append(below, "“单位”里登记的企业、社会组织、合作社等,按现在登记的计,行次同第二十五表,另加挂靠一行;未转入组织关系的台账不记,留空。")
	return b.blocks(g, 34, below), nil
}

func firmRows() []class[*firm] {
	formed := func(how string) func(*firm) answer {
		return func(f *firm) answer { return when(f.r.Is("party_body", how)) }
	}
	alone := func(kinds ...string) func(*firm) answer {
		return func(f *firm) answer {
			if f.body == nil {
				return both(formed("单独组建")(f), unclear)
			}
			return both(formed("单独组建")(f), when(f.body.Is("kind", kinds...)))
		}
	}
	// Members between two numbers, unclear where the number is not on file.
	members := func(how string, least, most int64) func(*firm) answer {
		return func(f *firm) answer {
			if !f.r.Filled("members") {
				return both(formed(how)(f), unclear)
			}
			n := f.r.Int("members")
			return both(formed(how)(f), when(n >= least && n <= most))
		}
	}
	const many = 1 << 40
	sum := func(field string) func(*firm) (int64, bool) {
		return func(f *firm) (int64, bool) { return f.r.Int(field), f.r.Filled(field) }
	}
	group := func(f *firm) answer {
		return both(members("未组建", 3, many)(f), when(f.body != nil && f.body.Is("kind", "党小组")))
	}
	return []class[*firm]{{label: "单位数", is: all[*firm]},
		{label: "已单独建立党组织:建立党委的", is: alone("党委")}, {label: "建立总支部的", deep: 1, is: alone("党总支")}, {label: "建立支部的", deep: 1, is: alone("党支部", "临时党支部", "流动党员党支部", "联合党支部")},
		{label: "已建立联合党支部的", is: formed("联合组建")}, {label: "具有3名以上党员的", deep: 1, is: members("联合组建", 3, many)},
		{label: "联合党支部数", deep: 1, is: func(f *firm) answer {
			if f.body == nil {
				return both(formed("联合组建")(f), unclear)
			}
			return when(f.first)
		}},
		{label: "挂靠其他党组织的(本表加列)", is: formed("挂靠")},
		{label: "未建立党组织:应建尚未建立党组织的", is: members("未组建", 3, many)}, {label: "其中建立党小组的", deep: 2, is: group},
		{label: "仅有个别党员的", deep: 1, is: members("未组建", 1, 2)}, {label: "没有党员的", deep: 1, is: members("未组建", 0, 0)},
		{label: "补充情况:从业人员", is: all[*firm], adds: sum("employees")}, {label: "党员", deep: 1, is: all[*firm], adds: sum("members")},
		{label: "未转入组织关系的", deep: 1, is: untold[*firm]},
		{label: "已派党建工作指导员的", deep: 1, is: func(f *firm) answer { return when(f.r.Filled("adviser")) }}}
}
