package membership

import (
	"fmt"
	"slices"

	"taizhang/model"
)

// ClosedMonth is a month whose roll was confirmed: it stays as it was closed,
// whatever is written down later.
type ClosedMonth struct {
	Month        model.Month `json:"month"`
	Members      int         `json:"members"`
	Probationary int         `json:"probationary"`
	By           string      `json:"by"`
	At           string      `json:"at"` // YYYY-MM-DDThh:mm:ssZ
	Roll         []string    `json:"-"`  // the members' ids
}

// ClosedLookup is a Lookup that knows the closed months.
type ClosedLookup interface {
	// ClosedMonths gives the closed months, the first one first.
	ClosedMonths() ([]ClosedMonth, error)
}

// closedIn gives the closed month, or nil.
func closedIn(closed []ClosedMonth, m model.Month) *ClosedMonth {
	for i := range closed {
		if closed[i].Month == m {
			return &closed[i]
		}
	}
	return nil
}

// named reports whether it is known who the members were.
func (c *ClosedMonth) named() bool { return c != nil && len(c.Roll) == c.Members }

// roll gives the members as a set, nil where they are not known.
func (c *ClosedMonth) roll() map[string]bool {
	if !c.named() {
		return nil
	}
	ids := make(map[string]bool, len(c.Roll))
	for _, id := range c.Roll {
		ids[id] = true
	}
	return ids
}

// RuleClosedMonth says that a movement written down late changes who was a member
// in a month that is closed. The month stays closed as it was.
var RuleClosedMonth = model.Rule{Code: "W-CLOSED-MONTH", Field: "happened_on", Text: "变动不改变已经结账的月份的在册党员", Source: model.SourceOwn, Check: checkClosedMonth}

func checkClosedMonth(x *model.Exam) {
	me := x.Record
	look, ok := model.LookupAs[ClosedLookup](x.Look)
	if !ok || x.Failed() || !me.Filled("person") || !me.Filled("happened_on") {
		return
	}
	from := me.Date("happened_on").Month()
	changed := x.Old == nil || len(model.Diff(x.Old, me)) > 0
	if changed && x.Old != nil && x.Old.Filled("happened_on") {
		from = min(from, x.Old.Date("happened_on").Month())
	}
	closed, err := look.ClosedMonths()
	if err != nil {
		x.Fail(err)
		return
	}
	closed = slices.DeleteFunc(closed, func(c ClosedMonth) bool {
		return c.Month < from || !c.named() || !changed && me.UpdatedAt < c.At
	})
	if len(closed) == 0 {
		return
	}
	p := x.Get("person", me.Str("person"))
	if p == nil {
		return
	}
	moves := slices.DeleteFunc(x.Find("movement", model.Where("person", model.Eq, p.ID)), func(m *model.Record) bool { return m.ID == me.ID })
	c := newCourse(p, append(moves, me))
	var changes []string
	for _, month := range closed {
		if c.entered(month.Month.Last()) != slices.Contains(month.Roll, p.ID) {
			changes = append(changes, month.Month.Chinese())
		}
	}
	if len(changes) == 0 {
		return
	}
	months := changes[0]
	switch n := len(changes); {
	case n == 2:
		months += "、" + changes[1]
	case n > 2:
		months = fmt.Sprintf("%s至%s共 %d 个月", months, changes[n-1], n)
	}
	x.Say("%s的名册已核对结账,这条变动会改变那时的在册党员;结账数不会自动改,请核对日期,无误的在月度上报里对%s重新核对结账", months, months)
}
