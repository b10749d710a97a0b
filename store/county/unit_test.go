package county_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/send"
)

// refusedAs tells whether an error has a code.
func refusedAs(err error, code string) bool {
	var known *model.Error
	return errors.As(err, &known) && known.Code == code
}

// list gives the county these units.
func (o *office) list(t *testing.T, codes ...string) {
	t.Helper()
	var units []store.Unit
	for _, code := range codes {
		units = append(units, store.Unit{Code: code, Name: "村" + code, Domain: "行政村"})
	}
	must(t, o.l.SetUnits(ctx, units))
}

// reissue gives the county's profile anew.
func (o *office) reissue(t *testing.T) []byte {
	t.Helper()
	_, err := county.Reissue(ctx, o.l, o.key, filepath.Join(filepath.Dir(o.stick), "county.json"), nil)
	must(t, err)
	data, err := send.ProfileText(ctx, o.l)
	must(t, err)
	return data
}

// answer writes the receipts that are open and gives the one that names this number.
func (o *office) answer(t *testing.T, name string) []byte {
	t.Helper()
	dir := t.TempDir()
	paths, err := county.Receipts(ctx, o.l, o.key, dir, "")
	must(t, err)
	for _, p := range paths {
		if strings.HasPrefix(filepath.Base(p), name) {
			data, err := os.ReadFile(p)
			must(t, err)
			return data
		}
	}
	t.Fatalf("no receipt %s among %v", name, paths)
	return nil
}

// homeAt gives the organisation's own record as the county has it.
func (v *village) atCounty(t *testing.T, kind, id string) *model.Record {
	t.Helper()
	r, err := v.o.l.Get(ctx, kind, id)
	must(t, err)
	return r
}

const (
	codeA, codeB, codeNew = "990101101201", "990101101202", "990101101299"
)

// TestRecodeByReceipt: a village goes on under its old code after the change, is known,
// takes the receipt and reports under the new one. Nothing is counted twice.
func TestRecodeByReceipt(t *testing.T) {
	o := newOffice(t)
	o.list(t, codeA, codeB)
	a, b := o.village(t, codeA, 100), o.village(t, codeB, 50)
	a.person(t, "张三")
	pairing := b.add(t, "pairing", "kind", "部门帮村", "helper_name", "县交通局", "target_code", codeA, "started_on", "2026-10-02")
	o.receive(t, a.export(t).Path, b.export(t).Path)
	before, err := county.KnownKeyOf(ctx, o.l, codeA)
	must(t, err)

	must(t, county.Recode(ctx, o.l, codeA, codeNew, "2026-10-01"))
	now, err := county.KnownKeyOf(ctx, o.l, codeNew)
	must(t, err)
	if now == nil || now.PublicKey != before.PublicKey || now.Sequence != before.Sequence || now.OrgID != a.Home().ID {
		t.Fatalf("key after the change: %+v", now)
	}
	if gone, err := county.KnownKeyOf(ctx, o.l, codeA); err != nil || gone != nil {
		t.Fatalf("the old code is known still: %+v %v", gone, err)
	}
	if home := a.atCounty(t, "organization", a.Home().ID); home.Str("code") != codeNew {
		t.Errorf("at the county: %s", home.Str("code"))
	}
	if got := b.atCounty(t, "pairing", pairing.ID).Str("target_code"); got != codeNew {
		t.Errorf("another village's row names %s", got)
	}
	must(t, o.l.Integrity(ctx))
	if in := o.one(t, b.export(t).Path); in.Verdict != county.Accepted || len(in.Changes) != 0 {
		t.Errorf("the other village's next: %+v", in) // it names the old code still
	}

	sent := a.export(t) // under the old code
	in := o.one(t, sent.Path)
	if in.Verdict != county.Accepted || in.Code != codeNew || len(in.Changes) != 0 || len(in.Problems) != 1 || in.Problems[0].Code != "W-RECODED" {
		t.Fatalf("under the old code: %+v", in)
	}
	if again := o.one(t, sent.Path); again.Verdict != county.Already || again.Code != codeNew {
		t.Errorf("again: %+v", again)
	}
	receipt := o.answer(t, codeNew+"_2026-10_0002")
	r, err := send.TakeReceipt(ctx, a.Ledger, receipt)
	must(t, err)
	if a.Home().Str("code") != codeNew || len(r.Recoded) != 1 {
		t.Fatalf("after the receipt: %s %+v", a.Home().Str("code"), r.Recoded)
	}
	next := a.export(t)
	if !strings.HasPrefix(next.File, codeNew+"_2026-10_0003") {
		t.Errorf("the next bundle is called %s", next.File)
	}
	if in = o.one(t, next.Path); in.Verdict != county.Accepted || in.Code != codeNew || len(in.Problems) != 0 {
		t.Errorf("under the new code: %+v", in)
	}
	lines, err := county.IntakesOf(ctx, o.l, codeNew)
	must(t, err)
	if len(lines) != 3 {
		t.Errorf("%d lines of its past", len(lines))
	}
	if n, err := o.l.Count(ctx, store.Query{Kind: "person"}); err != nil || n != 1 {
		t.Errorf("%d persons, %v", n, err)
	}
}

