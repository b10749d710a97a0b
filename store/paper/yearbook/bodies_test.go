package yearbook_test

import (
	"database/sql"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
)

// district is a ledger of sixteen organisations beside the home's own, eleven units and two
// places.
func district(t *testing.T) *village {
	t.Helper()
	v := newVillage(t, "2027-01-05")
	day := func(s string) model.Date { return model.Date(s) }
	home := v.l.Home().ID
	var o []*model.Record
	for i, x := range []struct {
		name, kind, domain, township string
		more                         []any
	}{
		{"芦溆镇委员会", "党委", "乡镇", "芦溆镇", nil},
		{"城东街道工作委员会", "党委", "乡镇", "", nil},
		{"城东第一社区总支", "党总支", "社区", "城东街道", nil},
		{"芦溆镇东苑社区支部", "党支部", "社区", "芦溆镇", nil},
		{"西荷庄村支部", "党支部", "行政村", "芦溆镇", []any{"term_started_on", day("2021-06-01"), "term_years", int64(5)}},
		{"南荷庄村党委", "党委", "行政村", "芦溆镇", []any{"term_started_on", day("2020-03-01"), "term_years", int64(5)}},
		{"北荷庄联合支部", "联合党支部", "行政村", "芦溆镇", nil},
		{"粮站支部", "党支部", "国有企业", "芦溆镇", []any{"term_started_on", day("2026-04-01"), "term_years", int64(3)}},
		{"永达箱包支部", "党支部", "非公企业", "芦溆镇", nil},
		{"瑞丰机械总支", "党总支", "非公企业", "芦溆镇", nil},
		{"芦溆中学支部", "党支部", "事业单位", "芦溆镇", nil},
		{"县直机关党委", "党委", "机关", "", nil},
		{"稻虾协会支部", "党支部", "专业协会", "芦溆镇", nil},
		{"防汛临时支部", "临时党支部", "行业", "芦溆镇", nil},
		{"第一党小组", "党小组", "行政村", "芦溆镇", []any{"parent", home}},
		{"撤了的村支部", "党支部", "行政村", "芦溆镇", []any{"founded_on", day("1990-07-01"), "abolished_on", day("2026-05-01")}},
		{"稻虾产业链支部", "党支部", "产业链", "芦溆镇", nil},
	} {
		pairs := append([]any{"code", "9901011013" + string(rune('a'+i)), "name", x.name, "kind", x.kind, "domain", x.domain}, x.more...)
		if x.township != "" {
			pairs = append(pairs, "township", x.township)
		}
		o = append(o, v.add("organization", pairs...))
	}
	v.add("election", "organization", o[7].ID, "kind", "换届", "method", "公推直选", "held_on", day("2026-04-01"))
	v.add("election", "organization", o[8].ID, "kind", "补选", "method", "党员大会选举", "held_on", day("2026-04-02"))
	v.add("election", "organization", o[3].ID, "kind", "换届", "method", "公推直选", "held_on", day("2025-04-02"))
	v.units(o)
	second := v.add("place", "name", "城东党群服务中心", "kind", "党群服务中心", "started_on", day("2024-01-01"))
	fifth := v.add("place", "name", "西荷庄党群服务中心", "kind", "党群服务中心")
	v.add("place", "name", "活动室", "kind", "党员活动室")
	v.add("place", "name", "还没有启用", "kind", "党群服务中心", "started_on", day("2027-01-02"))
	v.each(map[string]string{second.ID: o[2].ID, fifth.ID: o[4].ID})
	return v
}

// units adds the units with their party bodies, of the organisations o.
func (v *village) units(o []*model.Record) {
	v.t.Helper()
	for _, u := range []struct {
		nature, body       string
		org                *model.Record
		employees, members int64
		adviser            string
	}{
		{"非公企业", "单独组建", o[8], 50, 5, "甲"}, {"集体企业", "单独组建", o[9], 200, 30, ""}, {"国有企业", "单独组建", o[1], 100, 60, ""},
		{"非公企业", "联合组建", o[6], 20, 3, ""}, {"非公企业", "联合组建", o[6], 10, 1, ""}, {"专业合作社", "挂靠", o[4], 8, 2, ""},
		{"非公企业", "未组建", o[14], 40, 3, ""}, {"非公企业", "未组建", nil, 30, 4, ""}, {"社会组织", "未组建", nil, 5, 2, "乙"},
		{"其他", "未组建", nil, 2, 0, ""}, {"事业单位", "单独组建", o[10], 12, 6, ""},
	} {
		pairs := []any{"name", "单位" + string('一'+rune(u.employees)), "nature", u.nature, "party_body", u.body, "employees", u.employees, "members", u.members}
		if u.org != nil {
			pairs = append(pairs, "organization", u.org.ID)
		}
		if u.adviser != "" {
			pairs = append(pairs, "adviser", u.adviser)
		}
		v.add("unit", pairs...)
	}
}

