package party_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
)

// dueTest is a ledger and what one item says of it on several days.
type dueTest struct {
	code, what string
	rows       []row
	days       [][2]string // the day, and what is due: urgencies joined by a space, "" for nothing
	params     map[string]string
	home       []string // fields of the home organisation to set
}

// row is a record: its kind, its id, and pairs of field and text.
type row []string

// ledgerFrom is what opens a ledger in a month: its 期初在册 stands on the last day, and
// it is kept from the next month on.
func ledgerFrom(month string) row {
	return row{"movement", "m0", "person", "p0", "kind", "期初在册", "happened_on", string(model.Month(month).Last())}
}

// dueMember is a full member p1.
func dueMember(pairs ...string) row {
	return append(row{"person", "p1", "name", "张三", "sex", "男", "status", "正式党员", "standing", "在册", "joined_on", "1999-07-01", "confirmed_on", "2000-07-01"}, pairs...)
}

func (d *dueTest) env(t *testing.T, day string) *model.Env {
	t.Helper()
	look := shelf{}
	for _, r := range d.rows {
		look[r[0]] = append(look[r[0]], record(t, r[0], r[1], r[2:]...))
	}
	env := testEnv(t, look)
	set(t, env.Home, d.home...)
	env.Today = model.Date(day)
	packs, err := model.NewPacks(packs.Default(), d.params)
	if err != nil {
		t.Fatal(err)
	}
	env.Packs = packs
	return env
}

func (d *dueTest) said(t *testing.T, day string) (urgencies string, due []model.Due) {
	t.Helper()
	all, err := model.FindDue(d.env(t, day), party.Kinds)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, x := range all {
		if x.Code == d.code {
			due = append(due, x)
			texts = append(texts, x.Urgency.String())
		}
	}
	return strings.Join(texts, " "), due
}

func allDueTests() []dueTest {
	return slices.Concat(admissionDueTests, personDueTests, awayDueTests, movementDueTests, duesDueTests, meetingDueTests, yearDueTests, otherDueTests, monthDueTests, standingDueTests)
}

func TestDue(t *testing.T) {
	for _, d := range allDueTests() {
		t.Run(d.code+" "+d.what, func(t *testing.T) {
			for _, day := range d.days {
				got, due := d.said(t, day[0])
				if got != day[1] {
					t.Errorf("on %s: %q, want %q", day[0], got, day[1])
				}
				for _, x := range due {
					if x.Kind == "" || x.ID == "" || x.Text == "" || x.Source == "" || strings.Contains(x.Text, "%!") {
						t.Errorf("on %s: incomplete: %+v", day[0], x)
					}
				}
			}
		})
	}
}

// Every item is shown to speak and to be silent.
func TestEveryDueItemIsTestedBothWays(t *testing.T) {
	type ways struct{ speaks, silent bool }
	seen := map[string]ways{}
	for _, d := range allDueTests() {
		w := seen[d.code]
		for _, day := range d.days {
			w.speaks = w.speaks || day[1] != ""
			w.silent = w.silent || day[1] == ""
		}
		seen[d.code] = w
	}
	seen["R-LNK-01"] = ways{true, true} // TestLeadersAreLinked
	for _, k := range party.Kinds.Kinds() {
		for _, item := range k.Due {
			if w := seen[item.Code]; !w.speaks || !w.silent {
				t.Errorf("%s (%s): speaks %v, is silent %v", item.Code, item.Text, w.speaks, w.silent)
			}
			delete(seen, item.Code)
		}
	}
	for code := range seen {
		t.Errorf("%s is no due item", code)
	}
}

func TestDueItemsAreComplete(t *testing.T) {
	packs, err := model.NewPacks(packs.Default(), nil)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, k := range party.Kinds.Kinds() {
		for _, item := range k.Due {
			if codes[item.Code] {
				t.Errorf("%s twice", item.Code)
			}
			codes[item.Code] = true
			if item.Text == "" || item.Line == "" || item.Source == "" || item.Find == nil {
				t.Errorf("%s is incomplete", item.Code)
			}
			if item.Table != "" && party.Kinds.Kind(item.Table) == nil {
				t.Errorf("%s opens the unknown table %s", item.Code, item.Table)
			}
			for _, name := range item.Limits {
				packs.Limit(name, today) // panics when there is none
			}
		}
	}
	// What domain.md §3.2, §4.4, §5.3 and §6 name.
	for prefix, n := range map[string]int{"R-DEV-": 14, "R-ORG-": 11, "R-DUE-": 4, "R-MOB-": 4, "R-TRF-": 3, "R-STS-": 6} {
		for i := 1; i <= n; i++ {
			code := prefix + string(rune('0'+i/10)) + string(rune('0'+i%10))
			if !codes[code] {
				t.Errorf("%s is missing", code)
			}
		}
	}
}

func TestDueIsOrderedAndGathered(t *testing.T) {
	d := dueTest{rows: []row{
		ledgerFrom("2025-01"), dueMember("lost_since", "2026-01-05"),
		{"person", "p2", "name", "李四", "sex", "男", "status", "正式党员", "standing", "在册", "joined_on", "1999-07-01", "lost_since", "2026-05-20"},
		{"person", "p3", "name", "王五", "sex", "男", "status", "正式党员", "standing", "在册", "joined_on", "1999-07-01", "lost_since", "2026-02-01"},
	}}
	all, err := model.FindDue(d.env(t, "2026-10-31"), party.Kinds)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if a.Urgency < b.Urgency || a.Urgency == b.Urgency && a.Day > b.Day {
			t.Errorf("%+v stands before %+v", a, b)
		}
	}
	n := 0
	for _, line := range model.DueLines(party.Kinds, all) {
		n += len(line.Due)
		if line.Item.Code == "R-STS-02" && (line.Text != "2 名党员失去联系六个月以上,要研究处理" || line.Urgency != model.Overdue) {
			t.Errorf("the line is %q, %s", line.Text, line.Urgency)
		}
	}
	if n != len(all) {
		t.Errorf("the lines hold %d of %d", n, len(all))
	}
}

// Records of other organisations in a county's ledger are not the county's matter.
func TestDueIsOfTheHomeOrganisation(t *testing.T) {
	d := dueTest{rows: []row{dueMember("lost_since", "2026-01-05")}}
	env := d.env(t, "2026-10-31")
	people, err := env.Look.Find("person")
	if err != nil {
		t.Fatal(err)
	}
	people[0].OrgID = "elsewhere"
	all, err := model.FindDue(env, party.Kinds)
	if err != nil || len(all) > 0 {
		t.Errorf("%v, %v", all, err)
	}
}
