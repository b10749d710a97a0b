package party_test

import (
	"cmp"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
)

// TestAllRulesAreListed: the list is sorted, has no line twice, and every limit that
// a rule names stands in a pack.
func TestAllRulesAreListed(t *testing.T) {
	all := model.AllRules(party.Kinds)
	if !slices.IsSortedFunc(all, func(a, b model.RuleInfo) int { return cmp.Compare(a.Code, b.Code) }) {
		t.Error("not sorted")
	}
	lines, used := map[string]bool{}, map[string]bool{}
	for _, r := range all {
		if key := r.Kind + " " + r.Code; lines[key] {
			t.Errorf("%s twice", key)
		} else {
			lines[key] = true
		}
		for _, l := range r.Limits {
			used[l] = true
		}
	}
	for _, p := range packs.Default() {
		for _, l := range p.Limits {
			if l.Text == "" || p.Title == "" {
				t.Errorf("%s has no text or no source", l.Name)
			}
			delete(used, l.Name)
		}
	}
	for name := range used {
		t.Errorf("no pack has the limit %s", name)
	}
}
