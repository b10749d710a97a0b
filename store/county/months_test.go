package county_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

// calendar is an office and its villages on a clock that a test turns.
type calendar struct {
	*office
	t   *testing.T
	now time.Time
}

func newCalendar(t *testing.T, day string) *calendar {
	t.Helper()
	c := &calendar{office: &office{}, t: t}
	c.turn(day)
	dir := t.TempDir()
	o := options(filepath.Join(dir, "county"))
	o.Source = c.clock(1)
	res, err := county.Init(ctx, o)
	must(t, err)
	file, err := os.ReadFile(res.Key)
	must(t, err)
	c.key, err = bundle.ParseCountyKey(file, "")
	must(t, err)
	c.profile, err = os.ReadFile(res.Profile)
	must(t, err)
	c.stick = filepath.Join(dir, "stick")
	must(t, os.Mkdir(c.stick, 0o700))
	c.l, err = book.Open(ctx, res.DB, store.Options{Source: c.clock(9)})
	must(t, err)
	t.Cleanup(func() { must(t, c.l.Close()) })
	return c
}

func (c *calendar) clock(seed byte) *model.Source {
	return &model.Source{Now: func() time.Time { return c.now }, Rand: &counter{seed}}
}

func (c *calendar) turn(day string) { c.now = model.Date(day).Time().Add(9 * time.Hour) }

// begin makes a village's ledger kept from a month on, with some members of a list.
func (c *calendar) begin(n int, first model.Month, members int) *village {
	c.t.Helper()
	code := fmt.Sprintf("99010110120%d", n)
	l, err := book.Create(ctx, filepath.Join(c.t.TempDir(), "ledger.db"), store.Home{Code: code, Name: names[n-1], Kind: "党支部", Domain: "行政村",
		Township: "云溪镇", FirstMonth: first}, store.Options{Source: c.clock(byte(30 * n))})
	must(c.t, err)
	c.t.Cleanup(func() { must(c.t, l.Close()) })
	must(c.t, send.SetProfile(ctx, l, c.profile))
	for i := range members {
		r, err := l.New(ctx, "person")
		must(c.t, err)
		for name, value := range map[string]string{"name": fmt.Sprintf("党员%c", '甲'+rune(i)), "sex": "男", "status": "正式党员", "standing": "在册",
			"birth_date": fmt.Sprintf("19%d0-03-0%d", 6+n%3, i+1), "joined_on": "2001-07-01", "confirmed_on": "2002-07-01"} {
			r.Set(name, value)
		}
		_, err = l.Save(ctx, model.FromSheet, r)
		must(c.t, err)
	}
	return &village{l, c.office, code}
}

var names = []string{"石桥村党支部", "柳湾村党支部", "李家村党支部", "王家村党支部"}

// report exports a village's month and takes it in.
func (c *calendar) report(v *village, month model.Month) {
	c.t.Helper()
	sent, err := send.Export(ctx, v.Ledger, send.Options{Dir: c.stick, Month: month, AllowErrors: true})
	must(c.t, err)
	if in := c.one(c.t, sent.Path); in.Verdict != county.Accepted && in.Verdict != county.Partly {
		c.t.Fatalf("%s of %s: %s %s", month, v.code, in.Verdict, in.Reason)
	}
}

// wantStates compares how the units stand in a month, in the order of names.
func (c *calendar) wantStates(month model.Month, deadline model.Date, sum string, states ...string) {
	c.t.Helper()
	r, err := county.Status(ctx, c.l, month)
	must(c.t, err)
	slices.SortFunc(r.Units, func(a, b county.UnitReport) int { return strings.Compare(a.Code, b.Code) })
	got := make([]string, 0, len(r.Units))
	wanted := 0
	for i := range r.Units {
		got = append(got, r.Units[i].State)
		wanted += model.OneIf(r.Units[i].Due && !r.Units[i].In())
	}
	if r.Deadline != deadline || r.All.Sum() != sum || !slices.Equal(got, states) {
		c.t.Errorf("%s by %s: %s %v\nwant %s: %s %v", month, r.Deadline, r.All.Sum(), got, deadline, sum, states)
	}
	if g := r.Reminder("县", "2026-09-30"); len(g.Rows) != wanted || len(r.ReminderSheet("县", "澄安县", "2026-09-30").Blocks) == 0 {
		c.t.Errorf("%s: %d on the reminder, %d have not reported", month, len(g.Rows), wanted)
	}
	g := r.Sheet("县", "2026-09-30")
	if !strings.Contains(g.Subtitle, sum) || len(g.Rows) != len(states) {
		c.t.Errorf("%s: sheet %s, %d rows", month, g.Subtitle, len(g.Rows))
	}
}

