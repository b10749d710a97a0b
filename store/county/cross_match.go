package county

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
)

// crossing compares what the record books say of the same persons.
type crossing struct {
	CrossFacts
	home  string // the county's own organisation
	today model.Date

	byCode map[string]store.Unit // units of the list and those on file
	idOf   map[string]string     // the organisation's id by its code
	byName map[string]string     // code by name, "" where two units are called so
	// The transfers and members by ID number, and by name and birth date.
	moves  map[string][]*Transfer
	people map[string][]CrossPerson
}

func newCrossing(f CrossFacts, home string, today model.Date) *crossing {
	c := &crossing{CrossFacts: f, home: home, today: today, byCode: map[string]store.Unit{}, idOf: map[string]string{},
		byName: map[string]string{}, moves: map[string][]*Transfer{}, people: map[string][]CrossPerson{}}
	for id, u := range f.Orgs {
		c.byCode[u.Code], c.idOf[u.Code] = u, id
	}
	for _, u := range f.Roll { // the list says how townships are spelt
		c.byCode[u.Code] = u
	}
	for code, u := range c.byCode {
		c.call(plainName(u.Name), code)
		c.call(plainName(u.Township+u.Name), code)
	}
	for i := range f.Transfers {
		t := &f.Transfers[i]
		for _, k := range personKeys(t.Person) {
			c.moves[k] = append(c.moves[k], t)
		}
	}
	for _, p := range f.Alike {
		for _, k := range personKeys(p) {
			c.people[k] = append(c.people[k], p)
		}
	}
	return c
}

func (c *crossing) call(name, code string) {
	if have, taken := c.byName[name]; taken && have != code {
		code = ""
	}
	c.byName[name] = code
}

// plainName takes off what a party organisation's full name has before and behind
// its short one.
func plainName(name string) string {
	name = strings.TrimPrefix(model.Clean(strings.Join(strings.Fields(name), ""), false), "中共")
	for _, s := range [][2]string{{"总支部委员会", "党总支"}, {"支部委员会", "党支部"}, {"委员会", "党委"}} {
		if short, ok := strings.CutSuffix(name, s[0]); ok {
			return short + s[1]
		}
	}
	return name
}

// personKeys are what a person is found by in another record book.
func personKeys(p CrossPerson) []string {
	var keys []string
	if p.IDNumber != "" {
		keys = append(keys, p.IDNumber)
	}
	if p.Birth != "" {
		keys = append(keys, p.Name+"\n"+string(p.Birth))
	}
	return keys
}

// same tells whether two persons of different organisations are one: by ID number,
// or where one of the two has none by name and birth date.
func same(a, b CrossPerson) bool {
	if a.OrgID == b.OrgID {
		return false
	}
	if a.IDNumber != "" && b.IDNumber != "" {
		return a.IDNumber == b.IDNumber
	}
	return a.Name == b.Name && a.Birth == b.Birth && a.Birth != ""
}

// unit gives the unit of a code or a name as written; false when it is none of the
// county's.
func (c *crossing) unit(code, written string) (store.Unit, bool) {
	if u, ok := c.byCode[code]; ok {
		return u, true
	}
	if code != "" {
		return store.Unit{}, false
	}
	name := plainName(written)
	if code := c.byName[name]; code != "" {
		return c.byCode[code], true
	}
	// 澄安县云溪镇石桥村党支部: what stands before the township is the county's name.
	for at := range name {
		if code := c.byName[name[at:]]; code != "" && at > 0 && strings.HasPrefix(name[at:], c.byCode[code].Township) && c.byCode[code].Township != "" {
			return c.byCode[code], true
		}
	}
	return store.Unit{}, false
}

// side begins what is said to an organisation.
func (c *crossing) side(code string) CrossSide {
	u := c.byCode[code]
	return CrossSide{OrgID: c.idOf[code], Code: code, Org: u.Name, Township: u.Township}
}

func (c *crossing) sideOf(p CrossPerson, kind, id, field string) CrossSide {
	s := c.side(c.Orgs[p.OrgID].Code)
	s.Kind, s.ID, s.Field, s.Person = kind, id, field, p.Name
	return s
}

// The kinds and fields that the findings point to.
const (
	personKind, fieldIDNumber = membership.PersonKind, "id_number"
	moveKind, fieldMoveKind   = membership.MovementKind, "kind"
)

