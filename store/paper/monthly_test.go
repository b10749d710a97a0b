package paper_test

import (
	"testing"
)

// TestMonthly counts October 2026 of a village by hand: six members on the eve, one came,
// one died, one was confirmed.
func TestMonthly(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	a := b.member("章一", "monthly_dues", "1", "both_leader", "是")
	c := b.member("林二", "monthly_dues", "0.5", "away", "跨省", "away_place", "浙江杭州")
	d := b.member("周三", "monthly_dues", "1", "dues_basis", "免交")
	e := b.member("吴四", "monthly_dues", "1", "lost_since", "2026-08-01")
	f := b.member("郑五", "confirmed_on", "2026-10-10", "joined_on", "2025-10-10", "monthly_dues", "1")
	b.put("movement", "person", f.ID, "kind", "转正", "happened_on", "2026-10-15")
	g := b.member("王六", "standing", "去世", "left_on", "2026-10-20")
	b.put("movement", "person", g.ID, "kind", "去世", "happened_on", "2026-10-20")
	h := b.put("person", "name", "冯七", "sex", "男", "birth_date", "1970-03-02", "status", "正式党员", "standing", "在册", "joined_on", "1999-07-01", "confirmed_on", "2000-07-01", "monthly_dues", "1")
	b.put("movement", "person", h.ID, "kind", "转入", "happened_on", "2026-10-05", "from_org", "南塘村党支部")
	b.put("person", "name", "陈八", "sex", "男", "status", "正式党员", "standing", "组织关系在外", "home_org", "滨河社区党支部", "joined_on", "2005-01-26")

	roll := a.ID + "=到会;" + c.ID + "=请假-外出;" + d.ID + "=到会;" + e.ID + "=无故缺席"
	for _, day := range []string{"2026-02-10", "2026-03-10", "2026-04-10"} {
		b.put("activity", "kind", "主题党日", "title", day, "held_on", day, "attendance", roll, "made_up", e.ID)
	}
	b.put("activity", "kind", "主题党日", "title", "清渠", "held_on", "2026-10-10", "counts_as", "支部党员大会", "attendance", roll)
	b.put("activity", "kind", "支部委员会", "title", "月度会", "held_on", "2026-10-20", "attendance", a.ID+"=到会;"+d.ID+"=到会")
	b.put("activity", "kind", "志愿服务", "title", "巡堤", "held_on", "2026-10-21", "attendance", roll)

	b.put("admission", "person", b.applicant("甲一"), "applied_on", "2026-09-10")
	b.put("admission", "person", b.applicant("乙二"), "applied_on", "2025-01-10", "talked_on", "2025-01-20", "activist_on", "2026-05-01")
	b.put("admission", "person", b.applicant("丙三"), "applied_on", "2024-01-10", "talked_on", "2024-01-20", "activist_on", "2024-05-01", "candidate_on", "2026-10-01")

	for _, p := range []string{a.ID, f.ID} {
		b.put("dues", "person", p, "month", "2026-10", "amount", "1", "paid_on", "2026-10-10")
	}
	b.put("dues", "person", c.ID, "month", "2026-10", "amount", "0.5", "paid_on", "2026-10-10", "method", "流入地交")
	b.put("dues", "person", a.ID, "month", "2026-09", "amount", "1", "paid_on", "2026-10-10")
	b.put("remittance", "period", "三季度", "amount", "9.5", "paid_on", "2026-10-12", "receiver", "柳河镇党委")
	b.put("undertaking", "owner", a.ID, "kind", "致富工程", "name", "鱼塘", "industry", "养殖", "started_on", "2026-10-02", "led_households", "7")
	b.put("undertaking", "owner", a.ID, "kind", "致富工程", "name", "苗圃", "industry", "种植", "started_on", "2020-10-02", "led_households", "3")
	b.put("demonstration", "kind", "示范基地", "name", "旧基地", "level", "村", "designated_on", "2019-07-01", "revoked_on", "2026-10-15")

	m := b.made("monthly")
	const home = "石桥村党支部"
	//                   上月末 发展 恢复 转入 出党 停止 死亡 转出 本月末 预备 流出 流入 失联
	b.wantLine(m, 0, home, "6", "0", "0", "1", "0", "0", "1", "0", "6", "0", "1", "1", "1")
	// 大会 1 by counts_as, 支委会 1, 党日 1; due 4+2, there 2+2; 林二 is absent for the fourth time.
	b.wantLine(m, 1, home, "1", "1", "0", "0", "1", "10月10日 清渠", "6", "4", "0.6666666666666666", "1")
	// 甲一's talk is late; 乙二 and 丙三 were never observed, 乙二's by 1 November is not late.
	b.wantLine(m, 2, home, "1", "1", "1", "0", "1", "2")
	// Due: all but 周三 of six; 章一, 郑五 and 林二 paid, he elsewhere; behind since January.
	b.wantLine(m, 3, home, "5", "4", "3", "2", "4", "9.5")
	b.wantLine(m, 4, "双带型党员", "人", "—", "—", "1", "") // nothing was noted of September
	b.wantLine(m, 4, "致富项目", "个", "1", "1", "2", "")
	b.wantLine(m, 4, "项目带动户数", "户", "—", "—", "10", "")
	b.wantLine(m, 4, "示范典型", "个", "1", "-1", "0", "")
}