// each makes every organisation that is no group one of a ledger of its own, as at the
// county, and gives places to them.
func (v *village) each(places map[string]string) {
	v.t.Helper()
	path := v.l.Path()
	must(v.t, v.l.Close())
	db, err := sql.Open("sqlite", path)
	must(v.t, err)
	_, err = db.Exec("UPDATE organization SET org_id = id WHERE kind <> '党小组'")
	must(v.t, err)
	for place, org := range places {
		_, err = db.Exec("UPDATE place SET org_id = ? WHERE id = ?", org, place)
		must(v.t, err)
	}
	must(v.t, db.Close())
	v.l, err = book.Open(ctx, path, store.Options{Source: &model.Source{Now: v.l.Source().Now, Rand: &dice{6}}})
	must(v.t, err)
}

// TestBodies: fifteen of the organisations count: not the temporary branch, the group and
// the one that was abolished.
func TestBodies(t *testing.T) {
	t.Parallel()
	s := district(t).sheet("yearbook-24", 2026)
	want(t, s, "党的基层组织数 15 4 3 8", "任届期满 3 1 0 2", "其中报告期内换届 1 0 0 1", "城市街道 2 1 1 0", "乡镇 6 2 1 3",
		"企业:国有经济控制 1 0 0 1", "集体经济控制 1 0 1 0", "非公有经济控制 1 0 0 1", "事业单位 1 0 0 1", "机关 1 1 0 0",
		"中央一级 . . 0 0", "省(区、市)一级 . . 0 0", "市(地、州、盟)一级 . . 0 0", "县(市、区、旗)一级 . . 0 0", "其他 2 0 0 2")
	says(t, s, "都相符(有空栏的", "4.建制村中有党组织 4 个,其中党委 1 个、总支部 1 个、支部 2 个", "农村专业技术协会____个,共有党组织 1 个",
		"农民专业合作社 1 个", "有 1 个是以前年度到期", "有 12 个党组织没有填“本届起始”")
}

// TestUnits: the same organisations as units, one of them joint, and the units on file.
func TestUnits(t *testing.T) {
	t.Parallel()
	v := district(t)
	s := v.sheet("yearbook-25", 2026)
	want(t, s, "单位数 1 1 1 1 .", "已单独建立党组织:建立党委的 1 0 1 0 1", "建立总支部的 0 1 0 0 1", "建立支部的 0 0 0 1 1",
		"已建立联合党支部的 0 0 0 0 .", "具有3名以上党员的 0 0 0 0 .", "联合党支部数 0 0 0 0 1",
		"未建立党组织:应建尚未建立党组织的 . . . . .", "其中建立党小组的 . . . . .", "仅有个别党员的 . . . . .", "没有党员的 . . . . .",
		"补充情况:建立党员服务机构的 0 1 0 0 1", "建立党员志愿者队伍的 . . . . .")
	says(t, s, "有 1 个联合党支部")
	s = v.sheet("yearbook-25-units", 2026)
	want(t, s, "单位数 11 5 1 1 1 1 1 1", "已单独建立党组织:建立党委的 1 0 1 0 0 0 0 0", "建立总支部的 1 0 0 1 0 0 0 0", "建立支部的 2 1 0 0 0 0 1 0",
		"已建立联合党支部的 2 2 0 0 0 0 0 0", "具有3名以上党员的 1 1 0 0 0 0 0 0", "联合党支部数 1 1 0 0 0 0 0 0",
		"挂靠其他党组织的(本表加列) 1 0 0 0 0 1 0 0", "未建立党组织:应建尚未建立党组织的 2 2 0 0 0 0 0 0", "其中建立党小组的 1 1 0 0 0 0 0 0",
		"仅有个别党员的 1 0 0 0 1 0 0 0", "没有党员的 1 0 0 0 0 0 0 1", "补充情况:从业人员 477 150 100 200 5 8 12 2", "党员 116 16 60 30 2 2 6 0",
		"未转入组织关系的 . . . . . . . .", "已派党建工作指导员的 2 1 0 0 1 0 0 0")
	says(t, s, "都相符")
}
