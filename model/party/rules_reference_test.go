package party_test

import (
	"slices"
	"testing"

	"taizhang/model"
)

// TestReferenceToTheBin: one that stood on file is a warning, which keeps nothing from
// being saved; one that is new is a fault, also beside one that stood.
func TestReferenceToTheBin(t *testing.T) {
	env := testEnv(t, around(t))
	roll := func(text string) *model.Record {
		return record(t, "training", "t1", append(slices.Clone(right["training"]), "attendance", text)...)
	}
	old := roll("p2=参加;gone=参加")
	for text, want := range map[string]string{
		"p2=参加;gone=缺席":         "提醒",
		"gone=参加;p3=参加":         "提醒",
		"p2=参加;lost=参加":         "错误",
		"p2=参加;gone=参加;lost=缺席": "错误",
		"p2=参加;p3=参加":           "",
	} {
		all, err := model.Check(env, roll(text), old)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range all {
			if f.Code == "E-REF" {
				got += f.Severity.String()
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
