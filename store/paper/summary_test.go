package paper_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
	"taizhang/store/send"
	"taizhang/store/sheet"
)

var ctx = context.Background()

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// dice are bytes that are the same in every run.
type dice struct{ state uint64 }

func (d *dice) Read(p []byte) (int, error) {
	for i := range p {
		d.state = d.state*6364136223846793005 + 1442695040888963407
		p[i] = byte(d.state >> 56)
	}
	return len(p), nil
}

func source(seed uint64) *model.Source {
	at := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	return &model.Source{Now: func() time.Time { at = at.Add(time.Second); return at }, Rand: &dice{seed}}
}

// office is a county and one village that has two members.
type office struct {
	l, village *store.Ledger
	key        *bundle.CountyKey
	stick      string
}

func newOffice(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	res, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", Dir: filepath.Join(dir, "county"), Source: source(1)})
	must(t, err)
	file, err := os.ReadFile(res.Key)
	must(t, err)
	o := &office{stick: filepath.Join(dir, "stick")}
	must(t, os.Mkdir(o.stick, 0o700))
	o.key, err = bundle.ParseCountyKey(file, "")
	must(t, err)
	o.l, err = book.Open(ctx, res.DB, store.Options{Source: source(2), By: "张三"})
	must(t, err)
	o.village, err = book.Create(ctx, filepath.Join(dir, "ledger.db"),
		store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "柳河镇"}, store.Options{Source: source(3)})
	must(t, err)
	t.Cleanup(func() { must(t, errors.Join(o.l.Close(), o.village.Close())) })
	profile, err := os.ReadFile(res.Profile)
	must(t, err)
	must(t, send.SetProfile(ctx, o.village, profile))
	o.member(t, "李四", "1999-07-01")
	o.member(t, "王五", "2001-07-01")
	return o
}

func (o *office) member(t *testing.T, name string, joined model.Date) {
	t.Helper()
	r, err := o.village.New(ctx, "person")
	must(t, err)
	for field, v := range map[string]model.Value{"name": name, "sex": "男", "birth_date": model.Date("1970-03-02"), "status": "正式党员",
		"standing": "在册", "joined_on": joined, "confirmed_on": joined.AddYears(1)} {
		r.Set(field, v)
	}
	_, err = o.village.Save(ctx, model.AsRecorded, r)
	must(t, err)
}

// hand exports the village's month and takes it in at the county.
func (o *office) hand(t *testing.T) {
	t.Helper()
	o.handMonth(t, "2026-10")
}

func (o *office) handMonth(t *testing.T, month model.Month) {
	t.Helper()
	sent, err := send.Export(ctx, o.village, send.Options{Dir: o.stick, Month: month, AllowErrors: true})
	must(t, err)
	all, err := county.Receive(ctx, o.l, o.key, []string{sent.Path}, county.ReceiveOptions{})
	must(t, err)
	if len(all) != 1 || all[0].Verdict == county.Refused {
		t.Fatalf("received %+v", all)
	}
}

// forms gives a month's summary in every split and form.
func forms(t *testing.T, l *store.Ledger, month model.Month) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, by := range count.Splits {
		b, err := county.ReadReport(ctx, l, count.Ask{Month: month, By: by})
		must(t, err)
		var csv bytes.Buffer
		must(t, sheet.GridCSV(&csv, paper.Summary(b, true), false))
		all[by+".csv"] = csv.Bytes()
		all[by+".json"], err = json.Marshal(b.JSON())
		must(t, err)
		path := filepath.Join(t.TempDir(), "汇总.xlsx")
		sheets, err := paper.SummarySheets(ctx, l, b)
		must(t, err)
		must(t, page.Write(ctx, path, "", sheets...))
		all[by+".xlsx"], err = os.ReadFile(path)
		must(t, err)
		g := paper.Summary(b, false)
		text, err := json.Marshal([]any{g, b.Notes(), b.Title(), b.State()})
		must(t, err)
		all[by+".text"] = text
	}
	return all
}

func members(t *testing.T, l *store.Ledger, month model.Month) int64 {
	t.Helper()
	b, err := county.ReadReport(ctx, l, count.Ask{Month: month})
	must(t, err)
	return b.Columns[0].Value("A02", "members", "")
}

func code(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code
	}
	return ""
}

