package vault

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/internal/storetest"
	"taizhang/store/keybox"
	"taizhang/store/send"
	"taizhang/store/sheet"
)

// light is scrypt's cost in most tests.
const light = 2

// The person who is searched for in every file.
const (
	name     = "欧阳石桥"
	idNumber = "99010119700101001X"
	secret   = "石桥村的老槐树"
)

// dice makes the ids of each opening its own.
var dice atomic.Uint64

func options() store.Options {
	return store.Options{Source: &model.Source{Now: storetest.Clock(0).Now, Rand: &storetest.Dice{State: dice.Add(1) << 20}}}
}

// village makes a ledger with the person in it and in a draft, and leaves it open.
func village(t *testing.T, path string) *store.Ledger {
	t.Helper()
	l, err := book.Create(context.Background(), path, storetest.Village, options())
	storetest.Must(t, err)
	addPerson(t, l, name)
	return l
}

func addPerson(t *testing.T, l *store.Ledger, who string) {
	t.Helper()
	r, err := l.New(context.Background(), "person")
	storetest.Must(t, err)
	for field, v := range map[string]model.Value{"name": who, "sex": "男", "status": "入党申请人", "note": "证件号 " + idNumber} {
		r.Set(field, v)
	}
	_, err = l.Save(context.Background(), model.FromForm, r)
	storetest.Must(t, err)
	storetest.Must(t, l.SaveDraft(context.Background(), &store.Draft{Kind: "person", Label: who, Texts: json.RawMessage(`{"id_number":"` + idNumber + `"}`)}))
}

func persons(t *testing.T, l *store.Ledger) (all []string) {
	t.Helper()
	p, err := l.Page(context.Background(), store.Query{Kind: "person"})
	storetest.Must(t, err)
	for _, r := range p.Records {
		all = append(all, r.Text("name"))
	}
	return all
}

// clear names the files below a folder that hold the person's name or number in clear.
func clear(t *testing.T, dir string) (found []string) {
	t.Helper()
	storetest.Must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, s := range []string{name, idNumber, "SQLite format 3"} {
			if bytes.Contains(data, []byte(s)) {
				found = append(found, filepath.Base(path)+": "+s)
			}
		}
		return err
	}))
	return found
}

// TestSitting: an encrypted ledger holds nothing in clear after each leaving, also where
// copies lay beside it before, and everything when it is opened again; a wrong passphrase
// opens nothing.
func TestSitting(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	l := village(t, path)
	storetest.Must(t, os.Mkdir(filepath.Join(dir, "台账备份"), 0o700))
	for _, at := range []string{dir, filepath.Join(dir, "台账备份")} {
		storetest.Must(t, l.Backup(ctx, filepath.Join(at, l.BackupName())))
	}
	if kept, err := Kept(path); kept || err != nil {
		t.Fatalf("kept before: %t, %v", kept, err)
	}
	if r, err := Recipients(path); r != nil || err != nil {
		t.Fatalf("recipients before: %v, %v", r, err)
	}
	if _, err := encrypt(ctx, l, "短", light); storetest.Code(err) != "E-SHORT" {
		t.Fatalf("a short one: %v", err)
	}
	if len(clear(t, dir)) == 0 {
		t.Fatal("the search finds nothing in a plain ledger")
	}
	s, err := encrypt(ctx, l, secret, light)
	storetest.Must(t, err)
	if !InUse(path) {
		t.Error("not in use")
	}
	storetest.Must(t, s.Close(ctx))
	storetest.Must(t, s.Close(ctx))
	for n := range 3 {
		if found := clear(t, dir); len(found) > 0 {
			t.Fatalf("in clear after leaving %d times: %q", n, found)
		}
		if kept, err := Kept(path); !kept || err != nil {
			t.Fatalf("kept: %t, %v", kept, err)
		}
		if InUse(path) {
			t.Error("in use")
		}
		if _, err := Open(ctx, path, "不是这个口令", options()); storetest.Code(err) != "E-PASSPHRASE" || there(path) {
			t.Fatalf("a wrong passphrase: %v", err)
		}
		s, err = Open(ctx, path, secret, options())
		storetest.Must(t, err)
		if _, err := Open(ctx, path, secret, options()); storetest.Code(err) != "E-LOCKED" {
			t.Errorf("twice: %v", err)
		}
		if got := persons(t, s.Ledger()); len(got) != n+1 {
			t.Fatalf("persons: %q", got)
		}
		if s.Recovered() || s.Check(secret) != nil || storetest.Code(s.Check("不是这个口令")) != "E-PASSPHRASE" {
			t.Error("check")
		}
		addPerson(t, s.Ledger(), "张三")
		storetest.Must(t, s.Close(ctx))
	}
	sealed, err := filepath.Glob(filepath.Join(dir, "*", "台账备份_*.db.age"))
	if err != nil || len(sealed) != 1 {
		t.Errorf("sealed backups: %v", sealed)
	}
}

