package office_test

import (
	"os"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
)

// moved is a county's sums of which so many left for, and came from, other counties.
func moved(code string, sequence int64, all map[string]int64, transfers ...count.Transfer) *office.Sums {
	s := madeSums(code, sequence, 30)
	a11 := map[string]map[string]int64{}
	for key, n := range all {
		a11[key] = map[string]int64{"": n}
	}
	for i := range s.Groups {
		s.Groups[i].Values["A11"] = a11
	}
	s.Transfers = transfers
	return s
}

// TestWithin: of the transfers between two counties that both have reported they are 内部转接,
// what one side alone has reported is on its way, and those to elsewhere are as they were.
func TestWithin(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	const a, b, c = "990101000000", "990102000000", "990103000000"
	p := newPlace(t, bundle.LevelCity, "990100000000", "云川市委组织部", 61)
	// Of a three went to b, of whom two have come there (one of a whole unit), and one to
	// elsewhere. To c came one of a, whom a doesn't know; two of b left for c and are not there.
	for _, s := range []*office.Sums{
		moved(a, 1, map[string]int64{"month_moved_out": 4, "month_removed": 5, "month_whole_out": 1, "month_within_in": 6, "month_within_out": 6},
			count.Transfer{Figure: "month_moved_out", County: "990102", N: 3}, count.Transfer{Figure: "month_whole_out", County: "990102", N: 1}, count.Transfer{Figure: "month_moved_out", County: "880101", N: 1}),
		moved(b, 1, map[string]int64{"month_moved_in": 2, "month_added": 3, "month_whole_in": 1, "month_moved_out": 2, "month_removed": 2},
			count.Transfer{Figure: "month_moved_in", County: "990101", N: 2}, count.Transfer{Figure: "month_whole_in", County: "990101", N: 1}, count.Transfer{Figure: "month_moved_out", County: "990103", N: 2}),
		moved(c, 1, map[string]int64{"month_moved_in": 1, "month_added": 1}, count.Transfer{Figure: "month_moved_in", County: "990101", N: 1}),
	} {
		must(t, office.Write(ctx, p.l, s))
	}
	report := p.summary(t, count.ByCounty)
	want := map[string]map[string]int64{
		"": {"moved_out": 4, "removed": 5, "moved_in": 1, "added": 2, "within_out": 8, "within_in": 8, "transit_out": 3, "transit_in": 1},
		a:  {"moved_out": 2, "removed": 3, "within_in": 6, "within_out": 8, "transit_out": 1},
		b:  {"moved_out": 2, "removed": 2, "added": 1, "within_in": 2, "transit_out": 2},
		c:  {"moved_in": 1, "added": 1, "transit_in": 1},
	}
	for _, column := range report.Columns {
		for _, key := range []string{"moved_out", "removed", "whole_out", "moved_in", "added", "whole_in", "within_out", "within_in", "transit_out", "transit_in"} {
			if n := column.Value("A11", "month_"+key, ""); n != want[column.Key][key] {
				t.Errorf("%q %s: %d, not %d", column.Key, key, n, want[column.Key][key])
			}
		}
	}
	titles := map[string]bool{}
	for _, line := range report.Indicators {
		for _, f := range line.Figures {
			titles[f.Title] = true
		}
	}
	for _, title := range []string{"本月市内转入(不算增加)", "本月在途(市内已转出、对方未转入)", "本年在途(市内已转入、对方未转出)"} {
		if !titles[title] {
			t.Errorf("no figure is called %s", title)
		}
	}
	// What goes on up is what left the city, and what came into it.
	p.closeWritten(t)
	seal, err := count.SealOf(ctx, p.l, month)
	must(t, err)
	frozen, err := seal.Open()
	must(t, err)
	if up := frozen.Upward.Transfers; len(up) != 1 || up[0] != (count.Transfer{Figure: "month_moved_out", County: "880101", N: 1}) {
		t.Errorf("up: %+v", up)
	}
}

// closeWritten closes the month of an office into whose ledger sums were written directly.
func (p *place) closeWritten(t *testing.T) {
	t.Helper()
	must(t, county.NoteIntake(t.Context(), p.l, county.IntakeLine{File: "x.tzs", FileHash: "x", Code: "990101000000", Month: month, Sequence: 1, Hash: "x", Verdict: county.Accepted, Reasons: []byte(`{}`)}))
	p.closeMonth(t)
}

// TestNobodyAbove: no name, number, phone or id of a person of the counties is in what goes
// up from them, or from the city.
func TestNobodyAbove(t *testing.T) {
	t.Parallel()
	city, counties := threeCounties(t)
	province := newPlace(t, bundle.LevelProvince, "990000000000", "云省委组织部", 201)
	city.under(t, province)
	secrets := map[string]bool{}
	var files []string
	for _, p := range counties {
		must(t, p.l.Each(t.Context(), store.Query{Kind: "person"}, func(r *model.Record) error {
			for _, text := range []string{r.Str("name"), r.Str("id_number"), r.Str("phone"), r.ID} {
				if len([]rune(text)) > 1 {
					secrets[text] = true
				}
			}
			return nil
		}))
		file := p.up(t, bundle.DetailUnit)
		city.accept(t, file)
		files = append(files, plainText(t, file, city))
	}
	city.closeMonth(t)
	files = append(files, plainText(t, city.up(t, bundle.DetailUnit), province))
	if len(secrets) < 300 {
		t.Fatalf("%d secrets", len(secrets))
	}
	for i, text := range files {
		if len(text) < 10000 || !strings.Contains(text, "A02.members") {
			t.Fatalf("file %d is %d characters", i, len(text))
		}
		for secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("file %d has %s", i, secret)
			}
		}
	}
}

// plainText gives all tables of a bundle, and what it says of itself.
func plainText(t *testing.T, path string, to *place) string {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	zip, _, err := bundle.Unwrap(f, to.key.Identity)
	must(t, err)
	b, err := bundle.OpenSums(zip)
	must(t, err)
	var text strings.Builder
	text.WriteString(b.Package.Taizhang.Organization.Name + b.Package.Title + b.Package.Taizhang.Program + "\n")
	for _, r := range b.Package.Resources {
		for row, err := range b.Rows(r.Name) {
			must(t, err)
			text.WriteString(strings.Join(row, ",") + "\n")
		}
	}
	return text.String()
}
