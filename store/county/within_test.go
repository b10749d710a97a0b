package county_test

import (
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/store/sheet"
	"taizhang/store/transfer"
)

// exported writes a month's bundle to the stick.
func (v *village) exported(tb testing.TB, month model.Month) string {
	tb.Helper()
	sent, err := send.Export(ctx, v.Ledger, send.Options{Dir: v.o.stick, Month: month, AllowErrors: true})
	must(tb, err)
	return sent.Path
}

// table1 gives the figures of A11 of a month by the split's key, "" for the whole, and
// checks that they close: 13 = 1+2−7, with the transfers within the county beside them for
// one unit, and without any for the county that knows both sides.
func (o *office) table1(t *testing.T, month model.Month) map[string]map[string]int64 {
	t.Helper()
	period, err := count.MonthPeriod(o.l, month)
	must(t, err)
	all := map[string]map[string]int64{}
	for _, by := range []string{"", count.ByOrganisation, count.ByTownship} {
		sum, err := count.Summarize(ctx, o.l, count.SummaryQuery{Period: period, By: by})
		must(t, err)
		for _, g := range sum.Groups {
			one := map[string]int64{}
			for key, parts := range g.Values["A11"] {
				for _, n := range parts {
					one[key] += n
				}
			}
			for _, span := range []string{"month_", "year_"} {
				n := func(key string) int64 { return one[span+key] }
				if n("difference") != 0 || n("formulas") != 0 || n("expected") != n("closing") {
					t.Errorf("%s %q %s: difference %d, formulas %d", month, g.Key, span, n("difference"), n("formulas"))
				}
				if n("opening")+n("added")-n("removed")+n("within_in")-n("within_out") != n("closing") {
					t.Errorf("%s %q %s does not close: %v", month, g.Key, span, one)
				}
				if n("added") != n("developed")+n("restored")+n("moved_in") || n("removed") != n("expelled")+n("stopped")+n("died")+n("moved_out") ||
					n("moved_in") < n("whole_in") || n("moved_out") < n("whole_out") || n("moved_in") < 0 || n("moved_out") < 0 {
					t.Errorf("%s %q %s: a formula fails: %v", month, g.Key, span, one)
				}
			}
			if by == "" && one["month_within_in"] != one["month_within_out"] {
				t.Errorf("the two sides differ: %v", one)
			}
			all[g.Key] = one
		}
	}
	asPlain(t, o.l, month)
	b, err := count.Balance(ctx, o.l, month)
	must(t, err)
	for _, f := range b.Formulas() {
		if !f.OK {
			t.Errorf("%s: formula %s fails: %+v", month, f.Code, b.Balance)
		}
	}
	if int64(b.MovedIn) != all[""]["month_moved_in"] || int64(b.MovedOut) != all[""]["month_moved_out"] || int64(b.Within) != all[""]["month_within_in"] {
		t.Errorf("%s: the table says %d, %d, %d and the summary %v", month, b.MovedIn, b.MovedOut, b.Within, all[""])
	}
	return all
}

// crossed gives the codes of what the comparison finds.
func (o *office) crossed(t *testing.T) string {
	t.Helper()
	found, err := county.CrossCheck(ctx, o.l)
	must(t, err)
	codes := make([]string, len(found))
	for i, f := range found {
		codes[i] = f.Code
	}
	return strings.Join(codes, " ")
}