// TestRecodeByProfile: a village that takes the profile rewrites its own rows and those
// that name the other unit, in one group of the history; one undo takes it back, and an
// older receipt does not bring the old code again.
func TestRecodeByProfile(t *testing.T) {
	o := newOffice(t)
	o.list(t, codeA, codeB)
	a, b := o.village(t, codeA, 100), o.village(t, codeB, 50)
	own := a.add(t, "pairing", "kind", "部门帮村", "helper_unit", "县交通局", "helps", "资金", "target_code", codeA, "started_on", "2026-10-02")
	others := b.add(t, "pairing", "kind", "部门帮村", "helper_unit", "县交通局", "helps", "资金", "target_code", codeA, "started_on", "2026-10-02")
	o.receive(t, a.export(t).Path)
	must(t, county.Recode(ctx, o.l, codeA, codeNew, "2026-10-01"))
	profile := o.reissue(t)
	for _, v := range []*village{a, b} {
		must(t, send.SetProfile(ctx, v.Ledger, profile))
	}
	if a.Home().Str("code") != codeNew || b.Home().Str("code") != codeB {
		t.Fatalf("codes: %s, %s", a.Home().Str("code"), b.Home().Str("code"))
	}
	for v, id := range map[*village]string{a: own.ID, b: others.ID} {
		r, err := v.Get(ctx, "pairing", id)
		must(t, err)
		if r.Str("target_code") != codeNew {
			t.Errorf("%s: the row names %s", v.code, r.Str("target_code"))
		}
	}
	if _, err := a.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	r, err := a.Get(ctx, "pairing", own.ID)
	must(t, err)
	if a.Home().Str("code") != codeA || r.Str("target_code") != codeA {
		t.Errorf("one undo: home %s, row %s", a.Home().Str("code"), r.Str("target_code"))
	}
	must(t, send.SetProfile(ctx, a.Ledger, profile)) // the same again
	if a.Home().Str("code") != codeA {
		t.Error("the same profile changed the code again")
	}
}

