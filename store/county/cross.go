package county

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/send"
)

// The codes of what the county finds by comparing the record books.
const (
	CrossTwice = "W-CROSS-TWICE" // one ID number 在册 in two organisations
	CrossOut   = "W-CROSS-OUT"   // 转出, and nobody has taken the member in (口袋党员)
	CrossIn    = "W-CROSS-IN"    // 转入, and the other side has let nobody go
	CrossWaits = "W-CROSS-WAITS" // 在册 in a unit that is no more, and in no other (待转接)
)

// transferMonths is how long a transfer within the county may take (design.md §7).
const transferMonths = 3

// CrossFinding is one thing that two organisations' record books say differently.
type CrossFinding struct {
	Code  string      `json:"code"` // CrossTwice, CrossOut, CrossIn, CrossWaits
	Text  string      `json:"text"` // a sentence that names both organisations and the persons
	Day   model.Date  `json:"day"`  // of the transfer, of the unit's end for CrossWaits, "" for CrossTwice
	Sides []CrossSide `json:"sides"`
}

// CrossSide is what a finding says to one of the organisations. A side that has no
// record of the matter has Kind and ID empty: that is what is wrong there.
type CrossSide struct {
	OrgID    string `json:"org_id"` // "" for a unit of the list that never reported
	Code     string `json:"code"`
	Org      string `json:"org"` // its name
	Township string `json:"township"`
	Kind     string `json:"kind"` // of the record: person or movement
	ID       string `json:"id"`
	Field    string `json:"field"`
	Person   string `json:"person"`  // name
	Message  string `json:"message"` // what this organisation is told, and what to do
}

// Problem gives the side as a receipt names it.
func (s CrossSide) Problem(code string) Problem {
	return Problem{Kind: s.Kind, ID: s.ID, Label: s.Person, Field: s.Field, Code: code, Severity: severityWarning, Message: s.Message}
}

// CrossCheck compares the record books in the county's ledger (交叉核对): by code,
// then by the first side's township, organisation and person. It takes time linear
// in the number of persons and transfers.
func CrossCheck(ctx context.Context, l *store.Ledger) ([]CrossFinding, error) {
	facts, err := readCrossFacts(ctx, l, Accepted, Partly)
	if err != nil {
		return nil, err
	}
	c := newCrossing(facts, l.Home().ID, l.Source().Today())
	found := slices.Concat(c.twice(), c.transfers(), c.waiting())
	model.Sort(found, func(a, b CrossFinding) int {
		x, y := a.Sides[0], b.Sides[0]
		return cmp.Or(cmp.Compare(crossOrder[a.Code], crossOrder[b.Code]), cmp.Compare(x.Township, y.Township),
			cmp.Compare(x.Code, y.Code), cmp.Compare(x.Person, y.Person), cmp.Compare(x.ID, y.ID))
	})
	return found, nil
}

var crossOrder = map[string]int{CrossTwice: 1, CrossOut: 2, CrossIn: 3, CrossWaits: 4}

// CrossLimit says in a sentence what the comparison can't find since the county's
// profile keeps ID numbers out of the bundles, "" where it takes them.
func CrossLimit(ctx context.Context, l *store.Ledger) (string, error) {
	p, err := send.Profile(ctx, l)
	if err != nil || p == nil || p.Identity != bundle.IdentityNone {
		return "", err
	}
	return "本县的报送包不带身份证号(identity=不带):一人在两处在册的查不出或查不全;转出、转入只按姓名和出生日期核对。", nil
}

// CrossTitle says in a word what a code means.
func CrossTitle(code string) string {
	return map[string]string{CrossTwice: "重复在册", CrossOut: "转出未转入", CrossIn: "转入未转出", CrossWaits: "待转接"}[code]
}

// sourceCross names in a check where the comparison comes from.
const sourceCross = "县里的交叉核对"

// EachCrossed calls fn with what the comparison says of each record, as a check of
// every record does; nothing where the ledger is no county's.
func EachCrossed(ctx context.Context, l *store.Ledger, fn func(store.Problem) error) error {
	if is, err := l.IsCounty(ctx); err != nil || !is {
		return err
	}
	found, err := CrossCheck(ctx, l)
	if err != nil {
		return err
	}
	for _, f := range found {
		for _, s := range f.Sides {
			if s.ID == "" {
				continue
			}
			p := store.Problem{Kind: l.Kinds().Kind(s.Kind), ID: s.ID, Label: s.Org + " " + s.Person,
				Finding: model.Finding{Code: f.Code, Severity: model.Warning, Field: s.Field, Message: s.Message, Source: sourceCross}}
			if err := fn(p); err != nil {
				return err
			}
		}
	}
	return nil
}

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