// TestOnlyLookedAt: a sitting in which nothing was written leaves the sealed file as it is.
func TestOnlyLookedAt(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	s, err := encrypt(ctx, village(t, path), secret, light)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	before, err := os.ReadFile(path + SealedSuffix)
	storetest.Must(t, err)
	o := options()
	o.ReadOnly = true
	s, err = Open(ctx, path, secret, o)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	after, err := os.ReadFile(path + SealedSuffix)
	storetest.Must(t, err)
	if !bytes.Equal(before, after) || there(path) {
		t.Error("written anew, or left in clear")
	}
}

// TestChange: the new passphrase opens the ledger and what was sealed before, the old one
// nothing that is written later; switched off, the ledger lies in clear as ever.
func TestChange(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	s, err := encrypt(ctx, village(t, path), secret, light)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	old, err := os.ReadFile(path + SealedSuffix)
	storetest.Must(t, err)
	s, err = Open(ctx, path, secret, options())
	storetest.Must(t, err)
	s.work = light
	storetest.Must(t, s.Change(ctx, "换过的新口令"))
	storetest.Must(t, s.Close(ctx))
	if _, err := Open(ctx, path, secret, options()); storetest.Code(err) != "E-PASSPHRASE" {
		t.Errorf("the old one: %v", err)
	}
	if carried, ok := keybox.CarriedBy(path + SealedSuffix); !ok || bytes.Contains(old, []byte(carried.Recipient)) {
		t.Error("sealed to the identity of before")
	}
	storetest.Must(t, os.WriteFile(path+SealedSuffix, old, 0o600)) // as a backup of before
	s, err = Open(ctx, path, "换过的新口令", options())
	storetest.Must(t, err)
	storetest.Must(t, s.Plain(ctx))
	storetest.Must(t, s.Close(ctx))
	if kept, err := Kept(path); kept || err != nil {
		t.Errorf("kept: %t, %v", kept, err)
	}
	l, err := book.Open(ctx, path, options())
	storetest.Must(t, err)
	if got := persons(t, l); len(got) != 1 {
		t.Errorf("persons: %q", got)
	}
	storetest.Must(t, l.Close())
}

// TestRestore: a backup, plain or encrypted, also one of before the passphrase was changed,
// takes the encrypted ledger's place; what was there is kept beside, encrypted; and where
// there is nothing an encrypted backup makes an encrypted ledger again.
func TestRestore(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir, stick := t.TempDir(), t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	l := village(t, path)
	plain := filepath.Join(stick, "备份.db")
	storetest.Must(t, l.Backup(ctx, plain))
	s, err := encrypt(ctx, l, secret, light)
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
	sealed := filepath.Join(stick, "备份.db.age")
	data, err := os.ReadFile(path + SealedSuffix)
	storetest.Must(t, err)
	storetest.Must(t, os.WriteFile(sealed, data, 0o600))
	s, err = Open(ctx, path, secret, options())
	storetest.Must(t, err)
	s.work = light
	storetest.Must(t, s.Change(ctx, "换过的新口令"))
	addPerson(t, s.Ledger(), "李四")
	storetest.Must(t, s.Close(ctx))
	for n, file := range []string{plain, sealed} {
		kept, err := Restore(ctx, path, "换过的新口令", file, "", options())
		storetest.Must(t, err)
		if kept == "" || there(kept) || !there(kept+SealedSuffix) {
			t.Errorf("kept: %q", kept)
		}
		if found := clear(t, dir); len(found) > 0 {
			t.Errorf("in clear: %q", found)
		}
		s, err = Open(ctx, path, "换过的新口令", options())
		storetest.Must(t, err)
		if got := persons(t, s.Ledger()); len(got) != 1 {
			t.Errorf("persons: %q", got)
		}
		if n == 0 {
			addPerson(t, s.Ledger(), "王五")
			kept, err := s.Restore(ctx, kept+SealedSuffix, "")
			storetest.Must(t, err)
			if got := persons(t, s.Ledger()); len(got) != 2 || !there(kept) {
				t.Errorf("persons: %q", got)
			}
		}
		storetest.Must(t, s.Close(ctx))
	}
	other := filepath.Join(t.TempDir(), "新电脑", "ledger.db")
	if err := RestoreNew(ctx, other, sealed, "不是这个口令", options()); storetest.Code(err) != "E-PASSPHRASE" {
		t.Errorf("a wrong one: %v", err)
	}
	storetest.Must(t, RestoreNew(ctx, other, sealed, secret, options()))
	if found := clear(t, filepath.Dir(other)); len(found) > 0 {
		t.Errorf("in clear: %q", found)
	}
	s, err = Open(ctx, other, secret, options())
	storetest.Must(t, err)
	if got := persons(t, s.Ledger()); len(got) != 1 {
		t.Errorf("persons: %q", got)
	}
	storetest.Must(t, s.Close(ctx))
	// The sealed ledger is damaged: a backup takes its place, and it is kept.
	storetest.Must(t, os.WriteFile(path+SealedSuffix, data[:len(data)/2], 0o600))
	if _, err := Open(ctx, path, "换过的新口令", options()); storetest.Code(err) != "E-KEYBOX" {
		t.Errorf("half a file: %v", err)
	}
	_, err = Restore(ctx, path, "换过的新口令", plain, "", options())
	storetest.Must(t, err)
	s, err = Open(ctx, path, "换过的新口令", options())
	storetest.Must(t, err)
	storetest.Must(t, s.Close(ctx))
}

