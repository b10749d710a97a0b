package yearbook_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// rowOf gives a row by its text.
func rowOf(t *testing.T, s page.Sheet, label string) string {
	t.Helper()
	for _, l := range figures(t, s) {
		if rest, ok := strings.CutPrefix(l, label+" "); ok {
			return rest
		}
	}
	t.Errorf("%s has no row %s", s.Name, label)
	return ""
}

func rows(t *testing.T, s page.Sheet, want map[string]string) {
	t.Helper()
	for label, figures := range want {
		if got := rowOf(t, s, label); got != figures {
			t.Errorf("%s, %s: %s, want %s", s.Name, label, got, figures)
		}
	}
}

// TestMembers: ten members on 31 December 2026 by sex, people, age, joining and work.
func TestMembers(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2026-01-10")
	day := func(s string) model.Date { return model.Date(s) }
	var all []*model.Record
	for _, pairs := range [][]any{
		{"birth_date", day("1996-12-31"), "joined_on", day("2018-06-01"), "confirmed_on", day("2019-06-01"), "sex", "女", "native_place", "浙江"}, // 30 on the day
		{"birth_date", day("1995-12-31"), "joined_on", day("2012-11-01"), "confirmed_on", day("2013-11-01"), "ethnicity", "回族"},                // 31
		{"birth_date", day("1956-01-01"), "joined_on", day("1978-12-31"), "confirmed_on", day("1979-12-31")},                                   // 70
		{"birth_date", day("1955-12-31"), "joined_on", day("1979-01-01"), "confirmed_on", day("1980-01-01"), "occupation", "离退休"},              // 71
		{"occupation", "企业务工"}, {"occupation", "公务员事业编"}, {"occupation", "外出务工", "dues_basis", "免交"}, {"occupation", "个体工商户", "able_bodied", false},
		{"birth_date", day("1966-05-01"), "joined_on", day("2026-03-01"), "confirmed_on", nil, "status", "预备党员"}, {"occupation", nil, "name", "缺项人"},
	} {
		p := v.member(pairs...)
		v.move(p, "期初在册", "2026-01-10")
		all = append(all, p)
	}
	gone := v.member()
	v.move(gone, "期初在册", "2026-01-10")
	v.at("2026-06-03")
	v.move(gone, "去世", "2026-06-02")
	for m := model.Month("2026-01"); m <= "2026-12"; m = m.Add(1) {
		v.add("dues", "person", all[0].ID, "month", m, "amount", int64(20), "paid_on", m.First().AddDays(10))
		if m != "2026-05" {
			v.add("dues", "person", all[1].ID, "month", m, "amount", int64(20), "paid_on", m.First().AddDays(10))
		}
	}
	v.at("2027-01-05")
	two := v.sheet("yearbook-2", 2026)
	// A total, B probationary, C women, D minority, E from Taiwan; then the ages.
	rows(t, two, map[string]string{
		"总计":          "10 1 1 1 . 1 1 0 0 0 0 6 0 1 1",
		"一、在岗职工":      "2 0 0 0 . 0 0 0 0 0 0 2 0 0 0",
		"公有制单位合计":     ". 0 0 0 . 0 0 0 0 0 0 . 0 0 0",
		"党政机关工作人员":    ". 0 0 0 . 0 0 0 0 0 0 . 0 0 0",
		"非公有制单位合计":    ". 0 0 0 . 0 0 0 0 0 0 . 0 0 0",
		"二、农牧渔民":      "5 1 1 1 . 1 1 0 0 0 0 2 0 1 0",
		"其中:外出务工经商人员": "1 0 0 0 . 0 0 0 0 0 0 1 0 0 0",
		"三、军人、武警":     "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
		"五、离退休人员":     "1 0 0 0 . 0 0 0 0 0 0 0 0 0 1",
		"六、其他":        "1 0 0 0 . 0 0 0 0 0 0 1 0 0 0",
	})
	says(t, two, "交纳党费的党员 1 名", "免交党费的党员 1 名", "丧失劳动能力的党员 1 名", "没有填工作岗位的 1 人,没有计入第 2 行以下各行:缺项人",
		"不符 2 处", "A 栏:1=2+18+20+21+22+23 左边 10,右边 9,差 1", "L 栏:1=2+18+20+21+22+23 左边 6,右边 5,差 1")
	three := v.sheet("yearbook-3", 2026)
	rows(t, three, map[string]string{"总计": "10 0 0 0 0 0 1 6 0 3", "二、农牧渔民": "5 0 0 0 0 0 1 1 0 3"})
	says(t, three, "个体劳动者 1 名")
	five := v.sheet("yearbook-5", 2026)
	rows(t, five, map[string]string{"总计": "10 10 4 0 0 0 0 0 0", "女": "1 1 1 0 0 0 0 0 0", "60岁及以上": "3 3 2 0 0 0 0 0 0"})
}

