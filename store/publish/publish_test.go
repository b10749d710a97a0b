package publish_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/publish"
	"taizhang/store/publish/pgtest"
	belowsums "taizhang/store/sums"
)

// connected gives a connection to an empty database with the schema made.
func connected(t *testing.T) (*pgx.Conn, func(user string) string) {
	t.Helper()
	url := pgtest.Database(t)
	conn := pgtest.Connect(t, url("postgres"))
	_, err := publish.Migrate(t.Context(), conn)
	must(t, err)
	return conn, url
}

// line is a number of the summary.
type line struct{ scope, figure, part string }

type numbers struct {
	n, of int64
	none  bool // no number
	share bool
}

// reported gives the numbers of a ledger's own summary, by the keys of what is published.
func reported(t *testing.T, l *store.Ledger, m model.Month, by string) map[line]numbers {
	t.Helper()
	told, err := belowsums.Told(t.Context(), l)
	must(t, err)
	b, err := county.ReadReport(t.Context(), l, count.Ask{Month: m, By: by})
	must(t, err)
	above, err := county.Above(t.Context(), l)
	must(t, err)
	code := l.Home().Str("code")
	all := map[line]numbers{}
	for i := range b.Columns {
		c := &b.Columns[i]
		if by != "" && i == 0 {
			continue
		}
		key := c.Key
		if by == count.ByTownship && above == "" {
			key = code + "/" + key
		}
		for _, r := range b.Rows() {
			if !r.Counts() {
				continue
			}
			s := r.Share(c)
			at := line{key, r.Indicator.Code + "." + r.Figure.Key, told(r.Part)}
			x := numbers{s.N, s.Of, s.None || c.Absent, r.Figure.Of != ""}
			if x.none {
				x.n, x.of = 0, 0
			} else if had, ok := all[at]; ok { // two parts under one text
				x.n, x.of = x.n+had.n, x.of+had.of
			}
			all[at] = x
		}
	}
	return all
}

// published gives the numbers of the function summary.
func published(t *testing.T, conn *pgx.Conn, m model.Month, by string) map[line]numbers {
	t.Helper()
	all := map[line]numbers{}
	rows, err := conn.Query(t.Context(), "SELECT scope, figure, part, value, base, percent::text FROM taizhang.summary($1, $2)", string(m), by)
	must(t, err)
	var at line
	var n, of *int64
	var percent *string
	_, err = pgx.ForEachRow(rows, []any{&at.scope, &at.figure, &at.part, &n, &of, &percent}, func() error {
		x := numbers{none: n == nil}
		if n != nil {
			x.n = *n
		}
		if of != nil {
			x.of, x.share = *of, true
		}
		if p, ok := (count.Share{N: x.n, Of: x.of}).Permille(); x.share && ok {
			if want := fmt.Sprintf("%d.%d", p/10, p%10); percent == nil || *percent != want {
				t.Errorf("%v: percent is %v, not %s", at, percent, want)
			}
		}
		if _, twice := all[at]; twice {
			t.Errorf("%v stands twice", at)
		}
		all[at] = x
		return nil
	})
	must(t, err)
	return all
}

// same compares the summary in PostgreSQL with the ledger's own, at every level.
func same(t *testing.T, l *store.Ledger, conn *pgx.Conn, m model.Month) {
	t.Helper()
	above, err := county.Above(t.Context(), l)
	must(t, err)
	splits := map[string][]string{"": {"all", "county"}, count.ByTownship: {"township"}, count.ByDomain: {"domain"}, count.ByOrganisation: {"organization"}}
	if above != "" {
		splits[""], splits[count.ByCounty] = []string{"all"}, []string{"county"}
	}
	if above == bundle.LevelProvince {
		splits[count.ByCity] = []string{"city"}
	}
	for by, in := range splits {
		for _, word := range in {
			want, got := reported(t, l, m, by), published(t, conn, m, word)
			wrong := 0
			for at, x := range want {
				if word == "county" && above == "" {
					at.scope = l.Home().Str("code")
				}
				have, ok := got[at]
				if x.none {
					have.share = x.share // where there is no number nothing says of what
				}
				if !ok || have != x {
					if wrong++; wrong < 10 {
						t.Errorf("by %s: %v is %+v (%v), not %+v", word, at, have, ok, x)
					}
				}
				delete(got, at)
			}
			if wrong > 0 || len(want) < 200 {
				t.Errorf("by %s: %d of %d numbers differ", word, wrong, len(want))
			}
			for at := range got {
				t.Errorf("by %s: %v is not in the ledger's summary", word, at)
			}
			t.Logf("by %s: %d numbers", word, len(want))
		}
	}
	if above == "" {
		agree(t, conn, m)
	}
}

// agree: what can be added up from the units comes to the county's.
func agree(t *testing.T, conn *pgx.Conn, m model.Month) {
	t.Helper()
	rows, err := conn.Query(t.Context(), "SELECT county || ' ' || figure || ' ' || part FROM taizhang.disagreement($1)", string(m))
	must(t, err)
	wrong, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	if len(wrong) > 0 {
		t.Errorf("units don't add up: %q", wrong)
	}
}

