package county_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// allow lets the next bundle in that does not follow.
func (o *office) allow(tb testing.TB, code, as string) {
	tb.Helper()
	f, err := county.LastFork(ctx, o.l, code)
	must(tb, err)
	must(tb, county.AllowFork(ctx, o.l, f, as))
}

// copied gives a copy of the village's ledger, as one makes who copies the file to another
// computer, or a backup.
func (v *village) copied(tb testing.TB, seed byte) *village {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "ledger.db")
	_, err := openSQL(tb, v.Path()).Exec("VACUUM INTO ?", path)
	must(tb, err)
	s := source()
	s.Rand = &counter{seed}
	at := s.Now().Add(time.Duration(seed) * time.Minute) // two computers' bundles differ in their time at least
	s.Now = func() time.Time { return at }
	l, err := book.Open(ctx, path, store.Options{Source: s})
	must(tb, err)
	tb.Cleanup(func() { must(tb, l.Close()) })
	return &village{l, v.o, v.code}
}

// failing exports into a folder that goes when the bundle has been put down, or stops
// before, when only its number is used.
func (v *village) failing(tb testing.TB, stop bool) {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "stick")
	must(tb, os.Mkdir(dir, 0o700))
	c, cancel := context.WithCancel(ctx)
	defer cancel()
	_, err := send.Export(c, v.Ledger, send.Options{Dir: dir, Month: "2026-10", AllowErrors: true, Progress: func(done, all int) {
		if done != all-2 {
			return
		}
		if stop {
			cancel()
		} else {
			must(tb, os.RemoveAll(dir))
		}
	}})
	if err == nil {
		tb.Fatal("the export did not fail")
	}
}

