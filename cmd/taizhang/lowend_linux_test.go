package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
)

// alsoLedger is a ledger that the low-end machine opens beside the made-up one.
var alsoLedger = flag.String("ledger", "", "measure the low-end machine with a copy of this ledger too")

// The low-end machine: one core of which half the time is ours, and this much memory, the
// system's cache of our files included.
const (
	lowQuota  = 50_000 // µs of each period
	lowPeriod = 100_000
	lowMemory = 256 << 20
)

// aRow stands in every row of the table of persons: a telephone, masked.
const aRow = "100****"

// lowSteps are the keys pressed there, as soon as rows are to be seen: while the ledger is
// still counted, backed up and looked through.
var lowSteps = []struct {
	what, key string
	times     int
}{
	{"↓", "\x1b[B", 9}, {"PgDn", "\x1b[6~", 5}, {"a letter of a search", "z", 1}, {"a second letter", "h", 1}, {"taking them back", "\x7f", 2},
	{"opening a form", "\x0e", 1}, {"a Chinese letter", "王", 9}, {"Tab", "\t", 4}, {"a letter", "a", 9},
}

// box is a pair of control groups in which programs are started; nil is no limit.
type box struct{ cpu, memory string }

// lowEnd makes the box of the low-end machine; the test is skipped where none can be made.
func lowEnd(t *testing.T) *box {
	t.Helper()
	b := &box{}
	name := fmt.Sprintf("taizhang-%d", os.Getpid())
	for _, g := range []struct {
		root   string
		dir    *string
		limits map[string]int
	}{
		{"/sys/fs/cgroup/cpu", &b.cpu, map[string]int{"cpu.cfs_period_us": lowPeriod, "cpu.cfs_quota_us": lowQuota}},
		{"/sys/fs/cgroup/memory", &b.memory, map[string]int{"memory.limit_in_bytes": lowMemory}},
	} {
		dir := filepath.Join(g.root, name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Skipf("no control group (v1) can be made here: %v", err)
		}
		t.Cleanup(func() { removeGroup(t, dir) })
		for file, limit := range g.limits {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(strconv.Itoa(limit)), 0o600); err != nil {
				t.Skipf("no limit can be set here: %v", err)
			}
		}
		*g.dir = dir
	}
	return b
}

// removeGroup removes a group once its programs are gone.
func removeGroup(t *testing.T, dir string) {
	var err error
	for range 200 {
		if err = os.Remove(dir); err == nil || os.IsNotExist(err) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the control group stays: %v", err)
}

// start starts a program in the box: the thread that starts it stands in it meanwhile, on
// one core.
func (b *box) start(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if b == nil {
		must(t, c.Start())
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var all, one unix.CPUSet
	must(t, unix.SchedGetaffinity(0, &all))
	for cpu := range len(all) * 64 {
		if all.IsSet(cpu) {
			one.Set(cpu)
			break
		}
	}
	must(t, unix.SchedSetaffinity(0, &one))
	defer func() { must(t, unix.SchedSetaffinity(0, &all)) }()
	me := []byte(strconv.Itoa(unix.Gettid()))
	for _, dir := range []string{b.cpu, b.memory} {
		home := filepath.Join(filepath.Dir(dir), groupOf(t, filepath.Base(filepath.Dir(dir))), "tasks")
		must(t, os.WriteFile(filepath.Join(dir, "tasks"), me, 0o600))
		defer func() { must(t, os.WriteFile(home, me, 0o600)) }()
	}
	must(t, c.Start())
}

// groupOf gives the group of this process under a controller.
func groupOf(t *testing.T, controller string) string {
	t.Helper()
	all, err := os.ReadFile("/proc/thread-self/cgroup")
	must(t, err)
	for line := range strings.Lines(string(all)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) == 3 && slices.Contains(strings.Split(parts[1], ","), controller) {
			return parts[2]
		}
	}
	return "/"
}

// read gives a number of one of the box's files.
func (b *box) read(t *testing.T, file string) int {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	must(t, err)
	return n
}

// TestLowEnd starts the real program on a machine of half a core and 256 MB and presses
// keys there. Its figures are read with -v; -ledger measures another ledger too.
func TestLowEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("a key a time, half a minute in all")
	}
	t.Parallel() // half of a core is left to others
	made, err := demo.Village(t.Context(), t.TempDir(), demo.Options{Members: 300})
	must(t, err)
	ledgers := []string{made.Ledger}
	if *alsoLedger != "" {
		ledgers = append(ledgers, *alsoLedger)
	}
	load, err := os.ReadFile("/proc/loadavg")
	must(t, err)
	t.Logf("load of the machine beside it: %s", strings.TrimSpace(string(load)))
	for _, from := range ledgers {
		t.Run(filepath.Base(filepath.Dir(from)), func(t *testing.T) {
			ledger := filepath.Join(t.TempDir(), "ledger.db")
			copyLedger(t, from, ledger)
			b := lowEnd(t)
			bare := middleOf(5, func() time.Duration { return b.version(t) })
			var starts, ran []time.Duration
			for range 5 {
				tm := watchIn(t, b, ledger, 80, 24, "--open", "person")
				tm.appears(aRow)
				starts = append(starts, tm.lastSent().Sub(tm.began))
				ran = append(ran, tm.ran())
				tm.end()
			}
			slices.Sort(starts)
			slices.Sort(ran)
			t.Logf("the first rows: %v, of which %v on the processor; `version`: %v", starts[2].Round(time.Millisecond), ran[2].Round(time.Millisecond), bare.Round(time.Millisecond))
			tm := watchIn(t, b, ledger, 80, 24, "--open", "person")
			tm.appears(aRow)
			for _, k := range lowSteps {
				took := tm.times(k.key, k.times)
				t.Logf("%-24s first %4v, whole %4v, slowest %4v; on the processor %4v a key", k.what, took.first, took.whole, took.slowest, took.ran)
				if took.first > 2*time.Second {
					t.Errorf("%s: %v for a key", k.what, took.first)
				}
			}
			t.Logf("memory: %d MB at most, cache of files included; reached the limit %d times; resident at most %s",
				b.read(t, filepath.Join(b.memory, "memory.max_usage_in_bytes"))>>20, b.read(t, filepath.Join(b.memory, "memory.failcnt")), tm.peak())
			tm.end()
		})
	}
}

