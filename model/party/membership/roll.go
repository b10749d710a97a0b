package membership

import (
	"slices"

	"taizhang/model"
)

// fullMember is what the roll has to know of one.
type fullMember struct {
	since model.Date // of full membership
	turns []turn
	until model.Date // the day of leaving of one without a turn, "" for one who is here
	mute  bool       // the rights are suspended
	terms []term     // of 留党察看, during which there is no vote
}

// turn is a beginning or an end of a membership. An opening is a beginning that only
// says since when the book is kept.
type turn struct {
	day     model.Date
	in      bool
	opening bool
}

// term is a time from its first day to its last.
type term struct{ from, to model.Date }

// roll is a record book's full members over time.
type roll struct {
	opened model.Date // the day of the first 期初在册; today where there is none
	all    []fullMember
}

// VotersOn counts those who had a vote in the branch on a day by the member list and
// the movements: full members whose membership was here and whose rights are not
// suspended, those too whom the branch doesn't count as due. known is false where the
// list can't tell: nobody is on file, or the day lies long before the book was begun.
func VotersOn(x *model.Exam, day model.Date) (n int64, known bool) {
	r := rollOf(x)
	before := x.Packs.Limit("vote.roll.months", day).Int()
	if day == "" || len(r.all) == 0 || day < r.opened.AddMonths(-before) {
		return 0, false
	}
	for _, m := range r.all {
		n += int64(model.OneIf(!m.mute && m.on(day) && !slices.ContainsFunc(m.terms, func(t term) bool { return t.from <= day && day <= t.to })))
	}
	return n, true
}

// FullMembersOn counts the full members of the record's organisation on a day, as far as
// they are on file.
func FullMembersOn(x *model.Exam, day model.Date) (n int64) {
	for _, m := range rollOf(x).all {
		n += int64(model.OneIf(m.on(day)))
	}
	return n
}

func rollOf(x *model.Exam) roll {
	return model.Recall(x, "roll of "+x.Record.OrgID, func() roll { return readRoll(x) })
}

func readRoll(x *model.Exam) roll {
	own := model.OwnConds(x.Env, x.Record)
	var persons, moves []*model.Record
	x.Walk(PersonKind, []string{"status", "standing", "home_org", "joined_on", "confirmed_on", "left_on", "voting_suspended"},
		append(own, model.Where("status", model.Eq, "正式党员"), model.Where("standing", model.Ne, "组织关系在外")), func(p *model.Record) { persons = append(persons, p) })
	x.Walk(MovementKind, []string{"person", "kind", "happened_on", "penalty", "until"},
		append(model.OwnConds(x.Env, x.Record), model.Where("person", model.Filled), model.Where("happened_on", model.Filled)), func(m *model.Record) { moves = append(moves, m) })
	r, terms := roll{}, map[string][]term{}
	for _, m := range moves {
		if m.Is("kind", "处分") && m.Is("penalty", "留党察看") {
			terms[m.Str("person")] = append(terms[m.Str("person")], term{m.Date("happened_on"), probationOver(x, m)})
		}
		if day := m.Date("happened_on"); m.Is("kind", Opening) && (r.opened == "" || day < r.opened) {
			r.opened = day
		}
	}
	if r.opened == "" {
		r.opened = x.Today
	}
	for _, one := range Memberships(persons, moves) {
		p := one.Person
		v := fullMember{since: p.Date("confirmed_on"), mute: p.Bool("voting_suspended"), terms: terms[p.ID]}
		if v.since == "" {
			v.since = p.Date("joined_on")
		}
		for _, t := range one.Passages {
			v.turns = append(v.turns, turn{t.Day, t.In, t.Move.Is("kind", Opening)})
		}
		if HasLeft(p) {
			v.until = p.Date("left_on")
		}
		r.all = append(r.all, v)
	}
	return r
}

// on tells whether one was a full member here at the end of a day. Of the time before
// the first movement the best is taken: one whom the book was opened with was here.
func (v fullMember) on(day model.Date) bool {
	if v.since > day {
		return false
	}
	i := slices.IndexFunc(v.turns, func(t turn) bool { return t.day > day })
	switch {
	case len(v.turns) == 0 || i == 0 && !v.turns[0].in:
		return v.until == "" || v.until >= day
	case i == 0:
		return v.turns[0].opening
	case i < 0:
		return v.turns[len(v.turns)-1].in
	}
	return v.turns[i-1].in
}
