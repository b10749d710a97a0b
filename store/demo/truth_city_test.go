package demo

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestTruthOfACounty makes a small county, takes its bundles in and holds every
// figure of the county's ledger against truth.json.
func TestTruthOfACounty(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	res, err := City(ctx, dir, CityOptions{scale: smallCity})
	if err != nil {
		t.Fatal(err)
	}
	l, err := store.BookOpen(ctx, res.County, store.Options{})
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
	period, err := l.MonthPeriod(cityMonth)
	if err != nil {
		t.Fatal(err)
	}
	for name, q := range map[string]store.SummaryQuery{
		"indicators": {Period: period},
		"figures":    {Period: store.Period{From: cityOpening, To: cityAsOf}, Indicators: model.SourceFigures()},
	} {
		sum, err := l.Summary(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		differences(t, flat(sum.Groups[0].Values), writtenNumbers(t, written[name]))
	}
}

// writtenNumbers reads the numbers of truth.json as flat gives them.
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
	return flat(values)
}
