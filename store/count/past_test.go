package count_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/internal/storetest"
)

// TestEveryFigureSaysItsPast: no figure is left unclassified, in no place where there are
// any (what Validate refuses of one).
func TestEveryFigureSaysItsPast(t *testing.T) {
	t.Parallel()
	n := map[count.Past]int{}
	for _, i := range slices.Concat(everyIndicator(), count.Pictures()) {
		storetest.Must(t, i.Validate())
		for _, f := range i.Figures {
			n[f.Past]++
		}
	}
	if len(n) != 3 || n[count.Dated] < 100 || n[count.Undated] < 40 || n[count.AsToday] != 8 {
		t.Errorf("the figures' pasts are %v", n)
	}
	unsaid := &count.Indicator{Code: "X01", Figures: []count.Figure{{Key: "some", Title: "某", Unit: "个"}}}
	if unsaid.Validate() == nil {
		t.Error("a figure that says nothing of its past is valid")
	}
}

// TestAwayAtAPastDay: who was 流动 at a day follows from the movements and away_since.
func TestAwayAtAPastDay(t *testing.T) {
	t.Parallel()
	c := countedVillage(t)
	c.member(c.home, "一直在家")
	c.member(c.home, "去年出去", "away", "跨省", "away_place", "江洲市", "away_since", "2025-09-01")
	c.member(c.home, "不知何时", "away", "跨省", "away_place", "江洲市")
	gone := c.member(c.home, "出去了", "away", "跨省", "away_place", "江洲市", "away_since", "2026-05-01")
	c.add(c.home, "movement", "person", gone, "kind", "外出流动", "happened_on", "2026-05-01")
	back := c.member(c.home, "回来了")
	c.add(c.home, "movement", "person", back, "kind", "外出流动", "happened_on", "2025-03-01")
	c.add(c.home, "movement", "person", back, "kind", "流动返回", "happened_on", "2026-03-10")
	for day, want := range map[model.Date]int64{"2025-02-28": 1, "2025-03-01": 2, "2025-08-31": 2, "2025-09-01": 3, "2026-03-09": 3, "2026-03-10": 2, "2026-04-30": 2, "2026-05-01": 3} {
		if got := c.count(count.Indicators()[1], model.Date(day[:4]+"-01-01"), day)["away"]; got != want {
			t.Errorf("on %s %d are away, want %d", day, got, want)
		}
	}
}

func readMonth(t *testing.T, l *store.Ledger, a count.Ask) (*count.Report, map[string]any) {
	t.Helper()
	b, err := county.ReadReport(context.Background(), l, a)
	storetest.Must(t, err)
	text, err := json.Marshal(b.JSON())
	storetest.Must(t, err)
	out := map[string]any{}
	storetest.Must(t, json.Unmarshal(text, &out))
	return b, out
}

func figureIn(out map[string]any, code, key string) any {
	return out["indicators"].(map[string]any)[code].(map[string]any)[key]
}

// TestAVillagesPastMonth: what has no day is — for a past month, until it was noted when
// the month was closed; and then stays what it was.
func TestAVillagesPastMonth(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := countedVillage(t)
	id := c.member(c.home, "甲", "hardship", "1")
	c.member(c.home, "乙")
	ask := count.Ask{Month: "2026-09"}
	b, out := readMonth(t, c.l, ask)
	if figureIn(out, "A02", "hardship") != nil || figureIn(out, "A02", "members") != 2.0 {
		t.Errorf("before it was noted: %v of %v", figureIn(out, "A02", "hardship"), figureIn(out, "A02", "members"))
	}
	if notes := strings.Join(b.Notes(), "\n"); !strings.Contains(notes, "没有当月的记录:") || !strings.Contains(notes, "A02 其中困难") {
		t.Errorf("it is not said: %s", notes)
	}
	storetest.Must(t, count.CloseMonth(ctx, c.l, "2026-09", ""))
	rec, err := c.l.Get(ctx, "person", id)
	storetest.Must(t, err)
	rec.Set("hardship", false)
	_, err = c.l.Save(ctx, model.AsRecorded, rec)
	storetest.Must(t, err)
	if _, out = readMonth(t, c.l, ask); figureIn(out, "A02", "hardship") != 1.0 {
		t.Errorf("noted when the month was closed: %v", figureIn(out, "A02", "hardship"))
	}
	if _, out = readMonth(t, c.l, count.Ask{Month: "2026-10"}); figureIn(out, "A02", "hardship") != 0.0 {
		t.Errorf("today: %v", figureIn(out, "A02", "hardship"))
	}
	both, err := count.Compare(ctx, c.l, count.Ask{Month: "2026-10"}, count.LastMonth, true)
	storetest.Must(t, err)
	i := slices.IndexFunc(both.Changes, func(ch count.Change) bool { return ch.Row.Indicator.Code == "A02" && ch.Row.Figure.Key == "hardship" })
	if i < 0 || len(both.Changes[i].Names) != 1 || both.Changes[i].Names[0].Label != "甲" || both.Changes[i].Went != 1 {
		t.Errorf("who is no longer in hardship is not named: %+v", both.Changes)
	}
}

