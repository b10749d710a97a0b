package vault

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/internal/storetest"
	"taizhang/store/keybox"
	"taizhang/store/transfer"
)

// TestForgotten: the county opens what the village sends, and its words set a new
// passphrase; other words, another county and another ledger's answer are refused.
func TestForgotten(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	s, err := encrypt(ctx, village(t, path), secret, light)
	storetest.Must(t, err)
	key, err := bundle.NewCountyKey(&storetest.Dice{State: 1})
	storetest.Must(t, err)
	other, err := bundle.NewCountyKey(&storetest.Dice{State: 2})
	storetest.Must(t, err)
	if s.HasCounty() {
		t.Error("a county")
	}
	storetest.Must(t, wrap(path, s.keys, nil, key.Recipient()))
	if !s.HasCounty() {
		t.Error("no county")
	}
	storetest.Must(t, s.Close(ctx))
	if _, err := Ask(ctx, CountyFile(path), other.Opener()); storetest.Code(err) != "E-KEY" {
		t.Errorf("another county: %v", err)
	}
	for n, file := range []string{CountyFile(path), path + SealedSuffix} {
		asked, err := Ask(ctx, file, key.Opener())
		storetest.Must(t, err)
		if !strings.Contains(asked.About, storetest.Village.Code) {
			t.Errorf("about: %q", asked.About)
		}
		words, err := transfer.NewWords(&storetest.Dice{State: uint64(n)})
		storetest.Must(t, err)
		wrong, err := transfer.NewWords(&storetest.Dice{State: 99})
		storetest.Must(t, err)
		answer := filepath.Join(dir, string(rune('a'+n))+asked.AnswerName())
		storetest.Must(t, asked.answer(ctx, answer, words, light))
		if err := reset(ctx, path, answer, strings.Join(wrong, " "), "新的口令六个字", light); storetest.Code(err) != "E-WORDS" {
			t.Errorf("other words: %v", err)
		}
		if err := reset(ctx, path, CountyFile(path), strings.Join(words, " "), "新的口令六个字", light); storetest.Code(err) != "E-KEYBOX" {
			t.Errorf("what goes to the county, taken for its answer: %v", err)
		}
		fresh := "新的口令六个字" + string(rune('a'+n))
		storetest.Must(t, reset(ctx, path, answer, strings.Join(words, " "), fresh, light))
		s, err = Open(ctx, path, fresh, options())
		storetest.Must(t, err)
		if got := persons(t, s.Ledger()); len(got) != 1 {
			t.Errorf("persons: %q", got)
		}
		storetest.Must(t, wrap(path, s.keys, nil, key.Recipient()))
		storetest.Must(t, s.Close(ctx))
	}
	second := filepath.Join(t.TempDir(), "ledger.db")
	s, err = encrypt(ctx, village(t, second), secret, light)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	words, err := transfer.NewWords(&storetest.Dice{State: 0})
	storetest.Must(t, err)
	if err := reset(ctx, second, filepath.Join(dir, "a开锁_"+storetest.Village.Code+".age"), strings.Join(words, ""), "新的口令六个字", light); storetest.Code(err) != "E-KEY" {
		t.Errorf("another's answer: %v", err)
	}
}

// TestWrongInTime: a wrong passphrase is refused in under three seconds, at the cost that
// is used.
func TestWrongInTime(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	s, err := Encrypt(ctx, village(t, path), secret)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	begun := spent() // others may work on the machine meanwhile
	if _, err = Open(ctx, path, "不是这个口令", options()); storetest.Code(err) != "E-PASSPHRASE" {
		t.Fatal(err)
	}
	took := spent() - begun
	if took > 3*time.Second {
		t.Errorf("refused after %v", took)
	}
	t.Logf("refused after %v", took)
}

