// Package above_test takes the six made-up counties up to a city and a province, and holds
// what arrives there against what was made up.
package above_test

import (
	"crypto/rand"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/demo/city"
	"taizhang/store/demo/truth"
	"taizhang/store/send"
	"taizhang/store/sums"
)

const (
	month   = model.Month("2026-06")
	january = model.Date("2026-01-01")
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// source is the clock of all offices: the month is over.
func source() *model.Source {
	return &model.Source{Now: func() time.Time { return time.Date(2026, 7, 6, 9, 0, 0, 0, time.Local) }, Rand: rand.Reader}
}

// office is one of the offices with its key.
type office struct {
	l       *store.Ledger
	key     *bundle.CountyKey
	profile []byte
	code    string
}

func open(t *testing.T, files county.Result) *office {
	t.Helper()
	o := &office{}
	text, err := os.ReadFile(files.Key)
	must(t, err)
	o.key, err = bundle.ParseCountyKey(text, "")
	must(t, err)
	o.profile, err = os.ReadFile(files.Profile)
	must(t, err)
	o.l, err = book.Open(t.Context(), files.DB, store.Options{Source: source()})
	must(t, err)
	t.Cleanup(func() { must(t, o.l.Close()) })
	o.code = o.l.Home().Str("code")
	return o
}

func newOffice(t *testing.T, level, code, name string) *office {
	t.Helper()
	files, err := county.Init(t.Context(), county.InitOptions{Code: code, Name: name, Level: level, Dir: filepath.Join(t.TempDir(), "office"), Source: source()})
	must(t, err)
	return open(t, files)
}

// under takes in the profile of the office above.
func (o *office) under(t *testing.T, above *office) {
	t.Helper()
	_, err := send.SetAbove(t.Context(), o.l, above.profile, "")
	must(t, err)
}

func (o *office) closeMonth(t *testing.T) {
	t.Helper()
	_, err := county.CloseMonth(t.Context(), o.l, month, false)
	must(t, err)
}

// up writes what goes up of the closed month, down to the unit.
func (o *office) up(t *testing.T, change func([]sums.Table)) string {
	t.Helper()
	opts := sums.Options{Month: month, Dir: t.TempDir(), Detail: bundle.DetailUnit}
	c, err := sums.Read(t.Context(), o.l, opts)
	must(t, err)
	if change != nil {
		change(c.Tables)
	}
	sent, err := sums.Export(t.Context(), o.l, c, opts)
	must(t, err)
	return sent.Path
}

func (o *office) receive(t *testing.T, path string) county.Intake {
	t.Helper()
	all, err := county.Receive(t.Context(), o.l, o.key, []string{path}, county.ReceiveOptions{})
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("%s: %+v", path, all)
	}
	return all[0]
}

func (o *office) accept(t *testing.T, path string) {
	t.Helper()
	if in := o.receive(t, path); in.Verdict != county.Accepted {
		t.Fatalf("%s at %s: %+v", filepath.Base(path), o.code, in)
	}
}

func (o *office) summary(t *testing.T, by string) *count.Report {
	t.Helper()
	b, err := county.ReadReport(t.Context(), o.l, count.Ask{Month: month, By: by})
	must(t, err)
	return b
}

// made is a made-up county that has closed the month, and what its records come to.
type made struct {
	*office
	members int
	whole   *truth.Count
	truths  map[string]map[string]*truth.Count // by split and key, as the city has them
	people  secrets
	places  map[string]bool // names of organisations and places
	stick   string          // the villages' bundles
}

// make makes the n-th county up, takes its villages' bundles in and closes the month.
func makeCounty(t *testing.T, n int) *made {
	t.Helper()
	span := truth.Span{From: january, To: month.Last(), Month: month}
	m := &made{whole: truth.New(true, span, span), people: secrets{}, places: map[string]bool{}}
	m.truths = map[string]map[string]*truth.Count{"": {"": m.whole}}
	ctx, dir := t.Context(), t.TempDir()
	own := ""
	res, err := city.Make(ctx, dir, city.Options{County: n, Small: true, Each: func(o truth.Org) error {
		if o.Own {
			own = o.Code
		}
		m.people.note(o, m.places)
		return m.count(o, own)
	}})
	must(t, err)
	m.members = res.Members
	m.office = open(t, county.Result{DB: res.County, Key: res.Key, Profile: res.Profile})
	all, err := county.Receive(ctx, m.l, m.key, []string{res.Stick}, county.ReceiveOptions{})
	must(t, err)
	for _, in := range all {
		if in.Verdict != county.Accepted && in.Verdict != county.Partly || in.SetAside > 0 {
			t.Fatalf("county %d: %+v", n, in)
		}
	}
	m.closeMonth(t)
	m.stick = res.Stick
	return m
}

// count adds an organisation to the counts of all groups that it is in.
func (m *made) count(o truth.Org, county string) error {
	town := o.Township
	if o.Own {
		town = "县本级"
	}
	errs := []error{m.whole.Add(o)}
	for by, key := range map[string]string{count.ByCounty: county, count.ByTownship: county + "/" + town, count.ByDomain: o.Domain, count.ByOrganisation: o.Code} {
		if m.truths[by] == nil {
			m.truths[by] = map[string]*truth.Count{}
		}
		c := m.truths[by][key]
		if c == nil {
			c = m.whole.Part()
			m.truths[by][key] = c
		}
		errs = append(errs, c.Add(o))
	}
	return errors.Join(errs...)
}

// added adds the truths of counties up, by split and key.
func added(counties []*made) map[string]map[string]map[string]int64 {
	all := map[string]map[string]map[string]int64{}
	for _, m := range counties {
		for by, keys := range m.truths {
			if all[by] == nil {
				all[by] = map[string]map[string]int64{}
			}
			for key, c := range keys {
				if all[by][key] == nil {
					all[by][key] = map[string]int64{}
				}
				for code, figures := range c.Values(count.Indicators()) {
					for figure, value := range figures {
						name := code + "." + figure
						if n, whole := value.(int64); whole {
							all[by][key][name+"\n"] += n
							continue
						}
						for part, n := range value.(map[string]int64) {
							all[by][key][name+"\n"+part] += n
						}
					}
				}
			}
		}
	}
	return all
}

// numbers gives those of a column without zeros, and without what only an office above has.
func numbers(values map[string]map[string]map[string]int64) map[string]int64 {
	all := map[string]int64{}
	for code, figures := range values {
		for figure, parts := range figures {
			for part, n := range parts {
				if n != 0 && !strings.Contains(figure, "transit") {
					all[code+"."+figure+"\n"+part] = n
				}
			}
		}
	}
	return all
}

// same compares numbers and names what differs.
func same(t *testing.T, what string, got, want map[string]int64) {
	t.Helper()
	keys := maps.Clone(got)
	maps.Copy(keys, want)
	wrong := 0
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if got[k] != want[k] {
			if wrong++; wrong < 6 {
				t.Errorf("%s: %q is %d, of the records %d", what, k, got[k], want[k])
			}
		}
	}
}
