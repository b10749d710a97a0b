package county_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/county/rescue"
	"taizhang/store/send"
)

// TestTrust lets a ledger begun anew take the place of the one known: its rows go,
// what the county's own records say of the unit stays.
func TestTrust(t *testing.T) {
	o := newOffice(t)
	const unit = "990101101201"
	old := o.village(t, unit, 100)
	zhang := old.person(t, "张三")
	old.export(t)
	last := o.one(t, old.export(t).Path)
	own := &village{o.l, o, ""}
	aid := own.add(t, "aid", "kind", "物资", "title", "送化肥", "provider", "农业局", "given_on", "2026-05-01", "target_code", unit)
	honor := own.add(t, "honor", "title", "优秀共产党员", "kind", "优秀共产党员", "level", "市县", "granted_by", "县委", "granted_on", "2026-07-01", "person", zhang.ID)

	stick := *o // another one, on which its numbers begin at 1
	stick.stick = t.TempDir()
	anew := stick.village(t, unit, 50)
	li := anew.person(t, "李四")
	sent := anew.export(t)
	before := o.dump(t)
	if _, err := county.ChangedKey(ctx, o.l, unit); code(err) != "E-NOCHANGE" {
		t.Fatalf("before any: %v", err)
	}
	if in := o.one(t, sent.Path); in.Verdict != county.Refused || !strings.Contains(in.Reason, "认可新密钥") {
		t.Fatalf("not trusted: %+v", in)
	}
	if o.dump(t) != before {
		t.Error("a refused bundle changed the ledger")
	}
	c, err := county.ChangedKey(ctx, o.l, unit)
	must(t, err)
	public, err := send.PublicKey(ctx, anew.Ledger)
	must(t, err)
	was, err := send.PublicKey(ctx, old.Ledger)
	must(t, err)
	if c.New != bundle.CheckDigits(public) || c.Old != bundle.CheckDigits(was) {
		t.Errorf("got %+v", c)
	}
	if err := county.Trust(ctx, o.l, c, c.Old); code(err) != "E-DIGITS" {
		t.Errorf("the old digits: %v", err)
	}
	must(t, county.Trust(ctx, o.l, c, strings.ReplaceAll(c.New, " ", "")))

	in := o.one(t, sent.Path)
	if in.Verdict != county.Accepted || in.Sequence != 1 || last.Sequence != 2 {
		t.Fatalf("trusted: %+v", in)
	}
	if got, err := o.l.Get(ctx, "person", li.ID); err != nil || got.OrgID != anew.Home().ID {
		t.Errorf("the new one's: %+v, %v", got, err)
	}
	orgs, err := o.l.Organisations(ctx)
	must(t, err)
	if _, there := orgs[old.Home().ID]; there || len(orgs) != 2 {
		t.Errorf("organisations %v", orgs)
	}
	got, err := o.l.Get(ctx, "person", zhang.ID)
	must(t, err)
	if got.DeletedAt == "" {
		t.Error("the old one's member is still on file")
	}
	for kind, id := range map[string]string{"aid": aid.ID, "honor": honor.ID} {
		if rec, err := o.l.Get(ctx, kind, id); err != nil || rec.DeletedAt != "" {
			t.Errorf("the county's own %s: %+v, %v", kind, rec, err)
		}
	}
	must(t, o.l.Integrity(ctx))
	if in := o.one(t, anew.export(t).Path); in.Verdict != county.Accepted {
		t.Errorf("the next one: %+v", in)
	}
	if in := o.one(t, old.export(t).Path); in.Verdict != county.Refused {
		t.Errorf("the old ledger's: %+v", in)
	}
}

