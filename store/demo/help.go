package demo

import (
	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// linkage is a link of a leader, department or firm with the village.
type linkage struct{ id, role, name, unit string }

// pairing is a pair of helper and helped.
type pairing struct {
	id, helper     string
	helped         *folk.Villager // nil where the village as a whole is helped
	from, to       model.Date
	material, kind string
}

// linkUp writes the county's and the township's links with the village. They are
// the county's own records there, so the village only takes part in them.
func (v *village) linkUp() {
	d := v.dice("linkages")
	outside := folk.NewNamer(v.dice("officials"))
	bureau := v.place.County + "农业农村局"
	started := v.span.opening().AddMonths(-20).AddDays(9)
	for _, l := range []struct{ role, name, unit, title, duties string }{
		{"市领导", outside.Name(1972, "男"), "中共" + v.place.County + "委员会", "县委常委", "联系一镇一村,每季度到村一次。"},
		{"机关部门", bureau, bureau, "", "帮助谋划产业、争取项目,派驻第一书记。"},
		{"乡镇党建指导员", outside.Name(1984, "女"), v.place.Township + "党建办", "党建办主任", "指导三会一课和台账。"},
		{"科局级干部", outside.Name(1978, "男"), v.place.County + "水利局", "副局长", "帮助解决泵站和渠道问题。"},
		{"重点企业", v.partner, v.partner, "", "村企联建,安排用工。"},
		{"专家", outside.Name(1969, "男"), folk.PrefectureName + "水产技术推广站", "高级工程师", "稻虾共作技术指导。"},
	} {
		f := fields{"role": l.role, "name": l.name, "unit": l.unit, "title": l.title, "target_code": v.place.Code, "started_on": started,
			"duties": l.duties, "kept_as": party.KeptThere,
			"results": dice.Phrase(d, "{帮助争取{泵站改造|冷库建设|道路硬化}项目 {1-2} 个|介绍客商 {2-4} 家|开展培训 {2-5} 场},群众评价{好|较好}。", nil)}
		if l.role == "乡镇党建指导员" || l.role == "科局级干部" {
			f["grade"] = "称职"
		}
		id := v.book.put(v.span.opening(), "linkage", f)
		v.linkages = append(v.linkages, linkage{id, l.role, l.name, l.unit})
	}
}

// pairUp pairs departments with the village and members with those in hardship.
func (v *village) pairUp() {
	d := v.dice("pairings")
	k := v.cast
	bureau := v.place.County + "农业农村局"
	v.pair(pairing{helper: bureau, from: v.span.opening().AddMonths(-20).AddDays(9), kind: "部门帮村", material: "派驻第一书记,扶持稻虾基地和冷库"}, nil, d)
	v.pair(pairing{helper: v.partner, from: v.span.opening().AddMonths(-14).AddDays(3), kind: "企业帮村", material: "定向招工,代销农产品"}, nil, d)
	helpers := folk.Where(k.all, func(p *folk.Villager) bool {
		return p.Group >= 0 && p.BothLead && p.Away == "" && p.Exit == "" && p.Since == v.span.opening()
	})
	next := dice.NewCycle(d, helpers)
	needy := folk.Where(k.all, func(p *folk.Villager) bool { return p.Needy && p.Exit == "" })
	for i, h := range needy {
		kind := "党员帮群众"
		if h.Group >= 0 {
			kind = "党员帮党员"
		} else if h == k.neighbours[len(k.neighbours)-1] {
			kind = "先富帮贫"
		}
		p := pairing{helped: h, kind: kind, from: v.span.opening().AddMonths(-d.Between(3, 30)).AddDays(d.Between(0, 26)),
			material: dice.Phrase(d, "{赊供虾苗|代销粮食|介绍务工|传授技术|农忙帮工},{每季度上门|每月看望}{,帮助修缮房屋|,协助办理保障}", nil)}
		if i == 0 {
			p.to = folk.Workday(folk.DayIn(v.span.first.Add(2), 15))
		}
		v.pair(p, next.Next(), d)
	}
}

func (v *village) pair(p pairing, helper *folk.Villager, d *dice.Dice) {
	f := fields{"kind": p.kind, "started_on": p.from, "term_years": 3, "measures": p.material, "kept_as": party.KeptHere}
	if helper == nil {
		f["helper_unit"], f["target_code"] = p.helper, v.place.Code
		f["helps"], f["kept_as"] = []string{"资金", "项目", "信息"}, party.KeptThere
		f["in_poverty"] = false
	} else {
		p.helper = helper.Name
		f["helper"], f["helped"] = helper.ID, p.helped.ID
		f["helps"] = dice.Sample(d, []string{"资金", "技术", "信息", "劳力", "项目"}, d.Between(1, 3))
		f["in_poverty"] = d.Chance(0.25) && p.to == ""
	}
	f["results"] = dice.Phrase(d, "{户均增收 {1500-6000} 元|农活不误时|产业有起色|生活有照应}", nil)
	if f["in_poverty"] == true {
		f["lifted_on"] = folk.Workday(p.from.AddMonths(2))
	}
	r := v.book.begin(v.span.opening(), "pairing", f)
	p.id = r.ID
	if p.to != "" {
		v.book.change(p.to, r, fields{"in_poverty": true, "lifted_on": p.to.AddDays(-20), "ended_on": p.to, "end_reason": "已脱贫",
			"results": "收入稳定,住房、医疗有保障,经评议脱钩,继续关心。"})
	}
	v.pairings = append(v.pairings, p)
}

// visits follow the links, the pairs, the members away and those in hardship, as
// often as the rules want to see them.
func (v *village) visits() {
	d := v.dice("visits")
	s := v.span
	for _, l := range v.linkages {
		for on := s.opening().AddDays(d.Between(5, 40)); on <= s.asOf; on = on.AddDays(d.Between(60, 84)) {
			v.visit(d, folk.Workday(on), fields{"kind": "挂联走访", "linkage": l.id, "visited_by": l.name, "means": "上门"}, linkVisits)
		}
	}
	for _, p := range v.pairings {
		for on := s.opening().AddDays(d.Between(3, 30)); on <= s.asOf && (p.to == "" || on < p.to); on = on.AddDays(d.Between(45, 78)) {
			f := fields{"kind": "结对走访", "pairing": p.id, "visited_by": p.helper, "means": dice.Pick(d, []string{"上门", "上门", "上门", "电话"})}
			text := unitVisits
			if p.helped != nil {
				f["person"], text = p.helped.ID, pairVisits
			}
			v.visit(d, folk.Workday(on), f, text)
		}
	}
	v.callAway(d)
	v.comfort(d)
}

func (v *village) visit(d *dice.Dice, on model.Date, f fields, t topic) {
	if !v.span.holds(on) {
		on = max(on, v.span.opening())
	}
	f["happened_on"] = on
	f["content"] = v.unsaid(d, t.minutes, v.wordsOn(on))
	f["done"] = dice.Phrase(d, t.follow, v.wordsOn(on))
	v.book.put(on, "visit", f)
}

// callAway rings each member who is away once a month.
func (v *village) callAway(d *dice.Dice) {
	for _, m := range v.span.months() {
		on := folk.DayIn(m, d.Between(17, 24))
		for _, p := range v.cast.all {
			if p.Group >= 0 && p.OnFile(on) && p.Gone(on) && !p.OutOfContact(on) && v.span.holds(on) {
				v.visit(d, on, fields{"kind": "联系流动党员", "person": p.ID, "visited_by": v.committeeOn(on)[3].Name,
					"means": dice.Pick(d, []string{"电话", "微信", "微信"})}, awayCalls)
			}
		}
	}
}

// comfort visits members in hardship before Spring Festival and 1 July.
func (v *village) comfort(d *dice.Dice) {
	for _, m := range v.span.months() {
		if n := folk.MonthOf(m); n != 2 && n != 7 {
			continue
		}
		for i, p := range folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Needy && p.Group >= 0 && p.Exit == "" }) {
			if on := folk.Workday(folk.DayIn(m, 1+i%6)); v.span.holds(on) {
				v.visit(d, on, fields{"kind": "慰问困难党员", "person": p.ID, "visited_by": dice.Pick(d, v.committeeOn(on)).Name, "means": "上门"}, comfortVisits)
			}
		}
	}
	for i, p := range v.cast.neighbours {
		for _, j := range []int{2 + i, 7 + i} {
			months := v.span.months()
			on := folk.Workday(folk.DayIn(months[j%len(months)], 11+i))
			if v.span.holds(on) {
				v.visit(d, on, fields{"kind": "入户走访", "person": p.ID, "visited_by": dice.Pick(d, v.committeeOn(on)).Name, "means": "上门"}, houseVisits)
			}
		}
	}
}