func TestClosedMonthNeverChanges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := county.CloseMonth(ctx, o.l, "2026-09", false); code(err) != "E-SEAL-EMPTY" {
		t.Errorf("a month is closed before any bundle: %v", err)
	}
	o.hand(t)
	if _, err := county.CloseMonth(ctx, o.l, "2026-09", false); code(err) != "E-SEAL-EMPTY" {
		t.Errorf("a month before the first bundle is closed: %v", err)
	}
	if _, err := county.CloseMonth(ctx, o.l, "2026-11", true); code(err) != "E-MONTH" {
		t.Errorf("a month to come is closed: %v", err)
	}
	if _, err := county.CloseMonth(ctx, o.l, "2026-10", false); code(err) != "E-SEAL-EARLY" {
		t.Errorf("a month that has not passed is closed: %v", err)
	}
	b, err := county.CloseMonth(ctx, o.l, "2026-10", true)
	must(t, err)
	if b.Sealed == nil || b.Sealed.By != "张三" {
		t.Errorf("closed by %+v", b.Sealed)
	}
	before := forms(t, o.l, "2026-10")
	o.member(t, "赵六", "2002-07-01")
	o.hand(t)
	if got := members(t, o.l, "2026-10"); got != 2 {
		t.Errorf("the closed month has %d members, want 2", got)
	}
	open, err := county.ReadReport(ctx, o.l, count.Ask{Year: 2026})
	must(t, err)
	if got := open.Columns[0].Value("A02", "members", ""); got != 3 {
		t.Errorf("the open year has %d members, want 3", got)
	}
	for name, want := range before {
		if got := forms(t, o.l, "2026-10")[name]; !bytes.Equal(got, want) {
			t.Errorf("%s of a closed month has changed", name)
		}
	}
	_, err = county.CloseMonth(ctx, o.l, "2026-10", true)
	if code(err) != "E-SEALED" || !strings.Contains(err.Error(), "2026-10-31") {
		t.Errorf("closed again: %v", err)
	}
}

// TestNewestMonth: a village looks at this month, a county at the newest that was
// reported.
func TestNewestMonth(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	want := func(l *store.Ledger, month model.Month) {
		t.Helper()
		got, err := county.NewestMonth(ctx, l)
		must(t, err)
		if got != month {
			t.Errorf("the summary begins with %s, want %s", got, month)
		}
	}
	want(o.village, "2026-10")
	want(o.l, "2026-10") // nothing was reported yet
	o.handMonth(t, "2026-08")
	want(o.l, "2026-08")
	o.handMonth(t, "2026-09")
	o.handMonth(t, "2026-08")
	want(o.l, "2026-09")
	want(o.village, "2026-10")
}

func TestVillageClosesNoMonth(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := county.CloseMonth(ctx, o.village, "2026-09", false); code(err) != "E-COUNTY" {
		t.Errorf("closed: %v", err)
	}
}

func TestCompareNamesWhoIsBehind(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r, err := o.village.New(ctx, "activity")
	must(t, err)
	for field, v := range map[string]model.Value{"kind": "联席例会", "title": "十月例会", "held_on": model.Date("2026-10-12")} {
		if r.Kind.Field(field) == nil {
			t.Fatalf("activity has no %s", field)
		}
		r.Set(field, v)
	}
	_, err = o.village.Save(ctx, model.AsRecorded, r)
	must(t, err)
	c, err := county.CompareReports(ctx, o.village, count.Ask{Month: "2026-10"}, count.LastMonth, true)
	must(t, err)
	found := false
	for _, ch := range c.Changes {
		for _, n := range ch.Names {
			if n.ID == r.ID {
				found = true
				if n.Now == 0 || n.Before != 0 {
					t.Errorf("%+v", n)
				}
			}
		}
	}
	if !found {
		t.Errorf("the meeting is behind no change: %+v", c.Changes)
	}
	if text := strings.Join(c.Notes(), "\n"); !strings.Contains(text, "增 ") || !strings.Contains(text, "十月例会") {
		t.Errorf("the text names nobody:\n%s", text)
	}
	if _, err := county.CompareReports(ctx, o.village, count.Ask{Year: 2026}, count.LastMonth, false); code(err) != "E-COMPARE" {
		t.Errorf("a year beside its last month: %v", err)
	}
}

func TestCells(t *testing.T) {
	t.Parallel()
	ind := count.Line{Code: "X01", Figures: []count.Entry{
		{Key: "done", Of: "all", Goal: 90, Low: 75}, {Key: "all"}, {Key: "paid", Money: true}}}
	for _, c := range []struct {
		n, of int64
		want  string
	}{
		{9, 10, "9/10 90.0% 达到"}, {899, 1000, "899/1000 89.9% 未达到(过低线)"}, {1, 3, "1/3 33.3% 未达到"}, {0, 0, "0/0 —"}, {2, 3, "2/3 66.7% 未达到"},
	} {
		col := count.Column{Values: map[string]map[string]map[string]int64{"X01": {"done": {"": c.n}, "all": {"": c.of}, "paid": {"": 123456}}}}
		if got := (count.Row{Indicator: &ind, Figure: &ind.Figures[0]}).Text(&col); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.n, c.of, got, c.want)
		}
		if got := (count.Row{Indicator: &ind, Figure: &ind.Figures[2]}).Text(&col); got != "1234.56" {
			t.Errorf("money is %q", got)
		}
	}
}
