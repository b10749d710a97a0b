package inbox_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/inbox"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

var ctx = context.Background()

// place is a county, a village of it, and a stick between them.
type place struct {
	*testing.T
	office, village *store.Ledger
	key             *bundle.CountyKey
	stick, desk     string
}

func newPlace(t *testing.T) *place {
	t.Helper()
	dir := t.TempDir()
	p := &place{T: t, stick: filepath.Join(dir, "stick"), desk: filepath.Join(dir, "desk")}
	storetest.Must(t, os.Mkdir(p.stick, 0o700))
	storetest.Must(t, os.Mkdir(p.desk, 0o700))
	var profile []byte
	p.office, p.key, profile = newCounty(t, filepath.Join(dir, "county"), 1)
	var err error
	p.village, err = book.CreateWith(ctx, filepath.Join(dir, "ledger.db"), storetest.Village, profile, store.Options{Source: storetest.Clock(9)})
	storetest.Must(t, err)
	t.Cleanup(func() { storetest.Must(t, p.village.Close()) })
	return p
}

func newCounty(t *testing.T, dir string, seed byte) (*store.Ledger, *bundle.CountyKey, []byte) {
	t.Helper()
	res, err := county.Init(ctx, county.InitOptions{Code: "990101", Name: "澄安县委组织部", Dir: dir, Source: storetest.Clock(seed)})
	storetest.Must(t, err)
	file, err := os.ReadFile(res.Key)
	storetest.Must(t, err)
	key, err := bundle.ParseCountyKey(file, "")
	storetest.Must(t, err)
	profile, err := os.ReadFile(res.Profile)
	storetest.Must(t, err)
	l, err := book.Open(ctx, res.DB, store.Options{Source: storetest.Clock(seed + 1)})
	storetest.Must(t, err)
	t.Cleanup(func() { storetest.Must(t, l.Close()) })
	return l, key, profile
}

// send puts a file on the clerk's desk and takes it up.
func (p *place) send(name, content, note string) error {
	p.Helper()
	path := filepath.Join(p.desk, name)
	storetest.Must(p.T, os.WriteFile(path, []byte(content), 0o600))
	_, err := inbox.Add(ctx, p.office, path, note)
	return err
}

func (p *place) writeOut() int {
	p.Helper()
	n, err := inbox.WriteOut(ctx, p.office, p.key, p.stick)
	storetest.Must(p.T, err)
	return n
}

func names(papers []inbox.Paper) string {
	var all []string
	for _, p := range papers {
		all = append(all, p.Name)
	}
	return strings.Join(all, " ")
}

// What the county sends goes out beside the receipts, comes in once, and can be saved.
func TestMailTravels(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	storetest.Must(t, p.send("年报空表.xlsx", "a form", "12月20日前填好"))
	storetest.Must(t, p.send("通知.docx", "a notice", ""))
	if _, err := county.Receipts(ctx, p.office, p.key, p.stick, ""); err != nil {
		t.Fatal(err)
	}
	if n := p.writeOut(); n != 0 {
		t.Errorf("%d files are written again that lie there", n)
	}
	fresh, err := inbox.TakeIn(ctx, p.village, p.stick)
	storetest.Must(t, err)
	if names(fresh) != "通知.docx 年报空表.xlsx" || fresh[1].Note != "12月20日前填好" || fresh[1].County != "澄安县委组织部" {
		t.Errorf("came: %+v", fresh)
	}
	if again, err := inbox.TakeIn(ctx, p.village, p.stick); len(again) != 0 || err != nil {
		t.Errorf("the second time %v, %v", again, err)
	}
	all, err := inbox.Papers(ctx, p.village)
	storetest.Must(t, err)
	if len(all) != 2 || all[1].Opened != "" {
		t.Fatalf("on file: %+v", all)
	}
	storetest.Must(t, os.WriteFile(filepath.Join(p.desk, "年报空表.xlsx"), []byte("another"), 0o600))
	path, err := inbox.SaveTo(ctx, p.village, all[1], p.desk)
	storetest.Must(t, err)
	if data, err := os.ReadFile(path); err != nil || string(data) != "a form" || filepath.Base(path) != "年报空表(2).xlsx" {
		t.Errorf("saved at %s: %q, %v", path, data, err)
	}
	if again, err := inbox.SaveTo(ctx, p.village, all[1], p.desk); again != path || err != nil {
		t.Errorf("saved again at %s, %v", again, err)
	}
	if all, err = inbox.Papers(ctx, p.village); err != nil || all[1].Opened == "" || all[0].Opened != "" {
		t.Errorf("after saving one: %+v, %v", all, err)
	}
}

