package demo

import (
	"fmt"
	"maps"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// decisions are matters decided in the four steps and shown twice: the branch
// proposes, both committees talk, the members examine, the villagers resolve.
func (v *village) decisions() {
	d := v.dice("decisions")
	months := v.span.months()
	for i, x := range []struct {
		month         int
		title, result string
	}{
		{0, "三组机耕路硬化", "硬化 {900-1500} 米,验收合格"}, {2, "二组泵站改造", "灌溉 {300-420} 亩,当年受益"}, {4, "稻虾冷库选址和用地", "库容 {40-60} 吨,已投用"},
		{6, "集体鱼塘重新发包", "公开竞价,年租金增加 {1-3} 万元"}, {8, "集体经济收益分配", "七成发展、三成分红和公益"}, {10, "老年助餐点建设", "正在筹备"},
	} {
		if x.month >= len(months) {
			continue
		}
		proposed := folk.Workday(folk.DayIn(months[x.month], committeeDay))
		if !v.span.holds(proposed) {
			continue
		}
		r := v.book.begin(proposed, "decision", fields{"title": v.place.Name + x.title, "proposed_on": proposed})
		consulted := folk.Workday(folk.DayIn(months[x.month].Add(1), councilDay))
		met := months[x.month].Add(1)
		for folk.MonthOf(met)%3 != 1 {
			met = met.Add(1)
		}
		members := folk.Workday(folk.DayIn(met, generalDay))
		due, came := v.generals[members][0], v.generals[members][1]
		villagers := members.AddDays(7)
		steps := []struct {
			on model.Date
			f  fields
		}{
			{consulted, fields{"consulted_on": consulted}},
			{members, fields{"members_on": members, "members_votes": fmt.Sprintf("应到 %d,实到 %d,赞成 %d,反对 0,弃权 %d", due, came, came-1-i%3, 1+i%3)}},
			{villagers, fields{"villagers_on": villagers, "villagers_votes": fmt.Sprintf("代表 42 人,到会 %d 人,赞成 %d 人", 38+i%4, 36+i%4)}},
			{villagers.AddDays(2), fields{"resolution_shown_on": villagers.AddDays(2)}},
			{villagers.AddDays(72), fields{"result_shown_on": villagers.AddDays(72), "result": dice.Phrase(d, x.result, nil)}},
		}
		for _, s := range steps {
			if v.span.past(s.on) {
				v.book.change(s.on, r, s.f)
			}
		}
	}
}

// pledges are what the branch (ten items) and its members promise for the year.
func (v *village) pledges() {
	d := v.dice("pledges")
	year := v.planYear()
	first, _ := model.NewDate(year, 1, 20)
	begun := folk.Workday(first)
	items := dice.NewCycle(d, branchPledges)
	for i := range 10 {
		v.pledge(d, fields{"organization": v.home}, items.Next(), begun, 2+i)
	}
	members := folk.Where(v.cast.all, func(p *folk.Villager) bool {
		return p.Group >= 0 && p.Able && p.Home(v.span.asOf) && p.Since <= max(begun, v.span.opening())
	})
	own := dice.NewCycle(d, memberPledges)
	for i, p := range members {
		for j := range 2 {
			v.pledge(d, fields{"person": p.ID}, own.Next(), begun, 2+(i+4*j)%10)
		}
	}
}

// pledge writes one promise down: examined and shown in January, kept by its day.
func (v *village) pledge(d *dice.Dice, f fields, item string, begun model.Date, month int) {
	shown := begun.AddDays(6)
	first, _ := model.NewDate(begun.Year(), min(12, month+1), 1)
	due := first.Month().Last()
	maps.Copy(f, fields{"year": begun.Year(), "item": dice.Phrase(d, item, v.words), "measures": dice.Phrase(d, "{列入月计划|记入联户手册|请小组监督},{按月对账|年底汇报}", nil),
		"due_on": due, "reviewed_on": begun, "shown_on": shown})
	r := v.book.begin(max(shown, v.span.opening()), "pledge", f)
	done := folk.Workday(due.AddDays(-d.Between(1, 24)))
	if v.span.past(due) && done > shown {
		v.book.change(max(done, v.span.opening()), r, fields{"done_on": done, "rating": dice.Weigh(d, dice.Shares("好66 较好30 一般4"))})
	}
}

var branchPledges = []string{"硬化机耕路 {900-1500} 米", "改造泵站 1 座", "清淤渠道 {3-6} 公里", "发展预备党员 {1-2} 名", "举办技术培训 {6-9} 期", "慰问困难党员群众 {18-32} 户",
	"新装路灯 {20-40} 盏", "集体经济增收 {3-8} 万元", "每季度公开党务村务", "建成老年助餐点 1 处"}

var memberPledges = []string{"帮带 {2-4} 户学会稻虾养殖", "管护责任渠段 {200-600} 米", "联系群众 {5-8} 户,每月走访", "全年参加志愿服务 {6-12} 次", "调解邻里纠纷 {2-5} 起",
	"资助困难学生 {1-2} 名", "带头不焚烧秸秆并包片 {1-3} 处", "教会 {3-6} 名老人用手机办事", "代销本组农产品 {1-5} 吨", "带头移风易俗,办事从简", "吸纳本村劳力 {2-6} 人", "学习笔记不少于 {8-15} 篇",
	"义务巡堤 {6-15} 天", "种好示范田 {10-40} 亩", "为孤寡老人送菜送药", "参加农机互助,帮耕 {10-30} 亩"}

// duties are the posts of members without office.
func (v *village) duties() {
	d := v.dice("duties")
	posts := dice.NewCycle(d, dutyPosts)
	free := folk.Where(v.cast.all, func(p *folk.Villager) bool {
		return p.Group >= 0 && p.Offices == 0 && p.Away == "" && p.NotDue == "" && p.Exit == "" && p.Since == v.span.opening() && p.Age(v.span.asOf) < 76
	})
	for _, p := range dice.Sample(d, free, v.size.scaled(34)) {
		post := posts.Next()
		started := v.span.opening().AddMonths(-d.Between(2, 30)).AddDays(d.Between(0, 20))
		f := fields{"person": p.ID, "post": post.title, "duties": dice.Phrase(d, post.minutes, nil), "started_on": started}
		if v.span.opening() <= v.appraisalDay(0) {
			r := v.book.begin(v.span.opening(), "duty", f)
			v.book.change(v.appraisalDay(0), r, fields{"rating": dice.Weigh(d, dice.Shares("优秀28 合格72"))})
			continue
		}
		v.book.put(v.span.opening(), "duty", f)
	}
}

var dutyPosts = []topic{
	{title: "政策宣传岗", minutes: "每月入户宣传 {3-8} 户。"}, {title: "产业带富岗", minutes: "联系 {2-5} 户,传授技术。"}, {title: "环境卫生岗", minutes: "巡查责任片 {1-2} 处。"},
	{title: "治安维护岗", minutes: "每月夜巡 {2-4} 次。"}, {title: "矛盾调解岗", minutes: "调解邻里纠纷,及时上报。"}, {title: "帮困助残岗", minutes: "看望 {2-4} 户困难群众。"},
	{title: "村务监督岗", minutes: "参加看账,听取意见。"}, {title: "文明新风岗", minutes: "劝导红白事从简。"}, {title: "水利管护岗", minutes: "管护渠段 {300-800} 米。"},
	{title: "关爱少年岗", minutes: "课后辅导,护学执勤。"},
}
