package paper_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// demoMembers is how many members the village has on whose ledger all papers are tried.
const demoMembers = 40

// demoVillage opens a made-up village's ledger.
func demoVillage(t *testing.T) *store.Ledger {
	t.Helper()
	dir := t.TempDir()
	if _, err := demo.Village(ctx, dir, demo.Options{Members: demoMembers}); err != nil {
		t.Fatal(err)
	}
	l, err := book.Open(ctx, filepath.Join(dir, "ledger.db"), store.Options{Source: source(5), By: "李书记"})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	return l
}

// TestAllPapers makes every paper of a made-up village, reads its workbook back and looks
// for what may not be on it; blank forms too, for papers that know them.
func TestAllPapers(t *testing.T) {
	t.Parallel()
	l := demoVillage(t)
	private := secrets(t, l)
	for _, p := range paper.All {
		asked := requests(t, l, p)
		if len(asked) == 0 {
			t.Errorf("%s: the made-up village has no record that gives it", p.Name)
		}
		for i, q := range asked {
			name := fmt.Sprintf("%s %d", p.Name, i+1)
			made := tryMake(t, name, p, q, q.Blank)
			if made == nil {
				continue
			}
			private.check(t, name, made, false)
			printsWell(t, name, made)
		}
		if p.Whole && len(asked) > 0 {
			q := *asked[0]
			q.Whole, q.Purpose, q.Receiver = true, "年底核对", "镇党委"
			if made := tryMake(t, p.Name+" whole", p, &q, false); made != nil {
				private.check(t, p.Name+" whole", made, true)
				printsWell(t, p.Name+" whole", made)
			}
		}
	}
}

// requests asks for a paper in the ways in which it can be asked for, the last time blank.
func requests(t *testing.T, l *store.Ledger, p *page.Paper) []*page.Request {
	t.Helper()
	const tried = 3 // records
	var all []*page.Request
	ask := func(set func(*page.Request)) {
		q := paper.Ask(ctx, l)
		set(q)
		all = append(all, q)
	}
	var fitting []*model.Record
	if p.Kind != "" && (p.Over == page.OverRecord || p.Over == page.OverRecords) {
		found, err := l.Page(ctx, store.Query{Kind: p.Kind})
		must(t, err)
		for _, r := range found.Records {
			if p.Applies == nil || p.Applies(r) {
				fitting = append(fitting, r)
			}
		}
		if len(fitting) == 0 {
			return nil
		}
	}
	switch p.Over {
	case page.OverDay:
		ask(func(*page.Request) {})
	case page.OverMonth:
		ask(func(q *page.Request) { q.InMonth("2026-10") })
		ask(func(q *page.Request) { q.InMonth("2026-02") })
	case page.OverYear:
		ask(func(q *page.Request) { q.InYear(2026) })
		ask(func(q *page.Request) { q.InYear(2025) })
	case page.OverRecord:
		for _, r := range fitting[:min(len(fitting), tried)] {
			ask(func(q *page.Request) { q.Record = r })
		}
	case page.OverRecords:
		ask(func(q *page.Request) { q.Records, q.Record = fitting, fitting[0] })
		ask(func(q *page.Request) { q.Records, q.Record = fitting[:1], fitting[0] })
	}
	ask(func(q *page.Request) {
		q.Blank = true
		q.InMonth("2026-10")
	})
	return all
}

// tryMake makes a paper, or gives nil where it has nothing to say: a blank that it doesn't
// know, a list that is empty in this village.
func tryMake(t *testing.T, name string, p *page.Paper, q *page.Request, blank bool) (made *paper.Made) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s (blank: %v): %v", name, blank, r)
		}
	}()
	made, err := paper.Make(ctx, p, q)
	var known *model.Error
	switch {
	case err == nil:
		return made
	case errors.As(err, &known) && (blank || known.Code == "E-PAPER-EMPTY" || known.Code == "E-MONTH"):
		t.Logf("%s: %s", name, known.Message)
	default:
		t.Errorf("%s: %v", name, err)
	}
	return nil
}

// private is what of the people on file may not stand on papers.
type private struct {
	numbers   []string // ID numbers and phones
	addresses []string
	reasons   []string // for paying less
}

// reasonWords are those by which a posting would tell why somebody pays less.
var reasonWords = regexp.MustCompile(`减交|免交|减免|0\.2元档|低保`)

