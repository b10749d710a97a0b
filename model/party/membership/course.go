package membership

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// Entries are the movements by which a membership begins here.
var Entries = []string{"接收预备党员", "转入", "恢复党籍"}

// passage is a movement by which a membership here begins or ends.
type passage struct {
	move *model.Record
	day  model.Date
	in   bool
}

// course is one person's membership over time: what is on file, and the movements
// by date.
type course struct {
	person   *model.Record
	moves    []*model.Record
	passages []passage
}

// readCourses reads the persons and movements on file; none in a catalog without
// these kinds.
func readCourses(env *model.Env) (courses []course, err error) {
	err = eachCourse(env, func(c course) { courses = append(courses, c) })
	return courses, err
}

// move is what a course needs of a movement: a tenth of its record.
type move struct {
	id, person, kind, day string
	whole                 bool
}

func (m *move) record(k *model.Kind) *model.Record {
	r := model.NewRecord(k)
	r.Reserve(4)
	r.ID = m.id
	r.Set("person", m.person)
	r.Set("kind", m.kind)
	r.Set("happened_on", m.day)
	r.Set("whole_unit", m.whole)
	return r
}

// eachCourse calls fn with each person and their movements: of very many it holds what is
// needed of the movements alone.
func eachCourse(env *model.Env, fn func(course)) error {
	of := env.Kinds.Kind(MovementKind)
	if env.Kinds.Kind(PersonKind) == nil || of == nil {
		return nil
	}
	var all []move
	same := map[string]string{}
	look := model.Widely(env.Look)
	err := look.Walk(MovementKind, []string{"person", "kind", "happened_on", "whole_unit"},
		[]model.Cond{model.Where("person", model.Filled), model.Where("happened_on", model.Filled)}, func(m *model.Record) bool {
			all = append(all, move{strings.Clone(m.ID), strings.Clone(m.Str("person")), once(same, m.Str("kind")), once(same, m.Str("happened_on")), m.Bool("whole_unit")})
			return true
		})
	if err != nil {
		return fmt.Errorf("movements: %w", err)
	}
	byPerson := func(a, b move) int { return strings.Compare(a.person, b.person) }
	if !slices.IsSortedFunc(all, byPerson) {
		slices.SortStableFunc(all, byPerson)
	}
	return look.Walk(PersonKind, []string{"name", "status", "standing", "home_org", "left_on", "confirmed_on"}, nil, func(p *model.Record) bool {
		first, _ := slices.BinarySearchFunc(all, p.ID, func(m move, id string) int { return strings.Compare(m.person, id) })
		var moves []*model.Record
		for i := first; i < len(all) && all[i].person == p.ID; i++ {
			moves = append(moves, all[i].record(of))
		}
		fn(newCourse(p, moves))
		return true
	})
}

// once gives a text that comes again and again as one.
func once(same map[string]string, text string) string {
	kept, known := same[text]
	if !known {
		kept = strings.Clone(text)
		same[kept] = kept
	}
	return kept
}

// newCourse goes through a person's movements by date. One that can't follow on
// those before it (an error of its own) changes nothing; a second end of one
// membership, as after 停止党籍, doesn't either.
func newCourse(p *model.Record, moves []*model.Record) course {
	c := course{person: p, moves: moves}
	slices.SortStableFunc(c.moves, func(a, b *model.Record) int {
		return cmp.Or(cmp.Compare(a.Str("happened_on"), b.Str("happened_on")), CompareIDs(a, b))
	})
	state := stateUnknown
	for _, m := range c.moves {
		kind := m.Str("kind")
		after, ok := state.follow(kind)
		if !ok {
			continue
		}
		begins := kind == Opening || slices.Contains(Entries, kind)
		was := state.member() || state == stateUnknown && !begins && belonged(p)
		if now := after.member(); now != was && after != stateUnknown && (begins || was) {
			c.passages = append(c.passages, passage{m, m.Date("happened_on"), now})
		}
		state = after
	}
	return c
}

