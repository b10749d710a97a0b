package party_test

import (
	"strings"
	"testing"

	"taizhang/model"
)

// closedAt gives a ledger with p1 opened in January, closed in months with p1 and
// in others without.
func closedAt(with, without string) func(t *testing.T) shelf {
	return func(t *testing.T) shelf {
		s := movements([2]string{"期初在册", "2026-01-01"})(t)
		for _, m := range strings.Fields(with) {
			s[closedKey+m] = s["person"][:1]
		}
		for _, m := range strings.Fields(without) {
			s[closedKey+m] = nil
		}
		return s
	}
}

var balanceCases = []ruleCase{
	{name: "no month is closed", code: "W-CLOSED-MONTH", kind: "movement"},
	{name: "the month before is closed", code: "W-CLOSED-MONTH", kind: "movement", look: closedAt("2026-07 2026-08", "")},
	{name: "the last day of a closed month", code: "W-CLOSED-MONTH", kind: "movement", look: closedAt("2026-08", ""), set: []string{"happened_on", "2026-08-31"}, fails: true, warns: true},
	{name: "the first day of the next", code: "W-CLOSED-MONTH", kind: "movement", look: closedAt("2026-08", ""), set: []string{"happened_on", "2026-09-01"}},
	{name: "a later month is closed", code: "W-CLOSED-MONTH", kind: "movement", look: closedAt("2026-09", ""), set: []string{"happened_on", "2026-08-31"}, fails: true, warns: true},
	{name: "closed without them already", code: "W-CLOSED-MONTH", kind: "movement", look: closedAt("", "2026-09")},
	{name: "what changes no membership", code: "W-CLOSED-MONTH", kind: "movement", look: closedAt("2026-09", ""), set: []string{"kind", "处分", "penalty", "警告", "to_org", ""}},
}

// TestClosedMonthOfRecordOnFile: check speaks of a movement written after the
// closing, never of what stood when the month was closed.
func TestClosedMonthOfRecordOnFile(t *testing.T) {
	for at, want := range map[string]bool{"2026-09-30T08:00:00Z": false, "2026-10-02T08:00:00Z": true} {
		look := closedAt("2026-09", "")(t)
		m := record(t, "movement", "b", "person", "p1", "kind", "转出", "happened_on", "2026-09-05", "to_org", "某支部")
		m.UpdatedAt = at
		look["movement"] = append(look["movement"], m)
		all, err := model.Check(testEnv(t, look), m, m)
		if err != nil {
			t.Fatal(err)
		}
		got := false
		for _, f := range all {
			got = got || f.Code == "W-CLOSED-MONTH"
		}
		if got != want {
			t.Errorf("written %s: %+v", at, all)
		}
	}
}
