package paper_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// TestAwayLists: the province is told from the place, the last word from the visits; who
// was sent here has not flowed in.
func TestAwayLists(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	a := b.member("章一", "away", "跨省", "away_place", "浙江杭州", "away_since", "2024-03-01", "away_card", "0012", "occupation", "外出务工")
	b.member("林二", "away", "省内跨市", "away_place", "省城开发区", "away_since", "2025-03-01")
	b.member("周三")
	b.put("visit", "happened_on", "2026-08-01", "kind", "联系流动党员", "person", a.ID, "visited_by", "周三", "means", "电话")
	b.put("visit", "happened_on", "2026-02-01", "kind", "联系流动党员", "person", a.ID, "visited_by", "周三", "means", "电话")
	m := b.made("away-out")
	b.wantRows(m, 0, 2)
	b.wantLine(m, 0, "1", "章一", "石桥村党支部", "外出务工", "浙江杭州", "2024-03-01", "浙江省", "", "是", "0012", "在册", "2026-08-01", "")
	b.wantLine(m, 0, "2", "林二", "石桥村党支部", "", "省城开发区", "2025-03-01", "本省", "", "否", "", "在册", "", "")

	b.put("person", "name", "吴四", "sex", "男", "status", "正式党员", "standing", "组织关系在外", "home_org", "白鹭街道滨河社区党支部", "joined_on", "2005-01-26", "occupation", "企业务工", "phone", "10012345678")
	sent := b.put("person", "name", "郑五", "sex", "男", "status", "正式党员", "standing", "组织关系在外", "home_org", "县农业农村局机关支部", "joined_on", "2009-01-26")
	b.put("position", "person", sent.ID, "body", "党组织", "post", "第一书记", "started_on", "2025-05-01")
	m = b.made("away-in")
	b.wantRows(m, 0, 1)
	b.wantLine(m, 0, "1", "吴四", "石桥村党支部", "企业务工", "", "否", "", "", "2005-01-26", "白鹭街道滨河社区党支部", "100****5678", "")
}

// TestMemberCard: everything of one person on one page, numbers masked until they are
// asked for whole, of a penalty the kind and the day alone; several cards a page each.
func TestMemberCard(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	a := b.member("章一", "id_number", "990101197003020016", "id_checked", "是", "phone", "10012345678", "ethnicity", "汉族")
	c := b.member("林二")
	b.put("position", "person", a.ID, "body", "党组织", "post", "组织委员", "started_on", "2021-03-01", "ended_on", "2026-03-01")
	b.put("position", "person", a.ID, "body", "党组织", "post", "书记", "started_on", "2026-03-01")
	b.put("honor", "title", "优秀共产党员", "kind", "优秀共产党员", "level", "乡镇", "granted_by", "柳河镇党委", "granted_on", "2026-07-01", "person", a.ID)
	b.put("appraisal", "person", a.ID, "year", "2025", "grade", "优秀")
	b.put("appraisal", "person", a.ID, "year", "2024", "grade", "合格")
	b.put("movement", "person", a.ID, "kind", "处分", "penalty", "警告", "happened_on", "2026-05-01", "ground", "第六条")
	for _, day := range []string{"2025-04-01", "2026-04-01", "2026-05-01"} {
		b.put("training", "title", "课"+day, "topic", "生产技术", "method", "集中培训", "organizer", "柳河镇", "started_on", day, "hours", "6", "attendance", a.ID+"=参加;"+c.ID+"=缺席")
	}
	m := b.made("member-card", ofRecord(a))
	for _, want := range [][]string{
		{"身份证号", "990101************", "工作岗位", ""},
		{"联系电话", "100****5678", "所在小组", "", "家庭住址", ""},
		{"任职情况", "2021-03-01 至 2026-03-01  党组织组织委员\n2026-03-01 至 今  党组织书记"},
		{"组织关系\n变动", "2025-12-31  期初在册"},
		{"奖励情况", "2026-07-01  柳河镇党委  优秀共产党员"},
		{"民主评议", "2024年 合格,2025年 优秀"},
		{"处分和\n组织处置", "2026-05-01  警告"},
		{"教育培训", "2025年培训 1 次 6 学时,2026年培训 2 次 12 学时"},
	} {
		b.wantLine(m, 0, want...)
	}
	whole := b.made("member-card", ofRecord(a), func(q *page.Request) { q.Whole, q.Purpose, q.Receiver = true, "转接", "镇党委" })
	b.wantLine(whole, 0, "身份证号", "990101197003020016", "工作岗位", "")
	if !whole.Pages[0].Inside || m.Pages[0].Inside {
		t.Error("内部资料 belongs below whole numbers, and there alone")
	}
	both := b.made("member-cards", func(q *page.Request) { q.Record, q.Records = a, []*model.Record{a, c} })
	pages, height := 1, 0.0
	for _, r := range both.Pages[0].Rows {
		if r.Break {
			pages, height = pages+1, 0
		}
		if height += r.Height; height > 750 {
			t.Fatalf("card %d is %.0f points high", pages, height)
		}
	}
	if pages != 2 {
		t.Errorf("%d pages of two cards", pages)
	}
}

