package yearbook_test

import (
	"testing"

	"taizhang/model"
)

// TestReviews: the home is a general branch with two branches. The first reviewed its three
// members and graded them all; the second reviewed two, of whom one has no result yet. One
// more of the first got in January the result of last year's review. One who came in
// November had been reviewed elsewhere.
func TestReviews(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2026-01-05")
	day := func(s string) model.Date { return model.Date(s) }
	one := v.add("organization", "code", "990101101301", "name", "第一支部", "kind", "党支部", "domain", "行政村", "parent", v.l.Home().ID)
	group := v.add("organization", "code", "990101101302", "name", "第一小组", "kind", "党小组", "domain", "行政村", "parent", one.ID)
	two := v.add("organization", "code", "990101101303", "name", "第二支部", "kind", "党支部", "domain", "非公企业", "parent", v.l.Home().ID)
	var p []*model.Record
	for i := range 7 {
		at := []string{one.ID, group.ID, one.ID, one.ID, two.ID, two.ID, two.ID}[i]
		m := v.member("party_group", at)
		v.move(m, "期初在册", "2026-01-05")
		p = append(p, m)
	}
	grade := func(p *model.Record, year int64, grade string, on any) {
		v.add("appraisal", "person", p.ID, "year", year, "grade", grade, "held_on", on)
	}
	v.at("2026-12-31")
	grade(p[3], 2025, "合格", day("2026-01-20"))
	grade(p[6], 2025, "合格", day("2025-12-20")) // ended in 2025
	v.add("activity", "kind", "民主评议", "title", "评议", "held_by", one.ID, "held_on", day("2026-12-10"),
		"attendance", []model.Mark{{Target: p[0].ID, State: "到会"}, {Target: p[1].ID, State: "到会"}, {Target: p[2].ID, State: "请假-外出"}}, "made_up", []string{p[2].ID})
	v.add("activity", "kind", "组织生活会", "counts_as", []string{"民主评议"}, "title", "生活会", "held_by", two.ID, "held_on", day("2026-12-11"),
		"attendance", []model.Mark{{Target: p[4].ID, State: "到会"}, {Target: p[5].ID, State: "到会"}, {Target: p[6].ID, State: "无故缺席"}})
	grade(p[0], 2026, "优秀", day("2026-12-10"))
	grade(p[1], 2026, "合格", nil)
	grade(p[2], 2026, "不合格", day("2026-12-12"))
	grade(p[4], 2026, "合格", day("2026-12-13"))
	v.add("honor", "title", "优秀党员", "kind", "优秀共产党员", "level", "乡镇", "granted_by", "镇党委", "granted_on", day("2026-07-01"), "person", p[0].ID)
	v.add("honor", "title", "优秀党员", "kind", "优秀共产党员", "level", "村", "granted_by", "村", "granted_on", day("2025-07-01"), "person", p[1].ID)
	v.move(p[2], "限期改正", "2026-02-01", "until", day("2026-08-01"))
	v.move(p[2], "劝其退党", "2026-12-20")
	v.move(p[5], "限期改正", "2026-12-20", "until", day("2027-06-20"))
	// What one who came in November brought along is counted where it was done.
	came := v.member("party_group", one.ID)
	v.add("movement", "person", came.ID, "kind", "转入", "happened_on", day("2026-11-20"), "from_org", "江洲市某党支部")
	grade(came, 2026, "不合格", day("2026-03-10"))
	v.add("movement", "person", came.ID, "kind", "限期改正", "happened_on", day("2026-03-20"), "until", day("2026-09-20"), "ground", "第六条", "approved_by", "芦溆镇党委")
	s := v.sheet("yearbook-8", 2026)
	// total, begun last year, villages … firms that are not public
	rows(t, s, map[string]string{
		"开展评议的支部":     "2 0 1 0 0 0 0 1 0 0",
		"结束评议的支部":     "1 0 1 0 0 0 0 0 0 0",
		"参加评议的党员":     "6 1 4 0 0 0 0 2 0 0",
		"结束评议的党员":     "5 1 4 0 0 0 0 1 0 0",
		"表彰党员":        "1 0 1 0 0 0 0 0 0 0",
		"被评定为“不合格党员”": "1 0 1 0 0 0 0 0 0 0",
		"组织处置情况:合计":   "3 0 2 0 0 0 0 1 0 0",
		"限期改正":        "2 0 1 0 0 0 0 1 0 0",
		"劝退":          "1 0 1 0 0 0 0 0 0 0",
		"限期改正期满仍无转变予以劝退以及劝而不退除名": "1 0 1 0 0 0 0 0 0 0",
	})
	says(t, s, "都相符。")
}

