package work_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/count"
	"taizhang/store/demo"
	"taizhang/tui/summary"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// dayClock is a clock that a test sets to the morning of a day.
type dayClock struct{ day model.Date }

func (c *dayClock) now() time.Time { return c.day.Time().Add(9 * time.Hour) }

func (c *dayClock) source() *model.Source { return &model.Source{Now: c.now, Rand: &sample.Dice{}} }

// freshLedger is a village's book made on 2026-11-03 and kept from November on, with
// four members on file.
func freshLedger(t *testing.T, c *dayClock) *store.Ledger {
	t.Helper()
	c.day = "2026-11-03"
	home := sample.Home
	home.FirstMonth = "2026-11"
	l, err := book.Create(context.Background(), filepath.Join(t.TempDir(), "ledger.db"), home, store.Options{Source: c.source(), By: "陈书记"})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"张三", "李四", "王五", "赵六"} {
		sample.AddPerson(t, l, map[string]model.Value{"name": name, "sex": "男", "birth_date": "1970-03-02",
			"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01", "dues_basis": "农民"})
	}
	return l
}

// TestBarsAgreeWithWhatIsDue: on every day looked at, a bar of a duty that stands below
// its goal has its line among what is due, and a line about a period of this year has a
// bar below its goal; what can't be judged yet says so in both.
func TestBarsAgreeWithWhatIsDue(t *testing.T) {
	c := &dayClock{}
	fresh := freshLedger(t, c)
	r, err := demo.Village(context.Background(), t.TempDir(), demo.Options{Members: 30})
	if err != nil {
		t.Fatal(err)
	}
	made, err := book.Open(context.Background(), r.Ledger, store.Options{Source: c.source()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = made.Close() })
	for _, l := range []*store.Ledger{fresh, made} {
		app := &ui.App{Ctx: context.Background(), Ledger: l, Styles: ui.NewStyles(true)}
		seen := map[string]bool{}
		for _, day := range []model.Date{"2026-11-03", "2026-11-20", "2026-12-01", "2026-12-16", "2026-12-31", "2027-01-01", "2027-01-31",
			"2027-02-01", "2027-03-20", "2027-04-01", "2027-07-15", "2027-12-31", "2028-01-01"} {
			c.day = day
			goals, err := summary.Goals(app)
			if err != nil {
				t.Fatal(err)
			}
			due, err := l.Due(app.Ctx, day)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range goals {
				agree(t, g, day, due)
				seen[g.Duty] = seen[g.Duty] || g.Duty != "" && g.Standing == count.Short
			}
			barless(t, day, goals, due)
		}
		if !seen["R-ORG-05"] || !seen["R-ORG-04"] {
			t.Errorf("no bar of a duty was ever below its goal: %v", seen)
		}
	}
}

func agree(t *testing.T, g summary.Goal, day model.Date, due []model.Due) {
	t.Helper()
	if g.Duty == "" {
		return
	}
	of := func(waits bool) bool {
		return slices.ContainsFunc(due, func(d model.Due) bool { return d.Code == g.Duty && (d.Waits != "") == waits })
	}
	if g.Standing == count.Short && !of(false) {
		t.Errorf("on %s %s stands at %d of %d and nothing is due", day, g.Title, g.Share.N, g.Share.Of)
	}
	if g.Wait != "" && !of(true) {
		t.Errorf("on %s %s can't be judged and nothing says so", day, g.Title)
	}
}

// barless looks for lines of a duty with a bar whose bar is missing or full.
func barless(t *testing.T, day model.Date, goals []summary.Goal, due []model.Due) {
	t.Helper()
	for _, d := range due {
		if d.Waits != "" || d.Day.Year() != day.Year() || !slices.Contains([]string{"R-ORG-01", "R-ORG-02", "R-ORG-03", "R-ORG-04", "R-ORG-05", "R-DUE-01"}, d.Code) {
			continue
		}
		if !slices.ContainsFunc(goals, func(g summary.Goal) bool { return g.Duty == d.Code && g.Standing == count.Short }) {
			t.Errorf("on %s %s is due (%s) and no bar is below its goal", day, d.Code, d.Text)
		}
	}
}
