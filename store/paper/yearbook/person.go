package yearbook

import (
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// person is one on file with what the tables ask of them at the day.
type person struct {
	r            *model.Record
	home         *model.Record // the unit whose record it is
	day          model.Date
	member       bool // at the day
	probationary bool
	moves        []*model.Record // by date, later ones too
	passages     []membership.Passage
	stays        []membership.Stay
	elsewhere    []membership.Stay // before transfers in
	posts        []*model.Record   // held at the day
}

// broughtAlong tells of a day whether what is dated on it was done in another organisation.
func (p *person) broughtAlong(day model.Date) bool {
	for _, s := range p.elsewhere {
		if s.From <= day && day < s.Until {
			return true
		}
	}
	return false
}

func (p *person) age() int { return p.r.Date("birth_date").YearsAt(p.day) }

// domain is that of the unit, "" where it is not known.
func (p *person) domain() string {
	if p.home == nil {
		return ""
	}
	return p.home.Str("domain")
}

func women(p *person) answer { return when(p.r.Is("sex", "女")) }

// minority: 少数民族 is every other than 汉族 (domain.md §2.2).
func minority(p *person) answer {
	return when(p.r.Filled("ethnicity") && !p.r.Is("ethnicity", "汉族"))
}

// taiwanese is told by the native place, which few ledgers keep.
func taiwanese(p *person) answer {
	if !p.r.Filled("native_place") {
		return unclear
	}
	return when(len([]rune(p.r.Str("native_place"))) >= 2 && string([]rune(p.r.Str("native_place"))[:2]) == "台湾")
}

// aged is those from one age to another in full years; 0 is no limit.
func aged(from, to int) func(*person) answer {
	return func(p *person) answer {
		return when(p.r.Filled("birth_date") && p.age() >= from && (to == 0 || p.age() <= to))
	}
}

// joins are the times of joining, from the day after the one before (domain.md §8.3).
var joins = []struct {
	label string
	last  model.Date
}{
	{"1937年7月6日及以前", "1937-07-06"},
	{"1937年7月7日至1945年9月2日", "1945-09-02"},
	{"1945年9月3日至1949年9月", "1949-09-30"},
	{"1949年10月至1966年4月", "1966-04-30"},
	{"1966年5月至1976年10月", "1976-10-31"},
	{"1976年11月至1978年12月", "1978-12-31"},
	{"1979年1月至2002年10月", "2002-10-31"},
	{"2002年11月至2012年10月", "2012-10-31"},
	{"2012年11月及以后", "9999-12-31"},
}

// joined makes a class of each time of joining.
func joined(deep int) []class[*person] {
	var all []class[*person]
	after := model.Date("0000-00-00")
	for _, j := range joins {
		first, last := after, j.last
		all = append(all, class[*person]{label: j.label, deep: deep, is: func(p *person) answer {
			d := p.r.Date("joined_on")
			return when(d != "" && d > first && d <= last)
		}})
		after = last
	}
	return all
}

// schooled is those whose education is one of these.
func schooled(of ...string) func(*person) answer {
	return func(p *person) answer { return when(p.r.Is("education", of...)) }
}

// The bands of education of domain.md §2.3.
var (
	college   = schooled("大专", "本科", "研究生")
	secondary = schooled("高中", "职高", "技校")
	primary   = schooled("初中", "小学", "其他")
)

// holds tells whether the person holds one of these posts of a body; none is any.
func (p *person) holds(body string, posts ...string) bool {
	return slices.ContainsFunc(p.posts, func(r *model.Record) bool {
		return r.Is("body", body) && (len(posts) == 0 || r.Is("post", posts...))
	})
}

// last gives the newest movement of these kinds up to a day, nil for none.
func (p *person) last(day model.Date, kinds ...string) *model.Record {
	var found *model.Record
	for _, m := range p.moves {
		if m.Is("kind", kinds...) && m.Date("happened_on") <= day {
			found = m
		}
	}
	return found
}