// ways are those by which a person goes from one village to the other, on 12 and 15
// October.
var ways = map[string]func(t *testing.T, from, to *village, persons []string){
	"form": func(t *testing.T, from, to *village, persons []string) {
		for _, id := range persons {
			p, err := from.Get(ctx, "person", id)
			must(t, err)
			q := to.person(t, p.Str("name"), "birth_date", p.Str("birth_date"), "id_number", p.Str("id_number"), "status", "正式党员", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01")
			to.moves(t, q.ID, "转入", "2026-10-15", "from_org", "石桥村党支部", "from_code", from.code)
		}
	},
	"import": func(t *testing.T, from, to *village, persons []string) {
		rows := [][]any{}
		for _, id := range persons {
			p, err := from.Get(ctx, "person", id)
			must(t, err)
			rows = append(rows, []any{p.Str("name"), "男", p.Str("id_number"), "正式党员", "2001-07-01", "2002-07-01"})
		}
		path := filepath.Join(t.TempDir(), "转入.xlsx")
		must(t, sheet.WriteGridXLSX(ctx, path, sheet.Grid{Title: "名册", Name: "名册", Columns: []string{"姓名", "性别", "身份证号", "人员类别", "入党日期", "转正日期"}, Rows: rows}))
		plan, err := sheet.Read(ctx, to.Ledger, to.Kinds().Kind("person"), path, sheet.ReadOptions{Asked: map[string]string{
			"arrival": "新转入", "arrival_from": "石桥村党支部", "arrival_on": "2026-10-15", "arrival_whole": "是"}})
		must(t, err)
		_, err = plan.Apply(ctx, to.Ledger)
		must(t, err)
	},
	"package": func(t *testing.T, from, to *village, persons []string) {
		w, err := transfer.Hand(ctx, from.Ledger, persons, t.TempDir())
		must(t, err)
		p, err := transfer.Read(w.Path, strings.Join(w.Words, " "))
		must(t, err)
		a, err := transfer.Look(ctx, to.Ledger, p, "2026-10-15")
		must(t, err)
		_, err = a.Apply(ctx)
		must(t, err)
	},
}

// TestTransferWithin: by each way the county takes both bundles, before, between and after;
// its table closes in every state, shows the transfer as one within once both sides are
// known, and the comparison tells of it as soon as both have reported and not before.
func TestTransferWithin(t *testing.T) {
	for name, move := range ways {
		for _, oldFirst := range []bool{true, false} {
			if !oldFirst && name != "form" { // what the county sees is the same
				continue
			}
			t.Run(name+map[bool]string{true: " the old one first", false: " the new one first"}[oldFirst], func(t *testing.T) {
				transferWithin(t, move, oldFirst)
			})
		}
	}
}

func transferWithin(t *testing.T, move func(*testing.T, *village, *village, []string), oldFirst bool) {
	o := newOffice(t)
	a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
	must(t, o.l.SetUnits(ctx, units(a.code, "云溪镇", "石桥村党支部", b.code, "柳河镇", "柳湾村党支部")))
	const born = "1970-03-02"
	gone := []string{a.member(t, "张三", born, idFor(born, 11)), a.member(t, "李四", born, idFor(born, 13))}
	a.member(t, "王五", born, idFor(born, 15))
	b.member(t, "赵六", born, idFor(born, 17))
	for _, v := range []*village{a, b} {
		o.one(t, v.exported(t, "2026-10"))
	}
	if before := o.table1(t, "2026-10")[""]; before["month_closing"] != 4 || before["month_within_in"] != 0 {
		t.Errorf("before: %v", before)
	}
	for _, id := range gone {
		a.moves(t, id, "转出", "2026-10-12", "to_org", "柳湾村党支部", "to_code", b.code, "whole_unit", "1")
	}
	move(t, a, b, gone)
	if oldFirst {
		o.one(t, a.exported(t, "2026-10"))
		if between := o.table1(t, "2026-10")[""]; between["month_moved_out"] != 2 || between["month_closing"] != 2 || between["month_within_out"] != 0 {
			t.Errorf("between: %v", between)
		}
		if found := o.crossed(t); found != "" {
			t.Errorf("between the comparison finds %s", found)
		}
		o.one(t, b.exported(t, "2026-10"))
	} else {
		o.one(t, b.exported(t, "2026-10"))
		if between := o.table1(t, "2026-10")[""]; between["month_moved_in"] != 2 || between["month_closing"] != 6 || between["month_within_in"] != 0 {
			t.Errorf("between: %v", between)
		}
		if found := o.crossed(t); found != "W-CROSS-TWICE W-CROSS-TWICE" { // the old one has reported the month, without a word of it
			t.Errorf("between the comparison finds %q", found)
		}
		o.one(t, a.exported(t, "2026-10"))
	}
	all := o.table1(t, "2026-10")
	after := all[""]
	if after["month_moved_in"] != 0 || after["month_moved_out"] != 0 || after["month_added"] != 0 || after["month_removed"] != 0 || after["month_whole_in"] != 0 ||
		after["month_within_in"] != 2 || after["month_within_out"] != 2 || after["month_closing"] != 4 || after["year_within_in"] != 2 {
		t.Errorf("after: %v", after)
	}
	if one := all[b.code]; one["month_within_in"] != 2 || one["month_within_out"] != 0 || one["month_closing"] != 3 {
		t.Errorf("the new unit: %v", one)
	}
	if found := o.crossed(t); found != "" {
		t.Errorf("after the comparison finds %s", found)
	}
	period, err := count.MonthPeriod(o.l, "2026-10")
	must(t, err)
	for figure, want := range map[string]int{"month_within_in": 2, "month_within_out": 2, "month_moved_in": 0, "month_removed": 0, "year_moved_out": 0} {
		behind, err := count.SummaryBehind(ctx, o.l, count.SummaryQuery{Period: period}, "", "A11", figure, "")
		must(t, err)
		if len(behind) != want {
			t.Errorf("behind %s stand %d, want %d", figure, len(behind), want)
		}
	}
}

// TestTransferOverMonths: of a transfer whose days lie in two months each month's table
// shows one side and the year's shows it within; all close. While the old village has
// reported only up to the month before, the comparison says nothing of it.
func TestTransferOverMonths(t *testing.T) {
	o := newOffice(t)
	a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
	must(t, o.l.SetUnits(ctx, units(a.code, "云溪镇", "石桥村党支部", b.code, "柳河镇", "柳湾村党支部")))
	const born = "1970-03-02"
	p := a.member(t, "张三", born, idFor(born, 11))
	b.member(t, "赵六", born, idFor(born, 17))
	o.one(t, a.exported(t, "2026-09"))
	q := b.person(t, "张三", "birth_date", born, "id_number", idFor(born, 11), "status", "正式党员", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01").ID
	b.moves(t, q, "转入", "2026-10-05", "from_org", "石桥村党支部", "from_code", a.code)
	o.one(t, b.exported(t, "2026-10"))
	if found := o.crossed(t); found != "" {
		t.Errorf("before the old one has reported the month: %s", found)
	}
	a.moves(t, p, "转出", "2026-09-28", "to_org", "柳湾村党支部", "to_code", b.code)
	o.one(t, a.exported(t, "2026-10"))
	september, october := o.table1(t, "2026-09")[""], o.table1(t, "2026-10")[""]
	if september["month_moved_out"] != 1 || october["month_moved_in"] != 1 || october["month_within_in"] != 0 {
		t.Errorf("the months: %v, %v", september, october)
	}
	if october["year_within_in"] != 1 || october["year_within_out"] != 1 || october["year_moved_in"] != 0 {
		t.Errorf("the year: %v", october)
	}
	if found := o.crossed(t); found != "" {
		t.Errorf("after: %s", found)
	}
}
