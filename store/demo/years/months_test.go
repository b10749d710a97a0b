package years

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/demo/truth"
	"taizhang/store/inbox"
	"taizhang/store/send"
)

// held is what the county took of a unit last: the village's book as it was exported.
type held struct {
	unit  *unit
	month model.Month
	book  truth.Org
	in    map[model.Month]bool // months of which a bundle was taken
}

// bookOf reads all that an organisation's ledger holds of its own.
func bookOf(l *store.Ledger, township string) (truth.Org, error) {
	home := l.Home()
	o := truth.Org{Code: home.Str("code"), Township: township, Domain: home.Str("domain"), Home: home, Records: map[string][]*model.Record{}}
	look := l.Env(ctx).Look
	for _, k := range l.Kinds().Kinds() {
		all, err := look.Find(k.Name)
		if err != nil {
			return o, err
		}
		o.Records[k.Name] = all
	}
	return o, nil
}

// parcel is a bundle on its way to the county, with the book that is in it.
type parcel struct {
	unit *unit
	sent send.Sent
	book truth.Org
}

// export writes a month's bundle onto a stick.
func (u *unit) export(m model.Month, stick string) parcel {
	u.w.Helper()
	sent, err := send.Export(ctx, u.Ledger, send.Options{Month: m, Dir: stick, AllowErrors: true})
	if err != nil {
		u.w.Fatalf("%s of %s: %v", m, u.name, err)
	}
	org, err := bookOf(u.Ledger, u.township)
	must(u.w, err)
	return parcel{u, sent, org}
}

// stick is a new folder for bundles and receipts.
func (w *world) stick() string {
	w.Helper()
	dir, err := os.MkdirTemp(w.dir, "stick")
	must(w, err)
	return dir
}

// each does something in many villages, several at once; each has a ledger of its own.
func (w *world) each(units []*unit, do func(n int, u *unit)) {
	w.Helper()
	var group sync.WaitGroup
	free := make(chan bool, runtime.GOMAXPROCS(0))
	for n, u := range units {
		free <- true
		group.Go(func() {
			defer func() { <-free }()
			do(n, u)
		})
	}
	group.Wait()
	if w.Failed() && w.broken.Load() {
		w.FailNow()
	}
}

// bring reports a month of some villages: one stick with all of their bundles goes to
// the county, which must take every one, and the receipts go home.
func (w *world) bring(m model.Month, units ...*unit) {
	w.Helper()
	stick, parcels := w.stick(), make([]parcel, len(units))
	w.each(units, func(n int, u *unit) { parcels[n] = u.export(m, stick) })
	w.hand(m, stick, parcels)
}

// hand takes a stick to the county and back.
func (w *world) hand(m model.Month, stick string, parcels []parcel) {
	w.Helper()
	verdicts := map[string]county.Intake{}
	for _, in := range w.receive(stick) {
		verdicts[in.File] = in
	}
	for _, p := range parcels {
		in := verdicts[p.sent.File]
		if in.Verdict != county.Accepted && in.Verdict != county.Partly || in.SetAside > 0 {
			w.Fatalf("%s of %s: %s, %s", p.sent.File, p.unit.name, in.Verdict, in.Reason)
		}
		w.took(p)
	}
	w.receipts(m, stick, parcels)
}

// took remembers what the county has now.
func (w *world) took(p parcel) {
	id := p.unit.Home().ID
	h := w.held[id]
	if h == nil {
		h = &held{in: map[model.Month]bool{}}
		w.held[id] = h
	}
	h.unit, h.month, h.book = p.unit, p.sent.Month, p.book
	h.in[p.sent.Month] = true
}

// receive puts a stick before the county.
func (w *world) receive(stick string) []county.Intake {
	w.Helper()
	all, err := county.Receive(ctx, w.office, w.key, []string{stick}, county.ReceiveOptions{})
	must(w, err)
	return all
}

