package model_test

import (
	"errors"
	"testing"

	"taizhang/model"
)

// The vectors of domain.md §2.7.
func TestReadIDNumber(t *testing.T) {
	for _, c := range []struct {
		number string
		birth  model.Date
		sex    string
		ok     bool
	}{
		{"990101197003150016", "1970-03-15", "男", true},
		{"990101198507200026", "1985-07-20", "女", true},
		{"990101200402290133", "2004-02-29", "男", true},
		{"990101194901010046", "1949-01-01", "女", true},
		{"990101196812310070", "1968-12-31", "男", true},
		{"99010119700315018X", "1970-03-15", "女", true},
		{"34052419800101001X", "1980-01-01", "男", true},
		{"11010519491231002X", "1949-12-31", "女", true},
		{"440524188001010014", "1880-01-01", "男", true},
		{"990101197003150017", "1970-03-15", "男", false},
	} {
		id, err := model.ReadIDNumber(c.number)
		if err != nil {
			t.Errorf("%s: %v", c.number, err)
			continue
		}
		if id.Birth != c.birth || id.Sex != c.sex || id.CheckOK != c.ok || id.Area != c.number[:6] {
			t.Errorf("%s reads as %+v", c.number, id)
		}
	}
}

func TestReadIDNumberRefuses(t *testing.T) {
	for number, code := range map[string]string{
		"":                    "E-ID-01",
		"99010119700315001":   "E-ID-01",
		"9901011970031500166": "E-ID-01",
		"99010119700315001x":  "E-ID-01", // TidyIDNumber makes it an X first
		"9901O1197003150016":  "E-ID-01",
		"990101197002300016":  "E-ID-02",
		"990101197013010016":  "E-ID-02",
		"99010119700315甲":     "E-ID-01",
	} {
		_, err := model.ReadIDNumber(number)
		var e *model.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s gives %v, want %s", number, err, code)
		}
	}
}

func TestLongIDNumber(t *testing.T) {
	if long, err := model.LongIDNumber("990101700315001"); err != nil || long != "990101197003150016" {
		t.Errorf("got %s, %v", long, err)
	}
	for _, s := range []string{"", "99010170031500", "99010170023000X", "990101700230001"} {
		if long, err := model.LongIDNumber(s); err == nil {
			t.Errorf("%s becomes %s", s, long)
		}
	}
}

func TestTidyIDNumber(t *testing.T) {
	if got := model.TidyIDNumber("　１１０１０５ 19491231\t002ｘ"); got != "11010519491231002X" {
		t.Errorf("got %s", got)
	}
}
