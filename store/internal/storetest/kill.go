package storetest

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// killLimit is how long a process may take that is to be killed.
const killLimit = 2 * time.Minute

// Kill runs one test of this binary as a process of its own, with more in its environment,
// gives line each line that it says, and kills it so long after the first one for which line
// tells that the work has begun. A process that ends by itself, or never begins, fails the
// test.
func Kill(t *testing.T, test string, environment []string, after time.Duration, line func(said string) (begun bool)) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$")
	cmd.Env = append(os.Environ(), environment...)
	out, err := cmd.StdoutPipe()
	Must(t, err)
	Must(t, cmd.Start())
	kill := func() {
		//nolint:errcheck // One that has ended is told by Wait.
		cmd.Process.Kill()
	}
	defer time.AfterFunc(killLimit, kill).Stop()
	begun, all := false, ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		all += lines.Text() + "\n"
		if line(lines.Text()) && !begun {
			begun = true
			defer time.AfterFunc(after, kill).Stop()
		}
	}
	if err := cmd.Wait(); err == nil || !begun {
		t.Fatalf("the process ended by itself: %s", strings.TrimSpace(all))
	}
}
