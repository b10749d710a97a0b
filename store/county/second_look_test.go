package county_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/county/rescue"
	"taizhang/store/send"
)

// rolled puts a member on file who was there when the book was begun.
func (v *village) rolled(tb testing.TB, name string) *model.Record {
	tb.Helper()
	p := v.person(tb, name, "status", "正式党员", "birth_date", "1970-03-02", "joined_on", "1999-07-01", "confirmed_on", "2000-07-01")
	v.add(tb, "movement", "person", p.ID, "kind", "期初在册", "happened_on", "2026-01-01")
	return p
}

// leaves has a member leave as a form does.
func (v *village) leaves(tb testing.TB, p *model.Record, kind string, pairs ...string) {
	tb.Helper()
	r, err := v.New(ctx, "movement")
	must(tb, err)
	for i, all := 0, append([]string{"person", p.ID, "kind", kind, "happened_on", "2026-10-20"}, pairs...); i < len(all); i += 2 {
		f := r.Kind.Field(all[i])
		value, err := f.Type.ParseCSV(f, all[i+1])
		must(tb, err)
		r.Set(f.Name, value)
	}
	_, err = v.Save(ctx, model.FromForm, r)
	must(tb, err)
}

// twice makes a village of members of whom a bundle was accepted.
func (o *office) twice(tb testing.TB, members int) (*village, []*model.Record) {
	tb.Helper()
	v := o.village(tb, "990101101201", 100)
	var all []*model.Record
	for i := range members {
		all = append(all, v.rolled(tb, fmt.Sprintf("张%c", []rune("一二三四五六七八九十百千万亿甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")[i])))
	}
	if in := o.one(tb, v.export(tb).Path); in.Verdict != county.Accepted && in.Verdict != county.Partly || in.SetAside > 0 {
		tb.Fatalf("the first bundle: %+v", in)
	}
	return v, all
}

// TestSecondLook: a bundle that loses members whom nobody explains changes nothing, is
// kept and answered, and goes in when the clerk has asked.
func TestSecondLook(t *testing.T) {
	o := newOffice(t)
	v, who := o.twice(t, 5)
	o.receipts(t)
	must(t, v.Delete(ctx, "person", who[0].ID, who[2].ID))
	second := v.export(t)
	before := o.dump(t)
	in := o.one(t, second.Path)
	const want = "这次比上次少了 2 名在册党员,没有办理变动:张一(已删除)、张三(已删除)"
	if in.Verdict != county.Waiting || in.Reason != want || len(in.Lost.Persons) != 2 {
		t.Fatalf("second: %+v", in)
	}
	wait, err := county.WaitingBundles(ctx, o.l, "")
	if err != nil || len(wait) != 1 || wait[0].Code != v.code || wait[0].Sequence != 2 || wait[0].Reason != want {
		t.Fatalf("waiting: %+v, %v", wait, err)
	}
	if after := o.without(t, "intake_waiting"); after != dumpWithout(before, "intake_waiting") {
		t.Error("setting aside changed more than what waits")
	}
	// The stick comes again: nothing is noted twice.
	if again := o.one(t, second.Path); again.Verdict != county.Waiting || again.Reason != want {
		t.Errorf("again: %+v", again)
	}
	if lines, err := county.Intakes(ctx, o.l, ""); err != nil || len(lines) != 2 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
	v.answered(t, o, "990101101201_2026-10_0002.receipt.json", county.Waiting, "少了 2 名在册党员", "回收站", "办理变动")
	s, err := county.Status(ctx, o.l, "2026-10")
	must(t, err)
	if u := s.Units[0]; u.State == county.Pending || u.Waiting != want { // the first bundle of the month stands
		t.Errorf("status: %+v", u)
	}

	must(t, os.Remove(second.Path)) // the stick is gone
	if _, err := county.Decide(ctx, o.l, o.key, v.code, 0, county.Decision{Accept: true, Asked: "  "}); code(err) != "E-ASKED" {
		t.Errorf("nobody was asked: %v", err)
	}
	got, err := county.Decide(ctx, o.l, o.key, v.code, wait[0].Seq, county.Decision{Accept: true, Asked: "电话问过书记"})
	if err != nil || got.Verdict == county.Refused || got.Changes["person"].Deleted != 2 {
		t.Fatalf("accepted: %+v, %v", got, err)
	}
	o.nothingWaits(t)
	lines, err := county.Intakes(ctx, o.l, "")
	must(t, err)
	if last := lines[len(lines)-1]; !strings.Contains(string(last.Reasons), `"asked":"电话问过书记"`) {
		t.Errorf("the book says %s", last.Reasons)
	}
	v.answered(t, o, "990101101201_2026-10_0002.receipt.json", got.Verdict)
	if _, err := county.Decide(ctx, o.l, o.key, v.code, 0, county.Decision{}); code(err) != "E-NOWAIT" {
		t.Errorf("decided twice: %v", err)
	}
	must(t, o.l.Integrity(ctx))
}