// wantMembers compares the members of a month's summary: all of them, then by unit; — where
// nothing is known.
func (c *calendar) wantMembers(month model.Month, reported bool, want ...string) *count.Report {
	c.t.Helper()
	b, err := county.ReadReport(ctx, c.l, count.Ask{Month: month, By: count.ByOrganisation, Reported: reported, Indicators: []string{"A02", "A12"}})
	must(c.t, err)
	row := b.Rows()[2]
	if row.Figure.Key != "members" {
		c.t.Fatalf("row %+v", row)
	}
	var got []string
	for i := range b.Columns {
		if col := &b.Columns[i]; col.Key != "990101" { // the county's own
			got = append(got, row.Text(col))
		}
	}
	if !slices.Equal(got, want) {
		c.t.Errorf("members of %s, reported %v: %v, want %v", month, reported, got, want)
	}
	groups, _ := b.JSON()["groups"].([]map[string]any)
	for i, g := range groups {
		if absent := b.Columns[i+1].Absent; absent != (len(g["indicators"].(map[string]any)) == 0) {
			c.t.Errorf("JSON of %s: %v", b.Columns[i+1].Title, g)
		}
	}
	return b
}

// TestHonestMonths plays a summer: a month skipped, one reported late, one corrected, a
// deadline changed in the middle of a month, and a village begun in August.
func TestHonestMonths(t *testing.T) {
	c := newCalendar(t, "2026-06-20")
	must(t, c.l.SetUnits(ctx, units("990101101201", "云溪镇", names[0], "990101101202", "云溪镇", names[1], "990101101203", "云溪镇", names[2],
		"990101101204", "云溪镇", names[3])))
	c.wantStates("2026-05", "2026-06-05", "应报 4,实报 0", "未报", "未报", "未报", "未报") // nothing was ever received
	a, b := c.begin(1, "2026-06", 3), c.begin(2, "2026-06", 2)
	c.turn("2026-07-02")
	c.report(a, "2026-06")
	c.report(b, "2026-06")
	c.wantStates("2026-06", "2026-07-05", "应报 4,实报 2", "已报", "已报", "未报", "未报")
	c.wantStates("2025-03", "2025-04-05", "应报 0,实报 0,未建账 4", "未建账", "未建账", "未建账", "未建账") // it said 实报 2

	c.turn("2026-07-20")
	_, err := county.Set(ctx, c.l, c.key, county.ProfilePath(c.l), []string{"deadline_day=10"})
	must(t, err)
	c.turn("2026-08-03")
	c.report(a, "2026-07")
	c.turn("2026-08-12")
	begun := c.begin(3, "2026-08", 4)
	c.turn("2026-09-08")
	for _, v := range []*village{a, b, begun} {
		c.report(v, "2026-08")
	}
	const later = "本月未报(以后月份已报)"
	c.wantStates("2026-06", "2026-07-05", "应报 3,实报 2,未建账 1", "已报", "已报", "未建账", "未报")
	c.wantStates("2026-07", "2026-08-05", "应报 3,实报 1,未建账 1", "已报", later, "未建账", "未报") // the deadline of its first day
	c.wantStates("2026-08", "2026-09-10", "应报 4,实报 3", "已报", "已报", "已报", "未报")         // in time by the new one

	july := c.wantMembers("2026-07", false, "5", "3", "2", "—")
	if text := july.Title(); !strings.HasSuffix(text, "(应报 3,实报 1,未建账 1)") {
		t.Error(text)
	}
	if text := strings.Join(july.Notes(), "\n"); !strings.Contains(text, "还有 2 个单位没有报,A12 组织覆盖率 的比例要各单位报齐了才作数") {
		t.Error(text)
	}
	if need := fmt.Sprint(july.JSON()["need_every_unit"]); need != "[A12.covered]" {
		t.Error(need)
	}
	c.wantMembers("2026-07", true, "3", "3", "—", "—")
	c.wantMembers("2026-08", false, "9", "3", "2", "4") // in the month in which it was begun
	c.wantMembers("2025-03", false, "—", "—", "—", "—")

	c.turn("2026-09-12")
	sealed, err := county.CloseMonth(ctx, c.l, "2026-07", false)
	must(t, err)
	if got := fmt.Sprint(sealed.Returns.Reported, sealed.Returns.NotBegun, len(sealed.Returns.Older)); got != "[990101101201] 1 2" {
		t.Errorf("who reported at closing: %s", got)
	}
	seal, err := count.SealOf(ctx, c.l, "2026-07")
	must(t, err)
	c.report(b, "2026-07") // late
	c.report(a, "2026-08") // put right
	c.wantStates("2026-07", "2026-08-05", "应报 3,实报 2,未建账 1", "已报", "逾期报", "未建账", "未报")
	c.wantStates("2026-08", "2026-09-10", "应报 4,实报 3", "已报", "已报", "已报", "未报")
	c.wantMembers("2026-07", false, "5", "3", "2", "—")
	if again, err := count.SealOf(ctx, c.l, "2026-07"); err != nil || string(again.Content) != string(seal.Content) {
		t.Errorf("the closed month has changed: %v", err)
	}
	if _, err := county.ReadReport(ctx, c.l, count.Ask{Month: "2026-07", Reported: true}); code(err) != "E-SEALED" {
		t.Errorf("those who have reported of a closed month: %v", err)
	}
	if _, err := county.ReadReport(ctx, a.Ledger, count.Ask{Month: "2026-08", Reported: true}); code(err) != "E-COUNTY" {
		t.Errorf("those who have reported in a village: %v", err)
	}
}

