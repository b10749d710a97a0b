package truth

import (
	"cmp"
	"strings"

	"taizhang/model"
)

// passing is one who left an organisation for another, or came from one.
type passing struct {
	turn
	person          *model.Record
	home            *model.Record // the organisation
	number, born    string
	otherCode, name string // the other organisation
}

// passings notes who left and who came, to be paired when all organisations are known. The
// county alone knows both sides.
func (b *book) passings(prefix string, period Span) {
	if !b.county {
		return
	}
	for id, c := range b.courses {
		for _, t := range c.turns {
			if !period.holds(t.day) || !t.move.Is("kind", "转入", "转出") {
				continue
			}
			p := passing{turn: t, person: b.persons[id], home: b.home, otherCode: t.move.Str("to_code"), name: t.move.Str("to_org")}
			if t.in {
				p.otherCode, p.name = t.move.Str("from_code"), t.move.Str("from_org")
			}
			p.number, p.born = p.person.Str("id_number"), p.person.Str("birth_date")
			b.across.passings[prefix] = append(b.across.passings[prefix], p)
		}
	}
}

// names tells whether a transfer says of an organisation that it is the other side.
func (p passing) names(o *model.Record) bool {
	if p.otherCode != "" {
		return p.otherCode == o.Str("code")
	}
	return o.Filled("name") && strings.HasSuffix(p.name, o.Str("name"))
}

// met tells whether somebody's coming is what another record calls leaving: by the ID number
// of one person within three months or where one side names the other, by name and birth
// date only so.
func met(out, in passing) bool {
	if out.home.ID == in.home.ID {
		return false
	}
	named := out.names(in.home) || in.names(out.home)
	if out.number != "" && in.number != "" {
		near := in.day >= out.day.AddMonths(-3) && in.day <= out.day.AddMonths(3)
		return out.number == in.number && (named || near)
	}
	return named && out.born != "" && out.born == in.born && out.person.Str("name") == in.person.Str("name")
}

// concludeWithin moves the transfers of which both sides are in the span from those who
// leave and come to those within the county.
func (t *Count) concludeWithin() {
	if t.whole != nil {
		t.concludePart()
		return
	}
	for prefix, all := range t.across.passings {
		model.Sort(all, func(a, b passing) int {
			return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.move.ID, b.move.ID))
		})
		taken := map[int]bool{}
		for _, out := range all {
			best, least := -1, 0
			for n, in := range all {
				if out.in || !in.in || taken[n] || !met(out, in) {
					continue
				}
				if d := daysApart(out.day, in.day); best < 0 || d < least {
					best, least = n, d
				}
			}
			if best >= 0 {
				taken[best] = true
				t.within(prefix+"within_out", prefix, out)
				t.within(prefix+"within_in", prefix, all[best])
				t.inside[prefix+out.move.ID], t.inside[prefix+all[best].move.ID] = true, true
			}
		}
	}
}

// Part begins a count of a part of the county, a township or one organisation: transfers
// within are those of which both sides are in the county. All of the county is added to t
// before the part's numbers are asked for.
func (t *Count) Part() *Count {
	part := New(t.county, t.year, t.window)
	part.whole = t
	return part
}

// concludePart does for a part of the county what concludeWithin does for all of it.
func (t *Count) concludePart() {
	t.whole.conclude()
	for prefix, all := range t.across.passings {
		for _, p := range all {
			switch {
			case !t.whole.inside[prefix+p.move.ID]:
			case p.in:
				t.within(prefix+"within_in", prefix, p)
			default:
				t.within(prefix+"within_out", prefix, p)
			}
		}
	}
}

// within takes one side of a transfer off the lines of Table 1 on which it was put.
func (t *Count) within(figure, prefix string, p passing) {
	t.count("A11", figure, "", p.move.ID, 1)
	for _, line := range turnLines(p.turn) {
		t.tallies["A11."+prefix+line].counts[""]--
	}
}

func daysApart(a, b model.Date) int {
	return int(max(a, b).Time().Sub(min(a, b).Time()).Hours() / 24)
}
