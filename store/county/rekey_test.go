package county_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// rekey changes an office's key; without the old one it is lost.
func (o *office) rekey(t *testing.T, lost bool) (*county.Rekeyed, []byte) {
	t.Helper()
	dir := t.TempDir()
	old := o.key
	o.l.Source().Rand = &counter{byte(60 + 70*len(o.key.Former))} // not that of which the first key was made
	if lost {
		old = nil
	}
	r, err := county.Rekey(ctx, o.l, old, county.RekeyOptions{KeyPath: filepath.Join(dir, county.KeyFile), ProfilePath: filepath.Join(dir, county.ProfileFile)})
	must(t, err)
	file, err := os.ReadFile(filepath.Join(dir, county.KeyFile))
	must(t, err)
	o.key, err = bundle.ParseCountyKey(file, "")
	must(t, err)
	ids, err := age.ParseIdentities(bytes.NewReader(file))
	if must(t, err); len(ids) != len(o.key.Each()) {
		t.Errorf("age reads %d identities, the county %d", len(ids), len(o.key.Each()))
	}
	profile, err := os.ReadFile(filepath.Join(dir, county.ProfileFile))
	must(t, err)
	return r, profile
}

// answered takes the receipts of an office in at a village, and gives the state of one.
func (o *office) answered(t *testing.T, v *village, sequence int64) string {
	t.Helper()
	for _, data := range o.receipts(t) {
		_, err := send.TakeReceipt(ctx, v.Ledger, data)
		must(t, err)
	}
	return v.state(t, sequence)
}