// TestACountyOverSomeUnits: a past month of which one unit has no note stands over the
// others, and says so; a closed month names who counted from what was kept.
func TestACountyOverSomeUnits(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := countedCounty(t, "a", "b")
	c.member("a", "甲", "hardship", "1")
	c.member("a", "丙")
	c.member("b", "乙", "hardship", "1")
	c.add("a", "person", "id", "丁", "name", "丁", "status", "正式党员")
	c.add("a", "movement", "person", "丁", "kind", "转入", "happened_on", "2026-10-02")
	c.settle() // both of October
	db := storetest.OpenRaw(t, c.l.Path())
	_, err := db.Exec("INSERT INTO indicator_month SELECT '2026-08', org_id, indicator, value, total, at FROM indicator_month WHERE org_id = 'a'")
	storetest.Must(t, err)
	b, out := readMonth(t, c.l, count.Ask{Month: "2026-08", By: count.ByOrganisation})
	if figureIn(out, "A02", "hardship") != 1.0 || figureIn(out, "A02", "members") != 3.0 {
		t.Errorf("of one unit: %v of %v", figureIn(out, "A02", "hardship"), figureIn(out, "A02", "members"))
	}
	for _, r := range b.Rows() {
		if r.Figure != nil && r.Indicator.Code == "A02" && r.Figure.Key == "hardship" {
			if s := r.Share(&b.Columns[0]); s.N != 1 || s.Of != 2 {
				t.Errorf("the share is %d of %d: it is to be of that unit's two", s.N, s.Of)
			}
			if text := r.OverText(&b.Columns[0]); text != "按 1 个单位(共 3 个)" {
				t.Errorf("it says %q", text)
			}
		}
	}
	for _, g := range out["groups"].([]any) {
		g := g.(map[string]any)
		if want := map[string]any{"a": 1.0, "b": nil}; g["title"] != nil && (g["title"] == "a" || g["title"] == "b") && figureIn(g, "A02", "hardship") != want[g["title"].(string)] {
			t.Errorf("%v: %v", g["title"], figureIn(g, "A02", "hardship"))
		}
	}
	if _, out = readMonth(t, c.l, count.Ask{Month: "2026-07"}); figureIn(out, "A02", "hardship") != nil {
		t.Errorf("without any note: %v", figureIn(out, "A02", "hardship"))
	}
	_, err = count.SealReport(ctx, c.l, count.Ask{Month: "2026-09"})
	storetest.Must(t, err)
	_, err = count.SealReport(ctx, c.l, count.Ask{Month: "2026-10"})
	storetest.Must(t, err)
	before, err := json.Marshal(must(count.SealOf(ctx, c.l, "2026-10")).Content)
	storetest.Must(t, err)
	c.rows["a"]["person"] = slices.DeleteFunc(c.rows["a"]["person"], func(r *model.Record) bool { return r.ID == "丁" })
	c.rows["a"]["movement"] = slices.DeleteFunc(c.rows["a"]["movement"], func(r *model.Record) bool { return r.Str("person") == "丁" })
	c.settleOne("a")
	after, err := json.Marshal(must(count.SealOf(ctx, c.l, "2026-10")).Content)
	storetest.Must(t, err)
	if string(before) != string(after) {
		t.Error("a closed month has changed")
	}
	both, err := count.Compare(ctx, c.l, count.Ask{Month: "2026-10"}, count.LastMonth, true)
	storetest.Must(t, err)
	if both.Kept != [2]bool{true, true} {
		t.Errorf("both months are closed, and names are kept of %v", both.Kept)
	}
	i := slices.IndexFunc(both.Changes, func(ch count.Change) bool { return ch.Row.Indicator.Code == "A02" && ch.Row.Figure.Key == "members" })
	if i < 0 || both.Changes[i].Now-both.Changes[i].Before != 1 || len(both.Changes[i].Names) != 1 || both.Changes[i].Names[0].Label != "丁" {
		t.Errorf("who came, and whose row is gone since, is not named: %+v", both.Changes)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
