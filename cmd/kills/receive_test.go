package kills

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// receipts takes a stick of bundles in and answers them. Every village stands with one of
// its bundles wholly, the book of intakes agrees, and every receipt is a good one; the
// next run completes what was stopped.
var receipts = job{name: "receipts", share: 2, reset: 1 << 30, acts: 10, prepare: prepareReceipts, work: receiveUntilKilled, check: checkReceipts}

// villages send first, second, … bundles of so many members; the last bundle of the last
// village loses some, and waits for the clerk.
const (
	villages    = 2
	bundlesEach = 3
	membersEach = 6
	countyCopy  = "原样.db" // the county's ledger before anything was received
)

func prepareReceipts(t *testing.T, dir string) {
	t.Helper()
	res, err := county.Init(ctx, county.InitOptions{Code: "990101", Name: "澄安县委组织部", Dir: filepath.Join(dir, office)})
	must(t, err)
	profile, err := os.ReadFile(res.Profile)
	must(t, err)
	must(t, os.Mkdir(filepath.Join(dir, stick), 0o700))
	for v := range villages {
		village(t, dir, v, profile)
	}
	must(t, os.Rename(res.DB, filepath.Join(dir, office, countyCopy)))
	fresh(t, dir)
}

// village makes a village's bundles: in the first its members are called 一…, in the
// second 二….
func village(t *testing.T, dir string, v int, profile []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), ledgerFile)
	l, err := book.Create(ctx, path, store.Home{Code: fmt.Sprintf("99010110120%d", v+1), Name: fmt.Sprintf("石桥%d村党支部", v+1), Kind: "党支部", Domain: "行政村"}, store.Options{})
	must(t, err)
	must(t, send.SetProfile(ctx, l, profile))
	for range membersEach {
		must(t, saveMember(l, "第0包"))
	}
	for b := range bundlesEach {
		page, err := l.Page(ctx, store.Query{Kind: "person"})
		must(t, err)
		for _, r := range page.Records {
			r.Set("name", fmt.Sprintf("第%d包", b+1))
		}
		_, err = l.Save(ctx, model.AsRecorded, page.Records...)
		must(t, err)
		if v == villages-1 && b == bundlesEach-1 {
			must(t, l.Delete(ctx, "person", page.Records[0].ID, page.Records[1].ID))
		}
		_, err = send.Export(ctx, l, send.Options{Dir: filepath.Join(dir, stick), AllowErrors: true})
		must(t, err)
	}
	must(t, l.Close())
}

// fresh gives the county the ledger that has received nothing.
func fresh(t *testing.T, dir string) {
	t.Helper()
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, office, county.DBFile+suffix)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, office, countyCopy))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, office, county.DBFile), data, 0o600))
	must(t, os.RemoveAll(filepath.Join(dir, "回执")))
}

func receiveUntilKilled(dir string, _ int, say func(string, int)) error {
	l, err := book.Open(ctx, filepath.Join(dir, office, county.DBFile), store.Options{})
	if err != nil {
		return err
	}
	key, err := readKey(filepath.Join(dir, office))
	if err != nil {
		return err
	}
	say("ready", 0)
	_, err = county.Receive(ctx, l, key, []string{filepath.Join(dir, stick)}, county.ReceiveOptions{Each: func(done, _ int, i county.Intake) {
		if i.Verdict == county.Refused || i.Verdict == county.Unread {
			panic(i.Reason)
		}
		say("received", done)
	}})
	if err != nil {
		return err
	}
	for {
		paths, err := county.Receipts(ctx, l, key, filepath.Join(dir, "回执"), "2026-11")
		if err == nil && len(paths) == 0 {
			paths, err = county.Receipts(ctx, l, key, filepath.Join(dir, "回执"), l.Source().Today().Month())
		}
		if err != nil {
			return err
		}
		say("answered", len(paths))
	}
}