// answered takes the one receipt home and looks at what it says.
func (v *village) answered(tb testing.TB, o *office, name, verdict string, says ...string) {
	tb.Helper()
	answers := o.receipts(tb)
	if len(answers) != 1 || answers[name] == nil {
		tb.Fatalf("answers: %d", len(answers))
	}
	r, err := send.TakeReceipt(ctx, v.Ledger, answers[name])
	must(tb, err)
	if r.Verdict != verdict {
		tb.Errorf("the receipt says %s: %s", r.Verdict, r.Reason)
	}
	for _, s := range says {
		if !strings.Contains(r.Reason, s) {
			tb.Errorf("the receipt does not say %s: %s", s, r.Reason)
		}
	}
	if strings.Contains(r.Reason, "taizhang") || strings.Contains(r.Reason, "county") {
		tb.Errorf("a village is told a county's command: %s", r.Reason)
	}
	if got := v.state(tb.(*testing.T), r.Sequence); got != verdict {
		tb.Errorf("in the list of those sent it is %s", got)
	}
}

func (o *office) without(tb testing.TB, table string) string { return dumpWithout(o.dump(tb), table) }

// dumpWithout leaves a table's rows out of a dump.
func dumpWithout(dump, table string) string {
	from := strings.Index(dump, "\n"+table+"\n") + 1
	to := strings.Index(dump[from:], "\nknown_key\n")
	return dump[:from] + dump[from+to:]
}

func (o *office) nothingWaits(tb testing.TB) {
	tb.Helper()
	if wait, err := county.WaitingBundles(ctx, o.l, ""); err != nil || len(wait) != 0 {
		tb.Errorf("waiting: %+v, %v", wait, err)
	}
}

// TestSecondLookRefused: refusing is the default, and the file that was refused is known
// when it comes again.
func TestSecondLookRefused(t *testing.T) {
	o := newOffice(t)
	v, who := o.twice(t, 3)
	o.receipts(t)
	must(t, v.Delete(ctx, "person", who[0].ID))
	second := v.export(t)
	o.one(t, second.Path)
	before := o.without(t, "intake_waiting")
	in, err := county.Decide(ctx, o.l, nil, v.code, 0, county.Decision{Asked: "书记说删错了"})
	if err != nil || in.Verdict != county.Refused || !strings.Contains(in.Reason, "张一") {
		t.Fatalf("refused: %+v, %v", in, err)
	}
	o.nothingWaits(t)
	if o.without(t, "intake_waiting") != before {
		t.Error("refusing changed the ledger")
	}
	v.answered(t, o, "990101101201_2026-10_0002.receipt.json", county.Refused, "核实后没有收下", "少了 1 名在册党员", "回收站")
	if again := o.one(t, second.Path); again.Verdict != county.Already {
		t.Errorf("the refused file again: %+v", again)
	}
	must(t, v.Restore(ctx, "person", who[0].ID))
	if in := o.one(t, v.export(t).Path); in.Verdict == county.Waiting || in.Verdict == county.Refused {
		t.Errorf("put right: %+v", in)
	}
}

