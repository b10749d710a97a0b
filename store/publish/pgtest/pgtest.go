// Package pgtest starts a real PostgreSQL for tests, where its programs are on the machine.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// server is the one of this process.
var server struct {
	once  sync.Once
	dir   string // with the data and the socket
	run   *exec.Cmd
	alive io.Closer // the server ends when this is closed, or this process is no more
	ended chan error
	none  string // why there is none
	err   error
	n     int // databases made
	mu    sync.Mutex
}

// Main runs the tests of a package and stops the server that they have started.
func Main(m *testing.M) int {
	status := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, "PostgreSQL:", err)
		return 1
	}
	return status
}

// Database makes an empty database in a server of the tests' own, in a temporary folder and
// on a Unix socket alone, and gives its address for a user, postgres being the one who may
// do everything. Without PostgreSQL's programs the test is skipped and says so.
func Database(t testing.TB) (url func(user string) string) {
	t.Helper()
	server.once.Do(start)
	switch {
	case server.none != "":
		t.Skip(server.none)
	case server.err != nil:
		t.Fatal(server.err)
	}
	server.mu.Lock()
	server.n++
	name := fmt.Sprintf("test%d", server.n)
	server.mu.Unlock()
	Exec(t, address("postgres", "postgres"), "CREATE DATABASE "+name)
	return func(user string) string { return address(user, name) }
}

func address(user, database string) string {
	return fmt.Sprintf("postgres://%s@/%s?host=%s", user, database, server.dir)
}

// Connect connects until the test ends.
func Connect(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return conn
}

// Exec runs statements on a connection of their own.
func Exec(t testing.TB, url string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range statements {
		if _, failed := conn.Exec(context.Background(), text); err == nil && failed != nil {
			err = fmt.Errorf("%s: %w", text, failed)
		}
	}
	if err := errors.Join(err, conn.Close(context.Background())); err != nil {
		t.Fatal(err)
	}
}

// programs finds the folder of initdb and postgres: in the path, or where Debian, Red Hat
// and Homebrew put them, the newest version first.
func programs() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path)
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb", "/opt/homebrew/opt/postgresql@*/bin/initdb"} {
		found, err := filepath.Glob(pattern)
		if err == nil && len(found) > 0 {
			return filepath.Dir(slices.Max(found))
		}
	}
	return ""
}

// watched runs the server, and tells it to stop at once (SIGINT) when its own input ends: that
// is when the tests are done, or were killed, or have panicked. Then it takes the folder away.
// A signal to all of the tests' processes, as of Ctrl-C, leaves the watching alone.
const watched = `trap '' INT TERM HUP QUIT
dir=$1; shift
exec 3<&0
"$@" 3<&- </dev/null & pid=$!
{ cat <&3; kill -INT $pid; } >/dev/null 2>&1 &
wait $pid; status=$?
rm -rf "$dir"
exit $status`

func start() {
	bin := programs()
	if bin == "" {
		server.none = "no PostgreSQL on this machine (initdb is nowhere): what needs a real one is left out; on Debian, apt-get install postgresql"
		return
	}
	as, uid, gid := other()
	if as == nil {
		server.none = "PostgreSQL does not run as this user, and there is no other to run it as: what needs a real one is left out"
		return
	}
	if server.dir, server.err = os.MkdirTemp("", "pg"); server.err != nil {
		return
	}
	if uid >= 0 {
		server.err = os.Chown(server.dir, uid, gid)
	}
	data := filepath.Join(server.dir, "data")
	if server.err == nil {
		server.err = output(as(exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync")))
	}
	if server.err != nil {
		return
	}
	server.run = as(exec.Command("/bin/sh", "-c", watched, "sh", server.dir, filepath.Join(bin, "postgres"), "-D", data, "-k", server.dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_wal_size=2GB"))
	var said bytes.Buffer
	server.run.Stdout, server.run.Stderr = &said, &said
	if server.alive, server.err = server.run.StdinPipe(); server.err == nil {
		server.err = server.run.Start()
	}
	if server.err != nil {
		server.run = nil
		return
	}
	server.ended = make(chan error, 1)
	go func() { server.ended <- server.run.Wait() }()
	for tries := 0; ; tries++ {
		conn, err := pgx.Connect(context.Background(), address("postgres", "postgres"))
		if err == nil {
			server.err = conn.Close(context.Background())
			return
		}
		if tries == 300 {
			server.err = fmt.Errorf("PostgreSQL does not answer: %w", err)
			return
		}
		select {
		case err := <-server.ended:
			server.err = fmt.Errorf("PostgreSQL ended (%w): %s", err, said.String())
			server.run = nil
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func output(c *exec.Cmd) error {
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(c.Path), err, strings.TrimSpace(string(out)))
	}
	return nil
}

func stop() error {
	if server.run != nil {
		if err := server.alive.Close(); err != nil {
			return err
		}
		if err := <-server.ended; err != nil {
			return err
		}
	}
	if server.dir != "" {
		return os.RemoveAll(server.dir)
	}
	return nil
}
