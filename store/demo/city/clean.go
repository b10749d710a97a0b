package city

import (
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/folk"
)

// oddOne is a member who only looks like a fault.
type oddOne struct {
	what   string
	person *folk.Villager
}

// odd notes one of an organisation.
func (u *unit) odd(what string, v *folk.Villager) { u.odds = append(u.odds, oddOne{what, v}) }

func (u *unit) isOdd(v *folk.Villager) bool {
	return slices.ContainsFunc(u.odds, func(o oddOne) bool { return o.person == v })
}

// special gives a few members what is hard to show or to tell apart: a name with a
// middle dot and one with a character outside the basic plane, a birthday on 29
// February, and two of one village with the same name and day of birth. It comes after
// the transfers, so that they stay where they are.
func (c *city) special() {
	stay := func(u *unit) []*folk.Villager {
		return folk.Where(u.people.all, func(v *folk.Villager) bool {
			return v.Exit == "" && v.Entry == "" && v.Sex == "男" && v.Birth.Year() > 1950
		})
	}
	villages := where2(c.of("行政村"), func(u *unit) bool { return len(u.faults) == 0 && len(stay(u)) > 6 })
	if len(villages) < 2 {
		return
	}
	u := villages[0]
	one := stay(u)
	one[0].Name, one[0].Ethnicity = "阿曼·买合", "维吾尔族"
	u.odd("姓名里有间隔号", one[0])
	one[1].Name = string([]rune(one[1].Name)[:1]) + "\U00020BB7华"
	u.odd("姓名里有扩展B区的汉字", one[1])
	again := func(v *folk.Villager, birth model.Date) {
		v.Birth, v.IDNumber = birth, c.ids.Next(birth, v.Sex)
	}
	again(one[2], folk.LeapDay(one[2].Birth))
	u.odd("2月29日出生", one[2])
	u = villages[1]
	two := stay(u)
	slices.SortStableFunc(two, folk.ByBirth)
	two[3].Name = two[2].Name
	again(two[3], two[2].Birth)
	u.odd("同村同名同日出生的两人之一", two[2])
	u.odd("同村同名同日出生的两人之一", two[3])
}

// halfDay is the day of the meeting to which just half of those with a vote came.
const halfDay = model.Date("2026-05-20")

// halves tells whether the meeting can be held here: half of the voters is a whole
// number, and so many are at home.
func (u *unit) halves() bool {
	voters := u.people.votersOn(halfDay)
	home := folk.Where(voters, func(v *folk.Villager) bool { return v.Home(halfDay) })
	return u.kind == "党支部" && len(voters)%2 == 0 && len(voters) > 2*len(u.people.committee) && len(home) > len(voters)/2
}

// halfMeeting is a branch meeting to which just half of those with a vote came, which
// is enough for a resolution.
func (b *gathering) halfMeeting() {
	u, k := b.unit, b.unit.people
	if !u.half {
		return
	}
	voters := k.votersOn(halfDay)
	came := map[*folk.Villager]bool{}
	for _, v := range slices.Concat(k.committee, voters) {
		if len(came) < len(voters)/2 && v.Votes(halfDay) && !v.Gone(halfDay) {
			came[v] = true
		}
	}
	var marks []model.Mark
	for _, v := range folk.Where(k.all, func(v *folk.Villager) bool { return v.Due(halfDay) }) {
		state := "请假-其他"
		switch {
		case v.Gone(halfDay):
			state = "请假-外出"
		case came[v]:
			state = "到会"
		}
		marks = append(marks, model.Mark{Target: v.ID, State: state})
	}
	r := b.put(halfDay, "activity", fields{"kind": "支部党员大会", "title": "党员大会:夏季抗旱值守安排", "held_on": halfDay, "place": "党员活动室",
		"host": k.committee[0].ID, "attendance": marks, "agenda": "一、说明情况;二、讨论;三、表决",
		"minutes":   halfDay.Chinese() + "讨论夏季抗旱值守安排,农忙时节到会的少,恰好过半数线,意见集中在轮班和用水上。",
		"votes":     fmt.Sprintf("有表决权应到 %d 人,实到 %d 人,无人反对", len(voters), len(came)),
		"decisions": "按讨论的意见分组值守,名单张榜公布。"})
	b.clean("党员大会实到恰为应到的一半", r)
}

// clean notes in the answer key what is no fault.
func (b *gathering) clean(what string, r *model.Record) {
	b.answers.Clean = append(b.answers.Clean, Clean{What: what, Org: b.unit.code, Kind: r.Kind.Name, ID: r.ID})
}

// noteOdd notes the members who only look like faults.
func (b *gathering) noteOdd() {
	for _, o := range b.unit.odds {
		b.clean(o.what, b.person(o.person))
	}
}

// person gives the record of one who is on file.
func (b *gathering) person(v *folk.Villager) *model.Record {
	i := slices.IndexFunc(b.records["person"], func(r *model.Record) bool { return r.ID == v.ID })
	return b.records["person"][i]
}
