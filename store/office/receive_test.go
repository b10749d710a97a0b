package office_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
	"taizhang/store/send"
	"taizhang/store/sums"
)

// changed writes a bundle of the month whose numbers of a figure are others.
func (p *place) changed(t *testing.T, change func(tables []sums.Table) []sums.Table) string {
	t.Helper()
	o := sums.Options{Month: month, Dir: t.TempDir()}
	c, err := sums.Read(t.Context(), p.l, o)
	must(t, err)
	c.Tables = change(c.Tables)
	sent, err := sums.Export(t.Context(), p.l, c, o)
	must(t, err)
	return sent.Path
}

// oneMore adds n to a figure of the whole.
func oneMore(figure string, n int64) func([]sums.Table) []sums.Table {
	return func(tables []sums.Table) []sums.Table {
		for i, tab := range tables {
			if tab.Resource.Name != bundle.SumTallies {
				continue
			}
			for k, r := range tab.Rows {
				if r[0] == office.KindAll && r[1] == figure && r[2] == bundle.WholePart {
					var was int64
					if _, err := fmt.Sscan(r[3], &was); err == nil {
						tables[i].Rows[k] = []string{r[0], r[1], r[2], fmt.Sprint(was + n), r[4]}
					}
				}
			}
		}
		return tables
	}
}

// members is a figure that every county has.
const members = "A02.members"

// state gives all that stands at an office of sums, without the book of bundles.
func (p *place) state(t *testing.T) any {
	t.Helper()
	all, err := office.Senders(t.Context(), p.l, month)
	must(t, err)
	keys, err := county.KnownKeys(t.Context(), p.l)
	must(t, err)
	return []any{all, groups(t, p.l, month), keys}
}

// untouched takes a file in that must change nothing, and gives the reason's code.
func (p *place) untouched(t *testing.T, path string) string {
	t.Helper()
	before := p.state(t)
	got, in := p.refuse(t, path)
	if !reflect.DeepEqual(p.state(t), before) {
		t.Errorf("%s, refused with %s, has changed something", filepath.Base(path), got)
	}
	for _, word := range []string{"村", "本县"} {
		if strings.Contains(in.Reason, word) {
			t.Errorf("an office above speaks of %s: %s", word, in.Reason)
		}
	}
	return got
}

// TestReplay: what was taken in once is passed over, under another name too, and an older
// number of the month as well.
func TestReplay(t *testing.T) {
	t.Parallel()
	city, counties := threeCounties(t)
	p := counties[0]
	first, second := p.up(t, ""), p.up(t, "")
	city.accept(t, first)
	city.accept(t, second)
	before := city.state(t)
	other := filepath.Join(t.TempDir(), "别的名字")
	text, err := os.ReadFile(second)
	must(t, err)
	must(t, os.WriteFile(other, text, 0o600))
	for _, path := range []string{first, second, other} {
		if all := city.receive(t, path); len(all) != 1 || all[0].Verdict != county.Already {
			t.Errorf("%s again: %+v", filepath.Base(path), all)
		}
	}
	third, fourth := p.up(t, ""), p.up(t, "")
	city.accept(t, fourth)
	if all := city.receive(t, third); all[0].Verdict != county.Already || !strings.Contains(all[0].Reason, "已收过更新的(第 4 号)") {
		t.Errorf("an older number of the month: %+v", all)
	}
	if reflect.DeepEqual(city.state(t), before) {
		t.Error("the fourth bundle has changed nothing")
	}
}

// TestOlderOfAnotherMonth: a bundle holds one month alone, so an older number of another
// month is taken in, once and only if later bundles say that the same ledger made it; the
// number that is known goes forward only.
func TestOlderOfAnotherMonth(t *testing.T) {
	t.Parallel()
	city, counties := threeCounties(t)
	p, ctx := counties[1], t.Context()
	const earlier = model.Month("2026-09")
	seal, err := count.SealOf(ctx, p.l, month)
	must(t, err)
	// September is closed with the numbers of October: a county that begins to report closes
	// its months one after the other.
	must(t, count.SealMonth(ctx, p.l, earlier, func(string, string) ([]byte, error) { return seal.Content, nil }))
	o := sums.Options{Month: earlier, Dir: t.TempDir()}
	c, err := sums.Read(ctx, p.l, o)
	must(t, err)
	old, err := sums.Export(ctx, p.l, c, o)
	must(t, err)
	latest := p.up(t, "")
	city.accept(t, latest)
	known, err := county.KnownKeyOf(ctx, city.l, p.code)
	must(t, err)
	city.accept(t, old.Path)
	after, err := county.KnownKeyOf(ctx, city.l, p.code)
	must(t, err)
	if after.Sequence != 2 || after.Hash != known.Hash {
		t.Errorf("the known number went back: %d", after.Sequence)
	}
	months, err := office.Months(ctx, city.l)
	must(t, err)
	if !slices.Equal(months, []model.Month{month, earlier}) {
		t.Errorf("months: %v", months)
	}
	if all := city.receive(t, old.Path); all[0].Verdict != county.Already {
		t.Errorf("again: %+v", all)
	}
	city.accept(t, p.up(t, "")) // what comes next follows on the latest
}