// TestPostings: what is promised and how far it is kept, who holds which post today; a
// phone that somebody wrote into a promise is not hung up.
func TestPostings(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	a, c := b.member("章一"), b.member("林二")
	home := b.l.Home().ID
	b.put("pledge", "organization", home, "year", "2026", "item", "新装路灯 36 盏", "due_on", "2026-03-31", "done_on", "2026-03-30", "rating", "好")
	b.put("pledge", "person", a.ID, "year", "2026", "item", "看望老人", "measures", "每月两次", "due_on", "2026-12-31")
	b.put("pledge", "person", c.ID, "year", "2026", "item", "修桥", "due_on", "2026-05-31")
	b.put("pledge", "person", c.ID, "year", "2025", "item", "旧年的事")
	m := b.made("pledge-posting")
	if len(m.Pages) != 2 {
		t.Fatalf("%d sheets", len(m.Pages))
	}
	b.wantRows(m, 0, 1)
	b.wantRows(m, 1, 2)
	b.wantLine(m, 0, "1", "石桥村党支部", "新装路灯 36 盏", "", "2026-03-31", "2026-03-30 完成", "好")
	text := strings.Join(m.Lines(), "\n")
	if !strings.Contains(text, "看望老人") || !strings.Contains(text, "正在办理") || strings.Contains(text, "旧年的事") {
		t.Error(text)
	}
	b.put("duty", "person", a.ID, "post", "政策宣传岗", "duties", "每月入户宣传", "started_on", "2024-05-01", "rating", "合格")
	b.put("duty", "person", c.ID, "post", "水利管护岗", "started_on", "2023-05-01", "ended_on", "2026-01-01")
	b.put("duty", "person", c.ID, "post", "环境卫生岗", "started_on", "2026-01-01")
	m = b.made("duty-posting")
	b.wantRows(m, 0, 2)
	b.wantLine(m, 0, "1", "政策宣传岗", "章一", "每月入户宣传", "2024-05-01", "合格")
	b.put("pledge", "person", a.ID, "year", "2026", "item", "有事打 10012345678")
	if _, err := paper.Make(ctx, paper.Find("pledge-posting"), b.request()); err == nil {
		t.Error("a phone is hung up")
	}
}

