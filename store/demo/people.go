package demo

import (
	"cmp"
	"fmt"
	"slices"

	"taizhang/model"
)

// Person is a made-up person before it becomes a record.
type Person struct {
	Name, Sex, Ethnicity, Education string
	Birth                           model.Date
	IDNumber, Phone, Address        string
	Joined, Confirmed               model.Date // "" for one who is no member
}

// band is a span of ages, both included.
type band struct{ from, to int }

// The ages of a village's members: of every village, and of the demo's village,
// of whose 115 members 65 are old or weak (figure F29 of domain.md §11.1).
var (
	usualAges = []share[band]{{band{20, 30}, 6}, {band{31, 35}, 6}, {band{36, 40}, 7}, {band{41, 45}, 8}, {band{46, 50}, 10},
		{band{51, 55}, 12}, {band{56, 60}, 11}, {band{61, 65}, 12}, {band{66, 70}, 12}, {band{71, 90}, 16}}
	oldAges = []share[band]{{band{21, 30}, 5}, {band{31, 35}, 5}, {band{36, 40}, 6}, {band{41, 45}, 6}, {band{46, 50}, 8},
		{band{51, 55}, 9}, {band{56, 60}, 10}, {band{61, 65}, 13}, {band{66, 70}, 15}, {band{71, 90}, 23}}
)

// schooling is the education by year of birth.
var schooling = []struct {
	until  int
	shares []share[string]
}{
	{1950, []share[string]{{"小学", 55}, {"初中", 35}, {"高中", 10}}},
	{1970, []share[string]{{"小学", 15}, {"初中", 50}, {"高中", 20}, {"中专", 10}, {"大专", 5}}},
	{1985, []share[string]{{"初中", 45}, {"高中", 17}, {"中专", 13}, {"职高", 5}, {"大专", 16}, {"本科", 4}}},
	{9999, []share[string]{{"初中", 12}, {"高中", 12}, {"中专", 10}, {"技校", 6}, {"大专", 35}, {"本科", 24}, {"研究生", 1}}},
}

// crowd makes up the people of one place.
type crowd struct {
	d     *dice
	place Place
	today model.Date
	names *namer
	ids   *idNumbers
	calls *phones
}

// newCrowd begins a place's people; ids and phones are shared by places of one
// county, so that no number occurs twice in it.
func newCrowd(d *dice, place Place, today model.Date, ids *idNumbers, calls *phones) *crowd {
	return &crowd{d, place, today, newNamer(d), ids, calls}
}

// members gives n full members in the shares of ages, of them women in the share
// of perCent, the oldest in the party first.
func (c *crowd) members(n int, ages []share[band], perCent int) []*Person {
	bands := dealt(c.d, n, ages)
	sexes := dealt(c.d, n, []share[string]{{"女", perCent}, {"男", 100 - perCent}})
	people := make([]*Person, n)
	for i := range people {
		people[i] = c.adult(sexes[i], bands[i].from, bands[i].to)
		c.join(people[i])
	}
	slices.SortStableFunc(people, func(a, b *Person) int { return cmp.Compare(a.Joined, b.Joined) })
	return people
}

// adult gives one who is no member, of an age between the two.
func (c *crowd) adult(sex string, from, to int) *Person {
	years := c.d.between(from, to)
	birth := c.today.AddYears(-years).AddDays(-c.d.between(0, 360))
	p := &Person{Sex: sex, Birth: birth, Ethnicity: "汉族", Name: c.names.name(birth.Year(), sex)}
	p.IDNumber = c.ids.next(birth, sex)
	p.Phone = c.calls.next()
	p.Address = fmt.Sprintf("%s%s组%d号", c.place.Name, chineseDigits[c.d.between(1, 8)], c.d.between(1, 86))
	for _, s := range schooling {
		if birth.Year() < s.until {
			p.Education = weigh(c.d, s.shares)
			break
		}
	}
	return p
}

// anyone is adult of either sex.
func (c *crowd) anyone(from, to int) *Person {
	return c.adult(weigh(c.d, []share[string]{{"男", 60}, {"女", 40}}), from, to)
}

// join makes the person a full member of long standing: joined at twenty to
// forty-five, and two years ago at the latest.
func (c *crowd) join(p *Person) {
	last := c.today.AddMonths(-26)
	joined := p.Birth.AddYears(c.d.triangular(20, 27, 45)).AddDays(c.d.between(0, 364))
	if joined > last {
		joined = last.AddDays(-c.d.between(0, 200))
	}
	joined = max(workday(joined), p.Birth.AddYears(18).AddDays(3))
	p.Joined, p.Confirmed = joined, probationEnd(joined)
}

// probationEnd is the day on which one who joined then became a full member:
// there was no probation from April 1969 to August 1977 (records.md, person).
func probationEnd(joined model.Date) model.Date {
	if "1969-04-01" <= joined && joined <= "1977-08-11" {
		return joined
	}
	return joined.AddYears(1)
}

// fields gives the person's own fields.
func (p *Person) fields() fields {
	return fields{
		"name": p.Name, "sex": p.Sex, "id_number": p.IDNumber, "birth_date": p.Birth, "ethnicity": p.Ethnicity,
		"education": p.Education, "native_place": prefectureName + countyName, "phone": p.Phone, "address": p.Address,
		"joined_on": p.Joined, "confirmed_on": p.Confirmed,
	}
}
