package county_test

import (
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
	"taizhang/store/send"
)

func clockAt(at time.Time, seed byte) *model.Source {
	return &model.Source{Now: func() time.Time { return at }, Rand: &counter{seed}}
}

// TestClocks: a village and its county whose computers believe in one of these years do all
// of a month's work, or say in words why not; nothing falls over.
func TestClocks(t *testing.T) {
	cases := []struct {
		name string
		at   time.Time
		all  bool // everything is done
	}{
		{"the clock's battery is empty", time.Date(1970, 1, 1, 8, 0, 0, 0, time.UTC), true},
		{"the last second of 32 bits", time.Date(2038, 1, 19, 3, 14, 7, 0, time.UTC), true},
		{"one after it", time.Date(2038, 1, 19, 3, 14, 8, 0, time.UTC), true},
		{"2099", time.Date(2099, 12, 31, 23, 59, 59, 0, time.UTC), true},
		{"after what dates allow", time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC), false},
		{"before what dates allow", time.Date(1799, 12, 31, 0, 0, 0, 0, time.UTC), false},
		{"the year 1", time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), false},
		{"five digits", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, err := range monthAt(t, c.at) {
				var known *model.Error
				var refusal *store.Refusal
				switch {
				case err == nil:
				case c.all:
					t.Error(err)
				case !errors.As(err, &known) && !errors.As(err, &refusal):
					t.Errorf("not in words: %v", err)
				}
			}
		})
	}
}

// monthAt does a month's work at a moment and gives what went wrong at each step.
func monthAt(t *testing.T, at time.Time) []error {
	t.Helper()
	dir := t.TempDir()
	o := options(filepath.Join(dir, "county"))
	o.Source = clockAt(at, 1)
	res, err := county.Init(ctx, o)
	if err != nil {
		return []error{err}
	}
	file, err := os.ReadFile(res.Key)
	must(t, err)
	key, err := bundle.ParseCountyKey(file, "")
	must(t, err)
	profile, err := os.ReadFile(res.Profile)
	must(t, err)
	l, err := book.Open(ctx, res.DB, store.Options{Source: clockAt(at, 50)})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	v, err := book.CreateWith(ctx, filepath.Join(dir, "ledger.db"), store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"},
		profile, store.Options{Source: clockAt(at, 99)})
	if err != nil {
		return []error{err}
	}
	defer func() { must(t, v.Close()) }()
	var all []error
	note := func(err error) { all = append(all, err) }
	r, err := v.New(ctx, "person")
	must(t, err)
	for name, text := range map[string]string{"name": "张三", "sex": "男", "status": "群众", "standing": "在册"} {
		f := r.Kind.Field(name)
		value, err := f.Type.ParseCSV(f, text)
		must(t, err)
		r.Set(name, value)
	}
	_, err = v.Save(ctx, model.FromForm, r)
	note(err)
	note(v.SaveDraft(ctx, &store.Draft{Kind: "person"}))
	_, err = v.Due(ctx, v.Source().Today())
	note(err)
	note(v.CheckAll(ctx, func(store.Problem) error { return nil }))
	if p, err := count.MonthPeriod(v, v.Source().Today().Month()); err != nil {
		note(err)
	} else {
		_, err = count.Summarize(ctx, v, count.SummaryQuery{Period: p})
		note(err)
	}
	sent, err := send.Export(ctx, v, send.Options{Dir: dir, AllowErrors: true})
	note(err)
	if err != nil {
		return all
	}
	_, err = county.Receive(ctx, l, key, []string{sent.Path}, county.ReceiveOptions{})
	note(err)
	receipts, err := county.Receipts(ctx, l, key, dir, "")
	note(err)
	for _, path := range receipts {
		data, err := os.ReadFile(path)
		must(t, err)
		_, err = send.TakeReceipt(ctx, v, data)
		note(err)
	}
	_, err = county.Status(ctx, l, sent.Month)
	note(err)
	note(v.Backup(ctx, filepath.Join(dir, v.BackupName())))
	_, err = send.ClockNotice(ctx, v)
	note(err)
	return all
}

// TestClockNotice: what is said of the computer's date beside the last thing written down,
// in the village and at the county.
func TestClockNotice(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 5)
	v.person(t, "张三")
	o.one(t, v.export(t).Path) // all at 2026-10-31 09:00 UTC
	day := func(d int) time.Time { return time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC).AddDate(0, 0, d) }
	for _, l := range []*store.Ledger{v.Ledger, o.l} {
		for _, c := range []struct {
			now  time.Time
			want []string
		}{
			{day(0), nil}, {day(-1), nil}, {day(1), nil}, {day(365), nil},
			{day(-2), []string{"2026年10月29日", "2026年10月31日", "还早", "调整日期和时间"}},
			{time.Unix(0, 0), []string{"1970年1月1日", "2026年10月31日", "还早"}},
			{day(368), []string{"2027年11月3日", "2026年10月31日", "晚了一年多"}},
			{time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), []string{"2099年1月1日", "晚了一年多"}},
		} {
			l.Source().Now = func() time.Time { return c.now }
			got, err := send.ClockNotice(ctx, l)
			must(t, err)
			if (got == "") != (c.want == nil) {
				t.Errorf("%s: %q", c.now, got)
			}
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("%s: no %q in %q", c.now, w, got)
				}
			}
		}
	}
}

// TestOrderWithoutClock: with a clock that runs backwards from entry to entry the last one
// written stays the last one: in the history, among drafts, in the recycle bin and among the
// bundles, at the village and at the county.
func TestOrderWithoutClock(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 5)
	now := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	v.Source().Now = func() time.Time { return now }
	back := func() { now = now.Add(-48 * time.Hour) }
	first := v.person(t, "张三")
	back()
	second := v.person(t, "李四")
	past, err := v.Recent(ctx, 1)
	must(t, err)
	if len(past) != 1 || past[0].ID != second.ID {
		t.Errorf("recent: %v", past)
	}
	for _, label := range []string{"早", "晚"} {
		back()
		must(t, v.SaveDraft(ctx, &store.Draft{Kind: "person", Label: label}))
	}
	drafts, err := v.Drafts(ctx)
	must(t, err)
	if drafts[0].Label != "晚" {
		t.Errorf("drafts: %v", drafts)
	}
	one := v.export(t)
	o.one(t, one.Path)
	back()
	two := v.export(t)
	if got := o.one(t, two.Path); got.Verdict == county.Refused {
		t.Errorf("a later number with an earlier date: %v", got)
	}
	sent, err := send.SentBundles(ctx, v.Ledger)
	must(t, err)
	if sent[0].Sequence != two.Sequence {
		t.Errorf("bundles: %v", sent)
	}
	for _, r := range []*model.Record{first, second} {
		back()
		must(t, v.Delete(ctx, "person", r.ID))
	}
	bin, err := v.Bin(ctx)
	must(t, err)
	if len(bin) != 2 || bin[0].ID != second.ID {
		t.Errorf("recycle bin: %v", bin)
	}
	if _, err := v.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if bin, err = v.Bin(ctx); err != nil || len(bin) != 1 || bin[0].ID != first.ID {
		t.Errorf("after undo: %v %v", bin, err)
	}
}
