package model_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
)

// generalCase is a record and what the rules of every kind say of it: codes, those of
// warnings in brackets.
type generalCase struct {
	name, kind string
	set        []string
	raw        map[string]model.Value // values that no typed text gives
	old        bool                   // it stands on file as it is
	want       string
}

var generalCases = []generalCase{
	{name: "right", kind: "neighbor", set: []string{"name", "张三", "card", "990101197003150016", "born", "1970-03-15", "phone", "10012345678"}},
	{name: "a required field is empty", kind: "neighbor", set: []string{"away", "近处"}, want: "E-REQUIRED"},
	{name: "a number out of bounds", kind: "meeting", set: []string{"title", "下棋", "hours", "13"}, want: "E-TYPE"},
	{name: "the last number in bounds", kind: "meeting", set: []string{"title", "下棋", "hours", "12"}},
	{name: "a choice not listed", kind: "neighbor", set: []string{"name", "张三", "phone", "10012345678"}, raw: map[string]model.Value{"sex": "外星人"}, want: "E-CHOICE"},
	{name: "a state not listed", kind: "meeting", set: []string{"title", "下棋"}, raw: map[string]model.Value{"attendance": []model.Mark{{Target: "p1", State: "睡了"}}}, want: "E-CHOICE"},
	{name: "an ID number of 17", kind: "neighbor", set: []string{"name", "张三", "phone", "10012345678", "card", "99010119700315001"}, want: "E-ID-01"},
	{name: "an ID number of no day", kind: "neighbor", set: []string{"name", "张三", "phone", "10012345678", "card", "990101197002300016"}, want: "E-ID-02"},
	{name: "a phone that is none", kind: "neighbor", set: []string{"name", "张三", "phone", "12"}, want: "[W-PHONE]"},
	{name: "a broken reference", kind: "meeting", set: []string{"title", "下棋", "host", "gone"}, want: "E-REF"},
	{name: "a reference", kind: "meeting", set: []string{"title", "下棋", "host", "p1", "guests", "p1"}},
	{name: "references of which one is broken", kind: "meeting", set: []string{"title", "下棋", "guests", "p1;gone"}, want: "E-REF"},
	{name: "a reference on file to what is in the bin", kind: "meeting", set: []string{"title", "下棋", "host", "gone"}, old: true, want: "[E-REF]"},
	{name: "a code that is on no list", kind: "meeting", set: []string{"title", "下棋", "for_code", "999999"}, want: "E-REF"},
	{name: "a code on a list", kind: "meeting", set: []string{"title", "下棋", "for_code", "990101001"}},
	{name: "the end before the start", kind: "stay", set: []string{"who", "p1", "started_on", "2026-03-01", "ended_on", "2026-02-28"}, want: "E-ORDER"},
	{name: "the end on the day of the start", kind: "stay", set: []string{"who", "p1", "started_on", "2026-03-01", "ended_on", "2026-03-01"}},
	{name: "an order of the kind's own", kind: "stay", set: []string{"who", "p1", "started_on", "2026-03-01", "seen_on", "2026-02-28"}, want: "E-ORDER"},
	{name: "out of order with one between", kind: "neighbor", set: []string{"name", "张三", "phone", "10012345678", "born", "1990-01-01", "left", "1989-12-31"}, want: "E-ORDER"},
	{name: "one of a set on file", kind: "neighbor", set: []string{"name", "李四", "phone", "10012345678", "born", "1980-01-01"}, want: "E-UNIQUE"},
	{name: "half of a set", kind: "neighbor", set: []string{"name", "李四", "phone", "10012345678"}},
	{name: "one of a set that has ended", kind: "neighbor", set: []string{"name", "李四", "phone", "10012345678", "born", "1980-01-01", "left", "2020-01-01"}},
	{name: "a set with a code of its own", kind: "neighbor", set: []string{"name", "王五", "phone", "10012345678", "card", "990101198001010010"}, want: "E-CARD"},
	{name: "what one field asks of another", kind: "neighbor", set: []string{"name", "张三", "away", "远方"}, want: "E-AWAY"},
	{name: "which is there", kind: "neighbor", set: []string{"name", "张三", "away", "远方", "left", "2026-01-01"}},
	{name: "none of two", kind: "neighbor", set: []string{"name", "张三"}, want: "E-REACH"},
}

