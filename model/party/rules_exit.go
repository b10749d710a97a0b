package party

import (
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// afterExit makes the rule that nothing is entered of someone after they left
// (E-STS-CHAIN of domain.md §12.1): field is the ref to the person, and after tells
// whether the record speaks of a time after the day of leaving.
func afterExit(field string, after func(r, p *model.Record) bool) model.Rule {
	return model.Rule{Code: "E-STS-CHAIN", Field: field, Text: "已离开的人员离开以后不再有这类记录", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			p := x.Get("person", x.Record.Str(field))
			if p != nil && membership.HasLeft(p) && p.Filled("left_on") && after(x.Record, p) {
				x.Say("%s已于 %s %s,这条记录却在这以后,请核对人员和日期;人已回来的请先办理变动", p.Str("name"), p.Str("left_on"), p.Str("standing"))
			}
		}}
}

// laterThanExit compares one date of the record with the day of leaving.
func laterThanExit(date string) func(r, p *model.Record) bool {
	return func(r, p *model.Record) bool { return r.Date(date) > p.Date("left_on") }
}

// openAfterExit is for what lasts: begun after the day of leaving, or not ended by
// then.
func openAfterExit(r, p *model.Record) bool {
	left := p.Date("left_on")
	return r.Date("started_on") > left || !r.Filled("ended_on") || r.Date("ended_on") > left
}

// afterExitOnRoll is likewise for a roll: those marked as having come. One finding
// names the first few.
func afterExitOnRoll(date string, came ...string) model.Rule {
	return model.Rule{Code: "E-STS-CHAIN", Field: "attendance", Text: "已离开的人员离开以后不再登记到会、参训", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			day := x.Record.Date(date)
			n, first := 0, ""
			for _, m := range x.Record.Roll("attendance") {
				if !slices.Contains(came, m.State) {
					continue
				}
				if p := x.Get("person", m.Target); p != nil && membership.HasLeft(p) && p.Filled("left_on") && day > p.Date("left_on") {
					n++
					if n == 1 {
						first = p.Str("name") + "(" + p.Str("left_on") + " " + p.Str("standing") + ")"
					}
				}
			}
			if n > 0 {
				x.Say("登记为到场的有 %d 人那天以前已经离开,例如%s,请核对名单", n, first)
			}
		}}
}
