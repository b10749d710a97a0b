package above_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/demo/city"
	"taizhang/store/sums"
)

// TestSixCounties: six made-up counties report to a city, and the city to a province. Every
// number at every level is the sum of what the records come to, counted in plain Go;
// what does not belong there is refused in clear words and changes nothing; no person stands
// in any byte of what goes up.
func TestSixCounties(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("makes six counties")
	}
	above := newOffice(t, bundle.LevelCity, "990100000000", "中共示例市委组织部")
	var counties []*made
	members, files := 0, map[string]*office{}
	for n := range city.MostCounties {
		m := makeCounty(t, n+1)
		counties = append(counties, m)
		members += m.members
		m.under(t, above)
		path := m.up(t, nil)
		files[path] = above
		above.accept(t, path)
	}
	splits := []string{"", count.ByCounty, count.ByTownship, count.ByDomain, count.ByOrganisation}
	want := added(counties)
	compared := everyNumber(t, "city", above, splits, want)
	refused(t, above, counties)
	everyNumber(t, "city after what was refused", above, splits[:2], want)
	above.closeMonth(t)
	everyNumber(t, "closed city", above, splits, want)

	province := newOffice(t, bundle.LevelProvince, "990000000000", "中共示例省委组织部")
	above.under(t, province)
	path := above.up(t, nil)
	files[path] = province
	province.accept(t, path)
	everyNumber(t, "province", province, splits, want)
	nobody(t, counties, files)
	t.Logf("%d members of %d counties; %d numbers equal at the city", members, len(counties), compared)
	if members != 6*675 || compared < 15000 {
		t.Errorf("%d members, %d numbers", members, compared)
	}
}

// everyNumber holds an office's summary, by every split, against what it should be, and
// tells how many numbers that are not 0 there are.
func everyNumber(t *testing.T, level string, o *office, splits []string, want map[string]map[string]map[string]int64) int {
	t.Helper()
	n := 0
	for _, by := range splits {
		b := o.summary(t, by)
		seen := map[string]bool{}
		for i := range b.Columns {
			c := &b.Columns[i]
			if by != "" && i == 0 {
				same(t, level+" by "+by, numbers(c.Values), clean(want[""][""]))
				continue
			}
			seen[c.Key] = true
			same(t, level+" by "+by+" "+c.Key, numbers(c.Values), clean(want[by][c.Key]))
			n += len(numbers(c.Values))
		}
		for key := range want[by] {
			if !seen[key] {
				t.Errorf("%s by %s: no %s", level, by, key)
			}
		}
	}
	return n
}

// clean leaves zeros out.
func clean(all map[string]int64) map[string]int64 {
	some := map[string]int64{}
	for k, n := range all {
		if n != 0 {
			some[k] = n
		}
	}
	return some
}

