package membership

import "taizhang/model"

// The movements by which a member goes to live elsewhere and comes back.
const (
	GoesAway  = "外出流动"
	ComesBack = "流动返回"
)

// AwayAt tells whether the person was away (流动) at the end of a day: what stands on file
// is taken back from today, movement by movement. Who stands as away without a movement
// has gone on away_since; without that day nobody knows since when, and so always.
func (m Membership) AwayAt(day model.Date) bool {
	p := m.Person
	var before, after string // the last that happened until the day, and the first after it
	for _, x := range m.course.moves {
		kind := x.Str("kind")
		if kind != GoesAway && kind != ComesBack {
			continue
		}
		if on := x.Date("happened_on"); on <= day {
			before = kind
		} else if after == "" {
			after = kind
		}
	}
	if after == "" && p.Filled("away") && p.Date("away_since") > day {
		after = GoesAway
	}
	switch after {
	case ComesBack:
		return true
	case GoesAway:
		return before == GoesAway // and went on from there
	}
	return p.Filled("away")
}
