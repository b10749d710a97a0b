// Package years plays three years of a county on a made-up calendar: forty units with
// their ledgers, the stick that travels, and all that happens to a county in that time.
// After each month the county's sums are held against an independent count.
package years

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/internal/storetest"
)

var ctx = context.Background()

// must ends the test when something fails that only makes the world.
func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// Fatal and Fatalf end the test, also from a village's goroutine (each).
func (w *world) Fatal(args ...any) {
	w.T.Helper()
	w.broken.Store(true)
	w.T.Error(args...)
	runtime.Goexit()
}

func (w *world) Fatalf(format string, args ...any) {
	w.T.Helper()
	w.broken.Store(true)
	w.T.Errorf(format, args...)
	runtime.Goexit()
}

// world is the county, its villages and the calendar that all of them live by.
type world struct {
	*testing.T
	clock sync.Mutex
	now   time.Time
	dir   string
	seed  uint64

	office  *store.Ledger
	key     *bundle.CountyKey
	profile []byte
	files   county.Result

	units []*unit          // in the order in which they came
	held  map[string]*held // by the organisation's id: what the county took last
	seals map[model.Month][]byte

	happened int         // events
	broken   atomic.Bool // something failed that must not
}

// unit is a village with its ledger.
type unit struct {
	*store.Ledger
	w                    *world
	number               int
	code, name, township string
	former               string // the code that it had before
	path, backup         string
	begun                model.Month // its first month
	retired              model.Date  // "" while it is at work

	silent map[model.Month]bool // months that it doesn't report
	nth    int                  // persons made so far
	rnd    *rand.Rand

	pending []*model.Record // written with the month
}

// source gives the calendar's clock to a ledger, with randomness of its own.
func (w *world) source() *model.Source {
	w.seed++
	return &model.Source{Rand: &storetest.Dice{State: w.seed}, Now: func() time.Time {
		w.clock.Lock()
		defer w.clock.Unlock()
		w.now = w.now.Add(20 * time.Millisecond)
		return w.now
	}}
}

// at turns the calendar to the morning of a day.
func (w *world) at(day model.Date) {
	w.Helper()
	next := day.Time().Add(9 * time.Hour)
	if next.Before(w.now) {
		w.Fatalf("the calendar goes back from %s to %s", w.now.Format(time.DateTime), day)
	}
	w.now = next
}

const (
	firstMonth = model.Month("2024-01")
	lastMonth  = model.Month("2026-12")
)

// newWorld makes the county's side on the morning of the first day.
func newWorld(t *testing.T) *world {
	w := &world{T: t, dir: t.TempDir(), held: map[string]*held{}, seals: map[model.Month][]byte{}}
	w.now = time.Date(2024, 1, 1, 1, 0, 0, 0, time.Local)
	var err error
	w.files, err = county.Init(ctx, county.InitOptions{Code: "990101", Name: "澄安县委组织部", County: "澄安县",
		Dir: filepath.Join(w.dir, "county"), Source: w.source()})
	must(t, err)
	w.openOffice()
	t.Cleanup(func() { must(t, w.office.Close()) })
	return w
}

// openOffice opens the county's ledger and reads its key.
func (w *world) openOffice() {
	w.Helper()
	var err error
	w.office, err = book.Open(ctx, w.files.DB, store.Options{Source: w.source()})
	must(w, err)
	w.takeKey()
}

// takeKey reads the county's key and profile as they lie in its folder.
func (w *world) takeKey() {
	w.Helper()
	file, err := os.ReadFile(w.files.Key)
	must(w, err)
	w.key, err = bundle.ParseCountyKey(file, "")
	must(w, err)
	w.profile, err = os.ReadFile(w.files.Profile)
	must(w, err)
}

var towns = []string{"石桥镇", "柳河镇", "青禾乡", "白塔街道"}

// village begins a ledger with its members, who stand in it from the eve of the month.
func (w *world) village(n int, month model.Month, members int) *unit {
	w.Helper()
	return w.villageUnder(fmt.Sprintf("9901011%05d", n), n, month, members)
}

// villageUnder begins it under a code.
func (w *world) villageUnder(code string, n int, month model.Month, members int) *unit {
	w.Helper()
	u := &unit{w: w, number: n, rnd: rand.New(rand.NewPCG(2024, uint64(n))), code: code, name: fmt.Sprintf("%s第%d村党支部", towns[n%len(towns)], n), township: towns[n%len(towns)], begun: month,
		silent: map[model.Month]bool{}, path: filepath.Join(w.dir, fmt.Sprintf("village%d.db", n))}
	var err error
	u.Ledger, err = book.CreateWith(ctx, u.path, store.Home{Code: code, Name: u.name, Kind: "党支部", Domain: "行政村", Township: u.township,
		County: "澄安县", FirstMonth: month}, w.profile, store.Options{Source: w.source()})
	must(w, err)
	w.Cleanup(func() { must(w, u.Close()) })
	w.units = append(w.units, u)
	for range members {
		p := u.person()
		u.save("movement", "person", p.ID, "kind", "期初在册", "happened_on", string(month.First().AddDays(-1)))
	}
	return u
}

// save writes a record with its values as a bundle has them.
func (u *unit) save(kind string, pairs ...string) *model.Record {
	u.w.Helper()
	r := u.record(kind, pairs)
	if _, err := u.Save(ctx, model.AsRecorded, r); err != nil {
		u.w.Fatalf("%s in %s: %v", kind, u.name, err)
	}
	return r
}

// later keeps a record to be written with the others of its month.
func (u *unit) later(kind string, pairs ...string) {
	u.w.Helper()
	u.pending = append(u.pending, u.record(kind, pairs))
}

func (u *unit) record(kind string, pairs []string) *model.Record {
	u.w.Helper()
	r, err := u.New(ctx, kind)
	must(u.w, err)
	u.fill(r, pairs)
	return r
}

func (u *unit) fill(r *model.Record, pairs []string) {
	u.w.Helper()
	for i := 0; i < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		if f == nil {
			u.w.Fatalf("%s has no field %s", r.Kind.Name, pairs[i])
		}
		value, err := f.Type.ParseCSV(f, pairs[i+1])
		must(u.w, err)
		r.Set(f.Name, value)
	}
}

// change writes some values of a record on file, as its form does.
func (u *unit) change(kind, id string, pairs ...string) {
	u.w.Helper()
	r, err := u.Get(ctx, kind, id)
	must(u.w, err)
	u.fill(r, pairs)
	_, err = u.Save(ctx, model.FromForm, r)
	must(u.w, err)
}

// move writes a change of membership as the form does: what it makes of the person follows.
func (u *unit) move(person, kind string, on model.Date, pairs ...string) {
	u.w.Helper()
	r, err := u.New(ctx, "movement")
	must(u.w, err)
	u.fill(r, append([]string{"person", person, "kind", kind, "happened_on", string(on)}, pairs...))
	if _, err := u.Save(ctx, model.FromForm, r); err != nil {
		u.w.Fatalf("%s in %s on %s: %v", kind, u.name, on, err)
	}
}
