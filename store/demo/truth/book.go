package truth

import (
	"cmp"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party"
)

// book is one organisation's record book as it is counted over a span.
type book struct {
	*Count
	Span
	home    *model.Record
	records map[string][]*model.Record
	persons map[string]*model.Record
	courses map[string]*course

	status    map[string]string // of the members at the day: 正式党员, 预备党员
	brought   []*model.Record   // positions that were held in another organisation, brought along
	positions []*model.Record   // open at the day
	committee map[string]bool
	cadres    map[string]bool
	secretary map[string][]*model.Record // their offices as secretary
	ventures  map[string]bool            // who has an undertaking open at the day
}

// open reads an organisation's book for a span.
func (t *Count) open(o Org, s Span) *book {
	b := &book{Count: t, Span: s, home: o.Home, records: map[string][]*model.Record{},
		persons: map[string]*model.Record{}, status: map[string]string{}, committee: map[string]bool{}, cadres: map[string]bool{},
		secretary: map[string][]*model.Record{}, ventures: map[string]bool{}}
	for kind, all := range o.Records {
		for _, r := range all {
			apart := t.county && r.Kind.Field("kept_as") != nil && !r.Is("kept_as", party.KeptHere)
			if r.DeletedAt == "" && !apart {
				b.records[kind] = append(b.records[kind], r)
			}
		}
	}
	for _, p := range b.records["person"] {
		b.persons[p.ID] = p
	}
	b.readCourses()
	b.leaveOutBrought()
	for id := range b.persons {
		if status := b.memberAt(id, b.To); status != "" {
			b.status[id] = status
		}
	}
	for _, p := range b.openOnes("position") {
		who := p.Str("person")
		if b.persons[who] == nil {
			continue
		}
		b.positions = append(b.positions, p)
		b.cadres[who] = true
		if p.Is("body", "党组织", "村民委员会", "居民委员会", "乡镇领导班子") {
			b.committee[who] = true
		}
		if p.Is("body", "党组织") && p.Is("post", "书记") {
			b.secretary[who] = append(b.secretary[who], p)
		}
	}
	for _, u := range b.openOnes("undertaking") {
		b.ventures[u.Str("owner")] = true
	}
	return b
}

// member gives a member at the day, or nil.
func (b *book) member(id string) *model.Record {
	if b.status[id] == "" {
		return nil
	}
	return b.persons[id]
}

// members gives those at the day, in the order of the records.
func (b *book) members() []*model.Record {
	return slices.DeleteFunc(slices.Clone(b.records["person"]), func(p *model.Record) bool { return b.status[p.ID] == "" })
}

// openAt tells whether something has begun and not ended on a day.
func openAt(r *model.Record, begin, end string, day model.Date) bool {
	from, to := r.Date(begin), r.Date(end)
	return from != "" && from <= day && (to == "" || to > day)
}

// inForce is openAt for what may have begun at a day that is not known.
func inForce(r *model.Record, begin, end string, day model.Date) bool {
	from, to := r.Date(begin), r.Date(end)
	return from <= day && (to == "" || to > day)
}

// openOnes gives the records of a kind that are open at the day.
func (b *book) openOnes(kind string) []*model.Record {
	var all []*model.Record
	for _, r := range b.records[kind] {
		if openAt(r, "started_on", "ended_on", b.To) {
			all = append(all, r)
		}
	}
	return all
}

// within gives the records of a kind with a date in the span.
func (b *book) within(kind, date string) []*model.Record {
	var all []*model.Record
	for _, r := range b.records[kind] {
		if b.holds(r.Date(date)) {
			all = append(all, r)
		}
	}
	return all
}

// is tells of a person on file what a function tells; false of one who is not.
func (b *book) is(id string, f func(*model.Record) bool) bool {
	p := b.persons[id]
	return p != nil && f(p)
}

// nameAndUnit is who somebody is who is not on file.
func nameAndUnit(name, unit string) string {
	if name, unit = strings.TrimSpace(name), strings.TrimSpace(unit); name != "" {
		return name + "\x1f" + unit
	}
	return ""
}

func bothLeader(p *model.Record) bool { return p.Bool("both_leader") }

// secondary tells of schooling of 高中 and more.
func secondary(p *model.Record) bool {
	return p.Is("education", "高中", "职高", "技校", "中专", "大专", "本科", "研究生")
}

// atMost35 and atLeast60 tell of an age at a day, the birthday included.
func atMost35(p *model.Record, day model.Date) bool {
	return p.Filled("birth_date") && p.Date("birth_date").YearsAt(day) <= 35
}

func atLeast60(p *model.Record, day model.Date) bool {
	return p.Filled("birth_date") && p.Date("birth_date").YearsAt(day) >= 60
}

// months gives the months of the span, up to the day.
func (s Span) months() []model.Month {
	var all []model.Month
	for m := s.From.Month(); m <= s.To.Month(); m = m.Add(1) {
		all = append(all, m)
	}
	return all
}

// byDay orders by a date, then by id.
func byDay(date string) func(a, b *model.Record) int {
	return func(a, b *model.Record) int {
		return cmp.Or(cmp.Compare(a.Str(date), b.Str(date)), cmp.Compare(a.ID, b.ID))
	}
}
