package kills

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/keybox"
	"taizhang/store/vault"
)

const sealedSecret = "石桥村的老槐树"

// sealed sits at an encrypted ledger again and again; on the way the encryption is switched
// off and on.
var sealed = job{name: "sealed", share: 4, reset: 12, acts: 12, prepare: func(t *testing.T, dir string) {
	newLedger(t, dir)
	keybox.SetWorkFactor(1)
	s, err := sealHere(dir)
	must(t, err)
	must(t, s.Close(ctx))
}, work: sitUntilKilled, check: checkSealed}

func sealHere(dir string) (*vault.Sitting, error) {
	l, err := book.Open(ctx, filepath.Join(dir, ledgerFile), store.Options{})
	if err != nil {
		return nil, err
	}
	s, err := vault.Encrypt(ctx, l, sealedSecret)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return s, nil
}

func sitUntilKilled(dir string, round int, say func(string, int)) error {
	keybox.SetWorkFactor(1)
	path := filepath.Join(dir, ledgerFile)
	for i := 0; ; i++ {
		kept, err := vault.Kept(path)
		if err != nil {
			return err
		}
		sit := func() (*vault.Sitting, error) { return sealHere(dir) }
		if kept {
			sit = func() (*vault.Sitting, error) { return vault.Open(ctx, path, sealedSecret, store.Options{}) }
		}
		s, err := sit()
		if err != nil {
			return err
		}
		if i == 0 {
			say("ready", 0)
		}
		for j := range 2 {
			if err := saveMember(s.Ledger(), fmt.Sprintf("密%d-%d-%d", round, i, j)); err != nil {
				return err
			}
			say("new", i*2+j)
		}
		if i%5 == 3 {
			if err := s.Plain(ctx); err != nil {
				return err
			}
			say("off", i)
		}
		if err := s.Close(ctx); err != nil {
			return err
		}
		say("left", i)
	}
}

// checkSealed opens what is left as the next start does, finds what was acknowledged, and
// nothing in clear once it has left again.
func checkSealed(t *testing.T, dir string, round int, said acts, n *tally) {
	path := filepath.Join(dir, ledgerFile)
	kept, err := vault.Kept(path)
	must(t, err)
	look := func(l *store.Ledger) {
		found := names(t, l, n)
		for _, i := range said.of("new") {
			n.want(found, fmt.Sprintf("密%d-%d-%d", round, i/2, i%2), 1)
		}
	}
	if !kept {
		open(t, path, n, look)
		s, err := sealHere(dir)
		must(t, err)
		must(t, s.Close(ctx))
	} else {
		s, err := vault.Open(ctx, path, sealedSecret, store.Options{})
		if err != nil {
			n.miss(&n.lost, "the ledger does not open: %v", err)
			return
		}
		if err := s.Ledger().Integrity(ctx); err != nil {
			n.miss(&n.half, "the ledger is not whole: %v", err)
		}
		look(s.Ledger())
		must(t, s.Close(ctx))
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
		if strings.Contains(string(data), "SQLite format 3") || strings.Contains(string(data), fmt.Sprintf("密%d-", round)) {
			n.miss(&n.half, "%s holds something in clear", e.Name())
		}
	}
}
