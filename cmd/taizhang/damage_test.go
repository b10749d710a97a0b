package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
)

// How a damaged ledger has to come out.
type outcome int

const (
	harmless outcome = iota // nothing is lost: all goes on as before
	look                    // opened read-only and named at once; not exported
	refused                 // not opened at all, with a word on what to do
	found                   // opened; check names it and export refuses
	broken                  // opened for writing, to be mended in the form; check names it and export refuses
	kept                    // what a log held is kept out: as harmless, but the bytes beside it may go
	later                   // not read before it has been opened for writing; then as before
)

// damage is one way of breaking a ledger.
type damage struct {
	name  string
	comes outcome
	says  string // what the person is told, at least
	does  func(t *testing.T, path string)
}

// TestDamages breaks a ledger in every way that we thought of. Never is it mended in
// silence, is less of it exported, does a command crash, hang or speak English; and list
// and check leave every byte as it was.
func TestDamages(t *testing.T) {
	base := soundLedger(t)
	want := tryCommands(t, base, nil)
	if want.list.status != 0 || want.check.status != 0 || want.export.status != 0 {
		t.Fatalf("the sound one: %+v", want)
	}
	all := append(append(headerDamages(), pageDamages()...), append(contentDamages(), besideDamages()...)...)
	if len(all) < 51 {
		t.Errorf("%d damages", len(all))
	}
	names := map[string]bool{}
	for _, d := range all {
		if names[d.name] {
			t.Errorf("two are called %s", d.name)
		}
		names[d.name] = true
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "ledger.db")
			copyTo(t, base, path)
			d.does(t, path)
			judge(t, d, path, tryCommands(t, path, &d), want)
		})
	}
}

// said is what a command answered.
type said struct {
	status   int
	out, err string
}

func (s said) String() string { return fmt.Sprintf("[%d] %.300s | %.400s", s.status, s.out, s.err) }

// tried is what the commands answered for one ledger, and whether its files stayed.
type tried struct {
	list, check, export said
	changed             []string // by list and check
	mended              bool     // by export
	damage              *store.Damage
	readOnly            bool
	opened              error
}

