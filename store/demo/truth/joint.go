package truth

import (
	"slices"

	"taizhang/model"
	"taizhang/model/party"
)

// countJoint counts 联创工程, B01–B11.
func countJoint(b *book) {
	b.goals()
	b.jointMeetings()
	b.meetings()
	b.linkages()
	b.aid()
	b.villagePairings()
	b.memberPairings()
	b.assessments()
	b.fieldMeetings()
	b.weakOnes()
	b.papers()
}

// received counts a record that was written down as taken part in.
func (b *book) received(indicator, figure string, r *model.Record, n int64) {
	if r.Is("kept_as", party.KeptThere) {
		b.count(indicator, figure, "", r.ID, n)
	}
}

func (b *book) goals() {
	for _, g := range b.records["goal"] {
		if due := g.Date("due_on"); due == "" || due > b.To {
			continue
		}
		b.count("B01", "due", "", g.ID, 1)
		if g.Is("state", "已完成") && g.Filled("finished_on") && g.Date("finished_on") <= b.To {
			b.count("B01", "done", "", g.ID, 1)
		}
	}
}

// countsAs tells whether an activity is of a sort or counts as one besides.
func countsAs(a *model.Record, sort string) bool {
	return a.Is("kind", sort) || slices.Contains(a.List("counts_as"), sort)
}

func (b *book) jointMeetings() {
	own := int64(0)
	for _, a := range b.within("activity", "held_on") {
		if !countsAs(a, "联席例会") {
			continue
		}
		b.count("B02", "meetings", "", a.ID, 1)
		b.received("B02", "received", a, 1)
		if a.Is("kept_as", party.KeptHere) {
			own++
		}
	}
	asked := int64(0)
	switch {
	case b.home.Is("domain", "机关") && b.home.Is("kind", "党委"):
		asked = b.limit("joint.county", 1)
	case b.home.Is("domain", "乡镇"):
		asked = b.limit("joint.township", 0)
	case b.home.Is("domain", "行政村", "社区"):
		asked = b.limit("joint.village", 0)
	}
	if gone := b.home.Date("abolished_on"); asked == 0 || gone != "" && gone <= b.To {
		return
	}
	b.count("B02", "asked", "", b.home.ID, 1)
	if own >= b.limit("joint.year", 2) {
		b.count("B02", "met", "", b.home.ID, 1)
	}
}

// limit gives a limit of the rules as the county has set it, else as it ships.
func (t *Count) limit(name string, shipped int64) int64 {
	if n, ok := t.params[name]; ok {
		return n
	}
	return shipped
}

func (b *book) linkages() {
	for _, l := range b.openOnes("linkage") {
		b.count("B04", "open", l.Str("role"), l.ID, 1)
		b.count("B04", "heads", l.Str("role"), nameAndUnit(l.Str("name"), l.Str("unit")), 1)
		b.received("B04", "received", l, 1)
	}
	for _, v := range b.within("visit", "happened_on") {
		if v.Is("kind", "挂联走访") || v.Filled("linkage") {
			b.count("B04", "visits", "", v.ID, 1)
		}
	}
}

func (b *book) aid() {
	for _, a := range b.within("aid", "given_on") {
		fen := a.Int("amount")
		switch a.Str("kind") {
		case "活动经费":
			b.count("B05", "activity_money", "", a.ID, fen)
		case "办实事资金":
			b.count("B05", "project_money", "", a.ID, fen)
		}
		b.count("B05", "money", "", a.ID, fen)
		b.count("B05", "items", "", a.ID, 1)
		b.received("B05", "received_money", a, fen)
	}
}

// first gives the first text that is not empty.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

func (b *book) villagePairings() {
	for _, p := range b.records["pairing"] {
		if !p.Is("kind", "部门帮村", "企业帮村") {
			continue
		}
		if openAt(p, "started_on", "ended_on", b.To) {
			b.count("B06", "open", p.Str("kind"), p.ID, 1)
			b.count("B06", "helpers", p.Str("kind"), first(p.Str("helper_unit"), p.Str("helper_name"), p.ID), 1)
			b.received("B06", "received", p, 1)
		}
		if begun := p.Date("started_on"); begun == "" || begun > b.To || !p.Bool("in_poverty") {
			continue
		}
		village := first(p.Str("target_code"), p.Str("helped_name"), p.ID)
		b.count("B06", "in_poverty", "", village, 1)
		if lifted := p.Date("lifted_on"); lifted != "" && lifted <= b.To {
			b.count("B06", "lifted", "", village, 1)
		}
	}
}