func secrets(t *testing.T, l *store.Ledger) *private {
	t.Helper()
	found, err := l.Page(ctx, store.Query{Kind: "person"})
	must(t, err)
	var s private
	for _, p := range found.Records {
		for field, list := range map[string]*[]string{"id_number": &s.numbers, "phone": &s.numbers, "address": &s.addresses, "dues_approval": &s.reasons} {
			if v := p.Str(field); v != "" {
				*list = append(*list, v)
			}
		}
	}
	if len(s.numbers) < demoMembers || len(s.addresses) < demoMembers || len(s.reasons) == 0 {
		t.Fatalf("the made-up village has %d numbers, %d addresses and %d reasons: nothing to look for", len(s.numbers), len(s.addresses), len(s.reasons))
	}
	return &s
}

// check looks for ID numbers, phones and addresses where nobody asked for them, and on
// what is hung up for the reasons of paying less too.
func (s *private) check(t *testing.T, name string, made *paper.Made, whole bool) {
	t.Helper()
	text := cellsText(made)
	inside := slices.ContainsFunc(made.Pages, func(p *page.Page) bool { return p.Inside })
	for _, number := range s.numbers {
		if found := strings.Contains(text, number); found && (!whole || made.Paper.Posting) {
			t.Errorf("%s shows the number %s", name, number)
			break
		} else if found && !inside {
			t.Errorf("%s shows %s and doesn't say 内部资料", name, number)
			break
		}
	}
	if whole {
		if !inside {
			t.Errorf("%s was asked for with whole numbers and doesn't say 内部资料", name)
		}
		return
	}
	for _, address := range s.addresses {
		if strings.Contains(text, address) {
			t.Errorf("%s shows the address %s", name, address)
			break
		}
	}
	if !made.Paper.Posting {
		return
	}
	if words := reasonWords.FindString(text); words != "" {
		t.Errorf("%s is hung up and says %s", name, words)
	}
	for _, reason := range s.reasons {
		if strings.Contains(text, reason) {
			t.Errorf("%s is hung up and tells why somebody pays less: %s", name, reason)
			break
		}
	}
}

// cellsText is all that stands in a paper's cells.
func cellsText(made *paper.Made) string {
	var b strings.Builder
	for _, p := range made.Pages {
		for _, r := range p.Rows {
			for _, c := range r.Cells {
				fmt.Fprintln(&b, c.Value)
			}
		}
	}
	return b.String()
}

// TestPostingRefusesNumbers: a paper to be hung up that shows a number is a fault, and one
// that nobody declared to need whole numbers never gets them.
func TestPostingRefusesNumbers(t *testing.T) {
	t.Parallel()
	l, m := transferOut(t)
	people, err := l.Page(ctx, store.Query{Kind: "person"})
	must(t, err)
	of := func(fields ...string) func(*page.Request) string {
		return func(q *page.Request) string {
			text := ""
			for _, f := range fields {
				text += q.Private(people.Records[0], f) + "\n"
			}
			return text
		}
	}
	try := func(p page.Paper, whole bool, text func(*page.Request) string) (*paper.Made, error) {
		p.Name, p.Title = "trial", "试"
		sheets := func(q *page.Request) []page.Sheet {
			return []page.Sheet{{Name: "试", Blocks: []page.Block{page.Lines{Text: []string{text(q)}}}}}
		}
		q := paper.Ask(ctx, l)
		q.Whole, q.Purpose, q.Receiver, q.Record = whole, "核对", "镇党委", m
		return paper.Make(ctx, made(p, sheets), q)
	}
	raw := func(*page.Request) string { return "电话 10012345678" }
	if _, err := try(page.Paper{Posting: true}, true, raw); err == nil || !strings.Contains(err.Error(), "10012345678") {
		t.Errorf("a posting shows a phone: %v", err)
	}
	for _, p := range []page.Paper{{Posting: true, Whole: true}, {}} {
		got, err := try(p, true, of("id_number", "phone"))
		must(t, err)
		if text := cellsText(got); !strings.Contains(text, "990101****") || strings.Contains(text, "10012345678") || got.Pages[0].Inside {
			t.Errorf("%+v gives %s", p, text)
		}
	}
	got, err := try(page.Paper{}, false, raw)
	must(t, err)
	if !got.Pages[0].Inside {
		t.Error("a sheet with a whole phone doesn't say 内部资料")
	}
}

// made gives a paper its content.
func made(p page.Paper, sheets func(*page.Request) []page.Sheet) *page.Paper {
	p.Make = makeOf(sheets)
	return &p
}
