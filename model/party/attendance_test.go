package party_test

import (
	"testing"

	"taizhang/model"
)

// TestAttendanceCounts: who does not count as due is left out of 应到 and 缺席 unless
// they came; a vote is due of full members with voting right alone.
func TestAttendanceCounts(t *testing.T) {
	full := []string{"status", "正式党员", "standing", "在册", "confirmed_on", "2011-07-01"}
	person := func(id string, more ...string) *model.Record {
		return record(t, "person", id, append(append([]string{"name", id}, full...), more...)...)
	}
	look := shelf{"person": {person("a"), person("b"), person("ill", "not_due", "4"), person("old", "not_due", "4"),
		person("suspended", "voting_suspended", "是"), person("new", "status", "预备党员")}}
	env := testEnv(t, look)
	r := record(t, "activity", "m1", "kind", "支部党员大会", "held_on", "2026-10-12",
		"attendance", "a=到会;b=请假-外出;ill=请假-其他;old=到会;suspended=到会;new=到会")
	for name, want := range map[string]string{"due": "5", "present": "4", "absent": "1", "voters_due": "2"} {
		if got := r.Kind.DerivedValue(name).Value(env, r); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	r.Set("kind", "主题党日")
	if got := r.Kind.DerivedValue("voters_due").Value(env, r); got != "" {
		t.Errorf("a theme day has %q voters", got)
	}
	for id, want := range map[string]string{"a": "有", "suspended": "无", "new": "无"} {
		p, err := look.Get("person", id)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Kind.DerivedValue("voting").Value(env, p); got != want {
			t.Errorf("the vote of %s is %q, want %q", id, got, want)
		}
	}
}

// counting tells how many records were looked up.
type counting struct {
	shelf
	read *int
}

func (c counting) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	found, err := c.shelf.Find(kind, conds...)
	*c.read += len(found)
	return found, err
}

// TestAttendanceReadsOneBookAlone: in a county's ledger of hundreds of record books a
// row of the table reads the persons of its own.
func TestAttendanceReadsOneBookAlone(t *testing.T) {
	var all []*model.Record
	for _, org := range []string{"home", "other", "third"} {
		p := record(t, "person", org+"-1", "name", "张三", "status", "正式党员", "standing", "在册", "confirmed_on", "2011-07-01", "not_due", "4")
		p.OrgID = org
		all = append(all, p)
	}
	env, read := testEnv(t, nil), 0
	env.Look = counting{shelf{"person": all}, &read}
	r := record(t, "activity", "m1", "kind", "支部党员大会", "held_on", "2026-10-12", "attendance", "home-1=请假-其他")
	r.OrgID = "home"
	for name, want := range map[string]string{"due": "0", "absent": "0", "voters_due": "0"} {
		if got := r.Kind.DerivedValue(name).Value(env, r); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if read != 3 {
		t.Errorf("%d persons read for three values, not the one of the book each time", read)
	}
}
