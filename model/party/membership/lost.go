package membership

import (
	"slices"

	"taizhang/model"
)

// Loss is one who was a member and is none any more, and whom no movement explains.
type Loss struct {
	Person *model.Record // as it was held
	Now    *model.Record // as it stands, nil for a record that is gone
}

// Deleted tells of a loss that the record itself is gone or lies in the recycle bin.
func (l Loss) Deleted() bool { return l.Now == nil || l.Now.DeletedAt != "" }

// Unexplained gives those of the members held who are none any more without a movement
// that ends their membership (design.md §10: a member may not vanish), in the order of
// held. now are all persons as they stand and moves all movements, deleted ones too. One
// is not missed who
//
//   - has left by a movement, also where the record was deleted afterwards;
//   - stands once more among the members, under another record: of two records of one
//     person, one was deleted;
//   - was put on file in the month itself without being 期初在册, and deleted again: the
//     month in which they would have counted is not over.
func Unexplained(held, now, moves []*model.Record, month model.Month) []Loss {
	present := make(map[string]*model.Record, len(now))
	twins := newTwins()
	for _, p := range now {
		present[p.ID] = p
		if p.DeletedAt == "" && IsMember(p) {
			twins.add(p)
		}
	}
	by := map[string][]*model.Record{}
	for _, m := range moves {
		if m.Filled("person") && m.Filled("happened_on") {
			by[m.Str("person")] = append(by[m.Str("person")], m)
		}
	}
	var lost []Loss
	for _, p := range held {
		n := present[p.ID]
		switch {
		case !IsMember(p) || n != nil && n.DeletedAt == "" && IsMember(n):
		case leftByMovement(p, by[p.ID]), twins.has(p), mistyped(Loss{p, n}, by[p.ID], month):
		default:
			lost = append(lost, Loss{Person: p, Now: n})
		}
	}
	return lost
}

// leftByMovement tells whether by the movements one who was a member is none.
func leftByMovement(held *model.Record, moves []*model.Record) bool {
	standing := slices.DeleteFunc(slices.Clone(moves), func(m *model.Record) bool { return m.DeletedAt != "" })
	c := newCourse(held, standing)
	return len(c.passages) > 0 && !c.passages[len(c.passages)-1].in
}

// mistyped tells of one who was put on file in a month and deleted before it was over.
func mistyped(l Loss, moves []*model.Record, month model.Month) bool {
	at := l.Person.CreatedAt
	return l.Deleted() && len(at) >= len(month) && model.Month(at[:len(month)]) == month &&
		!slices.ContainsFunc(moves, func(m *model.Record) bool { return m.Is("kind", Opening) })
}

// twins knows persons by what tells that two records are about one.
type twins struct {
	numbers map[string]bool
	born    map[string][]string // the ID numbers of those of one name and birth date
}

func newTwins() twins { return twins{map[string]bool{}, map[string][]string{}} }

func (t twins) add(p *model.Record) {
	if n := p.Str("id_number"); n != "" {
		t.numbers[n] = true
	}
	if p.Filled("birth_date") {
		key := p.Str("name") + "\x00" + p.Str("birth_date")
		t.born[key] = append(t.born[key], p.Str("id_number"))
	}
}

// has tells whether one is known: by the ID number, or by name and birth date where one
// of the two has no number (design.md §5).
func (t twins) has(p *model.Record) bool {
	n := p.Str("id_number")
	if n != "" && t.numbers[n] {
		return true
	}
	return p.Filled("birth_date") && slices.ContainsFunc(t.born[p.Str("name")+"\x00"+p.Str("birth_date")], func(other string) bool { return n == "" || other == "" })
}
