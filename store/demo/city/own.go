package city

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// newOwnBook begins the book of the county's own organisation.
func newOwnBook(c *city, source *model.Source) *gathering {
	u := &unit{code: c.county.Code, short: c.county.Name, domain: "机关", people: &people{}, quotas: map[string]int{}}
	b := &gathering{seed: c.seed, unit: u, city: c, kinds: party.Kinds, source: source, records: map[string][]*model.Record{}}
	b.begin("")
	return b
}

// ofCounty writes the records of the county's own organisation, which is on file.
func (b *gathering) ofCounty(home *model.Record) error {
	b.home, b.env.Home = home, home
	b.records["organization"] = []*model.Record{home}
	b.ownRecords()
	return b.file()
}

// ownRecords are the county's own: what it held, gave and granted. The villages have
// the same on file as received, and only these count in the county's sum.
func (b *gathering) ownRecords() {
	d := b.dice("own")
	staff := b.staff(d)
	b.ownMeetings(d, staff)
	links := b.linkages(d)
	b.ownPairings(d)
	b.ownAid(d, links)
	b.ownClasses(d)
	b.ownPapers(d, staff)
}

// staff are the few of the office who answer for something: their membership is
// kept elsewhere.
func (b *gathering) staff(d *dice.Dice) []*model.Record {
	var all []*model.Record
	n := folk.NewNamer(d)
	for range 6 {
		all = append(all, b.put(firstDay, "person", fields{"name": n.Name(1978, "男"), "sex": "男", "status": "正式党员", "standing": "组织关系在外", "home_org": b.city.county.Name + "直属机关工委",
			"joined_on": model.Date("2003-06-20"), "confirmed_on": model.Date("2004-06-20"), "birth_date": model.Date("1978-04-12"), "dues_basis": "", "occupation": "公务员事业编"}))
	}
	for i, title := range []string{"书记", "副书记", "委员"} {
		b.put(firstDay, "position", fields{"person": all[i].ID, "body": "党组织", "post": title, "started_on": model.Date("2021-09-16"), "method": "任命"})
	}
	return all
}

// ownMeetings: the joint meeting studies the work twice a year (F38), and 196 came to
// the field meeting (F30).
func (b *gathering) ownMeetings(d *dice.Dice, staff []*model.Record) {
	for _, on := range []model.Date{"2024-01-16", "2024-06-20", "2025-01-14", "2025-06-19", "2026-01-15", "2026-06-18"} {
		b.put(on, "activity", fields{"kind": "联席例会", "title": fmt.Sprintf("三级联创联席会议(%s)", on.Month().Chinese()), "held_on": on, "place": "县委会议室", "host": staff[0].ID, "guests": d.Between(40, 60),
			"minutes": on.Chinese() + "听取各乡镇进度,研究薄弱村帮扶和五好命名。", "decisions": "按清单抓落实。"})
	}
	b.put("2025-10-22", "activity", fields{"kind": "现场会", "title": "全县非公企业党建工作现场会", "held_on": model.Date("2025-10-22"), "place": "芦溆镇工业园区", "guests": 196, "units": "各非公企业党组织",
		"minutes": "参观三家企业,书记 189 人、副书记 7 人到会。"})
	b.put("2026-04-16", "activity", fields{"kind": "现场会", "title": "双带示范村现场会", "held_on": model.Date("2026-04-16"), "place": "荻埠镇", "guests": 82, "minutes": "观摩三个示范村,交流做法。"})
	b.put("2026-05-12", "activity", fields{"kind": "主题实践活动", "campaign": "三级联创主题实践", "title": "机关党员进村入户", "held_on": model.Date("2026-05-12"), "place": "各挂联村", "guests": 320, "hours": 8,
		"minutes": "四十三个部门到挂联村走访。"})
}

