package copies_test

import (
	"fmt"
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
	"taizhang/store/copies"
	"taizhang/store/county"
	"taizhang/store/disktest"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/storetest"
)

// village is a made-up village with a county, a stick and a clock that is set by hand.
type village struct {
	*testing.T
	dir, stick string
	path       string
	now        time.Time
	key        *bundle.CountyKey
	seed       byte
}

func (v *village) source() *model.Source {
	v.seed++
	s := storetest.Clock(v.seed)
	s.Now = func() time.Time { return v.now }
	return s
}

func at(day string, clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, time.Local)
	if err != nil {
		panic(err)
	}
	return t
}

// newVillage makes a village's ledger with its county's profile.
func newVillage(t *testing.T, from string) *village {
	t.Helper()
	v := &village{T: t, dir: t.TempDir(), stick: t.TempDir(), now: at(from, "08:00")}
	office, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", Dir: filepath.Join(t.TempDir(), "县"), Source: v.source(), WorkFactor: 2})
	storetest.Must(t, err)
	text, err := os.ReadFile(office.Key)
	storetest.Must(t, err)
	v.key, err = bundle.ParseCountyKey(text, "")
	storetest.Must(t, err)
	profile, err := os.ReadFile(office.Profile)
	storetest.Must(t, err)
	v.path = filepath.Join(v.dir, "ledger.db")
	l, err := book.CreateWith(ctx, v.path, store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "柳河镇", County: "澄安县"},
		profile, store.Options{Source: v.source(), By: "测试"})
	storetest.Must(t, err)
	storetest.Must(t, l.Close())
	return v
}

func (v *village) open() *store.Ledger {
	v.Helper()
	l, err := book.Open(ctx, v.path, store.Options{Source: v.source(), By: "测试"})
	storetest.Must(v.T, err)
	return l
}

func (v *village) drives() []string { return []string{v.stick} }

// start is a start of the program at a moment, in which a person is registered.
func (v *village) start(day, clock string, person int) {
	v.Helper()
	v.now = at(day, clock)
	l := v.open()
	storetest.Must(v.T, copies.Begin(l, copies.Options{Drives: v.drives}).Daily(ctx))
	if person > 0 {
		p := model.New(l.Env(ctx), l.Kinds().Kind("person"))
		for name, value := range map[string]model.Value{"name": fmt.Sprintf("柳大%d", person), "sex": "男", "birth_date": model.Date("1970-03-02"),
			"id_number": idNumber(person), "id_checked": true, "status": "群众"} {
			p.Set(name, value)
		}
		_, err := l.Save(ctx, model.FromForm, p)
		storetest.Must(v.T, err)
	}
	storetest.Must(v.T, l.Close())
}

func idNumber(n int) string { return fmt.Sprintf("99010119700302%03d8", n) }

// lock sets the passphrase and the stick as the second place.
func (v *village) lock() {
	v.Helper()
	l := v.open()
	key, err := copies.NewKey(l, secret, 2)
	storetest.Must(v.T, err)
	storetest.Must(v.T, key.Keep(ctx, l))
	note, err := copies.SetPlace(ctx, l, v.stick, v.drives(), false)
	storetest.Must(v.T, err)
	if note != "" {
		v.Errorf("a stick: %s", note)
	}
	storetest.Must(v.T, l.Close())
}

// days gives the days of the backups in a folder, with the acts before which they were made.
func days(t *testing.T, dir string) (all []string) {
	t.Helper()
	storetest.Must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".json" {
			return err
		}
		_, stamp, ok := strings.Cut(strings.TrimPrefix(d.Name(), "台账备份_"), "_")
		if !ok || len(stamp) < 15 {
			t.Errorf("%s lies there", path)
			return nil
		}
		name := stamp[:4] + "-" + stamp[4:6] + "-" + stamp[6:8]
		if _, act, ok := strings.Cut(stamp, "_"); ok {
			name += " " + strings.TrimSuffix(strings.TrimSuffix(act, ".age"), ".db")
		}
		all = append(all, name)
		return nil
	}))
	slices.Sort(all)
	return all
}

// wanted tells by the rule of the issue, from all the days on which there was a start, which
// backups are to be there: it forgets nothing, and so needs none of the backups.
func wanted(starts []string) []string {
	keep := map[string]bool{}
	newest := func(most int, period func(time.Time) string) {
		seen := map[string]string{}
		for _, s := range starts {
			p := period(at(s, "12:00"))
			if _, ok := seen[p]; !ok {
				seen[p] = s
			}
		}
		periods := slices.Sorted(maps.Keys(seen))
		for _, p := range periods[max(len(periods)-most, 0):] {
			keep[seen[p]] = true
		}
	}
	newest(7, func(t time.Time) string { return t.Format("2006-01-02") })
	newest(4, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprintf("%d-%02d", y, w) })
	newest(12, func(t time.Time) string { return t.Format("2006-01") })
	return slices.Sorted(maps.Keys(keep))
}

// persons opens a plain backup and counts the persons on file.
func persons(t *testing.T, path string) int64 {
	t.Helper()
	l, err := book.Open(ctx, path, store.Options{ReadOnly: true})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, l.Close()) }()
	storetest.Must(t, l.Integrity(ctx))
	n, err := l.Count(ctx, store.Query{Kind: "person"})
	storetest.Must(t, err)
	return int64(n)
}

func filesIn(t *testing.T, dir, end string) []string {
	t.Helper()
	var all []string
	storetest.Must(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(path, end) {
			all = append(all, path)
		}
		return err
	}))
	return all
}

// room is a made-up disk: how much is free, and that nothing but the stick can be carried.
type room struct {
	disktest.Drives
	free  map[string]int64
	stick string
}

func (r room) Free(dir string) (int64, bool) {
	for at, n := range r.free {
		if strings.HasPrefix(dir, at) {
			return n, true
		}
	}
	return 0, false
}

func (r room) Portable(dir string) bool { return r.stick != "" && strings.HasPrefix(dir, r.stick) }

func useRoom(t *testing.T, r room) {
	t.Helper()
	r.On = func(dir string) (string, string, error) {
		if _, err := os.Stat(dir); err != nil {
			return "", "", err
		}
		return "d", "", nil
	}
	t.Cleanup(disk.SetDevices(r))
}

// countyDB makes a county and gives its ledger's path.
func countyDB(t *testing.T) string {
	t.Helper()
	made, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", Dir: filepath.Join(t.TempDir(), "县"), Source: storetest.Clock(99), WorkFactor: 2})
	storetest.Must(t, err)
	return made.DB
}