// TestRescue gives a village its ledger back: the same rows, and its next bundle is
// accepted without a word.
func TestRescue(t *testing.T) {
	o := newOffice(t)
	const unit = "990101101201"
	v := o.village(t, unit, 100)
	zhang := v.person(t, "张三", "phone", "10012345678", "status", "正式党员", "birth_date", "1980-01-01", "joined_on", "2010-05-01", "confirmed_on", "2011-05-01")
	v.add(t, "movement", "person", zhang.ID, "kind", "期初在册", "happened_on", "2026-01-01")
	wang := v.person(t, "王五")
	v.add(t, "training", "title", "果树", "topic", "生产技术", "method", "集中培训", "organizer", "农技站", "started_on", "2026-03-01", "attendance", zhang.ID+"=参加;"+wang.ID+"=缺席")
	gone := v.person(t, "李四")
	must(t, v.Delete(ctx, "person", gone.ID))
	must(t, count.CloseMonth(ctx, v.Ledger, "2026-10", ""))
	v.export(t)
	sent := v.export(t)
	if in := o.one(t, sent.Path); in.Verdict != county.Accepted {
		t.Fatalf("got %+v", in)
	}
	path := filepath.Join(t.TempDir(), "救回.db")
	if _, err := rescue.Rescue(ctx, o.l, "990101101299", path, nil); code(err) != "E-UNKNOWN-UNIT" {
		t.Errorf("an unknown one: %v", err)
	}
	out, err := rescue.Rescue(ctx, o.l, unit, path, nil)
	must(t, err)
	if out.Sequence != sent.Sequence || out.Month != "2026-10" || !out.Private || out.Missing != 0 || len(out.Closed) != 1 {
		t.Errorf("got %+v", out)
	}
	if _, err := rescue.Rescue(ctx, o.l, unit, path, nil); code(err) != "E-EXISTS" {
		t.Errorf("over a file: %v", err)
	}

	l, err := book.Open(ctx, path, store.Options{Source: source()})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	if got, want := kindRows(t, l), kindRows(t, v.Ledger); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	must(t, l.Integrity(ctx))
	closed, err := count.Closed(ctx, l)
	must(t, err)
	was, err := count.Closed(ctx, v.Ledger)
	must(t, err)
	if len(closed) != 1 || closed[0].Members != was[0].Members || len(closed[0].Roll) != 1 {
		t.Errorf("closed %+v, want %+v", closed, was)
	}
	if p, err := send.Profile(ctx, l); err != nil || p == nil || p.PublicKey != o.key.PublicKey() {
		t.Errorf("profile %+v, %v", p, err)
	}

	// The lost ledger may turn up after all: until the new one is seen it holds.
	if in := o.one(t, v.export(t).Path); in.Verdict != county.Accepted {
		t.Errorf("the old one: %+v", in)
	}
	// Then there are two, and the clerk has to say which one holds.
	back := &village{l, o, unit}
	next := back.export(t) // number 3 lies on the stick, so this is 4
	if in := o.one(t, next.Path); in.Verdict != county.Refused || in.Fork == nil || !in.Fork.Loss.None() {
		t.Errorf("the rescued one after the old: %+v", in)
	}
	o.allow(t, unit, county.ForkCopy)
	in := o.one(t, next.Path)
	if in.Verdict != county.Accepted || len(in.Changes) != 0 || next.Sequence != 4 {
		t.Errorf("the rescued one: %+v", in)
	}
	if in := o.one(t, v.export(t).Path); in.Verdict != county.Refused || !strings.Contains(in.Reason, "密钥") {
		t.Errorf("the old one afterwards: %+v", in)
	}
	if in := o.one(t, back.export(t).Path); in.Verdict != county.Accepted {
		t.Errorf("the next one: %+v", in)
	}
}

// kindRows dumps the tables of the kinds and their links.
func kindRows(tb testing.TB, l *store.Ledger) string {
	tb.Helper()
	var b strings.Builder
	for _, r := range bundle.Resources(l.Kinds(), l.Home().Kind.Name) {
		b.WriteString(r.Name + "\n" + tableRows(tb, l, r.Name, r.Header()))
	}
	return b.String()
}

func tableRows(tb testing.TB, l *store.Ledger, table string, columns []string) string {
	tb.Helper()
	db := openSQL(tb, l.Path())
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = `quote("` + c + `")`
	}
	return strings.Join(texts(tb, db, `SELECT `+strings.Join(quoted, " || '|' || ")+` AS line FROM "`+table+`" ORDER BY line`), "\n") + "\n"
}

func openSQL(tb testing.TB, path string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite", path)
	must(tb, err)
	tb.Cleanup(func() { must(tb, db.Close()) })
	return db
}
