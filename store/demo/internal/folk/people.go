package folk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
)

// Person is a made-up person before it becomes a record.
type Person struct {
	Name, Sex, Ethnicity, Education string
	Birth                           model.Date
	IDNumber, Phone, Address        string
	Joined, Confirmed               model.Date // "" for one who is no member
}

// Band is a span of ages, both included.
type Band struct{ From, To int }

var (
	// UsualAges are the ages of any village's members.
	UsualAges = Ages("20-30:6 31-35:6 36-40:7 41-45:8 46-50:10 51-55:12 56-60:11 61-65:12 66-70:12 71-90:16")
	// OldAges are those of the demo's village, of whose 115 members 65 are old or weak
	// (figure F29 of domain.md §11.1).
	OldAges = Ages("21-30:5 31-35:5 36-40:6 41-45:6 46-50:8 51-55:9 56-60:10 61-65:13 66-70:15 71-90:23")
)

// Ages reads bands with their weights, as 21-30:5 31-35:5.
func Ages(text string) []dice.Share[Band] {
	var list []dice.Share[Band]
	for _, word := range strings.Fields(text) {
		var b Band
		var weight int
		if _, err := fmt.Sscanf(word, "%d-%d:%d", &b.From, &b.To, &weight); err != nil {
			panic("folk: ages that can't be read: " + word)
		}
		list = append(list, dice.Share[Band]{Value: b, Weight: weight})
	}
	return list
}

// schooling is the education by year of birth.
var schooling = []struct {
	until  int
	shares []dice.Share[string]
}{
	{1950, dice.Shares("小学55 初中35 高中10")},
	{1970, dice.Shares("小学15 初中50 高中20 中专10 大专5")},
	{1985, dice.Shares("初中45 高中17 中专13 职高5 大专16 本科4")},
	{9999, dice.Shares("初中12 高中12 中专10 技校6 大专35 本科24 研究生1")},
}

// Crowd makes up the people of one place.
type Crowd struct {
	Dice   *dice.Dice // also throws what a maker of a place asks beside
	place  Place
	Today  model.Date // the day at which their ages are meant
	names  *Namer
	IDs    *IDNumbers
	Phones *Phones
}

// NewCrowd begins a place's people; ids and phones are shared by places of one
// county, so that no number occurs twice in it.
func NewCrowd(d *dice.Dice, place Place, today model.Date, ids *IDNumbers, calls *Phones) *Crowd {
	return &Crowd{d, place, today, NewNamer(d), ids, calls}
}

// Members gives n full members in the shares of ages, of them women in the share
// of perCent, the oldest in the party first.
func (c *Crowd) Members(n int, ages []dice.Share[Band], perCent int) []*Person {
	bands := dice.Dealt(c.Dice, n, ages)
	sexes := dice.Dealt(c.Dice, n, []dice.Share[string]{{Value: "女", Weight: perCent}, {Value: "男", Weight: 100 - perCent}})
	people := make([]*Person, n)
	for i := range people {
		people[i] = c.Adult(sexes[i], bands[i].From, bands[i].To)
		c.Join(people[i])
	}
	slices.SortStableFunc(people, func(a, b *Person) int { return cmp.Compare(a.Joined, b.Joined) })
	return people
}

// Adult gives one who is no member, of an age between the two.
func (c *Crowd) Adult(sex string, from, to int) *Person {
	years := c.Dice.Between(from, to)
	birth := c.Today.AddYears(-years).AddDays(-c.Dice.Between(0, 360))
	p := &Person{Sex: sex, Birth: birth, Ethnicity: "汉族", Name: c.names.Name(birth.Year(), sex)}
	p.IDNumber = c.IDs.Next(birth, sex)
	p.Phone = c.Phones.next()
	p.Address = fmt.Sprintf("%s%s组%d号", c.place.Name, ChineseDigits[c.Dice.Between(1, 8)], c.Dice.Between(1, 86))
	for _, s := range schooling {
		if birth.Year() < s.until {
			p.Education = dice.Weigh(c.Dice, s.shares)
			break
		}
	}
	return p
}

// Anyone is Adult of either sex.
func (c *Crowd) Anyone(from, to int) *Person {
	return c.Adult(dice.Weigh(c.Dice, dice.Shares("男60 女40")), from, to)
}

// Join makes the person a full member of long standing: joined at twenty to
// forty-five, and two years ago at the latest.
func (c *Crowd) Join(p *Person) {
	last := c.Today.AddMonths(-26)
	joined := p.Birth.AddYears(c.Dice.Triangular(20, 27, 45)).AddDays(c.Dice.Between(0, 364))
	if joined > last {
		joined = last.AddDays(-c.Dice.Between(0, 200))
	}
	joined = max(Workday(joined), p.Birth.AddYears(18).AddDays(3))
	p.Joined, p.Confirmed = joined, ProbationEnd(joined)
}

// ProbationEnd is the day on which one who joined then became a full member:
// there was no probation from April 1969 to August 1977 (records.md, person).
func ProbationEnd(joined model.Date) model.Date {
	if "1969-04-01" <= joined && joined <= "1977-08-11" {
		return joined
	}
	return joined.AddYears(1)
}

// Fields gives the fields of the person's record that the person brings along.
func (p *Person) Fields() map[string]any {
	return map[string]any{
		"name": p.Name, "sex": p.Sex, "id_number": p.IDNumber, "birth_date": p.Birth, "ethnicity": p.Ethnicity,
		"education": p.Education, "native_place": PrefectureName + CountyName, "phone": p.Phone, "address": p.Address,
		"joined_on": p.Joined, "confirmed_on": p.Confirmed,
	}
}

// OtherSex gives 女 for 男 and 男 for any other.
func OtherSex(sex string) string {
	if sex == "男" {
		return "女"
	}
	return "男"
}
