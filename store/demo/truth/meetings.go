package truth

import (
	"taizhang/model"
	"taizhang/model/party"
)

// meetingSort is one of the meetings of 三会一课.
type meetingSort struct {
	key, kind string
	months    int // of a period
	often     int64
}

var meetingSorts = []meetingSort{
	{"general", "支部党员大会", 3, 1}, {"committee", "支部委员会", 1, 1}, {"group", "党小组会", 1, 1},
	{"lecture", "党课", 3, 1}, {"theme", "主题党日", 1, 1},
}

// meetings counts 三会一课, B03: what was held, and of what each whole period asks
// for how much was.
func (b *book) meetings() {
	for _, s := range meetingSorts {
		for _, a := range b.within("activity", "held_on") {
			if countsAs(a, s.kind) {
				b.count("B03", s.key+"_held", "", a.ID, 1)
			}
		}
		for m := b.From.Month(); ; m = m.Add(s.months) {
			last := m.Add(s.months - 1).Last()
			if last > b.To {
				break
			}
			b.meetingsOf(s, Span{From: m.First(), To: last})
		}
	}
}

// meetingsOf counts one period.
func (b *book) meetingsOf(s meetingSort, period Span) {
	for _, o := range b.askedFor(s, period) {
		held := int64(0)
		for _, a := range b.records["activity"] {
			if countsAs(a, s.kind) && period.holds(a.Date("held_on")) && a.Is("kept_as", party.KeptHere) &&
				(s.key != "group" || a.Str("held_by") == o.ID) {
				held++
			}
		}
		b.count("B03", s.key+"_required", "", o.ID, s.often)
		b.count("B03", s.key+"_met", "", o.ID, min(held, s.often))
	}
}

// askedFor gives the organisations that have the body that meets, for the whole of a
// period: the home organisation, or its party groups.
func (b *book) askedFor(s meetingSort, period Span) []*model.Record {
	stands := func(o *model.Record) bool {
		gone := o.Date("abolished_on")
		return o.Date("founded_on") <= period.From && (gone == "" || gone > period.To)
	}
	switch {
	case s.key == "group":
		var groups []*model.Record
		for _, o := range b.records["organization"] {
			if o.Is("kind", "党小组") && stands(o) {
				groups = append(groups, o)
			}
		}
		return groups
	case len(b.status) == 0 || !stands(b.home):
		return nil
	case s.key == "committee" && b.committeeOn(period.From) < 3:
		return nil
	}
	return []*model.Record{b.home}
}

// committeeOn counts who held an office of the branch's committee on a day.
func (b *book) committeeOn(day model.Date) int {
	who := map[string]bool{}
	for _, p := range b.records["position"] {
		if p.Is("body", "党组织") && p.Is("post", "书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员") &&
			openAt(p, "started_on", "ended_on", day) {
			who[p.Str("person")] = true
		}
	}
	return len(who)
}
