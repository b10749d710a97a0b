package years

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/demo/truth"
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

// report exports a month onto a stick of its own, and gives the book that is in it.
func (u *unit) report(m model.Month) (send.Sent, truth.Org) {
	u.w.Helper()
	dir, err := os.MkdirTemp(u.w.dir, "stick")
	must(u.w, err)
	sent, err := send.Export(ctx, u.Ledger, send.Options{Month: m, Dir: dir, AllowErrors: true})
	if err != nil {
		u.w.Fatalf("%s of %s: %v", m, u.name, err)
	}
	org, err := bookOf(u.Ledger, u.township)
	must(u.w, err)
	return sent, org
}

// hand takes a bundle to the county, which must take it, and brings the receipt home.
func (w *world) hand(u *unit, sent send.Sent, org truth.Org) {
	w.Helper()
	in := w.receive(sent)
	if in.Verdict != county.Accepted && in.Verdict != county.Partly || in.SetAside > 0 {
		w.Fatalf("%s of %s: %s, %s", sent.File, u.name, in.Verdict, in.Reason)
	}
	w.took(u, sent, org)
	w.receipt(u, sent)
}

// took remembers what the county has now.
func (w *world) took(u *unit, sent send.Sent, org truth.Org) {
	h := w.held[u.Home().ID]
	if h == nil {
		h = &held{in: map[model.Month]bool{}}
		w.held[u.Home().ID] = h
	}
	h.unit, h.month, h.book = u, sent.Month, org
	h.in[sent.Month] = true
}

// receive puts one bundle before the county.
func (w *world) receive(sent send.Sent) county.Intake {
	w.Helper()
	all, err := county.Receive(ctx, w.office, w.key, []string{sent.Path}, county.ReceiveOptions{})
	must(w, err)
	if len(all) != 1 {
		w.Fatalf("%s: %d files handled", sent.File, len(all))
	}
	return all[0]
}

// receipt writes the answers to the stick that brought a bundle, and the village takes
// them in.
func (w *world) receipt(u *unit, sent send.Sent) {
	w.Helper()
	dir := filepath.Dir(sent.Path)
	_, err := county.Receipts(ctx, w.office, w.key, dir, sent.Month, u.code)
	must(w, err)
	files, err := filepath.Glob(filepath.Join(dir, "*.receipt.json"))
	must(w, err)
	for _, f := range files {
		data, err := os.ReadFile(f)
		must(w, err)
		_, err = send.TakeReceipt(ctx, u.Ledger, data)
		must(w, err)
	}
	if len(files) == 0 {
		w.Fatalf("no receipt for %s of %s", sent.File, u.name)
	}
	must(w, os.RemoveAll(dir))
}

// counted is the independent count of a month over what the county holds: of the units
// that keep accepts.
func (w *world) counted(m model.Month, keep func(*held) bool) map[string]map[string]any {
	w.Helper()
	span := truth.Span{From: m.First()[:4] + "-01-01", To: m.Last(), Month: m}
	all := truth.New(true, span, span)
	own, err := bookOf(w.office, "")
	must(w, err)
	own.Own = true
	for kind, records := range own.Records {
		own.Records[kind] = slices.DeleteFunc(records, func(r *model.Record) bool { return r.OrgID != own.Home.ID && r.ID != own.Home.ID })
	}
	must(w, all.Add(own))
	for _, id := range slices.Sorted(maps.Keys(w.held)) {
		if h := w.held[id]; keep(h) {
			must(w, all.Add(h.book))
		}
	}
	return all.Values(count.Indicators())
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

// TestThreeYears plays 2024 to 2026.
func TestThreeYears(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	w := newWorld(t)
	for n := 1; n <= 8; n++ {
		w.village(n, firstMonth, 7+n%6)
	}
	for m := firstMonth; m <= "2024-04"; m = m.Add(1) {
		w.month(m)
	}
}

// month plays one month: it is lived in the villages, reported on the third day of the
// next, counted and closed on the tenth.
func (w *world) month(m model.Month) {
	w.Helper()
	next := m.Add(1).First()
	w.at(m.Last())
	for _, u := range w.units {
		u.live(m)
	}
	w.at(next.AddDays(2))
	for _, u := range w.units {
		sent, org := u.report(m)
		w.hand(u, sent, org)
	}
	w.at(next.AddDays(9))
	w.compare(m)
	w.seal(m)
	w.lookBack()
}
