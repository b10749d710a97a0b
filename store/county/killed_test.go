package county_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestReceiveKilled kills a process in the middle of receiving, again and again:
// each organisation stands as before or as after, never between, and a second run
// completes.
func TestReceiveKilled(t *testing.T) {
	if args := os.Getenv("TAIZHANG_TEST_KILL"); args != "" {
		receiveUntilKilled(t, strings.Split(args, "|"))
		return
	}
	if os.Getenv("TAIZHANG_LONG") == "" {
		t.Skip("kills processes: set TAIZHANG_LONG")
	}
	o := newOffice(t)
	var villages []*village
	for i := range 3 {
		v := o.village(t, fmt.Sprintf("99010110120%d", i+1), byte(100+50*i))
		for range 30 {
			v.person(t, "张三")
		}
		o.one(t, v.export(t).Path)
		villages = append(villages, v)
	}
	before := filepath.Join(t.TempDir(), "before.db")
	must(t, o.l.Backup(ctx, before))
	for _, v := range villages {
		v.rename(t, "李四")
		v.export(t)
	}
	long := receiveAndKill(t, o, copied(t, before), time.Minute)
	dice := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		db := copied(t, before)
		receiveAndKill(t, o, db, time.Duration(dice.Int64N(int64(long))))
		l, err := book.Open(ctx, db, store.Options{})
		must(t, err)
		for _, v := range villages {
			v.beforeOrAfter(t, l)
		}
		_, err = county.Receive(ctx, l, o.key, []string{o.stick}, county.ReceiveOptions{})
		must(t, err)
		for _, v := range villages {
			if !v.beforeOrAfter(t, l) {
				t.Errorf("%s: the second run did not complete", v.code)
			}
		}
		must(t, l.Integrity(ctx))
		must(t, l.Close())
	}
}

// rename gives every person a name.
func (v *village) rename(tb testing.TB, name string) {
	tb.Helper()
	p, err := v.Page(ctx, store.Query{Kind: "person"})
	must(tb, err)
	for _, r := range p.Records {
		r.Set("name", name)
	}
	_, err = v.Save(ctx, model.AsRecorded, p.Records...)
	must(tb, err)
}

// beforeOrAfter tells whether the village's second bundle is in, and fails when it
// is in half.
func (v *village) beforeOrAfter(tb testing.TB, l *store.Ledger) (after bool) {
	tb.Helper()
	names := map[string]int{}
	must(tb, l.Each(ctx, store.Query{Kind: "person"}, func(r *model.Record) error {
		if r.OrgID == v.Home().ID {
			names[r.Str("name")]++
		}
		return nil
	}))
	found, err := l.Page(ctx, store.Query{Kind: "person", Find: "lisi"})
	must(tb, err)
	inSearch := 0
	for _, r := range found.Records {
		if r.OrgID == v.Home().ID {
			inSearch++
		}
	}
	key, err := county.KnownKeyOf(ctx, l, v.code)
	must(tb, err)
	switch {
	case names["张三"] == 30 && names["李四"] == 0 && inSearch == 0 && key.Sequence == 1:
		return false
	case names["张三"] == 0 && names["李四"] == 30 && inSearch == 30 && key.Sequence == 2:
		return true
	}
	tb.Errorf("%s stands between: %v, %d found, number %d", v.code, names, inSearch, key.Sequence)
	return false
}

func copied(tb testing.TB, path string) string {
	tb.Helper()
	data, err := os.ReadFile(path)
	must(tb, err)
	to := filepath.Join(tb.TempDir(), "county.db")
	must(tb, os.WriteFile(to, data, 0o600))
	return to
}

// receiveAndKill gives how long the process received until it ended or was killed.
func receiveAndKill(tb testing.TB, o *office, db string, after time.Duration) time.Duration {
	tb.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestReceiveKilled$")
	cmd.Env = append(os.Environ(), "TAIZHANG_TEST_KILL="+db+"|"+filepath.Join(filepath.Dir(o.l.Path()), county.KeyFile)+"|"+o.stick)
	out, err := cmd.StdoutPipe()
	must(tb, err)
	must(tb, cmd.Start())
	begun := time.Now()
	var soon *time.Timer
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "receiving" {
			begun = time.Now()
			//nolint:errcheck // One that has ended is told by Wait.
			soon = time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
	}
	//nolint:errcheck // It was killed, or ended a moment before.
	cmd.Wait()
	if soon == nil {
		tb.Fatal("the process did not begin to receive")
	}
	soon.Stop()
	return time.Since(begun)
}

// receiveUntilKilled receives a stick, in a process of its own.
func receiveUntilKilled(tb testing.TB, args []string) {
	tb.Helper()
	l, err := book.Open(ctx, args[0], store.Options{})
	must(tb, err)
	file, err := os.ReadFile(args[1])
	must(tb, err)
	key, err := bundle.ParseCountyKey(file, "")
	must(tb, err)
	fmt.Println("receiving")
	_, err = county.Receive(ctx, l, key, []string{args[2]}, county.ReceiveOptions{})
	must(tb, err)
	must(tb, l.Close())
}
