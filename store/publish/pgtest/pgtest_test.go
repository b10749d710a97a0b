package pgtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// childEnv makes this test program start a server and be killed.
const childEnv = "TAIZHANG_PGTEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(startAndDie())
	}
	os.Exit(Main(m))
}

// startAndDie starts a server, says where, and is killed.
func startAndDie() int {
	server.once.Do(start)
	if server.none != "" || server.err != nil {
		fmt.Println(server.none, server.err)
		return 1
	}
	fmt.Println(server.dir)
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	fmt.Println("still alive:", err)
	select {}
}

// TestKilled: the server of tests that were killed ends, and its folder is gone.
func TestKilled(t *testing.T) {
	Database(t)                     // says so where there is no PostgreSQL
	run := exec.Command(os.Args[0]) //nolint:gosec // This test itself.
	run.Env = append(os.Environ(), childEnv+"=1")
	var out bytes.Buffer
	run.Stdout = &out
	err := run.Run()
	dir := strings.TrimSpace(out.String())
	if err == nil || strings.ContainsAny(dir, " \n") || dir == "" {
		t.Fatalf("%v: %s", err, dir)
	}
	for tries := 0; ; tries++ {
		if _, err := os.Lstat(dir); os.IsNotExist(err) {
			return
		}
		if tries == 600 {
			t.Fatalf("%s is still there", dir)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
