package city

import (
	"fmt"
	"math"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

var themes = []string{"学习党的创新理论", "重温入党誓词", "清洁家园", "走访困难党员群众", "学习党章党规", "护河护堤志愿服务", "参观红色教育基地", "助农抢收", "学习全会精神",
	"安全生产宣讲", "移风易俗宣传", "技术交流"}

var resolutionTexts = []string{"村道维修", "沟渠清淤", "路灯安装", "活动室改造", "集体资产发包", "年度工作计划", "困难党员帮扶", "志愿服务队组建"}

// meetings are those of the last twelve months (domain.md §11.3): every month a
// theme day and a committee meeting, every quarter a general meeting and a lecture,
// once a year the life meeting with the review.
func (b *gathering) meetings() {
	u, k, d := b.unit, b.unit.people, b.dice("meetings")
	rate := turnout(d)
	room := "党员活动室"
	missed := -1
	if u.quotas["missed"] > 0 {
		missed = d.IntN(12)
	}
	for i, m := range folk.MonthsBetween(recentDay.Month(), lastMonth) {
		on := folk.Workday(folk.DayIn(m, d.Between(4, 8)))
		theme := themes[(i+u.index)%len(themes)]
		f := fields{"kind": "主题党日", "title": fmt.Sprintf("%s主题党日:%s", m.Chinese(), theme), "hours": 3, "host": k.committee[0].ID,
			"minutes": dice.Phrase(d, on.Chinese()+"开展"+theme+",{党员谈了体会|分组讨论|到现场学习},{提出建议 {2-6} 条|形成意见 {1-4} 条}。", nil)}
		if i%3 == 1 {
			f["counts_as"], f["hours"] = []string{"党课"}, 4
		}
		if i == missed {
			b.missed(m, f["counts_as"] != nil)
		} else {
			b.meet(d, on, rate, room, f)
		}
		b.committeeMeeting(d, folk.DayIn(m, d.Between(18, 24)), room)
		if i%3 == 2 {
			b.generalMeeting(d, folk.Workday(folk.DayIn(m, d.Between(10, 16))), rate, room)
		}
	}
	life := folk.Workday(model.Date("2026-01-12").AddDays(d.Between(0, 9)))
	b.meet(d, life, math.Min(rate+0.05, 0.98), room, fields{"kind": "组织生活会", "counts_as": []string{"民主评议"}, "title": "2025年度组织生活会和民主评议党员", "hours": 4,
		"host": k.committee[0].ID, "minutes": dice.Phrase(d, life.Chinese()+"查摆问题,开展批评和自我批评,{党员互评|逐人测评}。征求意见 {4-12} 条。", nil)})
	b.campaignDay(d, rate)
}

// turnout is the share of those due who come, near eight in ten.
func turnout(d *dice.Dice) float64 {
	// The middle of ten even numbers' eighth is β(8, 3), near enough to β(8, 2).
	best := 0.0
	for range 4 {
		best = math.Max(best, d.Float64())
	}
	return 0.62 + 0.36*best
}

// meet writes a meeting of all members down with who came.
func (b *gathering) meet(d *dice.Dice, on model.Date, rate float64, room string, f fields) *model.Record {
	f["held_on"] = on
	if f["place"] == nil {
		f["place"] = room
	}
	f["attendance"] = b.roll(d, on, rate, b.unit.people.all)
	return b.put(on, "activity", f)
}

func (b *gathering) roll(d *dice.Dice, on model.Date, rate float64, people []*folk.Villager) []model.Mark {
	var marks []model.Mark
	for _, v := range people {
		if !v.Due(on) {
			continue
		}
		state := "到会"
		switch {
		case v.Gone(on):
			state = "请假-外出"
		case v.Offices > 0 && d.Chance(0.94):
		case !d.Chance(rate):
			state = dice.Weigh(d, dice.Shares("请假-公务25 请假-其他60 无故缺席15"))
		}
		marks = append(marks, model.Mark{Target: v.ID, State: state})
	}
	return marks
}

func (b *gathering) committeeMeeting(d *dice.Dice, on model.Date, room string) {
	k := b.unit.people
	if len(k.committee) < 3 {
		return
	}
	matter := dice.Pick(d, []string{"发展党员和党员教育", "党费收缴", "困难党员走访", "五好创建", "安全生产", "主题党日安排", "党务公开"})
	b.put(on, "activity", fields{"kind": "支部委员会", "title": "研究" + matter, "held_on": on, "place": room, "host": k.committee[0].ID, "recorder": k.committee[2].ID,
		"attendance": b.roll(d, on, 1, k.committee), "minutes": dice.Phrase(d, on.Chinese()+"逐项研究"+matter+",{提出意见 {2-5} 条|明确责任人}。", nil)})
}

// generalMeeting decides something where enough have come.
func (b *gathering) generalMeeting(d *dice.Dice, on model.Date, rate float64, room string) {
	k := b.unit.people
	matter := dice.Pick(d, resolutionTexts)
	r := b.meet(d, on, rate, room, fields{"kind": "支部党员大会", "title": on.Month().Chinese() + "党员大会:" + matter, "host": k.committee[0].ID, "hours": 2,
		"agenda": "一、通报工作;二、讨论" + matter, "minutes": dice.Phrase(d, on.Chinese()+"通报{季度工作|党费收缴},讨论"+matter+",{5-12} 人发言。", nil)})
	came := map[string]bool{}
	for _, m := range r.Roll("attendance") {
		came[m.Target] = m.State == "到会"
	}
	due, present := 0, 0
	for _, v := range k.votersOn(on) {
		due++
		if came[v.ID] {
			present++
		}
	}
	yes := present - present/20
	if 2*yes > due {
		r.Set("votes", fmt.Sprintf("应到 %d 人,实到 %d 人,赞成 %d 人,反对 0 人,弃权 %d 人", due, present, yes, present-yes))
		r.Set("decisions", "通过"+matter+"方案。")
	}
}

// campaignDay is what the campaign asks of an organisation in the year.
func (b *gathering) campaignDay(d *dice.Dice, rate float64) {
	u := b.unit
	on := folk.Workday(model.Date("2026-03-05").AddDays(d.Between(0, 80)))
	b.meet(d, on, rate, "村部广场", fields{"kind": "主题实践活动", "campaign": "三级联创主题实践", "title": dice.Pick(d, []string{"党员先锋行", "联户帮带", "我为群众办实事"}) + "主题实践活动",
		"hours": 4, "minutes": dice.Phrase(d, on.Chinese()+"党员{分组入户|分片包干},办实事 {3-12} 件。", nil)})
	if u.domain == "乡镇" {
		b.put(on, "activity", fields{"kind": "联席例会", "title": "三级联创联席例会", "held_on": model.Date("2026-02-11").AddDays(u.index % 5), "place": "镇政府会议室", "guests": d.Between(14, 30),
			"minutes": fmt.Sprintf("%s通报进度,研究薄弱村帮扶和五好创建。", u.short)})
		b.put(on, "activity", fields{"kind": "现场观摩", "title": "双带示范现场观摩", "held_on": on.AddDays(1), "place": u.short, "guests": d.Between(30, 80),
			"minutes": fmt.Sprintf("%s组织村书记观摩示范户。", u.short)})
	}
	if u.domain == "行政村" || u.domain == "社区" {
		b.put(on, "activity", fields{"kind": "党务公开", "title": "2026年第二季度党务公开", "held_on": model.Date("2026-04-08"), "place": "公开栏"})
		b.put(on, "activity", fields{"kind": "志愿服务", "title": "党员志愿服务", "held_on": on.AddDays(3), "place": u.short, "hours": 2, "attendance": b.roll(d, on.AddDays(3), 0.9, b.unit.people.committee)})
	}
}

// paid are the dues of the last twelve months, paid by the quarter, and what was
// remitted of them.
func (b *gathering) paid() {
	u, d, far := b.unit, b.dice("dues"), b.dice("dues elsewhere")
	k := b.kinds.Kind("dues")
	quarters := map[string]int{}
	months := folk.MonthsBetween(recentDay.Month(), lastMonth)
	if u.due != nil {
		// due looks back twelve months before the last: who is behind there is behind
		// with the months that were left out and with no other.
		months = append([]model.Month{recentDay.Month().Add(-1)}, months...)
	}
	for _, v := range u.people.all {
		if v.Basis == "" || v.Dues == 0 || v.Since == "" {
			continue
		}
		late := model.Month("2099-01")
		if d.Chance(0.015) {
			late = lastMonth.Add(-d.Between(0, 1))
		}
		if v.Unpaid != "" {
			late = min(late, v.Unpaid)
		}
		method := dice.Weigh(d, dice.Shares("现金60 转账35 代交5"))
		elsewhere := v.Away == "跨省" && far.Chance(0.3) // pays where he lives
		for _, m := range months {
			if m < v.Since.Month() || m >= late || v.Until != "" && (m > v.Until.Month() || m == v.Until.Month() && v.Exit != "转出") {
				continue // who moves out has paid for the month of the letter
			}
			last := m.Add(2 - (folk.MonthOf(m)-1)%3)
			on := folk.Workday(folk.DayIn(last, 8+d.IntN(10)))
			if v.Exit == "转出" {
				on = min(on, v.Until)
			}
			r := model.NewRecord(k)
			id, err := b.source.NewID()
			if err != nil {
				b.err = err
				return
			}
			r.ID = id
			r.Set("person", v.ID)
			r.Set("month", m)
			r.Set("amount", v.Dues)
			r.Set("paid_on", on)
			r.Set("method", method)
			if elsewhere && v.Gone(on) {
				r.Set("method", "流入地交")
			} else {
				quarters[folk.QuarterText(m)] += v.Dues
			}
			b.keep(on, r, nil)
		}
	}
	for _, m := range months {
		if folk.MonthOf(m)%3 != 0 || quarters[folk.QuarterText(m)] == 0 {
			continue
		}
		on := folk.Workday(folk.DayIn(m, 27))
		b.put(on, "remittance", fields{"period": folk.QuarterText(m), "amount": quarters[folk.QuarterText(m)] * 95 / 100, "paid_on": on, "receiver": orElse(townOffice(u), "县委组织部"),
			"receipt_no": fmt.Sprintf("%04d%06d", on.Year(), u.index*10+folk.QuarterOf(m)), "handled_by": u.people.committee[0].ID})
	}
}

func townOffice(u *unit) string {
	if u.domain == "乡镇" {
		return ""
	}
	return u.township + "党委"
}

// appraisals are those of 2025: at most three in ten are 优秀.
func (b *gathering) appraisals() {
	u, d := b.unit, b.dice("appraisals")
	on := model.Date("2026-01-23")
	members := folk.Where(u.people.all, func(v *folk.Villager) bool { return v.OnFile("2025-12-31") && v.OnFile(on) })
	full := folk.Where(members, func(v *folk.Villager) bool { return v.FullSince != "" && v.Confirmed <= on && v.FullSince <= on })
	best := sampleSet(d, full, len(full)*d.Between(22, 30)/100)
	for _, v := range members {
		f := fields{"person": v.ID, "year": 2025, "held_on": on, "grade": "合格"}
		switch {
		case v.FullSince == "" || v.FullSince > on || v.Confirmed > on:
			f["grade"], f["not_graded_why"] = "不定等次", "预备党员"
		case v.OutOfContact(on):
			f["grade"], f["not_graded_why"] = "不定等次", "失去联系"
		case best[v]:
			f["grade"] = "优秀"
		case d.Chance(0.008):
			f["grade"] = "基本合格"
		}
		b.put(on, "appraisal", f)
	}
}

// talks are with some of the members: the year is half over.
func (b *gathering) talks() {
	k, d := b.unit.people, b.dice("talks")
	members := folk.Where(k.all, func(v *folk.Villager) bool { return stays(v) && v != k.committee[0] })
	for _, v := range dice.Sample(d, members, len(members)/5) {
		on := folk.Workday(model.Date("2026-01-08").AddDays(d.Between(0, 165)))
		b.put(on, "talk", fields{"held_on": on, "person": v.ID, "talker": k.committee[0].ID, "topic": dice.Pick(d, []string{"思想和生活情况", "发挥作用", "困难和需要", "对支部的意见"}),
			"content": dice.Phrase(d, "{谈了生产和家庭情况|谈了学习体会},对支部{提了建议 {1-3} 条|没有意见}。", nil)})
	}
}
