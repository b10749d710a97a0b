package demo

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// course is one training class of the year.
type course struct {
	month, day, days, hours int
	title, topic, method    string
	organizer, sort         string // who holds it, and of what sort they are
	lecturer                string
	who                     string
	audience                []string
	room                    int    // index of the village's places, -1 for elsewhere
	elsewhere               string // the place then
	there                   bool   // held by others
	results                 string
}

// The hours that a member and a member of the committee should learn in a year,
// with some to spare (domain.md §4.1).
const (
	memberHours    = 34
	committeeHours = 58
)

// training writes the year's classes down and what was learned in them, and lets
// those catch up whose hours would fall short of the year's by September's end.
func (v *village) training() {
	d := v.dice("training")
	for _, m := range v.span.months() {
		for _, c := range courses {
			if c.month == folk.MonthOf(m) {
				v.teach(d, c, folk.Workday(folk.DayIn(m, c.day)))
			}
		}
	}
	for year := folk.YearOf(v.span.first); year <= v.span.asOf.Year(); year++ {
		v.catchUp(d, year)
	}
	v.skills()
}

// longCourse is the number of days beyond which a course goes on for months; its
// day is then the last.
const longCourse = 30

func (v *village) teach(d *dice.Dice, c course, on model.Date) {
	end := on.AddDays(c.days - 1)
	if c.days > longCourse {
		on, end = on.AddDays(1-c.days), on
	}
	if !v.span.holds(end) {
		return
	}
	v.class(d, c, on, end, v.pupils(d, c.who, end))
}

// pupils gives those who should come to a class.
func (v *village) pupils(d *dice.Dice, who string, on model.Date) []*folk.Villager {
	here := folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Home(on) && p.Group >= 0 })
	switch who {
	case "班子":
		return v.committeeOn(on)
	case "书记":
		return v.committeeOn(on)[:1]
	case "流动":
		return folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Group >= 0 && p.OnFile(on) && p.Gone(on) })
	case "居家":
		return folk.Where(here, func(p *folk.Villager) bool { return p.NotDue != "" })
	case "能人":
		able := folk.Where(here, func(p *folk.Villager) bool { return p.Able && (p.BothLead || p.Tech || p.Capable) })
		return append(dice.Sample(d, able, len(able)*8/10), v.cast.makers...)
	case "青年":
		return folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Able && p.Age(on) <= 40 && !p.Gone(on) && v.known(p, on) })
	}
	return folk.Where(here, func(p *folk.Villager) bool { return p.NotDue == "" })
}

// known reports whether the person is written down by that day and still here.
func (v *village) known(p *folk.Villager, on model.Date) bool {
	return p.Standing == "在册" && p.From <= on && (p.Until == "" || on < p.Until) && (p.Entry != "转入" || p.Since <= on)
}

// class writes one class down.
func (v *village) class(d *dice.Dice, c course, on, end model.Date, who []*folk.Villager) {
	if len(who) == 0 {
		return
	}
	var marks []model.Mark
	for _, p := range who {
		state := "参加"
		switch {
		case d.Chance(0.05) && c.who != "流动" && c.who != "居家" && c.who != "补学":
			state = "缺席"
		case c.hours >= 16:
			state = "结业"
		}
		if state != "缺席" {
			v.learned(p, end, c.hours)
		}
		marks = append(marks, model.Mark{Target: p.ID, State: state})
	}
	f := fields{"title": dice.Phrase(d, c.title, v.wordsOn(on).With("年", fmt.Sprint(on.Year()))), "topic": c.topic, "method": c.method,
		"organizer": dice.Phrase(d, c.organizer, v.wordsOn(on)), "organizer_kind": c.sort, "lecturer": dice.Phrase(d, c.lecturer, v.wordsOn(on)), "venue_name": c.elsewhere, "started_on": on, "ended_on": end,
		"hours": c.hours, "audience": c.audience, "attendance": marks, "results": dice.Phrase(d, c.results, v.wordsOn(on)), "kept_as": party.KeptHere}
	if c.room >= 0 {
		f["venue"] = v.rooms[c.room]
	}
	if c.method == "电化教育" && c.room >= 0 {
		f["materials"] = v.filmsBy(on)
	}
	if c.there {
		f["kept_as"] = party.KeptThere
	} else if c.who != "补学" {
		f["guests"] = d.Between(0, 14)
	}
	id := v.book.put(end, "training", f)
	v.classes = append(v.classes, class{id, c.topic, end})
}

// filmsBy gives the films that had been handed out by a day: all of them are shown.
func (v *village) filmsBy(on model.Date) []string {
	var ids []string
	for _, f := range v.films {
		if f.on <= on {
			ids = append(ids, f.id)
		}
	}
	return ids
}

// film is one of the sets of films that the village was given.
type film struct {
	id string
	on model.Date
}

// class is a class that was held.
type class struct {
	id, topic string
	on        model.Date
}

// learned adds up a person's hours of a year up to September, after which the
// reminder speaks.
func (v *village) learned(p *folk.Villager, on model.Date, hours int) {
	if on[5:] <= "09-24" {
		v.hours[learner{p, on.Year()}] += hours
	}
}

// learner is a person in a year.
type learner struct {
	person *folk.Villager
	year   int
}