// linkages are those of F09 and F17: 43 departments, 20 section chiefs, 25 leaders of
// the county, and 162 advisers of enterprises; an adviser of each township besides.
func (b *gathering) linkages(d *dice.Dice) []*model.Record {
	n := folk.NewNamer(d)
	villages, firms, townships, communities := b.city.of("行政村"), b.city.of("非公企业"), b.city.of("乡镇"), b.city.of("社区")
	started := model.Date("2023-08-28")
	var departments []*model.Record
	put := func(role, name, unit, title string, target *unit) *model.Record {
		return b.put(started, "linkage", fields{"role": role, "name": name, "unit": unit, "title": title, "target_code": target.code, "started_on": started, "duties": "指导党建,联系群众,帮办实事"})
	}
	weak := where2(villages, func(u *unit) bool { return u.weak })
	for i, office := range departmentNames() {
		target := villages[(i*13+5)%len(villages)]
		if i < len(weak) {
			target = weak[i]
		}
		departments = append(departments, put("机关部门", b.city.county.Name+office, b.city.county.Name+office, "", target))
	}
	seen := map[string]bool{}
	person := func(born int) string {
		for {
			if name := n.Name(born, "男"); !seen[name] {
				seen[name] = true
				return name
			}
		}
	}
	for i := range 20 {
		office := b.city.county.Name + departmentNames()[i*2]
		put("科局级干部", person(1974), office, "副局长", townships[i%len(townships)])
		put("乡镇党建指导员", person(1980), office, "科长", townships[i%len(townships)])
	}
	for i := range 25 { // one of each sort that there is
		name := person(1970)
		for _, targets := range [][]*unit{{villages[(i*11+3)%len(villages)]}, townships, firms, communities} {
			if len(targets) > 0 {
				put("市领导", name, b.city.county.Name+"四套班子", "县领导", targets[i%len(targets)])
			}
		}
	}
	for i := range 162 {
		put("非公企业党建指导员", person(1982), b.city.county.Name+departmentNames()[i%43], "党建指导员", firms[i%len(firms)])
	}
	for i := range 60 {
		l := departments[i%len(departments)]
		on := folk.Workday(model.Date("2026-01-12").AddDays(d.Between(0, 160)))
		b.put(on, "visit", fields{"happened_on": on, "kind": "挂联走访", "linkage": l.ID, "visited_by": l.Str("name"), "content": "到村了解项目进度,走访困难党员。"})
	}
	return departments
}

func where2(units []*unit, keep func(*unit) bool) []*unit {
	var some []*unit
	for _, u := range units {
		if keep(u) {
			some = append(some, u)
		}
	}
	return some
}

// ownPairings: 32 departments and 14 enterprises with a weak village each (F10), of
// which 23 were lifted (F11).
func (b *gathering) ownPairings(d *dice.Dice) {
	for _, u := range b.city.of("行政村") {
		if !u.weak {
			continue
		}
		kind := "部门帮村"
		if u.quotas["by firm"] > 0 {
			kind = "企业帮村"
		}
		b.put("2023-09-20", "pairing", fields{"kind": kind, "helper_unit": u.helper, "target_code": u.code, "started_on": model.Date("2023-09-20"), "term_years": 3, "in_poverty": true, "lifted_on": u.lifted,
			"helps": []string{"项目", "资金"}, "measures": dice.Phrase(d, "{建泵站|修机耕路|建大棚},{培训技术|联系销路}。", nil)})
	}
}

// The sums of F07, F08 and F23, in fen.
const (
	activityMoney = 598_000_00
	projectMoney  = 2_536_000_00
	pensionMoney  = 490_000_00
)

// ownAid: money for activities from the departments that link (F07), for practical
// projects of villages (F08), and for the pensions of village cadres (F23).
func (b *gathering) ownAid(d *dice.Dice, links []*model.Record) {
	shares := make([]dice.Share[*model.Record], len(links))
	for i, l := range links {
		shares[i] = dice.Share[*model.Record]{Value: l, Weight: d.Between(6, 20)}
	}
	for i, fen := range dice.Quota(activityMoney/100_00, shares) {
		on := folk.Workday(firstDay.AddDays(d.Between(90, 1080)))
		b.put(on, "aid", fields{"kind": "活动经费", "title": "党建活动经费", "provider": links[i].Str("name"), "target_code": links[i].Str("target_code"), "linkage": links[i].ID, "amount": fen * 100_00, "given_on": on})
	}
	villages := dice.Sample(d, b.city.of("行政村"), 120)
	money := make([]dice.Share[*unit], len(villages))
	for i, u := range villages {
		money[i] = dice.Share[*unit]{Value: u, Weight: d.Between(5, 40)}
	}
	for i, n := range dice.Quota(projectMoney/100_00, money) {
		on := folk.Workday(firstDay.AddDays(d.Between(90, 1080)))
		l := links[i%len(links)]
		b.put(on, "aid", fields{"kind": "办实事资金", "title": dice.Pick(d, []string{"机耕路硬化", "泵站改造", "路灯安装", "自来水改造", "文化广场"}), "provider": l.Str("name"), "target_code": villages[i].code, "amount": n * 100_00, "given_on": on, "heads": d.Between(60, 600)})
	}
	for i, year := range []int{2023, 2024, 2025} {
		on := model.Date(fmt.Sprintf("%d-12-18", year))
		b.put(on, "aid", fields{"kind": "养老保险补助", "title": fmt.Sprintf("%d年村干部养老保险补助", year), "provider": b.city.county.Name + "财政局", "target_code": b.city.county.Code, "amount": []int{150_000_00, 160_000_00, pensionMoney - 310_000_00}[i], "given_on": on, "heads": 700})
	}
}

