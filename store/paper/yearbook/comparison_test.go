package yearbook_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/paper/page"
	"taizhang/store/paper/yearbook"
)

// TestComparison: a ledger of 20 members begun in December, and a year in which every line
// of table 1 happens. Counted by hand:
//
//	joined 2 (二月, 八月); restored 1; moved in 3, two of them with a whole unit; in all 6
//	expelled 3 (开除, 劝退, 自行脱党); stopped 2; died 1; moved out 3, one with a whole unit; 9
//	20 + 6 − 9 = 17
func TestComparison(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2025-12-10")
	var p []*model.Record
	for range 20 {
		m := v.member()
		v.move(m, "期初在册", "2025-12-10")
		p = append(p, m)
	}
	v.at("2026-02-20")
	one, two := v.applicant(), v.applicant()
	v.move(one, "接收预备党员", "2026-02-20")
	v.move(p[0], "停止党籍", "2026-02-21")
	v.move(p[1], "去世", "2026-03-05")
	v.move(p[2], "转出", "2026-03-06", "to_org", "南塘村党支部")
	v.at("2026-07-15")
	v.move(p[0], "恢复党籍", "2026-07-10")
	v.move(p[3], "停止党籍", "2026-07-11")
	v.move(p[4], "开除党籍", "2026-07-12")
	v.move(p[5], "劝其退党", "2026-07-13")
	v.move(p[6], "自行脱党除名", "2026-07-14")
	v.move(p[7], "转出", "2026-07-14", "to_org", "南塘村党支部")
	v.move(p[8], "转出", "2026-07-14", "to_org", "桥北村党支部", "whole_unit", true)
	v.at("2026-08-20")
	v.move(two, "接收预备党员", "2026-08-20")
	for i, whole := range []bool{false, true, true} {
		in := v.applicant("status", "正式党员", "standing", "组织关系在外", "home_org", "桥西村党支部", "joined_on", model.Date("2005-07-01"), "confirmed_on", model.Date("2006-07-01"))
		v.move(in, "转入", []string{"2026-08-01", "2026-08-02", "2026-08-02"}[i], "from_org", "桥西村党支部", "whole_unit", whole)
	}
	v.at("2027-01-05")
	want(t, v.sheet("yearbook-1", 2026), "一、上年底总数 20", "二、本年增加 6", "发展党员 2", "恢复党籍 1", "转入组织关系 3", "其中整建制转入 2",
		"三、本年减少 9", "出党 3", "停止党籍 2", "死亡 1", "转出组织关系 3", "其中整建制转出 1", "四、本年底应有数 17", "五、本年底实有数 17", "六、实有数与应有数之差 0")
	says(t, v.sheet("yearbook-1", 2026), "2=3+4+5, 5≥6, 7=8+9+10+11, 11≥12, 13=1+2-7, 15=14-13。都相符。")

	// To 30 June: one joined, one stopped, one died, one moved out; 20 + 1 − 3 = 18.
	half := v.sheets("yearbook-half", 2026)
	want(t, half[0], "一、上年底总数 20", "二、本年增加 1", "发展党员 1", "恢复党籍 0", "转入组织关系 0", "其中整建制转入 0",
		"三、本年减少 3", "出党 0", "停止党籍 1", "死亡 1", "转出组织关系 1", "其中整建制转出 0", "四、本年底应有数 18", "五、本年底实有数 18", "六、实有数与应有数之差 0")
	if !strings.Contains(half[0].Right, "上半年") || !strings.Contains(half[0].Right, "2026年6月30日") {
		t.Errorf("the half-year's sheet says %q", half[0].Right)
	}
	says(t, half[1], "总计与第一表第 14 行(18)相符")

	stopped := v.sheet("yearbook-stopped", 2026)
	if got := names(stopped); got != p[0].Str("name")+" 2026-02-21;"+p[3].Str("name")+" 2026-07-11" {
		t.Errorf("stopped: %s", got)
	}
	if got := names(v.sheet("yearbook-restored", 2026)); got != p[0].Str("name")+" 2026-07-10" {
		t.Errorf("restored: %s", got)
	}
	says(t, v.sheet("yearbook-restored", 2027), "共 0 人次")
}

// TestDifference: a person put on the list without a movement is named below table 1.
func TestDifference(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2025-12-10")
	for range 3 {
		v.move(v.member(), "期初在册", "2025-12-10")
	}
	v.at("2026-05-06")
	v.member("name", "郝来历")
	s := v.sheet("yearbook-1", 2026)
	if got := figures(t, s)[14]; got != "六、实有数与应有数之差 1" {
		t.Errorf("line 15: %s", got)
	}
	says(t, s, "对不上的 1 人(差 1)", "郝来历", "变动里却没有来路")
}

// TestBeforeTheBook: of a year before the book was begun nothing is known, and of the one
// in which it was begun not all.
func TestBeforeTheBook(t *testing.T) {
	t.Parallel()
	v := newVillage(t, "2026-05-10")
	v.move(v.member(), "期初在册", "2026-05-10")
	says(t, v.sheet("yearbook-1", 2026), "台账从2026年5月记起")
	for _, p := range yearbook.Papers() {
		_, err := p.Make(ctx, &page.Request{Ledger: v.l, Env: v.l.Env(ctx), Year: 2025})
		if err == nil || !strings.Contains(err.Error(), "台账从2026年5月记起") {
			t.Errorf("%s of a year before the book: %v", p.Name, err)
		}
	}
}
