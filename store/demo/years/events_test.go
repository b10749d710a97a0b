package years

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/county/rescue"
	"taizhang/store/kit"
	"taizhang/store/send"
	"taizhang/store/sheet"
	"taizhang/store/transfer"
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
	units []int // whom it concerns
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
	{"2024-03", ends, nil, "the deadline is moved from the fifth to the eighth", func(w *world, _ model.Month) {
		w.set("deadline_day=8")
		w.deadline("2024-02", "2024-03-05")
		w.deadline("2024-03", "2024-04-05")
		w.deadline("2024-04", "2024-05-08")
	}},
	{"2024-05", begins, []int{7}, "a village doesn't report", func(w *world, m model.Month) { w.unit(7).silent[m] = true }},
	{"2024-05", closed, []int{7}, "it stands as missing", func(w *world, m model.Month) { w.state(7, m, county.Missing) }},
	{"2024-06", passed, []int{7}, "its June is no report of May", func(w *world, m model.Month) {
		w.state(7, m, county.Reported)
		w.state(7, "2024-05", county.OnlyLater)
	}},
	{"2024-06", begins, []int{9}, "a village will be late", func(w *world, m model.Month) { w.unit(9).silent[m] = true }},
	{"2024-06", closed, []int{9}, "it reports when the month is closed", func(w *world, m model.Month) {
		w.bring(m, w.unit(9))
		w.state(9, m, county.ReportedLate)
	}},
	{"2024-08", begins, []int{51}, "a village begins its book", func(w *world, m model.Month) {
		w.village(51, m, 9)
		w.list()
	}},
	{"2024-08", passed, []int{51}, "it was not there in July and is there in August", func(w *world, m model.Month) {
		w.state(51, "2024-07", county.NotBegun)
		w.state(51, m, county.Reported)
	}},
	{"2024-09", passed, []int{3}, "a village corrects its month before it is closed", func(w *world, m model.Month) {
		u := w.unit(3)
		u.change("person", u.members()[0], "hardship", "1")
		u.save("honor", "title", "优秀共产党员", "kind", "优秀共产党员", "level", "村", "granted_by", "青禾乡党委", "granted_on", string(m.Last()), "person", u.members()[1])
		w.bring(m, u)
	}},
	{"2024-10", closed, []int{4}, "a village corrects its month after it was closed", func(w *world, m model.Month) {
		u := w.unit(4)
		u.save("honor", "title", "优秀党务工作者", "kind", "优秀党务工作者", "level", "村", "granted_by", "白塔街道党委", "granted_on", string(m.Last()), "person", u.members()[0])
		w.bring(m, u)
	}},
	{"2024-11", ends, []int{1, 2}, "a member moves to another village, by the forms of both", func(w *world, m model.Month) {
		from, to := w.unit(1), w.unit(2)
		who, err := from.Get(ctx, "person", from.members()[2])
		must(w, err)
		day := m.Last().AddDays(-3)
		from.move(who.ID, "转出", day, "to_code", to.code, "to_org", to.name)
		p := to.copyOf(who)
		to.save("movement", "person", p.ID, "kind", "转入", "happened_on", string(day.AddDays(2)), "from_code", from.code, "from_org", from.name)
	}},
	{"2025-01", ends, []int{2, 5}, "a member is taken in by a list, as one who has moved", func(w *world, m model.Month) {
		from, to := w.unit(2), w.unit(5)
		who, err := from.Get(ctx, "person", from.members()[1])
		must(w, err)
		day := m.Last().AddDays(-4)
		from.move(who.ID, "转出", day, "to_code", to.code, "to_org", to.name)
		list := filepath.Join(w.dir, "转入名单.csv")
		must(w, os.WriteFile(list, []byte("姓名,性别,民族,出生日期,学历,政治面貌,入党日期,转正日期\n"+strings.Join([]string{who.Str("name"), who.Str("sex"), who.Str("ethnicity"),
			who.Str("birth_date"), who.Str("education"), who.Str("status"), who.Str("joined_on"), who.Str("confirmed_on")}, ",")+"\n"), 0o600))
		plan, err := sheet.Read(ctx, to.Ledger, to.Kinds().Kind("person"), list, sheet.ReadOptions{
			Asked: map[string]string{party.AskArrival: party.ArrivedByMove, party.AskArrivedFrom: from.name, party.AskArrivedOn: string(day.AddDays(1))}})
		must(w, err)
		_, err = plan.Apply(ctx, to.Ledger)
		must(w, err)
		if _, taken, _, _, rejected := plan.Counts(); taken != 1 || rejected != 0 {
			w.Errorf("of the list %d were taken in, %d rejected: %+v", taken, rejected, plan.Rows)
		}
	}},
	{"2025-02", ends, []int{3, 8}, "a member moves with a package under four words", func(w *world, m model.Month) {
		w.handOver(w.unit(3), w.unit(8), m.Last().AddDays(-2), false, w.unit(3).members()[0])
	}},
	{"2025-03", begins, []int{12}, "a village gets another code", func(w *world, m model.Month) {
		u := w.unit(12)
		must(w, county.Recode(ctx, w.office, u.code, recoded, m.First()))
		w.reissue()
	}},
	{"2025-03", passed, []int{12}, "its bundle under the old code was known, and the receipt brought the new one", func(w *world, m model.Month) {
		u := w.unit(12)
		if u.code != recoded {
			w.Errorf("%s goes on under %s", u.name, u.code)
		}
		w.state(12, m, county.Reported)
	}},
	{"2025-06", begins, nil, "the county rolls its key, which the old one announces", func(w *world, m model.Month) {
		w.rekey(w.key)
	}},
	{"2025-07", ends, []int{11, 13}, "a whole unit moves into another", func(w *world, m model.Month) {
		from, to := w.unit(13), w.unit(11)
		day := m.Last().AddDays(-1)
		w.handOver(from, to, day, true, from.members()...)
		from.change("organization", from.Home().ID, "abolished_on", string(m.Last()))
	}},
	{"2025-07", closed, []int{11, 13}, "it is merged, and asked for no more", func(w *world, m model.Month) {
		u := w.unit(13)
		must(w, county.Retire(ctx, w.office, county.Retirement{Code: u.code, On: m.Add(1).First(), Into: w.unit(11).code}))
		w.reissue()
		u.retired = m.Add(1).First()
		w.state(13, m.Add(1), county.Gone)
	}},
	{"2025-09", begins, []int{10}, "a village's ledger is copied to a second computer", func(w *world, _ model.Month) {
		u := w.unit(10)
		u.backup = filepath.Join(w.dir, "second-computer.db")
		must(w, u.Backup(ctx, u.backup))
	}},
	{"2025-10", passed, []int{10}, "the second computer reports too", func(w *world, m model.Month) {
		u := w.unit(10)
		must(w, u.Close())
		var err error
		u.path = u.backup
		u.Ledger, err = book.Open(ctx, u.path, store.Options{Source: w.source()})
		must(w, err)
		u.live(m) // what was written there in the meantime
		w.letIn(m, u, county.ForkCopy)
	}},
	{"2025-11", begins, []int{6}, "a village backs its ledger up", func(w *world, _ model.Month) {
		u := w.unit(6)
		u.backup = filepath.Join(w.dir, "old-backup.db")
		must(w, u.Backup(ctx, u.backup))
	}},
	{"2025-12", ends, []int{6}, "its laptop dies, and the old backup is restored", func(w *world, m model.Month) {
		u := w.unit(6)
		must(w, u.Close())
		_, err := book.Restore(ctx, u.backup, u.path, store.Options{Source: w.source()})
		must(w, err)
		u.Ledger, err = book.Open(ctx, u.path, store.Options{Source: w.source()})
		must(w, err)
		w.letIn(m, u, county.ForkRestored)
	}},
	{"2026-02", ends, nil, "the county's computer dies, and its backup brings ledger, key and profile back", func(w *world, _ model.Month) {
		file := filepath.Join(w.dir, "county.age")
		key, err := os.ReadFile(w.files.Key)
		must(w, err)
		must(w, kit.Backup(ctx, w.office, file, kit.Options{Key: key, Passphrase: "柳河石桥春耕", WorkFactor: 10}))
		must(w, w.office.Close())
		must(w, os.RemoveAll(filepath.Dir(w.files.DB)))
		must(w, os.Mkdir(filepath.Dir(w.files.DB), 0o700))
		_, err = kit.Restore(ctx, file, w.files.DB, "柳河石桥春耕", store.Options{Source: w.source(), Book: book.Standard})
		must(w, err)
		w.openOffice()
	}},
	{"2026-05", begins, nil, "the county's key is lost for good", func(w *world, _ model.Month) {
		must(w, os.Remove(w.files.Key))
		w.rekey(nil)
		digits := bundle.CheckDigits(w.key.PublicKey())
		for _, u := range w.working() {
			if err := send.SetProfile(ctx, u.Ledger, w.profile); err == nil {
				w.Errorf("%s takes a key that nobody has announced", u.name)
			}
			must(w, send.TrustProfile(ctx, u.Ledger, w.profile, digits))
		}
	}},
	{"2026-06", begins, []int{12, 52}, "the old code goes to another village", func(w *world, m model.Month) {
		u := w.villageUnder(w.unit(12).former, 52, m, 8)
		w.list()
		if u.code == w.unit(12).code {
			w.Errorf("two villages under %s", u.code)
		}
	}},
	{"2026-06", passed, []int{12, 52}, "the two are told apart", func(w *world, m model.Month) {
		w.state(52, m, county.Reported)
		w.state(12, m, county.Reported)
	}},
	{"2026-09", closed, []int{15}, "a unit is abolished while members still stand in it", func(w *world, m model.Month) {
		u := w.unit(15)
		must(w, county.Retire(ctx, w.office, county.Retirement{Code: u.code, On: m.Add(1).First(), Reason: county.Abolished}))
		w.reissue()
		u.retired = m.Add(1).First()
	}},
	{"2026-10", ends, []int{14}, "a village's laptop dies without a backup, and the county gives it its ledger back", func(w *world, _ model.Month) {
		u := w.unit(14)
		must(w, u.Close())
		u.path = filepath.Join(w.dir, "rescued.db")
		_, err := rescue.Rescue(ctx, w.office, u.code, u.path, nil)
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

// recoded is the new code of village 12.
const recoded = "990101188012"

// reports tells whether a village reports a month. Without -full only those do to whom
// something happens about that time, two that always do, and all in June and December.
func (w *world) reports(u *unit, m model.Month) bool {
	if u.silent[m] || u.retired != "" || u.begun > m {
		return false
	}
	return *fullFlag || u.number <= 2 || u.begun == m || m[5:] == "06" || m[5:] == "12" || slices.ContainsFunc(events, func(e event) bool {
		return slices.Contains(e.units, u.number) && e.month.Add(-1) <= m && m <= e.month.Add(1)
	})
}

// working gives the villages that report.
func (w *world) working() []*unit {
	return slices.DeleteFunc(slices.Clone(w.units), func(u *unit) bool { return u.retired != "" })
}

// reissue signs the county's profile anew.
func (w *world) reissue() {
	w.Helper()
	_, err := county.Reissue(ctx, w.office, w.key, w.files.Profile, nil)
	must(w, err)
	w.takeKey()
}

// rekey changes the county's key; old is nil where it was lost.
func (w *world) rekey(old *bundle.CountyKey) {
	w.Helper()
	_, err := county.Rekey(ctx, w.office, old, county.RekeyOptions{KeyPath: w.files.Key, ProfilePath: w.files.Profile})
	must(w, err)
	w.takeKey()
}

// letIn brings a month of a ledger that does not follow on the last one accepted: it is
// refused, what would be lost is shown, and then it is let in.
func (w *world) letIn(m model.Month, u *unit, as string) {
	w.Helper()
	stick := w.stick()
	p := u.export(m, stick)
	if in := w.receive(stick)[0]; in.Verdict != county.Refused {
		w.Errorf("the bundle of %s: %s", u.name, in.Verdict)
	}
	f, err := county.LastFork(ctx, w.office, u.code)
	must(w, err)
	must(w, county.AllowFork(ctx, w.office, f, as))
	w.hand(m, stick, []parcel{p})
}

// handOver moves members to another village by a package.
func (w *world) handOver(from, to *unit, day model.Date, whole bool, persons ...string) {
	w.Helper()
	for _, id := range persons {
		pairs := []string{"to_code", to.code, "to_org", to.name}
		if whole {
			pairs = append(pairs, "whole_unit", "1")
		}
		from.move(id, "转出", day, pairs...)
	}
	written, err := transfer.Hand(ctx, from.Ledger, persons, filepath.Join(w.dir, fmt.Sprintf("moved-%s-%s.age", from.code, day)))
	must(w, err)
	p, err := transfer.Read(written.Path, strings.Join(written.Words, " "))
	must(w, err)
	a, err := transfer.Look(ctx, to.Ledger, p, day.AddDays(1))
	must(w, err)
	_, err = a.Apply(ctx)
	must(w, err)
	if a.Taken() != len(persons) {
		w.Errorf("of %d who moved to %s %d arrived", len(persons), to.name, a.Taken())
	}
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

// state holds how the county says that a village stands in a month; one that has reported
// may have problems.
func (w *world) state(n int, m model.Month, want string) {
	w.Helper()
	r, err := county.Status(ctx, w.office, m)
	must(w, err)
	code := w.unit(n).code
	for _, u := range r.Units {
		if u.Code == code {
			if u.State != want && (want != county.Reported || u.State != county.ReportedPartly) {
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
