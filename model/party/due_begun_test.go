package party_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
)

// begunRows is a book made on 2026-11-03 and kept from November on: nine members on file
// from the beginning, a party group and a committee of three.
func begunRows() []row {
	rows := []row{ledgerFrom("2026-10")}
	for i := range 9 {
		rows = append(rows, row{"person", "q" + itoa(i), "name", "张三", "sex", "男", "status", "正式党员", "standing", "在册",
			"joined_on", "1999-07-01", "confirmed_on", "2000-07-01", "dues_basis", "农民"})
	}
	return append(rows, row{"organization", "g1", "code", "990101101201", "name", "第一党小组", "kind", "党小组", "domain", "行政村", "parent", "home"},
		row{"position", "b1", "person", "q0", "body", "党组织", "post", "书记", "started_on", "2021-01-01"},
		row{"position", "b2", "person", "q1", "body", "党组织", "post", "副书记", "started_on", "2021-01-01"},
		row{"position", "b3", "person", "q2", "body", "党组织", "post", "组织委员", "started_on", "2021-01-01"})
}

// linesOn gives the work table's lines about a ledger on a day, with their codes.
func linesOn(t *testing.T, env *model.Env) []string {
	t.Helper()
	all, err := model.FindDue(env, party.Kinds)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, l := range model.DueLines(party.Kinds, all) {
		lines = append(lines, l.Item.Code+" "+l.Urgency.String()+" "+l.Text)
	}
	slices.Sort(lines)
	return lines
}