// TestDeadlineOf: a month keeps the deadline of its first day, whatever comes later.
func TestDeadlineOf(t *testing.T) {
	c := newCalendar(t, "2026-06-20")
	set := func(day, value string) {
		t.Helper()
		c.turn(day)
		_, err := county.Set(ctx, c.l, c.key, county.ProfilePath(c.l), []string{"deadline_day=" + value})
		must(t, err)
	}
	set("2026-07-15", "8")
	set("2026-07-15", "10") // twice on one day
	set("2026-09-01", "3")  // on the first day of a month: it holds for it
	set("2026-09-20", "3")  // no change
	for month, want := range map[model.Month]model.Date{"2024-01": "2024-02-05", "2026-07": "2026-08-05", "2026-08": "2026-09-10", "2026-09": "2026-10-03", "2027-02": "2027-03-03"} {
		got, err := county.DeadlineOf(ctx, c.l, month)
		must(t, err)
		if got != want {
			t.Errorf("deadline of %s: %s, want %s", month, got, want)
		}
	}
}

// TestRetiredUnitIsNotAsked: a unit that is no more is asked to the last whole month, and
// stands apart afterwards with what it has sent.
func TestRetiredUnitIsNotAsked(t *testing.T) {
	c := newCalendar(t, "2026-07-02")
	must(t, c.l.SetUnits(ctx, units("990101101201", "云溪镇", names[0], "990101101202", "云溪镇", names[1])))
	a, b := c.begin(1, "2026-06", 3), c.begin(2, "2026-06", 2)
	c.report(a, "2026-06")
	c.report(b, "2026-06")
	c.turn("2026-09-02")
	must(t, county.Retire(ctx, c.l, county.Retirement{Code: b.code, On: "2026-08-15"}))
	c.report(a, "2026-08")
	c.wantStates("2026-07", "2026-08-05", "应报 2,实报 0", "本月未报(以后月份已报)", "未报")
	c.wantStates("2026-08", "2026-09-05", "应报 1,实报 1,已撤销 1", "已报", "已撤销")
}
