// Package membership decides who is a member and when: by what stands on file, by the
// movements, and month by month by the balance of domain.md §8.2.
package membership

import (
	"slices"

	"taizhang/model"
)

// Membership is one person's membership over time, as what stands on file and the
// movements say together.
type Membership struct {
	Person   *model.Record
	Stays    []Stay
	Passages []Passage
	course   course
}

// Stay is a time as a member: at the end of each day from From to before Until; Until
// "" for one who still is.
type Stay struct{ From, Until model.Date }

// Passage is a movement by which a membership begins (In) or ends.
type Passage struct {
	Move *model.Record
	Day  model.Date
	In   bool
}

// Memberships goes through the movements of persons, as MembersAt does; moves with an
// empty person or day are none.
func Memberships(persons, moves []*model.Record) []Membership {
	by := map[string][]*model.Record{}
	for _, m := range moves {
		if m.Filled("person") && m.Filled("happened_on") {
			by[m.Str("person")] = append(by[m.Str("person")], m)
		}
	}
	all := make([]Membership, len(persons))
	for i, p := range persons {
		c := newCourse(p, by[p.ID])
		all[i] = Membership{Person: p, Stays: c.stays(), course: c}
		for _, x := range c.passages {
			all[i].Passages = append(all[i].Passages, Passage{x.move, x.day, x.in})
		}
	}
	return all
}

// Elsewhere gives the times before a transfer in (转入): at the end of each day from From,
// "" for always, to before Until the person stood in another organisation. What is dated on
// such a day was done there, though it may have been brought along.
func (m Membership) Elsewhere() []Stay {
	var all []Stay
	left := model.Date("")
	for _, p := range m.Passages {
		if p.In && p.Move.Is("kind", "转入") && left < p.Day {
			all = append(all, Stay{From: left, Until: p.Day})
		}
		left = p.Day
	}
	return all
}

// Probationary tells whether one who is a member at a day was probationary then.
func (m Membership) Probationary(day model.Date) bool { return m.course.probationary(day) }

// stays asks on each day on which something changes.
func (c course) stays() []Stay {
	var days []model.Date
	for _, p := range c.passages {
		days = append(days, p.day)
	}
	if at := c.person.CreatedAt; len(at) >= 10 {
		days = append(days, model.Date(at[:10]))
	}
	if d := c.person.Date("left_on"); d != "" {
		days = append(days, d)
	}
	slices.Sort(days)
	var all []Stay
	in := false
	for _, d := range slices.Compact(days) {
		now := c.onFile(d)
		switch {
		case now && !in:
			all = append(all, Stay{From: d})
		case in && !now:
			all[len(all)-1].Until = d
		}
		in = now
	}
	return all
}
