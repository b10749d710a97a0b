package city

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count/figures"
	"taizhang/store/county"
	"taizhang/store/demo/internal/folk"
	"taizhang/store/send"
)

// smallCity is a county of a tenth, for tests that run in seconds.
var smallCity = scale{townships: 2, villages: 30, firms: 14, communities: 3, villageMembers: 2100, firmMembers: 150, communityMembers: 240,
	townshipMembers: 80, admissions: 120, applicants: 60, activists: 40, candidates: 8, transfers: 12, deaths: 40, goodTowns: 1, goodVillages: 5, goodFirms: 3, goodCommunity: 1}

func (s scale) organisations() int { return s.townships + s.villages + s.firms + s.communities }

func (s scale) members() int {
	return s.villageMembers + s.firmMembers + s.communityMembers + s.townshipMembers
}

func TestCityIsReceived(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes long")
	}
	ctx, dir := context.Background(), t.TempDir()
	village := where2(newCity(1, folk.Counties[0], smallCity).of("行政村"), func(u *unit) bool { return u.due != nil })[0].code
	res, err := Make(ctx, dir, Options{scale: smallCity, Keep: village})
	if err != nil {
		t.Fatal(err)
	}
	if res.Organisations != smallCity.organisations() || res.Members != smallCity.members() {
		t.Errorf("%d organisations with %d members, not %d and %d", res.Organisations, res.Members, smallCity.organisations(), smallCity.members())
	}
	key := answerKey(t, res.Truth)
	if len(key.Faults) != 26 || len(key.Due) != 6 || len(key.Clean) != 6 || len(key.Missed) < smallCity.organisations()*6/100 {
		t.Errorf("the answer key has %d faults, %d due, %d clean, %d missed", len(key.Faults), len(key.Due), len(key.Clean), len(key.Missed))
	}
	received(t, ctx, res, key, smallCity.organisations())
	kept(t, ctx, res, countyKey(t, res.Key))
	fallsDue(t, ctx, res.Ledger, village, key)
}

// answerKey reads the answer key.
func answerKey(t *testing.T, path string) Key {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var key Key
	if err := json.Unmarshal(text, &key); err != nil {
		t.Fatal(err)
	}
	return key
}

// fallsDue checks that due finds in the kept ledger what falls due there, on the last
// day of the county and a year later.
func fallsDue(t *testing.T, ctx context.Context, ledger, village string, key Key) {
	t.Helper()
	l, err := book.Open(ctx, ledger, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, l)
	for _, day := range []model.Date{lastDay, lastDay.AddYears(1)} {
		all, err := l.Due(ctx, day)
		if err != nil {
			t.Fatal(err)
		}
		overdue, texts := map[Fault]bool{}, ""
		for _, d := range all {
			texts += d.Text + "\n"
			overdue[Fault{Rule: d.Code, Org: village, Kind: d.Kind, ID: d.ID}] = d.Urgency == model.Overdue
		}
		for _, f := range key.Due {
			if !overdue[f] {
				t.Errorf("%s: not overdue: %+v", day, f)
			}
		}
		if day > lastDay {
			continue
		}
		for _, part := range []string{"欠交 5 个月党费(2026年1月至2026年5月)", "连续 6 个月没有交党费(2025年12月至2026年5月)", "预备期已在 2026-05-16 满",
			"自 2025-12-30 失去联系已满 6 个月", "2024-06-30 停止党籍,已满 24 个月"} {
			if !strings.Contains(texts, part) {
				t.Errorf("due does not say: %s", part)
			}
		}
	}
}