// catchUp holds classes in the last days of September for those who are short.
func (v *village) catchUp(d *dice.Dice, year int) {
	first, _ := model.NewDate(year, 9, 25)
	on := folk.Workday(first)
	if !v.span.holds(on) {
		return
	}
	for _, c := range []struct {
		title string
		need  int
		who   []*folk.Villager
		hours int
	}{
		{"{年}年党员集中补学班", memberHours, v.onFile(on), 16},
		{"{年}年党员集中补学班(二)", memberHours, v.onFile(on), 24},
		{"{年}年班子成员补学班", committeeHours, v.committeeOn(on), 16},
	} {
		short := folk.Where(c.who, func(p *folk.Villager) bool { return v.hours[learner{p, year}] < c.need })
		for _, p := range short {
			v.hours[learner{p, year}] += c.hours
		}
		v.class(d, course{title: c.title, topic: "党性观念", method: "电化教育", organizer: "{村}党支部", sort: "村", lecturer: "{宣传委员}", who: "补学",
			hours: c.hours, days: 2, room: 3, audience: []string{"党员"}, results: "观看专题片,撰写心得,补足全年学时。"}, on, on.AddDays(1), short)
	}
}

var courses = []course{
	{11, 12, 2, 12, "{年}年冬春农业技术培训班", "生产技术", "集中培训", "{村}党支部", "村", "镇农技站农艺师", "能人", []string{"党员", "科技示范户", "种养业大户"}, 2, "", false, "学会冬季种草、清沟,{20-34} 户当年用上。"},
	{12, 10, 1, 6, "智能手机和村务软件应用培训", "信息技术", "集中培训", "{村}党支部", "村", "{团支书}", "青年", []string{"党员", "群众"}, 3, "", false, "都能独立操作。"},
	{1, 13, 1, 6, "市场行情与订单农业讲座", "市场经济", "专家挂钩", "{村}稻虾合作社", "其他", "县供销社讲师", "能人", []string{"种养业大户", "农民经纪人"}, 1, "", false, "签订单 {6-12} 份。"},
	{2, 4, 1, 4, "返乡人员就业创业宣讲", "就业观念", "集中培训", "县人力资源服务中心", "其他部门", "创业导师", "青年", []string{"党员", "群众", "企业务工"}, 1, "", true, "{4-9} 人有返乡意向。"},
	{3, 4, 2, 16, "{年}年党员春季轮训班", "党性观念", "集中培训", "{村}党支部", "村", "镇党校教师", "党员", []string{"党员"}, 2, "", false, "测试平均 {85-94} 分。"},
	{3, 17, 3, 24, "村党组织书记和班子成员示范培训班", "经营管理", "集中培训", "县委党校", "党校农校", "县委党校教师", "班子", []string{"村党组织书记", "班子成员"}, -1, "县委党校", true, "全员结业。"},
	{4, 15, 1, 8, "稻虾共作关键技术培训", "绿色农业新品种", "集中培训", "{村}党支部", "村", "水产技术推广站专家", "能人", []string{"党员", "科技示范户", "种养业大户"}, 4, "", false, "掌握水位、投喂、防病要点。"},
	{4, 23, 1, 4, "送教下乡:农村土地和惠农政策", "农村政策法规", "送教下乡", "县农业农村局", "其他部门", "法规科干部", "党员", []string{"党员", "群众"}, 2, "", true, "解答 {12-20} 问。"},
	{5, 13, 1, 6, "病害防治现场培训", "生产技术", "扶技到户", "{村}稻虾合作社", "其他", "乡土专家", "能人", []string{"种养业大户", "科技示范户"}, 4, "", false, "入户指导 {15-28} 户。"},
	{6, 9, 1, 8, "党的光辉历程专题学习", "党的发展史", "电化教育", "{村}党支部", "村", "{宣传委员}", "党员", []string{"党员", "年龄较大党员"}, 3, "", false, "撰写心得 {30-55} 篇。"},
	{6, 23, 2, 16, "村级后备和年轻干部能力提升班", "经营管理", "集中培训", "{镇}党委", "乡镇", "镇党校教师", "班子", []string{"班子成员"}, -1, "镇党校", true, "结业并交调研报告。"},
	{7, 21, 1, 4, "水产品初加工和无公害生产", "无公害农产品加工", "集中培训", "县市场监管局", "其他部门", "检测中心技术员", "能人", []string{"企业经营者", "个体工商户"}, 4, "", true, "学会快检和标识。"},
	{8, 27, 160, 32, "流动党员网上学习班", "党性观念", "电化教育", "{村}党支部", "村", "线上课程", "流动", []string{"党员"}, -1, "网上", false, "按时完成 32 学时并交心得。"},
	{8, 26, 160, 32, "行动不便党员送学上门", "党性观念", "送教下乡", "{村}党支部", "村", "各党小组长", "居家", []string{"年龄较大党员"}, -1, "党员家中", false, "每月上门一次,累计 32 学时。"},
	{9, 3, 1, 4, "市级稻虾观摩培训", "绿色农业新品种", "现场观摩", "{县}农业农村局", "其他部门", "示范基地负责人", "能人", []string{"科技示范户", "种养业大户"}, -1, "镇稻虾产业园", true, "学到 {2-4} 项可用做法。"},
	{10, 13, 1, 6, "农机安全与保养", "其他", "集中培训", "{村}农机合作社", "其他", "{民兵}", "青年", []string{"党员", "群众"}, 1, "", false, "保养农机 {8-15} 台。"},
	{10, 21, 2, 16, "村党组织书记抓党建专题培训", "党性观念", "集中培训", "县委组织部", "组织部门", "县委党校教师", "书记", []string{"村党组织书记"}, -1, "县委党校", true, "撰写调研文章 1 篇。"},
}