// A book begun in November owes the month's meetings and what the year asks for, and
// says what it can't judge; nothing of the months before is missed.
func TestABookBegunInNovember(t *testing.T) {
	waits := []string{
		"R-ORG-01 提示 支部党员大会:2026-11 起记,满季后判断",
		"R-ORG-05 提示 党课:2026-11 起记,满季后判断",
		"R-ORG-06 将到期 今年还没有开组织生活会",
		"R-ORG-08 将到期 9 名党员今年未谈话",
		"R-ORG-11 提示 学时:2026-11 起记,满一年后判断",
	}
	monthly := func(urgency string) []string {
		return []string{"R-ORG-02 " + urgency + " 支部委员会缺 1 个月", "R-ORG-03 " + urgency + " 党小组会缺 1 次", "R-ORG-04 " + urgency + " 主题党日缺 1 个月"}
	}
	december := []string{"R-DUE-04 将到期 今年还没有公布党费收缴情况", "R-ORG-07 将到期 今年还没有民主评议党员"}
	for _, c := range []struct {
		day  string
		want []string
	}{
		{"2026-11-01", waits},
		{"2026-11-03", waits},
		{"2026-11-19", waits},
		{"2026-11-20", slices.Concat(waits, monthly("将到期"))},
		{"2026-12-01", slices.Concat(waits, monthly("已超期"), december)},
		{"2027-01-01", slices.Concat(monthly("已超期"), []string{"R-DUE-03 提示 今年党费标准还没有核定"})},
	} {
		d := dueTest{rows: begunRows()}
		slices.Sort(c.want)
		got := linesOn(t, d.env(t, c.day))
		got = slices.DeleteFunc(got, func(l string) bool { return strings.HasPrefix(l, "R-DUE-01") })
		if !slices.Equal(got, c.want) {
			t.Errorf("on %s:\n%s\nwant\n%s", c.day, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// papers is a ledger in memory in which some duties were settled on paper.
type papers struct {
	shelf
	settled []model.Settled
}

func (p papers) Settled() ([]model.Settled, error) { return p.settled, nil }

// What was done on paper is silent for that record and that period alone.
func TestSettledOnPaper(t *testing.T) {
	d := dueTest{rows: begunRows()}
	for _, c := range []struct {
		what    string
		settled model.Settled
		day     string
		gone    string // the line that goes
		comes   string // what stands in its place, "" for nothing
	}{
		{"the year's 组织生活会", model.Settled{Code: "R-ORG-06", Kind: "organization", ID: "home", Period: "2026"}, "2026-11-20", "R-ORG-06 将到期 今年还没有开组织生活会", ""},
		{"last year's settles nothing", model.Settled{Code: "R-ORG-06", Kind: "organization", ID: "home", Period: "2025"}, "2026-11-20", "", ""},
		{"another duty settles nothing", model.Settled{Code: "R-ORG-07", Kind: "organization", ID: "home", Period: "2026"}, "2026-11-20", "", ""},
		{"a talk with one of nine", model.Settled{Code: "R-ORG-08", Kind: "person", ID: "q3", Period: "2026"}, "2026-11-20", "R-ORG-08 将到期 9 名党员今年未谈话", "R-ORG-08 将到期 8 名党员今年未谈话"},
		{"the month's 主题党日", model.Settled{Code: "R-ORG-04", Kind: "organization", ID: "home", Period: "2026-11"}, "2026-11-20", "R-ORG-04 将到期 主题党日缺 1 个月", ""},
		{"not that of the next month", model.Settled{Code: "R-ORG-04", Kind: "organization", ID: "home", Period: "2026-11"}, "2026-12-20", "R-ORG-04 已超期 主题党日缺 2 个月", "R-ORG-04 将到期 主题党日缺 1 个月"},
		{"a quarter that can't be judged", model.Settled{Code: "R-ORG-05", Kind: "organization", ID: "home", Period: "2026-Q4"}, "2026-11-20", "R-ORG-05 提示 党课:2026-11 起记,满季后判断", ""},
	} {
		before := linesOn(t, d.env(t, c.day))
		env := d.env(t, c.day)
		env.Look = papers{env.Look.(shelf), []model.Settled{c.settled}}
		want := slices.DeleteFunc(slices.Clone(before), func(l string) bool { return l == c.gone })
		if c.gone != "" && len(want) == len(before) {
			t.Errorf("%s: %q is not among\n%s", c.what, c.gone, strings.Join(before, "\n"))
		}
		if c.comes != "" {
			want = append(want, c.comes)
		}
		slices.Sort(want)
		if got := linesOn(t, env); !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.what, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// On paper counts what was done before the book was made, within its period.
func TestCheckPaper(t *testing.T) {
	d := dueTest{rows: begunRows()}
	env := d.env(t, "2026-11-20")
	env.Home.CreatedAt = "2026-11-03T01:02:03Z"
	for _, c := range []struct {
		period string
		day    model.Date
		code   string
	}{
		{"2026", "2026-01-01", ""}, {"2026", "2026-11-03", ""}, {"2026", "2026-11-04", "E-PAPER-LATE"}, {"2026", "2025-12-31", "E-PAPER-DAY"},
		{"2026", "2026-11-21", "E-PAPER-DAY"}, {"2026-11", "2026-11-01", ""}, {"2026-11", "2026-10-31", "E-PAPER-DAY"},
		{"2026-Q4", "2026-10-01", ""}, {"2026-Q4", "2026-09-30", "E-PAPER-DAY"}, {"", "2026-10-01", "E-PAPER-RECORD"}, {"2026-13", "2026-10-01", "E-PAPER-RECORD"},
	} {
		err := party.CheckPaper(env, model.Due{DueOf: &model.DueOf{Period: c.period}}, c.day)
		got := ""
		if e := (*model.Error)(nil); errors.As(err, &e) {
			got = e.Code
		}
		if got != c.code {
			t.Errorf("%s on %s: %v, want %s", c.period, c.day, err, c.code)
		}
	}
}

// A bar below its goal has its line and the other way round, on every day of two years,
// in a book kept with gaps and in one begun in a November.
func TestStandingsAgreeWithWhatIsDue(t *testing.T) {
	kept := append([]row{ledgerFrom("2025-12")}, begunRows()[1:]...)
	for m := 1; m <= 12; m++ {
		month := fmt.Sprintf("2026-%02d", m)
		if m%3 != 0 {
			kept = append(kept, heldOn("主题党日", month+"-12"), row{"activity", "g" + month, "kind", "党小组会", "title", "学习", "held_by", "g1", "held_on", month + "-05"})
		}
		if m%5 == 0 {
			kept = append(kept, heldOn("支部党员大会", month+"-20", "counts_as", "党课"), heldOn("支部委员会", month+"-02"))
		}
		for p := range 9 {
			if m+p < 14 {
				kept = append(kept, row{"dues", fmt.Sprint("d", m, p), "person", "q" + itoa(p), "month", month, "amount", "0.5", "paid_on", month + "-15"})
			}
		}
	}
	for _, rows := range [][]row{kept, begunRows()} {
		for _, params := range []map[string]string{nil, {"meeting.lecture.year": "1", "joint.village": "1"}, {"meeting.general.quarter": "2", "meeting.theme.month": "0"}} {
			d := dueTest{rows: rows, params: params}
			for day := model.Date("2026-01-01"); day < "2028-01-01"; day = day.AddDays(7) {
				agree(t, d.env(t, string(day)))
			}
		}
	}
}

func agree(t *testing.T, env *model.Env) {
	t.Helper()
	all, standings, err := model.FindDuties(env, party.Kinds)
	if err != nil {
		t.Fatal(err)
	}
	if len(standings) < 5 {
		t.Fatalf("on %s %d standings", env.Today, len(standings))
	}
	for _, s := range standings {
		short, waits := false, false
		for _, x := range all {
			// Who owes dues since last year has one line for both years.
			of, year := x.Code == s.Code, x.Day.Year() == env.Today.Year() || x.Code == "R-DUE-01" && s.Met < s.Asked
			waits = waits || of && x.Waits != ""
			short = short || of && year && x.Waits == ""
		}
		if low := s.Met < s.Asked; s.Figure != "A09.paid_money" && low != short {
			t.Errorf("on %s %s stands at %d of %d, and is due: %v", env.Today, s.Figure, s.Met, s.Asked, short)
		}
		if (s.Wait != "") != waits {
			t.Errorf("on %s %s waits %q, and says so: %v", env.Today, s.Figure, s.Wait, waits)
		}
		if s.Met > s.Asked || s.Met < 0 {
			t.Errorf("on %s %s stands at %d of %d", env.Today, s.Figure, s.Met, s.Asked)
		}
	}
}