// TestSecondLookOvertaken: a later bundle takes the place of the one that waits, whether
// it waits too or goes in; an earlier one is passed over.
func TestSecondLookOvertaken(t *testing.T) {
	o := newOffice(t)
	v, who := o.twice(t, 4)
	early := v.export(t)
	must(t, v.Delete(ctx, "person", who[0].ID))
	o.one(t, v.export(t).Path)
	if in := o.one(t, early.Path); in.Verdict != county.Already || !strings.Contains(in.Reason, "比待核实的第 3 号旧") {
		t.Errorf("an earlier one: %+v", in)
	}
	must(t, v.Delete(ctx, "person", who[1].ID))
	if in := o.one(t, v.export(t).Path); in.Verdict != county.Waiting || len(in.Lost.Persons) != 2 {
		t.Errorf("the next one waits: %+v", in)
	}
	wait, err := county.WaitingBundles(ctx, o.l, v.code)
	if err != nil || len(wait) != 1 || wait[0].Sequence != 4 {
		t.Errorf("waiting: %+v, %v", wait, err)
	}
	must(t, v.Restore(ctx, "person", who[0].ID, who[1].ID))
	if in := o.one(t, v.export(t).Path); in.Verdict == county.Waiting || in.Verdict == county.Refused {
		t.Errorf("put right: %+v", in)
	}
	o.nothingWaits(t)
	answers := o.receipts(t)
	for name, verdict := range map[string]string{"0003": county.Refused, "0004": county.Refused, "0005": county.Accepted} {
		r, err := bundle.OpenReceipt(answers["990101101201_2026-10_"+name+".receipt.json"], o.key.PublicKey())
		must(t, err)
		if r.Verdict != verdict && !(verdict == county.Accepted && r.Verdict == county.Partly) {
			t.Errorf("%s: %s, %s", name, r.Verdict, r.Reason)
		}
	}
	s, err := county.Status(ctx, o.l, "2026-10")
	must(t, err)
	if u := s.Units[0]; !u.In() || u.Waiting != "" || len(u.Refusals) != 0 {
		t.Errorf("status: %+v", u)
	}
}

// TestSecondLookAtAMonth: a unit of whose month nothing else was accepted is 待核实.
func TestSecondLookAtAMonth(t *testing.T) {
	o := newOffice(t)
	must(t, o.l.SetUnits(ctx, []store.Unit{{Code: "990101101201", Name: "石桥村党支部", Township: "云溪镇"}}))
	v := o.village(t, "990101101201", 100)
	p := v.rolled(t, "张三")
	sent, err := send.Export(ctx, v.Ledger, send.Options{Dir: o.stick, Month: "2026-09", AllowErrors: true})
	must(t, err)
	o.one(t, sent.Path)
	must(t, v.Delete(ctx, "person", p.ID))
	o.one(t, v.export(t).Path)
	s, err := county.Status(ctx, o.l, "2026-10")
	must(t, err)
	if u := s.Units[0]; u.State != county.Pending || u.In() || !strings.Contains(u.Notes(), "待核实") || s.All.States[county.Pending] != 1 {
		t.Errorf("status: %+v", u)
	}
	_, err = county.Decide(ctx, o.l, nil, v.code, 0, county.Decision{})
	must(t, err)
	s, err = county.Status(ctx, o.l, "2026-10")
	must(t, err)
	if u := s.Units[0]; u.State != county.Rejected || u.Waiting != "" || len(u.Refusals) != 1 {
		t.Errorf("after the refusal: %+v", u)
	}
}

// TestSecondLookPassesTheNormal: what happens in villages is taken in without a word.
func TestSecondLookPassesTheNormal(t *testing.T) {
	for name, happens := range map[string]func(t *testing.T, v *village, who []*model.Record){
		"some leave by movements": func(t *testing.T, v *village, who []*model.Record) {
			v.leaves(t, who[0], "转出", "to_org", "柳湾村党支部")
			v.leaves(t, who[1], "去世")
		},
		"the whole unit leaves": func(t *testing.T, v *village, who []*model.Record) {
			for _, p := range who {
				v.leaves(t, p, "转出", "to_org", "柳湾村党支部", "whole_unit", "1")
			}
		},
		"one left, and the record was deleted": func(t *testing.T, v *village, who []*model.Record) {
			v.leaves(t, who[0], "去世")
			must(t, v.Delete(ctx, "person", who[0].ID))
		},
		"a double was deleted": func(t *testing.T, v *village, who []*model.Record) {
			double := v.person(t, "张一", "status", "正式党员", "birth_date", "1970-03-02", "joined_on", "1999-07-01", "confirmed_on", "2000-07-01")
			v.o.one(t, v.export(t).Path)
			must(t, v.Delete(ctx, "person", double.ID))
		},
		"one mistyped this month was deleted": func(t *testing.T, v *village, who []*model.Record) {
			typed := v.person(t, "王错", "status", "正式党员", "birth_date", "1980-03-02", "joined_on", "1999-07-01", "confirmed_on", "2000-07-01")
			v.o.one(t, v.export(t).Path)
			must(t, v.Delete(ctx, "person", typed.ID))
		},
		"some villagers were deleted": func(t *testing.T, v *village, who []*model.Record) {
			for range 3 {
				p := v.person(t, "李四")
				v.o.one(t, v.export(t).Path)
				must(t, v.Delete(ctx, "person", p.ID))
			}
		},
		"nothing": func(*testing.T, *village, []*model.Record) {},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			v, who := o.twice(t, 4)
			happens(t, v, who)
			if in := o.one(t, v.export(t).Path); in.Verdict == county.Waiting || in.Verdict == county.Refused {
				t.Errorf("%s: %s", in.Verdict, in.Reason)
			}
			o.nothingWaits(t)
		})
	}
}

