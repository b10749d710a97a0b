package count_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"taizhang/store/count"
	"taizhang/store/internal/storetest"
)

// TestCompareWithAMonthOfAnOlderProgram: a month that was closed before an indicator was
// counted has no number of it, so that nothing is said to have changed.
func TestCompareWithAMonthOfAnOlderProgram(t *testing.T) {
	ctx := context.Background()
	c := countedCounty(t, "a")
	c.add("a", "circular", "direction", "收文", "happened_on", "2026-06-20")
	c.add("a", "visit", "kind", "挂联走访", "happened_on", "2026-06-20")
	c.settle()
	_, err := count.SealReport(ctx, c.l, count.Ask{Month: "2026-05"})
	storetest.Must(t, err)
	forgetIndicator(t, c, "B11")
	both, err := count.Compare(ctx, c.l, count.Ask{Month: "2026-06"}, count.LastMonth, false)
	storetest.Must(t, err)
	changed := func(code, figure string) bool {
		return slices.ContainsFunc(both.Changes, func(ch count.Change) bool { return ch.Row.Indicator.Code == code && ch.Row.Figure.Key == figure })
	}
	if !changed("B04", "visits") || changed("B11", "circulars") {
		t.Errorf("the visits changed: %v, the letters: %v", changed("B04", "visits"), changed("B11", "circulars"))
	}
	for _, r := range both.Rows() {
		if r.Counts() && r.Indicator.Code == "B11" && both.Difference(r) != "—" {
			t.Errorf("%s %s: %s", r.Indicator.Code, r.Full(), both.Difference(r))
		}
	}
	text, err := json.Marshal(both.JSON())
	storetest.Must(t, err)
	var out struct {
		Indicators struct {
			B11 struct {
				Circulars struct{ Now, Before, Change *int64 }
			}
		}
	}
	storetest.Must(t, json.Unmarshal(text, &out))
	if n := out.Indicators.B11.Circulars; n.Now == nil || *n.Now != 1 || n.Before != nil || n.Change != nil {
		t.Errorf("in JSON: %s", text)
	}
}

// forgetIndicator takes an indicator out of the closed month, as if the program had not
// counted it then.
func forgetIndicator(t *testing.T, c *counted, code string) {
	t.Helper()
	db := storetest.OpenRaw(t, c.l.Path())
	var text string
	storetest.Must(t, db.QueryRow("SELECT content FROM month_seal").Scan(&text))
	content := map[string]any{}
	storetest.Must(t, json.Unmarshal([]byte(text), &content))
	content["indicators"] = slices.DeleteFunc(content["indicators"].([]any), func(i any) bool { return i.(map[string]any)["code"] == code })
	changed, err := json.Marshal(content)
	storetest.Must(t, err)
	_, err = db.Exec("UPDATE month_seal SET content = ?", string(changed))
	storetest.Must(t, err)
}
