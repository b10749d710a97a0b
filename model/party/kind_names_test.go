package party_test

import (
	"errors"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
)

// TestPersonIsNarrow: a reference to a person is as wide as a name.
func TestPersonIsNarrow(t *testing.T) {
	m := party.Kinds.Kind("movement")
	for name, want := range map[string]int{"person": 8, "happened_on": 10, "to_code": 16} {
		if got := m.UsualWidth(m.Field(name)); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// TestKindIsFound: the person stands as the example where no kind is found.
func TestKindIsFound(t *testing.T) {
	for _, name := range []string{"person", "人员"} {
		if k, err := party.Kinds.Find(name); err != nil || k.Name != "person" {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := party.Kinds.Find("人")
	var e *model.Error
	if !errors.As(err, &e) || e.Code != "E-KIND" || e.Message != "没有“人”这种记录,请用记录的代号或名称,例如 person 或 人员" {
		t.Errorf("%v", err)
	}
}