// A new file under the same name takes the place of the former, and what is withdrawn goes
// to no more sticks.
func TestMailIsReplacedAndWithdrawn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	storetest.Must(t, p.send("通知.docx", "first", ""))
	p.writeOut()
	storetest.Must(t, p.send("通知.docx", "second", ""))
	if n := p.writeOut(); n != 1 {
		t.Errorf("%d files written for the one that changed", n)
	}
	fresh, err := inbox.TakeIn(ctx, p.village, p.stick)
	storetest.Must(t, err)
	if len(fresh) != 1 || fresh[0].Size != int64(len("second")) {
		t.Errorf("came: %+v", fresh)
	}
	storetest.Must(t, inbox.Withdraw(ctx, p.office, "通知.docx"))
	if err := inbox.Withdraw(ctx, p.office, "通知.docx"); storetest.Code(err) != "E-MAIL-GONE" {
		t.Errorf("withdrawn twice: %v", err)
	}
	p.writeOut()
	other := newPlaceFor(t, p)
	if fresh, err := inbox.TakeIn(ctx, other, p.stick); len(fresh) != 0 || err != nil {
		t.Errorf("of what was withdrawn %v came, %v", fresh, err)
	}
	if all, err := inbox.Papers(ctx, p.village); len(all) != 1 || err != nil {
		t.Errorf("the village keeps %v, %v", all, err)
	}
}

// newPlaceFor makes another village of the same county.
func newPlaceFor(t *testing.T, p *place) *store.Ledger {
	t.Helper()
	profile, err := os.ReadFile(county.ProfilePath(p.office))
	storetest.Must(t, err)
	home := storetest.Village
	home.Code = "990101002"
	l, err := book.CreateWith(ctx, filepath.Join(t.TempDir(), "ledger.db"), home, profile, store.Options{Source: storetest.Clock(20)})
	storetest.Must(t, err)
	t.Cleanup(func() { storetest.Must(t, l.Close()) })
	return l
}

// What is not as the county sent it stays outside, and the rest comes in.
func TestMailFromElsewhere(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	storetest.Must(t, p.send("a.docx", "whole", ""))
	storetest.Must(t, p.send("b.docx", "changed on the way", ""))
	storetest.Must(t, p.send("c.docx", "lost on the way", ""))
	p.writeOut()
	dir := filepath.Join(p.stick, bundle.MailFolder)
	storetest.Must(t, os.WriteFile(filepath.Join(dir, "b.docx"), []byte("changed ON the way"), 0o600))
	storetest.Must(t, os.Remove(filepath.Join(dir, "c.docx")))
	fresh, err := inbox.TakeIn(ctx, p.village, p.stick)
	if names(fresh) != "a.docx" || err == nil || strings.ContainsAny(err.Error(), "abcdefghijklmnopqrstuvwxyz") && !strings.Contains(err.Error(), ".docx") {
		t.Errorf("came: %v, %v", fresh, err)
	}
	stranger, key, _ := newCounty(t, filepath.Join(t.TempDir(), "county"), 50)
	path := filepath.Join(p.desk, "d.docx")
	storetest.Must(t, os.WriteFile(path, []byte("from a stranger"), 0o600))
	_, err = inbox.Add(ctx, stranger, path, "")
	storetest.Must(t, err)
	stick := t.TempDir()
	_, err = inbox.WriteOut(ctx, stranger, key, stick)
	storetest.Must(t, err)
	if fresh, err := inbox.TakeIn(ctx, p.village, stick); len(fresh) != 0 || storetest.Code(err) != "E-MAIL-KEY" {
		t.Errorf("from a stranger came %v, %v", fresh, err)
	}
	list := filepath.Join(dir, bundle.MailList)
	data, err := os.ReadFile(list)
	storetest.Must(t, err)
	storetest.Must(t, os.WriteFile(list, []byte(strings.Replace(string(data), "a.docx", "x.docx", 1)), 0o600))
	if _, err := inbox.TakeIn(ctx, p.village, p.stick); storetest.Code(err) != "E-SIGNATURE" && storetest.Code(err) != "E-SEAL" {
		t.Errorf("a changed list: %v", err)
	}
}