// TestCodeOfAnother: a code that is given to another unit later stays that one's, and the
// former unit is known by its id under the old code too.
func TestCodeOfAnother(t *testing.T) {
	o := newOffice(t)
	o.list(t, codeA, codeB)
	a, b := o.village(t, codeA, 100), o.village(t, codeB, 50)
	old := a.export(t)
	o.receive(t, old.Path, b.export(t).Path)
	if err := county.Recode(ctx, o.l, codeB, codeA, "2026-10-01"); !refusedAs(err, "E-TAKEN") {
		t.Fatalf("a code that is taken: %v", err)
	}
	must(t, county.Recode(ctx, o.l, codeA, codeNew, "2026-09-01"))
	must(t, county.Recode(ctx, o.l, codeB, codeA, "2026-10-01"))
	lives, err := county.Lives(ctx, o.l)
	must(t, err)
	for code, want := range map[string]string{codeA: codeA, codeB: codeA, codeNew: codeNew} {
		if got := county.CurrentCode(lives, code); got != want {
			t.Errorf("%s is %s now, want %s", code, got, want)
		}
	}
	if lives[codeA].OrgID != b.Home().ID || lives[codeNew].OrgID != a.Home().ID || lives[codeNew].Former[0].Code != codeA {
		t.Errorf("%+v", lives)
	}
	for v, code := range map[*village]string{a: codeNew, b: codeA} {
		if in := o.one(t, v.export(t).Path); in.Verdict != county.Accepted || in.Code != code {
			t.Errorf("%s under its old code: %s %s %s", code, in.Code, in.Verdict, in.Reason)
		}
	}
	stranger := o.village(t, codeB, 170) // a code that nobody has: its former unit's, under another key
	if in := o.one(t, stranger.export(t).Path); in.Verdict != county.Refused || in.Code != codeA || !strings.Contains(in.Reason, "密钥") {
		t.Errorf("a stranger: %+v", in)
	}
	must(t, o.l.Integrity(ctx))
}

// TestRetire: a unit that is no more is not on the list, its late bundles are taken and its
// later ones refused with the reason; it can be taken back.
func TestRetire(t *testing.T) {
	o := newOffice(t)
	o.list(t, codeA, codeB)
	a, b := o.village(t, codeA, 100), o.village(t, codeB, 50)
	o.receive(t, b.export(t).Path)
	for _, c := range []struct {
		r    county.Retirement
		code string
	}{
		{county.Retirement{Code: "990101101288", On: "2026-10-01"}, "E-UNKNOWN-UNIT"},
		{county.Retirement{Code: codeA, On: "2026-13-01"}, "E-DATE"},
		{county.Retirement{Code: codeA, On: "2027-01-01"}, "E-DATE"},
		{county.Retirement{Code: codeA, On: "2026-10-01", Into: codeA}, "E-INTO"},
		{county.Retirement{Code: codeA, On: "2026-10-01", Reason: county.Merged}, "E-REASON"},
	} {
		if err := county.Retire(ctx, o.l, c.r); !refusedAs(err, c.code) {
			t.Errorf("%+v: %v", c.r, err)
		}
	}
	must(t, county.Retire(ctx, o.l, county.Retirement{Code: codeA, On: "2026-10-01", Into: codeB}))
	if in := o.one(t, a.export(t).Path); in.Verdict != county.Refused || !strings.Contains(in.Reason, "2026-10-01 合并到 "+codeB) {
		t.Errorf("October: %+v", in)
	}
	sent, err := send.Export(ctx, a.Ledger, send.Options{Dir: o.stick, Month: "2026-09", AllowErrors: true})
	must(t, err)
	if in := o.one(t, sent.Path); in.Verdict != county.Accepted {
		t.Errorf("September, late: %+v", in)
	}
	roll, err := o.l.Roll(ctx)
	must(t, err)
	lives, err := county.Lives(ctx, o.l)
	must(t, err)
	u := lives[codeA]
	if len(roll) != 1 || u.RetiredOn != "2026-10-01" || u.Reason != county.Merged || u.OrgID != a.Home().ID || u.AskedFor("2026-10") || !u.AskedFor("2026-09") {
		t.Errorf("%+v, list %+v", u, roll)
	}
	must(t, county.Unretire(ctx, o.l, codeA))
	if in := o.one(t, a.export(t).Path); in.Verdict != county.Accepted {
		t.Errorf("taken back: %+v", in)
	}
}

// figure gives one number of the summary of a month.
func (o *office) figure(t *testing.T, month model.Month, code, key string) int64 {
	t.Helper()
	r, err := count.ReadReport(ctx, o.l, count.Ask{Month: month, Indicators: []string{code}, By: count.ByOrganisation})
	must(t, err)
	return r.Columns[0].Value(code, key, "")
}

