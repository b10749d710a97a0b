// Package kills kills the program at work, again and again, and looks at what is left:
// what it said was done is there, nothing half stands, and nothing is left behind.
package kills

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

var (
	killsFlag = flag.Int("kills", 60, "how many processes are killed; 1000 for the figures of a release")
	seedFlag  = flag.Uint64("seed", 0, "of the moments at which they are killed; 0: by the clock")
)

// What stands against a promise is counted, and fails the test where the promise is
// built. These wait for the sweeping of leftovers and for the restore in one step.
const (
	sweepIsBuilt        = true
	wholeRestoreIsBuilt = true
)

var ctx = context.Background()

// job is work that a child does until it is killed, and what must hold then.
type job struct {
	name  string
	share int // of nineteen kills
	reset int // kills after which it begins with new files; they grow
	// acts bounds the acts after which a child is killed: at a random moment of the next.
	acts int
	// prepare makes the files of a folder.
	prepare func(t *testing.T, dir string)
	// work runs in the child. say tells the parent what is done, by then for good.
	work func(dir string, round int, say func(string, int)) error
	// check opens what is left, as the next run would. What it finds missing or half done
	// goes to the tally.
	check func(t *testing.T, dir string, round int, said acts, n *tally)
}

var jobs = []job{edits, imports, restores, exports, receipts, sealed}

// shares is the sum of the jobs'. What is quick is killed more often.
const shares = 19

// act is what a child said: that it did what, or begins to.
type act struct {
	what string
	n    int
}

type acts []act

// of gives the numbers of all acts of a sort.
func (a acts) of(what string) []int {
	var all []int
	for _, x := range a {
		if x.what == what {
			all = append(all, x.n)
		}
	}
	return all
}

// last is the last number of a sort, -1 for none.
func (a acts) last(what string) int {
	all := a.of(what)
	if len(all) == 0 {
		return -1
	}
	return all[len(all)-1]
}

// tally is what came of the kills.
type tally struct {
	kills, early, said, looked, lost, half, left int
	examples                                     []string
}

func (n *tally) miss(count *int, format string, args ...any) {
	*count++
	if len(n.examples) < 12 {
		n.examples = append(n.examples, fmt.Sprintf(format, args...))
	}
}

func (n *tally) add(o tally) {
	n.kills, n.early, n.said, n.looked, n.lost, n.half, n.left = n.kills+o.kills, n.early+o.early, n.said+o.said, n.looked+o.looked, n.lost+o.lost, n.half+o.half, n.left+o.left
}

// childEnv holds job, folder and round in a child.
const childEnv = "TAIZHANG_TEST_KILLED"

func TestMain(m *testing.M) {
	text := os.Getenv(childEnv)
	if text == "" {
		os.Exit(m.Run())
	}
	if err := work(text); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// work is the child: it does its job until it is killed.
func work(text string) error {
	parts := strings.SplitN(text, "|", 3)
	round, err := strconv.Atoi(parts[1])
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.name == parts[0] {
			return j.work(parts[2], round, func(what string, n int) { fmt.Printf("%s %d\n", what, n) })
		}
	}
	return fmt.Errorf("no job %s", parts[0])
}

// TestKilled kills children at random moments of every job. What was said is there, the
// rest is there as a whole or not at all, and the next run leaves nothing lying about.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	seed := *seedFlag
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", seed)
	var all tally
	for i, j := range jobs {
		t.Run(j.name, func(t *testing.T) {
			n := killAtWork(t, j, (*killsFlag*j.share+shares-1)/shares, rand.New(rand.NewPCG(seed, uint64(i))))
			n.report(t, j.name)
			all.add(n)
		})
	}
	t.Logf("all: %d kills, %d of them before the work began; %d acts acknowledged, %d looked for; %d lost, %d half done, %d files left behind",
		all.kills, all.early, all.said, all.looked, all.lost, all.half, all.left)
}

func (n *tally) report(t *testing.T, name string) {
	t.Helper()
	t.Logf("%s: %d kills, %d before the work began; %d acts acknowledged, %d looked for; %d lost, %d half done, %d files left behind",
		name, n.kills, n.early, n.said, n.looked, n.lost, n.half, n.left)
	for _, e := range n.examples {
		t.Log(e)
	}
	if n.lost+n.half > 0 && (wholeRestoreIsBuilt || name != restores.name) {
		t.Error("what was acknowledged is lost, or something stands half")
	}
	if n.left > 0 && sweepIsBuilt {
		t.Error("files are left behind")
	}
}

// killAtWork kills a job's children one after another, in folders that go on being used.
func killAtWork(t *testing.T, j job, kills int, dice *rand.Rand) tally {
	t.Helper()
	var n tally
	dir := ""
	for round := range kills {
		if round%j.reset == 0 {
			dir = filepath.Join(t.TempDir(), "村里 #1")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			j.prepare(t, dir)
		}
		said, ready := killOne(t, j, dir, round, dice)
		n.kills++
		if !ready {
			n.early++
		}
		n.said += len(said)
		j.check(t, dir, round, said, &n)
		n.leftBehind(t, dir)
		if t.Failed() {
			t.Logf("round %d said %v", round, said)
			break
		}
	}
	return n
}

// early is how long a process takes to begin, about; one in five is killed within.
const early = 150 * time.Millisecond

// killOne starts a child, kills it and gives what it said. ready tells that its work had
// begun.
func killOne(t *testing.T, j job, dir string, round int, dice *rand.Rand) (said acts, ready bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%d|%s", childEnv, j.name, round, dir))
	var faults strings.Builder
	cmd.Stderr = &faults
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	kill := func() {
		//nolint:errcheck // One that has ended is told by Wait.
		cmd.Process.Kill()
	}
	timer := time.AfterFunc(time.Minute, kill)
	if dice.IntN(5) == 0 {
		timer.Reset(time.Duration(dice.Int64N(int64(early))))
	}
	acts, before, longest := dice.IntN(j.acts+1), time.Time{}, 20*time.Millisecond
	for lines := bufio.NewScanner(out); lines.Scan(); {
		what, number, _ := strings.Cut(lines.Text(), " ")
		// How long an act takes depends on the machine and on what else it does.
		if now := time.Now(); ready {
			longest, before = max(longest, now.Sub(before)), now
		}
		if what == "ready" {
			ready, before = true, time.Now()
		}
		if ready && len(said) >= acts {
			timer.Reset(time.Duration(dice.Int64N(int64(longest))))
			acts = 1 << 30
		}
		if what == "ready" {
			continue
		}
		value, err := strconv.Atoi(number)
		if err != nil {
			t.Fatalf("the child said %q", lines.Text())
		}
		said = append(said, act{what, value})
	}
	timer.Stop()
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() == 3 {
		t.Fatalf("the child ended by itself: %v %s", err, faults.String())
	}
	return said, ready
}

// leftovers are the names of what a run makes on its way and takes away again.
var leftovers = []string{".taizhang-*", "*.part", "*.part-*", "*-journal", "*.restoring", "*.restoring*", "*.new", "*.tmp"}

// leftBehind counts what lies about after the next run, and takes it away.
func (n *tally) leftBehind(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, pattern := range leftovers {
			if is, err := filepath.Match(pattern, d.Name()); err == nil && is {
				n.miss(&n.left, "left behind: %s", d.Name())
				return os.Remove(path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
