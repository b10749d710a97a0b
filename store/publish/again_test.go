package publish_test

import (
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/store/office"
	"taizhang/store/publish"
)

// TestClosedAgain: of a month that was published closed and is closed again with other
// numbers what differs is written anew, in one transaction: where the database refuses one
// of the numbers all stands as it was, to the row.
func TestClosedAgain(t *testing.T) {
	ctx := t.Context()
	m := newCounty(t)
	conn, _ := connected(t)
	_, err := county.CloseMonth(ctx, m.l, month, false)
	must(t, err)
	first, err := publish.Publish(ctx, m.l, conn, publish.Options{Month: month})
	must(t, err)

	l, err := book.Open(ctx, m.dir+"/small0.db", store.Options{Source: sourceAt(77, "2026-10-31")})
	must(t, err)
	add(t, l, "aid", "kind", "活动经费", "title", "资料", "provider", "市林业局", "amount", "5000", "given_on", "2026-05-02")
	m.receive(t, export(t, l, m.dir))
	if r, err := publish.Publish(ctx, m.l, conn, publish.Options{Month: month}); err != nil || r.Numbers != 0 {
		t.Errorf("what has come since the closing was published: %+v, %v", r, err)
	}
	seen, err := county.LookAgain(ctx, m.l, month)
	must(t, err)
	_, err = county.CloseAgain(ctx, m.l, seen, "一个村补报", false)
	must(t, err)

	before := state(t, conn, true)
	_, err = conn.Exec(ctx, `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
		CREATE TRIGGER refuse BEFORE INSERT ON taizhang.total_2026_10 FOR EACH ROW WHEN (NEW.kind = 'township') EXECUTE FUNCTION refuse()`)
	must(t, err)
	if _, err := publish.Publish(ctx, m.l, conn, publish.Options{Month: month}); err == nil || !strings.Contains(err.Error(), "no") {
		t.Errorf("published: %v", err)
	}
	if state(t, conn, true) != before {
		t.Error("a month that was not written to its end has changed")
	}
	_, err = conn.Exec(ctx, "DROP TRIGGER refuse ON taizhang.total_2026_10")
	must(t, err)

	changed, err := publish.Publish(ctx, m.l, conn, publish.Options{Month: month})
	must(t, err)
	same(t, m.l, conn, month)
	agree(t, conn, month)
	if changed.Numbers == 0 || changed.Numbers >= first.Numbers {
		t.Errorf("the second closing wrote %+v, of %+v", changed, first)
	}
	if again, err := publish.Publish(ctx, m.l, conn, publish.Options{}); err != nil || again.Changed != 0 {
		t.Errorf("the same again wrote %+v, %v", again, err)
	}

	// It is what one that never saw the first closing holds.
	other, _ := connected(t)
	_, err = publish.Publish(ctx, m.l, other, publish.Options{Month: month})
	must(t, err)
	if state(t, other, false) != state(t, conn, false) {
		t.Error("a database that had the first closing differs from one that had not")
	}
}

// TestCountyCorrected: a county's bundle that takes the place of one before it is published
// at the city as it stands now, with nothing left of the one before.
func TestCountyCorrected(t *testing.T) {
	ctx := t.Context()
	l := newCity(t)
	conn, _ := connected(t)
	_, err := publish.Publish(ctx, l, conn, publish.Options{})
	must(t, err)
	list, err := office.Senders(ctx, l, month)
	must(t, err)
	sums, err := office.SumsOf(ctx, l, month, list[0].Code)
	must(t, err)
	sums.Sequence, sums.Hash = sums.Sequence+1, "corrected"
	gone := ""
	var groups []office.Group
	for _, g := range sums.Groups {
		switch {
		case g.Kind == office.KindUnit && gone == "":
			gone = g.Key // a unit that is no more
			continue
		case g.Kind == office.KindUnit, g.Kind == office.KindDomain:
		default:
			g.Values["A02"]["members"][""]--
		}
		groups = append(groups, g)
	}
	sums.Groups = groups
	must(t, office.Write(ctx, l, sums))
	r, err := publish.Publish(ctx, l, conn, publish.Options{})
	must(t, err)
	same(t, l, conn, month)
	if r.Numbers == 0 {
		t.Errorf("a correction wrote %+v", r)
	}
	for _, table := range []string{"unit", "tally"} {
		var n int
		must(t, conn.QueryRow(ctx, "SELECT count(*) FROM taizhang."+table+" WHERE unit = $1", gone).Scan(&n))
		if n != 0 {
			t.Errorf("%d rows of %s are left of a unit that is no more", n, table)
		}
	}
}
