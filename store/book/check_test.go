package book_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
)

// faulty is the demo's village with its deliberate faults, open.
func faulty(t testing.TB) *store.Ledger {
	t.Helper()
	res, err := demo.Village(t.Context(), t.TempDir(), demo.Options{Members: 60, Faults: true})
	if err != nil {
		t.Fatal(err)
	}
	l, err := book.Open(t.Context(), res.Ledger, store.Options{Source: storetest.Clock(7)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func problems(t *testing.T, l *store.Ledger) (all []string) {
	t.Helper()
	storetest.Must(t, l.CheckAll(context.Background(), func(p store.Problem) error {
		all = append(all, fmt.Sprintf("%s %s %s %s %+v", p.Kind.Name, p.ID, p.OrgID, p.Label, p.Finding))
		return nil
	}))
	return all
}

// An organisation of very many records is examined page by page: the rules find there what
// they find where all records are held, in the same order, whatever the size of a page.
func TestCrowdIsExaminedAsAll(t *testing.T) {
	l := faulty(t)
	held := problems(t, l)
	if len(held) < 20 {
		t.Fatalf("only %d findings: %q", len(held), held)
	}
	for _, page := range []int{3, 50, 1000} {
		restore := l.Inside(raw.Pass{}).ExamineFrom(0, page)
		paged := problems(t, l)
		restore()
		if !slices.Equal(held, paged) {
			t.Errorf("page by page of %d there are %d findings of %d", page, len(paged), len(held))
			for i := range min(len(held), len(paged)) {
				if held[i] != paged[i] {
					t.Fatalf("the first that differs:\n%s\n%s", held[i], paged[i])
				}
			}
		}
	}
}

// crowded makes a ledger of one organisation with so many members, each with a 期初在册.
func crowded(t testing.TB, path string, members int) {
	t.Helper()
	ctx := context.Background()
	source := storetest.Clock(7)
	l, err := book.Create(ctx, path, store.Home{Code: "990101001001", Name: "青石沟村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	home := l.Home().ID
	made := func(kind string, set map[string]model.Value) store.Replaced {
		r := model.NewRecord(l.Kinds().Kind(kind))
		id, err := source.NewID()
		if err != nil {
			t.Fatal(err)
		}
		r.ID, r.OrgID, r.Rev, r.CreatedAt, r.UpdatedAt = id, home, 1, "2026-10-01T08:00:00Z", "2026-10-01T08:00:00Z"
		for name, v := range set {
			r.Set(name, v)
		}
		return store.Replaced{Now: r}
	}
	err = l.Inside(raw.Pass{}).Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for from := 0; from < members; from += 1000 {
			var persons, moves []store.Replaced
			for i := range 1000 {
				p := made("person", map[string]model.Value{"name": fmt.Sprintf("张%d", from+i), "sex": "男", "birth_date": "1960-01-02",
					"status": "正式党员", "standing": "在册", "joined_on": "1985-03-04", "confirmed_on": "1986-03-04"})
				persons = append(persons, p)
				moves = append(moves, made("movement", map[string]model.Value{"person": p.Now.ID, "kind": "期初在册", "happened_on": "2026-09-30"}))
			}
			if err := tx.InsertRows(ctx, append(persons, moves...)); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
}

// lookedInto is the ledger that a child process of the tests looks into, and what it does.
const lookedInto, lookedFor = "TAIZHANG_TEST_LEDGER", "TAIZHANG_TEST_WHAT"

// TestLookInto is what the child processes run.
func TestLookInto(t *testing.T) {
	path := os.Getenv(lookedInto)
	if path == "" {
		t.Skip("only for child processes")
	}
	l, err := book.Open(t.Context(), path, store.Options{Source: storetest.Clock(7), ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	switch os.Getenv(lookedFor) {
	case "due":
		if _, err := l.Due(t.Context(), "2026-12-15"); err != nil {
			t.Error(err)
		}
	case "check":
		storetest.Must(t, l.CheckAll(t.Context(), func(store.Problem) error { return nil }))
		s, err := l.LookThrough(t.Context())
		if err != nil || s.Error(l) != nil {
			t.Error(err, s)
		}
	}
	storetest.Must(t, l.Close())
	if memory, ok := storetest.MostMemory(); ok {
		fmt.Printf("%s%d\n", heldMost, memory)
	}
}

// heldMost begins the line in which a child process says how many bytes it held at most.
const heldMost = "held at most: "

// usage runs a child process over a ledger, and gives its processor time and the most
// memory that it held, in bytes.
func usage(t *testing.T, path, what string) (cpu time.Duration, memory int64) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, "-test.run=^TestLookInto$", "-test.count=1")
	c.Env = append(os.Environ(), lookedInto+"="+path, lookedFor+"="+what)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, said, _ := strings.Cut(string(out), heldMost)
	if _, err := fmt.Sscan(said, &memory); err != nil {
		t.Skip("this system does not say how much memory a process held")
	}
	return c.ProcessState.UserTime() + c.ProcessState.SystemTime(), memory
}

// What falls due and what the rules find is looked for in memory that does not grow with the
// number of members, but for what is due itself, and in time that grows no faster.
func TestCrowdNeedsLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a large ledger")
	}
	small, large := t.TempDir()+"/small.db", t.TempDir()+"/large.db"
	crowded(t, small, 10_000)
	crowded(t, large, 40_000)
	for what, most := range map[string]int64{"due": 40 << 20, "check": 25 << 20} {
		cpu, memory := usage(t, small, what)
		cpuLarge, memoryLarge := usage(t, large, what)
		t.Logf("%s: %d MB and %v with 10,000 members, %d MB and %v with 40,000", what, memory>>20, cpu, memoryLarge>>20, cpuLarge)
		if memoryLarge-memory > most {
			t.Errorf("%s: %d MB with 10,000 members, %d MB with 40,000", what, memory>>20, memoryLarge>>20)
		}
		if memoryLarge > 120<<20 {
			t.Errorf("%s holds %d MB", what, memoryLarge>>20)
		}
		if cpuLarge > 8*cpu {
			t.Errorf("%s: %v with 10,000 members, %v with 40,000", what, cpu, cpuLarge)
		}
	}
}

// BenchmarkCrowd is what check and due take of ten thousand members; the yardstick reads
// every row of the same tables once.
func BenchmarkCrowd(b *testing.B) {
	path := b.TempDir() + "/ledger.db"
	crowded(b, path, 10_000)
	l, err := book.Open(b.Context(), path, store.Options{Source: storetest.Clock(7), ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			b.Error(err)
		}
	}()
	bench := func(name string, do func(ctx context.Context) error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := do(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	bench("yardstick", func(ctx context.Context) error {
		return l.Inside(raw.Pass{}).Moment(ctx, func(s store.Snapshot) error {
			for _, kind := range []string{"person", "movement"} {
				if err := s.Each(ctx, l.Kinds().Kind(kind), func(*model.Record) error { return nil }); err != nil {
					return err
				}
			}
			return nil
		})
	})
	bench("due", func(ctx context.Context) error {
		_, err := l.Due(ctx, "2026-12-15")
		return err
	})
	bench("rules", func(ctx context.Context) error {
		return l.CheckAll(ctx, func(store.Problem) error { return nil })
	})
}