func (b *gathering) ownClasses(d *dice.Dice) {
	for i, n := range b.city.ownCourses {
		on := folk.Workday(firstDay.AddDays(40 + i*1040/len(b.city.ownCourses)))
		b.put(on, "training", fields{"title": dice.Pick(d, []string{"村党组织书记", "村主任", "党务干部", "非公企业党组织书记", "入党积极分子"}) + fmt.Sprintf("培训班(第%d期)", i+1), "topic": dice.Pick(d, []string{"党性观念", "农村政策法规", "经营管理", "党的发展史"}), "method": "集中培训",
			"organizer": "县委组织部", "organizer_kind": "组织部门", "venue_name": "县委党校", "lecturer": "县委党校教师", "started_on": on, "ended_on": on.AddDays(2), "hours": 24, "audience": []string{"村党组织书记", "村主任"}, "guests": n})
	}
}

func (b *gathering) ownPapers(d *dice.Dice, staff []*model.Record) {
	b.put("2023-07-20", "panel", fields{"name": "县三级联创领导小组", "kind": "三级联创领导小组", "lead": "县委书记", "started_on": model.Date("2023-07-20"), "members": "各常委、各乡镇党委书记", "duties": "统一领导三级联创"})
	b.put("2023-07-20", "panel", fields{"name": "三级联创联席会议", "kind": "联席会议", "lead": "县委组织部", "started_on": model.Date("2023-07-20"), "members": "四十三个部门"})
	b.put("2023-08-02", "regulation", fields{"name": "三级联创联席会议制度", "category": "联席例会", "adopted_on": model.Date("2023-08-02")})
	b.put("2024-02-20", "regulation", fields{"name": "五好党组织考核办法", "category": "考核奖惩", "adopted_on": model.Date("2024-02-20")})
	b.put("2026-03-02", "circular", fields{"direction": "发文", "title": "关于开展三级联创活动的通知", "unit": "各乡镇党委", "happened_on": model.Date("2026-03-02"), "document_no": b.city.county.Mark() + "委组〔2026〕6号"})
	b.put("2026-01-10", "plan", fields{"year": 2026, "kind": "年度工作计划", "title": "2026年三级联创工作计划", "made_on": model.Date("2026-01-10"), "made_by": staff[0].ID})
	for i, title := range []string{"五好党组织达到八成", "薄弱村全部结对", "村书记轮训一遍"} {
		b.put("2024-01-10", "goal", fields{"kind": "三级联创争创目标", "title": title, "responsible": staff[i].ID, "started_on": model.Date("2024-01-10"), "due_on": []model.Date{"2026-12-31", "2025-12-31", "2026-06-30"}[i],
			"state": []string{"进行中", "已完成", "已完成"}[i], "progress": []int{40, 100, 100}[i], "finished_on": []model.Date{"", "2025-11-20", "2026-05-30"}[i]})
	}
	for i, title := range []string{"薄弱村泵站改造", "村干部养老保险补助到位", "示范基地技术服务"} {
		b.put("2026-01-15", "goal", fields{"kind": "联席会任务", "title": title, "unit": b.city.county.Name + departmentNames()[i], "principal": "县委副书记", "started_on": model.Date("2026-01-15"), "due_on": model.Date("2026-06-18"),
			"state": []string{"已完成", "已完成", "进行中"}[i], "progress": []int{100, 100, 70}[i], "finished_on": []model.Date{"2026-05-22", "2026-06-10", ""}[i], "measures": "联席会议定,下次会议通报"})
	}
	for year := 2024; year <= 2026; year++ {
		on := model.Date(fmt.Sprintf("%d-06-30", year))
		b.put(on, "honor", fields{"title": "三级联创先进单位", "kind": "先进基层党组织", "level": "市县", "granted_by": b.city.county.Name + "委", "granted_on": on, "organization": b.home.ID})
	}
	b.put("2025-07-01", "publicity", fields{"title": b.city.county.Name + "三级联创十佳事迹", "media": "公众号", "level": "市县", "published_on": model.Date("2025-07-01"), "content": "分期介绍各乡镇做法"})
}