// pretend puts n bundles down that were never made.
func (v *village) pretend(tb testing.TB, n int) {
	tb.Helper()
	_, err := openSQL(tb, v.Path()).Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO bundle_sent (sequence, month, file, path, hash, file_hash, size, created_at, counts, problems, state)
		SELECT (SELECT max(sequence) FROM bundle_sent) + i, '2026-10', '', '', printf('%064x', i), '', 0, '2026-10-31T09:00:00Z', '{}', 0, '未写成' FROM n`, n)
	must(tb, err)
}

// play is a village's ledger with its copies, and the bundles that were kept back.
type play struct {
	*testing.T
	o       *office
	code    string
	ledgers map[string]*village
	kept    map[string]string
}

// do takes one step. "a:V" exports from the ledger a and wants the verdict V, "1a:V" as a
// program of the first format; "a>x" keeps the bundle x back, "x:V" brings it; "a-" loses
// it, "a-130" that many; "b=a" copies; "a!" fails once the hash is noted, "a?" before;
// "+copy" and "+restored" let in.
func (p *play) do(step string) {
	p.Helper()
	switch {
	case step[0] == '+':
		p.o.allow(p.T, p.code, map[string]string{"+copy": county.ForkCopy, "+restored": county.ForkRestored}[step])
	case strings.Contains(step, "="):
		to, from, _ := strings.Cut(step, "=")
		p.ledgers[to] = p.ledgers[from].copied(p.T, byte(10*len(p.ledgers)))
	case strings.Contains(step, ">"):
		from, name, _ := strings.Cut(step, ">")
		p.kept[name] = p.export(from)
	case strings.HasSuffix(step, "!"), strings.HasSuffix(step, "?"):
		p.ledgers[step[:1]].failing(p.T, step[1] == '?')
	case strings.Contains(step, "-"):
		from, times, _ := strings.Cut(step, "-")
		n, err := strconv.Atoi(times)
		if err != nil {
			n = 1
		}
		if n > 20 {
			p.ledgers[from].pretend(p, n)
			n = 1
		}
		for range n {
			p.export(from)
		}
	default:
		from, verdict, _ := strings.Cut(step, ":")
		path := p.kept[from]
		if path == "" {
			path = p.export(from)
		}
		in := p.o.one(p.T, path)
		if in.Verdict != verdict {
			p.Errorf("%s: %s %s", step, in.Verdict, in.Reason)
		}
		if (in.Fork != nil) != (verdict == county.Refused) {
			p.Errorf("%s: the fork is told: %v", step, in.Fork != nil)
		}
	}
}

// export gives the path of a bundle, each in a folder of its own.
func (p *play) export(from string) string {
	p.Helper()
	name := from[len(from)-1:]
	v := p.ledgers[name]
	sent, err := send.Export(ctx, v.Ledger, send.Options{Dir: p.TempDir(), Month: "2026-10", AllowErrors: true})
	must(p, err)
	if from == name {
		return sent.Path
	}
	return v.changed(p, sent, func(_ map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
		m.Format = 1
		return rs
	})
}

// TestForks plays what happens to ledgers: an honest village is never refused, and of two
// lines only the one that the clerk knows is taken.
func TestForks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for i, c := range []struct{ name, steps string }{
		{"month after month", "a:已接收 a:已接收 a:已接收"},
		{"bundles lost on the way", "a:已接收 a- a- a:已接收 a-3 a:已接收"},
		{"the first one lost", "a-2 a:已接收"},
		{"an export failed with its hash noted", "a:已接收 a! a:已接收"},
		{"an export failed with its number used", "a:已接收 a? a? a:已接收 a! a? a:已接收"},
		{"old files on the stick", "a>x a>y a:已接收 x:已收过 y:已收过"},
		{"an old file after later months", "a>x a:已接收 a:已接收 x:已收过"},
		{"the accepted one again", "a>x x:已接收 a:已接收 x:已收过"},
		{"an update in the middle of the year", "1a:已接收 1a:已接收 a:已接收 a:已接收"},
		{"an update, and bundles lost", "1a:已接收 1a- a- a:已接收"},
		{"the older program once more", "a:已接收 1a:已接收 a:已接收 1a- 1a:已接收 a:已接收"},
		{"an old file of the older program", "1a>x 1a:已接收 a:已接收 x:已收过"},
		{"an old file, and the older program since", "a>x 1a:已接收 x:已收过 a:已接收"},
		{"more exports than are told", "a:已接收 a-125 a:已接收"},
		{"a backup of today, and nothing lost", "a:已接收 b=a b:已接收 b:已接收"},
		{"a backup, the last one not arrived", "a:已接收 b=a a- b:已接收"},

		{"two computers", "a:已接收 b=a a:已接收 b:被退回 a:已接收 b:被退回"},
		{"two computers, the numbers higher", "a:已接收 b=a a:已接收 b-5 b:被退回 a:已接收"},
		{"two computers, the other one holds", "a:已接收 b=a a:已接收 b>x x:被退回 +copy x:已接收 b:已接收 a:被退回"},
		{"two computers, the other one's next holds", "a:已接收 b=a a:已接收 b:被退回 +copy b-2 b:已接收 a:被退回 b:已接收"},
		{"two computers, the first goes on meanwhile", "a:已接收 b=a a:已接收 b>x x:被退回 +copy a:已接收 x:被退回 +copy x:已接收"},
		{"a third copy is not meant", "a:已接收 b=a c=a a:已接收 b:被退回 +copy c-3 c:被退回 b:已接收 a:被退回"},
		{"a number that was lost, from the other one", "a:已接收 b=a a- a:已接收 b:被退回"},
		{"two computers with the older program", "1a:已接收 b=a 1a:已接收 1b:被退回"},
		{"the older program let in", "1a:已接收 b=a 1a:已接收 1b:被退回 +copy 1b:已接收 1b:已接收"},
		{"an old backup", "a:已接收 b=a a:已接收 a:已接收 b:被退回 b:被退回 b-4 b:被退回"},
		{"an old backup let in", "a:已接收 b=a a:已接收 a:已接收 b:被退回 +restored b:已接收 b:已接收"},
		{"an old backup, then a newer one", "a:已接收 b=a a:已接收 c=a b:被退回 c:已接收"},
		{"files of the line let go", "a:已接收 b=a a>x a:已接收 b:被退回 +restored b:已接收 x:已收过 b:已接收 x:已收过"},
		{"more exports than are told, of a copy", "a:已接收 b=a a:已接收 b-100 b:被退回"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code := fmt.Sprintf("9901011012%02d", i)
			v := o.village(t, code, byte(3*i))
			v.person(t, "张三")
			p := &play{t, o, code, map[string]*village{"a": v}, map[string]string{}}
			for _, step := range strings.Fields(c.steps) {
				p.do(step)
			}
		})
	}
	must(t, o.l.Integrity(ctx))
}

// TestForkTells: a refused bundle changes nothing, the clerk sees what would be lost, with
// names, both computers are told what to do in words of theirs, and no answer overwrites
// another.
func TestForkTells(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const unit = "990101101201"
	a := o.village(t, unit, 100)
	zhang := a.member(t, "张三", "1970-03-02", "")
	a.member(t, "李四", "1975-03-02", "")
	o.one(t, a.export(t).Path)
	b := a.copied(t, 7)
	b.o = &office{l: o.l, key: o.key, stick: t.TempDir()} // another stick
	if _, err := county.LastFork(ctx, o.l, unit); code(err) != "E-NOCHANGE" {
		t.Fatalf("before any: %v", err)
	}
	if _, err := county.LastFork(ctx, o.l, "990101101299"); code(err) != "E-UNKNOWN-UNIT" {
		t.Fatalf("an unknown unit: %v", err)
	}

	a.member(t, "王五", "1980-03-02", "")
	now, err := a.Get(ctx, "person", zhang)
	must(t, err)
	now.Set("phone", "10012345678")
	_, err = a.Save(ctx, model.AsRecorded, now)
	must(t, err)
	b.member(t, "赵六", "1985-03-02", "")
	accepted := a.export(t)
	o.one(t, accepted.Path)
	before := o.dump(t)
	refused := b.export(t)
	in := o.one(t, refused.Path)
	if in.Verdict != county.Refused || in.Fork == nil || in.Sequence != 2 || o.dump(t) != before {
		t.Fatalf("the copy's: %+v", in)
	}
	if in.Fork.Last.Sequence != 2 || in.Fork.Last.Month != "2026-10" || in.Fork.Common == nil || in.Fork.Common.Sequence != 1 {
		t.Errorf("the points are %+v", in.Fork)
	}
	lines := strings.Join(in.Fork.Loss.Lines(o.l.Kinds()), "\n")
	for _, want := range []string{"人员:少 1 条(王五);1 条退回以前的(张三);多 1 条(赵六)", "党员变动:少 1 条"} {
		if !strings.Contains(lines, want) {
			t.Errorf("%q is not in what would be lost:\n%s", want, lines)
		}
	}
	if !strings.HasPrefix(lines, "人员") {
		t.Errorf("the persons are not named first:\n%s", lines)
	}

	paths, err := county.Receipts(ctx, o.l, o.key, t.TempDir(), "2026-10")
	must(t, err)
	if len(paths) != 3 || !slices.ContainsFunc(paths, func(p string) bool { return filepath.Base(p) == bundle.ReceiptName(unit, "2026-10", 2, refused.Hash) }) {
		t.Fatalf("receipts %q", paths)
	}
	verdicts := map[*village]map[string]string{a: {accepted.Hash: county.Accepted, refused.Hash: "E-RECEIPT-UNKNOWN"}, b: {accepted.Hash: "E-RECEIPT-UNKNOWN", refused.Hash: county.Refused}}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		must(t, err)
		r, err := bundle.OpenReceipt(data, o.key.PublicKey())
		must(t, err)
		if r.Sequence == 1 {
			continue
		}
		for v, want := range verdicts {
			got, err := send.TakeReceipt(ctx, v.Ledger, data)
			said := code(err)
			if err == nil {
				said = got.Verdict
			}
			if said != want[r.Hash] {
				t.Errorf("the answer %s at %s: %v", r.Verdict, v.Path(), err)
			}
		}
		if r.Verdict != county.Refused {
			continue
		}
		for _, want := range []string{"两台都在记", "旧备份", "打电话", "再导出一次", "10月第 2 号"} {
			if !strings.Contains(r.Reason, want) || r.Code != "E-FORK" {
				t.Errorf("%s does not say %q: %s", r.Code, want, r.Reason)
			}
		}
	}

	f, err := county.LastFork(ctx, o.l, unit)
	must(t, err)
	must(t, county.AllowFork(ctx, o.l, f, county.ForkCopy))
	got := o.one(t, refused.Path)
	if got.Verdict != county.Accepted && got.Verdict != county.Partly {
		t.Fatalf("let in, what was shown is not asked about again: %+v", got)
	}
	book, err := county.IntakesOf(ctx, o.l, unit)
	must(t, err)
	if said := string(book[len(book)-1].Reasons); !strings.Contains(said, "放行了这一份") {
		t.Errorf("the book does not tell that it was let in: %s", said)
	}
	if err := county.AllowFork(ctx, o.l, f, county.ForkCopy); code(err) != "E-NOCHANGE" {
		t.Errorf("let in twice: %v", err)
	}
}

// TestForkStale: what would be lost is reckoned when a bundle is refused. When the county
// has taken another since, it has to be reckoned anew.
func TestForkStale(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const unit = "990101101201"
	a := o.village(t, unit, 100)
	o.one(t, a.export(t).Path)
	b := a.copied(t, 7)
	b.o = &office{l: o.l, key: o.key, stick: t.TempDir()}
	o.one(t, a.export(t).Path)
	refused := b.export(t)
	o.one(t, refused.Path)
	f, err := county.LastFork(ctx, o.l, unit)
	must(t, err)
	a.person(t, "王五")
	o.one(t, a.export(t).Path)
	if err := county.AllowFork(ctx, o.l, f, county.ForkCopy); code(err) != "E-STALE" {
		t.Errorf("of before: %v", err)
	}
	if in := o.one(t, refused.Path); !strings.Contains(strings.Join(in.Fork.Loss.Lines(o.l.Kinds()), ";"), "人员:少 1 条(王五)") {
		t.Errorf("reckoned anew: %+v", in.Fork.Loss)
	}
	o.allow(t, unit, county.ForkRestored)
	if in := o.one(t, refused.Path); in.Verdict != county.Accepted {
		t.Errorf("let in: %+v", in)
	}
}

// TestForkAsksAboutMore: the permission covers what was shown, not a member more.
func TestForkAsksAboutMore(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const unit = "990101101201"
	a := o.village(t, unit, 100)
	first := a.member(t, "张三", "1970-03-02", "")
	o.one(t, a.export(t).Path)
	b := a.copied(t, 7)
	b.o = &office{l: o.l, key: o.key, stick: t.TempDir()}
	a.member(t, "王五", "1980-03-02", "")
	o.one(t, a.export(t).Path)
	o.one(t, b.export(t).Path)
	o.allow(t, unit, county.ForkCopy)
	must(t, b.Delete(ctx, "person", first))
	in := o.one(t, b.export(t).Path)
	if in.Verdict != county.Waiting || !strings.Contains(in.Reason, "张三") {
		t.Errorf("one more is gone: %s %s", in.Verdict, in.Reason)
	}
}