// receipts writes the answers to the stick, and each village takes its own in.
func (w *world) receipts(m model.Month, stick string, parcels []parcel) {
	w.Helper()
	units := make([]*unit, len(parcels))
	for n, p := range parcels {
		units[n] = p.unit
	}
	_, err := county.Receipts(ctx, w.office, w.key, stick, m)
	must(w, err)
	w.each(units, func(n int, u *unit) {
		files, err := filepath.Glob(filepath.Join(stick, "*_"+parcels[n].sent.Hash[:8]+bundle.ReceiptExtension))
		must(w, err)
		if len(files) != 1 {
			w.Fatalf("%d receipts of %s for %s", len(files), m, u.name)
		}
		data, err := os.ReadFile(files[0])
		must(w, err)
		_, err = send.TakeReceipt(ctx, u.Ledger, data)
		must(w, err)
		_, err = inbox.TakeIn(ctx, u.Ledger, stick)
		must(w, err)
		if code := u.Home().Str("code"); code != u.code {
			u.former, u.code = u.code, code
		}
	})
	must(w, os.RemoveAll(stick))
}

// counted is the independent count of a month over what the county holds: of the units
// that keep accepts. Who still stands in a unit that is no more counts there no longer, but
// for the balance, which has to close, and stands as waiting.
func (w *world) counted(m model.Month, keep func(*held) bool) map[string]map[string]any {
	w.Helper()
	span := truth.Span{From: model.Date(m[:4] + "-01-01"), To: m.Last(), Month: m}
	all, balance := truth.New(true, span, span), truth.New(true, span, span)
	own, err := bookOf(w.office, "")
	must(w, err)
	own.Own = true
	for kind, records := range own.Records {
		own.Records[kind] = slices.DeleteFunc(records, func(r *model.Record) bool { return r.OrgID != own.Home.ID && r.ID != own.Home.ID })
	}
	books, waiting := []truth.Org{own}, int64(0)
	for _, id := range slices.Sorted(maps.Keys(w.held)) {
		if h := w.held[id]; keep(h) {
			books = append(books, h.book)
			if on := h.unit.retired; on != "" && on <= m.Last() {
				books[len(books)-1] = ended(h.book, on, &waiting)
			}
		}
	}
	for _, b := range books {
		must(w, all.Add(b))
	}
	must(w, balance.Add(own))
	for _, id := range slices.Sorted(maps.Keys(w.held)) {
		if h := w.held[id]; keep(h) {
			must(w, balance.Add(h.book))
		}
	}
	values := all.Values(count.Indicators())
	values["A11"] = balance.Values(count.Indicators())["A11"]
	values["A02"]["waiting"] = waiting
	return values
}

// ended gives a book as it counts once its unit is no more: nothing stands in it, and its
// members have gone on that day. They are added to waiting.
func ended(o truth.Org, on model.Date, waiting *int64) truth.Org {
	records := map[string][]*model.Record{}
	for kind, all := range o.Records {
		for _, r := range all {
			r = r.Clone()
			switch {
			case kind == "person" && r.Is("status", "正式党员", "预备党员") && r.Is("standing", "在册"):
				*waiting++
				r.Set("standing", "转出")
				r.Set("left_on", on)
				gone := model.NewRecord(o.Records["movement"][0].Kind)
				gone.ID, gone.OrgID = "gone "+r.ID, r.OrgID
				gone.Set("person", r.ID)
				gone.Set("kind", "转出")
				gone.Set("happened_on", on)
				records["movement"] = append(records["movement"], gone)
			case kind == "undertaking" && !r.Filled("ended_on"):
				r.Set("ended_on", on)
			case kind == "organization" && !r.Filled("abolished_on"):
				r.Set("abolished_on", on)
			}
			records[kind] = append(records[kind], r)
			if r.ID == o.Home.ID {
				o.Home = r
			}
		}
	}
	o.Records = records
	return o
}

