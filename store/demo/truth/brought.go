package truth

import (
	"slices"

	"taizhang/model"
)

// What was done in another organisation, before somebody came from there, counts there.

// stoodElsewhere tells whether a day lies before one on which a person came by transfer, and
// not before the day on which they had left here earlier.
func (b *book) stoodElsewhere(person string, day model.Date) bool {
	_, arrived := b.awayFrom(person, day)
	return arrived != ""
}

// awayFrom gives the time in another organisation in which a day lies: when a person had
// left, "" where they had never been here, and when they arrived, "" for no such time.
func (b *book) awayFrom(person string, day model.Date) (left, arrived model.Date) {
	c := b.courses[person]
	if c == nil || day == "" {
		return "", ""
	}
	for _, t := range c.turns {
		if t.day > day {
			if t.in && t.move.Is("kind", "转入") {
				return left, t.day
			}
			return "", ""
		}
		left = t.day
	}
	return "", ""
}

// leaveOutBrought takes what was brought along off the records that count.
func (b *book) leaveOutBrought() {
	leaveOut := func(kind string, is func(*model.Record) bool) (out []*model.Record) {
		b.records[kind] = slices.DeleteFunc(b.records[kind], func(r *model.Record) bool {
			if is(r) {
				out = append(out, r)
				return true
			}
			return false
		})
		return out
	}
	leaveOut("appraisal", func(r *model.Record) bool {
		day := r.Date("held_on")
		if day == "" {
			day = model.Date(r.Str("year") + "-01-01")
		}
		return b.stoodElsewhere(r.Str("person"), day)
	})
	leaveOut("movement", func(r *model.Record) bool {
		return r.Is("kind", "处分") && b.stoodElsewhere(r.Str("person"), r.Date("happened_on"))
	})
	b.brought = leaveOut("position", func(r *model.Record) bool {
		_, arrived := b.awayFrom(r.Str("person"), r.Date("started_on"))
		return arrived != "" && r.Filled("ended_on") && r.Date("ended_on") <= arrived
	})
}

// admitted gives the admissions approved here in the span.
func (b *book) admitted() []*model.Record {
	return slices.DeleteFunc(b.within("admission", "approved_on"), func(a *model.Record) bool {
		return b.stoodElsewhere(a.Str("person"), a.Date("approved_on"))
	})
}

// secretariesBefore gives who had been a secretary before the span, here or elsewhere.
func (b *book) secretariesBefore() map[string]bool {
	before := map[string]bool{}
	for _, p := range slices.Concat(b.records["position"], b.brought) {
		if p.Is("body", "党组织") && p.Is("post", "书记") && p.Date("started_on") < b.From {
			before[p.Str("person")] = true
		}
	}
	return before
}
