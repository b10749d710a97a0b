package demo

import "slices"

// traits gives everyone work, dues and what the programmes of the campaign ask.
func (k *cast) traits(d *dice, sp span, sz sizes) {
	members := where(k.all, func(v *villager) bool { return v.group >= 0 })
	for _, v := range k.all {
		v.job = jobOf(d, v, v.age(sp.asOf))
	}
	k.secretary.job, k.deputy.job = "企业经营者", "种养业大户"
	k.women.job, k.accountant.job = "务农", "务农"
	for _, v := range []*villager{k.firstSecretary, k.helper} {
		v.job = "公务员事业编"
	}
	k.guest.job = "企业经营者"
	k.weak(d, members, sz)
	k.leading(d, sp, members, sz)
	for _, v := range members {
		v.basis, v.dues = duesOf(d, v)
	}
	k.reliefs(members)
}

func jobOf(d *dice, v *villager, age int) string {
	switch {
	case v.away != "" && v.returned == "":
		return "外出务工"
	case age < 23 && v.status != "群众":
		return "学生"
	case !v.able:
		return weigh(d, []share[string]{{"务农", 84}, {"离退休", 10}, {"其他", 6}})
	}
	return weigh(d, []share[string]{{"务农", 26}, {"种养业大户", 20}, {"农民经纪人", 9}, {"个体工商户", 17}, {"企业经营者", 8}, {"企业务工", 16}, {"乡村医生", 2}, {"教师", 2}})
}

// weak marks the old members who can't come to meetings and those in hardship.
func (k *cast) weak(d *dice, members []*villager, sz sizes) {
	old := where(members, func(v *villager) bool { return !v.able && v.offices == 0 && v.exit == "" })
	slices.SortStableFunc(old, func(a, b *villager) int { return compareDates(a, b) })
	for _, v := range old[:min(len(old), sz.scaled(6))] {
		v.notDue = "4"
	}
	for _, v := range sample(d, old, sz.scaled(8)) {
		v.needy = true
	}
}

func compareDates(a, b *villager) int {
	switch {
	case a.Birth < b.Birth:
		return -1
	case a.Birth > b.Birth:
		return 1
	}
	return 0
}

// leading marks those who prosper and lead others.
func (k *cast) leading(d *dice, sp span, members []*villager, sz sizes) {
	able := where(members, func(v *villager) bool {
		return v.able && v.away == "" && v.exit == "" && v.age(sp.asOf) >= 26
	})
	for _, v := range slices.Concat(k.committee, k.village, sample(d, able, sz.scaled(22))) {
		v.bothLead = true
	}
	kinds := newCycle(d, []string{"经营管理者", "经纪人", "土专家", "乡村社会活动家"})
	lead := where(able, func(v *villager) bool { return v.bothLead })
	for _, v := range slices.Concat([]*villager{k.secretary, k.deputy}, sample(d, lead, sz.scaled(14)), k.makers) {
		if v.talent == "" {
			v.capable, v.talent = true, kinds.next()
		}
	}
	// A model household has been one for a while, and its member a member.
	settled := where(able, func(v *villager) bool { return v.Confirmed != "" && v.Confirmed < sp.opening().AddYears(-2) })
	for _, v := range slices.Concat([]*villager{k.organizer}, sample(d, settled, sz.scaled(12))) {
		v.tech = true
	}
}

// duesOf gives the basis and the fen a month (domain.md §5.1). A farmer pays
// between 0.2 and 1 yuan; a pension or a wage pays half of a hundredth.
func duesOf(d *dice, v *villager) (basis string, fen int) {
	switch v.job {
	case "学生", "待业":
		return "0.2元档", 20
	case "离退休":
		return "离退休", d.between(26, 48) * 50
	case "教师", "公务员事业编", "乡村医生":
		return "工资", d.between(24, 30) * 50
	}
	switch {
	case v.needy:
		return "农民", 20
	case v.able:
		return "农民", pick(d, []int{50, 100, 100})
	}
	return "农民", pick(d, []int{20, 50})
}

// reliefs lets one member in hardship pay less and one pay nothing.
func (k *cast) reliefs(members []*villager) {
	needy := where(members, func(v *villager) bool { return v.needy && v.basis == "农民" })
	if len(needy) < 3 {
		return
	}
	needy[0].basis, needy[0].dues = "减交", 10
	needy[1].basis, needy[1].dues = "免交", 0
}