// TestFork: two copies of a county's ledger each export; the second line is refused, and is
// let in where a clerk says so. Nothing that stood has changed until then.
func TestFork(t *testing.T) {
	t.Parallel()
	city, counties := threeCounties(t)
	p, ctx := counties[0], t.Context()
	city.accept(t, p.up(t, ""))
	copied := filepath.Join(t.TempDir(), "county.db")
	must(t, p.l.Backup(ctx, copied))
	city.accept(t, p.up(t, ""))
	l, err := book.Open(ctx, copied, store.Options{Source: source(91)})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	twin := &place{l: l, key: p.key, profile: p.profile, code: p.code}
	stray := twin.changed(t, oneMore(members, 5))
	if got := city.untouched(t, stray); got != "E-FORK" {
		t.Errorf("the copy: %s", got)
	}
	if got := city.untouched(t, twin.up(t, "")); got != "E-FORK" {
		t.Errorf("the next of the copy: %s", got)
	}
	f, err := county.LastFork(ctx, city.l, p.code)
	must(t, err)
	must(t, county.AllowFork(ctx, city.l, f, county.ForkCopy))
	city.accept(t, twin.up(t, ""))
	if got := city.untouched(t, p.up(t, "")); got != "E-FORK" {
		t.Errorf("the first copy afterwards: %s", got)
	}
}

// TestWrongKey: a bundle of a ledger with another key is refused until its key is trusted.
func TestWrongKey(t *testing.T) {
	t.Parallel()
	city, counties := threeCounties(t)
	p, ctx := counties[0], t.Context()
	city.accept(t, p.up(t, ""))
	for i := range counties[1:] { // under the first one's code, each with a key of its own
		other := counties[i+1]
		r, err := other.l.Get(ctx, other.l.Home().Kind.Name, other.l.Home().ID)
		must(t, err)
		r.Set("code", p.code)
		_, err = other.l.Save(ctx, model.AsRecorded, r)
		must(t, err)
		path := other.plainlyUp(t)
		if got := city.untouched(t, path); got != "E-KEY-CHANGED" {
			t.Errorf("another key: %s", got)
		}
	}
}

// plainlyUp writes the bundle of an office that no longer has its own code.
func (p *place) plainlyUp(t *testing.T) string {
	t.Helper()
	o := sums.Options{Month: month, Dir: t.TempDir()}
	profile, err := send.Profile(t.Context(), p.l)
	must(t, err)
	profile.Code, profile.Version = p.l.Home().Str("code"), profile.Version+1
	text, err := bundle.SealProfile(*profile, p.key, at)
	must(t, err)
	must(t, send.SetProfile(t.Context(), p.l, text))
	c, err := sums.Read(t.Context(), p.l, o)
	must(t, err)
	sent, err := sums.Export(t.Context(), p.l, c, o)
	must(t, err)
	return sent.Path
}

// TestOtherLevel: an office takes in the sums of those right below it alone, and no records.
func TestOtherLevel(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	city, counties := threeCounties(t)
	province := newPlace(t, bundle.LevelProvince, "990000000000", "云省委组织部", 201)
	for _, p := range counties {
		city.accept(t, p.up(t, ""))
	}
	city.closeMonth(t)

	// A city's sums at a city: another city has the first one above it by mistake.
	city.under(t, province)
	up := city.up(t, "")
	province.accept(t, up)
	other := newPlace(t, bundle.LevelCity, "990200000000", "平川市委组织部", 202)
	must(t, resealed(t, up, province, other))
	if got := other.untouched(t, filepath.Join(filepath.Dir(up), "resealed.tzs")); got != "E-LEVEL" {
		t.Errorf("a city's sums at a city: %s", got)
	}

	// A county's sums at a province, unless the county stands on its list.
	direct := newPlace(t, bundle.LevelProvince, "980000000000", "平省委组织部", 203)
	file := counties[0].up(t, "")
	must(t, resealed(t, file, city, direct))
	path := filepath.Join(filepath.Dir(file), "resealed.tzs")
	if got := direct.untouched(t, path); got != "E-LEVEL" {
		t.Errorf("a county's sums at a province: %s", got)
	}
	listed(t, direct, counties[0].code)
	direct.accept(t, path)

	// A village's records at a city, and sums at a county.
	records := filepath.Join(t.TempDir(), "records.tzb")
	village, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"), store.Home{Code: "990101101209", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{Source: source(92)})
	must(t, err)
	defer func() { must(t, village.Close()) }()
	must(t, send.SetProfile(ctx, village, city.profile))
	sent, err := send.Export(ctx, village, send.Options{Month: month, Dir: filepath.Dir(records), AllowErrors: true})
	must(t, err)
	if got := city.untouched(t, sent.Path); got != bundle.CodeRecords {
		t.Errorf("records at a city: %s", got)
	}
	must(t, resealed(t, file, city, counties[1]))
	if got, _ := counties[1].refuse(t, path); got != bundle.CodeSums {
		t.Errorf("sums at a county: %s", got)
	}
}

// resealed writes a bundle beside it as resealed.tzs, encrypted to another office.
func resealed(t *testing.T, path string, from, to *place) error {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	zip, _, err := bundle.Unwrap(f, from.key.Identity)
	if err != nil {
		return err
	}
	p, err := bundle.OpenProfile(to.profile, "")
	if err != nil {
		return err
	}
	out, err := os.Create(filepath.Join(filepath.Dir(path), "resealed.tzs"))
	if err != nil {
		return err
	}
	defer func() { must(t, out.Close()) }()
	return bundle.Encrypt(out, zip, p.Recipient)
}