// TestSecondLookAtAKind: more than a third of a kind's records, at least ten, are asked
// about; fewer are not.
func TestSecondLookAtAKind(t *testing.T) {
	for _, c := range []struct {
		held, gone int
		waits      bool
	}{{9, 9, false}, {10, 10, true}, {30, 10, false}, {30, 11, true}} {
		t.Run(fmt.Sprintf("%d of %d", c.gone, c.held), func(t *testing.T) {
			o := newOffice(t)
			v := o.village(t, "990101101201", 100)
			var ids []string
			for range c.held {
				ids = append(ids, v.person(t, "李四").ID)
			}
			o.one(t, v.export(t).Path)
			must(t, v.Delete(ctx, "person", ids[:c.gone]...))
			in := o.one(t, v.export(t).Path)
			if waits := in.Verdict == county.Waiting; waits != c.waits {
				t.Errorf("%s: %s", in.Verdict, in.Reason)
			}
			if want := fmt.Sprintf("“人员”%d 条里少了 %d 条", c.held, c.gone); c.waits && !strings.Contains(in.Reason, want) {
				t.Errorf("it says %s", in.Reason)
			}
		})
	}
}

// TestSecondLookNamesTwenty bounds the names of a sentence.
func TestSecondLookNamesTwenty(t *testing.T) {
	o := newOffice(t)
	v, who := o.twice(t, 25)
	for _, p := range who {
		must(t, v.Delete(ctx, "person", p.ID))
	}
	in := o.one(t, v.export(t).Path)
	if n := strings.Count(in.Reason, "(已删除)"); n != 20 || !strings.Contains(in.Reason, " 等 25 人") || len(in.Lost.Persons) != 25 {
		t.Errorf("%d are named: %s", n, in.Reason)
	}
}

// TestSecondLookAfterARescue: a ledger given back by the county has all that it had.
func TestSecondLookAfterARescue(t *testing.T) {
	o := newOffice(t)
	v, _ := o.twice(t, 4)
	path := v.Path() + ".rescued"
	_, err := rescue.Rescue(ctx, o.l, v.code, path, nil)
	must(t, err)
	l, err := book.Open(ctx, path, store.Options{Source: source()})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	back := &village{l, o, v.code}
	if in := o.one(t, back.export(t).Path); in.Verdict == county.Waiting || in.Verdict == county.Refused {
		t.Errorf("%s: %s", in.Verdict, in.Reason)
	}
}

// TestVillageIsWarned: before it exports the village reads what the county will ask.
func TestVillageIsWarned(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	who := []*model.Record{v.rolled(t, "张三"), v.rolled(t, "李四"), v.rolled(t, "王五")}
	warned := func(want string) {
		t.Helper()
		lost, err := send.LostSince(ctx, v.Ledger, "2026-10")
		must(t, err)
		if got := lost.Text(v.Kinds()); got != want {
			t.Errorf("warned of %q, want %q", got, want)
		}
	}
	must(t, v.Delete(ctx, "person", who[2].ID))
	warned("") // nothing was sent yet
	must(t, v.Restore(ctx, "person", who[2].ID))
	o.one(t, v.export(t).Path)
	o.receipts(t)
	warned("")
	v.leaves(t, who[1], "去世")
	warned("")
	must(t, v.Delete(ctx, "person", who[0].ID))
	const text = "少了 1 名在册党员,没有办理变动:张三(已删除)"
	warned(text)
	if in := o.one(t, v.export(t).Path); in.Reason != "这次比上次"+text {
		t.Errorf("the county says %s", in.Reason)
	}
	// Set aside or refused, it is not what the county holds.
	v.answered(t, o, "990101101201_2026-10_0002.receipt.json", county.Waiting)
	warned(text)
}
