package paper_test

import (
	"errors"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// TestAppraisalBallots: as many ballots as members, each with all who are graded and with
// nobody else, and the sheet to count them on.
func TestAppraisalBallots(t *testing.T) {
	t.Parallel()
	b, _ := branchByHand(t, "2026-12-10")
	m := b.make("appraisal-ballot", nil)
	if n := len(rowsWith(m, "2026年度民主评议党员测评票")); n != 5 {
		t.Errorf("%d ballots for 5 members", n)
	}
	for _, r := range m.Pages[0].Rows {
		if r.Repeat {
			t.Error("the first ballot's headings stand above the others once more")
		}
	}
	for _, who := range []string{"甲", "乙", "丙", "丁"} {
		if n := len(rowsWith(m, who)); n != 5+1 {
			t.Errorf("%s stands on %d ballots and counts", who, n)
		}
	}
	if len(rowsWith(m, "戊"))+len(rowsWith(m, "己")) != 0 {
		t.Error("one on probation, or no member, is graded")
	}
	if !holds(m, "优秀一般不超过 1/3,即 1 人") || !holds(m, "共印 5 张") {
		t.Error("the ballot doesn't say how many may be 优秀, or the count how many are printed")
	}
	for i := range 60 {
		b.member("党员"+string(rune('一'+i)), "1995-07-01", nil)
	}
	if n := len(rowsWith(b.make("appraisal-ballot", nil), "甲")); n != 1+1 {
		t.Errorf("of a large branch there are %d ballots, want one to copy", n-1)
	}
}

// TestAppraisalSummary: grades, votes by grade, who has none, and the numbers.
func TestAppraisalSummary(t *testing.T) {
	t.Parallel()
	b, p := branchByHand(t, "2026-12-28")
	grade := func(who, grade, votes string, more map[string]model.Value) {
		set := map[string]model.Value{"person": p[who].ID, "year": int64(2026), "grade": grade, "held_on": "2026-12-20", "votes": votes}
		for k, v := range more {
			set[k] = v
		}
		b.save("appraisal", set)
	}
	grade("甲", "优秀", "发出 5 票;优秀 3,合格 1,基本合格 1,不合格 0", map[string]model.Value{"opinion": "带头"})
	grade("乙", "合格", "优秀1票、基本合格:2票、不合格1票", nil)
	grade("戊", "不定等次", "", map[string]model.Value{"not_graded_why": "预备党员"})
	m := b.make("appraisal-summary", nil)
	for who, want := range map[string]string{
		"甲": "3|甲|男|正式党员|1995-07-01|3|1|1|0|优秀|2026-12-20|带头|",
		"乙": "5|乙|男|正式党员|1995-07-01|1||2|1|合格|2026-12-20||",
		"戊": "4|戊|男|预备党员|2025-12-01|||||不定等次\n(预备党员)|2026-12-20||",
		"丁": "2|丁|男|正式党员|1995-07-01|||||没有评议|||",
	} {
		wantRow(t, m, who, want)
	}
	if got := rowsWith(m, "没有评议"); got[len(got)-1] != "党员|5|优秀|1|合格|1|基本合格|0|不合格|0|不定等次|1|没有评议|2" {
		t.Errorf("numbers %q", got)
	}
	if holds(b.make("appraisal-summary", blankForm), "带头") {
		t.Error("a blank form holds an opinion")
	}
	// Before the confirmation counts (1 December) one was on probation, whatever he is today.
	b.save("movement", map[string]model.Value{"person": p["戊"].ID, "kind": "转正", "happened_on": "2026-12-26"})
	earlier := b.make("appraisal-summary", func(q *page.Request) { q.Day = "2026-11-30" })
	if got := rowsWith(earlier, "戊"); len(got) != 1 || !strings.Contains(got[0], "|预备党员|2025") {
		t.Errorf("on 30 November %q", got)
	}
}

// TestTalks: one talk on a page, a year's list, and who had none.
func TestTalks(t *testing.T) {
	t.Parallel()
	b, p := branchByHand(t, "2026-11-20")
	talk := b.save("talk", map[string]model.Value{"held_on": "2026-11-02", "person": p["丙"].ID, "talker": p["甲"].ID, "topic": "近况", "content": "问了收成", "follow_up": "联系农技员"})
	b.save("talk", map[string]model.Value{"held_on": "2026-03-02", "person": p["乙"].ID, "talker": p["甲"].ID, "topic": "分工"})
	b.save("talk", map[string]model.Value{"held_on": "2025-03-02", "person": p["丁"].ID, "talker": p["甲"].ID, "topic": "去年的"})
	one := b.make("talk", of(talk))
	wantRow(t, one, "谈话人", "谈话人|甲|职务|书记")
	wantRow(t, one, "谈话要点", "谈话要点|问了收成")
	m := b.make("talk-year", nil)
	wantRow(t, m, "丙", "2|2026-11-02|甲|丙|近况|问了收成|联系农技员")
	wantRow(t, m, "乙", "1|2026-03-02|甲|乙|分工||")
	if holds(m, "去年的") || !holds(m, "全年谈话 2 次。还没有谈过的党员 2 名:丁、戊。") {
		t.Error("the list holds another year's talk, or doesn't name who had none")
	}
	wantRow(t, b.make("talk", blankForm), "谈话要点", "谈话要点|")
	long := strings.Repeat("说了很多", 500)
	much := b.save("talk", map[string]model.Value{"held_on": "2026-11-12", "person": p["丁"].ID, "talker": p["甲"].ID, "topic": "长谈", "content": long})
	if !holds(b.make("talk-year", nil), "(全文见记录)") {
		t.Error("a list holds a text that no row has room for")
	}
	whole := ""
	for _, r := range b.make("talk", of(much)).Pages[0].Rows {
		for _, c := range r.Cells {
			if strings.Contains(cellText(c), "说了很多") {
				whole += cellText(c)
			}
		}
	}
	if whole != long {
		t.Errorf("the record holds %d of %d bytes", len(whole), len(long))
	}
}

// TestCommend: what speaks against each stands on the form, and nothing against who has
// nothing.
func TestCommend(t *testing.T) {
	t.Parallel()
	b, p := branchByHand(t, "2026-02-10")
	b.at("2026-06-20")
	for who, months := range map[string][]string{"甲": {"2026-02", "2026-03", "2026-04", "2026-05"}, "乙": {"2026-02", "2026-03"}, "丁": {"2026-02", "2026-03", "2026-04", "2026-05"}} {
		for _, month := range months {
			b.save("dues", map[string]model.Value{"person": p[who].ID, "month": month, "paid_on": "2026-06-01", "amount": int64(200)})
		}
	}
	roll := []model.Mark{{Target: p["甲"].ID, State: "到会"}, {Target: p["丁"].ID, State: "无故缺席"}, {Target: p["乙"].ID, State: "无故缺席"}}
	b.meeting("党课", map[string]model.Value{"held_on": "2026-05-20", "attendance": roll, "made_up": []string{p["乙"].ID}})
	b.meeting("党课", map[string]model.Value{"held_on": "2025-05-20", "title": "去年的课", "attendance": roll})
	b.save("movement", map[string]model.Value{"person": p["丁"].ID, "kind": "处分", "penalty": "警告", "happened_on": "2026-04-01", "approved_by": "石桥镇纪委"})
	b.save("appraisal", map[string]model.Value{"person": p["丁"].ID, "year": int64(2025), "grade": "基本合格"})
	b.save("appraisal", map[string]model.Value{"person": p["甲"].ID, "year": int64(2025), "grade": "优秀"})
	b.save("honor", map[string]model.Value{"title": "优秀共产党员", "kind": "优秀共产党员", "level": "乡镇", "granted_by": "石桥镇党委", "granted_on": "2024-06-28", "person": p["甲"].ID})
	m := b.make("commend", of(p["甲"], p["乙"], p["丁"]))
	if len(m.Pages) != 4 {
		t.Fatalf("%d sheets for three persons and their list", len(m.Pages))
	}
	for who, want := range map[string]string{
		"甲": "1|甲|男|1995-07-01|书记|没有|没有欠交|近一年没有无故缺席|2025年优秀|2024-06-28 石桥镇党委 优秀共产党员|没有",
		"乙": "2|乙|男|1995-07-01|组织委员|没有|欠交 2 个月(4—5月) 4.00 元|近一年没有无故缺席|台账里没有评议记录||党费欠交 2 个月(4—5月) 4.00 元",
		"丁": "3|丁|男|1995-07-01||2026-04-01 警告|没有欠交|近一年无故缺席 1 次:2026-05-20|2025年基本合格||近一年无故缺席 1 次;处分或组织处理:2026-04-01 警告;2025年民主评议基本合格",
	} {
		if got := rowsWith(m, who); len(got) != 2 || got[0] != want {
			t.Errorf("%s:\n got %q\nwant %q", who, got, want)
		}
	}
	if got := rowsWith(m, "需要研究"); len(got) != 4 || got[1] != "需要研究|台账里没有查到不宜推荐的情况" {
		t.Errorf("said of each %q", got)
	}
	if len(b.make("commend", blankForm).Pages) != 1 {
		t.Error("no blank form")
	}
}

// TestPageEach: of a whole county nobody gets a workbook with a page for every person.
func TestPageEach(t *testing.T) {
	t.Parallel()
	b, p := branchByHand(t, "2026-02-10")
	for _, name := range []string{"commend", "member-cards"} {
		q := paper.Ask(ctx, b.l)
		for range page.MostEach {
			q.Records = append(q.Records, p["甲"])
		}
		q.Records = append(q.Records, p["乙"])
		_, err := paper.Make(ctx, paper.Find(name), q)
		var coded *model.Error
		if !errors.As(err, &coded) || coded.Code != "E-MANY" || !strings.Contains(coded.Message, "501 条,一次最多 500 条") {
			t.Errorf("%s of one too many: %v", name, err)
		}
	}
}

// TestComfort: amounts on file and those to be written, and no reason.
func TestComfort(t *testing.T) {
	t.Parallel()
	b, p := branchByHand(t, "2026-02-10")
	give := func(who, title string, fen int64, on string) {
		b.save("aid", map[string]model.Value{"kind": "办实事资金", "title": title, "provider": "村党支部", "amount": fen, "given_on": on, "beneficiary": p[who].ID})
	}
	give("丙", "春节慰问金", 50000, "2026-02-01")
	give("丙", "春节慰问金", 40000, "2025-01-20")
	give("丙", "修屋", 90000, "2026-02-02")
	b.save("visit", map[string]model.Value{"happened_on": "2026-02-03", "kind": "慰问困难党员", "person": p["丁"].ID, "visited_by": "甲", "content": "问了用药的情况"})
	m := b.make("comfort", of(p["丙"]))
	wantRow(t, m, "丙", "1|丙|男|1950-03-15|||500.00||||")
	if !holds(m, "合计人民币(大写):伍佰元整") {
		t.Error("the sum is not in capitals")
	}
	m = b.make("comfort", of(p["丙"], p["丁"]))
	wantRow(t, m, "丁", "2|丁|男|1950-03-15|||||||2026-02-03 慰问过")
	wantRow(t, m, "合计", "合计||||||||||") // to be written by hand
	if holds(m, "用药") || holds(m, "伍佰元整") {
		t.Error("a reason, or half a sum, stands on the list")
	}
}

// TestMedals: who reaches fifty years by 1 July, and who has the medal.
func TestMedals(t *testing.T) {
	t.Parallel()
	b := newByHand(t, "2026-02-10")
	old := func(name, confirmed string) *model.Record {
		return b.member(name, string(model.Date(confirmed).AddYears(-1)), map[string]model.Value{"birth_date": "1950-01-01", "confirmed_on": confirmed, "phone": "10012345678"})
	}
	old("甲", "1976-07-01")
	old("乙", "1976-07-02") // a day too late
	ding := old("丁", "1976-05-01")
	bing := old("丙", "1975-09-01")
	b.save("movement", map[string]model.Value{"person": bing.ID, "kind": "处分", "penalty": "警告", "happened_on": "2026-02-09", "approved_by": "石桥镇纪委"})
	b.save("honor", map[string]model.Value{"title": "光荣在党50年", "kind": "光荣在党50年纪念章", "level": "国家", "granted_by": "中共中央", "granted_on": "2026-02-01", "person": ding.ID})
	m := b.make("medal", nil)
	wantRow(t, m, "丙", "1|丙|男|汉族|1950-01-01||1974-09-01|1975-09-01|50|100****5678|2026-02-09 警告|")
	wantRow(t, m, "甲", "2|甲|男|汉族|1950-01-01||1975-07-01|1976-07-01|50|100****5678|无|")
	wantRow(t, m, "丁", "1|丁|2026-02-01|中共中央")
	if len(rowsWith(m, "乙")) != 0 {
		t.Error("one of 49 years is put forward")
	}
	whole := b.make("medal", func(q *page.Request) { q.Whole, q.Purpose, q.Receiver = true, "申报", "县委组织部" })
	if !holds(whole, "10012345678") || !whole.Pages[0].Inside {
		t.Error("whole numbers were asked for")
	}
}
