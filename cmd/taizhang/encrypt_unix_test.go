//go:build !windows

package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/vault"
)

const sealedPassphrase = "石桥村的老槐树"

// newSealed makes an encrypted ledger.
func newSealed(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "ledger.db")
	l, err := book.Create(t.Context(), path, store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := vault.Encrypt(t.Context(), l, sealedPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return path
}

func isSealedThere(t *testing.T, path string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if _, err := os.Lstat(path + suffix); err == nil {
			t.Errorf("%s is left in clear", path+suffix)
		}
	}
	if _, err := os.Stat(path + vault.SealedSuffix); err != nil {
		t.Error(err)
	}
}

// TestStoppedSealed: a command that is told to stop (Ctrl+C, SIGTERM, the terminal closed)
// encrypts the ledger before it ends, and so does one whose result fails.
func TestStoppedSealed(t *testing.T) {
	path := newSealed(t)
	ctx, stop := context.WithCancel(t.Context())
	m := &Main{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard, db: path, Getenv: func(name string) string {
		if name == passphraseEnv {
			return sealedPassphrase
		}
		return ""
	}}
	err := m.withLedger(ctx, false, func(l *store.Ledger) error {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
		stop()
		_, err := l.Count(ctx, store.Query{Kind: "person"})
		return err
	})
	if err == nil {
		t.Error("not stopped")
	}
	isSealedThere(t, path)
}

// TestReaderGone: a reader that has read enough (| head) leaves nothing in clear either.
func TestReaderGone(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := newSealed(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := &exec.Cmd{Path: self, Args: []string{"taizhang", "list", "organization", "--db", path}, Stdout: w, Env: append(os.Environ(), passphraseEnv+"="+sealedPassphrase)}
	if err := r.Close(); err != nil { // it has gone before a line came
		t.Fatal(err)
	}
	if err := c.Run(); err == nil {
		t.Error("nothing was said of it")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	isSealedThere(t, path)
}
