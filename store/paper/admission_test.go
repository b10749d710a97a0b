package paper_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

func (b *smallBook) applicant(name string) string {
	return b.put("person", "name", name, "sex", "女", "birth_date", "1995-05-01", "education", "高中", "status", "入党积极分子").ID
}

// TestAdmissionRecord: a row for each of the twenty-five steps below its stage, with the
// terms of the edition of its day, names, numbers and votes.
func TestAdmissionRecord(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	mentor := b.member("章一")
	r := b.put("admission", "person", b.applicant("林二"), "applied_on", "2024-01-10", "talked_on", "2024-02-05", "talked_by", "章一", "activist_on", "2024-03-01", "mentors", mentor.ID,
		"candidate_on", "2026-04-10", "notice_from", "2026-04-01", "notice_to", "2026-04-09", "prereviewed_on", "2026-06-01", "accepted_on", "2026-06-20", "votes_due", "12", "votes_present", "11", "votes_for", "10", "votes_against", "0", "votes_abstain", "1")
	b.put("observation", "admission", r.ID, "held_on", "2024-08-30", "stage", "积极分子", "opinion", "积极")
	b.put("observation", "admission", r.ID, "held_on", "2025-02-26", "stage", "积极分子", "opinion", "进步")
	m := b.made("admission-record", ofRecord(r))
	for _, want := range [][]string{
		{"姓名", "林二", "性别", "女", "出生年月", "1995-05-01"},
		{"来源", "", "培养联系人", "章一", "入党介绍人", ""},
		{"申请入党"}, {"积极分子"}, {"发展对象"}, {"接收预备党员"}, {"预备期与转正"},
		{"1 递交入党申请书", "年满 18 周岁", "2024-01-10", "入党申请书", "申请人", "", ""},
		{"2 派人谈话", "收到申请后 1 个月内,最迟 2024-02-10", "2024-02-05", "谈话记录", "党支部", "", "谈话人 章一"},
		{"5 指定培养联系人", "1 至 2 名正式党员", "", "考察登记表", "党支部", "", "章一"},
		{"6 培养教育考察", "培养满 12 个月,每 6 个月考察一次", "2025-02-26", "积极分子考察登记表", "党支部、培养联系人", "", "考察 2 次:2024-08-30、2025-02-26"},
		{"7 确定发展对象", "确定积极分子满 12 个月,最早 2025-03-01", "2026-04-10", "公示材料、会议记录", "党支部", "", "公示起 2026-04-01,公示止 2026-04-09"},
		{"15 支部大会讨论", "预审通过后 1 个月内,最迟 2026-07-01", "2026-06-20", "大会决议、票决情况", "支部大会", "", "应到 12,实到 11,赞成 10,反对 0,弃权 1"},
		{"17 上级党委审批", "支部大会后 3 个月内,最长 6 个月,最迟 2026-09-20", "", "审批意见", "上级党委", "", ""},
		{"21 继续教育考察", "预备期 12 个月,每 6 个月考察一次,下次最迟 2026-12-20", "", "预备党员考察登记表", "党支部、介绍人", "", ""},
	} {
		b.wantLine(m, 0, want...)
	}
	steps := 0
	for _, l := range linesOf(m.Pages[0]) {
		if len(l) == 7 && l[0] != "步骤" {
			steps++
		}
	}
	if steps != 25 {
		t.Errorf("%d steps", steps)
	}

	m = b.made("observation-record", ofRecord(r))
	if len(m.Pages) != 2 {
		t.Fatalf("%d sheets of an activist who was accepted", len(m.Pages))
	}
	b.wantLine(m, 0, "1", "2024-08-30", "积极", "", "")
	b.wantLine(m, 0, "2", "2025-02-26", "进步", "", "")
	b.wantRows(m, 1, 0)
}

// TestAdmissionSchedule: who may take which step from when to when, the most urgent
// first; who has ended, is done or has left is not on it.
func TestAdmissionSchedule(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	b.put("admission", "person", b.applicant("甲一"), "applied_on", "2026-10-20")
	b.put("admission", "person", b.applicant("乙二"), "applied_on", "2026-09-10")
	b.put("admission", "person", b.applicant("丙三"), "applied_on", "2025-01-10", "talked_on", "2025-01-20", "activist_on", "2025-12-01", "activist_filed_on", "2025-12-05", "mentors", b.member("章一").ID)
	b.put("admission", "person", b.applicant("丁四"), "applied_on", "2025-01-10", "ended_on", "2026-01-01")
	gone := b.put("person", "name", "戊五", "sex", "男", "status", "入党申请人", "standing", "去世", "left_on", "2026-02-01")
	b.put("admission", "person", gone.ID, "applied_on", "2026-01-10")
	m := b.made("admission-schedule")
	b.wantRows(m, 0, 3)
	b.wantLine(m, 0, "1", "乙二", "31", "入党申请人", "2026-09-10", "", "", "", "2 派人谈话", "2026-09-10", "2026-10-10", "已超期 21 天", "", "", "")
	b.wantLine(m, 0, "2", "甲一", "31", "入党申请人", "2026-10-20", "", "", "", "2 派人谈话", "2026-10-20", "2026-11-20", "可以办,还剩 20 天", "", "", "")
	b.wantLine(m, 0, "3", "丙三", "31", "入党积极分子", "2025-01-10", "2025-12-01", "", "", "7 确定发展对象", "2026-12-01", "", "还差 31 天", "2026-07-01", "", "")
}

