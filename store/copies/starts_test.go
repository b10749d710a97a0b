package copies_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

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

const secret = "石桥春耕九九"

var ctx = context.Background()

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
	note, err := copies.SetPlace(ctx, l, v.stick, v.drives())
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

// TestThirtyDays: of thirty days of starts, some of them twice, the right backups are kept
// beside the ledger and on the stick; each beside the ledger opens and holds what was there
// at the first start of its day; each on the stick can be read by nobody without the
// passphrase or the county's key, and by each of the two.
func TestThirtyDays(t *testing.T) {
	v := newVillage(t, "2026-10-01")
	v.lock()
	var starts []string
	holds := map[string]int64{}
	for d := model.Date("2026-10-01"); d <= "2026-10-30"; d = d.AddDays(1) {
		n := len(starts)
		holds[string(d)] = int64(n)
		starts = append(starts, string(d))
		v.start(string(d), "08:00", n+1)
		if n%3 == 0 { // a second start makes none
			v.start(string(d), "20:00", 0)
		}
		want := wanted(starts)
		for _, dir := range []string{copies.Folder(v.path), v.stick} {
			if got := days(t, dir); !slices.Equal(got, want) {
				t.Fatalf("%s, %s: kept %v, want %v", d, dir, got, want)
			}
		}
	}
	beside := filesIn(t, copies.Folder(v.path), ".db")
	for _, path := range beside {
		day := model.Date(days(t, path)[0])
		if got := persons(t, path); got != holds[string(day)] {
			t.Errorf("%s holds %d persons, want %d", path, got, holds[string(day)])
		}
	}
	carried := filesIn(t, v.stick, ".db.age")
	if len(filesIn(t, v.stick, "")) != len(carried)+2 { // the stick and our folder
		t.Errorf("on the stick lies %v", filesIn(t, v.stick, ""))
	}
	stranger, err := age.GenerateX25519Identity()
	storetest.Must(t, err)
	for _, path := range carried {
		day := days(t, path)[0]
		text, err := os.ReadFile(path)
		storetest.Must(t, err)
		for _, plain := range []string{"SQLite format", "柳大", "9901011970", "石桥"} {
			if bytes.Contains(text, []byte(plain)) {
				t.Errorf("%s holds %q in clear", path, plain)
			}
		}
		if _, err := book.Open(ctx, path, store.Options{ReadOnly: true}); storetest.Code(err) != "E-NOTLEDGER" {
			t.Errorf("%s opens: %v", path, err)
		}
		out := filepath.Join(t.TempDir(), "out.db")
		for _, c := range []struct {
			pass string
			by   []age.Identity
			want string
		}{{"", nil, "E-PASSPHRASE"}, {"石桥秋收九九", nil, "E-PASSPHRASE"}, {"", []age.Identity{stranger}, "E-KEY"}} {
			if err := copies.Unseal(ctx, path, out, c.pass, c.by); storetest.Code(err) != c.want {
				t.Errorf("%s by %q: %v, want %s", path, c.pass, err, c.want)
			}
			if _, err := os.Lstat(out); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s: something was written", path)
			}
		}
		for n, by := range [][]age.Identity{nil, {v.key.Identity}} {
			pass := secret
			if n == 1 {
				pass = ""
			}
			opened := filepath.Join(t.TempDir(), "opened.db")
			storetest.Must(t, copies.Unseal(ctx, path, opened, pass, by))
			if got := persons(t, opened); got != holds[day] {
				t.Errorf("%s gives %d persons, want %d", path, got, holds[day])
			}
		}
	}
	for _, pass := range []string{secret, ""} { // on a new laptop, and at the county
		restored := filepath.Join(t.TempDir(), "新电脑", "ledger.db")
		kept, err := copies.Restore(ctx, carried[len(carried)-1], restored, pass, []age.Identity{v.key.Identity}, store.Options{Book: book.Standard})
		storetest.Must(t, err)
		if got := persons(t, restored); got != holds["2026-10-30"] || kept != "" {
			t.Errorf("restored with %q: %d persons, %q was kept", pass, got, kept)
		}
		if left := filesIn(t, filepath.Dir(restored), disk.UnsealedSuffix); len(left) > 0 {
			t.Errorf("left in clear: %v", left)
		}
	}
	t.Logf("30 days, %d starts: %d backups beside the ledger, %d on the stick: %v", 40, len(beside), len(carried), wanted(starts))
	// The county's key opens it with age alone.
	f, err := os.Open(carried[0])
	storetest.Must(t, err)
	defer func() { storetest.Must(t, f.Close()) }()
	r, err := age.Decrypt(f, v.key.Identity)
	storetest.Must(t, err)
	start := make([]byte, 15)
	if _, err := io.ReadFull(r, start); err != nil || string(start) != "SQLite format 3" {
		t.Errorf("%q, %v", start, err)
	}
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