// TestRekeyWithTheOld: a village that has the new profile, one that has the old, one that
// skipped a key, and a receipt that was on its way all go on.
func TestRekeyWithTheOld(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	v.person(t, "张三")
	first := v.export(t)
	o.one(t, first.Path)
	var old []byte // a receipt of the old key that comes late
	for _, data := range o.receipts(t) {
		old = data
	}
	was := o.key.PublicKey()
	r, file := o.rekey(t, false)
	if r.Aside != "" || len(o.key.Former) != 1 || o.key.Former[0].PublicKey() != was {
		t.Fatalf("made %+v", r)
	}
	v.person(t, "李四")
	second := v.export(t) // to the old key
	if in := o.one(t, second.Path); in.Verdict != county.Accepted {
		t.Fatalf("to the former key: %s %s", in.Verdict, in.Reason)
	}
	if got := o.answered(t, v, second.Sequence); got != bundle.VerdictAccepted {
		t.Errorf("a village with the old profile: %s", got)
	}
	must(t, send.SetProfile(ctx, v.Ledger, file))
	p, err := send.Profile(ctx, v.Ledger)
	must(t, err)
	if p.PublicKey != o.key.PublicKey() || p.Recipient != o.key.Recipient() {
		t.Error("the village does not know the new key")
	}
	must(t, send.SetProfile(ctx, v.Ledger, file)) // again: nothing
	_, err = send.TakeReceipt(ctx, v.Ledger, old)
	must(t, err)
	if got, err := send.Receipt(ctx, v.Ledger, first.Sequence); err != nil || got.Verdict != bundle.VerdictAccepted {
		t.Errorf("the old receipt: %+v, %v", got, err)
	}
	third := v.export(t)
	if in := o.one(t, third.Path); in.Verdict != county.Accepted {
		t.Fatalf("to the new key: %s %s", in.Verdict, in.Reason)
	}
	if got := o.answered(t, v, third.Sequence); got != bundle.VerdictAccepted {
		t.Errorf("a village with the new profile: %s", got)
	}

	late := o.village(t, "990101101202", 50)
	_ = late
	_, _ = o.rekey(t, false)
	again, err := county.Set(ctx, o.l, o.key, filepath.Join(o.stick, county.ProfileFile), []string{"deadline_day=9"})
	must(t, err)
	data, err := os.ReadFile(filepath.Join(o.stick, county.ProfileFile))
	must(t, err)
	must(t, send.SetProfile(ctx, v.Ledger, data)) // one key further, with the next change
	if p, err = send.Profile(ctx, v.Ledger); err != nil || p.Version != again.Version || p.DeadlineDay != 9 || len(p.Former) != 2 {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestRekeyForEarlierPrograms: what an earlier program reads of the profile is signed by
// the key that it knows, with that key's recipient.
func TestRekeyForEarlierPrograms(t *testing.T) {
	o := newOffice(t)
	was := *o.key
	_, file := o.rekey(t, false)
	var plain struct {
		PublicKey   string `json:"public_key"`
		Recipient   string `json:"recipient"`
		Version     int    `json:"version"`
		DeadlineDay int    `json:"deadline_day"`
		Format      int    `json:"format"`
	}
	var sealed bundle.Profile
	must(t, bundle.Unseal(file, &sealed, func() string { return was.PublicKey() }))
	plain.PublicKey, plain.Recipient, plain.Version, plain.Format = sealed.PublicKey, sealed.Recipient, sealed.Version, sealed.Format
	if plain.PublicKey != was.PublicKey() || plain.Recipient != was.Recipient() || plain.Version != 3 && plain.Version != 2 || plain.Format != 1 {
		t.Errorf("an earlier program reads %+v", plain)
	}
}

// TestRekeyWithoutTheOld: the digits decide, a stranger's profile is refused, and what was
// encrypted to the lost key is named.
func TestRekeyWithoutTheOld(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	v.person(t, "张三")
	first := v.export(t)
	o.one(t, first.Path)
	if got := o.answered(t, v, first.Sequence); got != bundle.VerdictAccepted {
		t.Fatal(got)
	}
	lost := v.export(t)
	_, file := o.rekey(t, true)
	in := o.one(t, lost.Path)
	if in.Verdict != county.Refused || !strings.Contains(in.Reason, "可能是发给丢失的旧密钥的") || !strings.Contains(in.Reason, bundle.CheckDigits(o.key.PublicKey())) {
		t.Errorf("to the lost key: %s %s", in.Verdict, in.Reason)
	}
	if err := send.SetProfile(ctx, v.Ledger, file); code(err) != "E-PROFILE-KEY" {
		t.Errorf("without digits: %v", err)
	}
	if err := send.TrustProfile(ctx, v.Ledger, file, "0000 0000"); code(err) != "E-DIGITS" {
		t.Errorf("with other digits: %v", err)
	}
	digits, pinned, err := send.NewKey(ctx, v.Ledger, file)
	must(t, err)
	if digits != bundle.CheckDigits(o.key.PublicKey()) || pinned == digits {
		t.Errorf("%s after %s", digits, pinned)
	}
	stranger := foreignProfile(t, "990199", "别县")
	p, err := bundle.OpenProfile(stranger, "")
	must(t, err)
	if err := send.TrustProfile(ctx, v.Ledger, stranger, bundle.CheckDigits(p.PublicKey)); code(err) != "E-PROFILE-COUNTY" {
		t.Errorf("another county's with its digits: %v", err)
	}
	must(t, send.TrustProfile(ctx, v.Ledger, file, strings.ReplaceAll(digits, " ", "")))
	if got, err := send.Receipt(ctx, v.Ledger, first.Sequence); err != nil || got.Verdict != bundle.VerdictAccepted {
		t.Errorf("the receipt of the lost key: %+v, %v", got, err)
	}
	next := v.export(t)
	if in := o.one(t, next.Path); in.Verdict != county.Accepted {
		t.Fatalf("to the new key: %s %s", in.Verdict, in.Reason)
	}
	if got := o.answered(t, v, next.Sequence); got != bundle.VerdictAccepted {
		t.Error(got)
	}
}

// foreignProfile is the county.json of another county.
func foreignProfile(t *testing.T, code, name string) []byte {
	t.Helper()
	o := options(filepath.Join(t.TempDir(), "别县"))
	o.Code, o.Name = code, name
	c := counter{200}
	o.Source.Rand = &c
	r, err := county.Init(ctx, o)
	must(t, err)
	data, err := os.ReadFile(r.Profile)
	must(t, err)
	return data
}

// TestForgedSuccession: a statement by another key, of another county or about another key
// leads nowhere.
func TestForgedSuccession(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	c := counter{90}
	thief, err := bundle.NewCountyKey(&c)
	must(t, err)
	pinned, err := send.Profile(ctx, v.Ledger)
	must(t, err)
	forge := func(signer *bundle.CountyKey, orgCode, next string, change func(*bundle.FormerKey)) []byte {
		f, err := bundle.Announce(signer, orgCode, next, o.l.Source().Now())
		must(t, err)
		f.PublicKey = pinned.PublicKey
		if change != nil {
			change(&f)
		}
		p := *pinned
		p.Version, p.Former = 9, []bundle.FormerKey{f}
		data, err := bundle.SealProfile(p, thief, o.l.Source().Now())
		must(t, err)
		return data
	}
	other := counter{120}
	third, err := bundle.NewCountyKey(&other)
	must(t, err)
	for name, data := range map[string][]byte{
		"signed by the thief": forge(thief, pinned.Code, thief.PublicKey(), nil),
		"of another county":   forge(o.key, "990199", thief.PublicKey(), nil),
		"of another key":      forge(o.key, pinned.Code, third.PublicKey(), nil),
		"of a lost key":       forge(o.key, pinned.Code, thief.PublicKey(), func(f *bundle.FormerKey) { f.Lost = true }),
		"without a statement": forge(o.key, pinned.Code, thief.PublicKey(), func(f *bundle.FormerKey) { f.Announced = "" }),
	} {
		if err := send.SetProfile(ctx, v.Ledger, data); code(err) != "E-PROFILE-KEY" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p, err := send.Profile(ctx, v.Ledger); err != nil || p.PublicKey != pinned.PublicKey {
		t.Errorf("now %+v, %v", p, err)
	}
}

// TestRekeyStopped: the key file was written and the ledger not; the file opens what the
// ledger's profile says.
func TestRekeyStopped(t *testing.T) {
	o := newOffice(t)
	was := o.key.PublicKey()
	before := send1(t, o)
	_, _ = o.rekey(t, false)
	must(t, o.l.SetSetting(ctx, "county_profile", before[0]))
	must(t, o.l.SetSetting(ctx, "county_key", before[1]))
	if _, err := county.OwnWith(ctx, o.l, o.key); err != nil || o.key.PublicKey() != was || len(o.key.Former) != 1 {
		t.Errorf("%v", err)
	}
}

func send1(t *testing.T, o *office) [2]string {
	t.Helper()
	a, err := o.l.Setting(ctx, "county_profile")
	must(t, err)
	b, err := o.l.Setting(ctx, "county_key")
	must(t, err)
	return [2]string{a, b}
}

// TestRekeyOfAnEarlierCounty: a ledger and key of an earlier program get a new key, and a
// bundle made before is still opened.
func TestRekeyOfAnEarlierCounty(t *testing.T) {
	o := earlierOffice(t)
	_, _ = o.rekey(t, false)
	if in := o.one(t, o.earlierBundle(t)); in.Verdict != county.Accepted {
		t.Fatalf("%s %s", in.Verdict, in.Reason)
	}
	s, err := county.KeyStateOf(ctx, o.l)
	must(t, err)
	if s.Since != "2026-11-30" || len(s.Former) != 1 || s.Wanting() == "" {
		t.Errorf("%+v", s)
	}
}

// TestKeyReminder reminds once a month, until there is a copy of the present key.
func TestKeyReminder(t *testing.T) {
	dir := t.TempDir()
	r, err := county.Init(ctx, options(filepath.Join(dir, "县")))
	must(t, err)
	src := source()
	l, err := book.Open(ctx, r.DB, store.Options{Source: src})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	said := func(when string, want bool) {
		t.Helper()
		text, err := county.KeyReminder(ctx, l)
		if must(t, err); (text != "") != want {
			t.Errorf("%s: %q", when, text)
		}
	}
	said("the first time", true)
	said("the same month", false)
	now := src.Now()
	src.Now = func() time.Time { return now.AddDate(0, 1, 0) }
	said("the next month", true)
	must(t, county.NoteKeyBackup(ctx, l, county.KeyInFile))
	now = now.AddDate(0, 2, 0)
	said("with a copy", false)
	file, err := os.ReadFile(r.Key)
	must(t, err)
	key, err := bundle.ParseCountyKey(file, "")
	must(t, err)
	src.Rand = &counter{60}
	_, err = county.Rekey(ctx, l, key, county.RekeyOptions{KeyPath: r.Key, ProfilePath: r.Profile})
	must(t, err)
	said("of another key", true)
}
