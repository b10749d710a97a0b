package truth

import (
	"slices"
	"strings"

	"taizhang/model"
)

// countMembership counts the members, how they came and went, their dues and
// reviews: A02, A08–A11.
func countMembership(b *book) {
	b.membersBySort()
	b.admissions()
	b.dues()
	b.appraisals()
	b.balance("month_", Span{From: b.Month.First(), To: b.To})
	b.balance("year_", Span{From: b.From, To: b.To})
}

func (b *book) membersBySort() {
	for _, p := range b.members() {
		for figure, is := range map[string]bool{
			"members":      true,
			"probationary": b.status[p.ID] == "预备党员",
			"women":        p.Is("sex", "女"),
			"minority":     p.Filled("ethnicity") && !p.Is("ethnicity", "汉族"),
			"up_to_35":     atMost35(p, b.To),
			"from_60":      atLeast60(p, b.To),
			"secondary":    secondary(p),
			"away":         b.awayOn(p, b.To),
			"hardship":     p.Bool("hardship"),
			"not_able":     !p.Bool("able_bodied"),
		} {
			if is {
				b.count("A02", figure, "", p.ID, 1)
			}
		}
	}
}

// awayOn takes what stands on file of a person's being away back to a day: from the newest
// going or coming back to the oldest.
func (b *book) awayOn(p *model.Record, day model.Date) bool {
	type step struct {
		on    model.Date
		going bool
	}
	var steps []step
	for _, m := range b.courses[p.ID].moves {
		if m.Is("kind", "外出流动", "流动返回") {
			steps = append(steps, step{m.Date("happened_on"), m.Is("kind", "外出流动")})
		}
	}
	away := p.Filled("away")
	if since := p.Date("away_since"); away && since != "" {
		steps = append(steps, step{since, true})
	}
	model.Sort(steps, func(x, y step) int { return strings.Compare(string(y.on), string(x.on)) })
	for n, s := range steps {
		if s.on <= day {
			break
		}
		older := slices.IndexFunc(steps[n:], func(o step) bool { return o.on < s.on })
		away = !s.going || older >= 0 && steps[n+older].going
	}
	return away
}

func (b *book) admissions() {
	for _, a := range b.admitted() {
		b.count("A08", "approved", "", a.ID, 1)
		if b.is(a.Str("person"), bothLeader) {
			b.count("A08", "both_leader", "", a.ID, 1)
		}
		if a.Is("source", "私营业主") {
			b.count("A08", "private_owner", "", a.ID, 1)
		}
	}
	for _, a := range b.records["admission"] {
		if stage := stageAt(a, b.To); stage != "" && !b.stoodElsewhere(a.Str("person"), b.To) {
			b.count("A08", "under_way", stage, a.ID, 1)
		}
	}
	for _, p := range b.records["person"] {
		if p.Is("status", "入党积极分子") && p.Is("standing", "在册") {
			b.count("A08", "activists", p.Str("talent"), p.ID, 1)
		}
	}
}

// stageAt gives how far an admission is at a day, "" where it is over or not begun.
func stageAt(a *model.Record, day model.Date) string {
	reached := func(field string) bool { return a.Filled(field) && a.Date(field) <= day }
	switch {
	case !reached("applied_on"), reached("ended_on"), reached("confirm_approved_on"),
		a.Is("confirm_result", "取消资格") && reached("confirm_voted_on"):
		return ""
	case reached("approved_on"):
		return "预备党员"
	case reached("candidate_on"):
		return "发展对象"
	case reached("activist_on"):
		return "积极分子"
	}
	return "申请人"
}

// dues counts A09, by member and month.
func (b *book) dues() {
	paid := map[string]*model.Record{}
	for _, d := range b.records["dues"] {
		if on := d.Date("paid_on"); on != "" && on <= b.To {
			paid[d.Str("person")+d.Str("month")] = d
		}
	}
	for _, m := range b.months() {
		for _, p := range b.records["person"] {
			if p.Is("dues_basis", "免交") || b.memberAt(p.ID, min(m.Last(), b.To)) == "" {
				continue
			}
			d := paid[p.ID+string(m)]
			b.count("A09", "due", "", p.ID, 1)
			if d != nil {
				b.count("A09", "paid", "", d.ID, 1)
			}
			if d != nil && d.Is("method", "流入地交") {
				continue // paid where the member lives: no money of this branch's
			}
			b.count("A09", "due_money", "", p.ID, p.Int("monthly_dues"))
			if d != nil {
				b.count("A09", "paid_money", "", d.ID, d.Int("amount"))
			}
		}
	}
	for _, r := range b.within("remittance", "paid_on") {
		b.count("A09", "remitted", "", r.ID, r.Int("amount"))
	}
}

func (b *book) appraisals() {
	for _, a := range b.records["appraisal"] {
		if a.Int("year") == int64(b.To.Year()) && a.Date("held_on") <= b.To {
			b.count("A10", "appraised", a.Str("grade"), a.ID, 1)
		}
	}
	for id := range b.status {
		b.count("A10", "members", "", id, 1)
	}
}

// balance counts the lines of Table 1 (domain.md §8.2) for a month or the year.
func (b *book) balance(prefix string, period Span) {
	line := func(key, id string, n int64) { b.count("A11", prefix+key, "", id, n) }
	b.passings(prefix, period)
	eve := period.From.AddDays(-1)
	for _, p := range b.records["person"] {
		c := b.courses[p.ID]
		expected := int64(0)
		if c.enteredBy(eve) {
			expected++
			line("opening", p.ID, 1)
		}
		for _, t := range c.turns {
			if !period.holds(t.day) {
				continue
			}
			for _, key := range turnLines(t) {
				line(key, t.move.ID, 1)
			}
			if t.in {
				expected++
			} else {
				expected--
			}
		}
		closing := int64(0)
		if b.memberAt(p.ID, period.To) != "" {
			closing = 1
			line("closing", p.ID, 1)
		}
		if expected != 0 {
			line("expected", p.ID, expected)
		}
		if closing != expected {
			line("difference", p.ID, closing-expected)
			b.count("A11", prefix+"formulas", "E-STAT-06", p.ID, closing-expected) // the others hold by how the lines are counted
		}
	}
}

// turnLines gives the lines of Table 1 on which a turn stands.
func turnLines(t turn) []string {
	whole := t.move.Bool("whole_unit")
	switch t.move.Str("kind") {
	case openingMove:
		return []string{"opening"}
	case "接收预备党员":
		return []string{"added", "developed"}
	case "恢复党籍":
		return []string{"added", "restored"}
	case "转入":
		if whole {
			return []string{"added", "moved_in", "whole_in"}
		}
		return []string{"added", "moved_in"}
	case "停止党籍":
		return []string{"removed", "stopped"}
	case "去世":
		return []string{"removed", "died"}
	case "转出":
		if whole {
			return []string{"removed", "moved_out", "whole_out"}
		}
		return []string{"removed", "moved_out"}
	}
	return []string{"removed", "expelled"}
}
