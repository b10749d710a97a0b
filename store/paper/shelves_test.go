package paper_test

import (
	"errors"
	"testing"

	"taizhang/model"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// TestShelves: what belongs to the year is there, what ended before it or lies in
// another is not, and the sums are those of the rows.
func TestShelves(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	a, c := b.member("章一"), b.member("林二")
	b.put("pairing", "kind", "党员帮党员", "helper", a.ID, "helped", c.ID, "helps", "技术", "started_on", "2024-05-01", "term_years", "3", "measures", "教养鱼")
	b.put("pairing", "kind", "企业帮村", "helper_unit", "澄安县灯具厂", "helper_name", "周三", "helped_name", "石桥村", "started_on", "2023-05-01", "in_poverty", "是", "lifted_on", "2026-01-05", "ended_on", "2026-02-01", "end_reason", "已脱贫")
	b.put("pairing", "kind", "党员帮群众", "helper", a.ID, "helped_name", "吴四", "started_on", "2022-05-01", "ended_on", "2025-12-31")
	m := b.made("pairings")
	b.wantRows(m, 0, 2)
	b.wantLine(m, 0, "1", "企业帮村", "澄安县灯具厂 周三", "石桥村", "", "2023-05-01", "", "", "是", "2026-01-05", "2026-02-01", "已脱贫", "")
	b.wantLine(m, 0, "2", "党员帮党员", "章一", "林二", "技术", "2024-05-01", "3", "教养鱼", "否", "", "", "", "")

	b.put("visit", "happened_on", "2026-03-01", "kind", "慰问困难党员", "person", c.ID, "visited_by", "章一", "content", "身体好转", "done", "代交药费")
	b.put("visit", "happened_on", "2025-12-31", "kind", "慰问困难党员", "person", c.ID, "visited_by", "章一")
	m = b.made("visits")
	b.wantRows(m, 0, 1)
	b.wantLine(m, 0, "1", "2026-03-01", "慰问困难党员", "章一", "林二", "上门", "身体好转", "代交药费")

	for _, u := range [][]string{{"鱼塘", "120000.50", "30000", "4", "12", ""}, {"苗圃", "80000", "", "2", "", ""}, {"碾米坊", "1", "1", "1", "1", "2025-06-30"}} {
		b.put("undertaking", "owner", a.ID, "kind", "致富工程", "name", u[0], "industry", "养殖", "started_on", "2020-01-0"+u[3], "output", u[1], "profit", u[2], "employees", u[3], "led_households", u[4], "ended_on", u[5])
	}
	m = b.made("undertakings")
	b.wantRows(m, 0, 2)
	b.wantLine(m, 0, "合计", "", "", "", "", "", "", "200000.5", "30000", "6", "12", "", "")

	b.put("demonstration", "kind", "党员科技示范户", "name", "章一示范户", "person", a.ID, "level", "乡镇", "designated_on", "2021-07-01", "led_households", "8", "visitors", "30", "story", "带头种苗木")
	b.put("demonstration", "kind", "示范基地", "name", "旧基地", "level", "村", "designated_on", "2019-07-01", "revoked_on", "2024-01-01")
	m = b.made("demonstrations")
	b.wantRows(m, 0, 1)
	b.wantLine(m, 0, "1", "党员科技示范户", "章一示范户", "章一", "", "", "8", "乡镇", "2021-07-01", "", "", "", "30", "带头种苗木")

	b.put("supply", "item", "图书", "title", "稻田养虾", "quantity", "20", "unit", "册", "value", "400", "provider", "澄安县图书馆", "received_on", "2024-03-01", "recipient", a.ID)
	b.put("supply", "item", "电脑", "title", "旧机", "quantity", "1", "provider", "柳河镇", "received_on", "2020-03-01", "state", "已归还")
	m = b.made("supplies")
	b.wantRows(m, 0, 1)
	b.wantLine(m, 0, "合计", "", "", "", "", "", "400", "", "", "", "", "", "")

	b.put("honor", "title", "优秀共产党员", "kind", "优秀共产党员", "level", "乡镇", "granted_by", "柳河镇党委", "granted_on", "2026-07-01", "person", c.ID, "reward", "300")
	b.put("honor", "title", "优秀共产党员", "kind", "优秀共产党员", "level", "乡镇", "granted_by", "柳河镇党委", "granted_on", "2025-07-01", "person", a.ID, "reward", "300")
	m = b.made("honors")
	b.wantRows(m, 0, 1)
	b.wantLine(m, 0, "1", "2026-07-01", "林二", "优秀共产党员", "优秀共产党员", "乡镇", "柳河镇党委", "", "300")
	m = b.made("honors", func(q *page.Request) { q.Year, q.Day = 2025, "2025-12-31" })
	b.wantLine(m, 0, "1", "2025-07-01", "章一", "优秀共产党员", "优秀共产党员", "乡镇", "柳河镇党委", "", "300")

	b.put("training", "title", "养虾技术", "topic", "生产技术", "method", "送教下乡", "organizer", "柳河镇", "started_on", "2026-04-01", "hours", "6", "guests", "5", "attendance", a.ID+"=参加;"+c.ID+"=缺席")
	m = b.made("trainings")
	b.wantLine(m, 0, "1", "2026-04-01", "", "养虾技术", "生产技术", "送教下乡", "柳河镇", "", "", "6", "6", "")
}

// TestPapersBlank: every paper of an empty book is blank without a fault, and filled says
// that there is nothing to fill it with.
func TestPapersBlank(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	for _, name := range []string{"away-out", "away-in", "member-card", "member-cards", "admission-record", "admission-schedule", "admission-votes", "admission-ballots", "observation-record",
		"election-report", "election-ballots", "training-record", "five-good", "five-good-case", "pledge-posting", "duty-posting", "pairings", "visits", "undertakings", "demonstrations", "supplies", "honors", "trainings", "monthly"} {
		p := paper.Find(name)
		if p == nil {
			t.Errorf("no paper %s", name)
			continue
		}
		m, err := paper.Make(ctx, p, b.request(func(q *page.Request) { q.Blank = true }))
		if err != nil || len(m.Pages) == 0 || len(m.Lines()) < 8 {
			t.Errorf("%s can't be blank: %v", name, err)
			continue
		}
		for _, r := range m.Pages[0].Rows {
			for _, c := range r.Cells {
				if c.Sum != nil {
					t.Errorf("%s: a sum of 0 stands on the blank form", name)
				}
			}
		}
		_, err = paper.Make(ctx, p, b.request())
		var known *model.Error
		switch {
		case name == "monthly" || name == "five-good":
			must(t, err) // there is always a month, and a year of the organisation's own
		case !errors.As(err, &known) || known.Code != "E-PAPER-EMPTY":
			t.Errorf("%s of an empty book: %v", name, err)
		}
	}
}
