package yearbook

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// away tells whether the person was a mobile member at the day, and where to: "" where
// that is not on file any more.
func (p *person) away() (is bool, to string) {
	now := p.r.Filled("away") && p.r.Date("away_since") <= p.day
	back := p.last("9999-12-31", "流动返回")
	switch m := p.last(p.day, "外出流动", "流动返回"); {
	case m == nil:
		return now, p.r.Str("away")
	case m.Is("kind", "流动返回"):
		return now && p.r.Date("away_since") >= m.Date("happened_on"), p.r.Str("away")
	case back != nil && back.Date("happened_on") > p.day: // came back since
		return true, ""
	}
	return true, p.r.Str("away")
}

// mobile is table 34 (domain.md §8.8).
func (b *book) mobile() ([]page.Block, error) {
	members, err := b.members()
	if err != nil {
		return nil, err
	}
	var gone []*person
	for _, p := range members {
		if is, _ := p.away(); is {
			gone = append(gone, p)
		}
	}
	toward := func(where string) func(*person) answer {
		return func(p *person) answer {
			_, to := p.away()
			if to == "" {
				return unclear
			}
			return when(to == where)
		}
	}
	card := func(p *person) answer {
		if _, to := p.away(); to == "" {
			return unclear
		}
		return when(p.r.Filled("away_card"))
	}
	rows := []class[*person]{{label: "流出党员总数", is: all[*person]}, {label: "跨省流动", deep: 1, is: toward("跨省")}, {label: "省内跨市(地)流动", deep: 1, is: toward("省内跨市")},
		{label: "持《中国共产党流动党员活动证》", deep: 1, is: card}}
	for _, l := range []line{{"外出流向:公有经济控制单位", 0}, {"机关", 1}, {"事业单位", 1}, {"其中:人才(劳动)服务中心", 2}, {"港澳台商投资企业", 1}, {"外商投资企业", 1},
		{"非公有经济控制单位", 0}, {"民办非企业单位", 1}, {"私营企业", 1}, {"港澳台商投资企业", 1}, {"外商投资企业", 1},
		{"个体工商户", 0}, {"城市社区(居委会)", 0}, {"乡镇社区(居委会)", 0}, {"建制村", 0}, {"其他", 0}} {
		rows = append(rows, class[*person]{label: l.label, deep: l.deep, is: untold[*person]})
	}
	g := cross("项目", gone, rows, mobileColumns())
	orgs, err := b.organisations()
	if err != nil {
		return nil, err
	}
	bodies := 0
	for _, o := range orgs {
		bodies += model.OneIf(o.Is("kind", "流动党员党支部") && b.standing(o))
	}
	below := []string{fmt.Sprintf("补充资料:1.接收流动党员的党支部____个。2.建立流动党员党组织 %d 个,其中支部 %d 个,共接收流动党员____名(台账不分记,留空)。", bodies, bodies)}
	return b.blocks(g, 28, below, check(g, rowHolds(1, 2, 3), rowHolds(1, 4), columnIs(1, 2, 3, 4, 5, 6, 9), columnHolds(6, 7, 8)),
		b.lacking(gone, "occupation", "原职业各栏"),
		[]string{"台账记流向的地方,不记去了哪类单位,有流出党员的“外出流向”各行留空。原职业按现在登记的“工作岗位”:外出务工列农牧渔民,企业务工和分不清公有非公有的留空。"}), nil
}

// mobileColumns are what they did before (原职业): the field says what they do now.
func mobileColumns() []class[*person] {
	const before = "原职业"
	graduate := func(p *person) answer {
		if p.r.Is("occupation", "待业") && !p.r.Filled("education") {
			return unclear
		}
		return both(job("待业")(p), college(p))
	}
	// Of those in the middle nothing is on file but 其他.
	agent := func(p *person) answer { return both(job("其他")(p), unclear) }
	leader := func(p *person) answer {
		switch {
		case p.r.Is("occupation", "公务员事业编"):
			return yes
		case p.r.Is("occupation", "企业务工"):
			return both(public(p), unclear)
		}
		return public(p)
	}
	rest := func(p *person) answer {
		switch p.r.Str("occupation") {
		case "":
			return no
		case "其他":
			return unclear
		case "待业":
			switch graduate(p) {
			case unclear:
				return unclear
			case yes:
				return no
			}
			return yes
		case "企业经营者", "教师":
			return private(p)
		}
		return job("个体工商户", "学生", "离退休")(p)
	}
	return []class[*person]{
		{label: "总数", is: all[*person]},
		{above: []string{before}, label: "公有经济企事业单位管理、专业技术人员", is: leader},
		{above: []string{before}, label: "工勤技能人员", is: func(p *person) answer { return both(job("企业务工")(p), unclear) }},
		{above: []string{before}, label: "农牧渔民", is: farmers},
		{above: []string{before}, label: "未就业的高校毕业生", is: graduate},
		{above: []string{before}, label: "中介组织从业人员", is: agent},
		{above: []string{before}, label: "其中执业律师", is: agent},
		{above: []string{before}, label: "其中会计师", is: agent},
		{above: []string{before}, label: "其他", is: rest},
	}
}