// TestRejected: the rows of a sheet that are not taken into an encrypted ledger are
// encrypted, and opened again by its passphrase.
func TestRejected(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	s, err := encrypt(ctx, village(t, path), secret, light)
	storetest.Must(t, err)
	roster := filepath.Join(dir, "名册.csv")
	storetest.Must(t, os.WriteFile(roster, []byte("姓名,性别,人员类别,在册状态,备注\n"+name+",不详,入党申请人,在册,"+idNumber+"\n"), 0o600))
	p, err := sheet.Read(ctx, s.Ledger(), s.Ledger().Kinds().Kind("person"), roster, sheet.ReadOptions{})
	storetest.Must(t, err)
	file, sealed := p.RejectedPath()
	storetest.Must(t, p.WriteRejected(file))
	storetest.Must(t, s.Close(ctx))
	storetest.Must(t, os.Remove(roster))
	if found := clear(t, dir); len(found) > 0 || !sealed {
		t.Errorf("in clear: %q, %t", found, sealed)
	}
	out := strings.TrimSuffix(file, SealedSuffix)
	if err := OpenSealed(ctx, path, file, out, "不是这个口令"); storetest.Code(err) != "E-PASSPHRASE" {
		t.Errorf("a wrong one: %v", err)
	}
	storetest.Must(t, OpenSealed(ctx, path, file, out, secret))
	if data, err := os.ReadFile(out); err != nil || !bytes.HasPrefix(data, []byte("PK")) {
		t.Errorf("opened: %v", err)
	}
}

// TestRewrap: a county's profile that is taken in while the ledger is open wraps the
// identity to that county when the sitting ends, and a later one anew.
func TestRewrap(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	s, err := encrypt(ctx, village(t, path), secret, light)
	storetest.Must(t, err)
	var keys []*bundle.CountyKey
	for version := 1; version <= 2; version++ {
		signing, err := bundle.NewCountyKey(&storetest.Dice{State: 1})
		storetest.Must(t, err)
		next, err := bundle.NewCountyKey(&storetest.Dice{State: uint64(version)})
		storetest.Must(t, err)
		signing.Identity = next.Identity
		keys = append(keys, signing)
		text, err := bundle.SealProfile(bundle.Profile{Code: "990101", Name: "县委组织部", Version: version, Recipient: next.Recipient(), PublicKey: signing.PublicKey(), Issued: "2026-10-31T00:00:00Z", DeadlineDay: 5, Identity: "带"}, signing, time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC))
		storetest.Must(t, err)
		storetest.Must(t, send.SetProfile(ctx, s.Ledger(), text))
		storetest.Must(t, s.Close(ctx))
		_, err = Ask(ctx, CountyFile(path), signing.Opener())
		storetest.Must(t, err)
		if version == 2 {
			if _, err := Ask(ctx, path+SealedSuffix, keys[0].Opener()); storetest.Code(err) != "E-KEY" {
				t.Errorf("by the county's key of before: %v", err)
			}
			_, err = Ask(ctx, path+SealedSuffix, signing.Opener())
			storetest.Must(t, err)
			return
		}
		s, err = Open(ctx, path, secret, options())
		storetest.Must(t, err)
	}
}
