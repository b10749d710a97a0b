package publish_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"testing"

	"github.com/jackc/pgx/v5"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo/province"
	"taizhang/store/publish"
	"taizhang/store/publish/pgtest"
)

// childEnv makes this test program publish, as a process that can be killed.
const childEnv = "TAIZHANG_PUBLISH_CHILD"

// child is what such a process does.
type child struct {
	Ledger, To string
	// Bytes are how many it sends to the server before it is killed.
	Bytes int64
}

// publishAsChild gives the exit status.
func publishAsChild(text string) int {
	var c child
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := c.publish(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func (c child) publish(ctx context.Context) error {
	l, err := book.Open(ctx, c.Ledger, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	config, err := publish.ParseURL(c.To)
	if err != nil {
		return err
	}
	left := c.Bytes
	config.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
		return &fuse{conn, &left}, err
	}
	conn, err := publish.Connect(ctx, config)
	if err != nil {
		return err
	}
	if _, err := publish.Migrate(ctx, conn); err != nil {
		return err
	}
	_, err = publish.Publish(ctx, l, conn, publish.Options{})
	return err
}

// fuse is a connection on which a process dies after so many bytes, in the middle of what
// it sends.
type fuse struct {
	net.Conn
	left *int64
}

func (f *fuse) Write(p []byte) (int, error) {
	if int64(len(p)) < *f.left {
		*f.left -= int64(len(p))
		return f.Conn.Write(p)
	}
	if _, err := f.Conn.Write(p[:*f.left]); err != nil {
		return 0, err
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	panic(fmt.Sprint("still alive: ", err))
}

// sent counts what goes to the server.
type sent struct {
	net.Conn
	n *int64
}

func (s sent) Write(p []byte) (int, error) {
	n, err := s.Conn.Write(p)
	*s.n += int64(n)
	return n, err
}

// TestKilled: a process that is killed at twenty moments of publishing, each somewhere in
// what it sends, from the making of the tables to the last row, leaves for each county and
// month either nothing or all of it, and another run makes what an unbroken one makes.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	ctx := t.Context()
	whole := pgtest.Database(t)
	made, err := province.Make(ctx, t.TempDir(), province.Options{Seed: 2, Units: 60, County: 20, Months: 2})
	must(t, err)
	config, err := publish.ParseURL(whole("postgres"))
	must(t, err)
	var all int64
	config.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
		return sent{conn, &all}, err
	}
	conn, err := publish.Connect(ctx, config)
	must(t, err)
	defer func() { must(t, conn.Close(ctx)) }()
	_, err = publish.Migrate(ctx, conn)
	must(t, err)
	l, err := book.Open(ctx, made.Ledger, store.Options{ReadOnly: true})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	_, err = publish.Publish(ctx, l, conn, publish.Options{})
	must(t, err)
	want := state(t, conn, false)
	const moments = 20
	for k := range moments {
		url := pgtest.Database(t)
		text, err := json.Marshal(child{made.Ledger, url("postgres"), max(1, all*int64(2*k+1)/(2*moments))})
		must(t, err)
		run := exec.Command(os.Args[0]) //nolint:gosec // This test itself.
		run.Env = append(os.Environ(), childEnv+"="+string(text))
		if out, err := run.CombinedOutput(); err == nil || len(out) > 0 {
			t.Fatalf("moment %d: %v: %s", k, err, out)
		}
		broken := pgtest.Connect(t, url("postgres"))
		halves(t, broken, k)
		_, err = publish.Migrate(ctx, broken)
		must(t, err)
		r, err := publish.Publish(ctx, l, broken, publish.Options{})
		must(t, err)
		if got := state(t, broken, false); got != want {
			t.Errorf("moment %d: after %+v it is\n%s, not\n%s", k, r, got, want)
		}
		t.Logf("moment %d: the next run wrote %d groups", k, r.Changed)
	}
}

// halves: what a killed run has left is whole county by county.
func halves(t *testing.T, conn *pgx.Conn, k int) {
	t.Helper()
	var made bool
	must(t, conn.QueryRow(t.Context(), "SELECT to_regclass('taizhang.office') IS NOT NULL").Scan(&made))
	if !made {
		return
	}
	var halves int
	must(t, conn.QueryRow(t.Context(), `SELECT count(*) FROM (SELECT month, county FROM taizhang.tally UNION SELECT month, county FROM taizhang.unit) u
		WHERE NOT EXISTS (SELECT 1 FROM taizhang.office o WHERE o.month = u.month AND o.county = u.county)`).Scan(&halves))
	if halves != 0 {
		t.Errorf("moment %d: %d counties' months are there in part", k, halves)
	}
	agree(t, conn, province.Month.Add(-1))
	agree(t, conn, province.Month)
}