func copyLedger(t *testing.T, from, to string) {
	t.Helper()
	r, err := os.Open(from)
	must(t, err)
	w, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o600)
	must(t, err)
	_, err = io.Copy(w, r)
	must(t, err)
	must(t, r.Close())
	must(t, w.Close())
	l, err := book.Open(t.Context(), to, store.Options{})
	must(t, err)
	must(t, l.SetHandler(t.Context(), "陈书记")) // else it is asked for first
	must(t, l.Close())
}

// version is how long the program takes that only says its version.
func (b *box) version(t *testing.T) time.Duration {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	c := &exec.Cmd{Path: self, Args: []string{"taizhang", "version"}, Env: os.Environ()}
	if *otherProgram != "" {
		c.Path = *otherProgram
	}
	start := time.Now()
	b.start(t, c)
	must(t, c.Wait())
	return time.Since(start)
}

func middleOf(n int, measure func() time.Duration) time.Duration {
	all := make([]time.Duration, n)
	for i := range all {
		all[i] = measure()
	}
	slices.Sort(all)
	return all[n/2]
}

// appears waits until a text is on the screen, and looks at nothing behind it.
func (tm *watched) appears(text string) {
	tm.t.Helper()
	for end := time.Now().Add(60 * time.Second); !strings.Contains(tm.emu.String(), text); {
		if time.Now().After(end) {
			tm.t.Fatalf("%q never came:\n%s", text, tm.emu.String())
		}
		tm.rest(4 * time.Millisecond)
	}
	tm.rest(quiet / 10)
}

func (tm *watched) lastSent() time.Time {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.last
}

// took is how long a key took until something and until everything was on the screen, and
// how long the program ran for it, what it does beside it included.
type took struct{ first, whole, slowest, ran time.Duration }

// ran is how long the program's threads have been on the processor: what neighbours take
// is not in it.
func (tm *watched) ran() (all time.Duration) {
	tm.t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", tm.pid))
	must(tm.t, err)
	for _, thread := range threads {
		text, err := os.ReadFile(thread)
		if err != nil {
			continue // it has ended
		}
		var run time.Duration
		if _, err := fmt.Sscan(string(text), &run); err != nil {
			tm.t.Fatal(err)
		}
		all += run
	}
	return all
}

func (tm *watched) times(key string, n int) took {
	tm.t.Helper()
	var first, whole []time.Duration
	from := tm.ran()
	for range n {
		start := time.Now()
		_, err := tm.master.WriteString(key)
		must(tm.t, err)
		began := time.Duration(0)
		for end := start.Add(10 * time.Second); began == 0 && time.Now().Before(end); time.Sleep(200 * time.Microsecond) {
			if last := tm.lastSent(); last.After(start) {
				began = last.Sub(start)
			}
		}
		tm.rest(3 * quiet)
		first = append(first, began)
		whole = append(whole, max(0, tm.lastSent().Sub(start)))
	}
	slices.Sort(first)
	slices.Sort(whole)
	round := func(d time.Duration) time.Duration { return d.Round(time.Millisecond) }
	return took{round(first[n/2]), round(whole[n/2]), round(whole[n-1]), ((tm.ran() - from) / time.Duration(n)).Round(100 * time.Microsecond)}
}

// peak is the most memory that the program held, as the system writes it.
func (tm *watched) peak() string {
	tm.t.Helper()
	all, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", tm.pid))
	must(tm.t, err)
	for line := range strings.Lines(string(all)) {
		if size, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.TrimSpace(size)
		}
	}
	return "unknown"
}

// end ends the program as a person does, so that the ledger is free.
func (tm *watched) end() {
	tm.t.Helper()
	must(tm.t, syscall.Kill(tm.pid, syscall.SIGTERM))
	for range 1000 {
		if tm.rest(10 * time.Millisecond); strings.Contains(tm.text(), "\x1b[?1049l") && syscall.Kill(tm.pid, 0) == nil && zombie(tm.pid) {
			return
		}
	}
	tm.t.Fatal("it doesn't end")
}

func zombie(pid int) bool {
	all, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(all), ") Z ")
}