func TestMailThatDoesNotTravel(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for name, content := range map[string]string{"装.exe": "x", "空.docx": "", ".docx": "x", "没有后缀": "x", "大.pdf": strings.Repeat("x", bundle.MaxMailFile+1)} {
		if err := p.send(name, content, ""); storetest.Code(err) != "E-MAIL-NAME" && storetest.Code(err) != "E-MAIL-SIZE" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"../a.docx", "a/b.docx", `a\b.docx`, "来件清单.json", "CON:.docx", "a\u202e.docx"} {
		if bundle.MailName(name) == nil {
			t.Errorf("%q may travel", name)
		}
	}
	if n := p.writeOut(); n != 0 {
		t.Errorf("%d files go out", n)
	}
	if _, err := os.Stat(filepath.Join(p.stick, bundle.MailFolder)); !os.IsNotExist(err) {
		t.Errorf("a folder for nothing: %v", err)
	}
	for n := range 5 { // more than all together may be
		err := p.send(string(rune('a'+n))+".pdf", strings.Repeat(string(rune('a'+n)), bundle.MaxMailFile), "")
		if code := storetest.Code(err); (code == "E-MAIL-SIZE") != (n == 4) {
			t.Errorf("file %d: %v", n+1, err)
		}
	}
}

// A change of the county's profile comes with the letters, also one under a new key that
// the old one announced; a stranger's does not.
func TestProfileTravels(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	deadline := func() int {
		t.Helper()
		profile, err := send.Profile(ctx, p.village)
		storetest.Must(t, err)
		return profile.DeadlineDay
	}
	path := county.ProfilePath(p.office)
	_, err := county.Set(ctx, p.office, p.key, path, []string{"deadline_day=8"})
	storetest.Must(t, err)
	p.writeOut()
	if _, err := inbox.TakeIn(ctx, p.village, p.stick); err != nil || deadline() != 8 {
		t.Fatalf("the deadline is the %d., %v", deadline(), err)
	}
	old := t.TempDir()
	storetest.Must(t, os.CopyFS(old, os.DirFS(p.stick)))
	changed, err := county.Rekey(ctx, p.office, p.key, county.RekeyOptions{KeyPath: filepath.Join(t.TempDir(), "county.key"), ProfilePath: path})
	storetest.Must(t, err)
	p.key = changed.Key
	_, err = county.Set(ctx, p.office, p.key, path, []string{"deadline_day=9"})
	storetest.Must(t, err)
	storetest.Must(t, p.send("通知.docx", "under the new key", ""))
	p.writeOut()
	if fresh, err := inbox.TakeIn(ctx, p.village, p.stick); err != nil || len(fresh) != 1 || deadline() != 9 {
		t.Fatalf("came %v, the deadline is the %d., %v", fresh, deadline(), err)
	}
	if fresh, err := inbox.TakeIn(ctx, p.village, old); len(fresh) > 0 || err != nil || deadline() != 9 {
		t.Errorf("an old stick: the deadline is the %d., %v", deadline(), err)
	}
	stranger, key, _ := newCounty(t, filepath.Join(t.TempDir(), "county"), 50)
	_, err = county.Set(ctx, stranger, key, county.ProfilePath(stranger), []string{"deadline_day=20"})
	storetest.Must(t, err)
	stick := t.TempDir()
	_, err = inbox.WriteOut(ctx, stranger, key, stick)
	storetest.Must(t, err)
	if _, err := inbox.TakeIn(ctx, p.village, stick); storetest.Code(err) != "E-MAIL-KEY" || deadline() != 9 {
		t.Errorf("a stranger's stick: the deadline is the %d., %v", deadline(), err)
	}
}
