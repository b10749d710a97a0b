package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/repair"
)

// beyond are the damages after which no page of the ledger is left, or no ledger at all.
var beyond = []string{"cut to nothing", "cut to 50 bytes", "cut to the header", "cut within page 1", "cut at a page", "text file", "packed ledger", "folder in its place",
	"pipe in its place", "gone", "another database"}

// pageLosses are damages of whole pages, beside those of the list that opening is tried with.
func pageLosses() []damage {
	zero := func(b []byte) { clear(b) }
	return []damage{
		{"history's first page zeroed", look, "", onPage(rootOf+"'history'", zero)},
		{"organisations' page zeroed", look, "", onPage(rootOf+"'organization'", zero)},
		{"pages of history zeroed", look, "", everyPage("SELECT pageno FROM dbstat WHERE name = 'history' AND pagetype = 'leaf' AND pageno % 3 = 0")},
		{"pages of persons and all their indexes zeroed", look, "", everyPage("SELECT pageno FROM dbstat WHERE name LIKE '%person%' AND pagetype = 'leaf' AND pageno % 2 = 0")},
		{"links' page zeroed", look, "", onPage(rootOf+"'activity_attendance'", zero)},
		{"overflow page in the middle zeroed", look, "", onPage("SELECT min(pageno) FROM dbstat WHERE pagetype = 'overflow' AND name = 'draft'", zero)},
		{"every tenth page zeroed", look, "", everyPage("SELECT pageno FROM dbstat WHERE pageno % 10 = 3 AND pageno > 1")},
		{"every tenth page and the first zeroed", look, "", everyPage("SELECT pageno FROM dbstat WHERE pageno % 10 = 7 OR pageno = 1")},
		{"free list and a table's first page gone", look, "", func(t *testing.T, path string) {
			onPage(rootOf+"'person'", zero)(t, path)
			put4(32, 0)(t, path)
		}},
		{"noise over a piece of the file", look, "", edit(func(b []byte) []byte {
			r := rand.New(rand.NewPCG(1, 2))
			for i := len(b) / 3; i < len(b)/3+10*pageSize; i++ {
				b[i] = byte(r.Uint32())
			}
			return b
		})},
	}
}

// everyPage zeroes the pages that a query gives.
func everyPage(query string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		var pages []int
		for n := 1; n < 100_000; n++ {
			next := mayNumber(t, path, fmt.Sprintf("SELECT coalesce(min(pageno), 0) FROM (%s) WHERE pageno > %d", query, last(pages)))
			if next == 0 {
				break
			}
			pages = append(pages, next)
		}
		edit(func(b []byte) []byte {
			for _, n := range pages {
				clear(b[(n-1)*pageSize : n*pageSize])
			}
			return b
		})(t, path)
	}
}

func last(pages []int) int {
	if len(pages) == 0 {
		return 0
	}
	return pages[len(pages)-1]
}

// allDamages also repairs after those damages that are to repairing as others are: settings of
// which another like it is tried, and numbers of the header that nobody reads.
var allDamages = flag.Bool("repair.all", false, "repair after every damage, not only after those that differ")

// like tells whether a damage is to repairing as another is that is tried.
func like(name string) bool {
	setting := strings.HasPrefix(name, "setting ") && !slices.Contains([]string{"setting signing_key gone", "setting public_key of nonsense",
		"setting sequence of nonsense", "setting county_key of nonsense", "setting county_profile of nonsense", "setting first_month of nonsense"}, name)
	return setting || slices.Contains([]string{"change counter", "schema cookie", "suggested cache", "bytes set aside", "SQLite's own version", "write version",
		"read version", "reserved bytes", "payload fractions", "schema format", "vacuum step by step", "user_version 1", "user_version 99", "application_id",
		"page count too small", "longer by a page", "garbled log", "zeroed log", "empty log", "garbled shared memory", "search dropped", "index dropped"}, name)
}

// outcomeOf is what repairing one damaged ledger brought.
type outcomeOf struct {
	name                                           string
	before, touched, saved, mended, again, unsaved int
	named                                          int
}

