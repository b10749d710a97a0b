//go:build unix && !386 && !arm

package breaking_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

// office is a county to which two villages have sent three bundles, each in a folder of
// its own.
type office struct{ key *bundle.CountyKey }

func (o *office) open(dir string) (*store.Ledger, error) {
	return book.Open(ctx, filepath.Join(dir, county.DBFile), store.Options{Source: source(), By: "测试"})
}

func (o *office) begin(t *testing.T, dir string) {
	t.Helper()
	made, err := county.Init(ctx, county.InitOptions{Code: "990101", Name: "中共澄安县委组织部", Dir: dir, Source: source()})
	storetest.Must(t, err)
	file, err := os.ReadFile(made.Key)
	storetest.Must(t, err)
	o.key, err = bundle.ParseCountyKey(file, "")
	storetest.Must(t, err)
	profile, err := os.ReadFile(made.Profile)
	storetest.Must(t, err)
	for i := range 2 {
		v, err := book.CreateWith(ctx, filepath.Join(t.TempDir(), "ledger.db"), store.Home{Code: fmt.Sprintf("99010110120%d", i+1), Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"},
			profile, store.Options{Source: source(), By: "测试"})
		storetest.Must(t, err)
		for range 4 {
			storetest.Save(t, v, storetest.Record(t, v, "person", "name", "张三", "sex", "男", "status", "正式党员", "standing", "在册", "birth_date", "1970-03-02",
				"joined_on", "2001-07-01", "confirmed_on", "2002-07-01"))
		}
		export(t, v, filepath.Join(dir, fmt.Sprint(i+1)))
		if i == 0 {
			p, err := v.Page(ctx, store.Query{Kind: "person"})
			storetest.Must(t, err)
			for _, r := range p.Records {
				r.Set("name", "李四")
			}
			_, err = v.Save(ctx, model.AsRecorded, p.Records...)
			storetest.Must(t, err)
			export(t, v, filepath.Join(dir, "3"))
		}
		storetest.Must(t, v.Close())
	}
}

func export(t *testing.T, v *store.Ledger, dir string) {
	t.Helper()
	storetest.Must(t, os.Mkdir(dir, 0o700))
	_, err := send.Export(ctx, v, send.Options{Dir: dir, AllowErrors: true, Month: "2026-09"})
	storetest.Must(t, err)
}

// look gives what the ledger holds; the receipts that it says were written are there,
// and whatever is called one is whole.
func (o *office) look(dir string) (string, error) {
	return atRest(o.open, dir, func(l *store.Ledger) (string, error) {
		answers, err := filepath.Glob(filepath.Join(dir, "回执", "*.json"))
		if err != nil {
			return "", err
		}
		there := map[string]bool{}
		for _, path := range answers {
			data, err := os.ReadFile(path)
			if err == nil {
				_, err = bundle.OpenReceipt(data, o.key.PublicKey())
			}
			if err != nil {
				return "", fmt.Errorf("%s: %w", filepath.Base(path), err)
			}
			there[filepath.Base(path)] = true
		}
		lines, err := county.Intakes(ctx, l, "")
		for _, i := range lines {
			if i.Receipt != "" && !there[i.Receipt] {
				return "", fmt.Errorf("%s is noted as written, and is not there", i.Receipt)
			}
		}
		return "", err
	}, ownNotes)
}

// TestReceive takes in two villages and one of them again, answers both, and closes the
// month.
func TestReceive(t *testing.T) {
	o := &office{}
	receive := func(folder string) func(*sitting) error {
		return func(s *sitting) error {
			all, err := county.Receive(ctx, s.l, o.key, []string{s.path(folder)}, county.ReceiveOptions{})
			if err != nil {
				return err
			}
			for _, in := range all {
				if in.Verdict != county.Accepted && in.Verdict != county.Partly && in.Verdict != county.Already {
					return fmt.Errorf("%s %s: %s", in.File, in.Verdict, in.Reason)
				}
			}
			return nil
		}
	}
	answer := func(code string) func(*sitting) error {
		return func(s *sitting) error {
			_, err := county.Receipts(ctx, s.l, o.key, s.path("回执"), "", code)
			return err
		}
	}
	closeMonth := func(s *sitting) error {
		_, err := county.CloseMonth(ctx, s.l, "2026-09", false)
		return err
	}
	(&operation{name: "receive", few: 3, begin: o.begin, open: o.open, look: o.look, steps: []func(*sitting) error{
		receive("1"), receive("2"), receive("3"), answer("990101101201"), answer("990101101202"), closeMonth}}).breakIt(t)
}
