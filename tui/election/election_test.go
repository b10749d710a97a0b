package election_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// desk is the program on a village's ledger; it counts the keys pressed, without those
// that type names.
type desk struct {
	*tuitest.Term
	t    *testing.T
	l    *store.Ledger
	ids  map[string]string
	keys int
}

func (d *desk) Press(keys ...string) {
	d.t.Helper()
	d.keys += len(keys)
	d.Term.Press(keys...)
}

func (d *desk) shows(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.Screen(), s) {
			d.t.Errorf("%q is not on the screen:\n%s", s, d.Screen())
		}
	}
}

func (d *desk) all(kind string, conds ...model.Cond) []*model.Record {
	d.t.Helper()
	p, err := d.l.Page(context.Background(), store.Query{Kind: kind, Conds: conds})
	if err != nil {
		d.t.Fatal(err)
	}
	return p.Records
}

func put(t *testing.T, l *store.Ledger, kind string, set map[string]model.Value) *model.Record {
	t.Helper()
	r, err := l.New(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range set {
		r.Set(name, v)
	}
	s, err := l.Save(context.Background(), model.FromForm, r)
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return s.Records[0]
}

// village has eight members, a secretary and two members of the committee since 2021, a
// first secretary sent in, and the election of that year.
func village(t *testing.T, ascii bool) *desk {
	t.Helper()
	l := sample.NewLedger(t)
	ids := map[string]string{}
	for _, n := range []string{"王大山", "李二河", "赵三江", "钱四海", "孙五湖", "周六平", "吴七安", "郑八顺"} {
		ids[n] = sample.AddPerson(t, l, map[string]model.Value{"name": n, "sex": "男", "birth_date": "1970-03-02",
			"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"}).ID
	}
	for n, post := range map[string]string{"王大山": "书记", "李二河": "组织委员", "赵三江": "委员", "郑八顺": "第一书记"} {
		put(t, l, "position", map[string]model.Value{"person": ids[n], "body": "党组织", "post": post, "started_on": "2021-01-20"})
	}
	put(t, l, "election", map[string]model.Value{"kind": "换届", "method": "公推直选", "held_on": "2021-01-20", "term_no": int64(11), "seats": int64(5),
		"secretary": ids["王大山"], "elected": []string{ids["李二河"], ids["赵三江"]}})
	r := tui.New(context.Background(), tui.Options{Ledger: l, NoColor: true, ASCII: ascii})
	return &desk{Term: sample.StartReal(t, r, 80, 24), t: t, l: l, ids: ids}
}

// elect enters an election of a secretary and four members up to its saving.
func (d *desk) elect() {
	d.t.Helper()
	d.Press("f2", "h", "enter")
	d.shows("照上次(2021-01-20)填好了", "公推直选", "12")
	d.Press("pgdown", "pgdown", "pgdown")
	for _, n := range []string{"王大山", "钱四海", "孙五湖", "周六平", "吴七安"} {
		d.Type(n)
		d.Press("enter")
	}
	d.Press("f2")
	d.shows("[*] 王大山 原任书记(2021-01-20 起)到 2026-10-31 为止", "[*] 李二河 原任组织委员", "[*] 赵三江 原任委员",
		"[*] 王大山 任党组织书记", "[*] 吴七安 任党组织委员", "[*] 石桥村党支部 的本届起始改为 2026-10-31")
	if strings.Contains(d.Screen(), "郑八顺") {
		d.t.Errorf("the first secretary was not elected:\n%s", d.Screen())
	}
}

func TestAnElectionIsFinishedByItsSaving(t *testing.T) {
	d := village(t, false)
	d.elect()
	d.Press("f2")
	d.shows("跟着办好了 9 项(任职 8 条、党组织 1 条)")
	t.Logf("an election: %d keys", d.keys)
	if d.keys > 25 {
		t.Errorf("it took %d keys, 25 are allowed", d.keys)
	}
	open := d.all("position", model.Where("ended_on", model.Empty))
	got := map[string]string{}
	for _, p := range open {
		got[p.Text("person")] = strings.TrimSpace(p.Str("post") + " " + p.Str("started_on") + " " + p.Str("method") + " " + p.Text("term_no"))
	}
	want := map[string]string{"王大山": "书记 2026-10-31 公推直选 12", "钱四海": "委员 2026-10-31 公推直选 12", "孙五湖": "委员 2026-10-31 公推直选 12",
		"周六平": "委员 2026-10-31 公推直选 12", "吴七安": "委员 2026-10-31 公推直选 12", "郑八顺": "第一书记 2021-01-20"}
	if len(got) != len(want) {
		t.Errorf("open positions: %v", got)
	}
	for n, w := range want {
		if got[n] != w {
			t.Errorf("%s: %q, want %q", n, got[n], w)
		}
	}
	if home, err := d.l.Get(context.Background(), "organization", d.l.Home().ID); err != nil || home.Str("term_started_on") != "2026-10-31" {
		t.Errorf("the term begins %s, %v", home.Str("term_started_on"), err)
	}
	// All of it is one undo; the election itself stays.
	if _, err := d.l.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := len(d.all("position", model.Where("ended_on", model.Empty))); n != 4 {
		t.Errorf("%d positions are open after the undo", n)
	}
	if n := len(d.all("election")); n != 2 {
		t.Errorf("%d elections", n)
	}
}

// What is not ticked is not done, and offered again by the next saving.
func TestOffersAreLeftOutAndComeAgain(t *testing.T) {
	d := village(t, false)
	d.elect()
	d.Press("enter", "down", "enter", "f2") // the secretary's and the organiser's stay open
	d.shows("跟着办好了 7 项")
	if n := len(d.all("position", model.Where("ended_on", model.Empty))); n != 8 {
		t.Errorf("%d positions are open", n)
	}
	d.Press("f12")
	d.Type("换届选举")
	d.Press("enter", "enter")
	d.shows("换届一览", "任职和本届起始")
	d.Press("f2", "f2")
	d.shows("[*] 王大山 原任书记", "[*] 李二河 原任组织委员")
	if strings.Contains(d.Screen(), "赵三江") {
		t.Errorf("what is done is offered again:\n%s", d.Screen())
	}
	d.Press("esc")
	d.shows("跟着要办的事都没有办")
}

func TestScreens(t *testing.T) {
	for _, size := range sample.Sizes {
		d := village(t, false)
		d.Resize(size.W, size.H)
		d.elect()
		d.Golden("offers-" + size.Name)
		d.Press("esc")
		d.Press("f12")
		d.Type("换届选举")
		d.Press("enter", "enter")
		d.shows("还有 9 步缺东西")
		d.Golden("page-" + size.Name)
		d.Press("down", "enter")
		d.shows("> 批复文号") // at the step's own field
		if size.W == 80 {
			d.Press("esc")
			d.Resize(60, 20)
			d.shows("窗口太小了:现在宽 60 格、高 20 行")
		}
	}
	d := village(t, true)
	d.elect()
	d.Golden("offers-ascii")
	d.Press("esc", "f12")
	d.Type("换届选举")
	d.Press("enter", "enter")
	d.Golden("page-ascii")
}

// The days of a step's documents come from the papers on file.
func TestDocumentsHaveTheirDays(t *testing.T) {
	d := village(t, false)
	put(t, d.l, "circular", map[string]model.Value{"direction": "发文", "title": "换届请示", "unit": "柳河镇党委", "document_no": "石桥村支〔2026〕1号", "happened_on": "2026-09-01"})
	put(t, d.l, "election", map[string]model.Value{"kind": "补选", "method": "两推一选", "held_on": "2026-10-20", "request_no": "石桥村支〔2026〕1号",
		"elected": []string{d.ids["钱四海"]}})
	d.Press("f12")
	d.Type("换届选举")
	d.Press("enter", "enter")
	d.shows("1 向上级党委请示   2026-09-01                石桥村支〔2026〕1号", "补选 两推一选")
}