// refused brings to the city, and to a county, what they must not take in.
func refused(t *testing.T, above *office, counties []*made) {
	t.Helper()
	ctx, a, b := t.Context(), counties[0], counties[1]

	// The same file again, and an older number.
	first, second := a.up(t, nil), a.up(t, nil)
	above.accept(t, second)
	for _, path := range []string{second, first} {
		if in := above.receive(t, path); in.Verdict != county.Already {
			t.Errorf("a replay: %+v", in)
		}
	}

	// A copy of the county's ledger goes on by itself.
	copied := filepath.Join(t.TempDir(), "county.db")
	must(t, a.l.Backup(ctx, copied))
	above.accept(t, a.up(t, nil))
	l, err := book.Open(ctx, copied, store.Options{Source: source()})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	twin := &office{l: l, key: a.key, code: a.code}
	above.refuse(t, "E-FORK", twin.up(t, oneMore), "台账")

	// Another's key under the county's code.
	stranger := newOffice(t, bundle.LevelCounty, b.code, "中共"+b.l.Home().Str("name"))
	seal, err := count.SealOf(ctx, b.l, month)
	must(t, err)
	must(t, county.NoteIntake(ctx, stranger.l, county.IntakeLine{File: "x.tzb", FileHash: "x", Code: b.code, Month: month, Sequence: 1, Hash: "x", Verdict: county.Accepted, Reasons: []byte(`{}`)}))
	must(t, count.SealMonth(ctx, stranger.l, month, func(string, string) ([]byte, error) { return seal.Content, nil }))
	stranger.under(t, above)
	above.refuse(t, "E-KEY-CHANGED", stranger.up(t, nil), "密钥")

	// Bytes that were changed on the way, and a file for somebody else's key.
	text, err := os.ReadFile(b.up(t, nil))
	must(t, err)
	broken := filepath.Join(t.TempDir(), "990102_2026-06_0009.tzs")
	must(t, os.WriteFile(broken, append(bytes.Clone(text[:len(text)/2]), text[len(text)/2+1:]...), 0o600))
	above.refuse(t, "", broken, "损坏")
	elsewhere := newOffice(t, bundle.LevelCity, "990200000000", "中共示例二市委组织部")
	elsewhere.refuse(t, "", b.up(t, nil), "不是用本市的配置文件导出的")

	// Another level's sums, records at a city, sums at a county.
	top := newOffice(t, bundle.LevelProvince, "980000000000", "中共示例二省委组织部")
	elsewhere.accept(t, resealed(t, b.up(t, nil), above, elsewhere))
	elsewhere.closeMonth(t)
	elsewhere.under(t, top)
	above.refuse(t, "E-LEVEL", resealed(t, elsewhere.up(t, nil), top, above), "地市")
	top.refuse(t, "E-LEVEL", resealed(t, b.up(t, nil), above, top), "地市")
	above.refuse(t, bundle.CodeRecords, resealed(t, village(t, a.stick), a.office, above), "记录")
	a.refuse(t, bundle.CodeSums, resealed(t, b.up(t, nil), above, a.office), "汇总")
}

// refuse brings a file that must not be taken in, and looks at what is said of it: the
// code of the reason, in Chinese, with what it is about and with what to do.
func (o *office) refuse(t *testing.T, code, path, about string) {
	t.Helper()
	in := o.receive(t, path)
	reason := in.Reason
	if in.Verdict != county.Refused && in.Verdict != county.Unread {
		t.Errorf("%s at %s is %s: %s", filepath.Base(path), o.code, in.Verdict, reason)
	}
	if code != "" {
		lines, err := county.Intakes(t.Context(), o.l, "")
		must(t, err)
		if said := string(lines[len(lines)-1].Reasons); !strings.Contains(said, `"code":"`+code+`"`) {
			t.Errorf("%s at %s: %s, not %s", filepath.Base(path), o.code, said, code)
		}
	}
	han := 0
	for _, r := range reason {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han < 12 || !strings.Contains(reason, about) || !strings.Contains(reason, "请") {
		t.Errorf("%s: what is said of it is %q", code, reason)
	}
	t.Logf("%s %s: %s", code, filepath.Base(path), reason)
}

// oneMore adds one to a number of the whole.
func oneMore(tables []sums.Table) {
	for _, table := range tables {
		for k, r := range table.Rows {
			if table.Resource.Name == bundle.SumTallies && r[0] == bundle.AllGroup && r[1] == "A02.members" {
				n, err := strconv.Atoi(r[3])
				if err == nil {
					table.Rows[k] = []string{r[0], r[1], r[2], fmt.Sprint(n + 1), r[4]}
				}
			}
		}
	}
}

// village gives a village's bundle.
func village(t *testing.T, stick string) string {
	t.Helper()
	var some string
	must(t, filepath.WalkDir(stick, func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".tzb") {
			some = path
		}
		return err
	}))
	return some
}

// resealed writes what a file holds anew, encrypted to another office.
func resealed(t *testing.T, path string, from, to *office) string {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	zipped, _, err := bundle.Unwrap(bytes.NewReader(text), from.key.Identity)
	must(t, err)
	p, err := bundle.OpenProfile(to.profile, "")
	must(t, err)
	var out bytes.Buffer
	must(t, bundle.Encrypt(&out, zipped, p.Recipient))
	again := filepath.Join(t.TempDir(), filepath.Base(path))
	must(t, os.WriteFile(again, out.Bytes(), 0o600))
	return again
}
