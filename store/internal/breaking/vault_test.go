//go:build unix && !386 && !arm

package breaking_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
	"taizhang/store/keybox"
	"taizhang/store/vault"
)

// The passphrases of an encrypted village.
const firstSecret, secondSecret = "石桥村的老槐树", "石桥村的新水井"

func villageOptions() store.Options {
	return store.Options{Book: storetest.Book(storetest.Everything()), Source: source(), By: "测试"}
}

func ledgerIn(dir string) string { return filepath.Join(dir, "ledger.db") }

// unsealVillage opens an encrypted village by whichever passphrase it has.
func unsealVillage(dir string) (s *vault.Sitting, err error) {
	for _, secret := range []string{firstSecret, secondSecret} {
		s, err = vault.Open(ctx, ledgerIn(dir), secret, villageOptions())
		if storetest.Code(err) != "E-PASSPHRASE" {
			break
		}
	}
	return s, err
}

// beginSealed makes an encrypted one, with a copy of before beside it.
func beginSealed(t *testing.T, dir string) {
	t.Helper()
	beginVillage(t, dir)
	s, err := sealVillage(dir)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
}

func sealVillage(dir string) (*vault.Sitting, error) {
	l, err := openVillage(dir)
	if err != nil {
		return nil, err
	}
	s, err := vault.Encrypt(ctx, l, firstSecret)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return s, nil
}

// lookSealed opens what lies there, in clear or encrypted, gives its rows and how it is
// kept; an encrypted one is closed again and then nothing may lie there in clear.
func lookSealed(dir string) (string, error) {
	kept, err := vault.Kept(ledgerIn(dir))
	if err != nil {
		return "", err
	}
	if !kept {
		state, err := lookVillage(dir)
		return "plain\n" + state, err
	}
	s, err := unsealVillage(dir)
	if err != nil {
		return "", fmt.Errorf("unseal: %w", err)
	}
	err = s.Ledger().Integrity(ctx)
	rows, dumped := dump(ledgerIn(dir))
	which := "by the first passphrase\n"
	if s.Check(firstSecret) != nil {
		which = "by the second passphrase\n"
	}
	if err := errors.Join(err, dumped, s.Close(ctx)); err != nil {
		return "", errors.Join(err, s.Abandon())
	}
	return which + rows, nothingClear(dir)
}

// nothingClear looks for a page of a ledger and for a villager's name.
func nothingClear(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, clear := range []string{"SQLite format 3", "石桥村"} {
			if strings.Contains(string(data), clear) {
				err = errors.Join(err, fmt.Errorf("%s holds %q in clear", filepath.Base(path), clear))
			}
		}
		return err
	})
}

// light makes passphrases cheap until the test ends.
func light(t *testing.T) {
	keybox.SetWorkFactor(1)
	t.Cleanup(func() { keybox.SetWorkFactor(0) })
}

// TestSealedSitting: an encrypted ledger is opened, written to, and encrypted again.
func TestSealedSitting(t *testing.T) {
	light(t)
	save := func(n int) func(*sitting) error {
		return func(s *sitting) error {
			_, err := s.l.Save(ctx, model.FromForm, storetest.Villager(t, s.l, n))
			return err
		}
	}
	(&operation{name: "sealed sitting", begin: beginSealed, unseal: unsealVillage, look: lookSealed,
		steps: []func(*sitting) error{save(10), save(20)}}).breakIt(t)
}

// TestSealOn: a ledger is encrypted for the first time, and left.
func TestSealOn(t *testing.T) {
	light(t)
	(&operation{name: "seal", begin: beginVillage, look: lookSealed, steps: []func(*sitting) error{func(s *sitting) error {
		kept, err := vault.Kept(ledgerIn(s.dir))
		if err != nil {
			return err
		}
		begin := sealVillage
		if kept { // it stood although something failed
			begin = unsealVillage
		}
		v, err := begin(s.dir)
		if err != nil {
			return err
		}
		if err := v.Close(ctx); err != nil {
			return errors.Join(err, v.Abandon())
		}
		return nil
	}}}).breakIt(t)
}

// TestSealChanged: the passphrase is changed between two saves.
func TestSealChanged(t *testing.T) {
	light(t)
	(&operation{name: "passphrase", begin: beginSealed, unseal: unsealVillage, look: lookSealed, steps: []func(*sitting) error{
		func(s *sitting) error { return s.v.Change(ctx, secondSecret) },
		func(s *sitting) error {
			_, err := s.l.Save(ctx, model.FromForm, storetest.Villager(t, s.l, 10))
			return err
		},
	}}).breakIt(t)
}

// TestSealOff: the encryption is switched off.
func TestSealOff(t *testing.T) {
	light(t)
	unseal := func(dir string) (*vault.Sitting, error) { return unsealVillage(dir) }
	(&operation{name: "unseal", begin: beginSealed, look: lookSealed, steps: []func(*sitting) error{func(s *sitting) error {
		if kept, err := vault.Kept(ledgerIn(s.dir)); err != nil || !kept {
			return err // it stood although something failed
		}
		v, err := unseal(s.dir)
		if err != nil {
			return err
		}
		if err := v.Plain(ctx); err != nil {
			return errors.Join(err, v.Abandon())
		}
		return errors.Join(v.Close(ctx), v.Abandon())
	}}}).breakIt(t)
}
