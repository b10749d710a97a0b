package demo

import (
	"slices"

	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// traits gives everyone work, dues and what the programmes of the campaign ask.
func (k *cast) traits(d *dice.Dice, sp span, sz sizes) {
	members := folk.Where(k.all, func(v *folk.Villager) bool { return v.Group >= 0 })
	for _, v := range k.all {
		v.Job = folk.JobOf(d, v, v.Age(sp.asOf))
	}
	k.secretary.Job, k.deputy.Job = "企业经营者", "种养业大户"
	k.women.Job, k.accountant.Job = "务农", "务农"
	for _, v := range []*folk.Villager{k.firstSecretary, k.helper} {
		v.Job = "公务员事业编"
	}
	k.guest.Job = "企业经营者"
	k.weak(d, members, sz)
	k.leading(d, sp, members, sz)
	for _, v := range members {
		v.Basis, v.Dues = folk.DuesOf(d, v)
	}
	k.reliefs(members)
}

// weak marks the old members who can't come to meetings and those in hardship.
func (k *cast) weak(d *dice.Dice, members []*folk.Villager, sz sizes) {
	old := folk.Where(members, func(v *folk.Villager) bool { return !v.Able && v.Offices == 0 && v.Exit == "" })
	slices.SortStableFunc(old, func(a, b *folk.Villager) int { return folk.ByBirth(a, b) })
	for _, v := range old[:min(len(old), sz.scaled(6))] {
		v.NotDue = "4"
	}
	for _, v := range dice.Sample(d, old, sz.scaled(8)) {
		v.Needy = true
	}
}

// leading marks those who prosper and lead others.
func (k *cast) leading(d *dice.Dice, sp span, members []*folk.Villager, sz sizes) {
	able := folk.Where(members, func(v *folk.Villager) bool {
		return v.Able && v.Away == "" && v.Exit == "" && v.Age(sp.asOf) >= 26
	})
	for _, v := range slices.Concat(k.committee, k.village, dice.Sample(d, able, sz.scaled(22))) {
		v.BothLead = true
	}
	kinds := dice.NewCycle(d, []string{"经营管理者", "经纪人", "土专家", "乡村社会活动家"})
	lead := folk.Where(able, func(v *folk.Villager) bool { return v.BothLead })
	for _, v := range slices.Concat([]*folk.Villager{k.secretary, k.deputy}, dice.Sample(d, lead, sz.scaled(14)), k.makers) {
		if v.Talent == "" {
			v.Capable, v.Talent = true, kinds.Next()
		}
	}
	// A model household has been one for a while, and its member a member.
	settled := folk.Where(able, func(v *folk.Villager) bool { return v.Confirmed != "" && v.Confirmed < sp.opening().AddYears(-2) })
	for _, v := range slices.Concat([]*folk.Villager{k.organizer}, dice.Sample(d, settled, sz.scaled(12))) {
		v.Tech = true
	}
}

// reliefs lets one member in hardship pay less and one pay nothing.
func (k *cast) reliefs(members []*folk.Villager) {
	needy := folk.Where(members, func(v *folk.Villager) bool { return v.Needy && v.Basis == "农民" })
	if len(needy) < 3 {
		return
	}
	needy[0].Basis, needy[0].Dues = "减交", 10
	needy[1].Basis, needy[1].Dues = "免交", 0
}