// TestMergedUnitIsCountedOnce: figures before and after a merger, against plain counting:
// of four members of the unit that ended two are taken in, one had left before, and one
// waits. Today's sums had all of them for ever, and those taken in twice.
func TestMergedUnitIsCountedOnce(t *testing.T) {
	o := newOffice(t)
	o.list(t, codeA, codeB)
	a, b := o.village(t, codeA, 100), o.village(t, codeB, 150)
	const born = "1970-03-02"
	var ids []string
	for i, name := range []string{"张三", "李四", "王五", "赵六"} {
		ids = append(ids, a.member(t, name, born, idFor(born, 11+2*i)))
	}
	b.member(t, "钱七", born, idFor(born, 21))
	b.member(t, "孙八", born, idFor(born, 23))
	a.moves(t, ids[3], "转出", "2026-08-05", "to_org", "外县")
	a.add(t, "position", "person", ids[0], "body", "党组织", "post", "书记", "started_on", "2025-01-01")
	a.add(t, "activity", "kind", "主题党日", "held_on", "2026-05-05", "title", "植树")
	sent, err := send.Export(ctx, a.Ledger, send.Options{Dir: o.stick, Month: "2026-09", AllowErrors: true})
	must(t, err)
	o.receive(t, sent.Path, b.export(t).Path)

	type row struct {
		month                                                model.Month
		members, waiting, closing, difference, out, in, orgs int64
	}
	look := func(step string, want ...row) {
		t.Helper()
		for _, w := range want {
			got := row{w.month, o.figure(t, w.month, "A02", "members"), o.figure(t, w.month, "A02", "waiting"), o.figure(t, w.month, "A11", "year_closing"),
				o.figure(t, w.month, "A11", "year_difference"), o.figure(t, w.month, "A11", "year_moved_out"), o.figure(t, w.month, "A11", "year_moved_in"), o.figure(t, w.month, "A01", "organizations")}
			if got != w {
				t.Errorf("%s: %+v, want %+v", step, got, w)
			}
		}
	}
	look("before", row{"2026-09", 5, 0, 5, 0, 1, 0, 3}, row{"2026-10", 5, 0, 5, 0, 1, 0, 3})
	must(t, county.Retire(ctx, o.l, county.Retirement{Code: codeA, On: "2026-10-10", Into: codeB}))
	look("ended", row{"2026-09", 5, 0, 5, 0, 1, 0, 3}, row{"2026-10", 2, 3, 5, 0, 1, 0, 2})
	c, err := count.Compare(ctx, o.l, count.Ask{Month: "2026-10", Indicators: []string{"A01"}}, count.LastMonth, true)
	must(t, err)
	for _, ch := range c.Changes {
		if ch.Row.Figure.Key == "organizations" && (ch.Went != 1 || ch.Came != 0 || len(ch.Names) != 1 || ch.Names[0].ID != a.Home().ID) {
			t.Errorf("the organisation that ended is not named: %+v", ch)
		}
	}
	if len(c.Changes) == 0 {
		t.Error("the end of an organisation is no change")
	}
	if n := o.figure(t, "2026-10", "A05", "secretaries"); n != 0 {
		t.Errorf("%d secretaries of a unit that is no more", n)
	}
	if n := o.figure(t, "2026-10", "B03", "theme_held"); n != 1 {
		t.Errorf("%d theme days: what happened before stays in its year", n)
	}
	found, err := county.CrossCheck(ctx, o.l)
	must(t, err)
	if len(found) != 3 || found[0].Code != county.CrossWaits || len(found[0].Sides) != 2 || found[0].Sides[1].Code != codeB {
		t.Errorf("waiting: %+v", found)
	}

	for i, name := range []string{"张三", "李四"} {
		p := b.person(t, name, "birth_date", born, "status", "正式党员", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01", "id_number", idFor(born, 11+2*i))
		b.moves(t, p.ID, "转入", "2026-10-12", "from_org", "石桥村党支部", "from_code", codeA, "whole_unit", "1")
	}
	if in := o.one(t, b.export(t).Path); in.Verdict != county.Accepted {
		t.Fatalf("%+v", in)
	}
	look("taken in", row{"2026-09", 5, 0, 5, 0, 1, 0, 3}, row{"2026-10", 4, 1, 5, 0, 3, 2, 2})
	if found, err = county.CrossCheck(ctx, o.l); err != nil || len(found) != 1 || found[0].Sides[0].Person != "王五" {
		t.Errorf("waiting: %+v %v", found, err)
	}
	behind, err := count.SummaryBehind(ctx, o.l, count.SummaryQuery{Period: count.Period{From: "2026-01-01", To: "2026-10-31", Month: "2026-10"}}, "", "A02", "waiting", "")
	must(t, err)
	if len(behind) != 1 || behind[0].Label != "王五" {
		t.Errorf("behind: %+v", behind)
	}
	must(t, county.Unretire(ctx, o.l, codeA))
	look("taken back", row{"2026-10", 7, 0, 7, 0, 1, 2, 3}) // twice 在册, as the record books say
}

// TestCompareRoll: a list that lacks units is taken in with an answer for each, in one
// transaction; codes that go round are changed one after the other, and a code of a
// retired unit can be given to another.
func TestCompareRoll(t *testing.T) {
	o := newOffice(t)
	const c, d, e = "990101101203", "990101101204", "990101101205"
	o.list(t, codeA, codeB, c, d)
	a := o.village(t, codeA, 100)
	o.receive(t, a.export(t).Path)
	unit := func(code, name string) store.Unit { return store.Unit{Code: code, Name: name, Domain: "行政村"} }
	// The first was merged into the second, the third is gone, the fourth was left out by mistake.
	list := []store.Unit{unit(codeB, "村"+codeA), unit(e, "村"+codeB)}
	compared, err := county.CompareRoll(ctx, o.l, list)
	must(t, err)
	var gone []string
	for _, g := range compared.Gone {
		gone = append(gone, g.Code)
	}
	if strings.Join(gone, " ") != codeA+" "+c+" "+d || len(compared.New) != 1 || len(compared.Renamed) != 1 {
		t.Fatalf("%v %+v", gone, compared)
	}
	before := o.dump(t)
	if err := county.ApplyRoll(ctx, o.l, compared, []county.RollAnswer{{Code: c, What: county.RollMissed}}); !refusedAs(err, "E-ROLL") || o.dump(t) != before {
		t.Fatalf("without answers: %v", err)
	}
	answers := []county.RollAnswer{{Code: codeA, What: county.RollMerged, To: codeB, On: "2026-10-01"},
		{Code: c, What: county.RollAbolished, On: "2026-10-02"}, {Code: d, What: county.RollMissed}}
	must(t, county.ApplyRoll(ctx, o.l, compared, answers))
	lives, err := county.Lives(ctx, o.l)
	must(t, err)
	if lives[codeA].Into != codeB || lives[c].Reason != county.Abolished || !lives[d].OnRoll || !lives[e].OnRoll || lives[codeA].OnRoll {
		t.Fatalf("%+v", lives)
	}
	// The code of the one that was abolished comes again, under another name; E has gone on as C.
	compared, err = county.CompareRoll(ctx, o.l, []store.Unit{unit(codeB, "村"+codeA), unit(c, "新村"), unit(d, "村"+d)})
	must(t, err)
	if len(compared.Retired) != 1 || len(compared.Gone) != 1 || compared.Open() != 2 {
		t.Fatalf("%+v", compared)
	}
	must(t, county.ApplyRoll(ctx, o.l, compared, []county.RollAnswer{{Code: c, What: county.RollReused, On: "2026-10-20"},
		{Code: e, What: county.RollRecoded, To: c, On: "2026-10-20"}}))
	if lives, err = county.Lives(ctx, o.l); err != nil || lives[c].RetiredOn != "" || lives[c].Former[0].Code != e || lives[c+"R1"].RetiredOn != "2026-10-02" {
		t.Fatalf("%+v, %v", lives, err)
	}
	must(t, o.l.Integrity(ctx))
}