// twice names the members who are 在册 in two organisations or more.
func (c *crossing) twice() []CrossFinding {
	var found []CrossFinding
	for from := 0; from < len(c.Twice); {
		to := from + 1
		for to < len(c.Twice) && c.Twice[to].IDNumber == c.Twice[from].IDNumber {
			to++
		}
		same := c.reported(c.Twice[from:to])
		from = to
		if len(same) < 2 {
			continue
		}
		if f, ok := c.stayed(same); ok {
			found = append(found, f)
			continue
		}
		f := CrossFinding{Code: CrossTwice}
		var names []string
		for _, p := range same {
			f.Sides = append(f.Sides, c.sideOf(p, personKind, p.ID, fieldIDNumber))
			names = append(names, c.called(p))
		}
		for i := range f.Sides {
			others := slices.Delete(slices.Clone(names), i, i+1)
			f.Sides[i].Message = fmt.Sprintf("与%s身份证号相同,两边都在册;请与对方核对:是同一个人的,已转走的一边办理转出;不是的,改正写错的号码", strings.Join(others, "、"))
		}
		f.Text = strings.Join(names, "和") + "身份证号相同,都在册"
		found = append(found, f)
	}
	return found
}

// arrival gives the transfer by which a member came to where they are on the rolls, nil
// where none is on file.
func (c *crossing) arrival(p CrossPerson) (last *Transfer) {
	for _, k := range personKeys(p) {
		for _, t := range c.moves[k] {
			if !t.Out && t.Person.ID == p.ID && (last == nil || t.On >= last.On) {
				last = t
			}
		}
	}
	return last
}

// reported leaves out of those on the rolls of several organisations the one whose record
// book does not yet reach the day on which the member arrived elsewhere: where that is
// written down, it has not been sent.
func (c *crossing) reported(same []CrossPerson) []CrossPerson {
	return slices.DeleteFunc(slices.Clone(same), func(p CrossPerson) bool {
		return slices.ContainsFunc(same, func(other CrossPerson) bool {
			in := c.arrival(other)
			return in != nil && other.ID != p.ID && c.reach(c.Orgs[p.OrgID].Code) < in.On
		})
	})
}

// stayed tells of a member whom one of two organisations has taken in while the other has
// reported since and let nobody go: it says at once what to do, and to whom.
func (c *crossing) stayed(same []CrossPerson) (CrossFinding, bool) {
	if len(same) != 2 {
		return CrossFinding{}, false
	}
	for i, p := range same {
		old := same[1-i]
		in, earlier := c.arrival(p), c.arrival(old)
		if in == nil || earlier != nil && earlier.On >= in.On {
			continue
		}
		if u, known := c.unit(in.Code, in.Place); !known || u.Code != c.Orgs[old.OrgID].Code {
			continue
		}
		here, there := c.sideOf(p, moveKind, in.ID, fieldMoveKind), c.sideOf(old, personKind, old.ID, fieldIDNumber)
		here.Message = fmt.Sprintf("%s从%s转入,对方还在册,没有登记转出;请与对方核对介绍信", in.On.Chinese(), c.full(there.Code))
		there.Message = fmt.Sprintf("%s %s已登记从本组织转入,这里还在册;确已转走的请办理转出,没有转走的请告诉对方", c.called(p), in.On.Chinese())
		return CrossFinding{Code: CrossTwice, Day: in.On, Sides: []CrossSide{there, here},
			Text: fmt.Sprintf("%s %s从%s转入,%s还没有办转出,两边都在册", c.called(p), in.On.Chinese(), c.full(there.Code), c.full(there.Code))}, true
	}
	return CrossFinding{}, false
}

// called names a person with the organisation.
func (c *crossing) called(p CrossPerson) string {
	return model.Clean(c.full(c.Orgs[p.OrgID].Code)+"的“"+p.Name+"”", false)
}

// full names a unit with its township: village names come again in other townships.
func (c *crossing) full(code string) string {
	u := c.byCode[code]
	if u.Township == "" || strings.Contains(u.Name, u.Township) {
		return u.Name
	}
	return u.Township + u.Name
}

// reach is the last day of which an organisation's record book is known here, ""
// where nothing is.
func (c *crossing) reach(code string) model.Date {
	id := c.idOf[code]
	if id == c.home && id != "" {
		return c.today
	}
	month := c.Newest[code]
	if month == "" {
		return ""
	}
	return min(month.Last(), c.today)
}

// transfers names the transfers within the county of which the other side knows
// nothing after three months.
func (c *crossing) transfers() []CrossFinding {
	var found []CrossFinding
	for i, t := range c.Transfers {
		// Of a person's transfers in one record book the last is the one that holds.
		if i+1 < len(c.Transfers) && c.Transfers[i+1].Person.ID == t.Person.ID || t.On == "" {
			continue
		}
		own := c.Orgs[t.Person.OrgID].Code
		other, known := c.unit(t.Code, t.Place)
		if !known || other.Code == own || !c.overdue(t, other.Code) {
			continue
		}
		switch {
		case t.Out && t.Person.Standing == standingOut && !c.arrived(t, other.Code):
			found = append(found, c.lost(t, other.Code))
		case !t.Out && t.Person.OnRolls && c.Ended[c.idOf[other.Code]].RetiredOn == "" && !c.released(t, other.Code):
			found = append(found, c.unreleased(t, other.Code))
		}
	}
	return found
}

