package pace

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
)

var (
	many = flag.Int("many", 10_000, "persons of the large ledger")
	keys = flag.Int("walk", 300, "keys of the random walk")

	times = flag.Int("times", 1, "how often as many keys are pressed in a table of many")
)

// built gives the programs, built as they are handed out: once for all tests.
func built(t *testing.T) (ours, yardstick string) {
	t.Helper()
	dir, err := buildAll()
	must(t, err)
	return filepath.Join(dir, "taizhang"), filepath.Join(dir, "empty")
}

var buildAll = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "pace")
	if err != nil {
		return "", err
	}
	for name, from := range map[string]string{"taizhang": "taizhang/cmd/taizhang", "empty": "./testdata/empty"} {
		c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(dir, name), from)
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := c.CombinedOutput(); err != nil {
			return dir, fmt.Errorf("build %s: %w\n%s", name, err, out)
		}
	}
	return dir, nil
})

func TestMain(m *testing.M) {
	status := m.Run()
	//nolint:errcheck // Nobody is waiting for what could not be built.
	if dir, _ := buildAll(); dir != "" {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(status)
}

// village makes a ledger of so many members, who were on file when the book was begun.
func village(t *testing.T, members int) string {
	t.Helper()
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "ledger.db")
	l, err := book.Create(ctx, path, store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
	must(t, err)
	must(t, l.SetHandler(ctx, "陈书记")) // else it is asked for first
	surnames, given := []rune("张王李赵陈杨黄周吴徐孙马"), []rune("明伟芳秀英敏静丽强磊军洋勇艳杰娟涛超")
	dice := rand.New(rand.NewPCG(1, 2))
	one := func(from []rune) string { return string(from[dice.IntN(len(from))]) }
	for done := 0; done < members; {
		batch := make([]*model.Record, 0, 1000)
		for ; done < members && len(batch) < cap(batch); done++ {
			r, err := l.New(ctx, "person")
			must(t, err)
			r.Set("name", one(surnames)+one(given)+one(given))
			r.Set("sex", "男")
			r.Set("birth_date", model.Date(fmt.Sprintf("19%02d-%02d-%02d", 40+done%50, 1+done%12, 1+done%28)))
			r.Set("status", "正式党员")
			r.Set("joined_on", model.Date("2010-07-01"))
			r.Set("confirmed_on", model.Date("2011-07-01"))
			batch = append(batch, r)
		}
		_, err := l.Save(ctx, model.FromSheet, batch...)
		must(t, err)
	}
	must(t, l.Close())
	return path
}

func median(all []time.Duration) time.Duration {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

// TestFirstScreen: the first full screen stands soon after an empty program of the same
// library that opens the same file and reads one row would have shown it: the table of
// persons with its last row and their number, and the work table with all that it looks for.
// What is aimed at is once and a half of that; the bounds leave room for what the machine
// does beside it, and -v says all times.
func TestFirstScreen(t *testing.T) {
	ours, empty := built(t)
	path := village(t, 300)
	type times struct{ clock, cpu []time.Duration }
	measure := func(name string, args []string, texts ...string) (m times) {
		for range 7 {
			p := start(t, name, args...)
			clock, cpu := p.wait(texts...)
			m.clock, m.cpu = append(m.clock, clock), append(m.cpu, cpu)
			p.end()
		}
		return m
	}
	bare := measure(empty, []string{path}, "F10")
	for _, c := range []struct {
		what  string
		args  []string
		texts []string
		most  float64
	}{
		{"the table of persons", []string{"--open", "person"}, []string{"共 300 条", "F10"}, 5},
		{"the work table's first figures", nil, []string{"全部人员", "F10"}, 6},
		{"the whole work table", nil, []string{"指标与目标", "条,提醒"}, 16},
	} {
		m := measure(ours, append([]string{"--db", path}, c.args...), c.texts...)
		clock, cpu := float64(median(m.clock))/float64(median(bare.clock)), float64(median(m.cpu))/float64(median(bare.cpu))
		t.Logf("%s: %v, an empty program %v: %.2f; processor %v and %v: %.2f", c.what, median(m.clock), median(bare.clock), clock, median(m.cpu), median(bare.cpu), cpu)
		if cpu > c.most {
			t.Errorf("%s takes the processor %v, an empty program %v", c.what, median(m.cpu), median(bare.cpu))
		}
		if clock > 1.5*c.most {
			t.Errorf("%s takes %v, an empty program %v", c.what, median(m.clock), median(bare.clock))
		}
	}
}

// keyCost is what a key costs: the median of many, and the dearest of them.
type keyCost struct{ cpu, worst, clock, slowest time.Duration }

// presses presses keys one after another, n in all, each when the answer to the one before
// stands: the processor's time for it, and the time until the last of it is written.
func (p *program) presses(n int, keys ...string) (c keyCost) {
	p.t.Helper()
	var cpu, clock []time.Duration
	for i := range n {
		before, began := p.cpu(), time.Now()
		p.answered(keys[i%len(keys)])
		p.mu.Lock()
		clock = append(clock, p.last.Sub(began))
		p.mu.Unlock()
		cpu = append(cpu, p.cpu()-before)
	}
	return keyCost{median(cpu), slices.Max(cpu), median(clock), slices.Max(clock)}
}

// TestManyPersons: a table of many persons costs no more a key, and holds no more memory,
// than a village's. -v says what each costs.
func TestManyPersons(t *testing.T) {
	t.Parallel() // it takes the processor's time, not the clock's
	ours, _ := built(t)
	small, large := village(t, 300), village(t, *many)
	type cost struct {
		keys   map[string]keyCost
		memory int64
	}
	pages := slices.Concat(slices.Repeat([]string{"\x1b[6~"}, 10), slices.Repeat([]string{"\x1b[5~"}, 10)) // there and back: among 300, too, each shows others
	measure := func(path string) (c cost) {
		p := start(t, ours, "--db", path, "--open", "person")
		began, _ := p.wait("共", "F10")
		p.rest(4 * time.Second)
		now, most := p.memory()
		t.Logf("the table stands after %v; %d MB at rest, %d at most", began, now>>20, most>>20)
		c.keys = map[string]keyCost{
			"↓": p.presses(*times*40, "\x1b[B"), "PgDn": p.presses(*times*20, pages...),
			"a letter": p.presses(*times*16, "z", "h", "\x7f", "\x7f", "g", "\x7f", "w", "a", "n", "g", "h", "\x7f", "\x7f", "\x7f", "\x7f", "\x7f"),
		}
		_, c.memory = p.memory()
		p.end()
		return c
	}
	s, l := measure(small), measure(large)
	for what, few := range s.keys {
		all := l.keys[what]
		t.Logf("%s: 300: %+v, %d: %+v: %.2f", what, few, *many, all, float64(all.cpu)/float64(few.cpu))
		if all.cpu > 3*few.cpu+2*time.Millisecond {
			t.Errorf("%s costs %v with many persons, %v with few", what, all.cpu, few.cpu)
		}
	}
	t.Logf("at most: 300: %d MB, %d: %d MB", s.memory>>20, *many, l.memory>>20)
	if l.memory > 100<<20 {
		t.Errorf("%d MB for many persons", l.memory>>20)
	}
}

// TestMemory: a village's program stays small however long one walks through it.
func TestMemory(t *testing.T) {
	t.Parallel() // it waits, most of the time
	ours, _ := built(t)
	p := start(t, ours, "--db", village(t, 300))
	p.wait("F10")
	p.rest(5 * time.Second)
	first, _ := p.memory()
	dice := rand.New(rand.NewPCG(3, 4))
	// Keys that go round the screens and write nothing.
	walk := []string{"\x1b[B", "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~", "\x1b[24~", "\x1b[B", "\r", "\t", "\x1b", "\x1b", "z", "\x1b[F", "\x1b[H"}
	var middle int64
	for i := range *keys {
		p.press(walk[dice.IntN(len(walk))])
		time.Sleep(15 * time.Millisecond)
		if i == *keys/2 {
			p.rest(5 * time.Second)
			middle, _ = p.memory()
		}
	}
	p.rest(5 * time.Second)
	last, most := p.memory()
	t.Logf("resident: %d MB at the start, %d in the middle, %d at the end of %d keys, %d at the highest", first>>20, middle>>20, last>>20, *keys, most>>20)
	if last > 48<<20 {
		t.Errorf("%d MB are held after the walk", last>>20)
	}
	if most > 72<<20 {
		t.Errorf("%d MB were held at the highest", most>>20)
	}
	if last > middle+12<<20 {
		t.Errorf("it grows: %d MB in the middle, %d at the end", middle>>20, last>>20)
	}
}
