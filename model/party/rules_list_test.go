package party_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
)

// TestRulesSayTheirLimits: every limit of a rule is listed with a value and a source; no
// number that a regulation does not set is given out as the regulation's.
func TestRulesSayTheirLimits(t *testing.T) {
	limits, err := model.NewPacks(packs.Default(), nil)
	if err != nil {
		t.Fatal(err)
	}
	practice := map[string]bool{}
	for _, r := range model.WithLimits(model.AllRules(party.Kinds), limits) {
		if len(r.Values) != len(r.Limits) {
			t.Errorf("%s has %d limits and lists %d", r.Code, len(r.Limits), len(r.Values))
		}
		for _, l := range r.Values {
			if l.Text == "" || len(l.Editions) == 0 || strings.Contains(l.String(), "()") {
				t.Errorf("%s: %+v", r.Code, l)
			}
		}
		if r.Source == model.SourcePractice {
			practice[r.Code] = true
		}
	}
	for _, code := range []string{"R-ORG-05", "R-DEV-14", "W-DEV-VETTED-OLD", "R-POS-01", "R-STS-06"} {
		if !practice[code] {
			t.Errorf("%s does not say 惯例", code)
		}
	}
	for name, want := range map[string]string{
		"meeting.lecture.year": model.SourcePractice, "admission.vetting.months": model.SourcePractice,
		"hours.committee": "《2019—2023年全国党员教育培训工作规划》", "org.term.notice.months": "《中国共产党支部工作条例(试行)》(2018)",
	} {
		if got := limits.Limit(name, today).Source(); got != want {
			t.Errorf("%s is from %s, want %s", name, got, want)
		}
	}
}

// TestRetiredParameters: a county's profile of an earlier program still opens a ledger,
// and a mistyped one doesn't.
func TestRetiredParameters(t *testing.T) {
	judge := func(name, _ string) (bool, error) { return packs.Retired(name), nil }
	if _, err := model.NewPacks(packs.Default(), map[string]string{"dues.ahead.months": "6"}, judge); err != nil {
		t.Error(err)
	}
	if _, err := model.NewPacks(packs.Default(), map[string]string{"dues.ahead": "6"}, judge); err == nil {
		t.Error("a mistyped parameter was taken")
	}
}