// TestDebiansAge: the program of the distribution opens the ledger by the identity.
func TestDebiansAge(t *testing.T) {
	program, err := exec.LookPath("age")
	if err != nil {
		t.Skip("the program age is not installed: that it opens an encrypted ledger was not tried")
	}
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	l := village(t, path)
	s, err := encrypt(ctx, l, secret, light)
	storetest.Must(t, err)
	key, err := bundle.NewCountyKey(&storetest.Dice{State: 1})
	storetest.Must(t, err)
	storetest.Must(t, wrap(path, s.keys, nil, key.Recipient()))
	storetest.Must(t, s.Close(ctx))
	county, err := key.KeyFile(time.Time{}, "", 0)
	storetest.Must(t, err)
	countyFile, identity, opened := filepath.Join(dir, "county.key"), filepath.Join(dir, "identity"), filepath.Join(dir, "opened.db")
	storetest.Must(t, os.WriteFile(countyFile, county, 0o600))
	run := func(args ...string) {
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			t.Fatalf("age %q: %v %s", args, err, out)
		}
	}
	// By the county's key: `age` asks for a passphrase on a terminal alone.
	run("-d", "-i", countyFile, "-o", identity, path+countySuffix)
	run("-d", "-i", identity, "-o", opened, path+SealedSuffix)
	run("-R", path+publicSuffix, "-o", filepath.Join(dir, "a.age"), countyFile)
	ro := options()
	ro.ReadOnly = true
	again, err := book.Open(ctx, opened, ro)
	storetest.Must(t, err)
	if got := persons(t, again); len(got) != 1 || got[0] != name {
		t.Errorf("persons: %q", got)
	}
	storetest.Must(t, again.Close())
	// The identity by the passphrase is the same file.
	locked, err := os.ReadFile(path + keySuffix)
	storetest.Must(t, err)
	keys, err := keybox.Unlock(locked, secret)
	storetest.Must(t, err)
	text, err := os.ReadFile(identity)
	storetest.Must(t, err)
	if !bytes.Contains(text, []byte(keys.Recipient())) {
		t.Error("another identity")
	}
}

// TestLostKey: without the files beside it the sealed ledger is opened by the passphrase all
// the same, and they are there again; somebody else's file of such a name makes no ledger an
// encrypted one.
func TestLostKey(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	storetest.Must(t, os.WriteFile(path+SealedSuffix, []byte("age-encryption.org/v1\n"), 0o600))
	if kept, err := Kept(path); kept || err != nil {
		t.Errorf("another file: %t, %v", kept, err)
	}
	storetest.Must(t, os.Remove(path+SealedSuffix))
	s, err := encrypt(ctx, village(t, path), secret, light)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	for _, suffix := range []string{keySuffix, publicSuffix} {
		storetest.Must(t, os.Remove(path+suffix))
	}
	if kept, err := Kept(path); !kept || err != nil {
		t.Fatalf("kept: %t, %v", kept, err)
	}
	s, err = Open(ctx, path, secret, options())
	storetest.Must(t, err)
	if got := persons(t, s.Ledger()); len(got) != 1 || !there(path+keySuffix) || !there(path+publicSuffix) {
		t.Errorf("persons %q; the files are not there again", got)
	}
	storetest.Must(t, s.Close(ctx))
}

// TestSalvage: what an encrypted ledger holds can be read although it is no ledger any more;
// what was made of it is encrypted as it is, and nothing stays in clear.
func TestSalvage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	s, err := encrypt(ctx, village(t, path), secret, light)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	s, err = Open(ctx, path, secret, options())
	storetest.Must(t, err)
	box, err := s.box()
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	broken := []byte("no ledger any more: " + name)
	storetest.Must(t, sealTo(ctx, path+SealedSuffix, box, s.keys, func(w io.Writer) error {
		_, err := w.Write(broken)
		return err
	}))
	if _, err := Open(ctx, path, secret, options()); err == nil {
		t.Fatal("opened as a ledger")
	}
	made := filepath.Join(dir, "made.xlsx")
	mend := func() ([]string, error) {
		plain, err := os.ReadFile(path)
		storetest.Must(t, err)
		return []string{made}, os.WriteFile(made, plain, 0o600)
	}
	var known *model.Error
	if err := Salvage(ctx, path, secret+"别的", options(), mend); !errors.As(err, &known) || known.Code != "E-PASSPHRASE" {
		t.Errorf("by a wrong passphrase: %v", err)
	}
	storetest.Must(t, Salvage(ctx, path, secret, options(), mend))
	if found := clear(t, dir); len(found) > 0 || there(path) || there(made) {
		t.Errorf("in clear: %q", found)
	}
	ids := append(s.keys.Identities(), keybox.ByPassphrase(secret))
	opened := filepath.Join(t.TempDir(), "opened")
	_, err = decryptTo(ctx, made+SealedSuffix, opened, ids...)
	storetest.Must(t, err)
	if got, err := os.ReadFile(opened); err != nil || !bytes.Equal(got, broken) {
		t.Errorf("what was made: %q, %v", got, err)
	}
	if !there(path + SealedSuffix) {
		t.Error("the sealed ledger is gone")
	}
}
