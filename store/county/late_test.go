package county_test

import (
	"strings"
	"testing"

	"taizhang/store/county"
)

// What a village wrote down long after it happened is counted when it comes in; what it
// took over from paper while its book was made is not.
func TestReceiveCountsWhatIsLate(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 1)
	zhang := v.person(t, "张三", "status", "正式党员", "birth_date", "1970-03-02", "joined_on", "1999-07-01", "confirmed_on", "2000-07-01")
	v.add(t, "movement", "person", zhang.ID, "kind", "期初在册", "happened_on", "2026-08-31")
	for _, day := range []string{"2026-08-01", "2026-09-05", "2026-10-20"} { // taken over, late, in time
		v.add(t, "talk", "held_on", day, "person", zhang.ID, "talker", zhang.ID)
	}
	in := o.one(t, v.export(t).Path)
	if got := in.Changes["talk"]; got != (county.Difference{Added: 3, Late: 1}) {
		t.Errorf("of the talks %+v", got)
	}
	if in.Changes["movement"].Late != 0 || !strings.Contains(in.Gist(), "补录 1 条") {
		t.Errorf("%+v; %s", in.Changes, in.Gist())
	}
	v.add(t, "talk", "held_on", "2026-09-06", "person", zhang.ID, "talker", zhang.ID)
	if in = o.one(t, v.export(t).Path); in.Changes["talk"] != (county.Difference{Added: 1, Late: 1}) {
		t.Errorf("the second time %+v", in.Changes)
	}
}
