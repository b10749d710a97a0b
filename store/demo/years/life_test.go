package years

import (
	"fmt"

	"taizhang/model"
)

// person makes one who has been a member since long ago.
func (u *unit) person(pairs ...string) *model.Record {
	u.w.Helper()
	u.nth++
	rnd := u.rnd
	born := model.Date(fmt.Sprintf("%d-%02d-%02d", 1945+rnd.IntN(55), 1+rnd.IntN(12), 1+rnd.IntN(28)))
	joined := born.AddYears(20).AddDays(rnd.IntN(1000))
	joined = min(joined, "2022-06-30")
	all := []string{
		"name", fmt.Sprintf("社员%s%02d", u.code[len(u.code)-2:], u.nth), "sex", []string{"男", "男", "女"}[rnd.IntN(3)],
		"ethnicity", []string{"汉族", "汉族", "汉族", "回族"}[rnd.IntN(4)], "birth_date", string(born),
		"education", []string{"小学", "初中", "高中", "大专", "本科"}[rnd.IntN(5)], "status", "正式党员", "standing", "在册",
		"joined_on", string(joined), "confirmed_on", string(joined.AddYears(1)),
		"able_bodied", []string{"1", "1", "0"}[rnd.IntN(3)], "both_leader", []string{"1", "0"}[rnd.IntN(2)],
		"hardship", []string{"1", "0", "0"}[rnd.IntN(3)], "dues_basis", "农民", "monthly_dues", "100",
	}
	return u.save("person", append(all, pairs...)...)
}

// members gives the ids of those who are members now, in the order in which they came.
func (u *unit) members() []string {
	u.w.Helper()
	all, err := u.Env(ctx).Look.Find("person", model.Where("status", model.In, "正式党员", "预备党员"), model.Where("standing", model.Eq, "在册"))
	must(u.w, err)
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	return ids
}

// live writes what a month brings in the village.
func (u *unit) live(m model.Month) {
	u.w.Helper()
	members, rnd := u.members(), u.rnd
	if len(members) == 0 {
		return
	}
	day := func(n int) string { return string(m.First().AddDays(n - 1)) }
	u.meeting("主题党日", day(5), members)
	if m[5:] == "03" || m[5:] == "06" || m[5:] == "09" || m[5:] == "12" {
		u.meeting("支部党员大会", day(12), members)
		u.meeting("党课", day(13), members)
	}
	for _, id := range members {
		if rnd.IntN(12) > 0 {
			u.later("dues", "person", id, "month", string(m), "amount", "100", "paid_on", day(8), "method", "现金")
		}
	}
	who := members[rnd.IntN(len(members))]
	switch rnd.IntN(8) {
	case 0:
		u.goesOut(who, model.Date(day(15)))
	case 1:
		u.later("aid", "kind", "办实事资金", "title", "修水渠", "provider", "县水利站", "amount", fmt.Sprintf("%d00", 1000+rnd.IntN(5000)), "given_on", day(16), "target_code", u.code)
	case 2:
		u.later("honor", "title", "优秀共产党员", "kind", "优秀共产党员", "level", "乡镇", "granted_by", u.township+"党委", "granted_on", day(17), "person", who)
	case 3:
		u.later("undertaking", "owner", who, "kind", "致富工程", "name", "大棚蔬菜", "industry", "种植", "started_on", day(18), "output", "3000000")
	case 4:
		if len(members) > 6 {
			u.move(who, "去世", model.Date(day(19)))
		}
	case 5:
		p := u.person("status", "入党积极分子", "joined_on", "", "confirmed_on", "", "birth_date", "1996-05-06", "dues_basis", "", "monthly_dues", "")
		u.move(p.ID, "接收预备党员", model.Date(day(20)))
	case 6:
		u.change("person", who, "hardship", []string{"1", "0"}[rnd.IntN(2)], "both_leader", []string{"1", "0"}[rnd.IntN(2)])
	}
	if m[5:] == "12" {
		for i, id := range members {
			u.later("appraisal", "person", id, "year", string(m[:4]), "grade", []string{"优秀", "合格", "合格"}[i%3], "held_on", day(21))
		}
	}
	_, err := u.Save(ctx, model.AsRecorded, u.pending...)
	must(u.w, err)
	u.pending = nil
}

// goesOut has a member leave for work elsewhere, or come back.
func (u *unit) goesOut(id string, on model.Date) {
	u.w.Helper()
	p, err := u.Get(ctx, "person", id)
	must(u.w, err)
	if p.Filled("away") {
		u.move(id, "流动返回", on)
		return
	}
	u.fill(p, []string{"away", "跨省", "away_place", "外省青禾市", "away_since", string(on)})
	r, err := u.New(ctx, "movement")
	must(u.w, err)
	u.fill(r, []string{"person", id, "kind", "外出流动", "happened_on", string(on)})
	_, err = u.Save(ctx, model.AsRecorded, p, r)
	must(u.w, err)
}

// meeting is held by the branch, with all of its members but the last.
func (u *unit) meeting(kind, on string, members []string) {
	u.w.Helper()
	r, err := u.New(ctx, "activity")
	must(u.w, err)
	u.fill(r, []string{"kind", kind, "title", kind, "held_on", on, "hours", "2", "place", "村委会"})
	marks := make([]model.Mark, 0, len(members))
	for i, id := range members {
		mark := "到会"
		if i == len(members)-1 && i > 0 {
			mark = "请假-公务"
		}
		marks = append(marks, model.Mark{Target: id, State: mark})
	}
	r.Set("attendance", marks)
	u.pending = append(u.pending, r)
}