// TestRepair repairs a ledger after every damage that we thought of. Every row of which no
// page was hurt is there as it was; every other one is there again or named; and the damaged
// file stays as it is, byte for byte.
func TestRepair(t *testing.T) {
	base := soundLedger(t)
	want := readTruth(t, base, true)
	byPages := slices.Concat(headerDamages(), pageDamages(), pageLosses())
	all := slices.Concat(byPages, contentDamages(), besideDamages())
	var mu sync.Mutex
	var table []outcomeOf
	skipped := 0
	t.Run("all", func(t *testing.T) {
		for i, d := range all {
			if like(d.name) && !*allDamages {
				skipped++
				continue
			}
			t.Run(d.name, func(t *testing.T) {
				t.Parallel()
				path := filepath.Join(t.TempDir(), "ledger.db")
				copyTo(t, base, path)
				d.does(t, path)
				if slices.Contains(beyond, d.name) {
					repairNothing(t, path)
					return
				}
				touched, left := truth{}, truth{}
				switch {
				case i < len(byPages):
					touched = want.touched(spoilt(t, base, path))
				case !strings.HasPrefix(d.name, "hot journal"):
					left = readTruth(t, path, false)
					touched = want.otherwise(left)
				}
				o := repairOne(t, path, want, touched, left)
				o.name = d.name
				mu.Lock()
				table = append(table, o)
				mu.Unlock()
			})
		}
	})
	slices.SortFunc(table, func(a, b outcomeOf) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	fmt.Fprintf(&b, "%-50s %6s %7s %6s %6s %7s %5s %5s\n", "damage", "before", "touched", "saved", "mended", "history", "lost", "named")
	for _, o := range table {
		fmt.Fprintf(&b, "%-50s %6d %7d %6d %6d %7d %5d %5d\n", o.name, o.before, o.touched, o.saved, o.mended, o.again, o.unsaved, o.named)
	}
	t.Log("\n" + b.String())
	if len(table)+len(beyond)+skipped < 120 {
		t.Errorf("%d damages", len(table))
	}
}

// repairNothing asks that repairing what holds no ledger says so and leaves nothing.
func repairNothing(t *testing.T, path string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "new.db")
	s := command(t, path, "check", "--repair", "--out", out)
	if s.status != 1 || s.err == "" {
		t.Errorf("it says %s", s)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(out), "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
}

// repairOne repairs a ledger of which some rows are touched. left is what SQLite itself still
// reads, where the damage was done by its own means.
func repairOne(t *testing.T, path string, want, touched, left truth) outcomeOf {
	t.Helper()
	before := bytesOf(t, path)
	out := filepath.Join(t.TempDir(), "new.db")
	r, err := repair.Repair(context.Background(), path, out, repair.Options{Store: store.Options{Book: book.Standard}})
	if err != nil {
		t.Fatal(err)
	}
	if changed := differ(before, bytesOf(t, path)); len(changed) > 0 {
		t.Errorf("it changed %v", changed)
	}
	l, err := book.Open(context.Background(), out, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if l.ReadOnly() || l.Damage() != nil {
		t.Errorf("the new one is not sound: %v", l.Damage())
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	now := readTruth(t, out, false)
	for _, wrong := range wrongWith(want, touched, left, now, r) {
		t.Error(wrong)
	}
	sum := r.Total()
	o := outcomeOf{before: want.count(), touched: touched.count(), saved: want.count() - want.otherwise(now).count(), mended: sum.Mended, again: sum.FromHistory,
		unsaved: want.otherwise(now).count(), named: len(r.Items)}
	return o
}

// wrongWith names what is wrong with a repaired ledger: a row that no damage touched and that
// is not there as it was, or one that was touched, is gone or another, and is not named.
func wrongWith(want, touched, left, now truth, r *repair.Report) (wrong []string) {
	text := strings.Join(r.Text(), "\n")
	named := map[string]bool{}
	titles := map[string]bool{}
	past := false
	for _, it := range r.Items {
		named[it.ID] = true
		past = past || strings.HasPrefix(it.What, "修改经过少")
		titles[it.Kind] = true
	}
	sums := map[string]repair.Sum{}
	for _, s := range r.Sums() {
		sums[s.Name] = s
	}
	gone := want.otherwise(now)
	gone.each(func(table, key string) {
		if len(wrong) > 10 {
			return
		}
		have := now[table][key].content
		if have != "" && left[table][key].content == have {
			return // it was read as the damage had made it
		}
		if table == "setting" && titles["设置"] {
			return // some of them hang together
		}
		if _, hit := touched[table][key]; !hit {
			wrong = append(wrong, fmt.Sprintf("%s %s is not as it was, and no page of it was hurt: %.300s; now %.300s", table, key, want[table][key].content, have))
			return
		}
		id, s := strings.Trim(strings.Fields(key)[0], "'"), sums[table]
		counted := s.Lost+s.Part+s.Unread >= len(gone[table]) || s.Gone || s.Pages > 0
		if !named[id] && !(counted && (titles[s.Title] || strings.Contains(text, "“"+s.Title+"”") || past)) {
			wrong = append(wrong, fmt.Sprintf("%s %s is lost and not named; was %.200s, now %.200s", table, key, want[table][key].content, have))
		}
	})
	return wrong
}

// TestRepairJudged: the judgement of TestRepair finds a row that is lost without a word.
func TestRepairJudged(t *testing.T) {
	base := soundLedger(t)
	want := readTruth(t, base, true)
	out := filepath.Join(t.TempDir(), "new.db")
	r, err := repair.Repair(context.Background(), base, out, repair.Options{Store: store.Options{Book: book.Standard}})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Whole() {
		t.Errorf("of a whole ledger it says %v", r.Items)
	}
	if wrong := wrongWith(want, truth{}, truth{}, readTruth(t, out, false), r); len(wrong) > 0 {
		t.Errorf("a whole ledger is not as it was: %v", wrong)
	}
	alter(t, out, "PRAGMA foreign_keys = 0", "DELETE FROM person WHERE id = (SELECT max(id) FROM person)", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE")
	now := readTruth(t, out, false)
	if wrong := wrongWith(want, truth{}, truth{}, now, r); len(wrong) != 1 {
		t.Errorf("a person gone: %v", wrong)
	}
	if wrong := wrongWith(want, want, truth{}, now, r); len(wrong) != 1 || !strings.Contains(wrong[0], "not named") {
		t.Errorf("a touched person gone and not named: %v", wrong)
	}
}

// TestRepairCommand: a repaired ledger is checked and exported as the one before, its report
// stands beside it, and what is lost for good makes the status 1.
func TestRepairCommand(t *testing.T) {
	base := soundLedger(t)
	before := tryCommands(t, base, nil)
	path := filepath.Join(t.TempDir(), "ledger.db")
	copyTo(t, base, path)
	onPage(rootOf+"'person'", func(b []byte) { clear(b) })(t, path)
	out := filepath.Join(t.TempDir(), "new.db")
	s := command(t, path, "check", "--repair", "--out", out, "--json")
	var told struct {
		Ledger string
		Items  []any
		Tables map[string]struct{ Read int }
	}
	if err := json.Unmarshal([]byte(s.out), &told); err != nil || s.status != 0 || told.Ledger != out || len(told.Items) > 0 || told.Tables["person"].Read == 0 {
		t.Fatalf("%s: %v", s, err)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(out), "new-报告.xlsx")); err != nil {
		t.Error(err)
	}
	after := tryCommands(t, out, nil)
	if after.list.out != before.list.out || after.check.status != 0 || after.export.status != 0 || counts(t, after.export.out) != counts(t, before.export.out) {
		t.Errorf("after it: %+v", after)
	}
	if again := command(t, path, "check", "--repair", "--out", out); again.status != 1 || !strings.Contains(again.err, "已经存在") {
		t.Errorf("over another file: %s", again)
	}
	if s := command(t, path, "check", "--fill"); s.status != 2 {
		t.Errorf("--fill alone: %s", s)
	}
}

// TestRepairFromBackup: of a ledger that has lost its settings, its history and its persons
// the report says which backup still holds what, and --fill takes it from there: then it is
// the ledger that it was, and goes on reporting under its key. No whole number is in what is
// said.
func TestRepairFromBackup(t *testing.T) {
	base := soundLedger(t)
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "ledger.db"), filepath.Join(t.TempDir(), "backup.db")
	copyTo(t, base, path)
	copyTo(t, base, backup)
	statements("DROP TABLE person", "DROP TABLE history", "DROP TABLE setting")(t, path)
	without := command(t, path, "check", "--repair", "--backup", backup, "--out", filepath.Join(dir, "part.db"))
	if without.status != 1 || !strings.Contains(without.out, "的备份里还有") || !strings.Contains(without.out, "签名密钥") {
		t.Errorf("without --fill: %s", without)
	}
	out := filepath.Join(dir, "whole.db")
	s := command(t, path, "check", "--repair", "--fill", "--backup", backup, "--out", out, "--report", filepath.Join(dir, "r.csv"))
	if s.status != 0 || !strings.Contains(s.out, "从备份补上") {
		t.Errorf("with --fill: %s", s)
	}
	if lost := readTruth(t, base, false).otherwise(readTruth(t, out, false)); lost.count() > 0 {
		lost.each(func(table, key string) { t.Errorf("%s %s is not as it was", table, key) })
	}
	report, err := os.ReadFile(filepath.Join(dir, "r.csv"))
	if err != nil || !strings.Contains(string(report), "备份 2026-") {
		t.Errorf("%v: %.300s", err, report)
	}
	if whole := regexp.MustCompile(`990101\d{11}[\dX]|\b100\d{8}\b`).FindString(string(report) + s.out + without.out); whole != "" {
		t.Errorf("it says the whole number %s", whole)
	}
}
