package city

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/count/figures"
	"taizhang/store/county"
	"taizhang/store/demo/truth"
)

// TestTruthOfTheCity makes a small county, takes its bundles in and holds every
// figure of the county's ledger against truth.json.
func TestTruthOfTheCity(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes long")
	}
	ctx, dir := context.Background(), t.TempDir()
	res, err := Make(ctx, dir, Options{scale: smallCity})
	if err != nil {
		t.Fatal(err)
	}
	l, err := book.Open(ctx, res.County, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	file, err := os.ReadFile(res.Key)
	if err != nil {
		t.Fatal(err)
	}
	key, err := bundle.ParseCountyKey(file, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := county.Receive(ctx, l, key, []string{res.Stick}, county.ReceiveOptions{}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(res.Truth)
	if err != nil {
		t.Fatal(err)
	}
	var written map[string]json.RawMessage
	if err := json.Unmarshal(text, &written); err != nil {
		t.Fatal(err)
	}
	period, err := count.MonthPeriod(l, lastMonth)
	if err != nil {
		t.Fatal(err)
	}
	for name, q := range map[string]count.SummaryQuery{
		"indicators": {Period: period},
		"figures":    {Period: count.Period{From: firstDay, To: lastDay}, Indicators: figures.All()},
	} {
		sum, err := count.Summarize(ctx, l, q)
		if err != nil {
			t.Fatal(err)
		}
		sameNumbers(t, numbers(sum.Groups[0].Values), writtenNumbers(t, written[name]))
	}
	sameLastYear(ctx, t, l)
}

// sameLastYear holds the figures with a dated past of the same month a year before, 流动
// among them, against the plain count of the county's rows; the others have no number.
func sameLastYear(ctx context.Context, t *testing.T, l *store.Ledger) {
	t.Helper()
	month := lastMonth.Add(-12)
	period, err := count.MonthPeriod(l, month)
	if err != nil {
		t.Fatal(err)
	}
	orgs := map[string]*truth.Org{}
	for _, k := range l.Kinds().Kinds() {
		all, err := l.Env(ctx).Look.Find(k.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all {
			o := orgs[r.OrgID]
			if o == nil {
				o = &truth.Org{Records: map[string][]*model.Record{}}
				orgs[r.OrgID] = o
			}
			o.Records[k.Name] = append(o.Records[k.Name], r)
			if k.Name == "organization" && r.ID == r.OrgID {
				o.Home, o.Code, o.Township, o.Domain = r, r.Str("code"), r.Str("township"), r.Str("domain")
			}
		}
	}
	span := truth.Span{From: period.From, To: period.To, Month: month}
	plain := truth.New(true, span, span)
	for _, id := range slices.Sorted(maps.Keys(orgs)) {
		if err := plain.Add(*orgs[id]); err != nil {
			t.Fatal(err)
		}
	}
	text, err := json.Marshal(plain.Values(count.Indicators()))
	if err != nil {
		t.Fatal(err)
	}
	want := writtenNumbers(t, text)
	now, err := count.Summarize(ctx, l, count.SummaryQuery{Period: period})
	if err != nil {
		t.Fatal(err)
	}
	got := numbers(now.Groups[0].Values)
	today := 0
	for _, p := range orgs {
		for _, r := range p.Records["person"] {
			today += model.OneIf(r.Filled("away"))
		}
	}
	if n := got["A02.away/"]; n == 0 || n >= int64(today) {
		t.Errorf("%d were away a year before, %d are now", n, today)
	}
	for _, i := range count.Indicators() {
		for _, f := range i.Figures {
			name := i.Code + "." + f.Key
			if lacks := now.Groups[0].Lacks[name]; (f.Past == count.Undated) != (lacks > 0) {
				t.Errorf("%s lacks %d organisations", name, lacks)
			}
			if f.Past == count.Undated {
				maps.DeleteFunc(want, func(key string, _ int64) bool { return strings.HasPrefix(key, name+"/") })
			}
		}
	}
	sameNumbers(t, got, want)
}

// writtenNumbers reads the numbers of truth.json as numbers gives them.
func writtenNumbers(t *testing.T, text []byte) map[string]int64 {
	t.Helper()
	var all map[string]map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	values := map[string]map[string]map[string]int64{}
	for code, figures := range all {
		values[code] = map[string]map[string]int64{}
		for figure, value := range figures {
			parts := map[string]int64{}
			switch v := value.(type) {
			case float64:
				parts[""] = int64(v)
			case map[string]any:
				for part, n := range v {
					parts[part] = int64(n.(float64))
				}
			}
			values[code][figure] = parts
		}
	}
	return numbers(values)
}

// numbers gives every number of the counted indicators by CODE.figure[/part]; those
// that are 0 are left out.
func numbers(values map[string]map[string]map[string]int64) map[string]int64 {
	all := map[string]int64{}
	for code, figures := range values {
		for figure, parts := range figures {
			for part, n := range parts {
				if n != 0 {
					all[code+"."+figure+"/"+part] = n
				}
			}
		}
	}
	return all
}

// sameNumbers holds two counts against each other, line by line.
func sameNumbers(t *testing.T, sql, plain map[string]int64) {
	t.Helper()
	keys := map[string]bool{}
	for k := range sql {
		keys[k] = true
	}
	for k := range plain {
		keys[k] = true
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if sql[k] != plain[k] {
			t.Errorf("%s: the statement counts %d, the plain count %d", k, sql[k], plain[k])
		}
	}
}