// TestFiveGood: the stages' scores and words, the vetoes of the year and which was used.
func TestFiveGood(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	a := b.member("章一")
	b.member("林二")
	b.put("position", "person", a.ID, "body", "党组织", "post", "书记", "started_on", "2021-03-01")
	b.put("activity", "kind", "支部党员大会", "title", "一季度大会", "held_on", "2026-03-05")
	b.put("activity", "kind", "主题党日", "title", "清渠", "held_on", "2026-03-10", "counts_as", "支部党员大会")
	for _, s := range [][]string{{"自评", "18", "2026-07-01", ""}, {"乡镇考核", "17", "2026-08-01", "班子健全"}} {
		b.put("assessment", "target_code", "990101001", "year", "2026", "level", s[0], "leadership", s[1], "team", "16", "mechanism", "17", "results", "15", "satisfaction", "19", "held_on", s[2], "findings", s[3], "assessor", "柳河镇党委")
	}
	b.put("assessment", "target_code", "990101001", "year", "2026", "level", "公示", "held_on", "2026-08-10", "notice_to", "2026-08-17", "objections", "无")
	county := b.put("assessment", "target_code", "990101001", "year", "2026", "level", "市级过堂", "held_on", "2026-09-01", "vetoes", "信访", "leadership", "20", "hearing", "信访局:有越级上访")
	for _, m := range []*paper.Made{b.made("five-good"), b.made("five-good-case", ofRecord(county))} {
		b.wantLine(m, 0, "书记", "章一", "党员数", "2", "自评得分", "85")
		b.wantLine(m, 0, "主要事迹", "本年度召开支部党员大会 2 次,开展主题党日 1 次。")
		b.wantLine(m, 0, "自评", "18", "16", "17", "15", "19", "85", "达标", "2026-07-01")
		b.wantLine(m, 0, "市级过堂", "20", "", "", "", "", "20", "未达标(信访)", "2026-09-01")
		b.wantLine(m, 0, "乡镇考核得分与意见", "得分 84 分(柳河镇党委,2026-08-01)。班子健全")
		b.wantLine(m, 0, "公示情况", "2026-08-10 至 2026-08-17 公示。公示异议:无")
		b.wantRows(m, 1, 5)
		b.wantLine(m, 1, "4", "信访", "信访部门", "有", "", "2026-09-01", "")
		b.wantLine(m, 1, "1", "综治", "政法委(综治部门)", "", "", "", "")
	}
	b.wantRows(b.made("five-good", func(q *page.Request) { q.Year, q.Day = 2021, "2021-12-31" }), 1, 6) // 计生 to 2021
}

// TestTrainingRecord: who was there on the record, who was on the roll to sign.
func TestTrainingRecord(t *testing.T) {
	t.Parallel()
	b := newSmallBook(t)
	a, c, d := b.member("章一"), b.member("林二"), b.member("周三")
	r := b.put("training", "title", "养虾技术", "topic", "生产技术", "method", "送教下乡", "organizer", "柳河镇", "lecturer", "水产站", "venue_name", "村部", "started_on", "2026-04-01", "hours", "6", "guests", "5",
		"attendance", a.ID+"=参加;"+c.ID+"=缺席;"+d.ID+"=结业", "results", strings.Repeat("学会了水草种植。", 200))
	m := b.made("training-record", ofRecord(r))
	b.wantLine(m, 0, "本支部参训人数", "2", "其他参训人次", "5")
	b.wantLine(m, 0, "培训地点", "村部", "学时", "6")
	b.wantLine(m, 1, "登记 3 人,其中参加 1 人,结业 1 人,缺席 1 人。")
	said := ""
	for _, r := range m.Pages[0].Rows {
		if r.Height > 400 {
			t.Errorf("a row of %.0f points: what it holds may be cut", r.Height)
		}
		if len(r.Cells) == 2 && strings.HasPrefix(r.Cells[0].Value.(string), "培训效果") {
			said += r.Cells[1].Value.(string)
		}
	}
	if said != r.Str("results") {
		t.Errorf("of %d letters %d are on the record", len(r.Str("results")), len(said))
	}
	signed := 0
	for _, l := range linesOf(m.Pages[1]) {
		for _, cell := range l {
			if cell == "章一" || cell == "林二" || cell == "周三" {
				signed++
			}
		}
	}
	if signed != 3 {
		t.Errorf("%d of three are to sign", signed)
	}
}
