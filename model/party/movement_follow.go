package party

import (
	"cmp"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// followMovement updates the person whom a movement concerns, in the same
// transaction (records.md). Of a person's movements only the last one changes
// what stands on file: one entered later for an earlier day completes the past.
func followMovement(env *model.Env, old, saved *model.Record, how model.Origin) ([]*model.Record, error) {
	if how == model.AsRecorded {
		return nil, nil
	}
	if old != nil && (old.Str("kind") != saved.Str("kind") || old.Str("person") != saved.Str("person")) {
		return nil, &model.Error{Code: "E-STS-EDIT", Field: "kind",
			Message: "已办好的变动不能改成另一类或另一个人;刚办的请按 Ctrl+Z 撤销,早先办的请删除这一条,再重新办理"}
	}
	p, err := env.Look.Get("person", saved.Str("person"))
	if err != nil || p == nil {
		return nil, err
	}
	later, err := laterMovement(env, saved)
	if err != nil || later != nil {
		return nil, err
	}
	if old == nil && (how == model.FromSheet && standsSo(p, saved) || how == model.FromFollow && arrivedSo(p, saved)) {
		return nil, nil
	}
	if old == nil {
		if err := fitsFile(p, saved.Str("kind")); err != nil {
			return nil, err
		}
	}
	after := p.Clone()
	if err := effectOn(env, after, saved); err != nil {
		return nil, err
	}
	if len(model.Diff(p, after)) == 0 {
		return nil, nil
	}
	return []*model.Record{after}, nil
}

// arrivedSo tells that a transfer in follows from the person of a list, who stands on
// file as a member with it.
func arrivedSo(p, m *model.Record) bool { return m.Is("kind", "转入") && membership.IsMember(p) }

// standsSo tells that a person stands on file already as the movement of a list says:
// the list of persons was read in first, with what the movements made of them.
func standsSo(p, m *model.Record) bool {
	kind, day := m.Str("kind"), m.Date("happened_on")
	switch {
	case kind == "转正":
		return membership.IsMember(p) && p.Is("status", "正式党员") && p.Filled("confirmed_on") && p.Date("confirmed_on") <= day
	case slices.Contains(expulsions, kind):
		return p.Is("standing", "出党") && p.Date("left_on") == day
	}
	return membership.HasLeft(p) && p.Is("standing", kind) && p.Date("left_on") == day
}

// laterMovement gives a movement of the same person on a later day, or nil.
func laterMovement(env *model.Env, m *model.Record) (*model.Record, error) {
	all, err := env.Look.Find("movement", model.Where("person", model.Eq, m.Str("person")), model.Where("happened_on", model.Gt, m.Str("happened_on")))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// The movements that end a membership by leaving the Party.
var expulsions = []string{"取消预备党员资格", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍"}

// fitsFile tells whether a movement can follow on what stands on file of the
// person; the Error says what stands there.
func fitsFile(p *model.Record, kind string) error {
	member, probate := membership.IsMember(p), p.Is("status", "预备党员")
	var ok bool
	switch {
	case kind == "接收预备党员":
		ok = !member && (p.Is("standing", membership.OnRolls) && !p.Is("status", membership.States...) || p.Is("standing", "出党"))
	case kind == "转入":
		ok = !p.Is("standing", membership.OnRolls, "去世")
	case kind == "恢复党籍":
		ok = p.Is("standing", "停止党籍", "出党")
	case kind == "转正", kind == "延长预备期", kind == "取消预备党员资格":
		ok = member && probate
	case kind == "去世":
		ok = !p.Is("standing", "去世")
	case slices.Contains(expulsions, kind):
		ok = member || p.Is("standing", "停止党籍")
	case kind == "流动返回":
		ok = p.Filled("away")
	case kind == "取得联系":
		ok = p.Filled("lost_since")
	case kind == "失联":
		ok = member && !p.Filled("lost_since")
	default: // 期初在册, 转出, 停止党籍, 外出流动, 限期改正, 处分
		ok = member
	}
	if ok {
		return nil
	}
	return &model.Error{Code: "E-STS-CHAIN", Field: "kind",
		Message: fmt.Sprintf("台账里%s现在是%s,不能办“%s”;请核对人员和变动类别", p.Str("name"), standsOnFile(p), kind)}
}

// standsOnFile says in words what stands on file of a person.
func standsOnFile(p *model.Record) string {
	text := p.Str("status") + "、" + p.Str("standing")
	if d := p.Str("left_on"); d != "" {
		text += "(" + d + ")"
	}
	switch {
	case membership.IsMember(p) && p.Filled("confirmed_on"):
		text += "(转正日期 " + p.Str("confirmed_on") + ")"
	case membership.IsMember(p) && p.Is("status", "预备党员"):
		text += "(入党日期 " + p.Str("joined_on") + ")"
	}
	if membership.IsMember(p) && p.Filled("away") {
		text += ",外出" + p.Str("away")
	}
	if d := p.Str("lost_since"); d != "" {
		text += ",失去联系自 " + d
	}
	return text
}

// effectOn changes the person as the movement says.
func effectOn(env *model.Env, p, m *model.Record) error {
	day := m.Date("happened_on")
	switch kind := m.Str("kind"); {
	case kind == "接收预备党员":
		p.Set("status", "预备党员")
		p.Set("standing", membership.OnRolls)
		joined, err := acceptedOn(env, m)
		if err != nil {
			return err
		}
		p.Set("joined_on", joined)
		p.Set("confirmed_on", nil)
		p.Set("left_on", nil)
	case kind == "转入":
		if !p.Is("status", membership.States...) {
			return &model.Error{Code: "E-STS-CHAIN", Field: "person",
				Message: fmt.Sprintf("%s的人员类别是%s,转入的应是党员;请先在人员里把人员类别填成 正式党员 或 预备党员", p.Str("name"), p.Str("status"))}
		}
		p.Set("standing", membership.OnRolls)
		p.Set("left_on", nil)
		p.Set("home_org", nil)
	case kind == "恢复党籍":
		p.Set("standing", membership.OnRolls)
		p.Set("left_on", nil)
		p.Set("lost_since", nil)
	case kind == "转正":
		end, err := ProbationEnd(env, p)
		if err != nil {
			return err
		}
		p.Set("status", "正式党员")
		p.Set("confirmed_on", cmp.Or(end, day))
	case kind == "处分":
		if m.Is("penalty", "留党察看") {
			p.Set("voting_suspended", true)
		}
	default:
		simpleEffect(p, m, kind, day)
	}
	return nil
}

// simpleEffect is that of the movements that set a standing or a flag.
func simpleEffect(p, m *model.Record, kind string, day model.Date) {
	switch {
	case kind == "转出" || kind == "去世" || kind == "停止党籍":
		p.Set("standing", kind)
		p.Set("left_on", day)
	case slices.Contains(expulsions, kind):
		p.Set("standing", "出党")
		p.Set("left_on", day)
	case kind == "外出流动":
		for _, name := range []string{"away", "away_place", "away_card"} {
			if v := m.Get(name); v != nil {
				p.Set(name, v)
			}
		}
		p.Set("away_since", day)
	case kind == "流动返回":
		for _, name := range []string{"away", "away_place", "away_since", "away_card"} {
			p.Set(name, nil)
		}
	case kind == "失联":
		p.Set("lost_since", day)
	case kind == "取得联系":
		p.Set("lost_since", nil)
	}
}

// acceptedOn gives the day of the branch meeting that accepted the person, from
// the admission on file: one joins on that day, not on that of the approval
// (Party Constitution, Art. 7). Without an admission it is the movement's own day.
func acceptedOn(env *model.Env, m *model.Record) (model.Date, error) {
	all, err := env.Look.Find("admission", model.Where("person", model.Eq, m.Str("person")), model.Where("accepted_on", model.Le, m.Str("happened_on")))
	if err != nil {
		return "", err
	}
	best := model.Date("")
	for _, a := range all {
		if !a.Filled("ended_on") || a.Date("ended_on") >= m.Date("happened_on") {
			best = max(best, a.Date("accepted_on"))
		}
	}
	return cmp.Or(best, m.Date("happened_on")), nil
}

// ProbationEnd gives the day on which a probationary member's probation ends: a
// year after the branch meeting, or the end of its extension; that is the day of
// full membership, whenever it is approved. "" when joined_on is not known.
func ProbationEnd(env *model.Env, p *model.Record) (model.Date, error) {
	if !p.Filled("joined_on") {
		return "", nil
	}
	joined := p.Date("joined_on")
	end := joined.AddMonths(env.Packs.Limit("probation.months", joined).Int())
	extended, err := env.Look.Find("movement", model.Where("person", model.Eq, p.ID), model.Where("kind", model.Eq, "延长预备期"))
	if err != nil {
		return "", err
	}
	for _, m := range extended {
		end = max(end, m.Date("until"))
	}
	return end, nil
}
