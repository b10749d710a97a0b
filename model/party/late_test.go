package party_test

import (
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/membership"
	"taizhang/model/party/packs"
)

// undated are the kinds that can't be late, with the reason.
var undated = map[string]string{
	"organization": "stands", "unit": "stands", "person": "stands", "position": "stands", "reserve": "stands", "goal": "stands", "panel": "stands",
	"linkage": "stands", "pairing": "stands", "regulation": "stands", "duty": "stands", "place": "stands", "skill": "stands", "undertaking": "stands",
	"cultivation": "stands", "demonstration": "stands",
	"admission": "in steps over years", "decision": "in steps over months", "pledge": "in steps over a year",
}

func isDated(k *model.Kind) bool { return k.DerivedValue("late") != nil }

// A kind that is added says whether what it holds can be written down late.
func TestEveryKindIsDatedOrNot(t *testing.T) {
	for _, k := range party.Kinds.Kinds() {
		if (undated[k.Name] != "") == isDated(k) {
			t.Errorf("%s: undated because it %q, and dated: %v", k.Name, undated[k.Name], isDated(k))
		}
	}
}

func lateEnv(t *testing.T, rows ...row) *model.Env {
	t.Helper()
	d := dueTest{rows: append([]row{ledgerFrom("2026-05")}, rows...)}
	env := d.env(t, "2026-10-31")
	env.Look.(shelf)["movement"][0].CreatedAt = "2026-06-20T01:02:03Z"
	return env
}

// mainDate is the date by which a kind's record is late.
func mainDate(k *model.Kind) string {
	for _, r := range k.Rules {
		if r.Code == "W-LATE" {
			return r.Field
		}
	}
	return ""
}

// Who enters something more than thirty days after its day is told so, of every kind;
// of what stands on file nothing is said, since nobody can mend it.
func TestLateIsAnnounced(t *testing.T) {
	for _, k := range party.Kinds.Kinds() {
		if !isDated(k) {
			continue
		}
		for day, want := range map[string]bool{"2026-10-01": false, "2026-09-30": true, "2026-10-31": false, "2026-03-01": true} {
			r := record(t, k.Name, "me", mainDate(k), day)
			for _, old := range []*model.Record{nil, r} {
				all, err := model.Check(lateEnv(t), r, old)
				if err != nil {
					t.Fatal(err)
				}
				got := slices.ContainsFunc(all, func(f model.Finding) bool { return f.Code == "W-LATE" })
				if got != (want && old == nil) {
					t.Errorf("%s of %s, on file %v: announced %v", k.Name, day, old != nil, got)
				}
			}
		}
	}
}

// The mark: from the thirty-first day, not for the first list, nor for what was taken
// over from paper while the book was made.
func TestLateBy(t *testing.T) {
	p, err := model.NewPacks(packs.Default(), nil)
	if err != nil {
		t.Fatal(err)
	}
	year, err := model.NewPacks(packs.Default(), map[string]string{"late.days": "365"})
	if err != nil {
		t.Fatal(err)
	}
	begun := membership.Begun{First: "2026-06", Opened: "2026-07"}
	for _, c := range []struct {
		what, day, written string
		want               int
		begun              membership.Begun
		packs              *model.Packs
	}{
		{"thirty days", "2026-08-01", "2026-08-31", 0, begun, p},
		{"thirty-one days", "2026-08-01", "2026-09-01", 31, begun, p},
		{"thirty days are a parameter", "2026-08-01", "2026-09-01", 0, begun, year},
		{"not written down yet", "2026-08-01", "", 91, begun, p},
		{"taken over while the book was made", "2025-03-01", "2026-07-31", 0, begun, p},
		{"from before the book, afterwards", "2025-03-01", "2026-08-01", 518, begun, p},
		{"of the book's own months, while it was made", "2026-06-01", "2026-07-31", 60, begun, p},
		{"a book of which nobody knows when it began", "2026-06-01", "2026-10-31", 0, membership.Begun{}, p},
		{"no day", "", "2026-10-31", 0, begun, p},
	} {
		r := record(t, "talk", "k1", "held_on", c.day)
		if c.written != "" {
			r.CreatedAt = c.written + "T08:00:00Z"
		}
		if got := party.LateBy(c.packs, c.begun, "2026-10-31", r); got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
	}
	opening := record(t, "movement", "m1", "kind", "期初在册", "happened_on", "2026-05-31")
	opening.CreatedAt = "2026-10-01T08:00:00Z"
	if got := party.LateBy(p, begun, "2026-10-31", opening); got != 0 {
		t.Errorf("an opening is late by %d", got)
	}
	course := record(t, "training", "t1", "started_on", "2026-07-01", "ended_on", "2026-08-31")
	course.CreatedAt = "2026-09-15T08:00:00Z"
	if got := party.LateBy(p, begun, "2026-10-31", course); got != 0 {
		t.Errorf("a course of two months is late by %d", got)
	}
}

// The column says it, by how the record's own book began: a county sees the villages'.
func TestLateColumn(t *testing.T) {
	env := lateEnv(t)
	k := party.Kinds.Kind("talk")
	late := record(t, "talk", "k1", "held_on", "2026-08-01", "person", "p1")
	late.CreatedAt = "2026-09-15T08:00:00Z"
	show := func(r *model.Record) string { return k.DerivedValue("late").Value(env, r) }
	if got := show(late); got != "补录45天" {
		t.Errorf("shows %q", got)
	}
	late.OrgID = "elsewhere"
	if got := show(late); got != "" {
		t.Errorf("of a book of which nothing is known it shows %q", got)
	}
	other := record(t, "movement", "m9", "person", "p9", "kind", "期初在册", "happened_on", "2026-08-31")
	other.OrgID, other.CreatedAt = "elsewhere", "2026-09-20T08:00:00Z"
	env.Look.(shelf)["movement"] = append(env.Look.(shelf)["movement"], other)
	if got := show(late); got != "" {
		t.Errorf("taken over in another's first month it shows %q", got)
	}
	late.CreatedAt = "2026-11-15T08:00:00Z"
	if got := show(late); got != "补录106天" {
		t.Errorf("in another's book it shows %q", got)
	}
}
