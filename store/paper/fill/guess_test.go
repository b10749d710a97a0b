package fill_test

import (
	"fmt"
	"maps"
	"testing"
)

// TestGuess: which kind of record a list asks for is known from its headings, or from what
// it is called where it asks for the persons' data alone.
func TestGuess(t *testing.T) {
	for _, c := range []struct {
		title, kind string
		want        map[string]string
	}{
		{"后备力量名单", "reserve", map[string]string{"姓名": "person.name", "性别": "person.sex", "政治面貌": "person.status", "学历": "person.education", "联系电话": "person.phone"}},
		{"登记表", "reserve", map[string]string{"姓名": "person.name", "现任职务": "person.post()", "培养措施": "measures", "培养联系人": "mentor.name"}},
		{"村两委成员信息表", "position", map[string]string{"姓名": "person.name", "性别": "person.sex", "职务": "post", "联系电话": "person.phone"}},
		{"党员信息", "person", map[string]string{"姓名": "name", "性别": "sex", "职务": "post()", "手机号码": "phone", "固定电话": "", "是否失联党员": "yesno(lost_since)"}},
		{"基层党组织情况", "organization", map[string]string{"党组织名称": "name", "书记姓名": "secretary", "党员总数": "members", "女党员": "women", "成立时间": "founded_on"}},
		{"民主评议结果", "appraisal", map[string]string{"姓名": "person.name", "等次": "grade"}},
		{"帮扶情况", "pairing", map[string]string{"帮扶责任人": "giver", "帮扶对象": "helped", "帮扶措施": "measures"}},
		{"荣誉", "honor", map[string]string{"村名": "village", "姓名": "person.name", "荣誉称号": "title", "授予单位": "granted_by", "时间": "granted_on"}},
		{"培养情况", "admission", map[string]string{"姓名": "person.name", "申请入党时间": "applied_on", "培养联系人": "mentors", "入党介绍人": "sponsors"}},
		{"走访", "visit", map[string]string{"走访时间": "happened_on", "走访人": "visited_by", "走访对象": "person.name", "走访情况": "content"}},
		{"台账", "activity", map[string]string{"活动时间": "held_on", "活动主题": "title", "参加人数": "present", "主持人": "host"}},
		{"收文登记簿", "circular", map[string]string{"文件名称": "title", "文号": "document_no", "来文单位": "unit", "收文时间": "happened_on"}},
		{"无职党员", "duty", map[string]string{"姓名": "person.name", "岗位": "post", "岗位职责": "duties", "上岗时间": "started_on"}},
		{"谈话", "talk", map[string]string{"谈话时间": "held_on", "谈话人": "talker.name", "谈话对象": "person.name", "谈话内容": "content"}},
		{"摸底", "person", map[string]string{"姓名": "name", "困难原因": "", "家庭住址": "address", "慰问金额": ""}},
		{"转接", "movement", map[string]string{"姓名": "person.name", "转出时间": "happened_on", "转往党组织": "to_org", "党费缴至": "dues_paid_to"}},
		{"培训", "training", map[string]string{"培训时间": "started_on", "培训主题": "title", "培训人数": "came_count", "学时": "hours"}},
	} {
		var heads []string
		for h := range maps.Keys(c.want) {
			heads = append(heads, h)
		}
		cells := with(map[string]any{"A1": c.title}, columns(2, heads...))
		p := plan(t, blank{cells: cells, frames: []string{"A2:" + at(6, len(heads))}}.write(t), "")
		if p.Kind.Name != c.kind {
			t.Errorf("%s is taken for %s: %v", c.title, p.Kind.Title, bound(p))
			continue
		}
		got := bound(p)
		for h, want := range c.want {
			if got[h] != want && !(want == "person.name" && got[h] == "person") && !(want == "talker.name" && got[h] == "talker") {
				t.Errorf("%s: %s is bound to %q, want %q", c.title, h, got[h], want)
			}
		}
	}
}

// TestOrganisationCounts: a list of party organisations is filled with its secretary and
// the numbers of its members.
func TestOrganisationCounts(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")
	women, poor := 0, 0
	for _, p := range people {
		if p.Str("sex") == "女" {
			women++
		}
		if p.Bool("hardship") {
			poor++
		}
	}
	p := plan(t, blank{cells: columns(2, "党组织名称", "书记姓名", "党员总数", "女党员", "困难党员数", "组织类别"), frames: []string{"A2:F4"}}.write(t), "")
	out, _ := fillForm(t, l, p, chosen(t, l, "organization", "支部与总支"))
	f := open(t, out)
	home := l.Home().Str("name")
	for r := 3; r < 20; r++ {
		if value(t, f, "Sheet1", at(r, 1)) != home {
			continue
		}
		if value(t, f, "Sheet1", at(r, 2)) == "" {
			t.Error("no secretary")
		}
		wantValue(t, f, "Sheet1", at(r, 3), fmt.Sprint(len(people)))
		wantValue(t, f, "Sheet1", at(r, 4), fmt.Sprint(women))
		wantValue(t, f, "Sheet1", at(r, 5), fmt.Sprint(poor))
		return
	}
	t.Errorf("%s is not in the list", home)
}
