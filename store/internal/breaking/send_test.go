//go:build unix && !386 && !arm

package breaking_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

// sender is a village that reports, of the made-up catalog, and its county's key.
type sender struct{ key *bundle.CountyKey }

func (s sender) open(dir string) (*store.Ledger, error) {
	return storetest.Open(ctx, filepath.Join(dir, "ledger.db"), store.Options{Book: book.Of(storetest.Everything()), Source: source(), By: "测试"})
}

func (s sender) begin(t *testing.T, dir string) {
	t.Helper()
	l, err := storetest.Make(ctx, filepath.Join(dir, "ledger.db"), storetest.Village, store.Options{Book: book.Of(storetest.Everything()), Source: source(), By: "测试"})
	storetest.Must(t, err)
	profile, err := bundle.SealProfile(bundle.Profile{Code: "990101", Name: "中共澄安县委组织部", Version: 1, DeadlineDay: 5, Identity: bundle.IdentityWhole},
		s.key, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	storetest.Must(t, err)
	storetest.Must(t, send.SetProfile(ctx, l, profile))
	for n := range 3 {
		storetest.Save(t, l, storetest.Villager(t, l, n))
	}
	storetest.Must(t, l.Close())
	storetest.Must(t, os.Mkdir(filepath.Join(dir, "U盘"), 0o700))
}

// look gives the bundles that the ledger says were delivered, each found whole on the
// stick. What it does not say so of may lie there too, but not half.
func (s sender) look(dir string) (string, error) {
	return atRest(s.open, dir, func(l *store.Ledger) (state string, err error) {
		files, err := filepath.Glob(filepath.Join(dir, "U盘", "*.tzb"))
		if err != nil {
			return "", err
		}
		sums := map[string]string{}
		for _, path := range files {
			if sums[filepath.Base(path)], err = s.wholeBundle(path); err != nil {
				return "", fmt.Errorf("%s: %w", filepath.Base(path), err)
			}
		}
		sent, err := send.SentBundles(ctx, l)
		for _, b := range sent {
			if b.State == notWritten {
				continue
			}
			if sums[b.File] != b.FileHash {
				return "", fmt.Errorf("%s was delivered, and is not there", b.File)
			}
			state += fmt.Sprintf("\n%s %s %v", b.Month, b.State, b.Counts)
		}
		return state, err
	}, "bundle_sent", "setting")
}

// notWritten is the state of a bundle that the ledger does not say it delivered.
const notWritten = "未写成"

// wholeBundle opens a bundle as the county does, to the last row, and gives the file's sum.
func (s sender) wholeBundle(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	text, _, err := bundle.Unwrap(bytes.NewReader(data), s.key.Identity)
	if err != nil {
		return "", err
	}
	b, err := bundle.Open(text)
	if err != nil {
		return "", err
	}
	for _, r := range b.Package.Resources {
		for _, err := range b.Rows(r.Name) {
			if err != nil {
				return "", err
			}
		}
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// TestExport makes two bundles and takes in the county's answer to the second.
func TestExport(t *testing.T) {
	key, err := bundle.NewCountyKey(&storetest.Dice{State: 9})
	storetest.Must(t, err)
	v := sender{key}
	export := func(month model.Month) func(*sitting) error {
		return func(s *sitting) error {
			_, err := send.Export(ctx, s.l, send.Options{Month: month, Dir: s.path("U盘"), AllowErrors: true})
			return err
		}
	}
	answer := func(s *sitting) error {
		sent, err := send.SentBundles(ctx, s.l)
		if err != nil {
			return err
		}
		last := sent[0]
		home := s.l.Home()
		data, err := bundle.SealReceipt(bundle.Receipt{County: "中共澄安县委组织部", Organization: bundle.Organization{ID: home.ID, Code: home.Str("code"), Name: home.Str("name")},
			Month: last.Month, Sequence: last.Sequence, Hash: last.Hash, Handled: "2026-10-31T10:00:00Z", Number: 1, Verdict: bundle.VerdictAccepted}, key, time.Now())
		if err != nil {
			return err
		}
		_, err = send.TakeReceipt(ctx, s.l, data)
		return err
	}
	(&operation{name: "export", begin: v.begin, open: v.open, look: v.look, unlisted: v.unlisted,
		steps: []func(*sitting) error{export("2026-09"), export("2026-10"), answer}}).breakIt(t)
}

// unlisted gives the bundles on the stick that the ledger does not say it delivered: an
// export that failed leaves none.
func (s sender) unlisted(dir string) (left []string, err error) {
	l, err := s.open(dir)
	if err != nil {
		return nil, err
	}
	defer l.Close() //nolint:errcheck // It was only read.
	sent, err := send.SentBundles(ctx, l)
	for _, b := range sent {
		if _, missing := os.Stat(filepath.Join(dir, "U盘", b.File)); missing == nil && b.State == notWritten {
			left = append(left, b.File)
		}
	}
	return left, err
}
