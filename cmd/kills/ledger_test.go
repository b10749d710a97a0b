package kills

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/sheet"
)

const ledgerFile = "ledger.db"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newLedger makes an empty village's ledger.
func newLedger(t *testing.T, dir string) {
	t.Helper()
	l, err := book.Create(ctx, filepath.Join(dir, ledgerFile), store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
	must(t, err)
	must(t, l.Close())
}

// member makes a member's record, not saved yet. From a form it brings the movement by
// which the member stands in the book: the two belong together.
func member(l *store.Ledger, name string) (*model.Record, error) {
	r, err := l.New(ctx, "person")
	if err != nil {
		return nil, err
	}
	for field, v := range map[string]model.Value{"name": name, "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"} {
		f := r.Kind.Field(field)
		value, err := f.Type.ParseCSV(f, fmt.Sprint(v))
		if err != nil {
			return nil, err
		}
		r.Set(field, value)
	}
	return r, nil
}

func saveMember(l *store.Ledger, name string) error {
	r, err := member(l, name)
	if err == nil {
		_, err = l.Save(ctx, model.FromForm, r)
	}
	return err
}

// names counts the members by name, and wants each to stand in the book by one movement.
func names(t *testing.T, l *store.Ledger, n *tally) map[string]int {
	t.Helper()
	found, by := map[string]int{}, map[string]int{}
	must(t, l.Each(ctx, store.Query{Kind: "movement"}, func(r *model.Record) error { by[r.Str("person")]++; return nil }))
	must(t, l.Each(ctx, store.Query{Kind: "person"}, func(r *model.Record) error {
		found[r.Str("name")]++
		if by[r.ID] != 1 {
			n.miss(&n.half, "%s stands there with %d movements", r.Str("name"), by[r.ID])
		}
		return nil
	}))
	return found
}

// open opens the ledger as the next run does, looks at it, and closes it.
func open(t *testing.T, path string, n *tally, look func(l *store.Ledger)) {
	t.Helper()
	l, err := book.Open(ctx, path, store.Options{})
	if err != nil {
		n.miss(&n.lost, "the ledger does not open: %v", err)
		return
	}
	if err := l.Integrity(ctx); err != nil {
		n.miss(&n.half, "the ledger is not whole: %v", err)
	}
	look(l)
	must(t, l.Close())
}

// want looks for what was acknowledged: count copies of a name.
func (n *tally) want(found map[string]int, name string, count int) {
	n.looked++
	if found[name] != count {
		n.miss(&n.lost, "%d of %s are there, %d were acknowledged", found[name], name, count)
	}
}

// edits saves, changes, deletes, takes back and drafts.
var edits = job{name: "edits", share: 5, reset: 40, acts: 12, prepare: newLedger, work: editUntilKilled, check: func(t *testing.T, dir string, round int, said acts, n *tally) {
	open(t, filepath.Join(dir, ledgerFile), n, func(l *store.Ledger) { checkEdits(t, l, round, said, n) })
}}

// editUntilKilled numbers its members by the round, so that each round is looked at for
// itself.
func editUntilKilled(dir string, round int, say func(string, int)) error {
	l, err := book.Open(ctx, filepath.Join(dir, ledgerFile), store.Options{})
	if err != nil {
		return err
	}
	first, err := member(l, fmt.Sprintf("改%d", round))
	if err != nil {
		return err
	}
	saved, err := l.Save(ctx, model.FromForm, first)
	if err != nil {
		return err
	}
	say("first", round)
	say("ready", 0)
	draft := &store.Draft{Kind: "person", Label: fmt.Sprintf("稿%d", round)}
	changed := saved.Records[slices.IndexFunc(saved.Records, func(r *model.Record) bool { return r.Kind.Name == "person" })].ID
	for i := 0; ; i++ {
		if err := saveMember(l, fmt.Sprintf("人%d-%d", round, i)); err != nil {
			return err
		}
		say("new", i)
		r, err := l.Get(ctx, "person", changed)
		if err != nil {
			return err
		}
		r.Set("note", strconv.Itoa(i))
		if _, err := l.Save(ctx, model.FromForm, r); err != nil {
			return err
		}
		say("note", i)
		draft.Texts = []byte(strconv.Itoa(i))
		if err := l.SaveDraft(ctx, draft); err != nil {
			return err
		}
		say("draft", i)
		if i%3 != 2 {
			continue
		}
		if err := saveMember(l, fmt.Sprintf("撤%d-%d", round, i)); err != nil {
			return err
		}
		say("saved", i)
		if _, err := l.Undo(ctx); err != nil {
			return err
		}
		say("undone", i)
	}
}

func checkEdits(t *testing.T, l *store.Ledger, round int, said acts, n *tally) {
	t.Helper()
	found := names(t, l, n)
	if said.last("first") < 0 {
		return // it was killed before it said anything; what it did stands whole or not at all
	}
	last := said.last("new")
	for i := range last + 1 {
		n.want(found, fmt.Sprintf("人%d-%d", round, i), 1)
	}
	n.want(found, fmt.Sprintf("改%d", round), 1)
	if ahead := found[fmt.Sprintf("人%d-%d", round, last+2)]; ahead > 0 {
		n.miss(&n.half, "what comes two after the last acknowledged is there")
	}
	undone := said.of("undone")
	for _, i := range said.of("saved") {
		name := fmt.Sprintf("撤%d-%d", round, i)
		switch {
		case slices.Contains(undone, i):
			n.want(found, name, 0)
		case found[name] > 1:
			n.miss(&n.half, "%d of %s", found[name], name)
		}
	}
	page, err := l.Page(ctx, store.Query{Kind: "person", Find: fmt.Sprintf("改%d", round)})
	must(t, err)
	note := -1
	for _, r := range page.Records {
		if r.Str("name") == fmt.Sprintf("改%d", round) && r.Str("note") != "" {
			note, err = strconv.Atoi(r.Str("note"))
			must(t, err)
		}
	}
	n.between("note", note, said.last("note"))
	drafts, err := l.Drafts(ctx)
	must(t, err)
	drafted := -1
	for _, d := range drafts {
		if d.Label == fmt.Sprintf("稿%d", round) {
			drafted, err = strconv.Atoi(string(d.Texts))
			must(t, err)
		}
	}
	n.between("draft", drafted, said.last("draft"))
}

// between wants the last that was acknowledged, or the one that was under way.
func (n *tally) between(what string, is, acknowledged int) {
	n.looked++
	switch {
	case is < acknowledged:
		n.miss(&n.lost, "%s is %d, acknowledged was %d", what, is, acknowledged)
	case is > acknowledged+1:
		n.miss(&n.half, "%s is %d, acknowledged was %d", what, is, acknowledged)
	}
}

// rows of a list that is read in at once.
const rows = 12

// imports reads lists of members in.
var imports = job{name: "imports", share: 3, reset: 10, acts: 4, prepare: newLedger,
	work: func(dir string, round int, say func(string, int)) error {
		l, err := book.Open(ctx, filepath.Join(dir, ledgerFile), store.Options{})
		if err != nil {
			return err
		}
		say("ready", 0)
		for i := 0; ; i++ {
			var b strings.Builder
			b.WriteString("姓名,性别,出生日期,人员类别,入党日期,转正日期\n")
			for row := range rows {
				fmt.Fprintf(&b, "表%d-%d-%d,男,1970-03-02,正式党员,1999-07-01,2000-07-01\n", round, i, row)
			}
			b.WriteString("不收,男,1970-03-02,没有这样的人,,\n") // it goes to the list of those rejected
			path := filepath.Join(dir, "名册.csv")
			if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
				return err
			}
			p, err := sheet.Read(ctx, l, l.Kinds().Kind("person"), path, sheet.ReadOptions{})
			if err != nil {
				return err
			}
			if _, err := p.Apply(ctx, l); err != nil {
				return err
			}
			say("in", i)
			if err := p.WriteRejected(sheet.RejectedPath(path)); err != nil {
				return err
			}
			say("rejected", i)
		}
	},
	check: func(t *testing.T, dir string, round int, said acts, n *tally) {
		open(t, filepath.Join(dir, ledgerFile), n, func(l *store.Ledger) { checkImports(names(t, l, n), round, said, n) })
		// The next run reads the same list: what it writes takes the place of what is there.
		if rejected := filepath.Join(dir, "名册.rejected.xlsx"); said.last("rejected") >= 0 {
			n.looked++
			if f, err := excelize.OpenFile(rejected); err != nil {
				n.miss(&n.half, "the list of those rejected: %v", err)
			} else {
				must(t, f.Close())
			}
		}
	}}

// checkImports wants every list whole: the names are 表ROUND-LIST-ROW.
func checkImports(found map[string]int, round int, said acts, n *tally) {
	lists, mine := map[string]int{}, 0
	for name, count := range found {
		if list := strings.LastIndex(name, "-"); list > 0 {
			lists[name[:list]] += count
		}
	}
	for list, count := range lists {
		if count != rows {
			n.miss(&n.half, "%d rows of %s", count, list)
		}
		mine += model.OneIf(strings.HasPrefix(list, fmt.Sprintf("表%d-", round)))
	}
	for range said.of("in") {
		n.looked++
	}
	if all := len(said.of("in")); mine < all || mine > all+1 {
		n.miss(&n.lost, "%d lists are in, %d were acknowledged", mine, all)
	}
}