// compare holds the county's summary of a month against the independent count.
func (w *world) compare(m model.Month) {
	w.Helper()
	period, err := count.MonthPeriod(w.office, m)
	must(w, err)
	sum, err := count.Summarize(ctx, w.office, count.SummaryQuery{Period: period})
	must(w, err)
	plain := w.counted(m, func(*held) bool { return true })
	for _, i := range count.Indicators() {
		for _, f := range i.Figures {
			want := parts(plain[i.Code][f.Key])
			have := sum.Groups[0].Values[i.Code][f.Key]
			for _, part := range slices.Sorted(maps.Keys(union(want, have))) {
				if want[part] != have[part] {
					w.Errorf("%s %s.%s/%s: the county says %d, the plain count %d", m, i.Code, f.Key, part, have[part], want[part])
				}
			}
		}
	}
}

func union(a, b map[string]int64) map[string]bool {
	all := map[string]bool{}
	for k := range a {
		all[k] = true
	}
	for k := range b {
		all[k] = true
	}
	return all
}

func parts(value any) map[string]int64 {
	switch v := value.(type) {
	case int64:
		return map[string]int64{"": v}
	case map[string]int64:
		return v
	}
	return nil
}

// seal closes a month at the county and keeps what its summary says.
func (w *world) seal(m model.Month) {
	w.Helper()
	_, err := county.CloseMonth(ctx, w.office, m, false)
	must(w, err)
	w.seals[m] = w.sealed(m)
}

func (w *world) sealed(m model.Month) []byte {
	w.Helper()
	r, err := county.ReadReport(ctx, w.office, count.Ask{Month: m})
	must(w, err)
	text, err := json.Marshal(r.JSON())
	must(w, err)
	return append(text, strings.Join(r.Notes(), "\n")...)
}

// lookBack holds the closed months against what they said when they were closed.
func (w *world) lookBack() {
	w.Helper()
	for _, m := range slices.Sorted(maps.Keys(w.seals)) {
		if now := w.sealed(m); string(now) != string(w.seals[m]) {
			w.Errorf("the closed %s has changed:\n%s\nwas\n%s", m, now, w.seals[m])
		}
	}
}

var (
	unitsFlag = flag.Int("units", 18, "how many units the county has in the end; 18 at least, 40 for the figures of a release")
	fullFlag  = flag.Bool("full", false, "every unit reports every month")
)

// newcomers are the units that begin within the three years: number 51 and what follows.
const newcomers = 2

// TestThreeYears plays 2024 to 2026 of a county of forty units (-units 40), or fewer.
func TestThreeYears(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	w := newWorld(t)
	for n := 1; n <= *unitsFlag-newcomers; n++ {
		w.village(n, firstMonth, 7+n%6)
	}
	w.list()
	for m := firstMonth; m <= lastMonth; m = m.Add(1) {
		w.at(m.First())
		w.happen(m, begins)
		if m > firstMonth {
			w.report(m.Add(-1))
		}
		w.at(m.Last())
		w.each(w.units, func(_ int, u *unit) { u.live(m) })
		w.happen(m, ends)
	}
	w.report(lastMonth)
	if w.happened != len(events) {
		t.Errorf("%d of %d events happened", w.happened, len(events))
	}
}

// report brings a month's bundles in on the third day of the next, counts them, and
// closes the month on the tenth.
func (w *world) report(m model.Month) {
	w.Helper()
	next := m.Add(1).First()
	w.at(next.AddDays(2))
	w.bring(m, slices.DeleteFunc(slices.Clone(w.units), func(u *unit) bool { return !w.reports(u, m) })...)
	w.at(next.AddDays(4))
	w.happen(m, passed)
	w.at(next.AddDays(9))
	w.compare(m)
	w.seal(m)
	w.at(next.AddDays(11))
	w.happen(m, closed)
	w.lookBack()
}
