package compare

import (
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store/sheet"
)

// match finds for each row the person on file: by ID number, then by name and birth date,
// then by name where the numbers differ in a few places, so that a mistyped number is
// named as such and not as two persons, then by what else speaks for one and the same.
func (c *comparison) match() {
	m := newMatcher(c.persons)
	for i := range c.list.Rows {
		c.rows = append(c.rows, newRow(&c.list.Rows[i], i))
	}
	c.place()
	seen := map[string]*row{}
	for _, r := range c.rows {
		if r.id == "" {
			continue
		}
		first := seen[r.id]
		if first == nil {
			seen[r.id] = r
		}
		m.join(r, best(r, m.byID[r.id]))
		if first == nil {
			continue
		}
		// One person may stand in two units, here as there.
		r.twice = r.person == nil
		note := r.Where() + "与" + first.Where() + "的身份证号相同,请核对名单"
		if r.twice {
			note += ";只比对了前一行"
		}
		c.result.Notes = append(c.result.Notes, note)
	}
	c.learn()
	for _, find := range []func(*matcher, *row) *person{byBirth, byLikeNumber, byNameAlone, byAnotherName} {
		m.count(c.rows)
		for _, r := range c.rows {
			if r.person == nil && !r.twice {
				m.join(r, find(m, r))
			}
		}
	}
}

func newRow(listed *sheet.Listed, at int) *row {
	r := &row{Listed: listed, at: at, id: listed.Record.Str("id_number"), birth: listed.Record.Date("birth_date"), month: listed.Months["birth_date"]}
	if id, err := model.ReadIDNumber(r.id); err == nil && r.birth == "" {
		r.birth = id.Birth
	}
	if r.month == "" && r.birth != "" {
		r.month = r.birth.Month()
	}
	return r
}

// matcher finds persons on file.
type matcher struct {
	byID, byName map[string][]*person
	byDay        map[model.Date][]*person
	left         map[string]int // rows without a person, by name and unit
}

func newMatcher(all []*person) *matcher {
	m := &matcher{byID: map[string][]*person{}, byName: map[string][]*person{}, byDay: map[model.Date][]*person{}}
	for _, p := range all {
		if id := p.Str("id_number"); id != "" {
			m.byID[id] = append(m.byID[id], p)
		}
		name := model.Fold(p.Str("name"))
		m.byName[name] = append(m.byName[name], p)
		if day := p.Date("birth_date"); day != "" {
			m.byDay[day] = append(m.byDay[day], p)
		}
	}
	return m
}

func (m *matcher) join(r *row, p *person) {
	if p != nil && p.row == nil {
		r.person, p.row = p, r
	}
}

// count counts the rows that are still without a person.
func (m *matcher) count(rows []*row) {
	m.left = map[string]int{}
	for _, r := range rows {
		if r.person == nil && !r.twice {
			m.left[r.key()]++
		}
	}
}

func (r *row) name() string { return model.Fold(r.Record.Str("name")) }
func (r *row) key() string  { return r.unit + "\n" + r.name() }

// free gives those of the row's unit who have no row yet and of whom also holds.
func (r *row) free(all []*person, also func(*person) bool) []*person {
	var found []*person
	for _, p := range all {
		if p.row == nil && (r.unit == "" || p.OrgID == r.unit) && also(p) {
			found = append(found, p)
		}
	}
	return found
}

// best chooses among several: of the row's unit, then one who is on the rolls.
func best(r *row, all []*person) *person {
	var found *person
	score := -1
	for _, p := range all {
		s := 0
		if p.OrgID == r.unit {
			s += 2
		}
		if membership.IsMember(p.Record) {
			s++
		}
		if p.row == nil && s > score {
			found, score = p, s
		}
	}
	return found
}

// only gives the one whom there is, of several the one who is on the rolls.
func only(all []*person) *person {
	if len(all) > 1 {
		all = slices.DeleteFunc(slices.Clone(all), func(p *person) bool { return !membership.IsMember(p.Record) })
	}
	if len(all) != 1 {
		return nil
	}
	return all[0]
}

// byBirth is for the same name and birth date, or month where the list has no more. Where
// the list does not tell the unit, two different numbers are two persons.
func byBirth(m *matcher, r *row) *person {
	found := r.free(m.byName[r.name()], func(p *person) bool {
		day := p.Date("birth_date")
		same := day != "" && (r.birth != "" && day == r.birth || r.birth == "" && day.Month() == r.month)
		id := p.Str("id_number")
		return same && (r.unit != "" || r.id == "" || id == "" || near(r.id, id))
	})
	if one := only(found); one != nil {
		return one
	}
	return only(slices.DeleteFunc(found, func(p *person) bool { return p.Date("joined_on") != r.Record.Date("joined_on") }))
}

// byLikeNumber is for the same name and a number that differs in a few places, or that is
// different while both joined on the same day.
func byLikeNumber(m *matcher, r *row) *person {
	number := r.id
	if number == "" {
		number = model.TidyIDNumber(r.Unread["id_number"])
	}
	if number == "" {
		return nil
	}
	return only(r.free(m.byName[r.name()], func(p *person) bool {
		id := p.Str("id_number")
		return id != "" && (near(number, id) || r.unit != "" && r.joined(p))
	}))
}

// byNameAlone is for a name that stands once on either side of a unit, where one side has
// no number and nothing speaks against it.
func byNameAlone(m *matcher, r *row) *person {
	if m.left[r.key()] != 1 {
		return nil
	}
	found := r.free(m.byName[r.name()], func(*person) bool { return true })
	if len(found) != 1 || r.id != "" && found[0].Str("id_number") != "" {
		return nil
	}
	day := found[0].Date("birth_date")
	if day == "" || r.month == "" || r.joined(found[0]) || r.birth != "" && alikeDays(day, r.birth) {
		return found[0]
	}
	return nil
}

// byAnotherName is for one born and admitted on the same days, or with a number that
// differs in one place, whose name is written differently.
func byAnotherName(m *matcher, r *row) *person {
	if r.unit == "" || r.birth == "" {
		return nil
	}
	return only(r.free(m.byDay[r.birth], func(p *person) bool {
		id := p.Str("id_number")
		if sex := r.Record.Str("sex"); sex != "" && sex != p.Str("sex") {
			return false
		}
		if r.id != "" && id != "" {
			return distance(r.id, id) == 1
		}
		return r.joined(p)
	}))
}

// joined reports whether both became members on the same day.
func (r *row) joined(p *person) bool {
	day := r.Record.Date("joined_on")
	return day != "" && day == p.Date("joined_on")
}

// alikeDays reports whether two days differ in the year, the month or the day alone.
func alikeDays(a, b model.Date) bool {
	if len(a) != 10 || len(b) != 10 {
		return false
	}
	same := 0
	for _, part := range [][2]int{{0, 4}, {5, 7}, {8, 10}} {
		if a[part[0]:part[1]] == b[part[0]:part[1]] {
			same++
		}
	}
	return same >= 2
}