func tryCommands(t *testing.T, path string, d *damage) (r tried) {
	t.Helper()
	before := bytesOf(t, path)
	r.list = command(t, path, "list", "person", "--format", "csv")
	r.check = command(t, path, "check")
	r.changed = differ(before, bytesOf(t, path))
	if d != nil && d.comes != harmless && d.comes != kept && d.comes != later {
		l, err := book.Open(context.Background(), path, store.Options{})
		if r.opened = err; err == nil {
			r.damage, r.readOnly = l.Damage(), l.ReadOnly()
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	out := t.TempDir()
	r.export = command(t, path, "export", "--plain", "--json", "--month", "2026-10", "--out", out)
	r.mended = len(differ(before, bytesOf(t, path))) > 0
	if left, err := filepath.Glob(filepath.Join(out, "*")); err != nil || r.export.status != 0 && len(left) > 0 {
		t.Errorf("refused, and it left %v, %v", left, err)
	}
	return r
}

func command(t *testing.T, path string, args ...string) said {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var out, err bytes.Buffer
	m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err, Getenv: os.Getenv}
	status := m.Run(ctx, append([]string{"--db", path}, args...))
	if ctx.Err() != nil {
		t.Errorf("%v hangs", args)
	}
	s := said{status, out.String(), strings.ReplaceAll(err.String(), path, "文件")}
	if bad := english(s.err); bad != "" {
		t.Errorf("%v speaks English (%s): %s", args, bad, s.err)
	}
	return s
}

// phrase is two English words after each other, or what Go and SQLite write.
var phrase = regexp.MustCompile(`(?i)\b[a-z]{3,} [a-z]{2,}|%!|panic|goroutine|strconv|sql:|SQLITE|nil\b`)

func english(s string) string {
	for _, ours := range []string{"taizhang restore", "taizhang check", "check --all", "taizhang county"} {
		s = strings.ReplaceAll(s, ours, "")
	}
	return phrase.FindString(s)
}

// judge asks whether a ledger came out as it should.
func judge(t *testing.T, d damage, path string, r, want tried) {
	t.Helper()
	if len(r.changed) > 0 {
		t.Errorf("list and check changed %v", r.changed)
	}
	if r.list.status == 0 && r.list.err == "" && r.list.out != want.list.out {
		t.Errorf("list gives other records without a word: %s", r.list)
	}
	if r.export.status == 0 && counts(t, r.export.out) != counts(t, want.export.out) {
		t.Errorf("export gives other records without a word: %s", r.export)
	}
	fail := func(what string) {
		t.Errorf("%s; list %s; check %s; export %s; opened %v, %+v", what, r.list, r.check, r.export, r.opened, r.damage)
	}
	all := r.list.err + r.check.out + r.check.err + r.export.err
	if !strings.Contains(all, d.says) {
		fail("nobody says " + d.says)
	}
	switch d.comes {
	case harmless, kept:
		if r.list.status+r.check.status+r.export.status != 0 || r.list.out != want.list.out {
			fail("not as before")
		}
		return
	case later:
		if r.list.status != 1 || r.check.status != 1 || r.export.status != 0 {
			fail("not read later")
		}
		return
	case look:
		if r.opened != nil || r.damage == nil || !r.readOnly || !strings.Contains(strings.Join(r.damage.What, ";"), d.says) || r.check.status != 1 {
			fail("not opened read-only with its damage named")
		}
	case refused:
		if r.opened == nil || r.list.status != 1 || r.check.status != 1 {
			fail("not refused")
		}
	case found:
		if r.check.status != 1 {
			fail("check finds nothing")
		}
	case broken:
		if r.opened != nil || r.readOnly || r.check.status != 1 {
			fail("not opened for mending")
		}
	}
	if r.export.status != 1 {
		fail("exported")
	}
	if d.comes != broken && d.comes != found && r.mended {
		fail("changed by opening it")
	}
}

// counts gives how many records of each kind a bundle took in.
func counts(t *testing.T, out string) string {
	t.Helper()
	var sent struct{ Counts map[string]int }
	if err := json.Unmarshal([]byte(out), &sent); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	text, err := json.Marshal(sent.Counts)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// bytesOf gives a digest of each file of a ledger's folder; the lock is none of them, nor
// the shared memory of a log, which holds nothing.
func bytesOf(t *testing.T, path string) map[string][32]byte {
	t.Helper()
	all := map[string][32]byte{}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch filepath.Ext(e.Name()) {
		case ".lock", ".holder", ".db-shm":
			continue
		}
		if !e.Type().IsRegular() {
			all[e.Name()] = [32]byte{1}
			continue
		}
		b, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = sha256.Sum256(b)
	}
	return all
}

func differ(before, after map[string][32]byte) []string {
	var all []string
	for name, sum := range after {
		if was, ok := before[name]; !ok || was != sum {
			all = append(all, name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			all = append(all, name+" (gone)")
		}
	}
	return all
}

// soundLedger gives a small village's ledger with pages of every sort: it is made once, and
// each test has a copy.
func soundLedger(t *testing.T) string {
	t.Helper()
	whole, err := theSoundOne()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var theSoundOne = sync.OnceValues(func() (whole []byte, err error) {
	dir, err := os.MkdirTemp("", "sound")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ctx := context.Background()
	made, err := demo.Village(ctx, dir, demo.Options{Members: demo.MinMembers})
	if err != nil {
		return nil, err
	}
	if err := withDrafts(ctx, made.Ledger); err != nil {
		return nil, err
	}
	if err := altered(made.Ledger, "PRAGMA journal_mode = WAL", "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return nil, err
	}
	return os.ReadFile(made.Ledger)
})

// withDrafts lays a long draft into a ledger, and one that goes again: what is gone leaves
// more free pages than an export takes, which notes the month.
func withDrafts(ctx context.Context, path string) (err error) {
	l, err := book.Open(ctx, path, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	stays, gone := store.Draft{Kind: "person", Label: "张三"}, store.Draft{Kind: "person", Label: "李四"}
	for d, n := range map[*store.Draft]int{&stays: 20000, &gone: 200000} {
		if d.Texts, err = json.Marshal(map[string]string{"remark": strings.Repeat("字", n)}); err != nil {
			return err
		}
	}
	if err := errors.Join(l.SaveDraft(ctx, &stays), l.SaveDraft(ctx, &gone)); err != nil {
		return err
	}
	return l.DropDraft(ctx, gone.ID)
}

func copyTo(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// alter runs statements on a file as any other program could.
func alter(t *testing.T, path string, statements ...string) {
	t.Helper()
	if err := altered(path, statements...); err != nil {
		t.Fatal(err)
	}
}

func altered(path string, statements ...string) (err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}
