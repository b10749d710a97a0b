package paper

import (
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// meetingPapers are those of 三会一课 and other activities: domain.md §4.2, form J of §8.9.
var meetingPapers = []*page.Paper{
	{Name: "meeting", Title: "三会一课记录", Group: "组织生活", Over: page.OverRecord, Kind: "activity", Make: meetingRecord},
	{Name: "sign-in", Title: "活动签到表", Group: "组织生活", Over: page.OverRecord, Kind: "activity", Make: meetingSignIn},
}

// meetingRecord is the record, the sign-in sheet and a page for photographs. Blank, the
// record has room to write; what is known of a meeting to come stands on it.
func meetingRecord(_ context.Context, q *page.Request) ([]page.Sheet, error) {
	m := &meeting{q: q, r: q.Record}
	if err := m.read(); err != nil {
		return nil, err
	}
	return []page.Sheet{m.record(), m.signIn(), m.photographs()}, nil
}

// meetingSignIn is the sign-in sheet alone, as of 主题党日 and 党课.
func meetingSignIn(_ context.Context, q *page.Request) ([]page.Sheet, error) {
	m := &meeting{q: q, r: q.Record}
	if err := m.read(); err != nil {
		return nil, err
	}
	return []page.Sheet{m.signIn()}, nil
}

// meeting is an activity on paper.
type meeting struct {
	q    *page.Request
	r    *model.Record // nil for a form to be filled in by hand
	unit string        // in whose record book it stands
	due  []attendee
}

// attendee is one who should come, and how he is marked where a roll is kept.
type attendee struct{ name, state string }

// text gives a field of the record, "" where there is none or the form is blank.
func (m *meeting) text(field string) string {
	if m.r == nil {
		return ""
	}
	return m.r.Text(field)
}

// after gives a field that is written during the meeting or later.
func (m *meeting) after(field string) string {
	if m.q.Blank {
		return ""
	}
	return m.text(field)
}

// read finds who should come: those on the roll, else those whose meeting it is.
func (m *meeting) read() (err error) {
	if m.unit, err = unitOf(m.q, m.r); err != nil {
		return err
	}
	if m.r != nil && len(m.r.Roll("attendance")) > 0 {
		for _, mark := range m.r.Roll("attendance") {
			p, err := m.q.Env.Look.Get("person", mark.Target)
			if err != nil {
				return err
			}
			if p == nil {
				continue
			}
			a := attendee{name: p.Text("name")}
			if !m.q.Blank {
				a.state = mark.State
			}
			m.due = append(m.due, a)
		}
		return nil
	}
	people, err := m.asked()
	for _, p := range people {
		m.due = append(m.due, attendee{name: p.Text("name")})
	}
	return err
}

// asked gives those whose meeting it is: the committee, a group, or all members of the
// organisation that holds it.
func (m *meeting) asked() ([]*model.Record, error) {
	k := m.q.Ledger.Kinds().Kind("person")
	view, _ := k.View("在册党员")
	conds := view.Conds(m.q.Day)
	switch {
	case m.r != nil && m.r.OrgID != "":
		conds = append(conds, model.Where("org_id", model.Eq, m.r.OrgID))
	default:
		conds = atHome(m.q, conds...)
	}
	if m.r != nil && m.r.Is("kind", "党小组会") && m.r.Filled("held_by") {
		conds = append(conds, model.Where("party_group", model.Eq, m.r.Str("held_by")))
	}
	all, err := m.q.Env.Look.Find("person", conds...)
	if err != nil || m.r == nil || !m.r.Is("kind", "支部委员会") {
		return byName(all), err
	}
	var committee []*model.Record
	for _, p := range all {
		post, err := committeePost(m.q, p)
		if err != nil {
			return nil, err
		}
		if post {
			committee = append(committee, p)
		}
	}
	return byName(committee), nil
}

// committeePost tells of a member of the committee of a Party organisation.
func committeePost(q *page.Request, p *model.Record) (bool, error) {
	posts, err := postsOf(q, p, "党组织")
	if err != nil {
		return false, err
	}
	for _, post := range strings.Split(posts, "、") {
		switch post {
		case "书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员":
			return true, nil
		}
	}
	return false, nil
}

// title is what the paper is called by the sort of meeting.
func (m *meeting) title() string {
	switch kind := m.text("kind"); kind {
	case "":
		return "三会一课"
	case "支部委员会":
		return "支部委员会会议"
	case "主题党日":
		return "主题党日活动"
	default:
		return kind
	}
}

// sorts are offered to be ticked where no record says which one it is.
const sorts = "□支部党员大会  □支部委员会  □党小组会  □党课  □主题党日  □组织生活会  □其他"

func (m *meeting) record() page.Sheet {
	kind := strings.Join(nonEmpty(m.text("kind"), m.text("counts_as")), "、")
	if kind == "" {
		kind = sorts
	}
	f := &page.Form{Rows: []page.FormRow{
		{Items: []page.Item{page.Label("类别", 1.2), page.Blank(kind, 8.8)}},
		{Items: []page.Item{page.Label("主题", 1.2), page.Blank(m.text("title"), 8.8)}},
		{Items: []page.Item{page.Label("时间", 1.2), page.Blank(m.when(), 4.6), page.Label("地点", 1), page.Blank(m.text("place"), 3.2)}},
		{Items: []page.Item{page.Label("主持人", 1.2), page.Blank(m.text("host"), 2.2), page.Label("记录人", 1.2), page.Blank(m.text("recorder"), 2.2),
			page.Label("学时", 1), page.Blank(m.text("hours"), 2.2)}},
		{Items: []page.Item{page.Label("应到", 1.2), page.Blank(m.count("due"), 1.3), page.Label("实到", 1.2), page.Blank(m.count("present"), 1.3),
			page.Label("缺席", 1.2), page.Blank(m.count("absent"), 1.3), page.Label("列席", 1.2), page.Blank(m.after("guests"), 1.3)}},
	}}
	room := func(blank, filled float64) float64 {
		if m.q.Blank {
			return blank
		}
		return filled
	}
	f.Rows = append(f.Rows, longText("缺席人员\n及原因", m.absent(), room(44, 24))...)
	for _, more := range []struct{ label, field string }{{"参加单位", "units"}, {"已补课", "made_up"}} {
		if text := m.after(more.field); text != "" {
			f.Rows = append(f.Rows, page.Long(more.label, text, 24))
		}
	}
	f.Rows = append(f.Rows, longText("议题", m.text("agenda"), room(60, 40))...)
	f.Rows = append(f.Rows, longText("会议记录\n(发言要点、\n不同意见)", m.after("minutes"), room(320, 280))...)
	f.Rows = append(f.Rows, page.Long("表决情况", m.votes(), 34))
	f.Rows = append(f.Rows, longText("决定事项", m.after("decisions"), 48)...)
	f.Rows = append(f.Rows, longText("责任分工\n与时限", m.after("responsible"), 44)...)
	f.Rows = append(f.Rows, longText("落实情况", m.after("follow_up"), 40)...)
	f.Rows = append(f.Rows, page.Long("附件", "签到表 1 份    照片      张    其他材料:", 24))
	return page.Sheet{Name: "记录", Title: m.title() + "记录", Left: "党组织:" + m.holder(), Right: m.day(),
		Blocks: []page.Block{f, signedBy("主持人(签字):", "记录人(签字):")}}
}

// holder is who holds it: the organisation of the record, else that in whose book it stands.
func (m *meeting) holder() string {
	if by := m.text("held_by"); by != "" {
		return by
	}
	return m.unit
}

func (m *meeting) day() string {
	if m.r == nil || !m.r.Filled("held_on") {
		return "      年    月    日"
	}
	return m.r.Date("held_on").Chinese()
}

// when has room for the hours, which no record holds.
func (m *meeting) when() string { return m.day() + "    时    分至    时    分" }

// count gives a derived number of the roll, as tables show it.
func (m *meeting) count(name string) any {
	if m.r == nil || m.q.Blank {
		return "      人"
	}
	n := m.r.Kind.DerivedValue(name).Value(m.q.Env, m.r)
	if n == "" {
		return ""
	}
	return n + " 人"
}

// absent names those who did not come, by reason.
func (m *meeting) absent() string {
	if m.r == nil || m.q.Blank {
		return ""
	}
	var parts []string
	for _, state := range m.r.Kind.Field("attendance").Choices[1:] {
		var names []string
		for _, a := range m.due {
			if a.state == state {
				names = append(names, a.name)
			}
		}
		if len(names) > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 人:%s", state, len(names), strings.Join(names, "、")))
		}
	}
	return strings.Join(parts, "。")
}

