package county

import "fmt"

// waiting names the members of units that are no more who stand nowhere else (待转接), to
// the unit itself and to the one into which it was merged.
func (c *crossing) waiting() []CrossFinding {
	var found []CrossFinding
	for _, p := range c.Waiting {
		u := c.Ended[p.OrgID]
		own := c.sideOf(p, personKind, p.ID, "standing")
		own.Message = fmt.Sprintf("本单位已于 %s %s,这名党员还没有在别的单位登记在册;请与接收的单位联系,尽快办理转入", u.RetiredOn.Chinese(), u.ended())
		f := CrossFinding{Code: CrossWaits, Day: u.RetiredOn, Sides: []CrossSide{own},
			Text: fmt.Sprintf("%s待转接:单位已于 %s %s,还没有在别处登记在册", c.called(p), u.RetiredOn.Chinese(), u.ended())}
		into := CrossSide{Person: p.Name, Org: "(还没有去处)"} // a finding always has two sides
		if u.Into != "" {
			into = c.side(u.Into)
			into.Person = p.Name
			into.Message = fmt.Sprintf("%s待转接:原单位已于 %s并入本组织;请办理转入", c.called(p), u.RetiredOn.Chinese())
		}
		f.Sides = append(f.Sides, into)
		found = append(found, f)
	}
	return found
}