// standingOut is the standing of a person who has been transferred away.
const standingOut = "转出"

// overdue tells whether the other side's record book reaches beyond the time that a
// transfer may take, and had begun before it.
func (c *crossing) overdue(t Transfer, code string) bool {
	begun := c.Begun[c.idOf[code]]
	return c.reach(code) > t.lastDay() && begun <= t.On
}

// lastDay is the last day of the time that a transfer may take: three months, or for one
// who has left as long as the letter holds where that is less.
func (t Transfer) lastDay() model.Date {
	last := t.On.AddMonths(transferMonths)
	if t.Out && t.Until >= t.On && t.Until < last {
		return t.Until
	}
	return last
}

// since says how long a transfer has been waited for.
func (t Transfer) since() string {
	if last := t.lastDay(); last < t.On.AddMonths(transferMonths) {
		return "介绍信 " + string(last) + " 到期了"
	}
	return "三个月了"
}

// arrived tells whether another organisation has the member: by a transfer of its
// own, or on its rolls.
func (c *crossing) arrived(t Transfer, to string) bool {
	for _, k := range personKeys(t.Person) {
		for _, in := range c.moves[k] {
			if !in.Out && same(t.Person, in.Person) && in.On >= t.On.AddMonths(-transferMonths) && c.sure(t.Person, in.Person, to) {
				return true
			}
		}
		for _, p := range c.people[k] {
			if same(t.Person, p) && c.sure(t.Person, p, to) {
				return true
			}
		}
	}
	return false
}

// released tells whether another organisation has let the member go. One that has
// the member on its rolls still is named by twice, where the ID numbers are known.
func (c *crossing) released(t Transfer, from string) bool {
	for _, k := range personKeys(t.Person) {
		for _, out := range c.moves[k] {
			if out.Out && same(t.Person, out.Person) && out.On <= t.On.AddMonths(transferMonths) && c.sure(t.Person, out.Person, from) {
				return true
			}
		}
		for _, p := range c.people[k] {
			if p.IDNumber != "" && p.IDNumber == t.Person.IDNumber && p.OrgID != t.Person.OrgID {
				return true
			}
		}
	}
	return false
}

// sure tells whether two persons alike are one: name and birth date alone are
// enough only in the organisation that the transfer names.
func (c *crossing) sure(a, b CrossPerson, code string) bool {
	return a.IDNumber != "" && b.IDNumber != "" || c.Orgs[b.OrgID].Code == code
}

func (c *crossing) lost(t Transfer, to string) CrossFinding {
	own := c.sideOf(t.Person, moveKind, t.ID, fieldMoveKind)
	own.Message = fmt.Sprintf("%s转出到%s,%s对方还没有登记转入;请联系对方和本人,没有接收的由本支部继续管理", t.On.Chinese(), c.full(to), t.since())
	other := c.side(to)
	other.Person = t.Person.Name
	other.Message = fmt.Sprintf("%s %s转出到本组织,%s这里还没有登记转入;已经报到的请办理转入,没有报到的请告诉对方", c.called(t.Person), t.On.Chinese(), t.since())
	return CrossFinding{Code: CrossOut, Day: t.On, Sides: []CrossSide{own, other},
		Text: fmt.Sprintf("%s %s转出到%s,%s对方没有登记转入", c.called(t.Person), t.On.Chinese(), c.full(to), t.since())}
}

func (c *crossing) unreleased(t Transfer, from string) CrossFinding {
	own := c.sideOf(t.Person, moveKind, t.ID, fieldMoveKind)
	own.Message = fmt.Sprintf("%s从%s转入,三个月了对方没有登记转出;请与对方核对介绍信", t.On.Chinese(), c.full(from))
	other := c.side(from)
	other.Person = t.Person.Name
	other.Message = fmt.Sprintf("%s %s登记从本组织转入,三个月了这里没有登记转出;确已转走的请办理转出,没有转走的请告诉对方", c.called(t.Person), t.On.Chinese())
	return CrossFinding{Code: CrossIn, Day: t.On, Sides: []CrossSide{own, other},
		Text: fmt.Sprintf("%s %s从%s转入,三个月了对方没有登记转出", c.called(t.Person), t.On.Chinese(), c.full(from))}
}