// votes gives the result of voting; where a meeting votes, with how many have a vote.
func (m *meeting) votes() string {
	if m.r == nil || m.q.Blank {
		return "应到会有表决权      人  实到会      人  赞成      票  反对      票  弃权      票"
	}
	text := m.text("votes")
	if n := m.r.Kind.DerivedValue("voters_due").Value(m.q.Env, m.r); n != "" && text != "" && !strings.Contains(text, "应到") {
		text = "应到会有表决权 " + n + " 人;" + text
	}
	return text
}

// photographs is a page to glue two photographs on.
func (m *meeting) photographs() page.Sheet {
	box := page.FormRow{Tall: 290, Items: []page.Item{{Value: "(照片粘贴处)", Align: page.Centre}}}
	about := page.FormRow{Items: []page.Item{page.Label("说明", 1), page.Blank("", 5), page.Label("拍摄时间", 1.5), page.Blank("", 2.5)}}
	return page.Sheet{Name: "照片", Title: m.title() + "照片", Left: "主题:" + m.text("title"), Right: m.day(),
		Blocks: []page.Block{&page.Form{Rows: []page.FormRow{box, about}}, page.Lines{Text: []string{""}, Size: page.MinSize}, &page.Form{Rows: []page.FormRow{box, about}}}}
}
