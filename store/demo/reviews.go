package demo

import (
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// reviews are the yearly appraisals of the last three years that had one. Fewer
// than a third are 优秀; probationary members get no grade.
func (v *village) reviews() {
	d := v.dice("appraisals")
	for back := range 3 {
		on := v.appraisalDay(back)
		people := folk.Where(v.cast.all, func(p *folk.Villager) bool {
			here := p.Since != "" && p.Since <= max(on, v.span.opening()) && (p.Until == "" || on < p.Until)
			return here && p.Group >= 0 && p.Confirmed != "" && p.Confirmed <= on && (p.Entry != "转入" || p.Since <= on) && (p.FullSince <= on)
		})
		best := v.bestOf(d, people, len(people)*3/10)
		if v.faulty != nil && back == 0 {
			best = v.bestOf(d, people, len(people)/3+1)
		}
		for _, p := range people {
			v.appraise(d, p, on, slices.Contains(best, p))
		}
	}
}

// appraisalDay is the day of the review, counted back in years from the last one
// that was held: in the December of the ledger's year.
func (v *village) appraisalDay(back int) model.Date {
	for _, m := range v.span.months() {
		if on := folk.Workday(folk.DayIn(m, 20)); folk.MonthOf(m) == 12 && v.span.holds(on) {
			return folk.Workday(folk.DayIn(m.Add(-12*back), 20))
		}
	}
	last, _ := model.NewDate(v.span.asOf.Year()-1-back, 12, 20)
	return folk.Workday(last)
}

// bestOf gives so many: the committee's most active and others.
func (v *village) bestOf(d *dice.Dice, people []*folk.Villager, n int) []*folk.Villager {
	rest := folk.Where(people, func(p *folk.Villager) bool {
		return !slices.Contains(v.cast.committee, p) && p.Away == "" && p.NotDue == ""
	})
	some := folk.Where(v.cast.committee[:3], func(p *folk.Villager) bool { return slices.Contains(people, p) })
	return slices.Concat(some, dice.Sample(d, rest, n-len(some)))
}

func (v *village) appraise(d *dice.Dice, p *folk.Villager, on model.Date, best bool) {
	grade, opinion := "合格", "{履行党员义务较好,{参加组织生活正常|联系群众较多},{主动性还可加强|学习还要抓紧}|能按时参加组织生活,按时交纳党费,{为人正派|热心集体}|遵守纪律,{团结邻里|支持村里工作},希望{多提建议|多带带年轻人}}"
	switch {
	case best:
		grade, opinion = "优秀", "{带头{发展产业|参加义务劳动},联系农户 {4-9} 户|服务群众主动,承诺事项全部完成|勇于担当,在{防汛|秋收|环境整治}中表现突出},{群众公认|测评票名列前茅}"
	case p.Away == "" && p.NotDue == "" && p.Offices == 0 && d.Chance(0.015):
		grade, opinion = "基本合格", "参加组织生活次数偏少,支部已谈话提醒,本人表示{按时参会|改进}"
	case p.Away != "" && p.LeftOn < on:
		opinion = "外出期间保持联系,按时交纳党费,{返乡参加评议|以书面形式自评}"
	}
	voters := v.size.members*8/10 + d.Between(0, v.size.members/10)
	good := voters * d.Between(60, 85) / 100
	if best {
		good = voters * d.Between(88, 97) / 100
	}
	v.book.put(max(on, v.span.opening()), "appraisal", fields{"person": p.ID, "year": on.Year(), "grade": grade, "held_on": on,
		"votes": fmt.Sprintf("发出 %d 票;优秀 %d,合格 %d,基本合格 %d,不合格 0", voters, good/2, voters-good/2-1, 1), "opinion": dice.Phrase(d, opinion, v.wordsOn(on))})
}

// talks are heart-to-heart talks: each member has one in every calendar year, the
// committee among themselves too (domain.md §4.1). They are spread over the months
// before October, when the rest would be due.
func (v *village) talks() {
	d := v.dice("talks")
	topics := dice.NewCycle(d, talkTopics)
	for year := folk.YearOf(v.span.first); year <= v.span.asOf.Year(); year++ {
		for i, p := range v.cast.all {
			if p.Group < 0 || p.Since == "" {
				continue
			}
			on, ok := v.talkDay(d, p, year, i)
			if !ok {
				continue
			}
			talker := v.talkerOf(p, i, on)
			t := v.talkTopic(topics, p, on, d)
			v.book.put(on, "talk", fields{"held_on": on, "person": p.ID, "talker": talker.ID, "topic": t.title,
				"content": v.unsaid(d, t.minutes, v.wordsOn(on)), "follow_up": dice.Phrase(d, t.follow, v.wordsOn(on))})
		}
	}
}

// talkDay gives the day of the person's talk in that year: in the months from
// January to September, or in the month after they came.
func (v *village) talkDay(d *dice.Dice, p *folk.Villager, year, i int) (model.Date, bool) {
	first, _ := model.NewDate(year, 1+i%9, 1)
	m := first.Month()
	if p.Lost != "" && m >= p.Lost.Month() {
		m = p.Lost.Month().Add(-2)
	}
	if m < v.span.first && year == folk.YearOf(v.span.first) {
		return "", false
	}
	if p.Since.Month() >= m {
		m = p.Since.Month().Add(1)
		if p.Since == v.span.opening() && m.First().Year() != year {
			return "", false
		}
	}
	if folk.YearOf(m) != year {
		return "", false
	}
	on := folk.Workday(folk.DayIn(m, d.Between(4, 26)))
	return on, v.span.holds(on) && p.OnFile(on)
}

func (v *village) talkerOf(p *folk.Villager, i int, on model.Date) *folk.Villager {
	committee := v.committeeOn(on)
	t := committee[i%len(committee)]
	if t == p {
		return committee[(i+1)%len(committee)]
	}
	return t
}

// talkTopic gives what one talks of with such a person.
func (v *village) talkTopic(general *dice.Cycle[topic], p *folk.Villager, on model.Date, d *dice.Dice) topic {
	switch {
	case slices.Contains(v.committeeOn(on), p):
		return committeeTalk
	case p.Gone(on):
		return awayTalk
	case p.FullSince == "" || p.FullSince > on:
		return probationTalk
	case p.NotDue != "" || p.Age(on) >= 72 && d.Chance(0.6):
		return elderTalk
	case p.BothLead && d.Chance(0.5):
		return leaderTalk
	}
	return general.Next()
}

var (
	committeeTalk = topic{title: "班子团结和分工", minutes: "交换对分工的看法,互相提了 {1-3} 条意见:{遇事多通气|材料早准备|多下组|会前多商量}。一致认为下一步抓{水利|产业|环境|台账|青年}。{谈得坦诚|都表示接受},约 {20-60} 分钟。", follow: "{已在支委会上说开|按分工落实}"}
	awayTalk      = topic{title: "外出务工与联系", minutes: "电话里谈了 {10-40} 分钟,在外做{装修|服装|电子厂|餐饮},每月能{按时线上学习|和支部联系}。问起家乡{项目|办厂条件|路修到哪里},{有意返乡|愿介绍客商|春节回来再面谈}。", follow: "{保持每月联系|发去学习链接}"}
	probationTalk = topic{title: "预备期表现和努力方向", minutes: "肯定预备期{学习主动|肯出力|群众反映好},参加义务劳动 {3-12} 次;提醒{思想汇报要按时交|遇到矛盾要沉得住气|多向老党员请教}。本人表示{继续努力|请大家监督}。", follow: "{列入半年考察|介绍人继续帮带}"}
	elderTalk     = topic{title: "生活和身体情况", minutes: "老人精神{不错|尚好},说{子女常回来|邻居照应多|种点菜活动筋骨},惦记{修桥|老井|村史|圩堤},嘱咐年轻干部{办事要公|账要清|别怕吃苦}。送去学习材料 {2-4} 份,坐了 {15-50} 分钟。", follow: "{每月送学一次|由小组长定期上门}"}
	leaderTalk    = topic{title: "带富和结对帮扶", minutes: "汇报帮带的 {1-6} 户情况,已帮{购苗|销售|务工介绍},预计每户增收 {1200-6800} 元。困难在{缺周转资金|缺劳力|水源紧},商定{分批投入|换工互助|请农技员来看}。", follow: "{联系信用社|请合作社赊苗|登记跟进}"}
)

var talkTopics = []topic{
	{title: "思想近况和家庭生产", minutes: "谈到今年{稻虾|蔬菜|鱼塘|果园}的收成打算,担心{价格|人手|水源|销路},{表示愿意带两户一起干|希望有技术指导|说党员不能落在后头}。对支部工作{满意|提了 {1-3} 条建议},谈了 {15-50} 分钟。", follow: "{联系农技员上门|编入互助组|已转告合作社}"},
	{title: "履行党员义务", minutes: "肯定其{按时交党费|参加义务劳动 {3-9} 次|带头护堤},指出{发言少|学习笔记不全|联系户走得少},本人表示{改正|今后主动些}。谈了 {15-50} 分钟。", follow: "{下季度看笔记|安排在小组会上领学}"},
	{title: "听取对支部工作的意见", minutes: "提出{路灯要修|渠道要清|会议要短|公开要细|晒场不够}等意见 {1-4} 条,并表示愿意{参加巡查|管一段路|联系几户人家}。对{月度安排|产业方向}表示赞成,谈了 {15-45} 分钟。", follow: "{意见已列入台账|已在村两委会上研究|修缮已完成}"},
	{title: "参加组织生活情况", minutes: "今年以来应参加 {6-18} 次,说明了缺席缘由({农忙|照看家人|外出办事}),约定{提前请假|补课交心得}。还谈到{学习|家庭|邻里|种田}方面的想法,约 {15-40} 分钟。", follow: "{补课已完成|继续关注}"},
	{title: "联系群众和邻里关系", minutes: "联系的 {4-8} 户里{有一户缺劳力|都走访过了|有两户想换稻种},最近帮着调解{排水|地界|宅旁树}的事 {1-2} 起。鼓励其{多说公道话|把群众意见带上来},谈了 {15-45} 分钟。", follow: "{转支委会研究|已回访|记入联户手册}"},
}
