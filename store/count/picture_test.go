package count_test

import (
	"maps"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/internal/storetest"
)

// wantPicture compares a picture's numbers with those counted by hand.
func (c *counted) wantPicture(i *count.Indicator, from, to model.Date, want map[string]int64) {
	c.t.Helper()
	if got := c.count(i, from, to); !maps.Equal(got, want) {
		c.t.Errorf("%s from %s to %s is\n%v, by hand\n%v", i.Title, from, to, got, want)
	}
}

func TestPicturesAreWellDeclared(t *testing.T) {
	for _, i := range count.Pictures() {
		if err := i.Validate(); err != nil {
			t.Error(err)
		}
		if slices.ContainsFunc(count.Indicators(), func(o *count.Indicator) bool { return o.Code == i.Code }) {
			t.Errorf("%s stands in the summary", i.Code)
		}
	}
}

func TestPictureAges(t *testing.T) {
	c := countedCounty(t, "a", "b")
	c.member("a", "甲", "birth_date", "1990-07-01") // 35 on the day, 36 the day after
	c.member("a", "乙", "birth_date", "1996-07-01") // 29 on the day, 30 the day after
	c.member("a", "丙", "birth_date", "1996-06-30") // 30 on the day
	c.member("b", "丁", "birth_date", "1936-06-30", "sex", "女")
	c.member("b", "戊", "birth_date", "1920-01-01", "sex", "女") // over a hundred
	c.member("b", "己", "birth_date", "", "sex", "女")
	c.member("b", "庚", "birth_date", "1990-01-01", "deleted", "2026-05-01T00:00:00Z")
	c.add("b", "person", "name", "辛", "birth_date", "1990-01-01") // no member
	c.wantPicture(count.PictureAges, yearFirst, onTheDay, map[string]int64{"men 30": 2, "men 20": 1, "women 90": 1, "women 100": 1, "women 不详": 1})
	c.wantPicture(count.PictureAges, yearFirst, "2026-07-01", map[string]int64{"men 30": 3, "women 90": 1, "women 100": 1, "women 不详": 1})
}

// The months of the picture add up to what A09 counts over them.
func TestPictureDues(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲", "monthly_dues", "200")
	c.member("a", "乙", "monthly_dues", "100", "dues_basis", "免交")
	c.come("a", "丙", "转入", "2026-02-10", "monthly_dues", "300")
	c.member("a", "丁", "monthly_dues", "500", "standing", "转出", "left_on", "2026-03-10")
	c.add("a", "movement", "person", "丁", "kind", "转出", "happened_on", "2026-03-10")
	c.member("a", "戊") // nothing said of how much
	for _, d := range [][]string{
		{"甲", "2026-01", "200", "2026-01-15", "现金"},
		{"甲", "2026-02", "150", "2026-02-15", "现金"},
		{"甲", "2026-03", "200", "2026-04-01", "现金"}, // after the day
		{"乙", "2026-01", "100", "2026-01-15", "现金"}, // owes nothing
		{"丙", "2026-01", "300", "2026-02-15", "现金"}, // was no member yet
		{"丙", "2026-02", "300", "2026-02-20", "流入地交"},
		{"丙", "2026-03", "300", "2026-03-31", "现金"},
		{"丁", "2026-03", "500", "2026-03-05", "现金"}, // gone at the month's end
	} {
		c.add("a", "dues", "person", d[0], "month", d[1], "amount", d[2], "paid_on", d[3], "method", d[4])
	}
	c.wantPicture(count.PictureDues, yearFirst, "2026-03-31", map[string]int64{
		"due 2026-01": 3, "due 2026-02": 4, "due 2026-03": 3, "paid 2026-01": 1, "paid 2026-02": 2, "paid 2026-03": 1,
		"due_money 2026-01": 700, "due_money 2026-02": 700, "due_money 2026-03": 500, "paid_money 2026-01": 200, "paid_money 2026-02": 150, "paid_money 2026-03": 300})
	c.wantPicture(count.PictureDues, "2025-12-01", "2025-12-31", map[string]int64{"due 2025-12": 3, "due_money 2025-12": 700})
	whole := c.count(count.PictureDues, yearFirst, "2026-03-31")
	sums := map[string]int64{}
	for key, n := range whole {
		sums[key[:len(key)-len(" 2026-01")]] += n
	}
	c.want("A09", yearFirst, "2026-03-31", sums)
}