// TestSameNumbers: PostgreSQL's summary is the ledger's at every level, of the open month
// and of the closed one, and says who has reported.
func TestSameNumbers(t *testing.T) {
	ctx := t.Context()
	m := newCounty(t)
	conn, _ := connected(t)
	for _, closed := range []bool{false, true} {
		if closed {
			_, err := county.CloseMonth(ctx, m.l, month, false)
			must(t, err)
		}
		r, err := publish.Publish(ctx, m.l, conn, publish.Options{})
		must(t, err)
		if r.Months != 1 || r.Senders != 1 || r.Changed == 0 {
			t.Errorf("closed %v: %+v", closed, r)
		}
		same(t, m.l, conn, month)
		b, err := county.ReadReport(ctx, m.l, count.Ask{Month: month})
		must(t, err)
		var due, in int
		must(t, conn.QueryRow(ctx, "SELECT due, reported FROM taizhang.reporting('2026-10')").Scan(&due, &in))
		if due != b.Returns.Due || in != b.Returns.In || in != 5 {
			t.Errorf("closed %v: %d of %d have reported, not %d of %d", closed, in, due, b.Returns.In, b.Returns.Due)
		}
		must(t, conn.QueryRow(ctx, "SELECT sum(due), sum(reported) FROM taizhang.reporting('2026-10-31', 'township')").Scan(&due, &in))
		if due != b.Returns.Due || in != b.Returns.In {
			t.Errorf("closed %v: by township %d of %d have reported", closed, in, due)
		}
	}
	var units, heads int64
	must(t, conn.QueryRow(ctx, `SELECT sum(t.value), (SELECT value FROM taizhang.summary('2026-10') s WHERE s.figure = t.figure AND s.part = t.part)
		FROM taizhang.tally t WHERE figure = 'B06.helpers' AND part = '部门帮村' GROUP BY figure, part`).Scan(&units, &heads))
	if heads >= units {
		t.Errorf("heads in common are counted twice: %d of the county, %d of its units", heads, units)
	}
}

// TestGivenLedger compares a ledger that is named on the command line.
func TestGivenLedger(t *testing.T) {
	if *ledgerFlag == "" {
		t.Skip("no -ledger FILE -month YYYY-MM is given")
	}
	conn, _ := connected(t)
	l, err := book.Open(t.Context(), *ledgerFlag, store.Options{ReadOnly: true})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	_, err = publish.Publish(t.Context(), l, conn, publish.Options{Month: model.Month(*monthFlag)})
	must(t, err)
	same(t, l, conn, model.Month(*monthFlag))
}

// state gives all that is published with the transaction that wrote it, xmin, or without.
func state(t *testing.T, conn *pgx.Conn, xmin bool) string {
	t.Helper()
	var b strings.Builder
	for _, table := range []string{"office", "figure", "unit", "scope", "tally", "total", "report"} {
		column := "''"
		if xmin {
			column = "t.xmin::text"
		}
		var n int
		var sum string
		must(t, conn.QueryRow(context.Background(), fmt.Sprintf(`SELECT count(*), coalesce(md5(string_agg(x, E'\n' ORDER BY x)), '') FROM
			(SELECT (to_jsonb(t) - 'published_at')::text || %s AS x FROM taizhang.%s t) r`, column, table)).Scan(&n, &sum))
		fmt.Fprintf(&b, "%s %d %s\n", table, n, sum)
	}
	return b.String()
}

// TestTwice: the same again touches no row; a change touches those of the unit that has
// changed and of the groups that it is in.
func TestTwice(t *testing.T) {
	ctx := t.Context()
	m := newCounty(t)
	conn, _ := connected(t)
	first, err := publish.Publish(ctx, m.l, conn, publish.Options{Month: month})
	must(t, err)
	before := state(t, conn, true)
	again, err := publish.Publish(ctx, m.l, conn, publish.Options{Month: month})
	must(t, err)
	if after := state(t, conn, true); after != before || again.Changed != 0 || again.Numbers != 0 {
		t.Errorf("the same again wrote %+v:\n%s\n%s", again, before, after)
	}
	l, err := book.Open(ctx, m.dir+"/small0.db", store.Options{Source: sourceAt(77, "2026-10-31")})
	must(t, err)
	add(t, l, "aid", "kind", "活动经费", "title", "资料", "provider", "市林业局", "amount", "5000", "given_on", "2026-05-02")
	m.receive(t, export(t, l, m.dir))
	changed, err := publish.Publish(ctx, m.l, conn, publish.Options{Month: month})
	must(t, err)
	same(t, m.l, conn, month)
	// The unit, its report, township and domain, the county.
	if changed.Changed != 5 || changed.Numbers >= first.Numbers {
		t.Errorf("one unit's change wrote %+v, of %+v", changed, first)
	}
}
