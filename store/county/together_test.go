package county_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestReceiveTogether writes three bundles at once of which the second has a record of the
// first: that is found when they are written. The others are in, and the book says what
// became of each in their order.
func TestReceiveTogether(t *testing.T) {
	o := newOffice(t)
	var ids []string
	for i, code := range []string{"990101101201", "990101101202", "990101101203"} {
		v := o.village(t, code, byte(20+40*i))
		id := v.person(t, "张三").ID
		ids = append(ids, id)
		sent := v.export(t)
		if i == 1 {
			v.changed(t, sent, func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
				set(tables, rs, "person", id, "id", ids[0])
				return rs
			})
		}
	}
	var verdicts []string
	for _, in := range o.receive(t, o.stick) {
		verdicts = append(verdicts, in.Verdict)
		if in.Verdict == county.Refused && !strings.Contains(in.Reason, "别的党组织的人员记录") {
			t.Errorf("refused: %s", in.Reason)
		}
	}
	want := []string{county.Accepted, county.Refused, county.Accepted}
	if !slices.Equal(verdicts, want) {
		t.Errorf("said: %q", verdicts)
	}
	lines, err := county.Intakes(ctx, o.l, "")
	must(t, err)
	var book []string
	for _, i := range lines {
		book = append(book, i.Verdict)
	}
	if !slices.Equal(book, want) {
		t.Errorf("in the book: %q", book)
	}
	must(t, o.l.Integrity(ctx))
}
