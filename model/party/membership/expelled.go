package membership

import "taizhang/model"

// disposed are the removals after which one may not enter again for years: by the rules
// on dispositions, and 开除党籍 by those on penalties.
var disposed = map[string]string{
	"自行脱党除名": "reentry.years", "劝其退党": "reentry.years", "其他除名": "reentry.years", "退党除名": "reentry.years",
	"开除党籍": "reentry.expelled.years",
}

// ExpelledWithin gives the removal after which a person may not have entered again on a
// day, with its limit and the first day on which they may; nil where there is none.
func ExpelledWithin(x *model.Exam, person string, day model.Date) (removal *model.Record, l model.Limit, earliest model.Date) {
	if person == "" || day == "" {
		return nil, l, ""
	}
	for _, m := range x.Find(MovementKind, model.Where("person", model.Eq, person), model.Where("happened_on", model.Le, string(day))) {
		name := disposed[m.Str("kind")]
		if name == "" || m.ID == x.Record.ID {
			continue
		}
		limit := x.Packs.Limit(name, m.Date("happened_on"))
		if end := m.Date("happened_on").AddYears(limit.Int()); day < end && end > earliest {
			removal, l, earliest = m, limit, end
		}
	}
	return removal, l, earliest
}