func checkReceipts(t *testing.T, dir string, _ int, said acts, n *tally) {
	t.Helper()
	key := countyKey(t, filepath.Join(dir, office))
	path := filepath.Join(dir, office, county.DBFile)
	open(t, path, n, func(l *store.Ledger) {
		lines, err := county.Intakes(ctx, l, "")
		must(t, err)
		n.looked += len(said.of("received"))
		if done := len(said.of("received")); len(lines) < done || len(lines) > done+1 {
			n.miss(&n.lost, "%d lines are in the book, %d were acknowledged", len(lines), done)
		}
		standing(t, l, lines, n)
		checkAnswers(t, dir, key, said.last("answered"), n)
	})
	// The next run goes on where this one was stopped, and then all are as they shall be.
	open(t, path, n, func(l *store.Ledger) {
		handled, err := county.Receive(ctx, l, key, []string{filepath.Join(dir, stick)}, county.ReceiveOptions{})
		must(t, err)
		if len(handled) != villages*bundlesEach {
			n.miss(&n.half, "%d files are on the stick", len(handled))
		}
		lines, err := county.Intakes(ctx, l, "")
		must(t, err)
		if len(lines) != villages*bundlesEach {
			n.miss(&n.half, "%d lines are in the book after the next run", len(lines))
		}
		standing(t, l, lines, n)
		wait, err := county.WaitingBundles(ctx, l, "")
		must(t, err)
		if len(wait) != 1 || wait[0].Sequence != bundlesEach {
			n.miss(&n.half, "waiting are %+v", wait)
		}
		answers, err := county.Receipts(ctx, l, key, filepath.Join(dir, "回执"), l.Source().Today().Month())
		must(t, err)
		checkAnswers(t, dir, key, len(answers), n)
	})
	fresh(t, dir)
}

// standing wants of each village exactly the records of the bundle that the book says
// was accepted last.
func standing(t *testing.T, l *store.Ledger, lines []county.IntakeLine, n *tally) {
	t.Helper()
	last, org := map[string]int64{}, map[string]string{}
	for _, i := range lines {
		var why struct {
			OrgID string `json:"org_id"`
		}
		must(t, json.Unmarshal(i.Reasons, &why))
		org[why.OrgID] = i.Code
		if i.Verdict != county.Waiting {
			last[i.Code] = max(last[i.Code], i.Sequence)
		}
	}
	found := map[string]map[string]int{}
	must(t, l.Each(ctx, store.Query{Kind: "person"}, func(r *model.Record) error {
		code := org[r.OrgID]
		if found[code] == nil {
			found[code] = map[string]int{}
		}
		found[code][r.Str("name")]++
		return nil
	}))
	for code, names := range found {
		want := fmt.Sprintf("第%d包", last[code])
		if len(names) != 1 || names[want] != membersEach {
			n.miss(&n.half, "of %s there are %v, number %d was accepted last", code, names, last[code])
		}
	}
	for code, sequence := range last {
		key, err := county.KnownKeyOf(ctx, l, code)
		must(t, err)
		if key == nil || key.Sequence != sequence || found[code] == nil {
			n.miss(&n.half, "of %s number %d is in the book, the key says %+v", code, sequence, key)
		}
	}
}

// checkAnswers wants every receipt in the folder to be whole and the county's own.
func checkAnswers(t *testing.T, dir string, key *bundle.CountyKey, acknowledged int, n *tally) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "回执", "*"+bundle.ReceiptExtension))
	must(t, err)
	for _, path := range files {
		data, err := os.ReadFile(path)
		must(t, err)
		if _, err := bundle.OpenReceipt(data, key.PublicKey()); err != nil {
			n.miss(&n.half, "%s: %v", filepath.Base(path), err)
		}
	}
	n.looked++
	if len(files) < acknowledged {
		n.miss(&n.lost, "%d receipts are there, %d were acknowledged: %s", len(files), acknowledged, strings.Join(files, " "))
	}
}
