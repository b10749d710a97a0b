package paper_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// branchByHand is a branch of six: 甲 and 乙 are its committee, 丙 is of the group 一组,
// 戊 is on probation, 己 applies.
func branchByHand(t *testing.T, day string) (*byHand, map[string]*model.Record) {
	t.Helper()
	b := newByHand(t, day)
	all := map[string]*model.Record{}
	for _, name := range []string{"甲", "乙", "丁"} {
		all[name] = b.member(name, "1995-07-01", nil)
	}
	all["一组"] = b.save("organization", map[string]model.Value{"code": "990101001001", "name": "第一党小组", "kind": "党小组", "domain": "行政村", "parent": b.l.Home().ID})
	all["丙"] = b.member("丙", "1995-07-01", map[string]model.Value{"party_group": all["一组"].ID})
	all["戊"] = b.member("戊", "2025-12-01", map[string]model.Value{"status": "预备党员", "confirmed_on": nil})
	all["己"] = b.save("person", map[string]model.Value{"name": "己", "sex": "女", "birth_date": "1990-01-01", "status": "入党申请人"})
	b.save("position", map[string]model.Value{"person": all["甲"].ID, "body": "党组织", "post": "书记", "started_on": "2024-01-01"})
	b.save("position", map[string]model.Value{"person": all["乙"].ID, "body": "党组织", "post": "组织委员", "started_on": "2024-01-01"})
	b.save("position", map[string]model.Value{"person": all["丁"].ID, "body": "党组织", "post": "委员", "started_on": "2020-01-01", "ended_on": "2024-01-01"})
	return b, all
}

// meeting writes a meeting down.
func (b *byHand) meeting(kind string, more map[string]model.Value) *model.Record {
	set := map[string]model.Value{"kind": kind, "title": "三季度大会", "held_on": "2026-08-20", "place": "党员活动室"}
	for k, v := range more {
		set[k] = v
	}
	return b.save("activity", set)
}

// signers gives the names on the sign-in sheet in order, with the mark where there is one.
func signers(m *paper.Made) []string {
	var all []string
	for _, p := range m.Pages {
		for _, r := range p.Rows {
			for at := 0; p.Name == "签到表" && len(r.Cells) == 8 && at < 8; at += 4 {
				if n, ok := r.Cells[at].Value.(int64); ok && n > 0 {
					all = append(all, cellText(r.Cells[at+1])+cellText(r.Cells[at+3]))
				}
			}
		}
	}
	return all
}

// TestMeetingRecord: the numbers of the roll, who was absent and why, and the sheets.
func TestMeetingRecord(t *testing.T) {
	t.Parallel()
	b, p := branchByHand(t, "2026-08-21")
	r := b.meeting("支部党员大会", map[string]model.Value{"host": p["甲"].ID, "recorder": p["乙"].ID, "guests": int64(2), "agenda": "一、学习", "minutes": "甲讲了安排", "votes": "赞成 2 票",
		"attendance": []model.Mark{{Target: p["甲"].ID, State: "到会"}, {Target: p["乙"].ID, State: "到会"}, {Target: p["丙"].ID, State: "请假-外出"}, {Target: p["丁"].ID, State: "无故缺席"}, {Target: p["戊"].ID, State: "到会"}}})
	m := b.make("meeting", of(r))
	if len(m.Pages) != 3 || !holds(m, "支部党员大会记录") || !holds(m, "支部党员大会签到表") || len(rowsWith(m, "(照片粘贴处)")) != 2 {
		t.Errorf("%d sheets", len(m.Pages))
	}
	if got := rowsWith(m, "应到"); len(got) != 2 || got[0] != "应到|5 人|实到|3 人|缺席|2 人|列席|2" {
		t.Errorf("numbers %q", got)
	}
	wantRow(t, m, "缺席人员\n及原因", "缺席人员\n及原因|请假-外出 1 人:丙。无故缺席 1 人:丁")
	wantRow(t, m, "表决情况", "表决情况|应到会有表决权 4 人;赞成 2 票")
	if got := signers(m); !slices.Equal(got, []string{"甲", "乙", "丙请假-外出", "丁无故缺席", "戊"}) {
		t.Errorf("%q sign", got)
	}
	blank := b.make("meeting", func(q *page.Request) { q.Record, q.Blank = r, true })
	for _, no := range []string{"甲讲了安排", "无故缺席", "赞成 2 票"} {
		if holds(blank, no) {
			t.Errorf("a blank form holds %q", no)
		}
	}
	if !holds(blank, "三季度大会") || !holds(b.make("meeting", blankForm), "□支部党员大会") {
		t.Error("a blank form holds nothing of the meeting to come, or no sorts to tick")
	}
}

// TestSignIn: before a meeting the names are those whose meeting it is.
func TestSignIn(t *testing.T) {
	t.Parallel()
	b, p := branchByHand(t, "2026-08-21")
	for kind, want := range map[string][]string{"党课": {"丙", "丁", "甲", "戊", "乙"}, "支部委员会": {"甲", "乙"}, "党小组会": {"丙"}} {
		more := map[string]model.Value{}
		if kind == "党小组会" {
			more["held_by"] = p["一组"].ID
		}
		if got := signers(b.make("sign-in", of(b.meeting(kind, more)))); !slices.Equal(got, want) {
			t.Errorf("%s is signed by %q, want %q", kind, got, want)
		}
	}
}

// TestLongMinutes: a text too long for a row goes on below it, and no word is lost.
func TestLongMinutes(t *testing.T) {
	t.Parallel()
	b, _ := branchByHand(t, "2026-08-21")
	var lines []string
	for i := range 60 {
		lines = append(lines, fmt.Sprintf("第%d位发言:%s", i, strings.Repeat("把责任田的水渠清好", i%7*3)))
	}
	lines = append(lines, strings.Repeat("一段不分行的长话", 400))
	text := strings.Join(lines, "\n")
	m := b.make("meeting", of(b.meeting("支部党员大会", map[string]model.Value{"minutes": text})))
	var whole strings.Builder
	for _, r := range m.Pages[0].Rows {
		if r.Height > 408 {
			t.Errorf("a row is %.0f points high: a spreadsheet's is 409 at most", r.Height)
		}
		for _, c := range r.Cells {
			if s := cellText(c); strings.Contains(s, "位发言") || strings.Contains(s, "长话") {
				whole.WriteString(s)
			}
		}
	}
	if strings.ReplaceAll(whole.String(), "\n", "") != strings.ReplaceAll(text, "\n", "") {
		t.Errorf("of %d characters %d stand on the paper", len(text), whole.Len())
	}
}
