package kills

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

const (
	stick  = "U盘"
	office = "县"
)

// exports saves and exports. Every bundle on the stick can be read by the county, every
// one that was acknowledged is there and in the list, and no number comes twice.
var exports = job{name: "exports", share: 2, reset: 25, acts: 4, prepare: prepareExports, work: exportUntilKilled, check: checkExports}

func prepareExports(t *testing.T, dir string) {
	t.Helper()
	newLedger(t, dir)
	must(t, os.Mkdir(filepath.Join(dir, stick), 0o700))
	res, err := county.Init(ctx, county.InitOptions{Code: "990101", Name: "澄安县委组织部", Dir: filepath.Join(dir, office)})
	must(t, err)
	profile, err := os.ReadFile(res.Profile)
	must(t, err)
	l, err := book.Open(ctx, filepath.Join(dir, ledgerFile), store.Options{})
	must(t, err)
	must(t, send.SetProfile(ctx, l, profile))
	must(t, l.Close())
}

func exportUntilKilled(dir string, round int, say func(string, int)) error {
	l, err := book.Open(ctx, filepath.Join(dir, ledgerFile), store.Options{})
	if err != nil {
		return err
	}
	say("ready", 0)
	for i := 0; ; i++ {
		if err := saveMember(l, fmt.Sprintf("人%d-%d", round, i)); err != nil {
			return err
		}
		say("new", i)
		sent, err := send.Export(ctx, l, send.Options{Dir: filepath.Join(dir, stick), AllowErrors: true})
		if err != nil {
			return err
		}
		say("sent", int(sent.Sequence))
	}
}

func checkExports(t *testing.T, dir string, round int, said acts, n *tally) {
	t.Helper()
	key := countyKey(t, filepath.Join(dir, office))
	files, err := filepath.Glob(filepath.Join(dir, stick, "*"+bundle.Extension))
	must(t, err)
	hashes := map[int64]string{}
	for _, path := range files {
		_, _, sequence, _ := bundle.ParseFileName(filepath.Base(path))
		data, err := os.ReadFile(path)
		must(t, err)
		if err := readable(data, key); err != nil {
			n.miss(&n.half, "%s: %v", filepath.Base(path), err)
		}
		sum := sha256.Sum256(data)
		if hashes[sequence] != "" {
			n.miss(&n.half, "number %d is on the stick twice", sequence)
		}
		hashes[sequence] = hex.EncodeToString(sum[:])
	}
	open(t, filepath.Join(dir, ledgerFile), n, func(l *store.Ledger) {
		found := names(t, l, n)
		for _, i := range said.of("new") {
			n.want(found, fmt.Sprintf("人%d-%d", round, i), 1)
		}
		all, err := send.SentBundles(ctx, l)
		must(t, err)
		listed := map[int64]send.Sent{}
		for _, s := range all {
			listed[s.Sequence] = s
		}
		for _, i := range said.of("sent") {
			n.looked++
			if s := listed[int64(i)]; s.State != "待回执" || hashes[s.Sequence] != s.FileHash {
				n.miss(&n.lost, "bundle %d is %q in the list, on the stick %v", i, s.State, hashes[int64(i)] != "")
			}
		}
		for sequence := range hashes {
			if _, ok := listed[sequence]; !ok {
				n.miss(&n.half, "bundle %d is on the stick and not in the list", sequence)
			}
		}
		// The next run exports to the same stick: it takes away what lies about there.
		_, err = send.Export(ctx, l, send.Options{Dir: filepath.Join(dir, stick), AllowErrors: true})
		must(t, err)
	})
	for _, path := range files { // those that were looked at
		must(t, os.Remove(path))
	}
}

// readable reads a bundle as the county does, to the last row.
func readable(data []byte, key *bundle.CountyKey) error {
	zip, _, err := bundle.Unwrap(bytes.NewReader(data), key.Identity)
	if err != nil {
		return err
	}
	b, err := bundle.Open(zip)
	if err != nil {
		return err
	}
	for _, r := range b.Package.Resources {
		for _, err := range b.Rows(r.Name) {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func countyKey(t *testing.T, dir string) *bundle.CountyKey {
	t.Helper()
	key, err := readKey(dir)
	must(t, err)
	return key
}

func readKey(dir string) (*bundle.CountyKey, error) {
	file, err := os.ReadFile(filepath.Join(dir, county.KeyFile))
	if err != nil {
		return nil, err
	}
	return bundle.ParseCountyKey(file, "")
}