var (
	linkVisits = topic{minutes: "到村{察看|调研}{稻虾基地|泵站|党群服务中心|冷库工地},听取{书记}汇报,走访 {2-6} 户,就{水源调度|项目申报|台账规范|品牌销售}提出 {2-4} 条意见。",
		follow: "{答应协调资金 {2-8} 万元|联系专家下月到村|帮助对接客商 {1-3} 家|现场改正台账 {2-5} 处}"}
	unitVisits = topic{minutes: "帮扶单位来人 {2-5} 名,{察看项目进度|召开座谈会|到田头了解用工需求},与{书记}商量{下一步资金|招工 {5-20} 人|代销 {2-9} 吨}的办法。",
		follow: "{拨付帮扶款|招用 {3-9} 人|签订代销协议|送来农资 {1-3} 吨}"}
	pairVisits = topic{minutes: "了解{家里农活|虾塘水质|子女就业|看病报销|粮食销售}情况,{一起下田忙了半天|帮着算了收支|送去种苗 {20-80} 斤|捎去用工信息 {2-4} 条}。目前{比较平稳|还缺 {1-3} 个劳力|打算扩 {2-6} 亩}。",
		follow: "{联系农技员看苗|卖出粮食 {800-3000} 斤|帮办{医保|养老}手续|约好下月再来}"}
	awayCalls = topic{minutes: "通话 {5-25} 分钟,{在外务工稳定|近期换了工种|下月准备返乡|子女随行上学},{已按时完成线上学习|已转来本月党费|反映租住社区党支部有活动},{告知村里{修路|分红|换届|主题党日}的事|征求对{产业|路灯}的意见 {1-3} 条}。",
		follow: "{发去学习材料|登记意见|提醒参加居住地活动|无}"}
	comfortVisits = topic{minutes: "送去慰问金 {200-600} 元和{米油|牛奶|棉被},问了{冷暖|用药|住房漏雨}的情况,本人{精神较好|感谢组织|提出想学手艺}。",
		follow: "{慰问金当面签收|协调修补屋面 {1-2} 处|登记临时救助}"}
	houseVisits = topic{minutes: "入户 {20-50} 分钟,核对{惠农补贴|医保缴费|房屋安全}情况,询问{收成|打工|孩子上学},反映{门前排水|田埂塌方|路灯不亮}一处。",
		follow: "{次日修好|列入计划|转合作社办理}"}
)

