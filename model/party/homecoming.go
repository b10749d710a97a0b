package party

import (
	"cmp"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// ScreenHomecoming is the name of the screen made for R-MOB-05.
const ScreenHomecoming = "homecoming"

// homecomingDue: the return at the spring festival is the time to meet those away
// (domain.md §6.1).
var homecomingDue = model.DueItem{
	Code: "R-MOB-05", Text: "春节前后流动党员回乡,要见面联系、核对地点和电话", Line: "%d 名流动党员春节回乡还没有登记",
	Source: sourceAway, Screen: ScreenHomecoming, Limits: []string{"spring.before.days", "spring.after.days"}, Find: dueHomecoming,
}

// HomecomingSeason gives the days around the spring festival of the year of today in
// which mobile members come home; ok is false where the festival's day is not known.
func HomecomingSeason(env *model.Env) (from, festival, to model.Date, ok bool) {
	festival, ok = model.SpringFestival(env.Today.Year())
	if !ok {
		return "", "", "", false
	}
	before, after := env.Packs.Limit("spring.before.days", festival), env.Packs.Limit("spring.after.days", festival)
	return festival.AddDays(-before.Int()), festival, festival.AddDays(after.Int()), true
}

func dueHomecoming(x *model.DueExam) {
	from, festival, to, ok := HomecomingSeason(x.Env)
	if !ok || x.Today < from || x.Today > to {
		return
	}
	seen := contacts(x, from)
	membership.EachMember(x, func(p *model.Record) {
		if p.Filled("away") && seen[p.ID] == "" {
			x.AddOf(x.Limit("spring.after.days"), p, to, model.Soon, "%s 是春节,在外党员回乡,请见面或联系一次,核对地点、电话和党费,并登记", festival)
		}
	}, nil)
}

// contacts gives of each person the last day from a day on on which somebody was in
// contact by the visits and talks on file.
func contacts(x *model.DueExam, from model.Date) map[string]model.Date {
	last := map[string]model.Date{}
	for _, v := range x.Find("visit", model.Where("person", model.Filled), model.Where("happened_on", model.Ge, string(from)), model.Where("happened_on", model.Le, string(x.Today))) {
		last[v.Str("person")] = max(last[v.Str("person")], v.Date("happened_on"))
	}
	for _, t := range x.Find("talk", model.Where("held_on", model.Ge, string(from)), model.Where("held_on", model.Le, string(x.Today))) {
		last[t.Str("person")] = max(last[t.Str("person")], t.Date("held_on"))
	}
	return last
}

// Homecomer is a mobile member, with what is on file that a meeting at home can put
// right.
type Homecomer struct {
	Person *model.Record
	Last   model.Date    // of contact in the last twelve months; "" for none
	Owed   []model.Month // months up to this one for which nothing was paid, in order
}

// Homecomers gives the members away, in the order of their outings, and the branch
// secretary of the day, nil where none is in office.
func Homecomers(env *model.Env) (all []Homecomer, secretary *model.Record, err error) {
	err = model.LookInto(env, func(x *model.DueExam) {
		seen := contacts(x, x.Today.AddMonths(-12))
		book := readDues(x)
		month := x.Today.Month()
		paid := map[string]bool{}
		for _, d := range x.Find("dues", model.Where("month", model.Eq, string(month))) {
			paid[d.Str("person")] = true
		}
		for _, p := range membership.Members(x) {
			if !p.Filled("away") {
				continue
			}
			h := Homecomer{Person: p, Last: seen[p.ID]}
			a, _ := book.arrear(x, p)
			for _, m := range a.months {
				if m.paid == 0 {
					h.Owed = append(h.Owed, m.month)
				}
			}
			if !p.Is("dues_basis", "免交") && !paid[p.ID] && paysFrom(x, p) <= month {
				h.Owed = append(h.Owed, month)
			}
			all = append(all, h)
		}
		for _, r := range x.Find("position", model.Where("body", model.Eq, "党组织"), model.Where("post", model.Eq, "书记"), model.Where("ended_on", model.Empty)) {
			if p := membership.Person(x, r.Str("person")); p != nil {
				secretary = p
			}
		}
	})
	model.Sort(all, func(a, b Homecomer) int {
		return cmp.Compare(a.Person.Str("away_since"), b.Person.Str("away_since"))
	})
	return all, secretary, err
}

// The answers to 回来了.
const (
	BackForNow  = "回来过节"
	BackForGood = "不再外出"
)

// Meeting is what was learnt of one mobile member at the homecoming.
type Meeting struct {
	Homecomer
	Back  string // "", BackForNow or BackForGood
	Means string // how they were met, as a visit's 方式; "" for not at all
	Place string // where they live away from home
	Phone string // as typed; "" leaves it
	Pays  bool   // the months owed are paid, by the standing amount
	Talk  bool   // a talk was held
}

// Touched tells whether anything was written about the member.
func (m *Meeting) Touched() bool {
	return m.Back != "" || m.Means != "" || m.Pays || m.Talk || m.Phone != "" || m.Place != m.Person.Str("away_place")
}

// Fen is what the member pays, in fen; ok is false where no standing amount is on file
// of a month.
func (m *Meeting) Fen() (sum int64, ok bool) {
	for _, month := range m.Owed {
		fen := standingDues(m.Person, month)
		if fen == 0 {
			fen = m.Person.Int("monthly_dues")
		}
		if fen == 0 {
			return 0, false
		}
		sum += fen
	}
	return sum, len(m.Owed) > 0
}

// HomecomingRecords gives the records that say what was learnt, in the order in which
// they are to be saved: persons first, then what happened to them. *model.Error with the
// field's name: E-HOME-WHO (a talk or a visit without a secretary on file), E-HOME-DUES
// (no standing amount), and what the type of a phone says.
func HomecomingRecords(env *model.Env, secretary *model.Record, all []Meeting) ([]*model.Record, error) {
	var persons, rest []*model.Record
	for i := range all {
		m := &all[i]
		if !m.Touched() {
			continue
		}
		p, err := m.person()
		if err != nil {
			return nil, err
		}
		if len(model.Diff(m.Person, p)) > 0 {
			persons = append(persons, p)
		}
		if (m.Means != "" || m.Back != "" || m.Talk) && secretary == nil {
			return nil, &model.Error{Code: "E-HOME-WHO", Field: "Means", Message: "任职里还没有在任的党组织书记,不知道是谁联系的;请先在“任职”里登记书记"}
		}
		some, err := m.records(env, secretary)
		if err != nil {
			return nil, err
		}
		rest = append(rest, some...)
	}
	return append(persons, rest...), nil
}

// person gives the member with place and phone as they are now known.
func (m *Meeting) person() (*model.Record, error) {
	p := m.Person.Clone()
	if m.Phone != "" {
		f := p.Kind.MustField("phone")
		v, err := f.Type.Parse(f, m.Phone)
		if err != nil {
			return nil, &model.Error{Code: "E-HOME-PHONE", Field: "Phone", Message: m.Person.Str("name") + "的电话:" + err.Error()}
		}
		p.Set("phone", v)
	}
	switch {
	case m.Back == BackForGood: // the movement empties it
	case m.Place == "":
		return nil, &model.Error{Code: "E-HOME-PLACE", Field: "Place", Message: m.Person.Str("name") + "的外出流向空着,请写现在在哪里"}
	default:
		p.Set("away_place", m.Place)
	}
	return p, nil
}

func (m *Meeting) records(env *model.Env, secretary *model.Record) ([]*model.Record, error) {
	var all []*model.Record
	add := func(kind string, set map[string]model.Value) {
		r := model.New(env, env.Kinds.Kind(kind))
		for name, v := range set {
			r.Set(name, v)
		}
		all = append(all, r)
	}
	today := string(env.Today)
	if m.Means != "" || m.Back != "" {
		content := "流动党员回乡登记"
		if m.Back != "" {
			content += ":" + m.Back
		}
		if m.Place != "" && m.Back != BackForGood {
			content += ";现在外出在" + m.Place
		}
		add("visit", map[string]model.Value{"happened_on": today, "kind": "联系流动党员", "person": m.Person.ID, "visited_by": secretary.Str("name"),
			"means": cmp.Or(m.Means, "来访"), "content": content})
	}
	if m.Talk {
		add("talk", map[string]model.Value{"held_on": today, "person": m.Person.ID, "talker": secretary.ID, "topic": "流动党员回乡谈心"})
	}
	if m.Pays {
		if _, ok := m.Fen(); !ok {
			return nil, &model.Error{Code: "E-HOME-DUES", Field: "Pays", Message: m.Person.Str("name") + "还没有核定月缴党费,不知道交多少;请先在人员里填“月缴党费”"}
		}
		for _, month := range m.Owed {
			fen := standingDues(m.Person, month)
			if fen == 0 {
				fen = m.Person.Int("monthly_dues")
			}
			add("dues", map[string]model.Value{"person": m.Person.ID, "month": string(month), "amount": fen, "paid_on": today, "method": "现金"})
		}
	}
	if m.Back == BackForGood {
		add("movement", map[string]model.Value{"person": m.Person.ID, "kind": "流动返回", "happened_on": today})
	}
	return all, nil
}
