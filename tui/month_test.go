package tui_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/demo"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// desk is the program on a village's ledger; it counts the keys pressed. Names and topics
// are typed and not counted, as a person counts.
type desk struct {
	*tuitest.Term
	t    *testing.T
	l    *store.Ledger
	keys int
	all  int // over the month, what is typed included
}

func (d *desk) press(keys ...string) {
	d.t.Helper()
	d.keys += len(keys)
	d.all += len(keys)
	d.Press(keys...)
}

func (d *desk) text(s string) {
	d.t.Helper()
	d.all += len([]rune(s))
	d.Type(s)
}

// spent fails when an act took more keys than it may, and begins the next.
func (d *desk) spent(what string, most int) {
	d.t.Helper()
	d.t.Logf("%-40s %2d keys, at most %d", what, d.keys, most)
	if d.keys > most {
		d.t.Errorf("%s took %d keys, at most %d are allowed", what, d.keys, most)
	}
	d.keys = 0
}

func (d *desk) shows(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.Screen(), s) {
			d.t.Fatalf("%q is not on the screen:\n%s", s, d.Screen())
		}
	}
}

// home goes back to the work table.
func (d *desk) home() {
	d.t.Helper()
	for range 6 {
		if strings.Contains(d.Row(0), "工作台") {
			return
		}
		d.Press("esc")
	}
	d.t.Fatalf("no way back to the work table:\n%s", d.Screen())
}

// openAt opens a ledger as it is on the 20th of November 2026.
func openAt(t *testing.T, path string) *store.Ledger {
	t.Helper()
	at := time.Date(2026, 11, 20, 19, 0, 0, 0, time.Local)
	l, err := book.Open(context.Background(), path, store.Options{Source: &model.Source{Now: func() time.Time { return at }, Rand: sample.NewDice(77)}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func begin(t *testing.T, l *store.Ledger, drive string) *desk {
	t.Helper()
	r := tui.New(context.Background(), tui.Options{Ledger: l, NoColor: true, Drives: func() []string { return []string{drive} }})
	d := &desk{Term: sample.StartReal(t, r, 80, 24), t: t, l: l}
	d.WaitFor("今天办什么")
	return d
}

// count counts the records of a kind that meet conditions.
func (d *desk) count(kind string, conds ...model.Cond) int {
	d.t.Helper()
	n, err := d.l.Count(context.Background(), store.Query{Kind: kind, Conds: conds})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

// members gives the names of the members on file that nobody else bears.
func (d *desk) members() []string {
	d.t.Helper()
	k := d.l.Kinds().Kind("person")
	view, _ := k.View("在册党员")
	p, err := d.l.Page(context.Background(), store.Query{Kind: "person", Conds: view.Conds("2026-11-20")})
	if err != nil {
		d.t.Fatal(err)
	}
	var names []string
	for _, r := range p.Records {
		names = append(names, r.Str("name"))
	}
	return names
}

// TestAMonth acts a month out, keys only, on the made-up village of 26 members.
func TestAMonth(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	res, err := demo.Village(ctx, dir, demo.Options{Members: 26})
	if err != nil {
		t.Fatal(err)
	}
	stick := t.TempDir()
	d := begin(t, openAt(t, res.Ledger), stick)
	names := d.members()
	d.dues()
	d.meeting(names[len(names)-6:])
	d.talks(26)
	d.young()
	d.death(names[3])
	d.election(names[5:10])
	d.report("", stick, 25)
	office := openAt(t, res.County)
	key, err := bundle.ParseCountyKey([]byte(sample.Read(t, res.Key)), "")
	if err != nil {
		t.Fatal(err)
	}
	d.accepted(ctx, office, key, stick)
	if err := office.Close(); err != nil {
		t.Error(err)
	}
	t.Logf("%d keys in all, names and topics included", d.all)
}

// TestAMonthFromAList acts the first month of a village out whose member list came as an
// Excel file: the list read in, the dues' standard set for all, then as in TestAMonth what
// needs no year before.
func TestAMonthFromAList(t *testing.T) {
	ctx := context.Background()
	office, key, stick := sample.Office(t)
	office.Source().Now = func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.Local) } // the report comes in the day after
	profile := county.ProfilePath(office)
	path := filepath.Join(t.TempDir(), "ledger.db")
	made, err := book.Create(ctx, path, store.Home{Code: "990101001", Name: "石桥村党总支", Kind: "党支部", Domain: "行政村", Township: "柳河镇"},
		store.Options{Source: &model.Source{Now: func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.Local) }, Rand: sample.NewDice(31)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(t.TempDir(), "roster.xlsx") // what is rejected is written beside it
	if err := os.WriteFile(list, []byte(sample.Read(t, filepath.Join("testdata", "roster.xlsx"))), 0o600); err != nil {
		t.Fatal(err)
	}
	d := begin(t, openAt(t, path), stick)
	d.readList(list)
	names := d.members()
	d.standard()
	d.dues()
	d.firstMeeting(names[len(names)-5:])
	d.talksBy(names[0], len(names))
	d.death(names[3])
	d.report(profile, stick, 25)
	d.accepted(ctx, office, key, stick)
	t.Logf("%d keys in all, names and topics included", d.all)
}

// readList reads the member list in from the table of persons.
func (d *desk) readList(path string) {
	d.t.Helper()
	d.press("f12")
	d.text("人员")
	d.press("enter", "f7")
	d.shows("读入")
	d.text("读入")
	d.press("enter", "ctrl+u")
	d.text(path)
	d.press("enter")
	d.WaitFor("收入 26,更新 0,重复 0,拒收 4")
	d.press("enter")
	d.WaitFor("收入了 26 条")
	d.press("enter")
	d.home()
}

// standard sets what all pay a month.
func (d *desk) standard() {
	d.t.Helper()
	d.press("f12")
	d.text("人员")
	d.press("enter", "ctrl+a")
	d.text("设一项")
	d.press("enter")
	d.text("月缴党费")
	d.press("enter")
	d.text("0.5")
	d.press("f2")
	d.shows("要记 26 人")
	d.press("f2")
	d.shows("已把 26 人的“月缴党费”改为 0.50")
	d.spent("one standard for all", 16)
	d.home()
}

// firstMeeting enters a 支部党员大会 where there is none before it.
func (d *desk) firstMeeting(away []string) {
	d.t.Helper()
	d.press("f2", "enter", "enter")
	d.shows("新增组织活动", "11月支部党员大会")
	d.toRoll()
	d.press("enter")
	for _, n := range away {
		d.text(n)
		d.press("enter")
	}
	d.press("f2")
	d.shows("已保存:组织活动 2026-11-20")
	d.spent("the first 支部党员大会, five away", 30)
	d.home()
}

// talksBy writes the talks with all members of one evening, held by the first of them.
func (d *desk) talksBy(talker string, n int) {
	d.t.Helper()
	d.press("f12")
	d.text("人员")
	d.press("enter", "ctrl+a", "enter")
	d.shows("谈心谈话:")
	d.press("enter")
	d.text(talker)
	d.press("enter")
	d.text("冬季谈心")
	d.press("f2")
	d.shows("要记 ")
	d.press("f2")
	d.shows("各记一条谈心谈话")
	d.spent("talks with all members", 30)
	if got := d.count("talk"); got != n-1 {
		d.t.Errorf("%d talks were written, want %d", got, n-1)
	}
	d.home()
}