// TestAdmissionVotes: both meetings of the year, by their day, held to the rules.
func TestAdmissionVotes(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	votes := func(prefix, due, came, yes, no, silent string) []string {
		return []string{prefix + "_due", due, prefix + "_present", came, prefix + "_for", yes, prefix + "_against", no, prefix + "_abstain", silent}
	}
	b.put("admission", append([]string{"person", b.applicant("甲一"), "applied_on", "2024-01-10", "accepted_on", "2026-05-20"}, votes("votes", "20", "11", "10", "1", "0")...)...)
	both := append([]string{"person", b.applicant("乙二"), "applied_on", "2023-01-10", "accepted_on", "2026-01-05", "confirm_voted_on", "2026-08-01", "confirm_result", "延长预备期", "extended_to", "2027-08-01"}, votes("votes", "20", "18", "18", "0", "0")...)
	b.put("admission", append(both, votes("confirm", "21", "10", "10", "0", "0")...)...)
	b.put("admission", append([]string{"person", b.applicant("丙三"), "applied_on", "2023-01-10", "accepted_on", "2025-12-31"}, votes("votes", "20", "18", "18", "0", "0")...)...)
	m := b.made("admission-votes")
	b.wantRows(m, 0, 3)
	b.wantLine(m, 0, "1", "乙二", "接收为预备党员", "2026-01-05", "20", "18", "18", "0", "0", "是", "是", "通过", "")
	b.wantLine(m, 0, "2", "甲一", "接收为预备党员", "2026-05-20", "20", "11", "10", "1", "0", "是", "否", "没有通过", "")
	b.wantLine(m, 0, "3", "乙二", "延长预备期", "2026-08-01", "21", "10", "10", "0", "0", "否", "否", "没有通过", "")
}

// TestElectionPapers: the numbers, each candidate's votes however they are written, who
// was elected; and as many slips as were issued, none cut by the page's end.
func TestElectionPapers(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	one, two := b.member("章一"), b.member("林二")
	r := b.put("election", "kind", "换届", "method", "公推直选", "held_on", "2026-03-01", "term_no", "9", "eligible", "20", "attended", "16", "ballots_issued", "16", "ballots_returned", "16", "ballots_valid", "15",
		"seats", "3", "votes", "章一 15 票\n林二:赞成12,不赞成2,弃权1\n吴四(9票)", "scrutineers", "周三", "tellers", "郑五", "secretary", one.ID, "elected", one.ID+";"+two.ID, "reply_no", "柳委〔2026〕3号")
	m := b.made("election-report", ofRecord(r))
	for _, want := range [][]string{
		{"20", "16", "16", "16", "15", "1"},
		{"1", "章一", "15", "", "", "当选(书记)", ""},
		{"2", "林二", "12", "2", "1", "当选", ""},
		{"3", "吴四", "9", "", "", "未当选", ""},
		{"应选名额", "3", "当选书记", "章一", "当选人数", "2"},
		{"实到会 16 人,应到会 20 人,符合到会不少于应到会 4/5 的规定。"},
		{"收回的选票不多于发出的选票,选举有效。"},
	} {
		b.wantLine(m, 0, want...)
	}
	appointed := b.put("election", "kind", "任命", "method", "任命", "held_on", "2026-04-01")
	if paper.Find("election-report").Applies(appointed) {
		t.Error("an appointment gives a report of votes")
	}
	b.slips("election-ballots", 16, "选  票", ofRecord(r))
	candidate := b.put("admission", "person", b.applicant("丙三"), "applied_on", "2024-01-10")
	b.member("列外", "not_due", "4")
	b.slips("admission-ballots", 2, "发展党员表决票", ofRecord(candidate)) // those with a vote who are due
}

// slips counts a paper's slips and looks that a page holds what is between two breaks.
func (b *smallBook) slips(name string, want int, title string, set func(*page.Request)) {
	b.t.Helper()
	m := b.made(name, set)
	if n := strings.Count(fmt.Sprint(linesOf(m.Pages[0])), title); n != want {
		b.t.Errorf("%s: %d slips, want %d", name, n, want)
	}
	height := 0.0
	for _, r := range m.Pages[0].Rows {
		if r.Break {
			height = 0
		}
		if height += r.Height; height > 750 {
			b.t.Errorf("%s: a page of %.0f points", name, height)
			return
		}
	}
}