func around(t *testing.T) shelf {
	t.Helper()
	return shelf{"neighbor": {
		record(t, "neighbor", "p1", "name", "李四", "born", "1980-01-01", "card", "990101198001010010"),
		record(t, "neighbor", "p2", "name", "赵六", "born", "1980-01-01"),
	}}
}

// TestGeneralRules: what holds for the records of every kind.
func TestGeneralRules(t *testing.T) {
	for _, c := range generalCases {
		t.Run(c.name, func(t *testing.T) {
			env := testEnv(t, around(t))
			r := record(t, c.kind, "me", c.set...)
			for field, v := range c.raw {
				r.Set(field, v)
			}
			var old *model.Record
			if c.old {
				old = r
			}
			all, err := model.Check(env, r, old)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range all {
				if f.Message == "" || f.Source == "" {
					t.Errorf("incomplete: %+v", f)
				}
				if f.Severity == model.Warning {
					f.Code = "[" + f.Code + "]"
				}
				got = append(got, f.Code)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
			if faults := model.Faults(all); len(faults) > 0 != (c.want != "" && c.want[0] != '[') {
				t.Errorf("faults %+v", faults)
			}
		})
	}
}

// TestUniqueWithinOne: the same in another organisation is another; the record itself
// does not stand in its own way.
func TestUniqueWithinOne(t *testing.T) {
	other := record(t, "stay", "s1", "who", "p1", "started_on", "2026-01-01")
	env := testEnv(t, shelf{"neighbor": around(t)["neighbor"], "stay": {other}})
	codes := func(r *model.Record) string {
		all, err := model.Check(env, r, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range all {
			got = append(got, f.Code+" "+f.Field+" "+f.Message)
		}
		return strings.Join(got, "; ")
	}
	same := record(t, "stay", "", "who", "p1", "started_on", "2026-01-01")
	const twice = "E-UNIQUE started_on 邻居、起相同的借住已经有一条,请改那一条,不要重复登记"
	if got := codes(same); got != twice {
		t.Errorf("another: %s", got)
	}
	same.OrgID = "" // of the home organisation then
	if got := codes(same); got != twice {
		t.Errorf("a new one: %s", got)
	}
	same.OrgID = "elsewhere"
	if got := codes(same); got != "" {
		t.Errorf("of another organisation: %s", got)
	}
	if got := codes(other); got != "" {
		t.Errorf("itself: %s", got)
	}
	env.Home = nil
	if model.OwnConds(env, record(t, "stay", "s")) == nil || model.OwnConds(env, model.NewRecord(made.Kind("stay"))) != nil {
		t.Error("whose records are looked for")
	}
	named := record(t, "neighbor", "me", "name", "王五", "phone", "10012345678", "card", "990101198001010010")
	if got := codes(named); got != "E-CARD card 这个证件号已经登记(已有的是:李四)" {
		t.Errorf("with a text of its own: %s", got)
	}
	env.Look = shelf{"meeting": {record(t, "meeting", "m1", "title", "下棋", "held_on", "2026-10-01", "host", "p1")}}
	again := record(t, "meeting", "m2", "title", "下棋", "held_on", "2026-10-01")
	if got := codes(again); got != "E-UNIQUE held_on 这次聚会已经登记" {
		t.Errorf("where the other's label is not known in full: %s", got)
	}
}

// TestSources: a finding by a limit names the edition that held, or the county; others
// the rule's own source. They come in the order of the form.
func TestSources(t *testing.T) {
	env := testEnv(t, nil)
	child := func(joined string) *model.Record {
		return record(t, "neighbor", "p", "name", "张三", "phone", "10012345678", "born", "2002-06-01", "joined", joined)
	}
	for _, c := range []struct {
		joined, source string
	}{
		{"2016-05-31", "《小组章程》(2010)第一条"},
		{"2016-06-01", "《小组章程》(2010)第一条"}, // 14, and 18 were asked
		{"2020-04-30", "《小组章程》(2010)第一条"},
		{"2020-05-01", ""}, // 17, and 14 are asked from that day
		{"2020-06-01", ""},
	} {
		all, err := model.Check(env, child(c.joined), nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.source == "" {
			if len(all) > 0 {
				t.Errorf("joined on %s: %+v", c.joined, all)
			}
			continue
		}
		var fields, sources []string
		for _, f := range all {
			fields, sources = append(fields, f.Field), append(sources, f.Source)
		}
		if !slices.Equal(fields, []string{"born", "joined", "joined"}) || !slices.Equal(sources, []string{c.source, c.source, model.SourceOwn}) {
			t.Errorf("joined on %s: %v, %v", c.joined, fields, sources)
		}
	}
	packs, err := model.NewPacks(madePacks, map[string]string{"join.age": "20"})
	if err != nil {
		t.Fatal(err)
	}
	env.Packs = packs
	all, err := model.Check(env, child("2020-06-01"), nil)
	if err != nil || len(all) != 3 || all[1].Source != "本县(市)规定" || all[1].Message != "入组时不满 20 岁" {
		t.Errorf("by the county: %+v, %v", all, err)
	}
}

// broken is a ledger that can't be read.
type broken struct{}

var errBroken = errors.New("can't be read")

func (broken) Get(string, string) (*model.Record, error)           { return nil, errBroken }
func (broken) Find(string, ...model.Cond) ([]*model.Record, error) { return nil, errBroken }
func (broken) OrgCode(string) (name string, ok bool, err error)    { return "", false, errBroken }

// TestCheckOfABrokenLedger: a fault of reading is no finding about the record.
func TestCheckOfABrokenLedger(t *testing.T) {
	env := testEnv(t, nil)
	env.Look = broken{}
	for _, r := range []*model.Record{
		record(t, "meeting", "m", "title", "下棋", "host", "p1"),
		record(t, "meeting", "m", "title", "下棋", "for_code", "990101001"),
		record(t, "neighbor", "p", "name", "张三", "phone", "10012345678", "card", "990101198001010010"),
	} {
		if all, err := model.Check(env, r, nil); !errors.Is(err, errBroken) || all != nil {
			t.Errorf("%+v, %v", all, err)
		}
	}
	x := &model.Exam{Env: env}
	if x.Failed() || x.Get("neighbor", "") != nil || x.Failed() {
		t.Error("nothing was read yet")
	}
	x.Fail(errBroken)
	x.Fail(errors.New("a second"))
	if !x.Failed() || x.Get("neighbor", "p1") != nil || x.Find("neighbor") != nil {
		t.Error("it goes on after a fault")
	}
	env.Look = nil
	x = &model.Exam{Env: env}
	if x.Get("neighbor", "p1") != nil || x.Find("neighbor") != nil || x.Failed() {
		t.Error("without a ledger nothing is found")
	}
}

// TestAllRules: those of every kind, of each kind, those kept otherwise and what falls
// due, by code.
func TestAllRules(t *testing.T) {
	all := model.AllRules(made)
	var got []string
	for _, r := range all {
		if r.Text == "" || r.Source == "" || r.Title == "" {
			t.Errorf("incomplete: %+v", r)
		}
		got = append(got, r.Code+"/"+r.Kind+"/"+r.Severity)
	}
	want := []string{"E-AWAY/neighbor/错误", "E-CARD/neighbor/错误", "E-CHOICE//错误", "E-ORDER//错误", "E-REACH/neighbor/错误", "E-REF//错误",
		"E-REQUIRED//错误", "E-TYPE//错误", "E-UNIQUE//错误", "R-BACK/neighbor/到期", "R-HOST/meeting/到期", "R-MEET/meeting/到期",
		"W-AGE/neighbor/提醒", "W-FUTURE//提醒", "W-LATER//提醒", "W-PHONE//提醒"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if i := slices.Index(want, "W-AGE/neighbor/提醒"); !slices.Equal(all[i].Limits, []string{"join.age"}) {
		t.Errorf("limits %v", all[i].Limits)
	}
}
