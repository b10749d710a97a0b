package party

import (
	"cmp"
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// retractMovement gives the person as they stood before a movement that has been
// deleted: a movement entered by mistake may not leave its mark. Only the last
// movement of a person, and only what it wrote itself, is taken back.
func retractMovement(env *model.Env, m *model.Record) ([]*model.Record, error) {
	p, err := env.Look.Get("person", m.Str("person"))
	if err != nil || p == nil {
		return nil, err
	}
	later, err := laterMovement(env, m)
	if err != nil || later != nil {
		return nil, err
	}
	others, err := otherMovements(env, m)
	if err != nil {
		return nil, err
	}
	before := p.Clone()
	takeBack(before, m, others)
	if len(model.Diff(p, before)) == 0 {
		return nil, nil
	}
	return []*model.Record{before}, nil
}

// otherMovements gives a person's other movements, the last one first.
func otherMovements(env *model.Env, m *model.Record) ([]*model.Record, error) {
	all, err := env.Look.Find("movement", model.Where("person", model.Eq, m.Str("person")))
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(r *model.Record) bool { return r.ID == m.ID })
	slices.SortStableFunc(all, func(a, b *model.Record) int {
		return -cmp.Or(cmp.Compare(a.Str("happened_on"), b.Str("happened_on")), membership.CompareIDs(a, b))
	})
	return all, nil
}

// takeBack undoes what effectOn did to the person.
func takeBack(p, m *model.Record, others []*model.Record) {
	day := m.Str("happened_on")
	switch kind := m.Str("kind"); {
	case kind == "接收预备党员":
		if membership.IsMember(p) && p.Is("status", "预备党员") {
			p.Set("status", "发展对象")
			p.Set("joined_on", nil)
		}
	case kind == "转入" || kind == "恢复党籍":
		if membership.IsMember(p) {
			standBefore(p, m, others)
		}
	case kind == "转正":
		if membership.IsMember(p) && p.Is("status", "正式党员") {
			p.Set("status", "预备党员")
			p.Set("confirmed_on", nil)
		}
	case membership.HasLeft(p) && p.Str("left_on") == day && (p.Is("standing", kind) || slices.Contains(expulsions, kind)):
		standBefore(p, m, others)
	case kind == "外出流动" && p.Str("away_since") == day:
		for _, name := range []string{"away", "away_place", "away_since", "away_card"} {
			p.Set(name, nil)
		}
	case kind == "失联" && p.Str("lost_since") == day:
		p.Set("lost_since", nil)
	case kind == "取得联系":
		if i := slices.IndexFunc(others, func(r *model.Record) bool { return r.Is("kind", "失联") }); i >= 0 {
			p.Set("lost_since", others[i].Get("happened_on"))
		}
	case kind == "处分" && m.Is("penalty", "留党察看"):
		p.Set("voting_suspended", false)
	}
}

// standBefore gives a person the standing that the movements before gave: that of
// the last one that set any, else on the rolls for one who has left now, and with
// the membership elsewhere for one who has come.
func standBefore(p, m *model.Record, others []*model.Record) {
	came := m.Is("kind", "转入", "恢复党籍")
	standing, left := membership.OnRolls, ""
	if came {
		standing = "组织关系在外"
	}
	for _, r := range others {
		kind := r.Str("kind")
		switch {
		case slices.Contains(membership.LeftStandings, kind):
			standing, left = kind, r.Str("happened_on")
		case slices.Contains(expulsions, kind):
			standing, left = "出党", r.Str("happened_on")
		case kind == membership.Opening || slices.Contains(membership.Entries, kind):
			standing, left = membership.OnRolls, ""
		default:
			continue
		}
		break
	}
	p.Set("standing", standing)
	p.Set("left_on", left)
	if standing == "组织关系在外" {
		p.Set("home_org", m.Get("from_org"))
	}
}