// member reports whether the state is that of a member here.
func (s standingState) member() bool { return slices.Contains(asMember, s) }

// belonged tells of one whose first movement is not the one by which they came
// whether they were a member here: not where the membership stood elsewhere.
func belonged(p *model.Record) bool { return IsOrWasMember(p) && !p.Filled("home_org") }

// entered tells whether by the movements the person was a member at the end of a
// day. Without one that begins the membership they were not.
func (c course) entered(day model.Date) bool {
	in := false
	for _, p := range c.passages {
		if p.day > day {
			break
		}
		in = p.in
	}
	return in
}

// onFile tells whether the person was a member at the end of a day by what stands
// on file today, with the movements since then taken back. Of one without a
// movement by which they came, only the day of typing them in is known.
func (c course) onFile(day model.Date) bool {
	came, gone := false, false
	for _, p := range c.passages {
		if p.day > day {
			return !p.in && (came || c.known(day))
		}
		came, gone = true, !p.in
	}
	// One who left without a movement was a member until then; left_on of one who
	// left by a movement may be a later one, as of 除名 after 停止党籍.
	left := !gone && HasLeft(c.person) && belonged(c.person) && c.person.Date("left_on") > day
	return (IsMember(c.person) || left) && (came || c.known(day))
}

// known tells whether the person's record was there on a day.
func (c course) known(day model.Date) bool {
	at := c.person.CreatedAt
	return len(at) >= 10 && model.Date(at[:10]) <= day
}

// probationary tells whether a member was probationary at the end of a day.
func (c course) probationary(day model.Date) bool {
	state, confirmed := stateUnknown, false
	for _, m := range c.moves {
		kind := m.Str("kind")
		if m.Date("happened_on") <= day {
			state, _ = state.follow(kind)
			confirmed = confirmed || kind == "转正"
			continue
		}
		if state == stateProbate || state == stateFull {
			break
		}
		switch kind { // whether probation was going on then
		case "转正", "延长预备期", "取消预备党员资格":
			return true
		case "接收预备党员":
			return false
		}
	}
	switch {
	case state == stateProbate:
		return true
	case state == stateFull || confirmed:
		return false
	}
	return c.person.Is("status", "预备党员") || c.person.Date("confirmed_on") > day
}

// why says what is wrong with a person that makes a difference, and what to do.
func (c course) why(b *Reckoning, before *ClosedMonth, was, actual bool) string {
	p := c.person
	if entered := c.entered(b.From.AddDays(-1)); before != nil && was != entered {
		month, text := before.Month.Chinese(), "%s结账时不在册,结账以后补登或改动了以前的变动;请核对,无误后对%s重新核对结账"
		if was {
			text = "%s结账时在册,结账以后补登或改动了以前的变动;请核对,无误后对%s重新核对结账"
		}
		return fmt.Sprintf(text, month, month)
	}
	var last *passage
	for i := range c.passages {
		if c.passages[i].day <= b.To {
			last = &c.passages[i]
		}
	}
	switch {
	case last != nil && !last.in && actual:
		return fmt.Sprintf("%s已办“%s”,名册上却仍在册;没有走的请删除那条变动,确已离开的删除后重新办理", last.day, last.move.Str("kind"))
	case actual:
		return "名册上在册,变动里却没有来路;台账开始时就在册的请办理变动,补登“期初在册”,后来才来的请删除这条人员,用办理变动的“来人”重新登记"
	case last != nil && !last.in:
		return fmt.Sprintf("%s办了“%s”,变动里却没有来路;请办理变动,补登“期初在册”,日期写台账开始的那一天", last.day, last.move.Str("kind"))
	case HasLeft(p):
		return fmt.Sprintf("名册上已是“%s”(%s),却没有办理变动;请从这个人的修改记录里恢复成在册,再办理变动", p.Str("standing"), p.Str("left_on"))
	}
	return fmt.Sprintf("变动里是在册党员,名册上却是%s、%s;请从这个人的修改记录里恢复,离开的要办理变动", p.Str("status"), p.Str("standing"))
}
