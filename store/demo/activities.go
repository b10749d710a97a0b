package demo

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// The days of the month on which the branch meets; the theme day is fixed, and
// dues are paid on it.
const (
	councilDay   = 3
	committeeDay = 5
	groupDay     = 8
	generalDay   = 12
	lectureDay   = 10
	themeDay     = 15
)

// activities writes a year of meetings down: every body as often as it must meet
// (domain.md §4.1), and what the campaign asks beside.
func (v *village) activities() {
	d := v.dice("activities")
	committee, council := dice.NewCycle(d, committeeTopics), dice.NewCycle(d, councilTopics)
	groups := make([]*dice.Cycle[topic], len(v.groups))
	for i := range groups {
		groups[i] = dice.NewCycle(d, groupTopics)
	}
	for i, m := range v.span.months() {
		first := folk.MonthOf(m)%3 == 1 || i == 0
		v.councilMeeting(d, m, council.Next())
		v.committeeMeeting(d, m, committee.Next())
		v.groupMeetings(d, m, groups)
		if first {
			v.lecture(d, m)
			v.generalMeeting(d, m)
		}
		v.themeDay(d, m)
	}
	v.occasions(d)
}

// on tells whether a meeting of that day is in the ledger; weekends are kept to
// working days but for the theme day.
func (v *village) on(m model.Month, day int) (model.Date, bool) {
	d := folk.Workday(folk.DayIn(m, day))
	return d, v.span.holds(d)
}

func (v *village) councilMeeting(d *dice.Dice, m model.Month, t topic) {
	on, ok := v.on(m, councilDay)
	if !ok {
		return
	}
	k := v.cast
	who := slices.Concat(v.committeeOn(on), []*folk.Villager{k.women}, k.village)
	v.hold(d, meeting{kind: "村两委会议", title: t.title, on: on, room: v.place.Name + "党群服务中心会议室", rate: 0.95,
		who: who, guests: d.Between(2, 4), agenda: t.agenda, minutes: t.minutes, decisions: t.decisions})
}

func (v *village) committeeMeeting(d *dice.Dice, m model.Month, t topic) {
	on, ok := v.on(m, committeeDay)
	if !ok {
		return
	}
	v.hold(d, meeting{kind: "支部委员会", title: t.title, on: on, hours: 2, room: v.place.Name + "党群服务中心会议室", rate: 0.96,
		who: v.committeeOn(on), guests: d.Between(0, 2),
		agenda: t.agenda, minutes: t.minutes, decisions: t.decisions,
		responsible: "{副书记|组织委员|宣传委员|纪检委员}牵头,{月}月{下旬|底}前办完。", follow: "{已办结|正在办,下次会议报告|已按时完成}。"})
}

func (v *village) groupMeetings(d *dice.Dice, m model.Month, topics []*dice.Cycle[topic]) {
	for i, head := range v.cast.heads {
		on, ok := v.on(m, groupDay+i)
		t := topics[i].Next()
		if !ok {
			continue
		}
		members := folk.Where(v.due(on), func(p *folk.Villager) bool { return p.Group == i })
		w := v.wordsOn(on).With("组", v.groupName(head), "组长", head.Name)
		w["组员"] = folk.Names(members)
		v.hold(d, meeting{kind: "党小组会", title: t.title, on: on, hours: t.hours, heldBy: v.groups[i],
			room: dice.Pick(d, []string{"", v.place.Name + "党群服务中心", head.Name + "家院内", "农家书屋"}), host: head,
			recorder: dice.Pick(d, folk.Where(members, func(p *folk.Villager) bool { return p.Able && p.Home(on) || p == head })),
			who:      members, agenda: t.agenda, minutes: t.minutes, words: w})
	}
}

func (v *village) lecture(d *dice.Dice, m model.Month) {
	on, ok := v.on(m, lectureDay)
	if !ok {
		return
	}
	t := lectures[folk.QuarterOf(m)-1]
	v.hold(d, meeting{kind: "党课", title: t.title, on: on, hours: t.hours,
		who: v.due(on), guests: d.Between(4, 9), agenda: t.agenda, minutes: t.minutes, madeUp: true})
}

func (v *village) generalMeeting(d *dice.Dice, m model.Month) {
	on, ok := v.on(m, generalDay)
	if !ok {
		return
	}
	t := generalMeetings[folk.QuarterOf(m)-1]
	_, came := v.hold(d, meeting{kind: "支部党员大会", title: t.title, on: on, hours: t.hours,
		who: v.due(on), guests: d.Between(2, 6), agenda: t.agenda, minutes: t.minutes, votes: generalVotes,
		decisions: t.decisions, responsible: t.responsible, follow: t.follow})
	v.generals[on] = [2]int{len(v.voters(on)), len(folk.Where(came, func(p *folk.Villager) bool { return p.Votes(on) }))}
}

func (v *village) themeDay(d *dice.Dice, m model.Month) {
	on := folk.DayIn(m, themeDay)
	if !v.span.holds(on) {
		return
	}
	t := themeDays[folk.MonthOf(m)-1]
	v.hold(d, meeting{kind: "主题党日", title: t.title, on: on, hours: 4, room: roomOf(v, t),
		who: v.due(on), guests: d.Between(0, 12), agenda: t.agenda, minutes: t.minutes, decisions: t.decisions,
		responsible: t.responsible, follow: t.follow, madeUp: true})
}

// roomOf completes a place that has no name of its own.
func roomOf(v *village, t topic) string {
	if t.room == "" || strings.HasPrefix(t.room, "镇") || strings.HasPrefix(t.room, "各") || strings.HasPrefix(t.room, "村") {
		return t.room
	}
	return v.place.Name + t.room
}