func TestPictureAttendance(t *testing.T) {
	c := countedCounty(t, "a")
	for _, p := range []string{"甲", "乙", "丙"} {
		c.member("a", p)
	}
	c.add("a", "activity", "kind", "党课", "title", "一", "held_on", "2026-01-31", "attendance", "甲=到会;乙=请假-公务;丙=到会")
	c.add("a", "activity", "kind", "主题党日", "title", "二", "held_on", "2026-02-01", "attendance", "甲=无故缺席")
	c.add("a", "activity", "kind", "主题党日", "title", "三", "held_on", "2026-02-10", "attendance", "甲=到会;乙=到会")
	c.add("a", "activity", "kind", "主题党日", "title", "四", "held_on", "2026-02-11") // no roll
	c.add("a", "activity", "kind", "主题党日", "title", "五", "held_on", "2026-07-01", "attendance", "甲=到会")
	c.add("a", "activity", "kind", "党课", "title", "六", "held_on", "2026-01-05", "attendance", "甲=到会", "deleted", "2026-05-01T00:00:00Z")
	c.wantPicture(count.PictureAttendance, yearFirst, onTheDay, map[string]int64{"held 2026-01": 1, "due 2026-01": 3, "present 2026-01": 2,
		"held 2026-02": 2, "due 2026-02": 3, "present 2026-02": 2})
}

// Behind a row stand those that have it, and with Less those that lack it.
func TestBehindParts(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲", "monthly_dues", "200")
	c.member("a", "乙", "monthly_dues", "100")
	c.add("a", "dues", "person", "甲", "month", "2026-01", "amount", "200", "paid_on", "2026-01-15")
	c.add("a", "activity", "kind", "党课", "title", "一", "held_on", "2026-01-31", "attendance", "甲=到会;乙=请假-公务")
	c.settle()
	q := count.SummaryQuery{OnFile: true, Period: count.Period{From: yearFirst, To: onTheDay}, Indicators: count.Pictures()}
	part := func(code, figure string) count.FigurePart {
		return count.FigurePart{Indicator: code, Figure: figure, Part: "2026-01"}
	}
	paid, present := part("P02", "paid"), part("P03", "present")
	lists, err := count.BehindParts(t.Context(), c.l, q, "", []count.BehindPart{
		{Of: part("P02", "due"), Less: &paid}, {Of: paid}, {Of: part("P03", "due"), Less: &present}})
	storetest.Must(t, err)
	var got []string
	for _, list := range lists {
		for _, b := range list {
			got = append(got, b.Label)
			if b.N != 1 {
				t.Errorf("%+v adds %d", b, b.N)
			}
		}
		got = append(got, "|")
	}
	if want := []string{"乙", "|", "甲", "|", "2026-01-31 一", "|"}; !slices.Equal(got, want) {
		t.Errorf("behind stand %q, not %q", got, want)
	}
}

// A goal's line is that of the summary, the parts of a split figure together.
func TestGoalLines(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲", "monthly_dues", "200")
	c.member("a", "乙", "monthly_dues", "100")
	c.add("a", "dues", "person", "甲", "month", "2026-01", "amount", "200", "paid_on", "2026-01-15")
	c.settle()
	b, err := count.ReadReport(t.Context(), c.l, count.Ask{Month: "2026-01", Indicators: count.GoalCodes()})
	storetest.Must(t, err)
	found := false
	for _, g := range b.GoalLines(false) {
		if g.Share.Of <= 0 {
			t.Errorf("%s has nothing to be a share of", g.Title)
		}
		if g.Line.Code == "A09" && g.Figure.Key == "paid" {
			found = true
			if g.Share.N != 1 || g.Share.Of != 2 || g.Standing != count.Short || g.Title != "党费已缴" {
				t.Errorf("the line is %+v", g)
			}
		}
	}
	if all := b.GoalLines(true); !found || len(all) != len(count.Goals()) {
		t.Errorf("found %v; %d of %d goals", found, len(all), len(count.Goals()))
	}
}
