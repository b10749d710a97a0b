package county_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/store/keybox"
	"taizhang/store/send"
)

// TestMain: passphrases cost little here, and memory, of which there is enough, is cleared
// less often.
func TestMain(m *testing.M) {
	keybox.SetWorkFactor(6)
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}

// An office and a village are made once for all tests that want the same, and copied: their
// time and their randomness are made up, so that a second one would have the same bytes.
var made struct {
	sync.Mutex
	office   *officeFiles
	villages map[villageMade]villageFile
}

type officeFiles struct{ db, key, profile []byte }

type villageMade struct {
	code, profile string
	seed          byte
}

// villageFile is a ledger, and where its randomness stood.
type villageFile struct {
	db   []byte
	rand counter
}

type officeMade struct {
	db           string
	key, profile []byte
}

// madeOffice lays a new county into a folder.
func madeOffice(tb testing.TB, dir string) officeMade {
	tb.Helper()
	made.Lock()
	defer made.Unlock()
	if made.office == nil {
		res, err := county.Init(ctx, options(filepath.Join(tb.TempDir(), "county")))
		must(tb, err)
		made.office = &officeFiles{read(tb, res.DB), read(tb, res.Key), read(tb, res.Profile)}
	}
	must(tb, os.Mkdir(dir, 0o700))
	all := officeMade{filepath.Join(dir, "county.db"), made.office.key, made.office.profile}
	must(tb, os.WriteFile(all.db, made.office.db, 0o600))
	must(tb, os.WriteFile(filepath.Join(dir, county.KeyFile), all.key, 0o600))
	must(tb, os.WriteFile(filepath.Join(dir, "county.json"), all.profile, 0o600))
	return all
}

// madeVillage opens a new ledger that knows a county's profile.
func madeVillage(tb testing.TB, code string, seed byte, profile []byte) *store.Ledger {
	tb.Helper()
	made.Lock()
	defer made.Unlock()
	which := villageMade{code, string(profile), seed}
	file, ok := made.villages[which]
	if !ok {
		s := source()
		s.Rand = &counter{seed}
		path := filepath.Join(tb.TempDir(), "ledger.db")
		l, err := book.Create(ctx, path, store.Home{Code: code, Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{Source: s})
		must(tb, err)
		must(tb, send.SetProfile(ctx, l, bytes.Clone(profile)))
		file.rand = *s.Rand.(*counter)
		must(tb, l.Close())
		file.db = read(tb, path)
		if made.villages == nil {
			made.villages = map[villageMade]villageFile{}
		}
		made.villages[which] = file
	}
	path := filepath.Join(tb.TempDir(), "ledger.db")
	must(tb, os.WriteFile(path, file.db, 0o600))
	s := source()
	s.Rand = &file.rand
	l, err := book.Open(ctx, path, store.Options{Source: s})
	must(tb, err)
	return l
}

func read(tb testing.TB, path string) []byte {
	tb.Helper()
	data, err := os.ReadFile(path)
	must(tb, err)
	return data
}
