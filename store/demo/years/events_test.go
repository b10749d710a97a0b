package years

import (
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
)

// phase is a moment of the month in which something happens.
type phase int

const (
	begins phase = iota // the first day
	ends                // the last day, before the reports
	passed              // the fifth of the next, when the others have reported
	closed              // the twelfth of the next, when the month is closed
)

// event is something that happens to the county once.
type event struct {
	month model.Month
	phase phase
	what  string
	run   func(w *world, m model.Month)
}

// happen runs the events of a moment.
func (w *world) happen(m model.Month, p phase) {
	w.Helper()
	for _, e := range events {
		if e.month == m && e.phase == p {
			w.Logf("%s: %s", m, e.what)
			e.run(w, m)
			w.happened++
		}
	}
}

// events is the life of the county; every one happens.
var events = []event{
	{"2024-03", ends, "the deadline is moved from the fifth to the eighth", func(w *world, _ model.Month) {
		w.set("deadline_day=8")
		w.deadline("2024-02", "2024-03-05")
		w.deadline("2024-03", "2024-04-05")
		w.deadline("2024-04", "2024-05-08")
	}},
	{"2024-05", begins, "a village doesn't report", func(w *world, m model.Month) { w.unit(7).silent[m] = true }},
	{"2024-05", closed, "it stands as missing", func(w *world, m model.Month) { w.state(7, m, county.Missing) }},
	{"2024-06", passed, "its June is no report of May", func(w *world, m model.Month) {
		w.state(7, m, county.Reported)
		w.state(7, "2024-05", "本月未报(以后月份已报)")
	}},
	{"2024-06", begins, "a village will be late", func(w *world, m model.Month) { w.unit(9).silent[m] = true }},
	{"2024-06", closed, "it reports when the month is closed", func(w *world, m model.Month) {
		w.bring(m, w.unit(9))
		w.state(9, m, county.ReportedLate)
	}},
	{"2024-08", begins, "a village begins its book", func(w *world, m model.Month) {
		w.village(51, m, 9)
		w.list()
	}},
	{"2024-08", passed, "it was not there in July and is there in August", func(w *world, m model.Month) {
		w.state(51, "2024-07", "未建账")
		w.state(51, m, county.Reported)
	}},
	{"2024-09", passed, "a village corrects its month before it is closed", func(w *world, m model.Month) {
		u := w.unit(3)
		u.change("person", u.members()[0], "hardship", "1")
		u.save("honor", "title", "优秀共产党员", "kind", "优秀共产党员", "level", "村", "granted_by", "青禾乡党委", "granted_on", string(m.Last()), "person", u.members()[1])
		w.bring(m, u)
	}},
	{"2024-10", closed, "a village corrects its month after it was closed", func(w *world, m model.Month) {
		u := w.unit(4)
		u.save("honor", "title", "优秀党务工作者", "kind", "优秀党务工作者", "level", "村", "granted_by", "白塔街道党委", "granted_on", string(m.Last()), "person", u.members()[0])
		w.bring(m, u)
	}},
	{"2024-11", ends, "a member moves to another village, by the forms of both", func(w *world, m model.Month) {
		from, to := w.unit(1), w.unit(2)
		who, err := from.Get(ctx, "person", from.members()[2])
		must(w, err)
		day := m.Last().AddDays(-3)
		from.move(who.ID, "转出", day, "to_code", to.code, "to_org", to.name)
		p := to.copyOf(who)
		to.save("movement", "person", p.ID, "kind", "转入", "happened_on", string(day.AddDays(2)), "from_code", from.code, "from_org", from.name)
	}},
	{"2025-11", begins, "a village backs its ledger up", func(w *world, _ model.Month) {
		u := w.unit(6)
		u.backup = filepath.Join(w.dir, "old-backup.db")
		must(w, u.Backup(ctx, u.backup))
	}},
	{"2025-12", ends, "its laptop dies, and the old backup is restored", func(w *world, m model.Month) {
		u := w.unit(6)
		must(w, u.Close())
		_, err := book.Restore(ctx, u.backup, u.path, store.Options{Source: w.source()})
		must(w, err)
		u.Ledger, err = book.Open(ctx, u.path, store.Options{Source: w.source()})
		must(w, err)
		stick := w.stick()
		p := u.export(m, stick)
		if in := w.receive(stick)[0]; in.Verdict != county.Refused {
			w.Errorf("the bundle of a restored ledger: %s", in.Verdict)
		}
		must(w, county.AllowRestored(ctx, w.office, u.code))
		w.hand(m, stick, []parcel{p})
	}},
	{"2026-10", ends, "a village's laptop dies without a backup, and the county gives it its ledger back", func(w *world, _ model.Month) {
		u := w.unit(14)
		must(w, u.Close())
		u.path = filepath.Join(w.dir, "rescued.db")
		_, err := county.Rescue(ctx, w.office, u.code, u.path)
		must(w, err)
		u.Ledger, err = book.Open(ctx, u.path, store.Options{Source: w.source()})
		must(w, err)
	}},
}

// unit gives the village with a number.
func (w *world) unit(n int) *unit {
	w.Helper()
	for _, u := range w.units {
		if u.number == n {
			return u
		}
	}
	w.Fatalf("there is no village %d", n)
	return nil
}

// list makes the villages that are at work the county's list of units.
func (w *world) list() {
	w.Helper()
	var all []store.Unit
	for _, u := range w.units {
		if u.retired == "" {
			all = append(all, store.Unit{Code: u.code, Name: u.name, Township: u.township, Domain: "行政村"})
		}
	}
	must(w, w.office.SetUnits(ctx, all))
	_, err := county.Reissue(ctx, w.office, w.key, w.files.Profile, nil)
	must(w, err)
	w.takeKey()
}

// set changes the county's profile, which the villages take in with the next stick.
func (w *world) set(pairs ...string) {
	w.Helper()
	_, err := county.Set(ctx, w.office, w.key, w.files.Profile, pairs)
	must(w, err)
	w.takeKey()
}

func (w *world) deadline(m model.Month, want model.Date) {
	w.Helper()
	r, err := county.Status(ctx, w.office, m)
	must(w, err)
	if r.Deadline != want {
		w.Errorf("the deadline of %s is %s, and not %s", m, r.Deadline, want)
	}
}

// state holds how the county says that a village stands in a month.
func (w *world) state(n int, m model.Month, want string) {
	w.Helper()
	r, err := county.Status(ctx, w.office, m)
	must(w, err)
	code := w.unit(n).code
	for _, u := range r.Units {
		if u.Code == code {
			if u.State != want {
				w.Errorf("%s stands as %s in %s, and not as %s", w.unit(n).name, u.State, m, want)
			}
			return
		}
	}
	w.Errorf("%s has no line in %s; it should be %s", w.unit(n).name, m, want)
}

// copyOf writes a person down as another village's book has them.
func (u *unit) copyOf(p *model.Record) *model.Record {
	u.w.Helper()
	r, err := u.New(ctx, "person")
	must(u.w, err)
	for _, f := range r.Kind.Fields() {
		if f.Target == "" && p.Filled(f.Name) {
			r.Set(f.Name, p.Get(f.Name))
		}
	}
	_, err = u.Save(ctx, model.AsRecorded, r)
	must(u.w, err)
	return r
}