// TestYear: of a year of starts with gaps, two ledgers in one folder, acts before which one
// is made and a clock that goes astray, the right backups are kept, each ledger's its own.
func TestYear(t *testing.T) {
	dir := t.TempDir()
	useRoom(t, room{})
	now := at("2025-01-01", "08:00")
	book := storetest.Book(storetest.Everything())
	source := func(seed byte) *model.Source {
		s := storetest.Clock(seed)
		s.Now = func() time.Time { return now }
		return s
	}
	paths := []string{filepath.Join(dir, "ledger.db"), filepath.Join(dir, "ledger2.db")}
	for n, path := range paths {
		l, err := storetest.Make(ctx, path, storetest.Village, store.Options{Book: book, Source: source(byte(n))})
		storetest.Must(t, err)
		storetest.Must(t, l.Close())
	}
	start := func(path, day, clock string, acts ...copies.Act) *copies.Status {
		now = at(day, clock)
		l, err := store.Open(ctx, path, store.Options{Book: book, Source: source(7)})
		storetest.Must(t, err)
		storetest.Must(t, copies.Begin(l, copies.Options{}).Daily(ctx))
		for _, a := range acts {
			said, err := copies.Before(ctx, l, a)
			if err != nil || said != "" {
				t.Fatalf("%s before %s: %q, %v", day, a, said, err)
			}
		}
		s, err := copies.StatusOf(ctx, l, nil)
		storetest.Must(t, err)
		storetest.Must(t, l.Close())
		return s
	}
	var starts [2][]string
	var acts []string
	n := 0
	for d := model.Date("2025-01-01"); d <= "2026-01-10"; d = d.AddDays(1) {
		n++
		if d.Month() == "2025-03" || n%5 == 0 || n%11 < 3 { // a month away, and days without
			continue
		}
		day := string(d)
		starts[0] = append(starts[0], day)
		var before []copies.Act
		if n%4 == 0 {
			before = append(before, copies.Import)
			acts = append(acts, day+" 读入前")
		}
		start(paths[0], day, "08:00", before...)
		if n%2 == 0 {
			starts[1] = append(starts[1], day)
			start(paths[1], day, "09:00")
		}
		for i, path := range paths {
			if len(starts[i]) == 0 {
				continue
			}
			want := wanted(starts[i])
			if i == 0 {
				want = append(want, acts[max(len(acts)-7, 0):]...)
				slices.Sort(want)
			}
			if got := days(t, copies.Folder(path)); !slices.Equal(got, want) {
				t.Fatalf("%s, ledger %d: kept\n%v, want\n%v", day, i, got, want)
			}
		}
	}
	all := days(t, copies.Folder(paths[0]))
	t.Logf("%d and %d starts: kept %d and %d", len(starts[0]), len(starts[1]), len(all), len(days(t, copies.Folder(paths[1]))))

	// The clock jumps ahead by ten years for a day, and back: nothing newer goes, and the
	// stray one takes nobody's place.
	start(paths[0], "2036-05-05", "08:00")
	after := days(t, copies.Folder(paths[0]))
	for _, day := range all[len(all)-8:] {
		if !slices.Contains(after, day) && !slices.Contains(all[:len(all)-7], day) {
			t.Errorf("a clock that ran ahead took %s", day)
		}
	}
	s := start(paths[0], "2026-01-12", "08:00")
	got := days(t, copies.Folder(paths[0]))
	if !slices.Contains(got, "2036-05-05") || !slices.Contains(got, "2026-01-12") || s.Beside[len(s.Beside)-1].Kept() != "时钟走快时做的,先留着" {
		t.Errorf("after the clock came back: %v, %+v", got, s.Beside[len(s.Beside)-1])
	}
	// And back by a month: the newer ones stay, all of them.
	before := days(t, copies.Folder(paths[0]))
	start(paths[0], "2025-12-01", "08:00")
	for _, day := range before {
		if day >= "2025-12-02" && !slices.Contains(days(t, copies.Folder(paths[0])), day) {
			t.Errorf("a clock that went back took %s", day)
		}
	}
}

// countyDB makes a county and gives its ledger's path.
func countyDB(t *testing.T) string {
	t.Helper()
	made, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", Dir: filepath.Join(t.TempDir(), "县"), Source: storetest.Clock(99), WorkFactor: 2})
	storetest.Must(t, err)
	return made.DB
}