// giver and taker tell who helps and who is helped in a pairing of persons.
func (b *book) giver(p *model.Record) string {
	if id := p.Str("helper"); id != "" {
		return id
	}
	return b.home.ID + "\x1f" + p.Str("helper_name") + "\x1f" + p.Str("helper_unit")
}

func (b *book) taker(p *model.Record) string {
	if id := p.Str("helped"); id != "" {
		return id
	}
	return b.home.ID + "\x1f" + first(p.Str("helped_name"), p.Str("target_code"))
}

func (b *book) memberPairings() {
	for _, p := range b.openOnes("pairing") {
		if !p.Is("kind", "党员帮党员", "党员帮群众") {
			continue
		}
		b.count("B07", "pairs", p.Str("kind"), p.ID, 1)
		b.received("B07", "received", p, 1)
		b.count("B07", "helpers", "", b.giver(p), 1)
		b.count("B07", "helped", "", b.taker(p), 1)
	}
}

var vetoLimits = map[string]struct {
	limit string
	last  int64 // the last year in which it applies, 0 for ever
}{
	"综治": {"assess.veto.order", 0}, "纪检监察": {"assess.veto.discipline", 0}, "计生": {"assess.veto.birth", 2021},
	"安全生产": {"assess.veto.safety", 0}, "信访": {"assess.veto.petition", 0}, "环保": {"assess.veto.environment", 0},
}

func (b *book) assessments() {
	for _, a := range b.records["assessment"] {
		year := a.Int("year")
		if year < int64(b.From.Year()) || year > int64(b.To.Year()) || a.Date("held_on") > b.To {
			continue
		}
		vetoed := slices.ContainsFunc(a.List("vetoes"), func(v string) bool {
			last := b.limit(vetoLimits[v].limit, vetoLimits[v].last)
			return last == 0 || last >= year
		})
		total, given := int64(0), false
		for _, f := range []string{"leadership", "team", "mechanism", "results", "satisfaction"} {
			total, given = total+a.Int(f), given || a.Filled(f)
		}
		level := a.Str("level")
		b.count("B08", "assessed", level, a.ID, 1)
		switch {
		case vetoed:
			b.count("B08", "vetoed", level, a.ID, 1)
		case given && total >= b.limit("assess.pass", 80):
			b.count("B08", "passed", level, a.ID, 1)
		}
	}
}

// came counts the marks of a roll with one of the states.
func came(r *model.Record, states ...string) int64 {
	n := int64(0)
	for _, m := range r.Roll("attendance") {
		if slices.Contains(states, m.State) {
			n++
		}
	}
	return n
}

func (b *book) fieldMeetings() {
	for _, a := range b.within("activity", "held_on") {
		if !a.Is("kind", "现场会", "现场观摩") {
			continue
		}
		b.count("B09", "meetings", a.Str("kind"), a.ID, 1)
		b.received("B09", "received", a, 1)
		b.count("B09", "attendances", a.Str("kind"), a.ID, came(a, "到会"))
	}
}

func (b *book) weakOnes() {
	for _, o := range b.records["organization"] {
		if gone := o.Date("abolished_on"); o.Is("kind", "党小组") || !o.Filled("weak") || gone != "" && gone <= b.To {
			continue
		}
		if inForce(o, "weak_since", "weak_until", b.To) {
			b.count("B10", "weak", o.Str("weak"), o.ID, 1)
		}
		if b.holds(o.Date("weak_until")) {
			b.count("B10", "lifted", "", o.ID, 1)
		}
	}
}

// papers counts B11: rules in force, panels and letters.
func (b *book) papers() {
	for _, r := range b.records["regulation"] {
		if adopted := r.Date("adopted_on"); r.Is("state", "现行") && adopted != "" && adopted <= b.To {
			b.count("B11", "regulations", r.Str("category"), r.ID, 1)
		}
	}
	for _, p := range b.openOnes("panel") {
		b.count("B11", "panels", p.Str("kind"), p.ID, 1)
	}
	for _, c := range b.within("circular", "happened_on") {
		b.count("B11", "circulars", "", c.ID, 1)
	}
}
