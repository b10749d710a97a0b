package paper

import (
	"taizhang/model"
	"taizhang/store/paper/page"
)

// shelves are the ledgers of a year with one line a record (domain.md §7.4, §8.10).
var shelves = []*page.Paper{
	pairings.paper(), visits.paper(), undertakings.paper(), demonstrations.paper(), supplies.paper(), honors.paper(), trainings.paper(),
}

var pairings = &listing{
	name: "pairings", title: "结对帮扶台账", group: "台账", over: page.OverYear, kind: "pairing", sort: []string{"kind", "started_on"},
	conds: begunBy("started_on"), keep: openInYear("ended_on"), signed: signLine,
	columns: []listed{column("kind", "结对类别", 8),
		said("帮扶单位或帮扶人", 8, func(_ *page.Request, r *model.Record) string {
			who := firstOf(r, "helper", "helper_name")
			if unit := r.Text("helper_unit"); unit != "" && who != "" {
				return unit + " " + who
			} else if who == "" {
				return unit
			}
			return who
		}),
		said("帮扶对象", 8, func(_ *page.Request, r *model.Record) string {
			return firstOf(r, "helped", "helped_name", "target_code")
		}),
		column("helps", "帮扶内容", 6), dated("started_on", "结对日期"), centred(column("term_years", "期限(年)", 4)), column("measures", "帮扶措施", 16).long(40),
		said("是否贫困对象", 4, func(_ *page.Request, r *model.Record) string { return yesNo(r.Bool("in_poverty")) }),
		dated("lifted_on", "脱贫日期"), dated("ended_on", "脱钩日期"), column("end_reason", "脱钩原因", 6), column("results", "成效", 12).long(36)},
}

var visits = &listing{
	name: "visits", title: "走访联系台账", group: "台账", over: page.OverYear, kind: "visit", sort: []string{"happened_on"},
	conds: withinYear("happened_on"), signed: signLine,
	columns: []listed{dated("happened_on", "走访日期"), column("kind", "类别", 8), column("visited_by", "走访人", 8),
		said("走访对象", 8, func(_ *page.Request, r *model.Record) string { return firstOf(r, "person", "pairing", "linkage") }),
		column("means", "方式", 4), column("content", "走访情况", 20).long(60), column("done", "办成的事", 16).long(50)},
}

var undertakings = &listing{
	name: "undertakings", title: "党员干部致富项目台账", group: "台账", over: page.OverYear, kind: "undertaking", sort: []string{"kind", "started_on"},
	conds: begunBy("started_on"), keep: openInYear("ended_on"), total: "合计", signed: signLine,
	columns: []listed{column("name", "项目名称", 12), column("owner", "负责人", 6), column("kind", "类别", 8), column("industry", "行业", 6),
		said("骨干项目", 4, func(_ *page.Request, r *model.Record) string { return yesNo(r.Bool("key_project")) }),
		dated("started_on", "开办日期"), paid("output", "年产值(元)"), paid("profit", "年利润(元)"), numbered("employees", "从业人数", 4),
		numbered("led_households", "带动户数", 4), column("support", "享受扶持", 8), dated("ended_on", "结束日期")},
}

var demonstrations = &listing{
	name: "demonstrations", title: "示范典型台账", group: "台账", over: page.OverYear, kind: "demonstration", sort: []string{"kind", "designated_on"},
	conds: begunBy("designated_on"), keep: openInYear("revoked_on"), total: "合计", signed: signLine,
	columns: []listed{column("kind", "类别", 8), column("name", "名称", 12), said("人员或党组织", 8, func(_ *page.Request, r *model.Record) string { return firstOf(r, "person", "organization") }),
		column("feature", "特色产业", 8), column("adviser", "技术指导", 6), numbered("led_households", "带动户数", 4), column("level", "级别", 4),
		dated("designated_on", "命名日期"), column("plaque_no", "牌号", 6), dated("checked_on", "最近复查"), dated("revoked_on", "撤销日期"),
		numbered("visitors", "接待人次", 4), column("story", "主要事迹", 16).long(44)},
}

var supplies = &listing{
	name: "supplies", title: "物资配发台账", group: "台账", over: page.OverYear, kind: "supply", sort: []string{"received_on"},
	conds: begunBy("received_on"), keep: func(q *page.Request, r *model.Record) bool {
		return !r.Is("state", "已归还") || r.Date("received_on") >= yearFrom(q)
	}, total: "合计", notes: []string{"领用人签字请签在本人一行。"}, signed: "保管人:                    审核人:                    填表日期:      年    月    日",
	columns: []listed{dated("received_on", "配发日期"), column("item", "品类", 6), column("title", "名称、型号", 14), centred(column("quantity", "数量", 4)), column("unit", "单位", 4),
		paid("value", "价值(元)"), column("provider", "配发单位", 10), column("demonstration", "示范典型", 8), column("recipient", "领用人", 6),
		column("location", "存放地点", 8), column("state", "状态", 4), said("领用人签字", 8, func(*page.Request, *model.Record) string { return "" })},
}

var honors = &listing{
	name: "honors", title: "表彰奖励台账", group: "台账", over: page.OverYear, kind: "honor", sort: []string{"granted_on"},
	conds: withinYear("granted_on"), total: "合计", signed: signLine,
	columns: []listed{dated("granted_on", "授予日期"), said("受表彰的人员或党组织", 8, func(_ *page.Request, r *model.Record) string { return firstOf(r, "person", "organization") }),
		column("title", "荣誉称号", 16), column("kind", "类别", 10), column("level", "级别", 4), column("granted_by", "授予单位", 12),
		column("document_no", "文号", 8), paid("reward", "奖励金额(元)")},
}

var trainings = &listing{
	name: "trainings", title: "教育培训台账", group: "培训", over: page.OverYear, kind: "training", sort: []string{"started_on"},
	conds: withinYear("started_on"), total: "合计", signed: signLine, notes: []string{"参训人次为登记到会(参加、结业)的人数与其他人次之和。"},
	columns: []listed{dated("started_on", "开始日期"), dated("ended_on", "结束日期"), column("title", "培训名称", 14), column("topic", "内容", 8), column("method", "方式", 8),
		column("organizer", "主办单位", 10), said("地点", 8, func(_ *page.Request, r *model.Record) string { return firstOf(r, "venue", "venue_name") }),
		column("lecturer", "授课人", 6), numbered("hours", "学时", 4), trained(), column("results", "效果", 12).long(36)},
}

// trained is the column of those who took part.
func trained() listed {
	c := listed{Column: page.Column{Heading: []string{"参训人次"}, Format: page.Number, Align: page.Centre, Sum: true, Min: 4}}
	c.value = func(_ *page.Request, r *model.Record) any {
		return int64(len(came(r, "参加", "结业"))) + r.Int("guests")
	}
	return c
}

// came gives those on a roll with one of the states.
func came(r *model.Record, states ...string) []string {
	var ids []string
	for _, m := range r.Roll("attendance") {
		for _, s := range states {
			if m.State == s {
				ids = append(ids, m.Target)
			}
		}
	}
	return ids
}

func yesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}
