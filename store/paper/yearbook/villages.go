package yearbook

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// Posts of the committees that table 5 asks for.
var (
	branchPosts  = []string{"书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员"}
	villagePosts = []string{"主任", "副主任", "委员"}
)

const (
	partyBody   = "党组织"
	villageBody = "村民委员会"
	villages    = "行政村"
	townships   = "乡镇"
)

// hold reads who holds which post at the day.
func (b *book) hold() error {
	if _, done := b.records["position"]; done {
		return nil
	}
	posts, err := b.find("position", model.Where("body", model.In, partyBody, villageBody))
	if err != nil {
		return err
	}
	everyone, err := b.everyone()
	if err != nil {
		return err
	}
	by := map[string][]*model.Record{}
	for _, r := range posts {
		ended := r.Date("ended_on")
		if r.Date("started_on") <= b.to && (ended == "" || ended > b.to) {
			by[r.Str("person")] = append(by[r.Str("person")], r)
		}
	}
	for _, p := range everyone {
		p.posts = by[p.r.ID]
	}
	return nil
}

// villages is table 5 (domain.md §8.3): members of villages and townships; the last two
// columns are all who sit on a villagers' committee, members or not.
func (b *book) villages() ([]page.Block, error) {
	if err := b.hold(); err != nil {
		return nil, err
	}
	everyone, err := b.everyone()
	if err != nil {
		return nil, err
	}
	var asked, counted []*person
	for _, p := range everyone {
		seat := p.domain() == villages && p.holds(villageBody, villagePosts...)
		if p.rural() == yes {
			counted = append(counted, p)
		}
		if p.rural() == yes || seat {
			asked = append(asked, p)
		}
	}
	rows := []class[*person]{{label: "总计", is: all[*person]}, {label: "女", deep: 1, is: women},
		{label: "年龄:35岁及以下", deep: 1, is: aged(0, 35)}, {label: "36岁至45岁", deep: 2, is: aged(36, 45)}, {label: "46岁至54岁", deep: 2, is: aged(46, 54)},
		{label: "55岁至59岁", deep: 2, is: aged(55, 59)}, {label: "60岁及以上", deep: 2, is: aged(60, 0)}}
	times := joined(2)
	times[0].label, times[0].deep = "入党时间:"+times[0].label, 1
	rows = append(rows, times...)
	rows = append(rows, class[*person]{label: "学历:大专及以上", deep: 1, is: college}, class[*person]{label: "中专", deep: 2, is: schooled("中专")},
		class[*person]{label: "高中、中技", deep: 2, is: secondary}, class[*person]{label: "初中及以下", deep: 2, is: primary})
	g := cross("项目", asked, rows, villageColumns())
	return b.blocks(g, 20, b.villagesMore(asked), check(g, rowIs(1, to(3, 7)...), rowIs(1, to(17, 20)...), columnHolds(1, 2), columnHolds(2, 4), columnHolds(4, 5),
		columnHolds(4, 6), columnHolds(6, 7), columnHolds(8, 9)),
		b.lacking(counted, "birth_date", "年龄各行"), b.lacking(counted, "joined_on", "入党时间各行"), b.lacking(counted, "education", "学历各行"),
		[]string{"总数是领域为行政村、乡镇的单位的在册党员;从事农牧渔业生产按工作岗位(务农、种养业大户)。H、I 栏是村委会成员全体,含不是党员的,不是党员的不计入入党时间各行。"},
		b.asOfNow("学历、工作岗位等")), nil
}

// rural is a member of a village's or township's organisation.
func (p *person) rural() answer {
	return when(p.member && (p.domain() == villages || p.domain() == townships))
}

func villageColumns() []class[*person] {
	seated := func(p *person) answer { return when(p.domain() == villages && p.holds(villageBody, villagePosts...)) }
	chair := func(p *person) answer { return when(p.domain() == villages && p.holds(villageBody, "主任")) }
	member := func(is func(*person) bool) func(*person) answer {
		return func(p *person) answer { return both(p.rural(), when(is(p))) }
	}
	village := func(is func(*person) bool) func(*person) answer {
		return member(func(p *person) bool { return p.domain() == villages && is(p) })
	}
	secretary := func(p *person) bool { return p.holds(partyBody, "书记") }
	return []class[*person]{
		{label: "总数", is: (*person).rural},
		{label: "建制村", is: village(func(*person) bool { return true })},
		{label: "从事农牧渔业生产", is: member(func(p *person) bool { return p.r.Is("occupation", "务农", "种养业大户") })},
		{label: "建制村党支部(总支部、党委)委员", is: village(func(p *person) bool { return p.holds(partyBody, branchPosts...) })},
		{label: "其中兼任村委会委员", is: village(func(p *person) bool { return p.holds(partyBody, branchPosts...) && seated(p) == yes })},
		{label: "其中书记", is: village(secretary)},
		{label: "书记兼任村委会主任", is: village(func(p *person) bool { return secretary(p) && chair(p) == yes })},
		{above: []string{"补充情况"}, label: "村委会委员", is: seated},
		{above: []string{"补充情况"}, label: "其中村委会主任", is: chair},
	}
}

func (b *book) villagesMore(asked []*person) []string {
	seats, chairs := 0, 0
	for _, p := range asked {
		if p.member && p.domain() == villages {
			seats += model.OneIf(p.holds(villageBody, villagePosts...))
			chairs += model.OneIf(p.holds(villageBody, "主任"))
		}
	}
	return []string{fmt.Sprintf("补充资料:建制村村委会委员中党员 %d 名,村委会主任中党员 %d 名;农村专业技术协会中党员____名,农民专业合作社中党员____名,家庭农场中党员____名(台账只记负责人,不记社员,留空)。", seats, chairs)}
}
