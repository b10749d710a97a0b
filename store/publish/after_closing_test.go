package publish_test

import (
	"testing"

	"taizhang/store/county"
	"taizhang/store/office"
	"taizhang/store/publish"
)

// TestAfterClosing: what comes after a city has closed the month is not published until the
// month is closed again; then what changed is written, and nothing twice.
func TestAfterClosing(t *testing.T) {
	ctx := t.Context()
	l := newCity(t)
	conn, _ := connected(t)
	members := func() (n int64) {
		t.Helper()
		must(t, conn.QueryRow(ctx, "SELECT value FROM taizhang.summary('2026-10') WHERE figure = 'A02.members'").Scan(&n))
		return n
	}
	// The sums of this city were written and not received: a month is closed once something was.
	must(t, county.NoteIntake(ctx, l, county.IntakeLine{File: "x.tzs", FileHash: "x", Code: "990101000000", Month: month, Sequence: 1, Hash: "x", Verdict: county.Accepted, Reasons: []byte("{}")}))
	_, err := county.CloseMonth(ctx, l, month, false)
	must(t, err)
	_, err = publish.Publish(ctx, l, conn, publish.Options{})
	must(t, err)
	was := members()
	list, err := office.Senders(ctx, l, month)
	must(t, err)
	sums, err := office.SumsOf(ctx, l, month, list[0].Code)
	must(t, err)
	for i := range sums.Groups {
		if g := &sums.Groups[i]; g.Kind == office.KindAll || g.Kind == office.KindCounty {
			g.Values["A02"]["members"][""] += 3
		}
	}
	sums.Sequence, sums.Hash = sums.Sequence+1, "another"
	must(t, office.Write(ctx, l, sums))
	if _, err = publish.Publish(ctx, l, conn, publish.Options{}); err != nil || members() != was {
		t.Errorf("%d members of the closed month, not %d; %v", members(), was, err)
	}
	look, err := county.LookAgain(ctx, l, month)
	must(t, err)
	_, err = county.CloseAgain(ctx, l, look, "一个县更正", false)
	must(t, err)
	for n, changed := range []bool{true, false} {
		r, err := publish.Publish(ctx, l, conn, publish.Options{})
		must(t, err)
		if members() != was+3 || r.Changed > 0 != changed {
			t.Errorf("published %d times: %d members, %+v", n+1, members(), r)
		}
	}
	same(t, l, conn, month)
}
