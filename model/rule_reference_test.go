package model_test

import (
	"testing"

	"taizhang/model"
)

// TestReferenceToTheBin: one that stood on file is a warning, which keeps nothing from
// being saved; one that is new is a fault, also beside one that stood.
func TestReferenceToTheBin(t *testing.T) {
	env := testEnv(t, shelf{"neighbor": {record(t, "neighbor", "p2", "name", "赵一"), record(t, "neighbor", "p3", "name", "钱二")}})
	roll := func(text string) *model.Record {
		return record(t, "meeting", "m1", "title", "下棋", "attendance", text)
	}
	old := roll("p2=到;gone=到")
	for text, want := range map[string]string{
		"p2=到;gone=缺":        "提醒",
		"gone=到;p3=到":        "提醒",
		"p2=到;lost=到":        "错误",
		"p2=到;gone=到;lost=缺": "错误",
		"p2=到;p3=到":          "",
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