// aids are what came in from outside and what the village gave itself.
func (v *village) aids() {
	d := v.dice("aids")
	k := v.cast
	unit, firmPair := v.pairings[0], v.pairings[1]
	months := v.span.months()
	for _, a := range []struct {
		month, day            int
		kind, title, provider string
		amount, heads         int // yuan
		linkage, pairing      string
		beneficiary           *folk.Villager
		own                   bool
		result                string
	}{
		{1, 11, "活动经费", "党建活动经费", v.linkages[1].name, 8000, 115, v.linkages[1].id, "", nil, false, "添置会议音响和学习资料"},
		{2, 20, "办实事资金", "二组泵站改造", v.linkages[3].unit, 60000, 210, v.linkages[3].id, "", nil, false, "灌溉 {300-420} 亩不再误时"},
		{3, 6, "物资", "春耕化肥", firmPair.helper, 12000, 38, "", firmPair.id, nil, false, "按户发放并签收"},
		{4, 14, "项目", "稻虾冷库配套", unit.helper, 150000, 86, "", unit.id, nil, false, "库容 {40-60} 吨,错峰销售"},
		{5, 19, "技术", "小龙虾病害防治指导", v.linkages[5].unit, 0, 46, v.linkages[5].id, "", nil, false, "成活率提高 {6-12} 个百分点"},
		{6, 10, "信息", "用工信息对接", firmPair.helper, 0, 24, "", firmPair.id, nil, false, "介绍就业 {9-18} 人"},
		{7, 22, "送文艺", "文艺小分队进村演出", v.place.County + "文化馆", 0, 260, "", "", nil, false, "演出节目 {9-12} 个"},
		{7, 28, "送医疗", "义诊送药", v.place.County + "人民医院", 3600, 132, "", "", nil, false, "量血压、测血糖,建议复查 {8-15} 人"},
		{8, 13, "送法律", "法律咨询和以案说法", v.place.County + "司法局", 0, 57, "", "", nil, false, "解答 {12-20} 件"},
		{8, 25, "送知识", "农家书屋图书更新", v.place.County + "图书馆", 5200, 80, "", "", nil, false, "更新图书 {180-260} 册"},
		{9, 9, "养老保险补助", "村干部养老保险补助", v.place.County + "财政局", 17400, 8, "", "", nil, false, "按规定缴入个人账户"},
		{10, 8, "办实事资金", "困难党员秋收帮工", v.place.ShortName(), 1800, 6, "", "", nil, true, "帮收 {16-28} 亩"},
		{10, 20, "物资", "虾苗扶持", v.place.Name + "稻虾种养专业合作社", 2400, 1, "", "", k.neighbours[0], true, "当年可增收 {2000-3600} 元"},
	} {
		on := folk.Workday(folk.DayIn(months[min(a.month, len(months)-1)], a.day))
		if !v.span.holds(on) {
			continue
		}
		f := fields{"kind": a.kind, "title": a.title, "provider": a.provider, "target_code": v.place.Code, "linkage": a.linkage,
			"pairing": a.pairing, "given_on": on, "heads": a.heads, "result": dice.Phrase(d, a.result, nil), "kept_as": party.KeptThere}
		if a.amount > 0 {
			f["amount"] = a.amount * 100
		}
		if a.beneficiary != nil {
			f["beneficiary"] = a.beneficiary.ID
		}
		if a.own {
			f["kept_as"] = party.KeptHere
		}
		v.book.put(on, "aid", f)
	}
}