// received checks that the county takes every bundle without a word.
func received(t *testing.T, ctx context.Context, res Result, answers Key, n int) {
	t.Helper()
	l, err := book.Open(ctx, res.County, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, l)
	if roll, err := l.Roll(ctx); err != nil || len(roll) != n {
		t.Errorf("%d units on the county's list, not %d: %v", len(roll), n, err)
	}
	key := countyKey(t, res.Key)
	all, err := county.Receive(ctx, l, key, []string{res.Stick}, county.ReceiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	accepted := 0
	for _, i := range all {
		if i.Verdict == county.Accepted || i.Verdict == county.Partly && i.SetAside == 0 {
			accepted++
			continue
		}
		t.Errorf("%s: %s %s %d %v", i.File, i.Verdict, i.Reason, i.SetAside, i.Problems)
	}
	if accepted != n {
		t.Errorf("%d bundles accepted of %d", accepted, n)
	}
	checked(t, ctx, l, answers)
}

// checked compares what a check of the county's ledger finds with the answer key.
func checked(t *testing.T, ctx context.Context, l *store.Ledger, key Key) {
	t.Helper()
	planted := map[Fault]bool{}
	for _, f := range key.Faults {
		planted[f] = true
	}
	find := func(p store.Problem) error {
		r, err := l.Get(ctx, p.Kind.Name, p.ID)
		if err != nil {
			return err
		}
		org, err := l.Get(ctx, "organization", r.OrgID)
		if err != nil {
			return err
		}
		f := Fault{Rule: p.Finding.Code, Org: org.Str("code"), Kind: p.Kind.Name, ID: p.ID}
		if !planted[f] {
			t.Errorf("not planted: %+v %s", f, p.Finding.Message)
		}
		delete(planted, f)
		return nil
	}
	if err := l.CheckAll(ctx, find); err != nil {
		t.Fatal(err)
	}
	if err := county.EachCrossed(ctx, l, find); err != nil {
		t.Fatal(err)
	}
	for f := range planted {
		t.Errorf("planted and not found: %+v", f)
	}
}

func countyKey(t *testing.T, path string) *bundle.CountyKey {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	key, err := bundle.ParseCountyKey(file, "")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// kept checks that the kept ledger holds what its bundle held, and goes on from it.
func kept(t *testing.T, ctx context.Context, res Result, key *bundle.CountyKey) {
	t.Helper()
	l, err := book.Open(ctx, res.Ledger, store.Options{Source: newSource(1, "test")})
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, l)
	before, err := send.SentBundles(ctx, l)
	if err != nil || len(before) != 1 {
		t.Fatalf("%v, %d bundles sent", err, len(before))
	}
	sent, err := send.Export(ctx, l, send.Options{Month: lastMonth, Dir: t.TempDir(), Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	if sent.Sequence != 2 {
		t.Errorf("the next bundle is number %d", sent.Sequence)
	}
	first, next := opened(t, before[0].Path, key.Identity), opened(t, sent.Path, key.Identity)
	if next.Package.Taizhang.Previous != first.Hash || next.Package.Taizhang.PublicKey != first.Package.Taizhang.PublicKey {
		t.Error("the next bundle does not follow on the first, or is signed by another key")
	}
	for i, r := range first.Package.Resources {
		if next.Package.Resources[i].Hash != r.Hash {
			t.Errorf("%s differs between the bundle made of the records and that of the ledger", r.Name)
		}
	}
	a, b := first.Package.Taizhang, next.Package.Taizhang
	if fmt.Sprint(a.Balance, a.Reviewed, a.Counts, a.Problems) != fmt.Sprint(b.Balance, b.Reviewed, b.Counts, b.Problems) {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// closing closes what a test opened, at its end.
func closing(t *testing.T, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// opened reads a bundle.
func opened(t *testing.T, path string, identity age.Identity) *bundle.Bundle {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, f)
	data, _, err := bundle.Unwrap(f, identity)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestWholeCity asks the same of the whole county where TAIZHANG_CITY names seeds,
// joined by commas: it takes half a minute for each.
func TestWholeCity(t *testing.T) {
	t.Parallel()
	if os.Getenv("TAIZHANG_CITY") == "" {
		t.Skip("takes half a minute: set TAIZHANG_CITY to seeds")
	}
	for _, text := range strings.Split(os.Getenv("TAIZHANG_CITY"), ",") {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(text, func(t *testing.T) {
			faultsOf(t, wholeCity, seed)
			figuresOf(t, seed)
		})
	}
}

// TestCityFigures holds the whole county against the source's figures.
func TestCityFigures(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("makes the whole county")
	}
	figuresOf(t, 1)
}

func figuresOf(t *testing.T, seed uint64) {
	t.Helper()
	c, counted, members, organisations := newCity(seed, folk.Counties[0], wholeCity), newCount(), 0, 0
	unseen := map[string]bool{}
	for _, k := range party.Kinds.Kinds() {
		unseen[k.Name] = true
	}
	add := func(b *gathering) error {
		if err := counted.Add(b.org()); err != nil {
			return err
		}
		for _, r := range b.records["person"] {
			if r.Is("status", "正式党员", "预备党员") && r.Is("standing", "在册") {
				members++
			}
		}
		organisations++
		for _, k := range b.kinds.Kinds() {
			if len(b.records[k.Name]) > 0 {
				delete(unseen, k.Name)
			}
		}
		return nil
	}
	own := newOwnBook(c, newSource(seed, folk.CountyCode))
	home := model.New(&own.env, party.Kinds.Kind("organization"))
	home.ID = "county"
	for name, value := range map[string]any{"code": folk.CountyCode, "domain": "机关", "kind": "党委"} {
		home.Set(name, value)
	}
	if err := own.ofCounty(home); err != nil {
		t.Fatal(err)
	}
	if err := add(own); err != nil {
		t.Fatal(err)
	}
	if err := c.each(context.Background(), c.make, add); err != nil {
		t.Fatal(err)
	}
	if organisations != 537 || members != 32428 || len(unseen) > 0 {
		t.Errorf("%d organisations with the county's, %d members, kinds without a record: %v", organisations, members, unseen)
	}
	values := counted.Values(figures.All())
	for _, i := range figures.All() {
		for _, f := range i.Figures {
			if n, _ := values[i.Code][f.Key].(int64); f.Expect != nil && !f.Expect.Meets(n) {
				t.Errorf("%s %s: %v is not %+v", i.Code, f.Key, values[i.Code][f.Key], *f.Expect)
			}
		}
	}
}

// TestCityIsTheSame makes the small county twice and compares all its records.
func TestCityIsTheSame(t *testing.T) {
	t.Parallel()
	sum := func() string {
		h := sha256.New()
		c := newCity(7, folk.Counties[0], smallCity)
		err := c.each(context.Background(), c.make, func(b *gathering) error {
			text := fmt.Appendln(nil, b.unit.code, b.key)
			for _, k := range b.kinds.Kinds() {
				for _, r := range b.records[k.Name] {
					text = append(text, r.ID...)
					for _, f := range k.Fields() {
						text = fmt.Append(text, r.Get(f.Name), ",")
					}
				}
			}
			h.Write(text)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return hex.EncodeToString(h.Sum(nil))
	}
	if a, b := sum(), sum(); a != b {
		t.Errorf("%s and %s", a, b)
	}
}

// TestCityIsNotOverwritten refuses a folder that holds a county.
func TestCityIsNotOverwritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "truth.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Make(context.Background(), dir, Options{scale: smallCity})
	if err == nil || !strings.Contains(err.Error(), "已经存在") {
		t.Errorf("got %v", err)
	}
}
