// Package storetest makes ledgers for the tests of store and of the packages under it:
// of a made-up catalog that has a field of every type.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Village is the home organisation of the tests' ledgers.
var Village = store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "石桥镇", County: "澄安县"}

// Make makes a ledger of the village; without a book it is one of Everything. Errors as
// store.Create.
func Make(ctx context.Context, path string, home store.Home, o store.Options) (*store.Ledger, error) {
	return store.Create(ctx, path, home, with(o))
}

// Open opens a ledger; without a book it is one of Everything. Errors as store.Open.
func Open(ctx context.Context, path string, o store.Options) (*store.Ledger, error) {
	return store.Open(ctx, path, with(o))
}

func with(o store.Options) store.Options {
	if o.Book == nil {
		o.Book = Book(Everything())
	}
	return o
}

// Create makes a ledger that the test's end closes; without a book it is one of
// Everything.
func Create(tb testing.TB, path string, o store.Options) *store.Ledger {
	tb.Helper()
	l, err := Make(context.Background(), path, Village, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := l.Close(); err != nil {
			tb.Error(err)
		}
	})
	return l
}

// CreateEverything makes a ledger of Everything that the test's end closes.
func CreateEverything(tb testing.TB) *store.Ledger {
	tb.Helper()
	return Create(tb, filepath.Join(tb.TempDir(), "ledger.db"), store.Options{Source: Clock(1), By: "测试"})
}

// Save saves records and fails the test when that fails.
func Save(tb testing.TB, l *store.Ledger, recs ...*model.Record) store.Saved {
	tb.Helper()
	s, err := l.Save(context.Background(), model.FromForm, recs...)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// Record makes a record of a kind with values as people type them.
func Record(tb testing.TB, l *store.Ledger, kind string, pairs ...string) *model.Record {
	tb.Helper()
	r, err := l.New(context.Background(), kind)
	if err != nil {
		tb.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		if f.Target != "" && !f.Linked() {
			r.Set(f.Name, pairs[i+1])
			continue
		}
		v, err := f.Type.Parse(f, pairs[i+1])
		if err != nil {
			tb.Fatal(err)
		}
		r.Set(f.Name, v)
	}
	return r
}

// Code gives the code of a *model.Error, "" for nil.
func Code(err error) string {
	var e *model.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	}
	return "not a *model.Error: " + err.Error()
}

// Clock is a source whose time goes on by a second with every look.
func Clock(seed byte) *model.Source {
	now := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	return &model.Source{
		Now:  func() time.Time { now = now.Add(time.Second); return now },
		Rand: &Dice{State: uint64(seed) + 1},
	}
}

// Dice are random bytes that are the same in every run.
type Dice struct{ State uint64 }

// Read fills p; it never fails.
func (d *Dice) Read(p []byte) (int, error) {
	for i := range p {
		d.State = d.State*6364136223846793005 + 1442695040888963407
		p[i] = byte(d.State >> 56)
	}
	return len(p), nil
}

// AsRefusal tells whether an error is a refusal, and gives it.
func AsRefusal(err error, refusal **store.Refusal) bool { return errors.As(err, refusal) }

// Must fails the test when something failed.
func Must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// OpenRaw opens a ledger's file as any program could.
func OpenRaw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	Must(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { Must(t, db.Close()) })
	return db
}

// Content gives the files of a folder by name; none where it is missing.
func Content(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return all
	}
	Must(t, err)
	for _, e := range entries {
		if e.IsDir() {
			all[e.Name()] = "folder"
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		Must(t, err)
		all[e.Name()] = string(b)
	}
	return all
}

// EqualFiles compares two folders. The shared memory of a log that was there before
// may be made anew.
func EqualFiles(before, after map[string]string, path string) bool {
	base := filepath.Base(path)
	if _, log := before[base+"-wal"]; log {
		delete(after, base+"-shm")
	}
	if len(before) != len(after) {
		return false
	}
	for name, b := range before {
		if after[name] != b {
			return false
		}
	}
	return true
}

// Names gives the names of files, for a message.
func Names(files map[string]string) []string {
	var all []string
	for name := range files {
		all = append(all, name)
	}
	return all
}

// Fill makes the disk full for a ledger: its file may not grow any more.
func Fill(ctx context.Context, l *store.Ledger) error {
	return l.Inside(raw.Pass{}).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		pages, err := raw.NumberOnce(ctx, t, "PRAGMA page_count")
		if err != nil {
			return err
		}
		_, err = raw.NumberOnce(ctx, t, "PRAGMA max_page_count = "+strconv.FormatInt(pages, 10))
		return err
	})
}

// Restore puts a copy of a backup in a ledger's place; without a book it is one of
// Everything. Errors as store.Restore.
func Restore(ctx context.Context, backup, path string, o store.Options) (kept string, err error) {
	return store.Restore(ctx, backup, path, with(o))
}
