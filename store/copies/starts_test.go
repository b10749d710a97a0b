package copies_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/storetest"
)

const secret = "石桥春耕九九"

var ctx = context.Background()

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