// TestReviewsOfCommittee: how many branches a general branch has that wrote none down,
// nobody can tell.
func TestReviewsOfCommittee(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2026-01-05")
	m := v.member()
	v.move(m, "期初在册", "2026-01-05")
	v.at("2026-12-31")
	v.add("appraisal", "person", m.ID, "year", int64(2026), "grade", "合格", "held_on", model.Date("2026-12-10"))
	s := v.sheet("yearbook-8", 2026)
	rows(t, s, map[string]string{"开展评议的支部": ". 0 . 0 0 0 0 0 0 0", "结束评议的党员": "1 0 1 0 0 0 0 0 0 0"})
	says(t, s, "有 1 个党委、党总支没有登记下属支部")
}

// TestConfirming: of seven probationary members one was confirmed, one confirmed after an
// extension, one extended, one cancelled at the end and one before it, one waits since
// May and one's year is not over.
func TestConfirming(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2025-12-10")
	p := make([]*model.Record, 7)
	for i, joined := range []string{"2025-03-01", "2024-09-01", "2025-04-01", "2025-02-01", "2025-08-01", "2025-05-01", "2026-01-01"} {
		if i == 6 {
			v.at("2026-01-10")
		}
		p[i] = v.member("status", "预备党员", "joined_on", model.Date(joined), "confirmed_on", nil)
		if i < 6 {
			v.move(p[i], "期初在册", "2025-12-10")
		}
	}
	v.at("2026-12-31")
	v.move(p[0], "转正", "2026-03-20")
	v.move(p[1], "延长预备期", "2025-12-10", "until", model.Date("2026-03-01"))
	v.move(p[1], "转正", "2026-03-21")
	v.move(p[2], "延长预备期", "2026-04-20", "until", model.Date("2027-04-01"))
	v.move(p[3], "取消预备党员资格", "2026-03-02")
	v.move(p[4], "取消预备党员资格", "2026-05-02")
	s := v.sheet("yearbook-13", 2026)
	// A over, B decided, C confirmed, D after an extension, E put off, F extended, G cancelled, H waiting, I cancelled before
	want(t, s, "人数 5 4 2 1 . 1 1 1 1")
	says(t, s, "A=B+H, B=C+F+G, C≥D+E。都相符", "尚未讨论或审批的:"+p[5].Str("name")+"。")
}

// TestAdmitting: two joined in the year, one of them died before its end; one the year
// before.
func TestAdmitting(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2025-12-10")
	v.move(v.applicant(), "接收预备党员", "2025-12-10")
	v.at("2026-12-31")
	v.move(v.applicant("education", "本科", "birth_date", model.Date("2001-12-31")), "接收预备党员", "2026-03-01")
	older := v.applicant("sex", "男", "ethnicity", "回族", "education", "职高", "birth_date", model.Date("1966-12-31"), "occupation", "个体工商户")
	v.move(older, "接收预备党员", "2026-04-01")
	v.move(older, "去世", "2026-05-01")
	s := v.sheet("yearbook-14", 2026)
	rows(t, s, map[string]string{"总计": "2 1 1 1 0 0 0 0 1 0 1 0 0 1 0", "二、农牧渔民": "1 1 0 1 0 0 0 0 0 0 1 0 0 0 0", "六、其他": "1 0 1 0 0 0 0 0 1 0 0 0 0 1 0"})
	says(t, s, "都相符。")
	says(t, v.sheets("yearbook", 2026)[6], "总计与第一表第 3 行(2)相符")
}