// TestVillages: committees of the branch and of the villagers, with one who is no member.
func TestVillages(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2026-01-10")
	var p []*model.Record
	for range 5 {
		m := v.member()
		v.move(m, "期初在册", "2026-01-10")
		p = append(p, m)
	}
	woman := v.applicant("status", "群众")
	hold := func(p *model.Record, body, post string, more ...any) {
		v.add("position", append([]any{"person", p.ID, "body", body, "post", post, "started_on", model.Date("2021-03-01")}, more...)...)
	}
	hold(p[0], "党组织", "书记")
	hold(p[0], "村民委员会", "主任")
	hold(p[1], "党组织", "组织委员")
	hold(p[1], "村民委员会", "委员")
	hold(p[2], "党组织", "宣传委员")
	hold(p[3], "党组织", "党小组长")
	hold(p[3], "村民委员会", "会计")
	hold(p[4], "村民委员会", "委员", "ended_on", model.Date("2026-05-01"))
	hold(woman, "村民委员会", "委员")
	v.at("2026-12-31")
	s := v.sheet("yearbook-5", 2026)
	// total, village, farming, committee, of them villagers' committee, secretary, who is director; villagers' committee, director
	rows(t, s, map[string]string{"总计": "5 5 5 3 2 1 1 3 1", "女": "0 0 0 0 0 0 0 1 0", "年龄:35岁及以下": "0 0 0 0 0 0 0 1 0", "55岁至59岁": "5 5 5 3 2 1 1 2 1",
		"学历:大专及以上": "0 0 0 0 0 0 0 1 0", "初中及以下": "5 5 5 3 2 1 1 2 1"})
	says(t, s, "村委会委员中党员 2 名,村委会主任中党员 1 名", "都相符")
}

// TestMobile: three away at the end of the year, one back in December; one who came back
// after the day, whose destination is not on file any more.
func TestMobile(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2026-01-10")
	var p []*model.Record
	for i := range 5 {
		m := v.member("occupation", []string{"外出务工", "务农", "企业务工", "外出务工", "外出务工"}[i])
		v.move(m, "期初在册", "2026-01-10")
		p = append(p, m)
	}
	away := func(p *model.Record, where, card string) {
		v.move(p, "外出流动", "2026-03-01")
		r, err := v.l.Get(ctx, "person", p.ID)
		must(t, err)
		r.Set("away", where)
		if card != "" {
			r.Set("away_card", card)
		}
		_, err = v.l.Save(ctx, model.AsRecorded, r)
		must(t, err)
	}
	v.at("2026-03-02")
	away(p[0], "跨省", "第3号")
	away(p[1], "省内跨市", "")
	away(p[2], "县内", "")
	away(p[3], "跨省", "")
	v.at("2026-12-02")
	v.move(p[3], "流动返回", "2026-12-01")
	v.at("2027-01-05")
	s := v.sheet("yearbook-34", 2026)
	rows(t, s, map[string]string{"流出党员总数": "3 . . 2 0 0 0 0 0", "跨省流动": "1 0 0 1 0 0 0 0 0", "省内跨市(地)流动": "1 0 0 1 0 0 0 0 0",
		"持《中国共产党流动党员活动证》": "1 0 0 1 0 0 0 0 0", "外出流向:公有经济控制单位": ". . . . 0 0 0 0 0"})
	v.at("2027-02-05")
	v.move(p[0], "流动返回", "2027-02-01")
	rows(t, v.sheet("yearbook-34", 2026), map[string]string{"流出党员总数": "3 . . 2 0 0 0 0 0", "跨省流动": ". 0 0 . 0 0 0 0 0"})
}

// TestDrafts: every paper of the year can be made of a ledger without members, says that
// it is a draft, and stands on A4 in letters of 9 points or more; empty forms too.
func TestDrafts(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2026-10-31")
	n := 0
	for _, p := range paper.All {
		if p.Group != "党内统计(草稿)" {
			continue
		}
		n++
		for _, blank := range []bool{false, true} {
			q := &page.Request{Ledger: v.l, Env: v.l.Env(ctx), Year: 2026, Day: "2026-10-31", Blank: blank}
			made, err := paper.Make(ctx, p, q)
			must(t, err)
			if !p.Draft || !strings.Contains(strings.Join(made.Lines(), ""), "草稿,供核对") {
				t.Errorf("%s is no draft", p.Name)
			}
			for _, g := range made.Pages {
				if len(g.Breaks) > 0 {
					t.Errorf("%s is broken between columns", g.Name)
				}
				for _, r := range g.Rows {
					for _, c := range r.Cells {
						if c.Look.Size < page.MinSize {
							t.Errorf("%s: %v in %v points", g.Name, c.Value, c.Look.Size)
						}
					}
				}
			}
		}
		if _, err := p.Make(ctx, &page.Request{Ledger: v.l, Env: v.l.Env(ctx), Year: 2027}); err == nil {
			t.Errorf("%s is made of a year to come", p.Name)
		}
	}
	if n != 15 {
		t.Errorf("%d papers", n)
	}
}
